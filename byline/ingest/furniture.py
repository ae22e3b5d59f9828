"""Which paragraphs are the story, and what the others are: furniture, headings, metadata."""

import re
from collections.abc import Container, Iterable, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from byline import knowledge
from byline.ingest.paragraphs import ends_sentence, trimmed
from byline.ingest.phrases import Match, Phrases
from byline.records import Span

FRONT = 12  # paragraphs at the top among which a teaser or a byline stands
_HEADING_WORDS = 12  # a heading has hardly more; a longer line without a full stop is a sentence that lost it
_CAPTION = 400  # characters: a caption is no longer
_EDGE_WORDS = 4  # words of a phrase that is cut off prose, and of an item in a list: fewer may be anything
_TOLD = 3  # paragraphs of story after which a heading of comments is believed
_CONTACT = 160  # characters
_MAILBOX = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.\w")
_LAST = frozenset({"comments", "ending"})  # kinds of headings under which no story stands
_REPEATED_WORDS = 5  # words of a paragraph that is told twice; shorter ones may well be said twice
_STANDFIRST = 50  # words: a longer paragraph is the story
_TOP = 4  # paragraphs among which a standfirst is: what a story says again below may tell more
_SMALL = 3  # letters of words that any paragraph may hold
_SAME, _ALIKE = 0.9, 0.8  # of the words of a paragraph in another's, and of two headlines in each other's
_WIDER = 4  # times the words: a longer paragraph may hold another's by chance
_TABLE = knowledge.load("furniture.toml")
_PHRASES = Phrases(
    (kind, entry["phrases"]) for part in ("metadata", "furniture") for kind, entry in _TABLE[part].items()
)
_LABELS = "|".join(_TABLE["pieces"]["labels"])
_PIECES = re.compile(rf"(?<=[.!?…])\s+|\s*[|•·]\s*|[ \t]{{4,}}|\t+|\s+(?=[(\[]?(?:{_LABELS}):)")
_FOLDED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00ad": None, "\u200b": None})
_CLOCK = re.compile(r"[\W_]*\d{1,2}[.:]\d\d\b")
_ITEM = re.compile(r"[•*–—-]\s|[\"“‘'«]")


class Paragraph(NamedTuple):
    """A paragraph, its kind, its words without furniture at the edges, and what that furniture tells.

    Kinds are "story", "heading", "title", "repeat", "mark", and the names of the
    tables in knowledge/furniture.toml.
    """

    span: Span
    kind: str
    words: Span
    told: tuple[Match, ...] = ()

    @property
    def is_story(self) -> bool:
        return self.kind == "story"


def classify(
    text: str, spans: Sequence[Span], *, headings: Container[Span] | None = None, captions: Container[Span] = ()
) -> list[Paragraph]:
    """Return each paragraph with its kind, in order. Long prose is always story.

    Where markup tells which paragraphs are `headings` and `captions`, the shape of a line does not matter.
    """
    read = (_classified(text, span, headings) for span in spans)
    marked = (p._replace(kind="caption") if p.span in captions else p for p in read)
    found = _without_comments(_without_lists(marked))
    if not any(p.is_story for p in found):
        found = [p._replace(kind="story") if p.kind == "heading" else p for p in found]
    return _without_repeats(text, found)


def kind_of(line: str) -> str | None:
    """Return the kind of furniture that a whole line is; None if it is none."""
    match = _PHRASES.match(line, (0, len(line)))
    return match.kind if match else None


def folded(words: str) -> str:
    """Return words as they compare: one kind of quotation mark and space, lower case, no mark at the end."""
    return " ".join(words.translate(_FOLDED).lower().split()).rstrip(" .…:;,-|")


def alike(one: str, other: str) -> bool:
    """Whether two headlines are the same or nearly so."""
    first, second = folded(one), folded(other)
    words, others = _telling(first), _telling(second)
    return first == second or len(words & others) >= max(_ALIKE * len(words | others), _REPEATED_WORDS - 1)


def _classified(text: str, span: Span, headings: Container[Span] | None) -> Paragraph:
    whole = _match(text, span)
    if whole:
        return Paragraph(span, whole.kind, span, (whole,))
    parts = _pieces(text, span)
    before, after = ([], []) if parts == [span] else (_run(text, parts), _run(text, parts[::-1]))
    told = (*before, *after)
    if len(before) == len(parts):  # also where there are none
        return Paragraph(span, before[0].kind if before else "mark", span, tuple(before))
    if after and after[0].kind == "caption" and span[1] - span[0] <= _CAPTION:
        return Paragraph(span, "caption", span, told)
    first = _cuttable(text, parts[: len(before)])
    last = len(parts) - 1 - _cuttable(text, parts[len(parts) - len(after) :][::-1])
    words = (parts[first][0] if first else span[0], parts[last][1] if last < len(parts) - 1 else span[1])
    kind = _shape([text[slice(*part)] for part in parts[len(before) : len(parts) - len(after)]])
    if headings is not None and kind != "mark":
        kind = "heading" if span in headings else "story"
    return Paragraph(span, kind, words, told)


def _match(text: str, part: Span) -> Match | None:
    """Return what furniture a piece is; a short one with the address of a mailbox asks readers to write to it."""
    found = _PHRASES.match(text, part)
    if not found and part[1] - part[0] <= _CONTACT and _MAILBOX.search(text, *part):
        return Match("share")
    return found


def _run(text: str, parts: Iterable[Span]) -> list[Match]:
    """Return the matches of the pieces up to the first that is no furniture."""
    matches = (_match(text, part) for part in parts)
    return [match for match in takewhile(bool, matches) if match]


def _cuttable(text: str, parts: Iterable[Span]) -> int:
    """Return how many pieces of furniture, from the edge inwards, are long enough to be cut off prose."""
    return sum(1 for _ in takewhile(lambda part: len(text[slice(*part)].split()) >= _EDGE_WORDS, parts))


def _pieces(text: str, span: Span) -> list[Span]:
    """Return the sentences or cells of a paragraph, trimmed."""
    cuts = [m.span() for m in _PIECES.finditer(text, *span)]
    starts = [span[0], *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), span[1]]
    parts = (trimmed(text, s, e) for s, e in zip(starts, ends, strict=True))
    return [part for part in parts if part[0] < part[1]]


def _shape(parts: Sequence[str]) -> str:
    """Tell a sentence from a heading by its length and its end; an item of a list or live blog needs no full stop."""
    words = " ".join(parts)
    if not any(c.isalpha() for c in words):
        return "mark"
    ended = ends_sentence(words) or any(ends_sentence(part) and _is_long(part) for part in parts)
    if ended or len(words.split(None, _HEADING_WORDS)) > _HEADING_WORDS or _CLOCK.match(words):
        return "story"
    return "story" if _ITEM.match(words) and _is_long(words) else "heading"


def _is_long(words: str) -> bool:
    return len(words.split(None, _EDGE_WORDS)) > _EDGE_WORDS


def _without_lists(found: Iterable[Paragraph]) -> list[Paragraph]:
    """Mark the headlines under "Latest news" and the like, until the story goes on."""
    kept: list[Paragraph] = []
    listing = False
    for paragraph in found:
        listing = paragraph.kind == "list" or (listing and not paragraph.is_story)
        kept.append(paragraph._replace(kind="list") if listing and paragraph.kind == "heading" else paragraph)
    return kept


def _without_comments(found: list[Paragraph]) -> list[Paragraph]:
    """Mark all under "Comments" or "About us", unless the story follows: "3 comments" may stand above it too."""
    stories = [0, *accumulate(p.is_story for p in found)]
    for i, paragraph in enumerate(found):
        before, after = stories[i], stories[-1] - stories[i]
        if paragraph.kind in _LAST and before and (before >= _TOLD or before > after):
            return found[:i] + [p._replace(kind=paragraph.kind) for p in found[i:]]
    return found


def _without_repeats(text: str, found: Sequence[Paragraph]) -> list[Paragraph]:
    """Leave out what the top of the page says and the story says again: standfirst, teaser."""
    words = [folded(text[slice(*p.words)]) if p.is_story else "" for p in found]
    kept = list(found)
    for i, said in enumerate(words[:FRONT]):
        if said.count(" ") >= _REPEATED_WORDS - 1 and any(
            _tells(later, said, near=i < _TOP) for later in words[i + 1 :]
        ):
            kept[i] = kept[i]._replace(kind="repeat")
    return kept


def _tells(later: str, said: str, *, near: bool) -> bool:
    """Whether a paragraph begins as another one does, or, if `near` is enough, holds nearly all of its words."""
    if later.startswith(said) or not near:
        return later.startswith(said)
    if said.count(" ") >= _STANDFIRST:
        return False
    words = _telling(said)
    known = later.count(" ") < _WIDER * said.count(" ") and len(words) >= _REPEATED_WORDS
    return known and len(words & _telling(later)) >= _SAME * len(words)


def _telling(words: str) -> set[str]:
    """Return the words that tell paragraphs apart: long ones, and numbers, since another toll is another story."""
    return {w for w in words.replace('"', " ").split() if len(w) > _SMALL or w[0].isdigit()}
