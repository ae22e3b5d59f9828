"""Parsed document → its actors: one entry a real actor, every mention, country and sector, and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from byline.coding.actors.acting import is_act, is_address, is_house, state_acts
from byline.coding.actors.apposition import links
from byline.coding.actors.casting import actor_of
from byline.coding.actors.coreference import FIRST_PERSON, Discourse, Entity
from byline.coding.actors.evidence import Evidence, Identity
from byline.coding.actors.identity import Reader
from byline.coding.actors.mentions import Phrase, extent, mention_of, part_of
from byline.coding.actors.naming import find_matches, find_phrases, is_bound, without_namesakes
from byline.coding.actors.story import Story
from byline.language.parsed import Parsed, Token
from byline.records import Actor, Mention, Toponym

_PRONOUNS = frozenset({"PRP", "PRP$"})
_RELATIVES = frozenset({"WP", "WDT", "WP$"})
_CLAUSES = 4  # clauses between a relative pronoun and the noun that it stands for
_SHORT = 4  # tokens of a sentence that is no more than a name


class Cast:
    """The actors of a document and the words that stand for them.

    ``tokens``: which actor a word stands for, by its number; ``shared``: see `sharing`.
    """

    def __init__(
        self, parsed: Parsed, actors: list[Actor], tokens: dict[int, str], sharing: dict[int, list[Token]]
    ) -> None:
        self._parsed, self.actors, self.tokens, self.shared = parsed, actors, tokens, sharing

    def at(self, token: Token) -> str | None:
        """Return the id of the actor for which a word stands: a mention's head or a word of its core."""
        return self.tokens.get(token.i)

    def actor(self, token: Token) -> Actor | None:
        """Return the actor for which a word stands."""
        return self._by_id.get(self.tokens.get(token.i, ""))

    def nouns(self, token: Token) -> list[Token]:
        """Return the common nouns of all mentions of the actor for which a word stands: "minister" of "she"."""
        return self._nouns.get(self.tokens.get(token.i, ""), [])

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {a.id: a for a in self.actors}

    @cached_property
    def _nouns(self) -> dict[str, list[Token]]:
        found: dict[str, list[Token]] = {}
        for index, actor in self.tokens.items():
            if self._parsed.tokens[index].pos == "NOUN":
                found.setdefault(actor, []).append(self._parsed.tokens[index])
        return found

    def sharing(self, head: Token) -> tuple[Token, ...]:
        """Return the words that stand for actors of their own before a head noun: "US" in "US and British troops"."""
        return tuple(self.shared.get(head.i, ()))

    def joined_by(self, actors: list[Actor], tokens: Mapping[int, str]) -> "Cast":
        """Return a cast with further actors, and the words that stand for them by token index."""
        return Cast(self._parsed, [*self.actors, *actors], {**self.tokens, **tokens}, self.shared)

    def mention(self, token: Token) -> Mention:
        """Return the noun phrase of a head word, with the actor's id if it stands for one."""
        return mention_of(self._parsed, token, self.at(token))


def find_actors(parsed: Parsed, toponyms: Sequence[Toponym] = (), speakers: Mapping[int, Token] | None = None) -> Cast:
    """Return the cast of a document.

    ``toponyms`` lend their countries to actors named after places. ``speakers``
    maps the index of a token inside a quotation to the head word of its source:
    "we" and "I" there stand for the source, "he" and "they" for others.
    """
    return _Reading(parsed, toponyms, speakers or {}).cast()


def _countries_of(toponyms: Sequence[Toponym], parsed: Parsed) -> dict[int, str]:
    """Return the countries of places by token index, where the places say whose somebody is."""
    found: dict[int, str] = {}
    for place in toponyms:
        tokens = parsed.covering(place.span)
        if place.country and tokens and not is_bound(tokens[0].i, tokens[-1].i + 1, parsed.tokens):
            found.update((t.i, place.country) for t in tokens)
    return found


class _Reading:
    """One document on its way from phrases to a cast."""

    def __init__(self, parsed: Parsed, toponyms: Sequence[Toponym], speakers: Mapping[int, Token]) -> None:
        self._parsed, self._tokens, self._speakers = parsed, parsed.tokens, speakers
        places = _countries_of(toponyms, parsed)
        self._matches = without_namesakes(find_matches(parsed), places)
        self._phrases = find_phrases(self._tokens, self._matches)
        published = parsed.document.published
        year = date.fromisoformat(published.start).year if published else None
        self._evidence = Evidence(self._matches, places, self._phrases, year)
        self._reader = Reader(self._evidence)
        self._discourse = Discourse(parsed)
        self._entity_at: dict[int, Entity] = {}
        self._sharing: dict[int, list[Token]] = {}

    def cast(self) -> Cast:
        """Enter clusters of phrases and pronouns in text order, then say who everyone is."""
        identities = self._identities()
        clusters = self._clusters(identities)
        entered: set[int] = set()
        for token in self._tokens:
            if token.i in identities:
                if token.i not in entered:
                    self._enter([identities[i] for i in sorted(clusters[token.i])])
                    entered.update(clusters[token.i])
            elif token.tag in _RELATIVES:
                self._say(token, self._antecedent(token))
            elif token.tag in _PRONOUNS and token.lower not in FIRST_PERSON:
                self._say(token, self._discourse.resolve(token, self._speaker(token)))
        for token in self._tokens:
            if token.lower in FIRST_PERSON and token.tag in _PRONOUNS:
                self._say(token, self._speaker(token))
        return self._finished()

    def _speaker(self, token: Token) -> Entity | None:
        source = self._speakers.get(token.i)
        return self._entity_at.get(source.i) if source is not None else None

    def _identities(self) -> dict[int, Identity]:
        """Read every phrase; one within another's name or measure is none of its own."""
        found: dict[int, Identity] = {}
        covered: set[int] = set()
        for index, phrase in self._phrases.items():
            identity = self._identity(phrase) if index not in covered else None
            if identity is None:
                continue
            for part in self._reader.parts(identity):
                found[part.head.i] = part
                self._sharing.setdefault(identity.head.i, []).append(part.head)
            found[identity.head.i] = identity
            covered.update(t.i for t in (*identity.phrase.core, *identity.name) if t.i != identity.head.i)
            covered.update(self._measured(phrase))
        return found

    def _identity(self, phrase: Phrase) -> Identity | None:
        identity = self._reader.read(phrase)
        if identity is not None and identity.kind == "state":
            alone = len(self._parsed.sentence_of(phrase.head).tokens) <= _SHORT
            acts = state_acts(phrase.head, self._matches, alone=alone)
            identity = identity if acts and not is_address(phrase, self._tokens, self._matches) else None
        elif identity is not None and not identity.name and is_house(identity.noun, phrase.head):
            return None
        return identity or self._doer(phrase)

    def _doer(self, phrase: Phrase) -> Identity | None:
        """Read the actor before a noun that says what it does: "police raid", "the Israeli attack"."""
        if not is_act(phrase.head):
            return None
        for token in reversed(phrase.core[:-1]):
            match = self._matches.get(token.i)
            if match is None or match.stop != token.i + 1 or match.entry.role == "modifier" or token.head.i < token.i:
                continue
            identity = self._reader.read(part_of(phrase, token))
            if identity is not None:
                return identity
        return None

    def _measured(self, phrase: Phrase) -> list[int]:
        """Return the nouns that a phrase counts: the residents in "hundreds of residents"."""
        if not self._reader.measures(phrase):
            return []
        inner = [n for p, n in phrase.complements if p == "of"]
        return [i for n in inner for i in (n.i, *(self._measured(self._phrases[n.i]) if n.i in self._phrases else ()))]

    def _clusters(self, identities: dict[int, Identity]) -> dict[int, list[int]]:
        """Return for each phrase the phrases that stand for the same actor by apposition or copula."""
        clusters = {i: [i] for i in identities}
        for one, other in links(identities, self._tokens):
            small, large = sorted((clusters[one], clusters[other]), key=len)
            if small is not large:
                large.extend(small)
                clusters.update((i, large) for i in small)
        return clusters

    def _enter(self, members: list[Identity]) -> None:
        entity = self._discourse.enter(members)
        if entity is None:
            return
        for member in members:
            phrase = member.phrase
            self._discourse.say(entity, phrase.head, extent(phrase, self._tokens))
            self._entity_at[phrase.head.i] = entity
            for index in (*(t.i for t in phrase.core), *(self._measured(phrase) if member.plural else ())):
                self._entity_at.setdefault(index, entity)

    def _say(self, pronoun: Token, entity: Entity | None) -> None:
        if entity is not None:
            self._entity_at[pronoun.i] = entity
            self._discourse.say(entity, pronoun, pronoun.span)

    def _antecedent(self, pronoun: Token) -> Entity | None:
        """Return the actor of the noun on which the pronoun's relative clause hangs."""
        clause = pronoun.head
        for _ in range(_CLAUSES):
            if clause.dep in {"relcl", "acl"}:
                return self._entity_at.get(clause.head.i)
            clause = clause.head
        return None

    def _finished(self) -> Cast:
        """Return the cast: actors numbered, those who own others settled before these."""
        story = Story(self._evidence)
        entities = self._discourse.entities
        numbers = {e.number: f"a{n}" for n, e in enumerate(entities, 1)}
        actors = [actor_of(e, numbers[e.number], self._parsed, story, self._owner(e)) for e in entities]
        return Cast(self._parsed, actors, {i: numbers[e.number] for i, e in self._entity_at.items()}, self._sharing)

    def _owner(self, entity: Entity) -> Entity | None:
        for identity in entity.identities:
            owner = self._entity_at.get(identity.owner.i) if identity.owner is not None else None
            if owner is not None and owner is not entity:
                return owner
        return None
