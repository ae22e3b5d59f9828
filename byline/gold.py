"""Documents that people have judged, as records: what a program is measured against."""

from byline.records import CodedDocument, Event, Record


class Judged(Record, frozen=True, kw_only=True):
    """Who judged an event, by its id in the document, or judged it last; the day, ISO 8601; added: a missed one."""

    event: str
    uid: str
    by: tuple[str, ...]
    day: str
    adjudicated: bool = False
    added: bool = False


class GoldDocument(CodedDocument, frozen=True, kw_only=True):
    """A document whose `events` are those that people hold for right, as they have them.

    `rejected` are the machine's that they hold for wrong, `open` the uids of those that reviewers differ on. `complete`
    says that all which the machine had found was judged, so that whatever else is found is wrong. Of the voices
    that tell an event, and of its incidents, nothing was judged: they are the machine's, or missing.
    """

    rejected: tuple[Event, ...] = ()
    judged: tuple[Judged, ...] = ()
    open: tuple[str, ...] = ()
    complete: bool = False
