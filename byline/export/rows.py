"""One flat row an event: what the CSV file and the data frame hold."""

from collections.abc import Iterable, Iterator

from byline.export.columns import Cell, Column, Columns
from byline.lookup import COUNTED, OUTLET, Index, facts, spot_of, told_of, toll
from byline.records import CodedDocument, CountOf, Event, Incident

_TOLLS: tuple[CountOf, ...] = ("killed", "wounded")  # what an incident's counts are of


def _bounds(name: str, of: str) -> Columns:
    """Return the columns of a number's bounds."""
    return {
        f"{name}_low": Column(f"{of}, at least.", "whole"),
        f"{name}_high": Column(f"{of}, at most; empty where the top is open.", "whole"),
    }


COLUMNS: Columns = {
    "document": Column("The document's id."),
    "source": Column("The file from which it was read, with the way inside of it."),
    "publication": Column("The outlet."),
    "published_start": Column("The first day on which it may have appeared.", "day"),
    "published_end": Column("The last day on which it may have appeared.", "day"),
    "url": Column("Its address."),
    "copy_of": Column("The id of the document whose text it copies."),
    "copy_kind": Column("How: exact, near, truncated or embedded."),
    "event": Column("The event's id in its document."),
    "incident": Column("The id, in the document, of the events that are one happening."),
    "type": Column("The type of event, of the ontology."),
    "mode": Column("Its mode."),
    "cameo": Column("Its CAMEO code."),
    "trigger": Column("The words that tell the event."),
    "status": Column("Whether it happened: actual, ongoing, planned, feared, denied ..."),
    "happened": Column("yes where the status is actual or ongoing, else no."),
    "actors": Column('Who acts; several are parted by "; ".'),
    "actor_codes": Column("Their countries, ISO 3166 alpha-3, and sectors, as far as known."),
    "recipients": Column('Who is acted upon; several are parted by "; ".'),
    "recipient_codes": Column("Their countries and sectors, as far as known."),
    "places": Column('Where it was; several are parted by "; ".'),
    "latitude": Column("Degrees of the first place that is one spot; a whole country or region is none.", "real"),
    "longitude": Column("Degrees of the first place that is one spot.", "real"),
    "place_precision": Column("How near the point is: point, place, district or province."),
    "country": Column("The country of the first place that has one, ISO 3166 alpha-3."),
    "start": Column("The first day on which it may have been.", "day"),
    "end": Column("The last day on which it may have been.", "day"),
    "time_basis": Column("What these days rest on."),
    **{name: column for what in COUNTED for name, column in _bounds(what, f"People {what}").items()},
    **{
        name: c for what in _TOLLS for name, c in _bounds(f"incident_{what}", f"{what.title()} in the incident").items()
    },
    "said_by": Column('Who tells it, the innermost first, parted by "; "; "the outlet itself" in its own voice.'),
    "stance": Column("How the innermost voice stands to it: reported, claimed, denied or disputed."),
    "confidence": Column("How likely it is to be an event of its type, 0 to 1.", "real"),
    "evidence_start": Column("Where its sentence begins in the document's text, in code points.", "whole"),
    "evidence_end": Column("Where its sentence ends.", "whole"),
    "evidence": Column("Its sentence, in one line."),
}


def rows(documents: Iterable[CodedDocument]) -> Iterator[dict[str, Cell]]:
    """Yield one row an event, with the cells of `COLUMNS`."""
    for document in documents:
        index = Index(document)
        for event in document.events:
            yield row(index, event)


def row(index: Index, event: Event) -> dict[str, Cell]:
    """Return the cells of `COLUMNS` for an event."""
    document, incident = index.document, index.incidents.get(event.id)
    spot = spot_of(document.toponyms[i] for i in event.toponyms)
    told = told_of(index, event)
    cells: dict[str, Cell] = {
        **facts(document),
        **told,
        "incident": incident.id if incident else None,
        "trigger": event.trigger.text,
        "happened": "yes" if event.happened else "no",
        "place_precision": spot.precision if spot else None,
        **_toll(incident),
        "said_by": told["said_by"] or OUTLET,
        "evidence": " ".join(document.text[slice(*event.evidence)].split()),
    }
    return {name: cells[name] for name in COLUMNS}


def _toll(incident: Incident | None) -> dict[str, Cell]:
    """Return how many the event's incident hurt in all."""
    cells: dict[str, Cell] = {}
    for what in _TOLLS:
        cells[f"incident_{what}_low"], cells[f"incident_{what}_high"] = toll(incident, what)
    return cells
