"""Incidents in the 31 columns of ACLED's dyadic export, for what reads that: one row an incident that happened."""

from collections.abc import Iterator, Mapping
from typing import Any

from byline.export.codes import code, name
from byline.export.columns import Cell, Columns, Row
from byline.export.foreign import columns_of, filled, joined, table_of
from byline.export.layout import Chosen, Layout
from byline.export.together import Party, Together, happened_incidents
from byline.export.where import Level

_ACLED = table_of("acled")
_SIDES, _INTER = _ACLED["sides"], _ACLED["inter"]
_WEEK, _MONTH = 7, 31
_PRECISION: dict[Level, int] = {"town": 1, "part": 1, "district": 2, "province": 3}
COLUMNS: Columns = columns_of(_ACLED["columns"], _ACLED["kinds"])


def _rows(chosen: Chosen) -> Iterator[Row]:
    return map(_row, happened_incidents(chosen))


def _row(one: Together) -> Row:
    actors, recipients = one.party("actors"), one.party("recipients")
    country = one.summary.country
    return {
        "event_id_cnty": one.summary.id,
        **_when(one),
        "actor1": next(iter(actors.names), None),
        "inter1": _inter(actors, country),
        "actor2": next(iter(recipients.names), None),
        "inter2": _inter(recipients, country),
        **_what(one, actors, recipients),
        "iso": code(country, "numeric", one.summary.start),
        "country": name(country),
        **_where(one),
        "source": joined(document.publication for document in one.documents),
        "notes": one.evidence,
        "fatalities": one.lowest.get("killed"),
    }


def _when(one: Together) -> Mapping[str, Cell]:
    days = one.days
    precision = next((p for p, longest in ((1, 1), (2, _WEEK), (3, _MONTH)) if days and days <= longest), None)
    return {
        "event_date": one.summary.start if precision else None,
        "year": one.year,
        "time_precision": precision,
    }


def _where(one: Together) -> Mapping[str, Cell]:
    where = one.where
    if where is None or where.level is None or where.level == "country":
        return {}
    return {
        "admin1": where.province,
        "admin2": where.district,
        "location": where.name,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "geo_precision": _PRECISION[where.level],
    }


def _what(one: Together, actors: Party, recipients: Party) -> Mapping[str, Cell]:
    """Return what the first rule sets whose conditions all hold."""
    mode, cameo = one.first(lambda e: (e.mode, e.cameo) if e.mode else None) or (None, None)
    for rule in _ACLED["rules"]:
        same = rule["type"] == one.summary.type and mode in rule["modes"] and cameo in rule.get("cameo", (cameo,))
        if same and _holds(rule, "actors", actors) and _holds(rule, "recipients", recipients):
            found: dict[str, Cell] = rule["set"]
            return found
    return {}


def _holds(rule: Mapping[str, Any], role: str, party: Party) -> bool:
    return role not in rule or party.belongs_to(_SIDES[rule[role]])


def _inter(party: Party, country: str | None) -> str | None:
    """Return ACLED's kind of the first of some people, in whose country or abroad the incident is."""
    actor = next(iter(party.actors), None)
    if actor is None or actor.sector is None:
        return None
    anywhere: str | None = _INTER["anywhere"].get(actor.sector)
    if anywhere or not actor.country or not country:
        return anywhere
    found: str | None = _INTER["home" if actor.country == country else "abroad"].get(actor.sector)
    return found


LAYOUT = Layout(
    name="acled",
    title="Incidents in the columns of ACLED's export",
    level="incident",
    columns=COLUMNS,
    forms=filled(_rows, COLUMNS),
    losses=(
        "It has no place for who says so: outlets are named, those whom they quote are not.",
        (
            "Incidents that nobody tells as having happened (denied, planned, feared) are left out; how many is "
            "said on standard error."
        ),
        (
            "It cannot say that somebody denies an incident, or that reports differ: of each field it has one "
            "value, that of the first report which has it."
        ),
        (
            "Fatalities are one figure, the lowest that an independent source gives (tolls_lowest_independent): "
            "ranges, and those who say otherwise, are lost."
        ),
        "It is blank where nobody gives a figure, and 0 only where somebody says that none died: ACLED has 0 for both.",
        (
            "Event types are filled only where Byline's type, mode and sectors are surely one of ACLED's; most "
            "incidents have none."
        ),
        (
            "Regions, administrative divisions of a town, associated actors, interaction, scale of sources and "
            "time stamps are blank."
        ),
        "An event over more than a month has no date here.",
        "Ids, actors and countries are named as Byline names them: rows cannot be joined to ACLED's own.",
    ),
)
