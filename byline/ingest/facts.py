"""What is known of a document before it is read: from the user, a manifest, or the page's own markup."""

from byline.records import Interval, Record


class Facts(Record, frozen=True, kw_only=True):
    """Facts about a document; None and () are unknown. They win over what the text says.

    ``dates`` are days that markup or a container tells, the likeliest first: of publication (basis "metadata")
    or of a later change ("updated").
    ``partial`` says why no more than a part of the article can be there.
    """

    id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publication: str | None = None
    url: str | None = None
    language: str | None = None
    published: Interval | None = None
    retrieved: Interval | None = None
    dates: tuple[Interval, ...] = ()
    partial: str | None = None

    def over(self, others: "Facts") -> "Facts":
        """Return these facts, and those of `others` where these are silent."""
        return Facts(**{name: getattr(self, name) or getattr(others, name) for name in self.__struct_fields__})
