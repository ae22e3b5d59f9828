"""Plain text to paragraphs: parted by blank lines, by single line ends, or wrapped at a column."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from byline.records import Span

_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # where str.splitlines breaks
_LINE = re.compile(rf"[^{_BREAKS}]+|\r\n|[{_BREAKS}]")
_EDGES = "\ufeff\u200b\u200c\u200d\u2060\u00ad\x00"  # what is no white space to Python and yet shows nothing
_NARROWEST, _WIDEST = 40, 110  # columns that text is wrapped at
_RAGGED = 18  # a full line stops at most so many columns before the widest: the length of a long word
ENDS = ".!?…:;。！？।؟"
CLOSERS = "\"'”’»)]"


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without white space and invisible characters at its edges."""
    while start < end and (text[start].isspace() or text[start] in _EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGES):
        end -= 1
    return start, end


def ends_sentence(words: str) -> bool:
    """Whether the words end as a sentence does, closing quotation marks and brackets aside."""
    return words.rstrip(CLOSERS)[-1:] in tuple(ENDS)


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs in text order, trimmed, none of them empty."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    found: list[Span] = []
    for i, line in enumerate(lines):
        if line is None:
            continue
        before = lines[i - 1] if i else None
        if before and _joins(text, before, line, width):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _lines(text: str) -> Iterator[Span | None]:
    """Yield each line's trimmed span, and None for a blank one."""
    blank = True
    for match in _LINE.finditer(text):
        if match[0][0] in _BREAKS:
            if blank:
                yield None
            blank = True
            continue
        span = trimmed(text, *match.span())
        if span[0] < span[1]:
            blank = False
            yield span


def _wrap_width(text: str, lines: Sequence[Span | None]) -> int | None:
    """Return the column that the text is wrapped at; None if a line is a paragraph.

    Wrapped text shows in lines that are followed by another: most are nearly
    as long as the longest of them, and many stop in the middle of a sentence.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    if not pairs:
        return None
    lengths = sorted(a[1] - a[0] for a, _ in pairs)
    width = lengths[len(lengths) * 9 // 10]
    full = sum(width - _RAGGED <= n <= width + _RAGGED for n in lengths)
    running = sum(_runs_on(text, a, b) for a, b in pairs)
    wrapped = _NARROWEST <= width <= _WIDEST and full * 2 > len(pairs) and running * 3 > len(pairs)
    return width if wrapped else None


def _runs_on(text: str, line: Span, following: Span) -> bool:
    """Whether a sentence seems to go on in the following line."""
    words = text[line[0] : line[1]]
    return not ends_sentence(words) and (text[following[0]].islower() or words.isupper())


def _joins(text: str, line: Span, following: Span, width: int | None) -> bool:
    if width is None:
        return False
    if _indent(text, following) > _indent(text, line) + 1:
        return False
    length = line[1] - line[0]
    if _runs_on(text, line, following) and (length * 2 > width or text[following[0]].islower()):
        return True  # a shorter line in capitals is a heading
    word = text[following[0] : following[1]].split(None, 1)[0]
    return length + 1 + len(word) > width - _RAGGED // 2


def _indent(text: str, line: Span) -> int:
    start = line[0]
    while start and text[start - 1] in " \t\u00a0":
        start -= 1
    return line[0] - start
