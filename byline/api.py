"""An archive as Python programs read it: `byline.open`.

Whatever is asked reads by a connection of its own and sees the archive as it is at that moment, while others write to
it, too; so one `Archive` serves several threads.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from byline import store
from byline.errors import ConfigurationError
from byline.export.claims import Claim
from byline.export.claims import cells as cells_of_claim
from byline.export.claims import claims as claims_in
from byline.export.event_row import EventRow, event_cells
from byline.export.incident_page import IncidentPage, page
from byline.export.people import AnyRecord, cover_names, withhold_names
from byline.export.table import Table, flat, kind_of, kinds
from byline.records import CodedDocument
from byline.run.accounts import account
from byline.store import Asked, Filter, IncidentSummary, filters

AnyRow = TypeVar("AnyRow")
People = Literal["names", "roles"]
Strings = str | Sequence[str]
Day = str | date
Box = tuple[float, float, float, float]


class Archive:
    """An archive that `byline code --to` has written, opened for reading. It closes as a context manager does."""

    def __init__(self, path: str | Path, *, people: People = "names") -> None:
        """Raise ConfigurationError if there is no archive at a path."""
        self.path, self._roles = Path(path), people == "roles"
        self._is_open = True
        store.Archive.open(self.path).close()

    def __repr__(self) -> str:
        return f"byline.open({str(self.path)!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the reading: what is asked from now on is a ConfigurationError, in tables that are at hand, too."""
        self._is_open = False

    def events(
        self,
        *,
        first: Day | None = None,
        last: Day | None = None,
        box: Box | None = None,
        types: Strings = (),
        modes: Strings = (),
        statuses: Strings = (),
        countries: Strings = (),
        outlets: Strings = (),
        actor: str | None = None,
        names: Strings = (),
        sectors: Strings = (),
        voice: str | None = None,
        hurt: bool | None = None,
        contested: bool | None = None,
        sources: int | None = None,
        words: str | None = None,
        originals_only: bool = False,
    ) -> Table[EventRow]:
        """Return the events that meet all that is given, of several values any, with the columns of `byline export`.

        `first` and `last`: a day, month or year (2006-03); an event whose days overlap them is in. `box`: west, south,
        east, north in degrees; west of the date line is east of it if west > east. `actor`: part of a participant's
        name, in any role, in capitals or not; `names` are whole names, and `sectors` those, of participants. `voice`:
        part of the name of a source that tells of the event or denies it. `hurt`: somebody was killed or wounded, or
        nobody. `contested` and `sources`: of the event's incident, which has at least so many independent ones.
        `words`: of the document, in FTS5's syntax. ConfigurationError for a value that is none.
        """
        wanted = Filter(
            first=_day(filters.day_first, "first", first),
            last=_day(filters.day_last, "last", last),
            box=_box(box),
            types=_listed(types),
            modes=_listed(modes),
            statuses=_listed(statuses),
            countries=_listed(countries),
            outlets=_listed(outlets),
            actor=actor,
            names=_listed(names),
            sectors=_listed(sectors),
            voice=voice,
            hurt=hurt,
            contested=contested,
            sources=sources,
            words=words,
            originals_only=originals_only,
        )

        def cells() -> Iterator[list[Any]]:
            return self._read(partial(event_cells, wanted=wanted, roles=self._roles))

        def size() -> int:
            return sum(self._read(lambda archive: [len(store.find(archive, wanted))]))

        return Table(kinds(EventRow), lambda: starmap(EventRow, cells()), cells, size)

    def incidents(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        type: str | None = None,
        country: str | None = None,
        place: str | None = None,
        actor: str | None = None,
        contested: bool = False,
        min_sources: int | None = None,
        min_reports: int | None = None,
        part_of: str | None = None,
        text: str | None = None,
    ) -> Table[IncidentSummary]:
        """Return the incidents that meet all that is given, the earliest first, those without a day last.

        `since` and `until`: a day, month or year; not over before it, begun by it. `type` and `country` are codes,
        `place` and `actor` parts of names. `contested`: independent sources contradict each other, or somebody denies.
        `part_of` is the id of an incident, `text` words of the documents, in FTS5's syntax.
        """
        asked = Asked(
            since=_day(filters.day_first, "since", since),
            until=_day(filters.day_last, "until", until),
            type=type,
            country=country,
            place=place,
            actor=actor,
            contested=contested,
            min_sources=min_sources,
            min_reports=min_reports,
            part_of=part_of,
            text=text,
        )

        def rows(archive: store.Archive) -> Iterator[IncidentSummary]:
            return (self._shown(archive, one, one.id) for one in store.incidents(archive, asked))

        return Table(kinds(IncidentSummary), lambda: self._read(rows), lambda: map(flat, self._read(rows)))

    def claims(
        self, *, source: str | None = None, outlets: Strings = (), stances: Strings = (), disputed: bool = False
    ) -> Table[Claim]:
        """Return who says what, a row a claim, in the order of the documents and the text.

        `source`: part of the name of who speaks, in capitals or not; of several `outlets` and `stances` any.
        `disputed`: only what somebody in the same document denies, denials, and what the text casts doubt on.
        """
        name, printed, told = (source or "").casefold(), _listed(outlets), _listed(stances)

        def rows(archive: store.Archive) -> Iterator[Claim]:
            for claim in claims_in(self._covered(store.documents(archive))):
                is_told = name in (claim.source or "").casefold() and (not told or claim.stance in told)
                if is_told and (not printed or claim.publication in printed) and claim.disputed >= disputed:
                    yield claim

        return Table(kinds(Claim), lambda: self._read(rows), lambda: map(cells_of_claim, self._read(rows)))

    def documents(self, *, edition: int | None = None) -> Iterator[CodedDocument]:
        """Yield the documents in the order in which they came: as one edition has them, or as coded last.

        ConfigurationError if there is no such edition.
        """
        return self._read(lambda archive: self._covered(store.documents(archive, edition)))

    def document(self, id: str) -> CodedDocument:
        """Return a document by its id; ConfigurationError if there is none."""
        with self._opened() as archive:
            row = store.row_of(archive, id)
            found = store.document(archive, row) if row is not None else None
        if found is None:
            raise ConfigurationError(f"{self.path} has no document {id!r}. Ids are in the column `document` of events.")
        return withhold_names(found) if self._roles else found

    def incident(self, id: str) -> IncidentPage:
        """Return all that is said of an incident and by whom, by its id or the `uid` of an event in it.

        ConfigurationError if there is none.
        """
        with self._opened() as archive:
            number = store.incident_of(archive, id)
            return self._shown(archive, page(archive, number, *account(archive, number)), number)

    def sql(self, query: str, values: Mapping[str, object] | Sequence[object] = ()) -> Table[dict[str, store.Stored]]:
        """Return what a query in SQL asks for, as it is now, all of it held in memory; docs/archive.md has the tables.

        `values` take the place of ? or :name in it. ConfigurationError if it is no query, would change anything, or
        names are to be withheld.
        """
        if self._roles:
            raise ConfigurationError("A query would show the names that are withheld. Open the archive with all names.")
        with self._opened() as archive:
            names, rows = store.query(archive, query, values)
        columns = {name: kind_of(row[at] for row in rows) for at, name in enumerate(names)}
        found = [dict(zip(names, row, strict=True)) for row in rows]
        return Table(columns, lambda: found, lambda: rows, lambda: len(rows))

    def _read(self, rows: Callable[[store.Archive], Iterable[AnyRow]]) -> Iterator[AnyRow]:
        """Yield what is read of the archive as it is when the first is asked for."""
        with self._opened() as archive:
            yield from rows(archive)

    def _covered(self, documents: Iterable[CodedDocument]) -> Iterator[CodedDocument]:
        return map(withhold_names, documents) if self._roles else iter(documents)

    def _shown(self, archive: store.Archive, record: AnyRecord, incident: str) -> AnyRecord:
        """Return what is told of an incident with the names that are to be shown."""
        return cover_names(record, store.documents_of(archive, incident)) if self._roles else record

    @contextmanager
    def _opened(self) -> Iterator[store.Archive]:
        if not self._is_open:
            raise ConfigurationError(f"{self.path} was closed. Open it again: byline.open({str(self.path)!r})")
        with store.Archive.open(self.path) as archive, archive.snapshot():
            yield archive


def _listed(values: Strings) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _day(read: Callable[[str, list[str]], str], name: str, value: str | date | None) -> str | None:
    """Return an ISO date; ConfigurationError for what is no day, month or year."""
    return None if value is None else read(name, [str(value)])


def _box(value: Box | None) -> Box | None:
    return None if value is None else filters.box("box", [",".join(map(str, value))])
