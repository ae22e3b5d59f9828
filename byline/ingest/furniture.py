"""Which paragraphs are the story, and what the others are: furniture, headings, metadata."""

import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from byline import knowledge
from byline.ingest.paragraphs import ends_sentence, trimmed
from byline.ingest.phrases import Match, Phrases
from byline.records import Span

_TABLE = knowledge.load("furniture.toml")
_PHRASES = Phrases(
    (kind, entry["phrases"]) for part in ("metadata", "furniture") for kind, entry in _TABLE[part].items()
)
_PIECES = re.compile(
    r"(?<=[.!?…])\s+|\s*[|•·]\s*|[ \t]{4,}|\t+"
    r"|\s+(?=(?:(?:First|Last)\s)?(?:Posted|Published|Updated|Modified|Filed)(?:\s(?:on|at))?:)"
)
_FOLDED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00ad": None, "\u200b": None})
_HEADING_WORDS = 12  # a heading has hardly more; a longer line without a full stop is a sentence that lost it
_EDGE_WORDS = 4  # words of a furniture phrase that is cut off a paragraph of prose: shorter ones may belong to it
_REPEATED_WORDS = 5  # words of a paragraph that is told twice; shorter ones may well be said twice
FRONT = 12  # paragraphs at the top among which a teaser or a byline stands
_CLOCK = re.compile(r"[\W_]*\d{1,2}[.:]\d\d\b")
_BULLET = re.compile(r"[•*–—-]\s")


class Paragraph(NamedTuple):
    """A paragraph, its kind, the part of it that is story, and what its furniture tells.

    Kinds are "story", "heading", "repeat", and the names of the tables in
    knowledge/furniture.toml.
    """

    span: Span
    kind: str
    story: Span | None
    told: tuple[Match, ...] = ()


def classify(text: str, spans: Sequence[Span], *, headings: Container[Span] | None = None) -> list[Paragraph]:
    """Return each paragraph with its kind, in order. Long prose is always story.

    Where markup tells which paragraphs are `headings`, the shape of a line does not matter.
    """
    found = _without_lists([_classified(text, span, headings) for span in spans])
    if not any(p.kind == "story" for p in found):
        found = [p._replace(kind="story", story=p.span) if p.kind == "heading" else p for p in found]
    return _without_repeats(text, found)


def folded(words: str) -> str:
    """Return words as they compare: one kind of quotation mark and space, lower case, no mark at the end."""
    return " ".join(words.translate(_FOLDED).lower().split()).rstrip(" .…:;,-|")


def pieces(text: str, span: Span) -> list[Span]:
    """Return the sentences or cells of a paragraph, trimmed."""
    cuts = [m.span() for m in _PIECES.finditer(text, *span)]
    starts = [span[0], *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), span[1]]
    parts = (trimmed(text, s, e) for s, e in zip(starts, ends, strict=True))
    return [part for part in parts if part[0] < part[1]]


def _classified(text: str, span: Span, headings: Container[Span] | None) -> Paragraph:
    whole = _PHRASES.match(text, span)
    if whole:
        return Paragraph(span, whole.kind, None, (whole,))
    parts = pieces(text, span)
    matches = [_PHRASES.match(text, part) for part in parts]
    if all(matches):
        told = tuple(m for m in matches if m)
        return Paragraph(span, told[0].kind if told else "mark", None, told)
    first, last = 0, len(parts)
    while matches[first] and _cuttable(text, parts[first]):
        first += 1
    while matches[last - 1] and _cuttable(text, parts[last - 1]):
        last -= 1
    story = (parts[first][0], parts[last - 1][1]) if last - first < len(parts) else span
    told = tuple(m for m in [*matches[:first], *matches[last:]] if m)
    if headings is None:
        kind = _shape(text[slice(*story)])
    else:
        kind = "heading" if span in headings else "story"
    return Paragraph(span, kind, story if kind == "story" else None, told)


def _cuttable(text: str, part: Span) -> bool:
    return len(text[slice(*part)].split()) >= _EDGE_WORDS


def _shape(words: str) -> str:
    if not any(c.isalpha() for c in words):
        return "mark"
    if ends_sentence(words) or len(words.split(None, _HEADING_WORDS)) > _HEADING_WORDS:
        return "story"
    return "story" if _CLOCK.match(words) or (_BULLET.match(words) and words.count(" ") > _EDGE_WORDS) else "heading"


def _without_lists(found: Iterable[Paragraph]) -> list[Paragraph]:
    """Mark the headlines under "Latest news" and the like, and all that stands under "Comments"."""
    kept: list[Paragraph] = []
    listing = told = closed = False
    for paragraph in found:
        closed = closed or (told and paragraph.kind == "comments")
        listing = paragraph.kind == "list" or (listing and paragraph.kind != "story")
        told = told or paragraph.kind == "story"
        if closed or (listing and paragraph.kind == "heading"):
            paragraph = paragraph._replace(kind="comments" if closed else "list", story=None)
        kept.append(paragraph)
    return kept


def _without_repeats(text: str, found: Sequence[Paragraph]) -> list[Paragraph]:
    """Leave out what the top of the page says and the story says again: standfirst, teaser."""
    words = [folded(text[slice(*p.story)]) if p.story else "" for p in found]
    return [
        p._replace(kind="repeat", story=None)
        if i < FRONT and words[i].count(" ") >= _REPEATED_WORDS - 1 and any(w.startswith(words[i]) for w in words[i + 1 :])
        else p
        for i, p in enumerate(found)
    ]
