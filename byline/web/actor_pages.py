"""Pages of names: the list, and one with what it does, what is done to it, and who says so."""

from typing import Any, NamedTuple

from msgspec.structs import asdict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from byline.records import HAPPENED
from byline.store import Archive, Filter, actors, find
from byline.store.actors import Beside, Code, Deed, Named, Period, Saying, Telling
from byline.store.finding import Told
from byline.timeline import Bar, Timeline, timeline
from byline.web.answers import JSON, page
from byline.web.asking import actor_of, given, part_of
from byline.web.explore import PAGE
from byline.web.requests import lent
from byline.web.selection import Selection
from byline.web.streams import table

_SAYINGS = 50  # that a page shows


class ActorPage(NamedTuple):
    """All that an archive has of a name in some period; `events` are those of one page."""

    name: str
    period: Period
    codes: list[Code]
    does: list[Deed]
    suffers: list[Deed]
    beside: list[Beside]
    tellings: list[Telling]
    sayings: list[Saying]
    said: int
    total: int
    timeline: Timeline
    events: list[Told]
    page: int
    pages: int

    def data(self) -> dict[str, Any]:
        """Return the same as plain data."""
        plain = self._asdict() | {"codes": [code._asdict() for code in self.codes], "period": self.period._asdict()}
        return plain | {"timeline": self.timeline.data()}


def listed(request: Request) -> Response:
    """Show names, or those with a part that is asked for."""
    part, number = part_of(request.query_params.multi_items())
    found, more = _listed(request, part, number)
    return page(request, "actors.html", {"actors": found, "part": part or "", "number": number, "more": more})


def listed_data(request: Request) -> Response:
    """Give names, a page of them."""
    part, number = part_of(request.query_params.multi_items())
    found, more = _listed(request, part, number)
    return JSON({"page": number, "more": more, "actors": found})


def listed_csv(request: Request) -> Response:
    """Give names as CSV, a page of them."""
    found, _ = _listed(request, *part_of(request.query_params.multi_items()))
    return table(map(asdict, found), Named.__struct_fields__, "actors.csv")


def shown(request: Request) -> Response:
    """Show one name."""
    found = _page(request)
    chosen = Selection(Filter(), tuple(given(request.query_params.multi_items())))
    shown = {"one": found, "chosen": chosen, "bar_address": lambda b: _days(chosen, b)}
    return page(request, "actor.html", shown)


def _days(chosen: Selection, bar: Bar) -> str:
    return f"/actor{chosen.address(first=bar.first, last=bar.last)}"


def shown_data(request: Request) -> Response:
    """Give one name with all that the archive has of it."""
    return JSON(_page(request).data())


def shown_csv(request: Request) -> Response:
    """Give who did what to whom, with the name on either side, as CSV."""
    name, period, _ = actor_of(request.query_params.multi_items())
    with lent(request) as archive:
        _known(archive, name)
        both = [(role, actors.deeds(archive, name, role, period)) for role in ("actor", "recipient")]
    rows = [{"name": name, "role": role, **asdict(deed)} for role, found in both for deed in found]
    return table(rows, ("name", "role", *Deed.__struct_fields__), "actor.csv")


def _listed(request: Request, part: str | None, number: int) -> tuple[list[Named], bool]:
    with lent(request) as archive:
        found = actors.actors(archive, part, (number - 1) * PAGE, PAGE + 1)
    return found[:PAGE], len(found) > PAGE


def _page(request: Request) -> ActorPage:
    name, period, number = actor_of(request.query_params.multi_items())
    with lent(request) as archive, archive.snapshot():
        codes = _known(archive, name)
        found = find(archive, Filter(*period, names=(name,)))
        return ActorPage(
            name=name,
            period=period,
            codes=codes,
            does=actors.deeds(archive, name, "actor", period),
            suffers=actors.deeds(archive, name, "recipient", period),
            beside=actors.beside(archive, name, period),
            tellings=actors.tellings(archive, name, period),
            sayings=actors.sayings(archive, name, period, size=_SAYINGS),
            said=actors.says(archive, name),
            total=len(found),
            timeline=timeline(found.days, found.has("status", HAPPENED)),
            events=found.page((number - 1) * PAGE, PAGE),
            page=number,
            pages=-(-len(found) // PAGE),
        )


def _known(archive: Archive, name: str) -> list[Code]:
    """Return what a name is known as; HTTPException if neither an event nor a source has it."""
    codes = actors.codes(archive, name)
    if not codes and not actors.says(archive, name):
        raise HTTPException(
            404, f"Nobody is called {name[:200]!r} in this archive. Look for part of the name at /actors."
        )
    return codes
