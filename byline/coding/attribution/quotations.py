"""Quotation marks → quoted passages: nested, unbalanced, curly and straight, over paragraphs.

Works on the characters of each paragraph of the body, in one pass. A mark is
read by its shape and by what stands on either side of it; an apostrophe, a
plural possessive (the workers’ union), an elision (’90s, 'em) and an inch mark
are no quotation marks.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from byline import knowledge
from byline.language.parsed import Parsed, Token
from byline.records import Span

_LEXICON = knowledge.load("quotations.toml")
_FAMILY: dict[str, str] = {mark: family for family, marks in _LEXICON["families"].items() for mark in marks}
_OPENERS, _CLOSERS, _ELIDED = (frozenset(_LEXICON[k]) for k in ("openers", "closers", "elided"))
_MARK = re.compile("|".join(sorted(map(re.escape, _FAMILY), key=len, reverse=True)))
_WORD = re.compile(r"\w+")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ENDS = frozenset(".,!?…;")
_PADDING = " ,\t\n\r\u00a0"
_TITLE = 2  # capital letters that a sentence has beyond half of its words; a title has more
_NESTED = 8  # marks open at once; more is no prose


class Quotation(NamedTuple):
    """A quoted passage of one paragraph.

    ``span`` holds the marks, ``inner`` the words between them without a closing
    comma. ``depth`` counts the quotations around it. ``runs_on`` says that the
    next paragraph opens with a mark and goes on, ``goes_on`` that this one does.
    """

    span: Span
    inner: Span
    depth: int
    paragraph: int
    goes_on: bool = False
    runs_on: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    text: str
    before: str
    after: str
    word: str

    @property
    def family(self) -> str:
        return _FAMILY[self.text]

    @property
    def may_open(self) -> bool:
        """A word follows and none comes before."""
        return (
            not self.after.isspace()
            and self.after not in _ENDS
            and not self.before.isalnum()
            and self.before not in _ENDS
        )

    @property
    def may_close(self) -> bool:
        return not self.before.isspace() and not self.after.isalnum()

    @property
    def surely_closes(self) -> bool:
        """Not the apostrophe of a plural: it follows or precedes a stop, or no -s stands before it."""
        return self.may_close and (self.before not in "sS" or not self.after.isspace())


def find_quotations(parsed: Parsed) -> list[Quotation]:
    """Return every quoted passage of the body in text order, an outer one before those inside it.

    A paragraph that leaves its mark open runs on if the next one opens with a
    mark of the same family. If it does not, the mark was forgotten: the passage
    then ends before the next opening mark, or with the paragraph; a single
    mark left open is an apostrophe.
    """
    found: list[Quotation] = []
    paragraphs = parsed.document.prose
    heads = [_first_family(parsed.text, p) for p in paragraphs]
    carried = False
    for number, paragraph in enumerate(paragraphs):
        following = heads[number + 1] if number + 1 < len(heads) else ""
        quotations = _of_paragraph(parsed.text, paragraph, number, following)
        if carried and quotations:
            quotations[0] = quotations[0]._replace(goes_on=True)
        carried = any(q.runs_on for q in quotations)
        found.extend(quotations)
    return found


def _first_family(text: str, paragraph: Span) -> str:
    mark = _MARK.match(text, *paragraph)
    return _FAMILY[mark.group()] if mark else ""


def _of_paragraph(text: str, paragraph: Span, number: int, following: str) -> list[Quotation]:
    """Match openers and closers with a stack; what stays open runs on, was forgotten, or is no quotation."""
    open_: list[_Mark] = []
    pairs: list[tuple[int, Span, bool]] = []
    marks = list(_marks(text, paragraph))
    certain = _closer_ahead(marks)
    for mark, ahead in zip(marks, certain, strict=True):
        level = next((i for i in range(len(open_) - 1, -1, -1) if open_[i].family == mark.family), None)
        if level is not None and _closes(mark, possessive=ahead):
            pairs.append((level, (open_[level].start, mark.end), False))
            del open_[level:]
        elif _opens(mark, inside=level is not None) and len(open_) < _NESTED:
            open_.append(mark)
    for level, mark in enumerate(open_):
        if mark.family != "single" or following == "single":
            runs_on = level == 0 and following == mark.family
            pairs.append(
                (level, (mark.start, paragraph[1] if runs_on else _forgotten(mark, marks, paragraph)), runs_on)
            )
    return _nest(text, sorted(pairs, key=lambda p: (p[1][0], -p[1][1])), number)


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    start, end = paragraph
    for match in _MARK.finditer(text, start, end):
        at, stop = match.span()
        word = _WORD.match(text, stop, end)
        yield _Mark(
            at,
            stop,
            match.group(),
            text[at - 1] if at > start else " ",
            text[stop] if stop < end else " ",
            word.group().lower() if word else "",
        )


def _closer_ahead(marks: list[_Mark]) -> list[bool]:
    """Say for each mark whether a sure single closer comes before the next single opener."""
    found, ahead = [], False
    for mark in reversed(marks):
        found.append(ahead)
        if mark.family == "single":
            ahead = mark.surely_closes or (ahead and not mark.may_open)
    return found[::-1]


def _closes(mark: _Mark, *, possessive: bool) -> bool:
    if mark.family == "single":
        return mark.text not in _OPENERS and mark.may_close and (mark.surely_closes or not possessive)
    if mark.text in _OPENERS or mark.text not in _CLOSERS:
        return mark.may_close or not mark.may_open
    return True


def _opens(mark: _Mark, *, inside: bool) -> bool:
    if mark.family == "single" and mark.text not in _OPENERS:
        return mark.may_open and mark.word not in _ELIDED and not mark.word[:1].isdigit()
    if mark.text in _OPENERS:
        return not mark.after.isspace() or not inside
    return mark.may_open


def _forgotten(mark: _Mark, marks: list[_Mark], paragraph: Span) -> int:
    later = (m.start for m in marks if m.start > mark.start and m.family == mark.family and m.may_open)
    return next(later, paragraph[1])


def _nest(text: str, pairs: list[tuple[int, Span, bool]], number: int) -> list[Quotation]:
    found: list[Quotation] = []
    around: list[int] = []
    for _, span, runs_on in pairs:
        while around and around[-1] <= span[0]:
            around.pop()
        inner = _inner(text, span)
        if inner[0] < inner[1]:
            found.append(Quotation(span, inner, len(around), number, runs_on=runs_on))
            around.append(span[1])
    return found


def _inner(text: str, span: Span) -> Span:
    """Return the words between the marks, without white space, a closing comma or a stray closing mark."""
    start, end = span
    opening = _MARK.match(text, start, end)
    start = opening.end() if opening else start
    end = start + len(text[start:end].rstrip(_PADDING))
    while end > start and text[end - 1] in _FAMILY:
        if end < span[1] and any(
            _FAMILY[m.group()] == _FAMILY[text[end - 1]] for m in _MARK.finditer(text, start, end - 1)
        ):
            break
        end = start + len(text[start : end - 1].rstrip(_PADDING))
    kept = text[start:end]
    return (start + len(kept) - len(kept.lstrip()), end)


def is_speech(tokens: list[Token]) -> bool:
    """Say whether quoted words are somebody's sentence, and not a title, nickname or scare quotation.

    A sentence begins like one and has a finite verb with a subject; titles have
    a capital letter on nearly every word.
    """
    words = [t for t in tokens if t.text[0].isalpha()]
    if not words or not (words[0].text[0].isupper() or words[0].i == 0):
        return False
    verb = any(t.tag in _FINITE and t.child("nsubj", "nsubjpass", "expl") for t in words)
    small = sum(not t.text[0].isupper() for t in words)
    capitals = len(words) - small
    return (verb and capitals < small + _TITLE) or (tokens[-1].text[-1] in _ENDS and capitals < small)
