"""Reviews of events in the archive, and which event a reviewer is to see next."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from byline.errors import ConfigurationError
from byline.records import Record
from byline.reviews import Review
from byline.store import chain
from byline.store.archive import Archive
from byline.store.decisions import Standing
from byline.store.finding import Facet, Filter, find

Order = Literal["unsure", "time"]
_KEYS: dict[Order, str] = {"unsure": "e.confidence", "time": "coalesce(e.start, '9999')"}
_STANDING = "NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id)"
_OWN = f"r.reviewer = :reviewer AND r.kind NOT IN ('undo', 'adjudicate') AND {_STANDING}"
_SEEN = f"SELECT 1 FROM reviews r WHERE r.event = e.uid AND {_OWN}"
_OTHERS = (
    "SELECT 1 FROM reviews r WHERE r.event = e.uid AND r.reviewer != :reviewer AND r.model IS NULL "
    f"AND r.verdict NOTNULL AND r.kind != 'adjudicate' AND {_STANDING}"
)
_AMONG = "+e.id IN (SELECT value FROM json_each(:ids))"  # +: asked of each event, not of each id for each event


class Queue(NamedTuple):
    """What a reviewer goes through: events that meet a filter, the least sure or the earliest first.

    `double`: only what another person has judged.
    """

    reviewer: str
    wanted: Filter = Filter()
    order: Order = "unsure"
    double: bool = False


class Item(NamedTuple):
    """An event in a queue: its uid, the row of its document and its id there, how sure the machine is of it."""

    uid: str
    document: int
    event: str
    type: str
    status: str
    trigger: str
    confidence: float


class Reviewed(Record, frozen=True, kw_only=True):
    """A review as it stands in an archive."""

    id: str
    standing: Standing
    review: Review


class Progress(NamedTuple):
    """How many events a queue has, and how many of them the reviewer has judged and skipped."""

    total: int
    judged: int
    skipped: int


def add_review(archive: Archive, review: Review) -> bool:
    """Enter a review inside of `Archive.batch`; False if it is there already.

    ConfigurationError if it undoes one that is not there, is another reviewer's, or undoes itself.
    """
    if archive.execute("SELECT 1 FROM reviews WHERE id = ?", (review.id,)).fetchone():
        return False
    if review.undoes:
        found = archive.execute("SELECT reviewer, kind FROM reviews WHERE id = ?", (review.undoes,)).fetchone()
        if found is None or found[0] != review.reviewer or found[1] == "undo":
            raise ConfigurationError(f"{review.reviewer} has made no review {review.undoes} that could be undone.")
    names = ("id", "kind", "event", "document", "undoes", "reviewer", "time", "reason")
    row: dict[str, str | None] = {name: getattr(review, name) for name in names}
    model = review.model.name if review.model else None
    chain.add(archive, "reviews", review, row | {"verdict": review.judged, "model": model})
    return True


def reviews(archive: Archive) -> Iterator[Reviewed]:
    """Yield all that people have said, the first first, undone reviews and what undoes them included."""
    query = f"SELECT id, {_STANDING}, record FROM reviews r WHERE model IS NULL ORDER BY number"
    for id_, stands, record in archive.execute(query):
        review = msgspec.json.decode(record, type=Review)
        yield Reviewed(id=id_, standing="in force" if stands else "undone", review=review)


def judgements(archive: Archive, event: str | None = None) -> list[Review]:
    """Return what people hold of all events, or of one: the last that each said and did not undo, first first."""
    query = "SELECT record FROM judgements WHERE verdict NOTNULL AND (:event IS NULL OR event = :event) ORDER BY number"
    return list(_read(archive, query, event=event))


def opinions(archive: Archive) -> Iterator[Review]:
    """Yield what language models hold of events, the last that each said of one, first first."""
    return _read(archive, "SELECT record FROM opinions ORDER BY number")


def last_review(archive: Archive, reviewer: str) -> Review | None:
    """Return what a reviewer can undo: the last review that still holds."""
    query = (
        f"SELECT record FROM reviews r WHERE r.reviewer = :reviewer AND r.kind != 'undo' AND {_STANDING} "
        "ORDER BY r.number DESC LIMIT 1"
    )
    return next(_read(archive, query, reviewer=reviewer), None)


def review_faults(archive: Archive) -> list[str]:
    """Return what shows that reviews were changed or taken out behind Byline's back; nothing if all is well."""
    return list(chain.faults(archive, "reviews", Review))


def queued(archive: Archive, queue: Queue, start: int, size: int) -> list[Item]:
    """Return events of a queue that the reviewer has neither judged nor skipped; `start` counts them from 0."""
    where, values = _where(archive, queue)
    order = f"ORDER BY {_KEYS[queue.order]}, e.id LIMIT :size OFFSET :start"
    return _items(archive, f"{where} AND NOT EXISTS ({_SEEN}) {order}", {**values, "size": size, "start": start})


def beside(archive: Archive, queue: Queue, uid: str | None, *, back: bool = False) -> Item | None:
    """Return the first event of a queue that is not judged, after another or before it; None if there is none."""
    where, values = _where(archive, queue)
    key, sign, way = _KEYS[queue.order], "<" if back else ">", "DESC" if back else "ASC"
    at = f"SELECT {key}, e.id FROM events e WHERE e.uid = :uid ORDER BY e.id LIMIT 1"
    if uid and archive.execute(at, {"uid": uid}).fetchone():
        where += f" AND ({key}, e.id) {sign} ({at})"
    order = f"ORDER BY {key} {way}, e.id {way} LIMIT 1"
    found = _items(archive, f"{where} AND NOT EXISTS ({_SEEN}) {order}", {**values, "uid": uid})
    return found[0] if found else None


def item(archive: Archive, uid: str) -> Item | None:
    """Return an event by its uid, in the first of documents with the very same text; None if there is none."""
    found = _items(archive, "e.uid = :uid ORDER BY e.id LIMIT 1", {"uid": uid})
    return found[0] if found else None


def known(archive: Archive, facet: Facet) -> list[str]:
    """Return the values of a facet that events of the archive have had, sorted."""
    return [v for (v,) in archive.execute("SELECT value FROM facets WHERE facet = ? ORDER BY value", (facet,))]


def progress(archive: Archive, queue: Queue) -> Progress:
    """Return how far a reviewer is with a queue."""
    where, values = _where(archive, queue)
    (total,) = archive.execute(f"SELECT count(*) FROM events e WHERE {where}", values).fetchone()
    seen = (
        "SELECT count(*), count(s.verdict) FROM (SELECT r.event, max(r.verdict) AS verdict FROM reviews r "
        f"WHERE {_OWN} GROUP BY r.event) s JOIN events e ON e.uid = s.event WHERE {where}"
    )
    all_seen, judged = archive.execute(seen, values).fetchone()
    return Progress(total, judged, all_seen - judged)


def _where(archive: Archive, queue: Queue) -> tuple[str, dict[str, Any]]:
    """Return what the events of a queue meet, in SQL, with the values that it names."""
    parts = ["1"]
    values: dict[str, Any] = {"reviewer": queue.reviewer}
    if queue.wanted != Filter():
        parts.append(_AMONG)
        values["ids"] = msgspec.json.encode(find(archive, queue.wanted).ids).decode()
    if queue.double:
        parts.append(f"EXISTS ({_OTHERS})")
    return " AND ".join(parts), values


def _items(archive: Archive, where: str, values: dict[str, Any]) -> list[Item]:
    columns = "e.uid, e.document, e.event, e.type, e.status, e.trigger_text, e.confidence"
    return [Item(*row) for row in archive.execute(f"SELECT {columns} FROM events e WHERE {where}", values)]


def _read(archive: Archive, query: str, **values: object) -> Iterator[Review]:
    for (record,) in archive.execute(query, values):
        yield msgspec.json.decode(record, type=Review)
