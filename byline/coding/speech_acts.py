"""Saying is doing: a demand, a promise or a threat made by a plain "said".

"X said that Y must leave" is a demand of X, if Y is somebody or leaving an event,
"X said it would release them" a promise, "X said it would bomb them" a threat,
"X said it would not pay" a refusal. So is a plain "X will release them" in the
main clause: somebody has announced it. What is demanded, promised, refused or
threatened stays an event of its own with its own status. Which words and types
take part stands in the ontology under [speech_acts]; an ontology without that
table has none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from byline.coding import syntax
from byline.coding.actors import Cast
from byline.coding.attribution.attributions import Said
from byline.coding.ontology import Entry, Ontology
from byline.coding.ontology_files import SpeechActs
from byline.coding.predicates import Predicate
from byline.language.parsed import Token

_FORMS = {"wo": "will", "sha": "shall", "'ll": "will", "’ll": "will", "'d": "would", "’d": "would"}
_OURSELVES = frozenset({"they", "we"})  # behind "said" and nobody else in sight: those for whom the speaker speaks


class SpeechAct(NamedTuple):
    """An act done by saying: its predicate, and what is demanded, promised or threatened."""

    predicate: Predicate
    speakers: tuple[Token, ...]
    about: Predicate | None
    addressee: Token | None


def find_speech_acts(said: list[Said], predicates: list[Predicate], ontology: Ontology, cast: Cast) -> list[SpeechAct]:
    """Return the acts that plain cues of speech and announcements perform, in text order."""
    acts = ontology.speech_acts
    if acts is None:
        return []
    by_head = {p.head.i: p for p in predicates}
    taken = {t.i for p in predicates for t in p.tokens}
    found = _once(
        act
        for s in said
        if s.cue is not None and s.speaker is not None and s.cue.i not in taken and s.cue.is_verb
        for act in _acts(s.cue, s.speaker, by_head, acts, cast)
    )
    told = {a.about.head.i for a in found if a.about is not None}
    found += [a for p in predicates if p.head.i not in told for a in _announcement(p, acts, cast)]
    return sorted(found, key=lambda a: a.predicate.head.i)


def recast(predicate: Predicate, by_head: dict[int, Predicate], ontology: Ontology) -> Predicate:
    """Return a promise as a threat if harm is what is promised ("vowed to attack", not "agreed to attack them")."""
    acts = ontology.speech_acts
    if acts is None or predicate.entry.type != acts.promise or predicate.head.lemma in acts.consenting:
        return predicate
    clause = next((c for t in predicate.tokens for c in t.all("xcomp", "ccomp")), None)
    about = by_head.get(clause.i) if clause is not None else None
    if clause is None or about is None or about.entry.type not in acts.hostile or clause.child("neg") is not None:
        return predicate
    return predicate._replace(entry=predicate.entry._replace(type=acts.threat, cameo=None, mode=None))


def _once(acts: Iterator[SpeechAct]) -> list[SpeechAct]:
    """Return one act a cue."""
    return list({act.predicate.head.i: act for act in acts}.values())


def _acts(
    cue: Token, speaker: Token, by_head: dict[int, Predicate], acts: SpeechActs, cast: Cast
) -> Iterator[SpeechAct]:
    clause = cue.child("ccomp", "xcomp")
    subject = syntax.surface_subject(clause) if clause is not None else None
    if clause is None or subject is None or _is_condition(clause):
        return
    modal = next((c for c in clause.children if c.dep == "aux" and c.tag == "MD"), None)
    word = _FORMS.get(modal.lower, modal.lower) if modal is not None else clause.lemma
    about = by_head.get(clause.i) or _inner(clause, by_head) or by_head.get(subject.i)
    somebody = cast.at(subject)
    own = somebody == cast.at(speaker) if somebody is not None else subject.lower in _OURSELVES
    kind = _kind(word, clause, about, own, acts)
    addressed = about is not None or somebody is not None  # prices that "should fall" are asked of nobody
    if kind and addressed:
        predicate = Predicate(cue, (cue,), _entry(kind, f"{cue.lemma} that … {word}"), ())
        asked = subject if kind == acts.demand and (about is None or subject is not about.head) else None
        yield SpeechAct(predicate, (speaker,), about, asked)


def _announcement(about: Predicate, acts: SpeechActs, cast: Cast) -> Iterator[SpeechAct]:
    """Yield the promise, threat or refusal that "will" and "will not" tell of, where nobody else's doubt holds them."""
    verb = about.head
    modal = next((c for c in verb.children if c.dep == "aux" and c.tag == "MD"), None)
    word = _FORMS.get(modal.lower, modal.lower) if modal is not None else ""
    if modal is None or word not in acts.announcing or not _is_told(verb):
        return
    subject = syntax.surface_subject(verb)
    if subject is None or syntax.is_passive(verb) or cast.at(subject) is None:
        return
    kind = _kind(word, verb, about, own=True, acts=acts)
    negation = verb.child("neg")
    tokens = (modal, negation) if negation is not None else (modal,)
    if kind:
        predicate = Predicate(tokens[-1], tokens, _entry(kind, f"{modal.lower} … {verb.lemma}"), ())
        yield SpeechAct(predicate, tuple(syntax.coordinated(subject)), about, None)


def _is_told(verb: Token) -> bool:
    """Whether a clause is told outright or said: no condition, question or perfect ("will have met")."""
    if any(c.dep == "mark" or c.lower in {"have", "?"} or c.tag in {"WRB", "WP", "WDT"} for c in verb.children):
        return False
    return verb.is_root or verb.dep == "ccomp" or (verb.dep == "conj" and verb.head.is_root)


def _is_condition(clause: Token) -> bool:
    mark = clause.child("mark")
    return mark is not None and mark.lower in {"if", "whether", "unless"}


def _inner(clause: Token, by_head: dict[int, Predicate]) -> Predicate | None:
    """Return what a readiness is about: "is prepared to impose"."""
    inner = [c for a in (clause, *clause.all("acomp")) for c in a.all("xcomp")]
    return next((by_head[c.i] for c in inner if c.i in by_head), None)


def _kind(word: str, clause: Token, about: Predicate | None, own: bool, acts: SpeechActs) -> str | None:  # noqa: FBT001
    if word in acts.obliging:
        return None if own else acts.demand
    if not own or about is None or word not in acts.intending:
        return None
    hostile = about.entry.type in acts.hostile
    if clause.child("neg") is not None:
        return acts.promise if hostile else acts.refusal
    if hostile:
        return acts.threat
    return acts.promise if about.entry.type in acts.friendly else None


def _entry(kind: str, lemma: str) -> Entry:
    slots = ("complement_subject",)
    return Entry(kind, "verbs", lemma, (), 0, (), slots, (), None, None, None, None, material=False, rank=(0, 0, 0))
