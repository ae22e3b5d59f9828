"""What a deed was done for, and where a report corrects an earlier one, by the words that say so."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from byline import knowledge
from byline.records import Document, Event, Mention, Span

_WORDS = knowledge.load("contest.toml")


def _pattern(phrases: Iterable[str], behind: str = "") -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w){behind}", re.IGNORECASE)


_UP_TO_A_STOP = r"\s[^.,;:()“”\"—–]*[^.,;:()“”\"—–\s]"
_ANY = tuple(_WORDS["purpose"]["any"])
_PURPOSES = {k: _pattern((*_ANY, *v), _UP_TO_A_STOP) for k, v in _WORDS["purpose"].items()}
_CORRECTIONS = _pattern(_WORDS["corrections"]["words"])


def purpose_of(document: Document, event: Event, starts: Sequence[int]) -> Mention | None:
    """Return the words that say what an event was for: those behind its trigger that begin before the next trigger.

    ``starts`` are the offsets at which the document's triggers begin, in order.
    """
    start, stop = event.trigger.span[1], event.evidence[1]
    following = next(iter(starts[bisect_left(starts, start) :][:1]), stop)
    pattern = _PURPOSES.get(event.type, _PURPOSES["any"])
    found = pattern.search(document.text, start, stop)
    return Mention(span=found.span(), text=found[0]) if found and found.start() < following else None


def corrections_in(document: Document) -> tuple[Span, ...]:
    """Return the paragraphs that correct what was reported before; all of them if the title says so."""
    if _CORRECTIONS.search(document.title or ""):
        return document.prose
    return tuple(span for span in document.prose if _CORRECTIONS.search(document.text, *span))
