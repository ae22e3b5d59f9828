"""PLOVER sector of a described actor, by the noun that says what it is and the words around it.

A leaning noun ("leader", "spokesman", "group") takes the sector of an
institution before it, of the nearest other word before it, of what follows
"of", or of its possessor. Rebel and insurgent outweigh the noun. Office holders
out of office are ELI, as PLOVER has it.
"""

from byline import knowledge
from byline.coding.actors.evidence import Evidence, Identity, Inner, basis_of
from byline.coding.actors.lexicon import Entry, Match, plain
from byline.coding.actors.mentions import Phrase
from byline.language.parsed import Token

_LEXICON = knowledge.load("sectors.toml")
_GENDER: dict[str, str] = {w: g for g, words in _LEXICON["gender"].items() for w in words}
_FORMER, _OVERRIDING, _FOREIGN, _TITULAR, _NATIONAL, _IRREGULAR = (
    frozenset(_LEXICON["words"][k]) for k in ("former", "overriding", "foreign", "titular", "national", "irregular")
)
_ELITE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "PTY", None})
_FIGHTING = frozenset({"REB", "UAF"})
_OWNING = frozenset({"of", "for", "at", "with", "from", "to"})
_NO_SECTOR_LENT = frozenset({"capital", "leader", "title"})


def set_sector(found: Identity, match: Match, evidence: Evidence, inner: Inner) -> None:
    """Give an identity sector, gender and what else its noun says; ``match`` is that noun or title."""
    entry, phrase = match.entry, found.phrase
    before = evidence.before(phrase, match.first)
    words = {plain(t.text) for t in phrase.core if t.i < match.first}
    found.leaning = entry.leaning
    found.foreign = not _FOREIGN.isdisjoint({*words, entry.name}) or any(m.entry.role == "organisation" for m in before)
    found.sector, found.sector_basis = entry.sector, basis_of(phrase, match)
    found.rank = 0 if entry.sector is None else 1 if entry.leaning else 3
    over = next((m for m in before if m.entry.name in _OVERRIDING), None)
    if over is not None:
        take(found, over, 3, "REB")
    elif entry.leaning or entry.name in _TITULAR or entry.sector in _FIGHTING:
        _lean(found, entry, before, inner)
    if words & _FORMER and entry.form == "office" and found.sector in _ELITE:
        found.sector, found.rank = "ELI", 3
    found.gender = next((_GENDER[w] for w in (entry.name, *sorted(words)) if w in _GENDER), "")


def take(found: Identity, match: Match, rank: int, sector: str | None = None) -> None:
    """Give an identity the sector of a word beside its noun."""
    found.sector, found.rank, found.sector_basis = sector or match.entry.sector, rank, basis_of(found.phrase, match)


def _lean(found: Identity, entry: Entry, before: list[Match], inner: Inner) -> None:
    body = next((m for m in reversed(before) if m.entry.role == "organisation" and m.entry.sector), None)
    word = body or next((m for m in reversed(before) if m.entry.sector and m.entry.role not in _NO_SECTOR_LENT), None)
    if word is not None:
        office_of_a_body = entry.name in _TITULAR and word.entry.form == "organisation" and word.entry.sector != "GOV"
        if entry.leaning or word is body or office_of_a_body:
            take(found, word, 2)
    elif entry.leaning or entry.name in _TITULAR:
        _lean_behind(found, entry, inner)


def _lean_behind(found: Identity, entry: Entry, inner: Inner) -> None:
    """Take the sector of what the noun is of: "leader of the union", "the union's leader"."""
    for token in _related(found.phrase):
        other = inner(token)
        if other is None or not other.sector or other.kind == "state":
            continue
        if entry.leaning or other.kind == "organisation":
            found.sector, found.rank, found.sector_basis = other.sector, 2, other.sector_basis
            return


def _related(phrase: Phrase) -> list[Token]:
    found = [noun for preposition, noun in phrase.complements if preposition in _OWNING]
    return [*found, phrase.possessor] if phrase.possessor is not None else found


def settle_sector(found: Identity) -> None:
    """Say what the country settles: the Iraqi leader is of the government; and whether the words tell of irregulars."""
    if found.noun in _NATIONAL and found.sector is None and found.country not in {None, "NGO", "MNC"}:
        found.sector, found.rank, found.sector_basis = "GOV", 2, found.country_basis
    words = {plain(t.text) for t in found.phrase.core}
    found.irregular = found.noun in _IRREGULAR or not words.isdisjoint(_OVERRIDING)
