"""Incidents in the 61 columns of GDELT 2.0's events: one row an incident that happened, tab-separated, no header."""

from collections.abc import Iterator, Mapping

from byline.export.codes import code, name
from byline.export.columns import Cell, Columns, Row
from byline.export.foreign import columns_of, table_of
from byline.export.gdelt import forms, gdelt_id
from byline.export.layout import Chosen, Layout
from byline.export.together import Role, Together, happened_incidents
from byline.export.where import Where
from byline.lookup import link_of

_GDELT = table_of("gdelt")
_MONTH, _YEAR = 30, 365  # days, as GDELT counts them for FractionDate
COLUMNS: Columns = columns_of(_GDELT["events"], _GDELT["event_kinds"])


def _rows(chosen: Chosen) -> Iterator[Row]:
    return map(_row, happened_incidents(chosen))


def _row(one: Together) -> Row:
    first = one.happened[0].index.document
    return {
        "GLOBALEVENTID": gdelt_id(one.summary.id),
        **_when(one),
        **_who(one, "actors", "Actor1"),
        **_who(one, "recipients", "Actor2"),
        "IsRootEvent": _is_root(one),
        **_what(one),
        "NumMentions": len(one.happened),
        "NumSources": one.summary.outlets,
        "NumArticles": one.summary.reports,
        **_where(one.where, one.summary.start),
        "SOURCEURL": link_of(first.url),
    }


def _when(one: Together) -> Mapping[str, Cell]:
    start, end = one.summary.start or "", one.summary.end or ""
    day = start if start == end else ""
    month = start[:7] if start[:7] == end[:7] else ""
    gone = (int(day[5:7]) - 1) * _MONTH + int(day[8:]) if day else 0
    return {
        "SQLDATE": int(day.replace("-", "")) if day else None,
        "MonthYear": int(month.replace("-", "")) if month else None,
        "Year": one.year,
        "FractionDate": round(int(day[:4]) + gone / _YEAR, 4) if day else None,
    }


def _who(one: Together, role: Role, column: str) -> Mapping[str, Cell]:
    """Return the cells of the first of those who act or are acted upon."""
    party = one.party(role)
    actor = next(iter(party.actors), None)
    country = (actor.country or "") if actor else ""
    body = _GDELT["bodies"].get(country)
    letters = "" if body else _GDELT["countries"].get(country, country)
    type_ = body or _GDELT["types"].get(actor.sector if actor else None)
    return {
        f"{column}Code": f"{letters}{type_ or ''}" or None,
        f"{column}Name": party.names[0].upper() if party.names else None,
        f"{column}CountryCode": letters or None,
        f"{column}Type1Code": type_,
    }


def _what(one: Together) -> Mapping[str, Cell]:
    cameo = one.first(lambda event: event.cameo)
    if cameo is None:
        return {}
    root = cameo[:2]
    quad = next(int(quad) for quad, last in _GDELT["quads"].items() if root <= last)
    return {"EventCode": cameo, "EventBaseCode": cameo[:3], "EventRootCode": root, "QuadClass": quad}


def _where(where: Where | None, day: str | None) -> Mapping[str, Cell]:
    if where is None:
        return {}
    country = name(where.country)
    return {
        "ActionGeo_Type": _geo_type(where),
        "ActionGeo_FullName": ", ".join(dict.fromkeys(filter(None, (where.name, country)))),
        "ActionGeo_CountryCode": code(where.country, "fips", day),
        "ActionGeo_Lat": where.latitude,
        "ActionGeo_Long": where.longitude,
    }


def _geo_type(where: Where) -> int | None:
    levels = {"country": (1, 1), "province": (2, 5), "town": (3, 4), "part": (3, 4)}
    american, other = levels.get(where.level or "", (None, None))
    return american if where.country == "USA" else other


def _is_root(one: Together) -> int | None:
    """Return 1 if the first report tells it in the first paragraph of its article, else 0; None without paragraphs."""
    first = one.happened[0]
    paragraphs = first.index.document.prose
    return int(paragraphs[0][0] <= first.event.evidence[0] < paragraphs[0][1]) if paragraphs else None


LAYOUT = Layout(
    name="gdelt-events",
    title="Incidents in the columns of GDELT 2.0's events",
    level="incident",
    columns=COLUMNS,
    forms=forms(_rows, COLUMNS),
    losses=(
        (
            "It has no place for who says so, for denials or for reports that differ: of each field it has one "
            "value, that of the first report which has it."
        ),
        "A row is an incident; in GDELT the same incident has a row for each pair of actors and code.",
        "Incidents that nobody tells as having happened are left out; how many is said on standard error.",
        "Of several actors or recipients it has the first.",
        (
            "The Goldstein scale and tones are blank: Byline does not measure them. So are ethnic, religious and "
            "group codes, the places of actors, divisions, feature ids and DATEADDED."
        ),
        (
            "The day is blank where an incident may have been on several: the month or year stands where all of "
            "them are of one."
        ),
        (
            "CAMEO codes are those of Byline's ontology, which is PLOVER: some are coarser than CAMEO's, and "
            "events of other ontologies have none."
        ),
        "Numbers of killed and wounded people are lost, and so are the words that show it.",
        "Ids are Byline's: rows cannot be joined to GDELT's own.",
    ),
)
