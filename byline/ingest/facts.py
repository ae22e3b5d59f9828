"""What is known of a document before it is read: from the user, a manifest, or the page's own markup."""

from typing import Literal

from byline.records import Interval, Record


class Facts(Record, frozen=True, kw_only=True):
    """Facts about a document; None and () are unknown. They win over what the text says.

    ``dates`` are days that markup or a container tells, the likeliest first: of publication (basis "metadata")
    or of a later change ("updated").
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

    def over(self, others: "Facts") -> "Facts":
        """Return these facts, and those of `others` where these are silent."""
        return Facts(**{name: getattr(self, name) or getattr(others, name) for name in self.__struct_fields__})


FailureKind = Literal["unreadable", "damaged", "language", "wall", "empty", "internal"]


class Failure(Record, frozen=True, kw_only=True):
    """What cannot be read or is set aside: where it stands, and a reason with what to do next.

    ``damaged``: bytes of a container are lost; ``language``: it is in none that was asked for;
    ``wall``: the page shows a demand for payment, cookies or a login in place of an article; ``empty``: there are
    no words; ``internal``: a mistake of Byline's own.
    """

    source: str
    reason: str
    kind: FailureKind = "unreadable"
