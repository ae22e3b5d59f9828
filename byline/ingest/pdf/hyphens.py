"""Words that a line end has cut in two: with the hyphen or without it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from byline import knowledge

_HYPHENS = "\u2010-"
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_CUT = re.compile(rf"(?<![\w{_HYPHENS}])([\w{_HYPHENS}]{{0,60}}\w)([{_SOFT}{_HYPHENS}])$")
_TAIL = re.compile(rf"\w+(?:[{_HYPHENS}]\w+)*")
_COMPOUNDS = frozenset(knowledge.load("pdf.toml")["compounds"])
_SHORTEST = 3  # letters of a word in a compound


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """Return how often each word stands in lines, in lower case; what a line end cuts does not count."""
    return Counter(_plain(word) for line in lines for word in _WORD.findall(_CUT.sub("", line)))


def joined(lines: Sequence[str], known: Counter[str]) -> str:
    """Return lines as one, and the words that are cut at their ends whole.

    The hyphen goes if it is a soft one, and stays before a capital or digit. Else the document decides, if it
    writes the word elsewhere, with or without the hyphen. Else the hyphen goes if that makes an English word. Else it
    stays after what begins compounds ("north-", "ex-", "ten-year-") and between two English words; and goes.
    """
    return "".join(_before(line, following, known) for line, following in pairwise(lines)) + "".join(lines[-1:])


def is_cut(line: str) -> bool:
    """Whether a line ends in a hyphen that stands after a letter or digit."""
    return bool(_CUT.search(line))


def is_word(word: str) -> bool:
    """Whether a word of any case is an everyday or common English one."""
    return word.lower() in _english()


def _before(line: str, following: str, known: Counter[str]) -> str:
    """Return a line as it stands before another one: with a space, or with the first part of a word."""
    cut, tail = _CUT.search(line), _TAIL.match(following)
    if not cut or not tail:
        return line + " "
    whole = line[:-1]
    return whole + "-" if cut[2] != _SOFT and _keeps(cut[1], tail[0], known) else whole


def _keeps(stem: str, tail: str, known: Counter[str]) -> bool:
    if not tail[0].islower() or not stem[-1].isalpha():
        return True
    whole, parted = (known[_plain(stem + sign + tail)] for sign in ("", "-"))
    if whole or parted:
        return parted > whole
    if is_word(stem + tail):
        return False
    return stem.lower() in _COMPOUNDS or any(h in stem for h in _HYPHENS) or _are_words(stem, tail)


def _are_words(*words: str) -> bool:
    return all(len(word) >= _SHORTEST and word in _english() for word in words)


def _plain(word: str) -> str:
    return word.lower().replace("\u2010", "-")


@cache
def _english() -> frozenset[str]:
    words = knowledge.load("words.toml")
    return frozenset(word for kind in ("everyday", "common", "either") for word in words[kind].split())
