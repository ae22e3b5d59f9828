"""Who a noun phrase is: kind, name, country and PLOVER sector, by its own words."""

from dataclasses import replace

from byline import knowledge
from byline.coding.actors.acting import is_inside
from byline.coding.actors.evidence import Evidence, Identity, Inner
from byline.coding.actors.lexicon import Entry, Match, plain
from byline.coding.actors.mentions import Phrase, part_of
from byline.coding.actors.nationality import owner_of, set_country, take_country
from byline.coding.actors.person_names import is_surname, is_title_case, leader_named, name_of, organisation_name
from byline.coding.actors.sectors import set_sector, settle_sector, take
from byline.language.parsed import PLACE_LABELS, Token
from byline.records import ActorKind, Basis

_WORDS = knowledge.load("sectors.toml")["words"]
_MEASURES, _THIN, _ABSTRACT, _NEVER = (frozenset(_WORDS[k]) for k in ("measures", "thin", "abstract", "never"))
_FIRST_NAMES = knowledge.load("first_names.toml")
_GENDER = {name: gender for gender in ("male", "female") for name in _FIRST_NAMES[gender]}
_KINDS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation"}
_COLLECTIVE = ("sh", "ch", "ese", "ss", "men", "women", "s")
_PEOPLE = frozenset({"person", "office"})
_INDEFINITE = frozenset({"somebody", "someone", "anybody", "anyone", "nobody", "everybody", "everyone", "noone"})
_DEEPEST = 3  # phrases read within phrases: "the leader of the union of workers of ..."
_LEANS = 2  # rank of a sector that a word beside the noun gives


class Reader:
    """Reads identities off phrases, each once."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._read: dict[int, Identity | None] = {}

    def read(self, phrase: Phrase, depth: int = 0) -> Identity | None:
        """Return who the phrase is, or None if it names or describes no actor."""
        if phrase.determiner == "no" or phrase.head.lower in _INDEFINITE:
            return None
        known = self._evidence.phrases.get(phrase.head.i) is phrase
        if known and phrase.head.i in self._read:
            return self._read[phrase.head.i]
        found = self._identify(phrase, depth)
        if known:
            self._read[phrase.head.i] = found
        return found

    def _inner(self, depth: int) -> Inner:
        def read(token: Token) -> Identity | None:
            phrase = self._evidence.phrases.get(token.i)
            return self.read(phrase, depth + 1) if phrase is not None and depth < _DEEPEST else None

        return read

    def _identify(self, phrase: Phrase, depth: int) -> Identity | None:
        match = self._evidence.matches.get(phrase.head.i)
        role = match.entry.role if match is not None else ""
        inner = self._inner(depth)
        if role in {"", "noun", "modifier"} and _counts(phrase):
            counted = self._counted(phrase, inner)
            if counted is not None:
                return counted
        if (
            match is None
            or role in {"modifier", "title"}
            or (role == "noun" and is_surname(phrase, match, self._evidence))
        ):
            found = self._named(phrase, inner)
        elif role in {"organisation", "leader"}:
            found = self._from_dictionary(phrase, match, inner)
        elif role in {"country", "capital", "demonym"}:
            found = self._national(phrase, match)
        else:
            found = self._described(phrase, match, inner)
        return self._completed(found, inner) if found is not None else None

    def _completed(self, found: Identity, inner: Inner) -> Identity:
        """Add country and owner."""
        if found.country is None and found.kind != "state" and not found.known.startswith("organisation"):
            set_country(found, self._evidence, inner)
        settle_sector(found)
        if found.kind == "person" and len(found.name) > 1:
            found.gender = found.gender or _GENDER.get(found.name[0].lower, "")
        found.owner = owner_of(found, self._evidence)
        return found

    def measures(self, phrase: Phrase) -> bool:
        """Whether the phrase only counts those who stand behind "of": "hundreds of residents"."""
        return _counts(phrase) and self._counted(phrase, self._inner(0)) is not None

    def _counted(self, phrase: Phrase, inner: Inner) -> Identity | None:
        """Read "hundreds of residents" as residents."""
        of = next((n for p, n in phrase.complements if p == "of"), None)
        found = inner(of) if of is not None else None
        if found is None or found.kind == "state":
            return None
        return replace(
            found, phrase=phrase, plural=True, counted=True, kind="group" if found.kind == "person" else found.kind
        )

    def parts(self, identity: Identity) -> list[Identity]:
        """Return those who share a noun with others: the Hungarians in "Hungarian and Romanian officials"."""
        phrase = identity.phrase
        if not identity.plural or identity.name or not any(t.dep == "cc" for t in phrase.core):
            return []
        nations = [m for m in self._evidence.before(phrase, phrase.head.i) if m.entry.country]
        found = []
        for match in nations[:-1]:
            last = next(t for t in reversed(phrase.core) if t.i < match.stop)
            part = replace(identity, phrase=part_of(phrase, last))
            take_country(part, phrase, match)
            found.append(part)
        return found

    def _named(self, phrase: Phrase, inner: Inner) -> Identity | None:
        """Read a proper name by title, by surname of a leader, by the recogniser's label."""
        name = name_of(phrase, self._evidence)
        if not name or name[-1].lower in _NEVER:
            return None
        before = [m for m in self._evidence.before(phrase, name[0].i) if m.entry.role in {"noun", "title"}]
        title, label = before[-1] if before else None, name[-1].entity or name[0].entity
        leader = leader_named(name, title, label, self._evidence.year)
        if leader is not None:
            return self._entered(phrase, leader, name, title, inner)
        if label == "ORG" and phrase.determiner == "the" and title is not None:
            name, title = tuple(t for t in phrase.core if t.pos == "PROPN"), None
        if title is not None and title.stop >= name[0].i - 1 and (title.entry.form in _PEOPLE or label == "PERSON"):
            return self._titled(phrase, name, title, inner)
        if len(name) > 1 and name[0].lower in _GENDER and label in {"", "ORG", "GPE"}:
            label = "PERSON"
        kind = _KINDS.get(label, "unknown")
        river = kind != "organisation" and phrase.determiner == "the" and len(name) == 1
        inside = kind != "organisation" and len(name) == 1 and is_inside(phrase.head)
        tentative = river or inside or label in PLACE_LABELS or any(t.i in self._evidence.places for t in name)
        named = kind != "unknown" or label == "" or (tentative and len(name) == 1)
        return Identity(phrase, kind, name=name, tentative=tentative) if named else None

    def _titled(self, phrase: Phrase, name: tuple[Token, ...], title: Match, inner: Inner) -> Identity:
        """Read "Minister Ana Ruiz", and "union Ana Ruiz" in "leader of the union Ana Ruiz"."""
        found = Identity(phrase, "person", name=name)
        if title.entry.form in _PEOPLE:
            found.noun = title.entry.name if title.entry.role == "noun" else ""
            set_sector(found, title, self._evidence, inner)
        else:
            take(found, title, _LEANS)
        return found

    def _from_dictionary(self, phrase: Phrase, match: Match, inner: Inner) -> Identity:
        name = tuple(t for t in phrase.core if match.first <= t.i < match.stop)
        before = self._evidence.before(phrase, match.first)
        title = next((m for m in reversed(before) if m.entry.role == "noun" and m.entry.form in _PEOPLE), None)
        return self._entered(phrase, match.entry, name, title, inner)

    def _entered(
        self, phrase: Phrase, entry: Entry, name: tuple[Token, ...], title: Match | None, inner: Inner
    ) -> Identity:
        """Read an institution or leader; a title in the text outweighs the years in the dictionary."""
        kind: ActorKind = "person" if entry.role == "leader" else "organisation"
        found = Identity(phrase, kind, name=name, known=f"{entry.role} {entry.name}")
        basis = Basis(rule=f"dictionary: {entry.role}", span=(name[0].start, name[-1].end), text=entry.name)
        found.country, found.country_basis, found.sector_basis = entry.country, basis, basis
        found.sector, found.rank = entry.sector, 4
        if entry.role == "leader":
            found.rank = _LEANS
            found.country, found.sector = _in_office(entry, self._evidence.year)
            if title is not None and title.entry.role == "noun":
                found.noun = title.entry.name
                set_sector(found, title, self._evidence, inner)
        return found

    def _national(self, phrase: Phrase, match: Match) -> Identity:
        entry = match.entry
        found = Identity(phrase, "state", known=f"state {entry.country}")
        take_country(found, phrase, match)
        if entry.role == "capital":
            found.sector, found.rank, found.sector_basis = "GOV", 1, found.country_basis
        if entry.role == "demonym" and phrase.head.tag[:2] == "NN":
            self._people(found, match)
        return found

    def _people(self, found: Identity, match: Match) -> None:
        """Read "Iraqis" and "two Russians" as civilians; "the Russians" may be the people or the state.

        "Bosnian Serbs" are of the first country, "ethnic Albanians" of neither.
        """
        phrase, head = found.phrase, found.head
        nation = self._evidence.nation(phrase, match.first)
        if any(plain(t.text) == "ethnic" for t in phrase.core):
            found.country = found.country_basis = None
        elif nation is not None and match.entry.country != "CYP" and not any(t.dep == "cc" for t in phrase.core):
            take_country(found, phrase, nation)
        found.plural = head.tag in {"NNS", "NNPS"} or head.lower.endswith(_COLLECTIVE)
        found.kind, found.known, found.noun = "group" if found.plural else "person", "", f"people: {match.entry.name}"
        if phrase.determiner != "the" or len(phrase.core) > 1:
            found.sector, found.rank, found.sector_basis = "CVL", 1, Basis(rule="people", span=head.span)

    def _described(self, phrase: Phrase, match: Match, inner: Inner) -> Identity | None:
        """Read a common noun, with the name behind it or around it."""
        entry, head = match.entry, phrase.head
        plural = head.tag in {"NNS", "NNPS"} or entry.form == "group"
        kind: ActorKind = "group" if plural else "organisation" if entry.form == "organisation" else "person"
        found = Identity(phrase, kind, noun=entry.name, plural=plural)
        name = tuple(t for t in phrase.core if t.i >= match.stop and t.entity != "DATE")
        known = self._evidence.matches.get(name[0].i) if name else None
        if known is not None and known.entry.role in {"organisation", "leader"}:
            return self._from_dictionary(phrase, known, inner)
        if name and kind == "organisation" and name[-1].entity == "PERSON":
            found.phrase = phrase._replace(stop=match.stop, core=tuple(t for t in phrase.core if t.i < match.stop))
        elif name:
            found.name = name
        elif head.tag in {"NNP", "NNPS"} and entry.form not in _PEOPLE:
            found.name = organisation_name(phrase, match, self._evidence)
            if found.name and head.tag == "NNP":
                found.kind, found.plural = "organisation", False
        elif entry.form == "person" and not plural and is_title_case(phrase):
            return Identity(phrase, "unknown", name=phrase.core)
        elif head.tag == "NNP" and not plural and phrase.determiner == "the" and entry.form == "person":
            found.kind = "organisation"  # "the Regional Guard"
            found.name = organisation_name(phrase, match, self._evidence)
        set_sector(found, match, self._evidence, inner)
        if entry.role == "hardware" and found.name and not self._is_force(phrase):
            found.sector, found.rank = "UAF", 1  # "the Free Column": armed, nobody says whose
        if entry.name in _THIN and not found.name and _is_short_name(phrase):
            tentative = head.entity != "ORG"  # "the Column" of the Free Column
            return Identity(phrase, "organisation", name=phrase.core, tentative=tentative)
        return found if found.name or self._is_somebody(found, entry) else None

    def _is_force(self, phrase: Phrase) -> bool:
        """Whether a column, ship or convoy is a country's or an army's."""
        before = self._evidence.before(phrase, phrase.head.i)
        return any(m.entry.country or m.entry.sector == "MIL" for m in before)

    def _is_somebody(self, found: Identity, entry: Entry) -> bool:
        """Whether a noun that may mean a thing or an idea means people: "the opposition", not "opposition to it"."""
        phrase = found.phrase
        before = self._evidence.before(phrase, phrase.head.i)
        owned = phrase.possessor is not None or any(m.entry.country for m in before)
        if entry.role == "hardware":
            return self._is_force(phrase)
        if found.noun in _THIN and (found.sector is None or _is_bare(phrase)):
            return False
        if found.noun not in _ABSTRACT or found.rank == _LEANS:
            return True
        of_a_thing = any(p in {"to", "of", "for"} and n.i not in self._evidence.matches for p, n in phrase.complements)
        return not of_a_thing and (owned or phrase.determiner not in {"", "a", "an"})


def _is_bare(phrase: Phrase) -> bool:
    """Whether a singular noun stands by itself: "by force"."""
    return len(phrase.core) == 1 and not phrase.determiner and phrase.possessor is None and phrase.head.tag == "NN"


def _is_short_name(phrase: Phrase) -> bool:
    head = phrase.head
    return len(phrase.core) == 1 and phrase.determiner == "the" and head.text[0].isupper() and head.tag[:3] == "NNP"


def _counts(phrase: Phrase) -> bool:
    return phrase.head.lemma in _MEASURES or phrase.head.lower in _MEASURES


def _in_office(entry: Entry, year: int | None) -> tuple[str | None, str | None]:
    """Return country and sector of the term that holds the year; later a leader is ELI."""
    if year is None:
        return entry.country, entry.sector
    held = next((t for t in entry.terms if t.first <= year <= t.last), None)
    if held is not None:
        return held.country, held.sector
    past = [t for t in entry.terms if t.last < year]
    return (past[-1].country, "ELI") if past else (entry.terms[0].country, None)
