"""Where sentences begin, among the tokens of one paragraph."""

from collections.abc import Sequence

from byline import knowledge

_MARKS = knowledge.load("sentences.toml")
_ENDS, _CLOSERS, _OPENERS = (frozenset(_MARKS[k]) for k in ("ends", "closers", "openers"))
_STARTERS, _TITLES = frozenset(_MARKS["starters"]), frozenset(_MARKS["titles"])
_LONGEST: int = _MARKS["longest"]


def sentence_starts(words: Sequence[str]) -> list[int]:
    """Return the indexes of the words that begin a sentence; the first is 0.

    A full stop ends a sentence if what follows may begin one: no lower-case
    letter. Closing quotation marks and brackets stay with the sentence that
    they close. A stretch of more than `longest` words is cut.
    """
    starts = [0] if words else []
    i = 0
    while i < len(words):
        if i - starts[-1] >= _LONGEST:
            starts.append(i)
        if _ends(words, i):
            i = _past_closers(words, i + 1)
            if i < len(words) and _begins(words, i):
                starts.append(i)
        else:
            i += 1
    return starts


def _ends(words: Sequence[str], i: int) -> bool:
    word = words[i]
    if word in _ENDS:
        return True
    if len(word) < 3 or word[-1] != "." or word.lower() in _TITLES or i + 1 == len(words):
        return False
    return words[i + 1][:1].isupper() and words[i + 1].lower() in _STARTERS


def _past_closers(words: Sequence[str], i: int) -> int:
    """Skip closing marks; a straight quotation mark closes only if one is open before it."""
    while i < len(words) and words[i] in _CLOSERS:
        if words[i] in {'"', "'"} and words[:i].count(words[i]) % 2 == 0:
            break
        i += 1
    return i


def _begins(words: Sequence[str], i: int) -> bool:
    while i < len(words) - 1 and words[i] in _OPENERS:
        i += 1
    return not words[i][:1].islower() and words[i] not in {",", ";", ":"}
