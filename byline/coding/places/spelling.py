"""Spellings of place names, made comparable: plain (same letters) and folded (same sound, roughly)."""

import unicodedata
from functools import lru_cache

from byline import knowledge

_SPELLING = knowledge.load("places/spelling.toml")
_LETTERS = str.maketrans(_SPELLING["letters"])
_WORDS: dict[str, str] = _SPELLING["words"]
_ARTICLES = frozenset(_SPELLING["articles"])
_SOUNDS: list[tuple[str, str]] = [(written, heard) for written, heard in _SPELLING["sounds"]]
_LONGEST = 80
_SHORTEST = 3


@lru_cache(maxsize=1 << 15)
def plain(name: str) -> str:
    """Return the name in lower case without diacritics, hyphens and apostrophes: "Al-Başrah" gives "al basrah".

    Short forms of saint, mount and fort are written out. What is longer than any place's name is "".
    """
    bare = name[: _LONGEST + 1].casefold()
    if not name.isascii():
        bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name[: _LONGEST + 1]).casefold())
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    words = bare.translate(_LETTERS).split()
    name = " ".join(_WORDS.get(word, word) for word in words)
    return name if len(name) <= _LONGEST else ""


@lru_cache(maxsize=1 << 15)
def fold(name: str) -> str:
    """Return the key that the transliterations of one name share: "Al Qāmishlī", "Qamishli" give one key.

    Drops the Arabic article and spaces, writes like sounds alike, halves doubled letters, ends no word in "h".
    """
    words = plain(name).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    key = "".join(words)
    for written, heard in _SOUNDS:
        key = key.replace(written, heard)
    single = "".join(c for c, before in zip(key, " " + key, strict=False) if c != before)
    return single[:-1] if single.endswith("h") and len(single) > _SHORTEST else single
