"""Lines of columns to paragraphs and headings: by the gaps, indents, lengths and sizes of lines."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from byline import knowledge
from byline.ingest.paragraphs import ends_sentence
from byline.ingest.pdf.hyphens import is_cut, joined, vocabulary
from byline.ingest.pdf.layout import Line

_TABLE = knowledge.load("pdf.toml")
_EMS, _SHARES, _COUNTS = _TABLE["ems"], _TABLE["shares"], _TABLE["counts"]
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])[.)]?\s*\S")
_BULLET, _NUMBER = re.compile(r"[•▪◦‣●■]"), re.compile(r"[–—*-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_USUAL = 1.2  # lines apart, in the size of their letters, where a document has too few to tell
_ENOUGH = 4  # pairs of lines that tell how far a column's lines stand apart
Column = Sequence[Line]


class Paragraph(NamedTuple):
    """The lines of a paragraph or heading, and the number of its column.

    `full`: the last line fills its column; `indented`: the first one is set in.
    """

    lines: list[Line]
    column: int = 0
    full: bool = False
    indented: bool = False

    @property
    def last(self) -> str:
        return self.lines[-1].text


class Block(NamedTuple):
    """The words of a paragraph or heading, how large its letters are beside the story's, the number of its column."""

    words: str
    heading: bool
    scale: float
    column: int


class _Measure(NamedTuple):
    """What a column is measured by: its edges in points, and how far lines stand apart in the size of their letters."""

    left: float
    right: float
    leading: float


def blocks(columns: Sequence[Column]) -> list[Block]:
    """Return paragraphs and headings in reading order; footnotes stand last.

    A paragraph that runs over a column or a page is one.
    """
    story = _story_size(columns)
    known = vocabulary(line.text for column in columns for line in column)
    said = [[line for line in column if any(c.isalnum() for c in line.text)] for column in columns]  # no ruled lines
    parted = [_without_notes(column, story) for column in said]
    leading = _leading([line for column in columns for line in column], _USUAL)
    flows = (
        [p for number, parts in enumerate(parted) for p in paragraphs(parts[kind], number, leading)] for kind in (0, 1)
    )
    found = [paragraph for flow in flows for paragraph in run_on(flow, story)]
    return [Block(_words(p, known), is_heading(p, story), p.lines[0].size / story, p.column) for p in found]


def paragraphs(column: Column, number: int = 0, leading: float = _USUAL) -> list[Paragraph]:
    """Return the paragraphs of a column, in order; `leading` is how far the document's lines stand apart."""
    if not column:
        return []
    right = max(line.right for line in column)
    measure = _Measure(min(line.left for line in column), right, _leading(column, leading))
    found: list[list[Line]] = [[column[0]]]
    for line, following in pairwise((*column[1:], None)):
        if line and _begins(line, found[-1], following, measure):
            found.append([line])
        elif line:
            found[-1].append(line)
    return [Paragraph(lines, number, _is_full(lines[-1], measure), _is_indented(lines[0], measure)) for lines in found]


def run_on(found: Sequence[Paragraph], story: float) -> list[Paragraph]:
    """Join what a column or page has parted; captions and boxes between the parts come after them."""
    within = [later.indented for first, later in pairwise(found) if first.column == later.column]
    set_in = sum(within) * 2 > len(within)
    kept: list[Paragraph] = []
    for paragraph in found:
        recent = range(len(kept) - 1, max(-1, len(kept) - 2 - _COUNTS["interrupting"]), -1)
        at = next((i for i in recent if _alike(kept[i].lines[-1], paragraph.lines[0])), None)
        if (
            at is not None
            and not is_heading(kept[at], story)
            and _continues(kept[at], paragraph, near=at == recent[0], set_in=set_in)
        ):
            kept[at] = paragraph._replace(lines=[*kept[at].lines, *paragraph.lines])
        else:
            kept.append(paragraph)
    return kept


def is_heading(paragraph: Paragraph, story: float) -> bool:
    """Whether a paragraph is short, and larger than the story or heavy."""
    first, most = paragraph.lines[0], _COUNTS["heading"]
    large = first.size >= _SHARES["heading"] * story
    heavy = all(line.bold for line in paragraph.lines) and first.size >= _SHARES["note"] * story
    if not (large or heavy) or len(paragraph.lines) > most or any(line.cells for line in paragraph.lines):
        return False
    count = sum(len(line.text.split()) for line in paragraph.lines)
    return count <= most if large else count <= _COUNTS["bold"] and not paragraph.last.endswith(".")


def _story_size(columns: Sequence[Column]) -> float:
    """Return the size of most letters, in half points; 0 if there are none."""
    sizes = Counter[float]()
    for column in columns:
        for line in column:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0)


def _leading(lines: Column, usual: float) -> float:
    """Return how far the lines inside of paragraphs stand apart, in the size of their letters."""
    gaps = sorted((a.y - b.y) / b.size for a, b in pairwise(lines) if _alike(a, b) and 0 < a.y - b.y < 4 * b.size)
    return gaps[len(gaps) // 3] if len(gaps) >= _ENOUGH else usual


def _without_notes(column: Column, story: float) -> tuple[Column, Column]:
    """Return a column without its footnotes, and these: small lines at its end, from the first that has a mark."""
    start = len(column)
    while start and column[start - 1].size <= _SHARES["note"] * story:
        start -= 1
    note = next((i for i in range(start, len(column)) if _NOTE.match(column[i].text)), len(column))
    return column[:note], column[note:]


def _alike(line: Line, other: Line) -> bool:
    return line.bold == other.bold and abs(line.size - other.size) <= _SHARES["size"] * max(line.size, other.size)


def _begins(line: Line, lines: Sequence[Line], following: Line | None, measure: _Measure) -> bool:
    """Whether a line begins a paragraph, after the lines of the one before."""
    before = lines[-1]
    ended = ends_sentence(before.text)
    item = bool(_BULLET.match(lines[0].text) or _NUMBER.match(lines[0].text))
    return (
        not _alike(line, before)
        or not 0 <= before.y - line.y <= _SHARES["leading"] * measure.leading * line.size
        or line.cells
        or before.cells
        or bool(_BULLET.match(line.text) or (ended and _NUMBER.match(line.text)))
        or (not item and _steps_in(line, before, following, measure))
        or (ended and (item or len(lines) > 1) and before.left - line.left > _EMS["indent"] * line.size)
        or (ended and _would_fit(line, before, measure))
        or (len(lines) == 1 and line.text[:1].isupper() and before.right < (measure.left + measure.right) / 2)
    )


def _steps_in(line: Line, before: Line, following: Line | None, measure: _Measure) -> bool:
    """Whether a line is set in, after the end of a sentence, or after a short line if the next one is not set in."""
    step = line.left - before.left
    if not _EMS["indent"] * line.size < step < _EMS["deepest"] * line.size:
        return False
    back = following is not None and following.left - before.left < step / 2
    return ends_sentence(before.text) or (back and not _is_full(before, measure))


def _would_fit(line: Line, before: Line, measure: _Measure) -> bool:
    """Whether the first word of a line had room in the line before, so that something else broke the line."""
    word = (line.right - line.left) * (len(line.text.split(None, 1)[0]) + 1) / len(line.text)
    return bool(before.right + word + _EMS["slack"] * line.size < measure.right)


def _is_full(line: Line, measure: _Measure) -> bool:
    return bool(measure.right - line.right < _EMS["deepest"] * line.size)


def _is_indented(line: Line, measure: _Measure) -> bool:
    return bool(line.left - measure.left > _EMS["indent"] * line.size)


def _continues(paragraph: Paragraph, following: Paragraph, *, near: bool, set_in: bool) -> bool:
    """Whether a paragraph goes on in another one, of the next column or page or beyond what interrupts it.

    Where paragraphs are `set_in`, one that is not goes on even after the end of a sentence.
    """
    first = following.lines[0]
    if (near and paragraph.column == following.column) or paragraph.lines[-1].cells or first.cells:
        return False
    flows = near and paragraph.full and not following.indented
    if ends_sentence(paragraph.last):
        return flows and set_in
    return flows or is_cut(paragraph.last) or first.text[:1].islower()


def _words(paragraph: Paragraph, known: Counter[str]) -> str:
    text = joined([line.text for line in paragraph.lines], known)
    return " ".join(text.translate(_HIDDEN).split())
