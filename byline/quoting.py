"""Where quoted words stand in a text."""

import re
from collections.abc import Iterator

from byline.records import Span

_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_LETTER = "[\\w█]"  # letters of names that are withheld are covered


def quoted(text: str, words: str, within: Span | None = None, *, any_case: bool = False) -> Iterator[Span]:
    """Yield where words stand in a text, or in a part of it, as whole words, in its order.

    Any white space between words is as good as another, and straight quotation marks are as good as curly ones.
    """
    parts = words.translate(_STRAIGHT).split()
    start, end = within or (0, len(text))
    if not parts or sum(map(len, parts)) > end - start:
        return
    pattern = rf"(?<!{_LETTER})" + r"\s+".join(map(re.escape, parts)) + rf"(?!{_LETTER})"
    for found in re.finditer(pattern, text[start:end].translate(_STRAIGHT), re.IGNORECASE if any_case else 0):
        yield start + found.start(), start + found.end()
