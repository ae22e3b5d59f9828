"""Tolls that somebody puts at a number, and bodies that somebody counts: the number is theirs."""

from byline import knowledge
from byline.coding.attribution.drafts import LEXICON, NOUNS, Taken, take
from byline.coding.attribution.speakers import agent_of, is_happening, is_passive, subject_of
from byline.language.parsed import Token

_TOLLS, _COUNTED, _NUMBERS, _STANDS, _ADDING = (
    frozenset(LEXICON["tallies"][k]) for k in ("tolls", "counted", "numbers", "stands", "adding")
)
_COUNTED |= frozenset(knowledge.load("counts.toml")["people"]["words"])
_COUNTED |= {noun for roles in knowledge.load("sectors.toml")["nouns"].values() for noun in roles.get("person", ())}
_BEFORE_NUMBER: dict[str, str] = LEXICON["tallies"]["verbs"]
_COMPLEMENTS = frozenset({"dobj", "prep", "npadvmod", "advcl", "acomp", "oprd"})


def tally_of(verb: Token) -> Taken | None:
    """Return a toll with its number, or what is counted and where: put *the toll of the raid at nine*."""
    marks = _BEFORE_NUMBER.get(verb.lemma)
    thing = verb.child("nsubjpass" if is_passive(verb) else "dobj")
    if marks is None or thing is None or not _is_teller(verb):
        return None
    tallied = _is_put(verb, thing, marks.split()) if marks else _is_counted(thing)
    parts = [thing, *(c for c in verb.children if c.i > verb.i and c.dep in _COMPLEMENTS and c is not thing)]
    return take("tally", [t for part in [*parts, *_more(verb)] for t in part.subtree()]) if tallied else None


def standing_of(noun: Token) -> Taken | None:
    """Return what a count says, with the number: the clinic's count *of the dead stood at nine*."""
    verb = noun.head
    counts = "stands" in NOUNS.get(noun.lemma, {}) and noun.child("poss") is not None
    if not counts or noun.dep != "nsubj" or verb.lemma not in _STANDS:
        return None
    number = verb.child("attr", "dobj") or next((p.child("pobj") for p in verb.all("prep") if p.lower == "at"), None)
    own = {t.i for t in noun.subtree() if t.i <= noun.i}
    told = [t for t in verb.subtree() if t.i not in own]
    return take("stands", told) if number is not None and _is_number(number) else None


def _is_teller(verb: Token) -> bool:
    teller = agent_of(verb) if is_passive(verb) else subject_of(verb)
    neuter = teller is None or teller.tag in {"WDT", "DT"} or teller.lower == "it"
    return teller is not None and not (neuter or is_happening(teller) or teller.lemma in _ADDING)


def _is_put(verb: Token, thing: Token, marks: list[str]) -> bool:
    places = [p for p in [*verb.children, *thing.subtree()] if p.dep == "prep" and p.lower in marks]
    return thing.lemma in _TOLLS and any((n := p.child("pobj")) is not None and _is_number(n) for p in places)


def _is_counted(thing: Token) -> bool:
    """Say whether bodies are counted: *nine bodies*, *30 wounded*."""
    words = [thing, *thing.all("amod", "acl", "appos")] if thing.tag == "CD" else [thing]
    state = next((t for t in thing.head.children if t.i == thing.i + 1 and t.pos == "ADJ"), thing)  # "nine people dead"
    of = [o for p in thing.all("prep") if p.lower == "of" for o in p.all("pobj")]  # "hundreds of students"
    return _is_number(thing) and any({w.lemma, w.lower} & _COUNTED for w in [*words, *of, state])


def _is_number(word: Token) -> bool:
    return word.tag == "CD" or word.lemma in _NUMBERS or word.child("nummod") is not None


def _more(verb: Token) -> list[Token]:
    """Return what joins a second number: at five dead *and ten wounded*."""
    second = [c for c in verb.all("conj") if c.tag == "VBN"]
    return [*verb.all("cc"), *second] if second else []
