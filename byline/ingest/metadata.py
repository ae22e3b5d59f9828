"""Title, authors, issue and publication of a document, from what its words tell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from byline import knowledge
from byline.ingest.furniture import FRONT, Paragraph, folded
from byline.ingest.paragraphs import CLOSERS
from byline.ingest.phrases import Match
from byline.records import Span

_NAMES = knowledge.load("furniture.toml")["names"]
_NOBODY, _ROLES, _AGENCIES = (frozenset(_NAMES[k]) for k in ("nobody", "roles", "agencies"))
_TITLE_WORDS = 25  # a headline is no longer
_QUESTION_WORDS = 15  # nor is one that is a question
_SURE_WORDS = 4  # a line of fewer words may be the name of the site or section
_SITE = re.compile(r"\s+(?:[|»–—-]|::)\s+")
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|with|&)\s+", re.IGNORECASE)
_AROUND_NUMBER = " .,:#№°\t\n-–"


def find_title(text: str, found: Sequence[Paragraph]) -> Span | None:
    """Return the headline: what is labelled so, else a line above the story, neither furniture nor a sentence.

    The story begins with the first paragraph that ends in a full stop; a page without any has one line of it at least.
    """
    labelled = next((slot.span for p in found for m in p.told for slot in m.slots if slot.kind == "title"), None)
    if labelled:
        return labelled
    story = (i for i, p in enumerate(found) if p.is_story and text[slice(*p.words)].rstrip(CLOSERS).endswith("."))
    lead = next(story, max((i for i, p in enumerate(found) if p.is_story), default=0))
    spans = [p.words for p in found[:lead] if _may_be_title(text, p)]
    spoken = [s for s in spans if sum(w.strip("\"'“”‘’.,:;!?").isalpha() for w in text[slice(*s)].split()) > 1]
    sure = (s for s in spoken if len(text[slice(*s)].split()) >= _SURE_WORDS)
    return next(sure, None) or max(spoken, key=lambda s: len(text[slice(*s)].split()), default=None)


def _may_be_title(text: str, paragraph: Paragraph) -> bool:
    words = text[slice(*paragraph.words)]
    if words[0] in "(×" or words[-1] in ":;" or paragraph.kind not in {"story", "heading"}:
        return False
    return len(words.split()) <= (_QUESTION_WORDS if words[-1] in "?!" else _TITLE_WORDS)


def without_site(title: str, others: Iterable[str]) -> tuple[str, str | None]:
    """Part "Headline | Site" into headline and site, if the headline also stands alone on the page."""
    alone = {folded(other) for other in others}
    for cut in _SITE.finditer(title):
        if folded(title[: cut.start()]) in alone:
            return title[: cut.start()], title[cut.end() :].strip()
    return title, None


def told_near(found: Sequence[Paragraph]) -> tuple[list[Match], list[Match]]:
    """Return what the top of the page tells, and what the lines below the story do: who signs, and when."""
    last = max((i for i, p in enumerate(found) if p.is_story), default=-1)
    above, below = found[: min(FRONT, last + 1)], found[last + 1 :]
    return [m for p in above for m in p.told], [m for p in below for m in p.told]


def authors(told: Iterable[Match]) -> tuple[str, ...]:
    """Return who signs, in order, each once."""
    signed = (value for m in told if m.kind == "byline" for value in m.values("people"))
    return tuple(dict.fromkeys(name for value in signed for name in people(value)))


def people(words: str) -> list[str]:
    """Return the names in "Jane Roe, Defence Correspondent, and John Doe", without roles."""
    names = [name.strip(" .") for name in _AND.split(words)]
    return [_cased(n) for n in names if n and n.lower() not in _NOBODY and not _ROLES & set(n.lower().split())]


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name


def publication(told: Iterable[Match]) -> str | None:
    """Return the outlet that the page's furniture names most often: the one that asks for gifts, readers, rights.

    A copyright line may name the agency that sold the story: agencies do not count.
    """
    names = Counter(value.strip(" .") for m in told for value in m.values("outlet"))
    return next((name for name, _ in names.most_common() if name.lower() not in _AGENCIES), None)


def issue(told: Iterable[Match]) -> str | None:
    """Return the first issue number; volume and number as "3/12"."""
    numbers = (m.values("number") for m in told if m.kind == "issue")
    return next(("/".join(n.strip(_AROUND_NUMBER) for n in found) for found in numbers), None)
