"""What a digest tells: of an incident what is new, and who says so in which words."""

from byline.records import Record
from byline.store.incidents import IncidentSummary

NEW, CONTESTED, DENIED = "new", "contested", "denied"


class Quote(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who says a thing, where, and the sentence that shows it.

    ``claim`` is what they say where others say otherwise: "killed: 9". ``published`` is a day.
    """

    name: str
    outlet: str | None = None
    via: tuple[str, ...] = ()
    published: str | None = None
    claim: str | None = None
    sentence: str | None = None
    title: str | None = None
    url: str | None = None
    file: str


class Change(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is new of an incident: itself, a toll that rose, that it is contested or denied.

    ``what`` is "new", "contested", "denied", or what is counted; of a toll ``text`` is the figure in words, ``before``
    the largest that was known, None for none.
    """

    what: str
    text: str | None = None
    before: int | None = None
    quotes: tuple[Quote, ...] = ()


class Item(Record, frozen=True, kw_only=True):
    """What is new of one incident. ``id`` is that of its first report and stays; ``time`` is when it was told.

    ``status`` is what is said of it where nobody tells it as having happened: "planned", "did not happen".
    """

    id: str
    time: str
    incident: IncidentSummary
    status: str | None = None
    changes: tuple[Change, ...]

    @property
    def is_new(self) -> bool:
        """Whether the incident itself is."""
        return self.changes[0].what == NEW


class Digest(Record, frozen=True, kw_only=True):
    """A digest of a period, its ends ISO 8601; ``left`` are the incidents that have found no room in it."""

    first: str
    last: str
    items: tuple[Item, ...]
    left: int = 0
