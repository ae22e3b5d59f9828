"""Words on a page to lines in reading order: columns, what stands across them, boxes.

The page is cut at white strips again and again: upright ones part columns, level ones part what stands above
from what stands below. Each word is given white at both sides first, as much as half of the narrowest gap between
columns, so that a strip which is left is one. Pure functions of words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
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
    """Words from one height to another, and what they cover from left to right; two ranges have a strip between."""

    words: list[Word]
    ranges: list[Range]


def columns(words: Sequence[Word]) -> list[list[Line]]:
    """Return the lines of each column or band of a page, in reading order; no word is in two of them."""
    return [[_line(row) for row in rows(region)] for region in _regions(_with_capitals(words), 0) if region]


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
    sizes = Counter[float]()
    for word in row:
        sizes[word.size] += len(word.text)
    size = max(sizes, key=lambda s: (sizes[s], s))
    return Line(
        text=spoken(row),
        left=min(w.left for w in row),
        right=max(w.right for w in row),
        y=median(w.y for w in row),
        size=size,
        bold=all(w.bold for w in row),
        cells=any(_gap(a, b) > _EMS["cell"] * size for a, b in pairwise(row)),
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
    for column in _beside(words):
        bands = _below(column) if depth < _DEPTH else []
        if len(bands) > 1:
            for band in bands:
                yield from _regions(band, depth + 1)
        else:
            yield column


def _beside(words: Iterable[Word]) -> list[list[Word]]:
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


def _below(words: Iterable[Word]) -> list[list[Word]]:
    """Return the bands from the top: those in a row that share strips between columns as one, and so the others."""
    tall, deep = _EMS["height"], _EMS["depth"]
    bands: list[_Band] = []
    for part in _parted((-w.y - tall * w.size, -w.y + deep * w.size, w) for w in words):
        band = _Band(part, _ranges(_reach(w) for w in part))
        if bands and (joint := _joint(bands[-1], band)):
            bands[-1] = joint
        else:
            bands.append(band)
    return _whole(bands)


def _joint(above: _Band, below: _Band) -> _Band | None:
    """Return two bands as one, if their columns go on, or if neither has columns."""
    ranges = _ranges((*above.ranges, *below.ranges))
    if len(above.ranges) == 1 and len(below.ranges) == 1:
        return _Band(above.words + below.words, [(ranges[0][0], ranges[-1][1])])
    if len(above.ranges) > 1 and len(ranges) > 1:
        return _Band(above.words + below.words, ranges)
    return None


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
