"""What is known before a noun phrase is read: words of the lexicon, places, phrases; and what reading it gives."""

from collections.abc import Callable
from dataclasses import dataclass

from byline.coding.actors.lexicon import Match
from byline.coding.actors.mentions import Phrase
from byline.language.parsed import Token
from byline.records import ActorKind, Basis, Span


@dataclass(slots=True)
class Identity:
    """What a phrase says of its actor.

    ``rank`` orders the evidence for the sector: 4 a name in the dictionary, 3 a
    noun that says it, 2 a word beside a leaning noun, 1 what a leaning noun
    means by itself, 0 none. ``known`` is the dictionary's key of a state,
    institution or leader; ``owner`` a word for another actor to whom it belongs.
    A ``tentative`` one looks like a place: it counts if an actor has that name.
    """

    phrase: Phrase
    kind: ActorKind
    noun: str = ""
    name: tuple[Token, ...] = ()
    known: str = ""
    country: str | None = None
    country_basis: Basis | None = None
    sector: str | None = None
    rank: int = 0
    sector_basis: Basis | None = None
    owner: Token | None = None
    leaning: bool = False
    plural: bool = False
    counted: bool = False
    tentative: bool = False
    foreign: bool = False
    irregular: bool = False
    gender: str = ""

    @property
    def by_surname(self) -> bool:
        """Whether it is a leader by a surname alone, which another person of the text may bear."""
        return self.known.startswith("leader") and len(self.name) == 1

    @property
    def head(self) -> Token:
        return self.phrase.head


Inner = Callable[[Token], Identity | None]


class Evidence:
    """The document's matches and countries of places by token index, and its phrases by the index of their head."""

    def __init__(
        self, matches: dict[int, Match], places: dict[int, str], phrases: dict[int, Phrase], year: int | None
    ) -> None:
        self.matches, self.places, self.phrases, self.year = matches, places, phrases, year

    def before(self, phrase: Phrase, index: int) -> list[Match]:
        """Return the matches of the core before a token, in text order."""
        found = []
        for token in phrase.core:
            match = self.matches.get(token.i)
            if match is not None and match.first == token.i < index:
                found.append(match)
        return found

    def nation(self, phrase: Phrase, index: int) -> Match | None:
        """Return the nearest word before a token that says a country; "ethnic Albanian" says none."""
        ethnic = {t.i + 1 for t in phrase.core if t.lower == "ethnic"}
        found = (m for m in reversed(self.before(phrase, index)) if m.entry.country and m.first not in ethnic)
        return next(found, None)


def span_of(phrase: Phrase, match: Match) -> Span:
    """Return the characters of a match inside a phrase."""
    inside = [t for t in phrase.core if match.first <= t.i < match.stop] or [phrase.head]
    return (inside[0].start, inside[-1].end)


def basis_of(phrase: Phrase, match: Match) -> Basis:
    """Return the words of a match as the reason for a country or sector."""
    return Basis(rule=f"{match.entry.role}: {match.entry.name}", span=span_of(phrase, match))
