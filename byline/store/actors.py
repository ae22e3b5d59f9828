"""Who acts in an archive: names as it has them, what each does to whom, with whom it appears, what it says."""

from typing import Any, Literal, NamedTuple

from byline.records import Record
from byline.store.archive import Archive
from byline.store.finding import within

Role = Literal["actor", "recipient"]
_WHEN = "(:first IS NULL OR coalesce(e.\"end\", '') >= :first) AND (:last IS NULL OR coalesce(e.start, '9') <= :last)"
_SPAN = 'count(*) AS events, sum(e.happened) AS happened, min(e.start) AS first, max(e."end") AS last'


class Named(Record, frozen=True, kw_only=True):
    """A name in a list: in how many events it acts and is acted upon, and its most frequent codes."""

    name: str
    acts: int
    acted_upon: int
    country: str | None
    sector: str | None


class Deed(Record, frozen=True, kw_only=True):
    """Events of one type between a name and another, None where there is none on the other side.

    `happened` of the events are told as having happened; `first` and `last` are days.
    """

    type: str
    other: str | None
    events: int
    happened: int
    first: str | None
    last: str | None


class Beside(Record, frozen=True, kw_only=True):
    """Another name on the same side of events, and of how many."""

    name: str
    role: Role
    events: int


class Telling(Record, frozen=True, kw_only=True):
    """Who tells of a name's events: a source, None the outlets themselves. Of `events` it denies some."""

    source: str | None
    events: int
    denied: int


class Saying(Record, frozen=True, kw_only=True):
    """What a source says in a document; `about` are the uids, types and statuses of the events that it tells of."""

    document: int
    outlet: str | None
    published: str | None
    stance: str
    quoted: str
    words: str
    about: tuple[tuple[str, str, str], ...] = ()


class Code(NamedTuple):
    """What a name is known as: country, sector and kind, and in how many events."""

    country: str | None
    sector: str | None
    kind: str | None
    events: int


class Period(NamedTuple):
    """From the first day to the last one, ISO dates; None: without bounds."""

    first: str | None = None
    last: str | None = None


def actors(archive: Archive, part: str | None = None, start: int = 0, size: int = 50) -> list[Named]:
    """Return names that are known by more than a word, most events first; `part` of a name is looked for in any case.

    `start` counts from 0; at most `size` are returned.
    """
    query = (
        "SELECT name, sum(role = 'actor') AS acts, sum(role = 'recipient') AS acted_upon "
        "FROM participants p WHERE kind IS NOT NULL AND (:part IS NULL OR name LIKE :part ESCAPE '\\') "
        "GROUP BY name ORDER BY count(*) DESC, name LIMIT :size OFFSET :skip"
    )
    given = {"part": within(part) if part else None, "size": size, "skip": start}
    found = []
    for name, acts, acted_upon in archive.execute(query, given).fetchall():
        known = codes(archive, name)
        country = next((code.country for code in known if code.country), None)
        sector = next((code.sector for code in known if code.sector), None)
        found.append(Named(name=name, acts=acts, acted_upon=acted_upon, country=country, sector=sector))
    return found


def codes(archive: Archive, name: str) -> list[Code]:
    """Return what a name is known as, the most frequent first; nothing if no event has it."""
    query = (
        "SELECT country, sector, kind, count(*) FROM participants WHERE name = ? "
        "GROUP BY kind, country, sector ORDER BY count(*) DESC, country, sector, kind"
    )
    return [Code(*row) for row in archive.execute(query, (name,))]


def deeds(archive: Archive, name: str, role: Role, period: Period) -> list[Deed]:
    """Return what a name does, or what is done to it, by type and by who is on the other side; most frequent first."""
    query = (
        f"SELECT e.type, o.name AS other, {_SPAN} FROM participants p JOIN events e ON e.id = p.event "
        "LEFT JOIN participants o ON o.event = e.id AND o.role = :across "
        f"WHERE p.name = :name AND p.role = :role AND {_WHEN} GROUP BY e.type, o.name "
        "ORDER BY count(*) DESC, e.type, o.name"
    )
    across = "recipient" if role == "actor" else "actor"
    return [Deed(**row) for row in _rows(archive, query, name, period, role=role, across=across)]


def beside(archive: Archive, name: str, period: Period, size: int = 50) -> list[Beside]:
    """Return with whom a name acts, and with whom it is acted upon; most frequent first."""
    query = (
        "SELECT o.name, o.role, count(DISTINCT e.id) AS events FROM participants p JOIN events e ON e.id = p.event "
        "JOIN participants o ON o.event = e.id AND o.role = p.role AND o.name != p.name "
        f"WHERE p.name = :name AND {_WHEN} GROUP BY o.name, o.role ORDER BY 3 DESC, o.name, o.role LIMIT :size"
    )
    return [Beside(**row) for row in _rows(archive, query, name, period, size=size)]


def tellings(archive: Archive, name: str, period: Period, size: int = 50) -> list[Telling]:
    """Return who tells of the events that a name takes part in; most frequent first."""
    query = (
        "SELECT a.source, count(DISTINCT e.id) AS events, count(DISTINCT iif(v.denies, e.id, NULL)) AS denied "
        "FROM (SELECT DISTINCT event FROM participants WHERE name = :name) p JOIN events e ON e.id = p.event "
        "LEFT JOIN voices v ON v.event = e.id LEFT JOIN attributions a ON a.id = v.attribution "
        f"WHERE (v.event IS NULL OR a.source IS NOT NULL) AND {_WHEN} "
        "GROUP BY a.source ORDER BY 2 DESC, a.source LIMIT :size"
    )
    return [Telling(**row) for row in _rows(archive, query, name, period, size=size)]


def sayings(archive: Archive, name: str, period: Period, start: int = 0, size: int = 50) -> list[Saying]:
    """Return what a name says, the earliest publication first; `start` counts from 0."""
    query = (
        "SELECT a.id, a.document, d.publication AS outlet, d.published_start AS published, a.stance, a.quoted, a.words "
        "FROM attributions a JOIN documents d ON d.id = a.document WHERE a.source = :name "
        "AND (:first IS NULL OR coalesce(d.published_end, '') >= :first) "
        "AND (:last IS NULL OR coalesce(d.published_start, '9') <= :last) "
        "ORDER BY d.published_start IS NULL, d.published_start, a.id LIMIT :size OFFSET :skip"
    )
    found = []
    for row in _rows(archive, query, name, period, size=size, skip=start):
        told = "SELECT e.uid, e.type, e.status FROM voices v JOIN events e ON e.id = v.event WHERE v.attribution = ?"
        about = archive.execute(f"{told} ORDER BY e.id", (row.pop("id"),)).fetchall()
        found.append(Saying(**row, about=tuple(about)))
    return found


def says(archive: Archive, name: str) -> int:
    """Return how often a name is quoted."""
    return int(archive.execute("SELECT count(*) FROM attributions WHERE source = ?", (name,)).fetchone()[0])


def _rows(archive: Archive, query: str, name: str, period: Period, **given: object) -> list[dict[str, Any]]:
    cursor = archive.execute(query, {"name": name, **period._asdict(), **given})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
