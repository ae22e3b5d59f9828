"""Where sentences begin, among the tokens of one paragraph."""

from collections.abc import Sequence

from byline import knowledge

_MARKS = knowledge.load("sentences.toml")
_ENDS, _CLOSERS, _OPENERS = (frozenset(_MARKS[k]) for k in ("ends", "closers", "openers"))
_STARTERS, _TITLES = frozenset(_MARKS["starters"]), frozenset(_MARKS["titles"])
_STRAIGHT = frozenset({'"', "'"})
_SHORTEST = 3  # characters of an abbreviation that may end a sentence ("U.S.", not "J.")
_FEW = 5  # opening marks that may stand before a sentence
LONGEST: int = _MARKS["longest"]  # words of a sentence


def sentence_starts(words: Sequence[str]) -> list[int]:
    """Return the indexes of the words that begin a sentence; the first is 0.

    A full stop ends a sentence if what follows may begin one: no lower-case
    letter. Closing quotation marks and brackets stay with the sentence that
    they close. A stretch of more than `longest` words is cut.
    """
    starts = [0] if words else []
    open_quotes = _open_quotes(words)
    i = 0
    while i < len(words):
        if i - starts[-1] >= LONGEST:
            starts.append(i)
        if _ends(words, i):
            i = _past_closers(words, i + 1, open_quotes)
            if i < len(words) and _begins(words, i):
                starts.append(i)
        else:
            i += 1
    return starts


def _open_quotes(words: Sequence[str]) -> list[bool]:
    """Return for each word whether a straight quotation mark is open before it."""
    found, is_open = [], False
    for word in words:
        found.append(is_open)
        if word in _STRAIGHT:
            is_open = not is_open
    return found


def _ends(words: Sequence[str], i: int) -> bool:
    word = words[i]
    if word in _ENDS:
        return True
    if len(word) < _SHORTEST or word[-1] != "." or word.lower() in _TITLES or i + 1 == len(words):
        return False
    return words[i + 1][:1].isupper() and words[i + 1].lower() in _STARTERS


def _past_closers(words: Sequence[str], i: int, open_quotes: Sequence[bool]) -> int:
    """Skip closing marks; a straight quotation mark closes only if one is open before it."""
    while i < len(words) and words[i] in _CLOSERS and (words[i] not in _STRAIGHT or open_quotes[i]):
        i += 1
    return i


def _begins(words: Sequence[str], i: int) -> bool:
    last = min(len(words) - 1, i + _FEW)
    while i < last and words[i] in _OPENERS:
        i += 1
    return not words[i][:1].islower() and words[i] not in {",", ";", ":"}
