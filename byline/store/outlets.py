"""What outlets report: how much, in whose voice, and how it stands to what others report of the same happenings."""

from collections import Counter
from typing import Any, NamedTuple

from byline.records import Record
from byline.store.archive import Archive

_CURRENT = "d.publication IS :outlet AND d.replaced_by IS NULL"
_MINE = (
    "mine AS (SELECT DISTINCT r.incident FROM documents d JOIN reports r ON r.document = d.id "
    f"WHERE {_CURRENT} AND r.incident IS NOT NULL)"
)
_VALUES = (
    f"WITH {_MINE} SELECT DISTINCT v.incident, v.field, v.value, v.text, v.outlet, v.outlet IS :outlet AS mine "
    "FROM mine m JOIN incidents i ON i.id = m.incident AND i.outlets > 1 "
    "JOIN incident_values v ON v.incident = i.id "
    "WHERE EXISTS (SELECT 1 FROM reports r JOIN documents d ON d.id = r.document "
    "WHERE r.incident = i.id AND d.publication IS NOT :outlet) ORDER BY v.incident, v.field, v.value, v.outlet"
)


class Outlet(Record, frozen=True, kw_only=True):
    """An outlet in a list; `name` is None for documents of which it is not known. `first` and `last` are days.

    `told_as_happened` of its events are, and `in_its_own_voice` of those with nobody quoted for it.
    """

    name: str | None
    documents: int
    originals: int
    events: int
    told_as_happened: int
    in_its_own_voice: int
    first: str | None
    last: str | None


class Kind(Record, frozen=True, kw_only=True):
    """Events of one type that an outlet tells: as having happened, in its own voice, laid on somebody, denied."""

    type: str
    events: int
    happened: int
    own: int
    attributed: int
    denied: int


class Quoted(Record, frozen=True, kw_only=True):
    """Whom an outlet quotes: how often, and in how many documents."""

    source: str | None
    country: str | None
    sector: str | None
    sayings: int
    documents: int


class Copied(Record, frozen=True, kw_only=True):
    """Documents that an outlet has from another: `from_other`; that another has from it: `by_other`."""

    outlet: str | None
    from_other: int
    by_other: int


class Shared(Record, frozen=True, kw_only=True):
    """Another outlet: of how many incidents both tell, and in how many of them they share no value of some field."""

    outlet: str | None
    incidents: int
    differ: int


class Difference(Record, frozen=True, kw_only=True):
    """A field of an incident of which an outlet says nothing that others say: its values, and theirs."""

    incident: str
    type: str
    start: str | None
    place: str | None
    field: str
    values: tuple[str, ...]
    others: tuple[str, ...]


class Comparison(Record, frozen=True, kw_only=True):
    """How an outlet stands to others: of how many incidents others tell too, with whom, and what it alone says."""

    incidents: int
    shared: tuple[Shared, ...]
    alone: tuple[Difference, ...]


class Missing(Record, frozen=True, kw_only=True):
    """An incident that an outlet leaves out, while it was published: others tell of it."""

    incident: str
    type: str
    start: str | None
    place: str | None
    outlets: int
    sources: int


def outlets(archive: Archive) -> list[Outlet]:
    """Return all outlets, most documents first."""
    query = "SELECT publication AS name, * FROM reports_by_outlet ORDER BY documents DESC, publication"
    return [_outlet(row) for row in _rows(archive, query)]


def outlet(archive: Archive, name: str | None) -> Outlet | None:
    """Return an outlet by its name, None if no document is of it."""
    query = "SELECT publication AS name, * FROM reports_by_outlet WHERE publication IS :outlet"
    found = _rows(archive, query, outlet=name)
    return _outlet(found[0]) if found else None


def kinds(archive: Archive, name: str | None) -> list[Kind]:
    """Return what an outlet tells, by type; most events first."""
    query = (
        "SELECT e.type, count(*) AS events, sum(e.happened) AS happened, "
        "sum(e.happened AND e.said_by IS NULL) AS own, sum(e.happened AND e.said_by IS NOT NULL) AS attributed, "
        f"sum(e.denied) AS denied FROM documents d JOIN events e ON e.document = d.id WHERE {_CURRENT} "
        "GROUP BY e.type ORDER BY 2 DESC, 1"
    )
    return [Kind(**row) for row in _rows(archive, query, outlet=name)]


def told(archive: Archive, name: str | None) -> list[tuple[str | None, int, int]]:
    """Return by first day how many events an outlet tells as having happened: in its own voice, laid on somebody."""
    query = (
        "SELECT e.start, sum(e.said_by IS NULL), sum(e.said_by IS NOT NULL) FROM documents d "
        f"JOIN events e ON e.document = d.id WHERE {_CURRENT} AND e.happened GROUP BY e.start ORDER BY e.start"
    )
    return archive.execute(query, {"outlet": name}).fetchall()


def quoted(archive: Archive, name: str | None, size: int = 50) -> list[Quoted]:
    """Return whom an outlet quotes, the most frequent first; None stands for sources without a name."""
    query = (
        "SELECT a.source, max(a.country) AS country, max(a.sector) AS sector, count(*) AS sayings, "
        "count(DISTINCT d.id) AS documents FROM documents d JOIN attributions a ON a.document = d.id "
        f"WHERE {_CURRENT} GROUP BY a.source ORDER BY 4 DESC, 1 LIMIT :size"
    )
    return [Quoted(**row) for row in _rows(archive, query, outlet=name, size=size)]


def copied(archive: Archive, name: str | None) -> list[Copied]:
    """Return with whom an outlet shares copies, itself too if it prints its own again."""
    query = (
        "SELECT outlet, sum(mine) AS from_other, sum(NOT mine) AS by_other FROM ("
        "SELECT (SELECT publication FROM documents o WHERE o.document = d.copy_of LIMIT 1) AS outlet, 1 AS mine "
        f"FROM documents d WHERE {_CURRENT} AND d.copy_of IS NOT NULL UNION ALL "
        "SELECT c.publication, 0 FROM documents d JOIN documents c ON c.copy_of = d.document "
        f"AND c.replaced_by IS NULL AND c.publication IS NOT d.publication WHERE {_CURRENT}"
        ") GROUP BY outlet ORDER BY 2 + 3 DESC, 1"
    )
    return [Copied(**row) for row in _rows(archive, query, outlet=name)]


def compared(archive: Archive, name: str | None, size: int = 50) -> Comparison:
    """Return how an outlet stands to the others on the incidents of which it tells; at most `size` of each list."""
    cases = _cases(archive, name)
    differ: Counter[str | None] = Counter()
    alone = []
    for case in cases:
        differ.update({outlet for one in case.fields for outlet in one.apart})
        alone += [_difference(case, one) for one in case.fields if one.apart and one.is_alone]
    both = Counter(outlet for case in cases for outlet in case.outlets)
    ranked = sorted(both, key=lambda outlet: (-both[outlet], outlet or ""))[:size]
    shared = [Shared(outlet=other, incidents=both[other], differ=differ[other]) for other in ranked]
    return Comparison(incidents=len(cases), shared=tuple(shared), alone=tuple(alone[:size]))


def missing(archive: Archive, name: str | None, size: int = 50) -> list[Missing]:
    """Return incidents of at least two other outlets that one leaves out while it was published; most sources first."""
    query = (
        "SELECT i.id AS incident, i.type, i.start, coalesce(i.place, i.country) AS place, i.outlets, i.sources "
        "FROM incidents i JOIN reports_by_outlet o ON o.publication IS :outlet "
        "WHERE i.outlets > 1 AND i.start BETWEEN o.first AND o.last AND NOT EXISTS ("
        "SELECT 1 FROM reports r JOIN documents d ON d.id = r.document "
        "WHERE r.incident = i.id AND d.publication IS :outlet"
        ") ORDER BY i.sources DESC, i.outlets DESC, i.start, i.id LIMIT :size"
    )
    return [Missing(**row) for row in _rows(archive, query, outlet=name, size=size)]


class _Field(NamedTuple):
    """A field of an incident of which an outlet says something: its values in words with their numbers, and others'."""

    name: str
    mine: dict[str, int]
    others: dict[str | None, dict[str, int]]

    @property
    def apart(self) -> list[str | None]:
        """The outlets that say nothing of what it says."""
        return [outlet for outlet, values in self.others.items() if values and self.mine.keys().isdisjoint(values)]

    @property
    def is_alone(self) -> bool:
        return len(self.apart) == len(self.others)


class _Case(NamedTuple):
    """An incident of which an outlet tells, and others do."""

    row: dict[str, Any]
    outlets: list[str | None]
    fields: list[_Field]


def _cases(archive: Archive, name: str | None) -> list[_Case]:
    told = (
        f"WITH {_MINE} SELECT DISTINCT i.id AS incident, i.type, i.start, coalesce(i.place, i.country) AS place, "
        "d.publication AS outlet FROM mine m JOIN incidents i ON i.id = m.incident AND i.outlets > 1 "
        "JOIN reports r ON r.incident = i.id JOIN documents d ON d.id = r.document "
        "WHERE d.publication IS NOT :outlet ORDER BY i.start IS NULL, i.start, i.id, d.publication"
    )
    cases: dict[str, _Case] = {}
    for row in _rows(archive, told, outlet=name):
        other = row.pop("outlet")
        cases.setdefault(row["incident"], _Case(row, [], [])).outlets.append(other)
    for row in _rows(archive, _VALUES, outlet=name):
        fields = cases[row["incident"]].fields
        if not fields or fields[-1].name != row["field"]:
            fields.append(_Field(row["field"], {}, {}))
        said = fields[-1].mine if row["mine"] else fields[-1].others.setdefault(row["outlet"], {})
        said.setdefault(row["text"], row["value"])
    return [case._replace(fields=[f for f in case.fields if f.mine and f.others]) for case in cases.values()]


def _difference(case: _Case, field: _Field) -> Difference:
    others = {text: value for values in field.others.values() for text, value in values.items()}
    ranked = sorted(others, key=lambda text: (others[text], text))
    return Difference(**case.row, field=field.name, values=tuple(field.mine), others=tuple(ranked))


def _outlet(row: dict[str, Any]) -> Outlet:
    return Outlet(**{name: row[name] for name in Outlet.__struct_fields__})


def _rows(archive: Archive, query: str, **given: object) -> list[dict[str, Any]]:
    cursor = archive.execute(query, given)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
