"""Events in the 40 columns of POLECAT, tab-separated: one row an event that is told as having happened."""

from collections.abc import Iterable, Iterator, Mapping

from byline.export.codes import code
from byline.export.columns import Cell, Columns, Row
from byline.export.foreign import columns_of, filled, joined, one_day, program, table_of
from byline.export.layout import Chosen, Layout, Told
from byline.export.together import happened_events, party
from byline.export.where import where
from byline.records import ActorKind, CodedDocument, Mention

_POLECAT, _PLOVER = table_of("polecat"), table_of("plover")
COLUMNS: Columns = columns_of(_POLECAT["columns"], _POLECAT["kinds"])


def _rows(chosen: Chosen) -> Iterator[Row]:
    return map(_row, happened_events(chosen))


def _row(told: Told) -> Row:
    event, document = told.event, told.index.document
    return {
        "Event ID": told.uid,
        "Event Date": one_day(event.time),
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Quad Code": _PLOVER["names"].get(str(_PLOVER["quads"].get(event.type))),
        "Contexts": _list(event.contexts),
        **_who(told, "Actor", event.actors),
        **_who(told, "Recipient", event.recipients),
        **_where(told),
        "Source": document.publication,
        "Publication Date": one_day(document.published),
        "Story People": _named(document, "person"),
        "Story Organizations": _named(document, "organisation"),
        "Story Locations": _list(place.name or place.text for place in document.toponyms),
        "Language": document.language,
        "Version": program(),
    }


def _who(told: Told, role: str, mentions: tuple[Mention, ...]) -> Mapping[str, Cell]:
    named = party(told.index, mentions)
    known = [actor for actor in named.actors if actor is not None]
    when = told.event.time.start if told.event.time else None
    numbers = (code(actor.country, "cow", when) for actor in known)
    return {
        f"{role} Name": _list(named.names),
        f"{role} Country": _list(actor.country for actor in known),
        f"{role} COW": _list(str(number) for number in numbers if number is not None),
        f"Primary {role} Sector": next((actor.sector for actor in known if actor.sector), None),
        f"{role} Sectors": _list(actor.sector for actor in known),
        f"{role} Name Raw": _list(mention.text for mention in mentions),
    }


def _where(told: Told) -> Mapping[str, Cell]:
    place = where(told.index, told.event)
    if place is None:
        return {}
    return {
        "Placename": place.name,
        "City": place.town,
        "District": place.district,
        "Province": place.province,
        "Country": place.country,
        "Latitude": place.latitude,
        "Longitude": place.longitude,
        "GeoNames ID": place.geonames_id,
        "Raw Placename": _list([place.words]),
    }


def _named(document: CodedDocument, kind: ActorKind) -> str | None:
    return _list(actor.name for actor in document.actors if actor.kind == kind)


def _list(words: Iterable[str | None]) -> str | None:
    return joined(words, ";")


LAYOUT = Layout(
    name="polecat",
    title="Events in the columns of POLECAT",
    level="event",
    columns=COLUMNS,
    forms=filled(_rows, COLUMNS, first="tsv"),
    losses=(
        (
            "It has no place for who says so, for stance, or for denials: an event that somebody only claims "
            "looks like one that the outlet reports."
        ),
        "Events that are not told as having happened are left out; how many is said on standard error.",
        "An event that may have been on several days has no date here, and what a date rests on is lost.",
        "Numbers of killed, wounded and arrested people are lost.",
        "Intensity, titles, Wikipedia ids and feature types are blank; so are province and district of a town.",
        "It has no text and no address, as POLECAT has none: the words that show an event are lost.",
        "Rows are reports: which of them are one incident is lost.",
        "Names are parted by semicolons, so a name that holds one cannot be told from two.",
    ),
)
