"""Deadly incidents in the 49 columns of UCDP GED: one row an incident of violence that killed somebody."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from byline.export.codes import code, name
from byline.export.columns import Cell, Columns, Row
from byline.export.foreign import columns_of, filled, joined, one_day, one_line, table_of
from byline.export.layout import Chosen, Layout
from byline.export.together import Party, Together, happened_incidents
from byline.export.where import Level
from byline.records import CodedDocument

_GED = table_of("ucdp_ged")
_SIDES: Mapping[str, Collection[str]] = _GED["sides"]
_STATE, _ONE_SIDED = 1, 3
_SHORTEST, _WEEK, _MONTH, _YEAR = 6, 7, 31, 366  # days
_PRECISION: dict[Level, int] = {"town": 1, "part": 2, "district": 3, "province": 4, "country": 6}
_CELLS, _ROWS = 720, 360  # of PRIO-GRID, half a degree each
COLUMNS: Columns = columns_of(_GED["columns"], _GED["kinds"])


class _Sides(NamedTuple):
    """Who fights whom, and which kind of violence that is; 0 is none that is sure."""

    a: Party
    b: Party
    violence: int


def _rows(chosen: Chosen) -> Iterator[Row]:
    for one in happened_incidents(chosen):
        if one.summary.type not in _GED["types"]:
            chosen.left_out["incidents that are no violence"] += 1
        elif one.summary.killed_low is None or one.summary.killed_high == 0:
            chosen.left_out["incidents that killed nobody as far as is told"] += 1
        else:
            yield _row(one)


def _row(one: Together) -> Row:
    summary = one.summary
    country_id = code(summary.country, "gw", summary.start)
    return {
        "id": summary.id,
        "year": one.year,
        **_who(one),
        **_sources(one),
        **_where(one),
        "country": name(summary.country),
        "country_id": country_id,
        "region": next((r for r, (first, last) in _GED["regions"].items() if first <= (country_id or 0) <= last), None),
        "event_clarity": _clarity(one),
        "date_prec": _date_precision(one.days),
        "date_start": summary.start,
        "date_end": summary.end,
        "best": one.lowest.get("killed"),
        "high": summary.killed_high,
        "low": summary.killed_low,
    }


def _who(one: Together) -> Mapping[str, Cell]:
    sides, when = _sides(one), one.summary.start
    return {
        "type_of_violence": sides.violence or None,
        "side_a": joined(sides.a.names),
        "side_b": "Civilians" if sides.violence == _ONE_SIDED else joined(sides.b.names),
        "gwnoa": _state(sides.a, when),
        "gwnob": _state(sides.b, when),
    }


def _sides(one: Together) -> _Sides:
    """Return the sides; of a state and rebels the state is the first, whoever acts."""
    actors, recipients = one.party("actors"), one.party("recipients")
    for kind in _GED["violence"]:
        if actors.belongs_to(_SIDES[kind["actors"]]) and recipients.belongs_to(_SIDES[kind["recipients"]]):
            state_second = kind["type"] == _STATE and kind["recipients"] == "state"
            return _Sides(*((recipients, actors) if state_second else (actors, recipients)), kind["type"])
    return _Sides(actors, recipients, 0)


def _state(party: Party, when: str | None) -> int | None:
    """Return the number of the one state whose forces they all are."""
    countries = {a.country for a in party.actors if a is not None}
    return code(countries.pop(), "gw", when) if party.belongs_to(_SIDES["state"]) and len(countries) == 1 else None


def _sources(one: Together) -> Mapping[str, Cell]:
    quoted = (told.index.voices(told.event)[:1] for told in one.told if told.event.happened)
    return {
        "number_of_sources": one.summary.sources,
        "source_article": joined(map(_article, one.documents)),
        "source_office": joined(d.publication for d in one.documents),
        "source_date": joined(one_day(d.published) for d in one.documents),
        "source_headline": joined(d.title for d in one.documents),
        "source_original": joined(voice for voices in quoted for voice in voices),
    }


def _article(document: CodedDocument) -> str | None:
    parts = (document.publication, one_day(document.published), document.title)
    return ", ".join(one_line(part) for part in parts if part)


def _where(one: Together) -> Mapping[str, Cell]:
    where = one.where
    if where is None or where.level is None:
        return {}
    pin: dict[str, Cell] = {}
    if where.latitude is not None and where.longitude is not None:
        pin = {
            "where_coordinates": where.name,
            "latitude": where.latitude,
            "longitude": where.longitude,
            "geom_wkt": f"POINT ({where.longitude} {where.latitude})",
            "priogrid_gid": _grid_cell(where.latitude, where.longitude),
        }
    return {
        "where_prec": _PRECISION[where.level],
        "where_description": one_line(where.words),
        "adm_1": where.province,
        "adm_2": where.district,
        **pin,
    }


def _grid_cell(latitude: float, longitude: float) -> int:
    """Return PRIO-GRID's number of a cell: row by row from the south, in each from the west."""
    row = min(int((latitude + 90) * 2), _ROWS - 1)
    column = min(int((longitude + 180) * 2), _CELLS - 1)
    return row * _CELLS + column + 1


def _clarity(one: Together) -> int | None:
    if one.days is None:
        return None
    if one.days > _MONTH:
        return 2
    return 1 if one.days == 1 and one.where is not None and one.where.level in {"town", "part"} else None


def _date_precision(days: int | None) -> int | None:
    bounds = ((1, 1), (2, _SHORTEST), (3, _WEEK), (4, _MONTH), (5, _YEAR))
    return next((precision for precision, longest in bounds if days and days <= longest), None)


LAYOUT = Layout(
    name="ucdp-ged",
    title="Deadly incidents in the columns of UCDP GED",
    level="incident",
    columns=COLUMNS,
    forms=filled(_rows, COLUMNS),
    losses=(
        (
            "It has violence that killed somebody alone: all other incidents are left out, and so are those that "
            "nobody tells as having happened; how many is said on standard error."
        ),
        (
            "It cannot say who gives which figure, or that somebody denies the incident: source_original names "
            "those who are quoted."
        ),
        (
            "Best is the lowest figure of an independent source (tolls_lowest_independent), low and high are the "
            "range of all figures; an open top (at least nine) leaves high blank."
        ),
        "Deaths are not told apart by side: deaths_a, deaths_b, deaths_civilians and deaths_unknown are blank.",
        (
            "Conflicts, dyads and actors have no UCDP ids: rows cannot be joined to UCDP's own, and no threshold "
            "of 25 deaths is applied."
        ),
        "The type of violence is filled only where all of both sides are surely soldiers, rebels or civilians.",
        "The province of a town is blank: the archive does not have it. So are the codes of conflict, and active_year.",
        "A country has no point here: UCDP puts one in its middle.",
        "Wounded, arrested, abducted and displaced people are lost.",
    ),
)
