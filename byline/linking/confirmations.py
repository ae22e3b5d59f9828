"""Who confirms what a document has told in its own words or in another's: "the mayor confirmed the incident".

Such words tell of no event of their own: they take up the one before them, whose further source they name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from byline import knowledge
from byline.records import Attribution, CodedDocument

_WORDS = knowledge.load("linking.toml")["confirming"]
_CUE, _WHAT = (re.compile(_WORDS[k], re.IGNORECASE | re.VERBOSE) for k in ("cue", "what"))
_PARAGRAPHS = 2  # between what is told and what confirms it


def confirmations(document: CodedDocument) -> Iterator[tuple[str, Attribution]]:
    """Yield the ids of events with the attributions that confirm them, in text order."""
    starts = [(e.trigger.span[0], e.id) for e in sorted(document.events, key=lambda e: e.trigger.span)]
    for said in document.attributions:
        if said.source is None or said.cue is None or not said.content or not _CUE.fullmatch(said.cue.text):
            continue
        begin, end = said.content[0]
        known = bisect_right(starts, (begin, ""))
        if _WHAT.match(document.text, begin, end) and known and not _is_told(starts, known, end):
            place, event = starts[known - 1]
            if _paragraph(document, begin) - _paragraph(document, place) <= _PARAGRAPHS:
                yield event, said


def _is_told(starts: list[tuple[int, str]], known: int, end: int) -> bool:
    """Whether an event stands in what is confirmed: then it has its voice already."""
    return known < len(starts) and starts[known][0] < end


def _paragraph(document: CodedDocument, at: int) -> int:
    return bisect_right(document.body, at, key=itemgetter(0))
