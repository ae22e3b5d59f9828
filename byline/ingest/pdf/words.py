"""The words of a PDF page with their places, as pdfium reads them."""

import ctypes
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as api

from byline import knowledge

_TABLE = knowledge.load("pdf.toml")
_HEAVY = re.compile("|".join(_TABLE["heavy"]), re.IGNORECASE)
_TURNED: float = _TABLE["shares"]["turned"]
_FORCED_BOLD = 1 << 18  # flag of a font
_BOLD = 600  # weight, where 400 is regular
_SIGNS = {"\x02": "-", "\ufffe": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_UNKNOWN = "\ufffd"
_UNREADABLE = frozenset({_UNKNOWN, *map(chr, range(0xE000, 0xF900))})  # where fonts without a table put their letters
_SAMPLE = 50  # characters that tell which way the page's text runs
_SMALLEST, _LARGEST = 1, 2000  # points
_NAME = 256  # bytes of a font's name


class Word(NamedTuple):
    """A word: x to the right and y up in points, y being the line that letters stand on.

    `glued`: no space parts it from the word before. `readable`: its font says which letters it shows.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    glued: bool = False
    readable: bool = True


class Page(NamedTuple):
    """A page's words in the order in which they were drawn.

    `characters`: how many it has; `shows`: there is something on it, be it a picture.
    """

    words: list[Word]
    characters: int = 0
    shows: bool = True


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def continues(self, before: "_Box") -> bool:
        """Whether a character stands right after another one, in letters of the same size."""
        height = before.top - before.bottom
        level = max(abs(self.bottom - before.bottom), abs(self.top - before.top)) < height / 10
        return level and -height / 2 < self.left - before.right < height / 4

    def turned(self, turn: int) -> "_Box":
        """Return the box on a page that is turned until text of a direction runs to the right."""
        left, bottom, right, top = self
        match turn:
            case 1:
                return _Box(bottom, -right, top, -left)
            case 2:
                return _Box(-right, -top, -left, -bottom)
            case 3:
                return _Box(-top, left, -bottom, right)
        return self


class _Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float


class _Chars(NamedTuple):
    """The characters of a page: pdfium's handle, which is quicker to pass than its wrapper, and how many they are."""

    raw: object
    total: int


class _Glyph(NamedTuple):
    number: int
    char: str
    box: _Box


def read_page(page: pdfium.PdfPage, most: int) -> Page:
    """Return the words that run in the page's main direction; what is turned against it is left out.

    Words that show nothing stay: they are the text behind a scan. Those outside of the page's edges do not.
    There are none if the page has more than `most` characters, or if its fonts do not say which letters they show.
    """
    with closing(page.get_textpage()) as opened:
        chars = _Chars(opened.raw, opened.count_chars())
        words = list(_inside(page, chars)) if chars.total <= most else []
    readable = sum(word.readable for word in words) * 2 >= len(words)
    return Page(words if readable else [], chars.total, api.FPDFPage_CountObjects(page) > 0)


def _inside(page: pdfium.PdfPage, chars: _Chars) -> Iterator[Word]:
    turn = _direction(chars)
    edges = _Box(*page.get_bbox()).turned(turn)
    for word in _words(chars, turn):
        if edges.left - 1 <= word.left <= edges.right + 1 and edges.bottom - 1 <= word.y <= edges.top + 1:
            yield word


def _direction(chars: _Chars) -> int:
    """Return how most of the text runs: quarters of a turn against the clock."""
    count = chars.total
    sample = range(0, count, max(1, count // _SAMPLE))
    turns = Counter(
        t for i in sample if not api.FPDFText_IsGenerated(chars.raw, i) and (t := _turn(_matrix(chars, i))) >= 0
    )
    return min(turns, key=lambda t: (-turns[t], t), default=0)


def _matrix(chars: _Chars, number: int) -> _Matrix:
    """Return how a character is turned and stretched; all zero if pdfium does not know."""
    matrix = api.FS_MATRIX()
    api.FPDFText_GetMatrix(chars.raw, number, matrix)
    return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d)


def _turn(matrix: _Matrix) -> int:
    """Return the direction of a line in quarters of a turn; -1 if it is aslant."""
    length = math.hypot(matrix.a, matrix.b)
    if not length or not math.isfinite(length):
        return -1
    if abs(matrix.b) <= _TURNED * length:
        return 0 if matrix.a > 0 else 2
    if abs(matrix.a) <= _TURNED * length:
        return 1 if matrix.b > 0 else 3
    return -1


def _words(chars: _Chars, turn: int) -> Iterator[Word]:
    """Yield the words that run in one direction, in the order in which they were drawn."""
    run: list[_Glyph] = []
    glued = False
    for glyph in chain(_glyphs(chars, turn), (None,)):
        if run and not (glyph and glyph.box.continues(run[-1].box)):
            yield from _word(chars, turn, run, glued=glued)
            run, glued = [], True
        if glyph:
            run.append(glyph)
        else:
            glued = False


def _glyphs(chars: _Chars, turn: int) -> Iterator[_Glyph | None]:
    """Yield each character, and None for white space, also where pdfium saw it between words."""
    raw, rectangle = chars.raw, api.FS_RECTF()
    place = ctypes.byref(rectangle)
    for i in range(chars.total):
        code = api.FPDFText_GetUnicode(raw, i)
        char = chr(code) if 0 < code <= sys.maxunicode else _UNKNOWN
        char = _SIGNS.get(char, char)
        if char.isspace() or char < " " or not api.FPDFText_GetLooseCharBox(raw, i, place):
            yield None
        else:
            box = _Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            yield _Glyph(i, char, box.turned(turn) if turn else box)


def _word(chars: _Chars, turn: int, run: list[_Glyph], *, glued: bool) -> Iterator[Word]:
    """Yield the word that glyphs make, unless it is turned, or its place or size is nonsense."""
    first = run[0].number
    matrix = _matrix(chars, first)
    x, y = ctypes.c_double(), ctypes.c_double()
    if _turn(matrix) != turn or not api.FPDFText_GetCharOrigin(chars.raw, first, x, y):
        return
    size = api.FPDFText_GetFontSize(chars.raw, first) * math.hypot(matrix.c, matrix.d)
    base = _Box(x.value, y.value, x.value, y.value).turned(turn).bottom
    left, right = min(g.box.left for g in run), max(g.box.right for g in run)
    if not (all(map(math.isfinite, (left, right, base))) and _SMALLEST <= size <= _LARGEST):
        return
    text = _paired("".join(g.char for g in run))
    readable = not api.FPDFText_HasUnicodeMapError(chars.raw, first) and not all(c in _UNREADABLE for c in text)
    yield Word(text, left, right, base, size, _is_bold(chars, first), glued, readable)


def _paired(text: str) -> str:
    """Join the halves of characters that pdfium gives as two where its own characters are narrow."""
    return text if text.isprintable() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_bold(chars: _Chars, index: int) -> bool:
    """Whether a letter is heavy: by the weight of its font, which many files lack, by its flags or its name."""
    if api.FPDFText_GetFontWeight(chars.raw, index) >= _BOLD:
        return True
    name, flags = ctypes.create_string_buffer(_NAME), ctypes.c_int()
    length = api.FPDFText_GetFontInfo(chars.raw, index, name, _NAME, flags)
    return bool(flags.value & _FORCED_BOLD or (length and _HEAVY.search(name.value.decode("utf-8", "replace"))))
