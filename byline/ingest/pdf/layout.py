"""Words on a page to lines in reading order: columns, what stands across them, boxes.

The page is cut at white strips again and again: upright ones part columns, level ones part what stands above
from what stands below. Each word is given white at both sides first, as much as half of the narrowest gap between
columns, so that a strip which is left is one. Pure functions of words.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median, median_low
from typing import NamedTuple

from byline import knowledge
from byline.ingest.pdf.hyphens import is_word
from byline.ingest.pdf.words import Word

_TABLE = knowledge.load("pdf.toml")
_EMS, _SHARES = _TABLE["ems"], _TABLE["shares"]
_DEPTH: int = _TABLE["limits"]["depth"]
_LEAST, _FULL = 2, 3  # lines of columns side by side: two each, or one beside three
_RIGHT_TO_LEFT = ("\u0590", "\u08ff")  # Hebrew, Arabic, Syriac, Thaana
Range = tuple[float, float]


class Line(NamedTuple):
    """A line of one column: x to the right and y up in points. `cells`: wide white parts it, as in a table."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    cells: bool = False


class _Band(NamedTuple):
    """Words from one height to another, and what they cover from left to right; two ranges have a strip between.

    `inset`: words of a box that its columns flow around.
    """

    words: list[Word]
    ranges: list[Range]
    inset: tuple[Word, ...] = ()


def columns(words: Sequence[Word]) -> list[list[Line]]:
    """Return the lines of each column or band of a page, in reading order; no word is in two of them."""
    regions = _regions(_with_capitals(words), 0) if words else ()
    return [[_line(row) for row in rows(region)] for region in regions]


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words of each line, from the top down and in the order in which the line is read."""
    found: list[list[Word]] = []
    largest: Word | None = None
    for word in sorted(words, key=lambda w: (-w.y, w.left)):
        if largest and _level(word, largest):
            found[-1].append(word)
            largest = max(largest, word, key=lambda w: w.size)
        else:
            found.append([word])
            largest = word
    return [_in_order(row) for row in found]


def cells(row: Sequence[Word]) -> list[list[Word]]:
    """Return the words of a line in the parts between which there is wide white."""
    found = [[word] for word in row[:1]]
    for before, word in pairwise(row):
        if _gap(before, word) > _EMS["cell"] * max(before.size, word.size):
            found.append([word])
        else:
            found[-1].append(word)
    return found


def spoken(row: Sequence[Word]) -> str:
    """Return the words of a line as text, without the numbers of footnotes."""
    said = [row[0].text] if row else []
    for before, word in pairwise(row):
        if not _is_superior(before, word):
            apart = not word.glued or _gap(before, word) > _EMS["word"] * word.size
            said.append(" " + word.text if apart else word.text)
    return "".join(said)


def _level(word: Word, other: Word) -> bool:
    """Whether two words stand on one line, one of them perhaps raised or lowered."""
    tall = _EMS["height"]
    common = min(word.y + tall * word.size, other.y + tall * other.size) - max(word.y, other.y)
    return bool(common * 2 > tall * min(word.size, other.size))


def _in_order(row: list[Word]) -> list[Word]:
    back = sum(_RIGHT_TO_LEFT[0] < w.text[0] <= _RIGHT_TO_LEFT[1] for w in row) * 2 > len(row)
    return sorted(row, key=lambda w: -w.right if back else w.left)


def _gap(word: Word, other: Word) -> float:
    """Return the white between two words, whichever comes first; less than nothing where they overlap."""
    return max(other.left - word.right, word.left - other.right)


def _is_superior(before: Word, word: Word) -> bool:
    """Whether a word is the number of a footnote at the end of the one before: small, raised, without letters."""
    small = word.size <= _SHARES["superior"] * before.size
    raised = word.y - before.y >= _EMS["superior"] * before.size
    near = _gap(before, word) < _EMS["gutter"] * word.size
    return small and raised and near and not any(c.isalpha() for c in word.text)


def _line(row: Sequence[Word]) -> Line:
    return Line(
        text=spoken(row),
        left=min(w.left for w in row),
        right=max(w.right for w in row),
        y=median(w.y for w in row),
        size=median_low(w.size for w in row),
        bold=all(w.bold for w in row),
        cells=len(cells(row)) > 1,
    )


def _with_capitals(words: Sequence[Word]) -> list[Word]:
    """Return the words with large first letters, which stand over several lines, joined to what they begin."""
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        if before and _is_capital(before, word):
            apart = " " if is_word(word.text) and not is_word(before.text + word.text) else ""
            found[-1] = word._replace(text=before.text + apart + word.text)
        else:
            found.append(word)
    return found


def _is_capital(letter: Word, word: Word) -> bool:
    large = letter.text[-1].isupper() and len(letter.text) <= 2 and letter.size >= _SHARES["capital"] * word.size  # noqa: PLR2004 -- with a quotation mark
    return large and letter.left < word.left < letter.right + letter.size and 0 < word.y - letter.y < letter.size


def _regions(words: Sequence[Word], depth: int) -> Iterator[Sequence[Word]]:
    """Yield the words of each column that no strip parts any more, in reading order."""
    for cut in (_below, _beside) if depth < _DEPTH else ():
        parts = cut(words)
        if len(parts) > 1:
            for part in parts:
                yield from _regions(part, depth + 1)
            return
    yield words


def _beside(words: Sequence[Word]) -> list[list[Word]]:
    """Return the columns side by side, from the left, where white parts them over their whole height."""
    parts: list[list[Word]] = []
    for part in _parted((*_reach(w), w) for w in words):
        if parts and not _are_columns(parts[-1], part):
            parts[-1].extend(part)
        else:
            parts.append(part)
    return parts


def _are_columns(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether both are prose and not the cells of a table: wide, and of some lines."""
    few, many = sorted((len(rows(left)), len(rows(right))))
    wide = all(
        max(w.right for w in part) - min(w.left for w in part) >= _EMS["column"] * median(w.size for w in part)
        for part in (left, right)
    )
    return wide and (few >= _LEAST or many >= _FULL)


def _below(words: Sequence[Word]) -> list[list[Word]]:
    """Return the bands from the top: those in a row that share strips between columns as one, and so the others.

    A headline over columns is a band of its own, also where it is no wider than the first of them.
    """
    tall, deep = _EMS["height"], _EMS["depth"]
    parts = _parted((-w.y - tall * w.size, -w.y + deep * w.size, w) for w in words)
    bands = [_Band(part, _ranges(_reach(w) for w in part)) for part in parts]
    last = max((i for i, band in enumerate(bands) if len(band.ranges) > 1), default=0)
    usual = median(w.size for w in words)
    large = _SHARES["heading"] * usual
    heads = [i < last and _is_plain(band) and all(w.size >= large for w in band.words) for i, band in enumerate(bands)]
    found: list[_Band] = []
    after_head = False
    for band, head in zip(bands, heads, strict=True):
        joint = (_joint(found[-1], band) or _around(found[-1], band, usual)) if found else None
        if joint and not (head and not _is_plain(found[-1])) and not (after_head and not _is_plain(band)):
            found[-1] = joint
        else:
            found.append(band)
        after_head = head
    return _whole(found)


def _is_plain(band: _Band) -> bool:
    return len(band.ranges) == 1


def _joint(above: _Band, below: _Band) -> _Band | None:
    """Return two bands as one, if their columns go on, or if neither has columns."""
    words, ranges = above.words + below.words, _ranges((*above.ranges, *below.ranges))
    if _is_plain(above) and _is_plain(below):
        return _Band(words, [(ranges[0][0], ranges[-1][1])])
    return _Band(words, ranges, above.inset) if len(ranges) > 1 else None


def _around(above: _Band, below: _Band, usual: float) -> _Band | None:
    """Return two bands as one, if columns of letters of the usual size go on at both sides of other letters."""
    story = [w for w in below.words if abs(w.size - usual) <= _SHARES["size"] * usual]
    beside = _Band(story, _ranges(_reach(w) for w in story))
    joint = None if _is_plain(above) or len(beside.ranges) < _LEAST else _joint(above, beside)
    inset = (w for w in below.words if abs(w.size - usual) > _SHARES["size"] * usual)
    return joint and joint._replace(inset=(*above.inset, *inset))


def _whole(bands: Iterable[_Band]) -> list[list[Word]]:
    """Return the words of bands, those together again that only seemed to have columns: a wide gap in a line."""
    found: list[list[Word]] = []
    plain = False
    for band in bands:
        was, plain = plain, len(_beside(band.words)) == 1
        if was and plain:
            found[-1].extend(band.words)
        else:
            found.append(list(band.words))
        if band.inset:
            found.append(list(band.inset))
            plain = False
    return found


def _reach(word: Word) -> Range:
    """Return what a word covers from left to right, with half of a gutter at each side."""
    white = _EMS["gutter"] / 2 * word.size
    return word.left - white, word.right + white


def _ranges(ranges: Iterable[Range]) -> list[Range]:
    """Return what ranges cover, in order and apart from each other."""
    found: list[Range] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _parted(placed: Iterable[tuple[float, float, Word]]) -> list[list[Word]]:
    """Return words in groups that nothing parts, each given with the range that it covers; in order of the ranges."""
    parts: list[list[Word]] = []
    reach = float("-inf")
    for low, high, word in sorted(placed):
        if low > reach:
            parts.append([])
        parts[-1].append(word)
        reach = max(reach, high)
    return parts
