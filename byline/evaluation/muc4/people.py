"""Human targets: name, description, type, number, nation and what befell them."""

from dataclasses import dataclass, field

from byline.coding import syntax
from byline.coding.actors.mentions import phrase_of
from byline.evaluation.muc4 import words
from byline.evaluation.muc4.merging import Group, key_of
from byline.evaluation.muc4.reading import Reading
from byline.language.parsed import Token
from byline.records import Actor

_SECTORS: dict[str, str] = words.DATA["people_sectors"]
_OPENERS = frozenset({"DT", "PRP$", "WP$", "JJ", "CD"})
_NEUTRAL, _PLAIN = frozenset(words.DATA["descriptions"]["neutral"]), frozenset(words.DATA["descriptions"]["plain"])
_FREED = frozenset(words.DATA["unhurt"]["freed"])
_EFFECTS = ("DEATH", "INJURY", "REGAINED FREEDOM", "NO INJURY")


@dataclass
class Person:
    """Somebody hit: the head words that stand for them, and what the acts did to them."""

    key: str
    heads: list[Token] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    name: str | None = None
    description: str | None = None
    type: str = "CIVILIAN"
    number: str = "1"
    nation: str | None = None

    @property
    def label(self) -> str:
        return self.name or self.description or ""

    @property
    def effect(self) -> str | None:
        """The gravest of what the acts did to them."""
        return next((e for e in _EFFECTS if e in self.effects), None)


def people_of(group: Group, reading: Reading) -> list[Person]:
    """Return the human targets of an incident, in text order."""
    found: dict[str, Person] = {}
    for act in group.acts:
        for token in act.people:
            person = found.setdefault(key_of(token, reading), Person(key_of(token, reading)))
            person.heads.append(token)
            effect = words.effect_on_people(act.head.lemma) if act.stage == "ACCOMPLISHED" else None
            if effect and act.happened:
                person.effects.append(effect)
            elif (effect and not act.happened) or act.unhurt:
                person.effects.append("NO INJURY")
    people = [p for p in (_described(p, reading) for p in found.values()) if p.label]
    if group.type == "KIDNAPPING":
        freed = _freed(reading)
        for person in people:
            person.effects += ["REGAINED FREEDOM"] * (person.key in freed)
    return _telling(people)


def _telling(people: list[Person]) -> list[Person]:
    """Return those whom the text tells apart: beside them "victims", and people without number, are background."""
    described = [p for p in people if p.heads[0].lemma not in _NEUTRAL] or people
    return [p for p in described if p.number != "PLURAL"] or described


def _freed(reading: Reading) -> frozenset[str]:
    """Return who is released, rescued or escapes anywhere in the document."""
    verbs = [t for t in reading.tokens if t.lemma in _FREED and t.is_verb and t.tag in {"VBD", "VBN"}]
    ends = [o for v in verbs for o in (syntax.subjects(v) if v.lemma == "escape" else syntax.objects(v))]
    return frozenset(key_of(t, reading) for t in ends)


def _described(person: Person, reading: Reading) -> Person:
    head = person.heads[0]
    actor = reading.actor(head)
    own = [h for h in person.heads if h.pos != "PRON"]
    heads = [h for h in (reading.mentions(actor) if actor is not None else []) if h.pos != "PRON"] or own
    if not heads:
        return person
    names = [n for h in heads if (n := _person_name(h, reading, actor))]
    person.name = max(names, key=len, default=None)
    titles = [d for h in heads for d in _descriptions(h, reading, person.name)]
    if person.name:
        person.description = next(iter(titles), None)
    else:
        person.description = reading.phrase(next(iter(own), heads[0]))
    person.type = _type(heads, titles, actor)
    person.number = "1" if person.name else reading.number(heads[0])
    person.nation = actor.country if actor is not None else None
    return person


def _person_name(head: Token, reading: Reading, actor: Actor | None) -> str | None:
    if actor is not None and actor.kind not in {"person", "unknown"}:
        return None
    if head.entity not in {"PERSON", "ORG", "GPE", ""}:
        return None
    return reading.name(head)


def _descriptions(head: Token, reading: Reading, name: str | None) -> list[str]:
    """Return what is said of somebody beside the name: the title before it, the apposition behind it."""
    found = []
    span = reading.name_span(head) if name else None
    if span is not None:
        first, stop = phrase_of(head, reading.tokens).first, span[0]
        while first < stop and reading.tokens[first].tag in _OPENERS:
            first += 1
        if first < stop:
            found.append((stop - 1, reading.text(first, stop)))
    behind = (c for c in head.all("appos") if words.is_people(c) or c.lemma in {"head", "chief"})
    found.extend((c.i, reading.phrase(c)) for c in behind)
    if head.dep == "appos" and words.is_people(head.head):
        found.append((head.head.i, reading.phrase(head.head)))
    if not found and words.is_people(head) and not reading.name(head):
        found.append((head.i, reading.phrase(head)))
    return [text for i, text in found if not name or reading.tokens[i].lemma not in _PLAIN]


def _type(heads: list[Token], titles: list[str], actor: Actor | None) -> str:
    for text in titles:
        found = words.person_type([w.strip(",").lower() for w in text.split()])
        if found:
            return found
    lemmas = [c.lemma for h in heads for c in (*h.children, h)]
    found = words.person_type(lemmas)
    if found:
        return found
    return _SECTORS.get(actor.sector or "", "CIVILIAN") if actor is not None else "CIVILIAN"
