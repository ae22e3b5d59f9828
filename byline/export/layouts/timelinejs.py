"""Incidents as a spreadsheet for TimelineJS: one slide an incident. Words are escaped: it takes cells for HTML."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from byline.export.codes import name
from byline.export.columns import Cell, Columns, Row
from byline.export.foreign import columns_of, filled, one_line, table_of
from byline.export.layout import Chosen, Layout
from byline.export.together import Together, happened_incidents
from byline.lookup import OUTLET, link_of
from byline.records import CodedDocument

_TABLE = table_of("timelinejs")
_DECEMBER = 12
COLUMNS: Columns = columns_of(_TABLE["columns"], _TABLE["kinds"])


def _rows(chosen: Chosen) -> Iterator[Row]:
    for one in happened_incidents(chosen):
        if one.summary.start is None or one.summary.end is None:
            chosen.left_out["incidents without a day, which TimelineJS needs"] += 1
            continue
        days = _days(date.fromisoformat(one.summary.start), date.fromisoformat(one.summary.end))
        yield {**days, "Headline": _headline(one), "Text": _text(one), "Group": one.summary.type}


def _days(start: date, end: date) -> Mapping[str, Cell]:
    """Return one day, a whole month or a whole year as such, all else from its first to its last day."""
    if start == end:
        return {"Year": start.year, "Month": start.month, "Day": start.day}
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1] and start.year == end.year
    if whole and start.month == end.month:
        return {"Year": start.year, "Month": start.month}
    if whole and start.month == 1 and end.month == _DECEMBER:
        return {"Year": start.year}
    last = {"End Year": end.year, "End Month": end.month, "End Day": end.day}
    return {"Year": start.year, "Month": start.month, "Day": start.day, **last}


def _headline(one: Together) -> str:
    who, whom = ", ".join(one.party("actors").names), ", ".join(one.party("recipients").names)
    place = one.where.name if one.where else name(one.summary.country)
    what = " → ".join(filter(None, (who, whom)))
    head = ": ".join(filter(None, (one.summary.type.capitalize(), what)))
    return escape(", ".join(filter(None, (head, place))))


def _text(one: Together) -> str:
    first = one.happened[0]
    voices = " ‹ ".join(map(one_line, first.index.voices(first.event))) or OUTLET
    summary = one.summary
    counted = f"Reports: {summary.reports}. Outlets: {summary.outlets}. Independent sources: {summary.sources}."
    disputed = "<p>Reports contradict one another.</p>" if summary.contested else ""
    links = ", ".join(map(_link, one.documents))
    return f"<p>“{escape(one.evidence)}”</p><p>Says who: {escape(voices)}.</p>{disputed}<p>{counted}</p><p>{links}</p>"


def _link(document: CodedDocument) -> str:
    words = escape(one_line(document.publication or document.title or document.source))
    url = link_of(document.url)
    return f'<a href="{escape(url)}">{words}</a>' if url else words


LAYOUT = Layout(
    name="timelinejs",
    title="Incidents as slides of TimelineJS",
    level="incident",
    columns=COLUMNS,
    forms=filled(_rows, COLUMNS),
    losses=(
        (
            "Incidents without a day are left out, and so are those that nobody tells as having happened; how "
            "many is said on standard error."
        ),
        "Who says so stands in the text for the first report alone; of the others the outlets are linked.",
        "That reports contradict one another is said, and not in what.",
        (
            "An incident that may have been on several days looks like one that lasted for all of them, unless "
            "they are a whole month or year."
        ),
        "Tolls, coordinates and confidences are lost, and there are no pictures.",
        "TimelineJS shows some hundred slides well: filters choose them.",
    ),
)
