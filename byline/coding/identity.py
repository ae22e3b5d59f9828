"""Who a noun phrase is: kind, name, country and PLOVER sector, by its own words.

The head noun says the sector; a leaning head ("leader", "spokesman", "group")
takes that of the words before it, then of what follows "of", then of its
possessor. The country is that of a national adjective, a country's name, an
institution or a place in the phrase. Office holders out of office are ELI, as
PLOVER has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from byline import knowledge
from byline.coding.actor_lexicon import Entry, Match, Term, plain
from byline.coding.mentions import Phrase
from byline.language.parsed import Token
from byline.records import ActorKind, Basis, Span

_WORDS = knowledge.load("sectors.toml")["words"]
_GENDER: dict[str, str] = {w: g for g, words in knowledge.load("sectors.toml")["gender"].items() for w in words}
_FORMER, _OVERRIDING, _FOREIGN = (frozenset(_WORDS[k]) for k in ("former", "overriding", "foreign"))
_NATIONAL, _LINKED, _PREFIXES = (frozenset(_WORDS[k]) for k in ("national", "linked", "prefixes"))
_MEASURES, _TITULAR, _IRREGULAR = (frozenset(_WORDS[k]) for k in ("measures", "titular", "irregular"))
_ELITE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "PTY", None})
_PLACE_PREPOSITIONS = frozenset({"of", "in", "from", "across"})
_OWNING_PREPOSITIONS = frozenset({"of", "for", "at", "with", "from", "to"})
_NOT_NAMES = frozenset(
    {"GPE", "LOC", "FAC", "DATE", "TIME", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "MONEY", "QUANTITY", "PRODUCT", "PERCENT"}
)
_CONNECTORS = frozenset({"-", "al", "el", "bin", "bint", "ibn", "abu", "de", "da", "del", "della", "dos", "das", "di", "du", "van", "von", "der", "den", "la", "le", "ul", "ben", "ter", "y"})
_DEEPEST = 3


@dataclass(slots=True)
class Identity:
    """What a phrase says of its actor. ``rank`` orders the evidence for the sector: 4 a name in the dictionary, 3 a noun
    that says it, 2 a word beside a leaning noun, 1 what a leaning noun means by itself, 0 nothing."""

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
    foreign: bool = False
    former: bool = False
    irregular: bool = False
    gender: str = ""
    terms: tuple[Term, ...] = ()

    @property
    def head(self) -> Token:
        return self.phrase.head


class Reader:
    """Reads identities off phrases, given what the lexicon and the gazetteer found in the document."""

    def __init__(self, matches: dict[int, Match], places: dict[int, str], phrases: dict[int, Phrase], day: str | None) -> None:
        """``matches`` and ``places`` (countries of toponyms) by token index, ``phrases`` by the index of their head."""
        self._matches, self._places, self._phrases = matches, places, phrases
        self._year = date.fromisoformat(day).year if day else None

    def read(self, phrase: Phrase, depth: int = 0) -> Identity | None:
        """Return who the phrase is, or None if it names or describes no actor."""
        match = self._matches.get(phrase.head.i)
        role = match.entry.role if match is not None else ""
        if phrase.head.lemma in _MEASURES or phrase.head.lower in _MEASURES:
            return self._measured(phrase, depth)
        if role == "noun" and self._is_surname(phrase, match):
            match, role = None, ""
        if match is None or role in {"modifier", "title"}:
            found = self._named(phrase)
        elif role in {"organisation", "leader"}:
            found = _from_dictionary(phrase, match)
        elif role in {"country", "capital", "demonym"}:
            found = self._national(phrase, match)
        else:
            found = self._described(phrase, match, depth)
        if found is not None:
            self._complete(found, depth)
        return found

    def measures(self, phrase: Phrase) -> bool:
        """Whether the phrase only counts what stands behind "of": "hundreds of residents"."""
        if phrase.head.lemma not in _MEASURES and phrase.head.lower not in _MEASURES:
            return False
        of = next((n for p, n in phrase.complements if p == "of"), None)
        inner = self._phrases.get(of.i) if of is not None else None
        found = self.read(inner) if inner is not None else None
        return found is not None and found.kind != "state"

    def _measured(self, phrase: Phrase, depth: int) -> Identity | None:
        """Read "hundreds of residents" as residents."""
        of = next((n for p, n in phrase.complements if p == "of"), None)
        inner = self._phrases.get(of.i) if of is not None else None
        if inner is None or depth > _DEEPEST:
            match = self._matches.get(phrase.head.i)
            return self._described(phrase, match, depth) if match is not None and match.entry.role == "noun" else None
        found = self.read(inner, depth + 1)
        if found is None or found.kind == "state":
            return self._group(phrase, depth) if found is not None else None
        found.plural = True
        found.kind = "group" if found.kind == "person" else found.kind
        return found

    def _group(self, phrase: Phrase, depth: int) -> Identity | None:
        match = self._matches.get(phrase.head.i)
        found = self._described(phrase, match, depth) if match is not None and match.entry.role == "noun" else None
        if found is not None:
            self._complete(found, depth)
        return found

    def _named(self, phrase: Phrase) -> Identity | None:
        name = self._name(phrase)
        if not name:
            return None
        before = [m for m in self._before(phrase, name[0].i) if m.entry.role in {"noun", "title"}]
        label = name[-1].entity or name[0].entity
        title = before[-1] if before else None
        if title is not None and title.entry.form in {"person", "office"} and title.stop >= name[0].i - 1:
            found = Identity(phrase, "person", noun=title.entry.name if title.entry.role == "noun" else "", name=name)
            self._set_sector(found, title, 0)
            return found
        if label in _NOT_NAMES or any(t.i in self._places for t in name):
            return None
        kind: ActorKind = {"PERSON": "person", "ORG": "organisation"}.get(label, "unknown")  # type: ignore[assignment]
        if kind == "unknown" and not (label == "" and phrase.head.tag in {"NNP", "NNPS"}):
            return None
        return Identity(phrase, kind, name=name)

    def _is_surname(self, phrase: Phrase, match: Match | None) -> bool:
        """Whether a capital noun is the end of a name: "Larry King"."""
        if match is None or match.entry.form not in {"person", "office"} or match.stop - match.first > 1:
            return False
        head, before = phrase.head, phrase.core[-2] if len(phrase.core) > 1 else None
        return (
            before is not None
            and before.i == head.i - 1
            and head.tag == "NNP"
            and before.tag == "NNP"
            and before.i not in self._matches
            and head.entity == "PERSON" == before.entity
        )

    def _name(self, phrase: Phrase) -> tuple[Token, ...]:
        """Return the proper name that ends the phrase."""
        name: list[Token] = []
        core = [t for t in phrase.core if t.i < phrase.stop]
        for token in reversed(core):
            proper = token.tag in {"NNP", "NNPS"} and token.text[0].isalnum() and not token.text[0].islower()
            inside = bool(name) and (token.lower in _CONNECTORS or token.pos == "PROPN" or _is_initial(token))
            match = self._matches.get(token.i)
            if match is not None and (not name or match.entry.role != "modifier" or token.entity != "PERSON"):
                if not (not name and match.entry.role == "noun"):
                    break
            if not (proper or inside):
                break
            name.append(token)
        while name and (name[-1].lower in {"-", "y"}):
            name.pop()
        return tuple(reversed(name))

    def _before(self, phrase: Phrase, index: int) -> list[Match]:
        """Return the matches of the core before a token, in text order, without those that a hyphen binds elsewhere."""
        found: list[Match] = []
        for token in phrase.core:
            match = self._matches.get(token.i)
            if match is not None and token.i < index and match.first == token.i and not self._bound(token, match, phrase):
                found.append(match)
        return found

    def _bound(self, token: Token, match: Match, phrase: Phrase) -> bool:
        """Whether a hyphen takes the word away from the noun: "US-backed rebels", "anti-government"."""
        words = {t.i: t for t in phrase.core}
        after, then = words.get(match.stop), words.get(match.stop + 1)
        if after is not None and after.lower == "-" and then is not None and then.lower in _LINKED:
            return True
        before, prefix = words.get(token.i - 1), words.get(token.i - 2)
        return before is not None and before.lower == "-" and prefix is not None and prefix.lower in _PREFIXES

    def _national(self, phrase: Phrase, match: Match) -> Identity | None:
        entry = match.entry
        found = Identity(phrase, "state", known=f"state {entry.country}", country=entry.country)
        found.country_basis = Basis(rule=entry.role, span=_span(phrase, match), text=entry.name)
        if entry.role == "capital":
            found.sector, found.rank, found.sector_basis = "GOV", 1, found.country_basis
        if entry.role == "demonym" and phrase.head.tag in {"NNS", "NNPS", "NN", "NNP"}:
            self._people(found)
        return found

    def _people(self, found: Identity) -> None:
        """Read "Iraqis", "two Russians" as civilians; "the Russians" may be the state or the people."""
        head = found.head
        counted = found.phrase.determiner not in {"the"} or len(found.phrase.core) > 1
        found.plural = head.tag in {"NNS", "NNPS"} or head.lower[-1] in "sei"
        found.kind, found.known = "group" if found.plural else "person", ""
        found.noun = f"people of {found.country}"
        if counted:
            found.sector, found.rank = "CVL", 1
            found.sector_basis = Basis(rule="people", span=head.span)

    def _described(self, phrase: Phrase, match: Match, depth: int) -> Identity | None:
        entry, head = match.entry, phrase.head
        plural = head.tag in {"NNS", "NNPS"} or entry.form == "group"
        kind: ActorKind = "person"
        if entry.form in {"group", "organisation"} or plural:
            kind = "organisation" if entry.form == "organisation" and not plural else "group"
        found = Identity(phrase, kind, noun=entry.name, plural=plural)
        name = tuple(t for t in phrase.core if t.i >= match.stop)
        if name and kind == "organisation" and name[-1].entity == "PERSON":
            found.phrase = phrase._replace(stop=match.stop, core=tuple(t for t in phrase.core if t.i < match.stop))
        elif name:
            found.name = name
        elif head.tag in {"NNP", "NNPS"} and entry.form in {"organisation", "group"}:
            found.name = self._organisation_name(phrase, match)
        self._set_sector(found, match, depth)
        if entry.role == "hardware" and not self._manned(found):
            return None
        return found

    def _organisation_name(self, phrase: Phrase, match: Match) -> tuple[Token, ...]:
        """Return the capitalised words of a named organisation: "Mountain Brigade", "Union of River Pilots"."""
        words = [t for t in phrase.core if t.tag[:3] == "NNP" or t.i >= match.first]
        own = [t for t in words if t.i < match.first]
        tail = [self._phrases[n.i].core for p, n in phrase.complements if p == "of" and n.pos == "PROPN" and n.i in self._phrases]
        owner = phrase.possessor
        owned = owner is not None and owner.pos == "PROPN" and (owner.i not in self._matches or owner.i >= match.first)
        if not own and not tail and not owned:
            return ()
        return (*((owner,) if owned and owner is not None else ()), *words, *(t for core in tail for t in core))

    def _manned(self, found: Identity) -> bool:
        """Whether a ship or an aircraft belongs to an armed force or a state, by its own words."""
        before = self._before(found.phrase, found.head.i)
        return any(m.entry.country or m.entry.sector == "MIL" for m in before)

    def _set_sector(self, found: Identity, match: Match, depth: int) -> None:
        """Find the sector as the module says; ``match`` is the noun or title that says what the actor is."""
        entry, phrase = match.entry, found.phrase
        before = self._before(phrase, match.first)
        words = {plain(t.text) for t in phrase.core if t.i < match.first}
        found.leaning = entry.leaning
        found.foreign = bool(words & _FOREIGN) or entry.name in _FOREIGN or any(n in _FOREIGN for n in (found.head.lower,))
        found.sector, found.rank = entry.sector, 1 if entry.leaning else 3
        found.sector_basis = Basis(rule=f"noun: {entry.name}", span=_span(phrase, match))
        over = next((m for m in before if m.entry.name in _OVERRIDING), None)
        if over is not None:
            self._take(found, "REB", 3, over)
        elif entry.leaning or entry.name in _TITULAR:
            self._lean(found, entry, before, depth)
        found.former = bool(words & _FORMER)
        if found.former and entry.form == "office" and found.sector in _ELITE:
            found.sector, found.rank = "ELI", 3
        gender = [_GENDER.get(w) for w in (entry.name, *words) if w in _GENDER]
        found.gender = gender[0] or "" if gender else ""

    def _take(self, found: Identity, sector: str | None, rank: int, match: Match) -> None:
        found.sector, found.rank = sector, rank
        found.sector_basis = Basis(rule=f"{match.entry.role}: {match.entry.name}", span=_span(found.phrase, match))

    def _lean(self, found: Identity, entry: Entry, before: Sequence[Match], depth: int) -> None:
        """Take the sector of the nearest word before the noun, then of what it is of, then of its possessor."""
        for match in reversed(before):
            if match.entry.sector and match.entry.role not in {"capital", "leader", "title"}:
                if entry.leaning or match.entry.form == "organisation" and match.entry.sector != "GOV":
                    self._take(found, match.entry.sector, 2, match)
                return
        for token in self._related(found.phrase):
            inner = self._inner(token, depth)
            if inner is not None and inner.sector and inner.kind != "state" and (entry.leaning or inner.kind == "organisation"):
                found.sector, found.rank, found.sector_basis = inner.sector, 2, inner.sector_basis
                return

    def _related(self, phrase: Phrase) -> list[Token]:
        found = [noun for preposition, noun in phrase.complements if preposition in _OWNING_PREPOSITIONS]
        return [*found, phrase.possessor] if phrase.possessor is not None else found

    def _inner(self, token: Token, depth: int) -> Identity | None:
        phrase = self._phrases.get(token.i)
        return self.read(phrase, depth + 1) if phrase is not None and depth < _DEEPEST else None

    def _complete(self, found: Identity, depth: int) -> None:
        """Add the country, and what a leader or a national word settles."""
        if found.country is None and found.kind != "state" and not found.known.startswith("organisation"):
            self._set_country(found, depth)
        if found.noun in _NATIONAL and found.sector is None and found.country not in {None, "NGO", "MNC"}:
            found.sector, found.rank, found.sector_basis = "GOV", 2, found.country_basis
        if found.terms:
            self._set_term(found)
        found.irregular = found.noun in _IRREGULAR or any(plain(t.text) in _OVERRIDING for t in found.phrase.core)
        if found.owner is None and found.kind != "state":
            found.owner = self._owner(found)

    def _set_country(self, found: Identity, depth: int) -> None:
        phrase = found.phrase
        stop = found.name[0].i if found.name and found.kind == "person" else phrase.head.i + 1
        for match in reversed(self._before(phrase, stop)):
            if match.entry.country:
                found.country = match.entry.country
                found.country_basis = Basis(rule=match.entry.role, span=_span(phrase, match), text=match.entry.name)
                return
        place = next((t for t in phrase.core if t.i in self._places and t not in found.name), None)
        if place is not None:
            found.country, found.country_basis = self._places[place.i], Basis(rule="place", span=place.span)
            return
        near = [(p, n) for p, n in phrase.complements if p in _PLACE_PREPOSITIONS or p in _OWNING_PREPOSITIONS]
        for preposition, token in [*([("'s", phrase.possessor)] if phrase.possessor is not None else []), *near]:
            if self._country_from(found, preposition, token, depth):
                return

    def _country_from(self, found: Identity, preposition: str, token: Token, depth: int) -> bool:
        match = self._matches.get(token.i)
        if match is not None and match.entry.role in {"country", "capital", "demonym"} and preposition in {"'s", *_PLACE_PREPOSITIONS}:
            found.country, rule = match.entry.country, match.entry.role
        elif token.i in self._places and preposition in {"'s", *_PLACE_PREPOSITIONS}:
            found.country, rule = self._places[token.i], "place"
        elif preposition in {"'s", "of", "for", "at"} and (inner := self._inner(token, depth)) is not None:
            found.country, rule = inner.country, "its organisation"
        else:
            return False
        found.country_basis = Basis(rule=rule, span=token.span)
        return found.country is not None

    def _owner(self, found: Identity) -> Token | None:
        """Return the word for another actor to whom this one belongs: "his commanders", "the Lopez government"."""
        if found.phrase.possessor is not None:
            return found.phrase.possessor
        if found.kind == "person" and found.name:
            return None
        own = next((t for t in found.phrase.core if t.tag == "PRP$"), None)
        if own is not None:
            return own
        proper = [t for t in found.phrase.core if t.tag[:3] == "NNP" and t.i < found.head.i and t.i not in self._matches]
        return proper[-1] if proper and not found.name else None

    def _set_term(self, found: Identity) -> None:
        """Take country and sector of the term that holds the document's year; after the last one a leader is ELI."""
        terms = found.terms
        year = self._year
        if year is None:
            return
        held = next((t for t in terms if t.first <= year <= t.last), None)
        term = held or max((t for t in terms if t.last < year), default=terms[0], key=lambda t: t.last)
        found.country = term.country
        if found.rank <= 2:
            found.sector = term.sector if held else ("ELI" if term.last < year else None)


def _from_dictionary(phrase: Phrase, match: Match) -> Identity:
    entry = match.entry
    kind: ActorKind = "person" if entry.role == "leader" else "organisation"
    basis = Basis(rule=f"dictionary: {entry.role}", span=_span(phrase, match), text=entry.name)
    found = Identity(phrase, kind, known=f"{entry.role} {entry.name}", country=entry.country, country_basis=basis)
    found.sector, found.rank, found.sector_basis = entry.sector, 2 if entry.role == "leader" else 4, basis
    found.terms = entry.terms
    found.name = tuple(t for t in phrase.core if match.first <= t.i < match.stop)
    return found


def _span(phrase: Phrase, match: Match) -> Span:
    inside = [t for t in phrase.core if match.first <= t.i < match.stop] or [phrase.head]
    return (inside[0].start, inside[-1].end)


def _is_initial(token: Token) -> bool:
    return len(token.text) == 2 and token.text[0].isupper() and token.text[1] == "."
