"""Pages of outlets: the list, and one with what it reports, in whose voice, and how it stands to the others."""

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

import numpy as np
from msgspec.structs import asdict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from byline.store import Archive, outlets
from byline.store.filters import read
from byline.store.outlets import Comparison, Copied, Kind, Missing, Outlet, Quoted
from byline.timeline import Bar, Timeline, timeline
from byline.web.answers import JSON, page
from byline.web.asking import outlet_of
from byline.web.requests import lent
from byline.web.streams import table


class OutletPage(NamedTuple):
    """All that an archive has of an outlet.

    The timeline has what is told as having happened; filled is what the outlet says in its own voice.
    """

    outlet: Outlet
    kinds: list[Kind]
    timeline: Timeline
    quoted: list[Quoted]
    copied: list[Copied]
    compared: Comparison
    missing: list[Missing]

    def data(self) -> dict[str, Any]:
        """Return the same as plain data."""
        return self._asdict() | {"timeline": self.timeline.data()}


def listed(request: Request) -> Response:
    """Show all outlets."""
    return page(request, "outlets.html", {"outlets": _listed(request)})


def listed_data(request: Request) -> Response:
    """Give all outlets."""
    return JSON({"outlets": _listed(request)})


def listed_csv(request: Request) -> Response:
    """Give all outlets as CSV."""
    return table(map(asdict, _listed(request)), Outlet.__struct_fields__, "outlets.csv")


def shown(request: Request) -> Response:
    """Show one outlet; the empty name stands for documents of which it is not known."""
    found = _page(request)
    shown = {"one": found, "bar_address": lambda b: _events(found.outlet.name, b)}
    return page(request, "outlet.html", shown)


def shown_data(request: Request) -> Response:
    """Give one outlet with all that the archive has of it."""
    return JSON(_page(request).data())


def shown_csv(request: Request) -> Response:
    """Give what an outlet tells, by type and voice, as CSV."""
    return table(map(asdict, _page(request).kinds), Kind.__struct_fields__, "outlet.csv")


def _events(name: str | None, bar: Bar) -> str:
    return f"/?{urlencode({'outlet': name or '', 'first': bar.first, 'last': bar.last})}"


def _listed(request: Request) -> list[Outlet]:
    read(request.query_params.multi_items(), {})
    with lent(request) as archive:
        return outlets.outlets(archive)


def _page(request: Request) -> OutletPage:
    name = outlet_of(request.query_params.multi_items())
    with lent(request) as archive, archive.snapshot():
        one = outlets.outlet(archive, name)
        if one is None:
            raise HTTPException(404, f"No outlet is called {str(name)[:200]!r} in this archive. All are at /outlets.")
        return OutletPage(
            outlet=one,
            kinds=outlets.kinds(archive, name),
            timeline=_timeline(archive, name),
            quoted=outlets.quoted(archive, name),
            copied=outlets.copied(archive, name),
            compared=outlets.compared(archive, name),
            missing=outlets.missing(archive, name),
        )


def _timeline(archive: Archive, name: str | None) -> Timeline:
    told = outlets.told(archive, name)
    days = np.array([date.fromisoformat(day).toordinal() if day else 0 for day, _, _ in told], np.int32)
    own, others = (np.array([counts[n] for counts in told], np.int64) for n in (1, 2))
    is_own = np.repeat([True, False], [int(own.sum()), int(others.sum())])
    return timeline(np.concatenate((np.repeat(days, own), np.repeat(days, others))), is_own)
