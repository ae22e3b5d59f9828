"""Documents that only their issue's number can date, dated by the other documents of the same publication."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from tempfile import SpooledTemporaryFile

import msgspec

from byline.ingest.dates.calendars import Calendar, Lessons, Refusal
from byline.ingest.dates.dating import are_readings
from byline.ingest.dates.published import AGE, contains, narrowed, with_chosen
from byline.ingest.furniture import folded
from byline.records import Document, Failure, Interval

_IN_MEMORY = 16_000_000  # bytes of waiting documents; more of them wait on the disk


def dated(documents: Iterator[Document | Failure], lessons: Lessons | None = None) -> Iterator[Document | Failure]:
    """Yield documents as they come; last, and in their order, those whose issue is known but not their day.

    These are dated by the calendar that the others of their publication teach, if it fits. They wait in a temporary
    file, so memory does not grow with their number. What the others taught is in `lessons`, if they are given.
    """
    lessons = lessons or Lessons()
    with SpooledTemporaryFile(_IN_MEMORY) as waiting:
        for document in documents:
            if isinstance(document, Document):
                if waits(document):
                    waiting.write(msgspec.json.encode(document) + b"\n")
                    continue
                teach(lessons, document.publication, document.issue, document.published)
            yield document
        calendars = lessons.calendars()
        waiting.seek(0)
        for line in waiting:
            yield by_calendars(msgspec.json.decode(line, type=Document), calendars)


def waits(document: Document) -> bool:
    """Whether its issue is known, and the calendar of its publication may tell more of its day than it does."""
    if not (document.publication and document.issue):
        return False
    return document.published is None or document.published.basis == AGE or bool(_readings(document))


def teach(lessons: Lessons, publication: str | None, issue: str | None, day: Interval | None) -> None:
    """Let a document that does not wait teach, if it has an issue and a day."""
    if publication and issue and day:
        lessons.add(folded(publication), issue, day)


def by_calendars(document: Document, calendars: Mapping[str, Calendar | Refusal]) -> Document:
    """Return a document as the calendar of its publication dates it, if there is one."""
    calendar = calendars.get(folded(document.publication or ""))
    return by_calendar(document, calendar) if isinstance(calendar, Calendar) else document


def by_calendar(document: Document, calendar: Calendar) -> Document:
    """Return a document with the days that the calendar gives to its issue, cut to those that its age leaves.

    If the two share no day, the age is believed, and the calendar's answer is kept as a candidate.
    """
    answer = calendar.interval(document.issue or "")
    if answer is None:
        return document
    chosen = _chosen(document, answer)
    dates = with_chosen(chosen, (*document.dates, answer))
    return msgspec.structs.replace(document, published=chosen, dates=dates)


def _chosen(document: Document, answer: Interval) -> Interval | None:
    published, retrieved = document.published, document.retrieved
    if published is None:
        before = Interval(start="0001-01-01", end=retrieved.end, basis="retrieved") if retrieved else answer
        return narrowed(answer, before)
    if published.basis == AGE:
        return narrowed(answer, published) or published
    held = [reading for reading in _readings(document) if contains(answer, reading)]
    return held[0] if len(held) == 1 else published


def _readings(document: Document) -> tuple[Interval, ...]:
    """Return the two readings of the date that a document bears, if nothing on its page decides between them."""
    if document.published is None or document.published.precision != "range":
        return ()
    pairs = ((a, b) for a, b in pairwise(document.dates[1:]) if a.basis == b.basis == document.published.basis)
    return next((pair for pair in pairs if are_readings(*pair)), ())
