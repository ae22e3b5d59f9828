"""Which phrases and pronouns stand for one actor.

Names link by their last word, institutions and states by the dictionary,
definite nouns by their noun or sector to what was last spoken of; pronouns by
number, gender, grammatical role and nearness, within a paragraph and the one
before. What fits two actors equally well stays open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from byline import knowledge
from byline.coding.actors.evidence import Identity
from byline.coding.actors.lexicon import plain
from byline.language.parsed import Parsed, Token
from byline.records import Span

_LEXICON = knowledge.load("sectors.toml")
_BODIES, _ARMED = frozenset(_LEXICON["coreference"]["bodies"]), frozenset(_LEXICON["coreference"]["armed"])
_PERSON = {"he": "male", "him": "male", "his": "male", "himself": "male"}
_PERSON |= {"she": "female", "her": "female", "hers": "female", "herself": "female"}
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_THING = frozenset({"it", "its", "itself"})
FIRST_PERSON = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "myself", "ourselves"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_WINDOW = 24  # mentions looked back at for a pronoun or a definite noun
_FORCES = frozenset({"REB", "UAF", "MIL", "COP", "PRM"})
_SIDES = _FORCES | {"GOV", "OPP", "CRM"}  # whose bare plural goes on speaking of the same ones
_FAR = 3  # sentences between a pronoun and what it stands for
_BESIDE = 2  # rank of a sector that a word beside a leaning noun says
_CLEAR = 0.5  # weight by which the best candidate has to beat the next
_HOLDER = re.compile(r"(?<=\w)(?:man|woman|person)$")
_NO_NAME = frozenset({"-", "al", "el", "jr", "jr.", "sr.", "ii", "iii", "the", "'s", "'"})


@dataclass(slots=True, eq=False)
class Entity:
    """An actor as the reading goes on: what phrases said of it, and where it was mentioned."""

    number: int
    identities: list[Identity] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    country: str | None = None
    sector: str | None = None
    gender: str = ""
    kind: str = "unknown"

    def add(self, identity: Identity) -> None:
        """Take up what one more phrase says."""
        self.identities.append(identity)
        if identity.name:
            self.names.append(words_of(identity))
        if identity.noun:
            self.nouns.add(identity.noun)
        self.country = self.country or identity.country
        self.gender = self.gender or identity.gender
        if self.kind == "unknown" or (identity.name and identity.kind == "person"):
            self.kind = identity.kind
        best = max(self.identities, key=lambda i: i.rank)
        self.sector = best.sector

    @property
    def plural(self) -> bool:
        return any(i.plural for i in self.identities)


def words_of(identity: Identity) -> tuple[str, ...]:
    """Return the words of a name that tell it from others: no article, no "al-", no hyphens."""
    return tuple(w for t in identity.name if (w := plain(t.text)) not in _NO_NAME)


class _Said:
    """One mention, for looking back."""

    __slots__ = ("entity", "token")

    def __init__(self, entity: Entity, token: Token) -> None:
        self.entity, self.token = entity, token


class Discourse:
    """Reads mentions in text order and says which actor each one stands for."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self.entities: list[Entity] = []
        self._by_name: dict[str, list[Entity]] = {}
        self._by_key: dict[tuple[str, ...], Entity] = {}
        self._said: list[_Said] = []

    def enter(self, cluster: Iterable[Identity]) -> Entity | None:
        """Return the actor of phrases that stand for one, known before or new; None for the name of a place."""
        members = list(cluster)
        entity = next((e for i in members if (e := self._find(i)) is not None), None)
        if entity is None:
            if all(i.tentative for i in members):
                return None
            entity = Entity(len(self.entities))
            self.entities.append(entity)
        for identity in members:
            if not identity.by_surname or not any(len(n) > 1 for n in entity.names):
                self._register(entity, identity)
        return entity

    def say(self, entity: Entity, token: Token, span: Span) -> None:
        """Record that a word stands for an actor."""
        entity.spans.append(span)
        self._said.append(_Said(entity, token))

    def _register(self, entity: Entity, identity: Identity) -> None:
        entity.add(identity)
        for key in _keys(identity):
            self._by_key.setdefault(key, entity)
        if identity.name and not identity.known.startswith("state"):
            for word in set(words_of(identity)):
                found = self._by_name.setdefault(word, [])
                if entity not in found:
                    found.append(entity)

    def _find(self, identity: Identity) -> Entity | None:
        bearer = self._namesake(identity) if identity.by_surname else None
        if bearer is not None:
            return bearer
        for key in _keys(identity):
            if key in self._by_key:
                return self._by_key[key]
        if identity.name:
            return self._namesake(identity)
        if identity.kind == "state" or identity.counted:
            return None
        if identity.phrase.determiner in _DEFINITE:
            return self._definite(identity) or self._taken_up(identity)
        bare = identity.plural and len(identity.phrase.core) == 1 and not identity.phrase.determiner
        return self._definite(identity) if bare and identity.sector in _SIDES else None

    def _namesake(self, identity: Identity) -> Entity | None:
        words = words_of(identity)
        if not words:
            return None
        for entity in reversed(self._by_name.get(words[-1], [])[-_WINDOW:]):
            if _agree(entity, identity) and any(_same_person(words, n) for n in entity.names):
                return entity
        return self._abbreviated(identity, words)

    def _abbreviated(self, identity: Identity, words: tuple[str, ...]) -> Entity | None:
        """Link "FU" with the "Farmers' Union" before it."""
        short = identity.name[0].text
        if len(words) > 1 or not short.isupper() or len(short) == 1:
            return None
        for said in reversed(self._said[-_WINDOW:]):
            if any(len(n) > 1 and "".join(w[0] for w in n if w[0].isalpha()) == words[0] for n in said.entity.names):
                return said.entity
        return None

    def _definite(self, identity: Identity) -> Entity | None:
        """Return what "the army", "the minister", "the group" takes up."""
        last = _last_word(identity.noun)
        seen: set[int] = set()
        for said in reversed(self._said[-_WINDOW * 4 :]):
            entity = said.entity
            if entity.number in seen or not _compatible(entity, identity):
                continue
            seen.add(entity.number)
            if any(_last_word(n) == last for n in entity.nouns) and not _of_two_bodies(entity, identity):
                return entity
        return None

    def _taken_up(self, identity: Identity) -> Entity | None:
        """Return the last named body for "the group", the last armed group for "the gunmen"."""
        head = identity.head
        for said in reversed(self._said[-_WINDOW:]):
            entity = said.entity
            if self._distance(head, said.token) > 1 or not _compatible(entity, identity):
                continue
            bare = len(identity.phrase.core) == 1 and said.token.sentence < head.sentence
            kind = entity.kind == "organisation" or (entity.kind == "unknown" and bare)
            body = identity.noun in _BODIES and kind and entity.names
            if body and head.tag == "NN" and not _at_odds(entity, identity):
                return entity
            same = entity.sector == identity.sector or {entity.sector, identity.sector} <= _ARMED
            if same and identity.plural and entity.plural and identity.sector in _FORCES:
                return entity
        return None

    def _distance(self, later: Token, earlier: Token) -> int:
        """Return how many paragraphs lie between two words."""
        sentences = self._parsed.sentences
        return sentences[later.sentence].paragraph - sentences[earlier.sentence].paragraph

    def resolve(self, pronoun: Token, speaker: Entity | None) -> Entity | None:
        """Return the actor for which a personal pronoun stands, or None if that is open.

        ``speaker`` says the words in which the pronoun stands, if they are quoted.
        """
        word = pronoun.lower
        recent = self._said[-_WINDOW:]
        free = pronoun.tag == "PRP$" or "self" in word
        others = set() if free else {s.entity.number for s in recent if _same_clause(s.token, pronoun)}
        said = [s for s in recent if s.entity.number not in others and self._may_be(s, pronoun, speaker)]
        scores: dict[int, tuple[float, Entity]] = {}
        for place, one in enumerate(said):
            score = self._weight(one, pronoun) + place * 0.01
            if score > scores.get(one.entity.number, (float("-inf"), one.entity))[0]:
                scores[one.entity.number] = (score, one.entity)
        ranked = sorted(scores.values(), key=lambda s: -s[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
            return None
        entity = ranked[0][1]
        entity.gender = entity.gender or _PERSON.get(word, "")
        return entity

    def _may_be(self, said: _Said, pronoun: Token, speaker: Entity | None) -> bool:
        entity, token, word = said.entity, said.token, pronoun.lower
        if token.i >= pronoun.i or self._distance(pronoun, token) > 1 or pronoun.sentence - token.sentence > _FAR:
            return False
        if entity is speaker:
            return False
        if word in _PERSON:
            return entity.kind == "person" and not entity.plural and entity.gender in {"", _PERSON[word]}
        if word in _MANY:
            return entity.plural or entity.kind in {"group", "organisation"}
        body = entity.kind == "group" and token.tag in {"NN", "NNP"}
        thing = body or entity.kind in {"organisation", "state"} or (entity.kind == "unknown" and entity.names)
        return bool(word in _THING and thing and token.dep in {*_SUBJECT, "poss"})

    def _weight(self, said: _Said, pronoun: Token) -> float:
        token, entity = said.token, said.entity
        apart = pronoun.sentence - token.sentence
        weight = -1.0 * apart - self._distance(pronoun, token)
        weight += 2.0 * (token.dep in _SUBJECT) + 0.5 * (token.dep == "dobj")
        weight += 0.5 * (pronoun.dep in _SUBJECT and token.dep in _SUBJECT)
        weight += 0.6 * (pronoun.tag == "PRP$" and _is_of_its_clause(token, pronoun))
        weight += 1.0 * _governs(token, pronoun)
        weight += 0.6 * bool(entity.gender and pronoun.lower in _PERSON) + 0.4 * (len(entity.spans) > 1)
        weight += 1.0 * (pronoun.lower in _MANY and entity.plural) + 0.6 * bool(
            entity.names and pronoun.lower in _PERSON
        )
        return weight - 1.0 * (token.dep == "poss" and pronoun.tag != "PRP$")


def _last_word(noun: str) -> str:
    """Return the word by which a description is taken up, whoever holds the office: "spokesman", "spokesperson"."""
    return _HOLDER.sub("", noun.rsplit(" ", 1)[-1])


def _governs(subject: Token, pronoun: Token) -> bool:
    """Whether what a subject says, thinks or wants has the pronoun for its subject: "Ali said he would go"."""
    clause = pronoun.head
    inside = pronoun.dep in _SUBJECT and clause.dep in {"ccomp", "xcomp", "advcl"}
    return inside and subject.dep in _SUBJECT and subject.head is clause.head


def _is_of_its_clause(subject: Token, pronoun: Token) -> bool:
    """Whether a possessive stands in the clause of a subject: "the army will stop its raids"."""
    verb = next((t for t in pronoun.ancestors() if t.is_verb), None)
    return verb is not None and subject.dep in _SUBJECT and subject.head is verb


def _same_clause(token: Token, pronoun: Token) -> bool:
    """Whether both depend on one verb: then they are two ("Ali hit him")."""
    above = pronoun.head.head if pronoun.head.dep in {"prep", "agent", "dative"} else pronoun.head
    if token.head is above and above is not token:
        return True
    while pronoun.dep not in _SUBJECT and above.dep == "conj" and above.child(*_SUBJECT) is None:
        above = above.head  # "Ali pushed Ben and hit him": Ali is the subject of both
    return token.dep in _SUBJECT and token.head is above


def _keys(identity: Identity) -> list[tuple[str, ...]]:
    """Return what makes two mentions one actor whatever stands between them."""
    if identity.known:
        return [(identity.known,)]
    if identity.name:
        return [("name", *words_of(identity))] if identity.kind != "person" else []
    counted = identity.counted or any(t.pos == "NUM" for t in identity.phrase.core)
    if identity.noun and identity.country and not counted and (identity.plural or identity.kind == "organisation"):
        specific = " ".join(plain(t.text) for t in identity.phrase.core)
        return [("noun", identity.country, identity.noun, specific)]
    return []


def _agree(entity: Entity, identity: Identity) -> bool:
    """Whether two namesakes can be one."""
    kinds = {entity.kind, identity.kind}
    surname = entity.kind == "person" and _is_bare_name(identity)
    if "person" in kinds and kinds & {"organisation", "group", "state"} and not surname:
        return False
    if entity.gender and identity.gender and entity.gender != identity.gender:
        return False
    if identity.by_surname:  # whose country is the leader's, not what the text says
        return True
    return not (entity.country and identity.country and entity.country != identity.country)


def _is_bare_name(identity: Identity) -> bool:
    """Whether all that is said of somebody is one name, which the recogniser takes for a body's: "Tarsk said"."""
    bare = len(identity.phrase.core) == 1 and not identity.phrase.determiner
    return identity.kind == "organisation" and bare and not identity.known and not identity.noun


def _compatible(entity: Entity, identity: Identity) -> bool:
    """Whether a definite noun can take up an actor: number, person or thing, country."""
    if (entity.kind == "person") != (identity.kind == "person") or entity.kind == "state":
        return False
    if identity.head.tag == "NNS" and not entity.plural and entity.kind != "group":
        return False
    return not (entity.country and identity.country and entity.country != identity.country)


def _at_odds(entity: Entity, identity: Identity) -> bool:
    """Whether the words of each say another sector: "the company" is no union, "the court" no company."""
    said = {i.sector for i in entity.identities if i.rank > 0} - {None}
    return bool(said) and identity.sector is not None and not identity.leaning and identity.sector not in said


def _of_two_bodies(entity: Entity, identity: Identity) -> bool:
    """Whether the words beside a noun say two sectors: "the police spokesman", "the army spokesman"."""
    said = {i.sector for i in entity.identities if i.rank >= _BESIDE} - {None}
    return identity.rank == _BESIDE and bool(said) and identity.sector not in said


def _same_person(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether one name shortens the other: last words equal, first names not at odds."""
    if not words or not name or words[-1] != name[-1]:
        return False
    if len(words) == 1 or len(name) == 1:
        return True
    first, other = words[0].rstrip("."), name[0].rstrip(".")
    return (
        first == other
        or (first[0] == other[0] and 1 in {len(first), len(other)})
        or set(words) <= set(name)
        or set(name) <= set(words)
    )
