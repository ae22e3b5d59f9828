"""Events in the 16 columns of GDELT 2.0's mentions: one row a passage that tells an incident as having happened."""

import re
from collections.abc import Iterator

from byline.export.columns import Columns, Row
from byline.export.foreign import columns_of, table_of
from byline.export.gdelt import forms, gdelt_id
from byline.export.layout import Chosen, Layout, Told
from byline.export.together import happened_events
from byline.lookup import link_of
from byline.records import Mention

_GDELT = table_of("gdelt")
_NOWHERE = -1  # as GDELT writes the offset of words that are not there
_MOMENT = 14  # digits of a moment, to the second
COLUMNS: Columns = columns_of(_GDELT["mentions"], _GDELT["mention_kinds"])


def _rows(chosen: Chosen) -> Iterator[Row]:
    return map(_row, happened_events(chosen))


def _row(told: Told) -> Row:
    event, document = told.event, told.index.document
    url = link_of(document.url)
    return {
        "GLOBALEVENTID": gdelt_id(told.incident.id if told.incident else told.uid),
        "MentionTimeDate": _moment(document.origin.captured if document.origin else None),
        "MentionType": 1 if url else None,
        "MentionSourceName": document.publication,
        "MentionIdentifier": url or document.source,
        "Actor1CharOffset": _offset(event.actors),
        "Actor2CharOffset": _offset(event.recipients),
        "ActionCharOffset": event.trigger.span[0],
        "InRawText": 1,
        "Confidence": round(event.confidence * 10) * 10,
        "MentionDocLen": len(document.text),
    }


def _offset(mentions: tuple[Mention, ...]) -> int:
    return mentions[0].span[0] if mentions else _NOWHERE


def _moment(captured: str | None) -> int | None:
    """Return a moment as GDELT writes it, YYYYMMDDHHMMSS; None for less than that."""
    digits = re.sub(r"\D", "", captured or "")[:_MOMENT]
    return int(digits) if len(digits) == _MOMENT else None


LAYOUT = Layout(
    name="gdelt-mentions",
    title="Passages in the columns of GDELT 2.0's mentions",
    level="event",
    columns=COLUMNS,
    forms=forms(_rows, COLUMNS),
    losses=(
        "It has the outlet alone: whom it quotes, stance and denials are lost.",
        "Events that are not told as having happened are left out; how many is said on standard error.",
        (
            "Days of publication are lost: GDELT has the moment at which a page was first seen, which is known of "
            "web archives alone."
        ),
        "Offsets count code points of Byline's frozen text; GDELT's count those of its own.",
        "Sentences have no numbers, documents no tone: these are blank.",
        "In a lake, where nothing is linked, each event is an incident of its own.",
    ),
)
