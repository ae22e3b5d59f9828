"""Parsed document → its actors: one entry a real actor, every mention, country and sector, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from byline import knowledge
from byline.coding.actor_lexicon import Match, lexicon
from byline.coding.coreference import Discourse, Entity
from byline.coding.identity import Identity, Reader
from byline.coding.mentions import Phrase, extent, is_head, mention_of, part_of, phrase_of
from byline.language.parsed import Parsed, Token
from byline.records import Actor, ActorKind, Basis, Mention, Toponym

_LEXICON = knowledge.load("sectors.toml")
_IN_COUNTRY, _IN_CAPITAL, _ADDRESSED, _TOWN = (
    frozenset(_LEXICON["places"][k]) for k in ("country", "capital", "addressed", "town")
)
_ACTS, _NO_ACTS = frozenset(_LEXICON["acts"]["nouns"]), frozenset(_LEXICON["acts"]["not"])
_ACT_ENDINGS: tuple[str, ...] = tuple(_LEXICON["acts"]["endings"])
_ANYWHERE = frozenset(_LEXICON["coreference"]["anywhere"])
_PRONOUNS = frozenset({"PRP", "PRP$"})
_RELATIVES = frozenset({"WP", "WDT", "WP$"})
_MOST = 0.6  # share of the country mentions that makes one country the story's


class Cast:
    """The actors of a document and the words that stand for them."""

    def __init__(self, parsed: Parsed, actors: list[Actor], tokens: dict[int, str]) -> None:
        self._parsed, self.actors, self._tokens = parsed, actors, tokens

    def at(self, token: Token) -> str | None:
        """Return the id of the actor for which a word stands: a mention's head or a word of its core."""
        return self._tokens.get(token.i)

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


class _Reading:
    """One document on its way from phrases to a cast."""

    def __init__(self, parsed: Parsed, toponyms: Sequence[Toponym], speakers: Mapping[int, Token]) -> None:
        self._parsed, self._tokens, self._speakers = parsed, parsed.tokens, speakers
        self._matches: dict[int, Match] = {}
        for sentence in parsed.sentences:
            for match in lexicon().matches(sentence.tokens):
                if _is_fit(match, self._tokens):
                    self._matches.update((i, match) for i in range(match.first, match.stop))
        self._places = _places(parsed, toponyms)
        self._phrases = {t.i: p for t in self._tokens if is_head(t) for p in (self._phrase(t),) if p is not None}
        published = parsed.document.published
        self._reader = Reader(self._matches, self._places, self._phrases, published.start if published else None)
        self._discourse = Discourse(parsed)
        self._entity_at: dict[int, Entity] = {}

    def _phrase(self, head: Token) -> Phrase | None:
        """Return the phrase of a head; a name of the dictionary is one word, whatever the parser made of it."""
        match = self._matches.get(head.i)
        if match is not None and match.entry.role == "noun" and head.i < match.stop - 1:
            return None
        phrase = phrase_of(head, self._tokens)
        if match is None or match.entry.role not in {"organisation", "leader", "country", "capital"}:
            return phrase
        if any(self._tokens[i].head.i >= match.stop or self._tokens[i].head.i < match.first for i in range(match.first, head.i)):
            if any(is_head(self._tokens[i]) and self._outside(i, match) for i in range(match.first, head.i)):
                return None
        first, stop = min(phrase.first, match.first), max(phrase.stop, match.stop)
        core = {t.i: t for t in (*phrase.core, *self._tokens[match.first : match.stop])}
        complements = tuple((p, n) for p, n in phrase.complements if n.i >= match.stop)
        possessor = phrase.possessor
        if possessor is not None and possessor.i >= match.first:
            possessor = None
        return Phrase(head, first, stop, tuple(core[i] for i in sorted(core)), possessor, complements)

    def _outside(self, index: int, match: Match) -> bool:
        head = self._tokens[index].head
        return not match.first <= head.i < match.stop or head.i == index

    def cast(self) -> Cast:
        """Enter clusters of phrases and pronouns in text order, then say who everyone is."""
        identities = self._identities()
        clusters = self._clusters(identities)
        entered: set[int] = set()
        for token in self._tokens:
            if token.i in identities and token.i not in entered:
                members = [identities[i] for i in clusters[token.i]]
                entity = self._discourse.enter(members)
                entered.update(clusters[token.i])
                for member in members:
                    self._mark(entity, member)
            elif token.tag in _PRONOUNS or token.tag in _RELATIVES:
                self._pronoun(token)
        return self._finish()

    def _mark(self, entity: Entity, identity: Identity) -> None:
        phrase = identity.phrase
        self._discourse.say(entity, phrase.head, extent(phrase, self._tokens))
        self._entity_at[phrase.head.i] = entity
        for token in phrase.core:
            self._entity_at.setdefault(token.i, entity)
        for preposition, noun in phrase.complements:
            if preposition == "of" and identity.plural and noun.i not in self._entity_at and phrase.head.i != noun.i:
                if self._reader.measures(phrase):
                    self._entity_at[noun.i] = entity

    def _identities(self) -> dict[int, Identity]:
        """Read every phrase; a phrase within another's name or measure is not one of its own."""
        found: dict[int, Identity] = {}
        covered: set[int] = set()
        for index, phrase in self._phrases.items():
            if index in covered:
                continue
            identity = self._reader.read(phrase)
            if identity is None or (identity.kind == "state" and not self._acts(identity)):
                identity = self._modifier(phrase)
            if identity is None:
                continue
            found[identity.head.i] = identity
            covered.update(t.i for t in identity.phrase.core if t.i != identity.head.i)
            if self._reader.measures(phrase):
                covered.update(n.i for p, n in phrase.complements if p == "of")
        return found

    def _modifier(self, phrase: Phrase) -> Identity | None:
        """Read the actor before a noun that says what it does: "police raid", "the Israeli attack"."""
        noun = phrase.head
        if not _is_act(noun):
            return None
        for token in reversed(phrase.core[:-1]):
            match = self._matches.get(token.i)
            if match is None or match.stop != token.i + 1 or match.entry.role == "modifier" or token.head.i < token.i:
                continue
            identity = self._reader.read(part_of(phrase, token))
            if identity is not None:
                return identity
        return None

    def _acts(self, identity: Identity) -> bool:
        """Whether the name of a country or capital is an actor where it stands."""
        head, match = identity.head, self._matches[identity.head.i]
        if head.dep in {"appos", "npadvmod", "ROOT", "dep"} and len(self._parsed.sentences[head.sentence].tokens) > 4:
            return False
        word = head.head.lower if head.dep == "pobj" else ""
        if match.entry.role != "capital":
            return word not in _IN_COUNTRY
        if head.dep in {"dobj", "nsubjpass", "dative"}:
            return head.head.lemma in _ADDRESSED
        if head.dep == "nsubj":
            return head.head.lemma not in _TOWN
        return word not in _IN_CAPITAL and (head.dep != "conj" or self._joined_actor(head))

    def _joined_actor(self, head: Token) -> bool:
        return head.head.dep in {"nsubj", "pobj"} and (head.head.i in self._matches)

    def _clusters(self, identities: dict[int, Identity]) -> dict[int, list[int]]:
        """Return for each phrase the phrases that stand for the same actor by apposition or copula."""
        clusters = {i: [i] for i in identities}
        for one, other in _links(identities, self._tokens):
            if clusters[one] is not clusters[other]:
                joined = sorted([*clusters[one], *clusters[other]])
                for index in joined:
                    clusters[index] = joined
        return clusters

    def _pronoun(self, token: Token) -> None:
        if token.tag in _RELATIVES:
            entity = self._antecedent(token)
        else:
            sources = {token.i: self._entity_at[s.i]} if (s := self._speakers.get(token.i)) and s.i in self._entity_at else {}
            entity = self._discourse.resolve(token, sources)
        if entity is not None:
            self._entity_at[token.i] = entity
            self._discourse.say(entity, token, token.span)

    def _antecedent(self, pronoun: Token) -> Entity | None:
        clause = pronoun.head
        for _ in range(4):
            if clause.dep in {"relcl", "acl"}:
                return self._entity_at.get(clause.head.i)
            clause = clause.head
        return None

    def _finish(self) -> Cast:
        """Give each actor what it has from its owner and from the story, and number them."""
        story = _Story(self._matches, self._places)
        order = {e.number: f"a{n}" for n, e in enumerate(self._discourse.entities, 1)}
        actors = [self._actor(e, order[e.number], story) for e in self._discourse.entities]
        return Cast(self._parsed, actors, {i: order[e.number] for i, e in self._entity_at.items()})

    def _actor(self, entity: Entity, number: str, story: "_Story") -> Actor:
        best = max(entity.identities, key=lambda i: i.rank)
        sector, basis = _settled_sector(entity, best)
        country = next((i for i in entity.identities if i.country), None)
        code, why = (country.country, country.country_basis) if country is not None else (None, None)
        owner = self._owner(entity)
        if owner is not None:
            if code is None and owner.country:
                code, why = owner.country, Basis(rule="owner", span=owner.identities[0].head.span)
            if best.leaning and best.rank < 2 and owner.sector and owner.kind != "state":
                sector, basis = owner.sector, Basis(rule="owner", span=owner.identities[0].head.span)
        if code is None and (given := story.country_for(entity)) is not None:
            code, why = given, Basis(rule="context")
        entity.country, entity.sector = code, sector
        return Actor(
            id=number,
            name=self._name(entity),
            mentions=tuple(dict.fromkeys(entity.spans)),
            country=code,
            sector=sector,
            kind=_kind(entity),
            basis=self._basis(why, basis),
        )

    def _owner(self, entity: Entity) -> Entity | None:
        for identity in entity.identities:
            owner = self._entity_at.get(identity.owner.i) if identity.owner is not None else None
            if owner is not None and owner is not entity:
                return owner
        return None

    def _basis(self, country: Basis | None, sector: Basis | None) -> Basis | None:
        """Join the two reasons; the sector's words are shown, they mostly hold the country's."""
        shown = sector or country
        if shown is None:
            return None
        rules = dict.fromkeys(b.rule for b in (country, sector) if b is not None)
        text = self._parsed.words(shown.span) if shown.span is not None else shown.text
        return Basis(rule="; ".join(rules), span=shown.span, text=text)

    def _name(self, entity: Entity) -> str:
        named = [i for i in entity.identities if i.name]
        if named:
            best = max(named, key=lambda i: (len(i.name), -i.head.i))
            return self._parsed.words((best.name[0].start, best.name[-1].end))
        first = entity.identities[0].phrase
        return self._parsed.words(extent(first, self._tokens))


class _Story:
    """Which country the document is about, if that is plain."""

    def __init__(self, matches: dict[int, Match], places: dict[int, str]) -> None:
        counts: dict[str, int] = {}
        for index, match in matches.items():
            if match.first == index and match.entry.country and match.entry.role in {"country", "demonym", "capital"}:
                counts[match.entry.country] = counts.get(match.entry.country, 0) + 1
        for index, code in places.items():
            if index not in matches:
                counts[code] = counts.get(code, 0) + 1
        most = max(counts, key=lambda c: counts[c], default=None)
        self.sole = most if len(counts) == 1 else None
        self.main = most if most and counts[most] >= max(3, _MOST * sum(counts.values())) else None

    def country_for(self, entity: Entity) -> str | None:
        """Return the story's country for an actor at home there."""
        if entity.kind == "state" or entity.sector in _ANYWHERE or any(i.foreign or i.known for i in entity.identities):
            return None
        if entity.kind == "unknown":
            return None
        definite = bool(entity.names) or any(i.phrase.determiner == "the" for i in entity.identities)
        return self.sole or (self.main if definite else None)


def _settled_sector(entity: Entity, best: Identity) -> tuple[str | None, Basis | None]:
    """An army that the text introduces as a movement, militia or rebel force is no regular one."""
    irregular = next((i for i in entity.identities if i.irregular and i is not best), None)
    if best.sector == "MIL" and best.name and not best.known and irregular is not None and entity.kind != "person":
        return "REB", Basis(rule="introduced as irregular", span=irregular.head.span)
    return best.sector, best.sector_basis


def _kind(entity: Entity) -> ActorKind:
    kinds = [i.kind for i in entity.identities if i.name] or [i.kind for i in entity.identities]
    return next((k for k in kinds if k != "unknown"), "unknown")


def _is_fit(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether the words are used as the entry means them: nouns as nouns."""
    last = tokens[match.stop - 1]
    if match.entry.role in {"noun", "hardware"}:
        return last.pos in {"NOUN", "PROPN"} or (last.pos == "ADJ" and last.dep not in {"amod", "acomp"}) or match.stop - match.first > 1
    if match.entry.role == "title":
        return match.stop < len(tokens) and tokens[match.stop].text[0].isupper()
    return True


def _places(parsed: Parsed, toponyms: Iterable[Toponym]) -> dict[int, str]:
    return {t.i: p.country for p in toponyms if p.country for t in parsed.covering(p.span)}


def _is_act(noun: Token) -> bool:
    lemma = noun.lemma
    return noun.pos in {"NOUN", "PROPN"} and (lemma in _ACTS or (lemma.endswith(_ACT_ENDINGS) and lemma not in _NO_ACTS))


def _links(identities: dict[int, Identity], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield pairs of phrases that the grammar equates."""
    for index, identity in identities.items():
        head = identity.head
        if head.dep in {"appos", "conj"} and head.head.i in identities:
            other = identities[head.head.i]
            bare = head.dep == "appos" or _is_bare_pair(other, identity, tokens)
            if bare and _may_equal(other, identity):
                yield head.head.i, index
        if head.dep == "attr" and head.head.lemma == "be" and head.head.child("neg") is None:
            subject = head.head.child("nsubj")
            if subject is not None and subject.i in identities and _may_equal(identities[subject.i], identity):
                yield subject.i, index
        before = _titled(identity, identities, tokens)
        if before is not None:
            yield before, index


def _titled(identity: Identity, identities: dict[int, Identity], tokens: Sequence[Token]) -> int | None:
    """Return the office that a name follows without a comma: "the leader of the dockers' union Ana Ruiz"."""
    first = identity.phrase.first
    if identity.kind != "person" or identity.noun or not identity.name or first == 0 or not tokens[first - 1].text[-1].isalpha():
        return None
    found = None
    for above in identity.head.ancestors():
        other = identities.get(above.i)
        if above.pos in {"VERB", "AUX"} or above.i > first:
            break
        if other is not None and other.kind == "person" and not other.name and not other.plural:
            found = above.i
    return found


def _is_bare_pair(one: Identity, other: Identity, tokens: Sequence[Token]) -> bool:
    """Whether only a comma parts the two, as in an apposition that the parser took for a list."""
    return (
        other.phrase.first > 0
        and tokens[other.phrase.first - 1].text == ","
        and one.head.child("cc") is None
        and other.head.child("cc") is None
        and other.head.child("conj") is None
    )


def _may_equal(one: Identity, other: Identity) -> bool:
    """A name and a description of the same sort of actor."""
    if "state" in {one.kind, other.kind} or (one.name and other.name) or not (one.name or other.name or one.known or other.known):
        return False
    named, described = (one, other) if one.name else (other, one)
    if named.kind == "unknown":
        return True
    if named.kind == "person":
        return described.kind == "person"
    return described.kind in {"organisation", "group"}
