"""A briefing made of an archive: what is in it, what it comes to, and each incident with all that is said of it."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, get_args

import msgspec

from byline import __version__
from byline.accounts import Contest, Corroboration, Rule
from byline.export.incident_page import IncidentPage, page
from byline.export.people import cover_names
from byline.records import Record
from byline.report import covering, tables
from byline.report.charts import timeline_of
from byline.report.entries import entry
from byline.report.maps import maps_of
from byline.report.method import method
from byline.report.records import Briefing, Entry, Fact
from byline.report.wording import MOST, many, printed
from byline.store import Archive, EditionSummary, Filter, documents_of, editions, find
from byline.store.totals import Listed, coverage, incidents_found, listed, texts, tolls

Account = Callable[[Archive, str], tuple[Corroboration, tuple[Contest, ...]]]
Watch = Callable[[Iterator[Entry], int], Iterator[Entry]]


class Scope(NamedTuple):
    """Which incidents are wanted: those with an event that meets the filter; at most so many are told one by one.

    None are as many as report.toml has. `roles`: the names of private persons are covered.
    """

    filter: Filter = Filter()
    title: str | None = None
    most: int | None = None
    roles: bool = False


def brief(archive: Archive, scope: Scope, account: Account, watch: Watch = lambda entries, _: entries) -> Briefing:
    """Return a briefing of an archive as it is now.

    `account` tells what the reports of an incident say together; `watch` is handed the entries as they are made, and
    their number. ConfigurationError if words are looked for that are none.
    """
    with archive.snapshot():
        found = list(listed(archive, incidents_found(archive, find(archive, scope.filter))))
        ids = [one.id for one in found]
        said = {rule: tolls(archive, rule, ids) for rule in get_args(Rule)}
        chosen = _chosen(found, scope.most or MOST["incidents"])
        entries = tuple(watch(_entries(archive, chosen, account, scope), len(chosen)))
        first = next((one.start for one in found if one.start), None)
        last = max((one.end or one.start for one in found if one.start), default=None)
        title = scope.title or covering.title(scope.filter, first, last)
        coded = editions(archive)
        head = _Head(title=title, covers=covering.facts(scope.filter))
        if scope.roles:
            head = cover_names(head, (told for one in chosen for told in documents_of(archive, one.id)))
        made = Briefing(
            title=head.title,
            covers=head.covers,
            archive=archive.path.name,
            day=_day(coded),
            version=__version__,
            figures=tables.figures(found, coverage(archive, ids)),
            tables=(tables.toll_table(found, said), tables.kinds(found, said), tables.countries(found, said)),
            drawings=(*timeline_of(found), *maps_of(found)),
            told=_told(len(found), len(chosen)),
            entries=entries,
            method=method(archive, coded, roles=scope.roles),
        )
    return msgspec.convert(printed(made.to_dict()), Briefing)


def _chosen(found: Sequence[Listed], most: int) -> list[Listed]:
    """Return the incidents that most independent sources tell, in order of time."""
    ranked = sorted(found, key=lambda one: (-one.sources, -one.reports, one.id))
    kept = {one.id for one in ranked[:most]}
    return [one for one in found if one.id in kept]


def _told(found: int, chosen: int) -> str:
    if chosen == found:
        return "" if found else "Nothing in this archive is what this briefing covers."
    return (
        f"Of {many(found, 'incident')}, the {chosen:,} that most independent sources tell are told one by one. "
        "Tables, map and timeline count all of them."
    )


class _Head(Record, frozen=True, kw_only=True):
    """What a briefing is about, in which a user may name somebody."""

    title: str
    covers: tuple[Fact, ...]


class _Told(Record, frozen=True, kw_only=True):
    """An incident's page, and the texts that tell of it by their files."""

    page: IncidentPage
    texts: dict[str, str]


def _entries(archive: Archive, chosen: Sequence[Listed], account: Account, scope: Scope) -> Iterator[Entry]:
    numbers = {one.id: number for number, one in enumerate(chosen, 1)}
    note = 1
    for one in chosen:
        told = _told_of(archive, one.id, account, roles=scope.roles)
        made = entry(told.page, told.texts, numbers, note)
        note += len(made.notes)
        yield made


def _told_of(archive: Archive, incident: str, account: Account, *, roles: bool) -> _Told:
    told = _Told(page=page(archive, incident, *account(archive, incident)), texts=texts(archive, incident))
    return cover_names(told, documents_of(archive, incident)) if roles else told


def _day(coded: Sequence[EditionSummary]) -> str:
    """Return the day on which the archive was last coded into, so that the same archive gives the same briefing."""
    return max((f"{one.last:%Y-%m-%d}" for one in coded if one.last), default="1970-01-01")
