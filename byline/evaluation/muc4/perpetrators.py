"""Who did it: individuals as the text calls them, organisations with how sure the text is."""

from byline import knowledge
from byline.coding import syntax
from byline.coding.actors.mentions import phrase_of
from byline.evaluation.muc4 import words
from byline.evaluation.muc4.merging import Group
from byline.evaluation.muc4.reading import Reading
from byline.evaluation.muc4.slots import Template
from byline.language.parsed import Token
from byline.records import Actor, Event

_STATE, _ARMED = frozenset(words.DATA["perpetrators"]["state"]), frozenset(words.DATA["perpetrators"]["armed"])
_AUTHORITIES, _DOUBT = frozenset(words.DATA["voices"]["authorities"]), frozenset(words.DATA["voices"]["doubt"])
_FORCES, _MODIFIERS = frozenset({"MIL", "COP", "SPY"}), frozenset({"amod", "compound", "nmod"})
_CLAIMING, _CLAIMED = frozenset(words.DATA["voices"]["claiming"]), frozenset(words.DATA["voices"]["claimed"])
_NEAR = 3  # sentences from an act in which those who did it may be named
_NATIONAL = frozenset(
    w for c in knowledge.load("countries.toml")["countries"].values() for w in (*c.get("demonyms", ()), *c["names"])
)


class _Suspects:
    """Individuals and organisations of one incident, each once, in the order of the text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.individuals: dict[str, str] = {}
        self.organisations: dict[str, str] = {}
        self.of_state = False

    def add(self, token: Token, confidence: str) -> None:
        """Enter somebody who acts, and the organisations that the phrase names."""
        actor = self.reading.actor(token)
        sector = actor.sector if actor is not None else None
        if token.pos == "PRON" and actor is not None:
            token = next((t for t in self.reading.mentions(actor) if t.pos != "PRON"), token)
        if token.pos == "PRON":
            return
        if actor is not None and actor.kind in {"organisation", "state"}:
            if sector in _FORCES or (sector in _ARMED and self.reading.name(token)):
                self._organisation(token, confidence, sector)
        elif token.dep in _MODIFIERS:
            return
        elif words.is_perpetrator(token) or token.lemma in words.DOERS:
            self.individuals.setdefault(token.lemma, self.reading.phrase(token))
            self.of_state = self.of_state or sector in _STATE
            for inner in _named_in(token, self.reading):
                self._organisation(inner, confidence, None)

    def _organisation(self, token: Token, confidence: str, sector: str | None) -> None:
        name = self.reading.name(token) or self.reading.phrase(token)
        self.organisations.setdefault(name, confidence)
        self.of_state = self.of_state or sector in _STATE


def perpetrators_of(group: Group, reading: Reading, after: range) -> Template:
    """Return the slots of those who did it; ``after`` are the sentences up to the next incident."""
    suspects = _Suspects(reading)
    for act in group.acts:
        for token in act.doers:
            suspects.add(token, _confidence(act.event, token, reading))
    for token, confidence in _claimed_or_blamed(reading, after):
        suspects.add(token, confidence)
    if not suspects.individuals and not suspects.organisations:
        for token in _around(group, reading):
            suspects.add(token, "REPORTED AS FACT")
    return {
        "PERP: INCIDENT CATEGORY": "STATE-SPONSORED VIOLENCE" if suspects.of_state else "TERRORIST ACT",
        "PERP: INDIVIDUAL ID": list(suspects.individuals.values()),
        "PERP: ORGANIZATION ID": list(suspects.organisations),
        "PERP: ORGANIZATION CONFIDENCE": [{"fill": c, "ref": o} for o, c in suspects.organisations.items()],
    }


def _around(group: Group, reading: Reading) -> list[Token]:
    """Return the first perpetrators and the first armed organisation that the sentences around the acts speak of."""
    near = {n for a in group.acts for n in range(a.head.sentence - _NEAR, a.head.sentence + _NEAR + 1)}
    hit = {t.i for a in group.acts for t in a.people}
    within = (reading.parsed.sentences[n] for n in sorted(near) if 0 <= n < len(reading.parsed.sentences))
    nouns = [t for s in within for t in s.tokens if t.pos in {"NOUN", "PROPN"} and t.i not in hit]
    several = next((t for t in nouns if words.is_perpetrator(t) and t.tag == "NNS" and t.dep not in _MODIFIERS), None)
    armed = next((t for t in nouns if _is_body(t, reading) and _sector(t, reading) in _ARMED), None)
    return [t for t in (several, armed) if t is not None]


def _sector(token: Token, reading: Reading) -> str | None:
    actor = reading.actor(token)
    return actor.sector if actor is not None else None


def _named_in(token: Token, reading: Reading) -> list[Token]:
    """Return the organisations that a phrase for people names: of "ELN guerrillas" and "members of the ELN"."""
    phrase = phrase_of(token, reading.tokens)
    before = [t for t in phrase.core if t.i < token.i and t.pos == "PROPN" and t.text[0].isupper()]
    found = [t for t in before if t.text not in _NATIONAL and t.entity not in {"GPE", "LOC", "NORP", "DATE"}][-1:]
    behind = [n for p, n in phrase.complements if p in {"of", "from"}]
    return found + [n for n in behind if _is_body(n, reading)]


def _is_body(token: Token, reading: Reading) -> bool:
    actor = reading.actor(token)
    return actor is not None and actor.kind == "organisation" and actor.sector in _STATE | _ARMED


def _claimed_or_blamed(reading: Reading, sentences: range) -> list[tuple[Token, str]]:
    """Return who claims responsibility and who is accused in a stretch of sentences."""
    found = []
    for number in sentences:
        for token in reading.parsed.sentences[number].tokens:
            if token.lemma in _CLAIMED and token.head.lemma in _CLAIMING:
                found += [(t, "CLAIMED OR ADMITTED") for t in syntax.subjects(token.head)]
    for event in reading.coded.events:
        head = reading.token_at(event.trigger.head or event.trigger.span)
        if event.type == "ACCUSE" and head is not None and head.sentence in sentences and event.happened:
            heads = (reading.token_at(m.head or m.span) for m in event.recipients)
            found += [(t, _accused(event, reading)) for t in heads if t is not None]
    return found


def _accused(event: Event, reading: Reading) -> str:
    accusers = [a for a in reading.coded.actors if a.id in {m.actor for m in event.actors}]
    official = any(a.sector in _AUTHORITIES for a in accusers)
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if official else "SUSPECTED OR ACCUSED"


def _confidence(event: Event, token: Token, reading: Reading) -> str:
    """Return how sure the text is that somebody did it."""
    sources = [a.source for a in reading.coded.attributions if a.id in event.attributions and a.source is not None]
    speakers = [a for a in reading.coded.actors if a.id in {s.actor for s in sources}]
    own = reading.actor(token)
    if own is not None and any(s.id == own.id for s in speakers):
        return "CLAIMED OR ADMITTED"
    doubtful = any(t.lower in _DOUBT for t in reading.parsed.sentence_of(token).tokens)
    if not doubtful:
        return "REPORTED AS FACT"
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if _official(speakers) else "SUSPECTED OR ACCUSED"


def _official(speakers: list[Actor]) -> bool:
    return any(s.sector in _AUTHORITIES for s in speakers)
