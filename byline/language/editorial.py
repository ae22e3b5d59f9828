"""Marks that an editor put into a text in square brackets: "[sic]", "[two words indistinct]"."""

import re

from byline import knowledge

_TABLE = knowledge.load("editorial.toml")
_MARKS, _PARTS, _STATES = (frozenset(_TABLE[name]) for name in ("marks", "parts", "states"))
_BRACKET = re.compile(r"\[([^\[\]]{1,60})\]")


def without_marks(text: str) -> str:
    """Return the text with editors' marks blanked out, so that all else keeps its place."""
    return _BRACKET.sub(lambda m: " " * len(m[0]) if _is_mark(m[1]) else m[0], text) if "[" in text else text


def _is_mark(words: str) -> bool:
    lower = words.lower().split()
    if " ".join(lower) in _MARKS:
        return True
    return len(lower) > 1 and lower[-1] in _STATES and any(w.removesuffix("s") in _PARTS for w in lower)
