"""Which language a text is in; what is in none that is read is set aside, with the reason.

The words decide. What a page's markup says of its language is a hint: templates
are copied with it, so it counts only where the words are too few to tell.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from byline import knowledge
from byline.records import Document

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_TABLE = knowledge.load("languages.toml")
_NAMES: dict[str, str] = _TABLE["names"]
_SAMPLE, _LEAST, _PIECES = (int(_TABLE[k]) for k in ("sample", "least_letters", "pieces"))
_SURE, _FOREIGN, _MIXED = (float(_TABLE[k]) for k in ("sure", "foreign", "mixed"))
_NO_WORD = re.compile(r"\d|@|://|\bwww\.|\.com\b")  # in what says nothing of the language around it


class Guess(NamedTuple):
    """The likeliest language of a text, and the probability of each, the highest first; codes are ISO 639-1."""

    code: str
    shares: dict[str, float]

    @property
    def is_sure(self) -> bool:
        return self.shares[self.code] >= _SURE

    def excludes(self, languages: Collection[str]) -> bool:
        """Whether the text is in none of the languages, as good as certainly."""
        return sum(self.shares.get(code, 0.0) for code in languages) < _FOREIGN


def guess(text: str) -> Guess | None:
    """Return the language of the first words of a text; None if they are too few to tell.

    Names, figures and capitals do not mislead it much: text in capitals is read as if it were in small letters.
    """
    words = " ".join(w for w in text[: 2 * _SAMPLE].split() if not _NO_WORD.search(w))[:_SAMPLE]
    letters = sum(map(str.isalpha, words))
    if letters * _width(words) < _LEAST:
        return None
    if 2 * sum(map(str.isupper, words)) > letters:
        words = words.lower()
    shares = {code: float(share) for code, share in _identifier().rank(words)}
    return Guess(next(iter(shares)), shares)


def with_language(document: Document, languages: Sequence[str] = ()) -> Document:
    """Return the document with the language of its body, None if it cannot be told.

    It is set aside if it is in none of `languages`; where none are given, none is. Nor is a text that is too short
    to tell, or has a good part in one of the languages.
    """
    paragraphs = [document.text[start:end] for start, end in document.body]
    found = guess("\n".join(paragraphs))
    foreign = found and languages and found.excludes(languages) and not _is_mixed(paragraphs, languages)
    aside = _reason(found, languages) if found and foreign else None
    return msgspec.structs.replace(document, language=_recorded(found, document.language), aside=aside)


def _recorded(found: Guess | None, hint: str | None) -> str | None:
    if found and found.is_sure:
        return found.code
    hinted = hint.split("-")[0].lower() if hint else None
    return hinted if hinted in _NAMES and not (found and found.excludes((hinted,))) else None


def _is_mixed(paragraphs: Sequence[str], languages: Collection[str]) -> bool:
    """Whether a good part of the paragraphs that tell their language are in one that is read."""
    step = max(1, -(-len(paragraphs) // _PIECES))
    guesses = [(len(p), found) for p in paragraphs[::step] if (found := guess(p))]
    read = sum(length for length, found in guesses if found.code in languages)
    return read > _MIXED * sum(length for length, _ in guesses)


def _reason(found: Guess, languages: Iterable[str]) -> str:
    share = min(found.shares[found.code], 0.99)
    read = ", ".join(_NAMES.get(code, code) for code in languages)
    return (
        f"The text is in {_NAMES[found.code]} ({found.code}), probability {share:.2f}. "
        f"Byline codes {read} here; `--language {found.code}` codes it all the same."
    )


def _width(words: str) -> int:
    """Return how many letters one of these is worth: signs of East Asia hold a syllable or a word each."""
    return 3 if sum(c >= "\u2e80" for c in words) * 2 > len(words) else 1


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 -- numpy and the model take a second

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_NAMES))
    return identifier
