"""Speakers and their descriptions between commas, where the parse gave them to what is said.

In "Rebels took Tarn, the Harbour Watch, which has staff there, said" the parse
may take the speaker for an apposition of the town, and in "According to Ilse
Varn, the governor, nine died" the governor for a second subject.
"""

from typing import NamedTuple

from byline.coding.attribution.extents import verb_group
from byline.coding.attribution.speakers import FINITE, can_speak, phrase
from byline.language.parsed import Token

_TIMES = frozenset({"DATE", "TIME"})
_DESCRIBING = frozenset({"WP", "WDT", "WP$", "VBG", "VBN"})
_MARKS = frozenset({"``", "''"})
_SUBJECTS = ("nsubj", "nsubjpass")


class Aside(NamedTuple):
    """A speaker before its cue: head word, and all its words with the commas between."""

    speaker: Token
    words: list[Token]


def speaker_before(verb: Token) -> Aside | None:
    """Return the speaker, described between commas, that a cue verb without a subject of its own has before it.

    What is said stands before the speaker, with a verb of its own.
    """
    cut = _cut_clause(verb)
    if not _is_finite(verb) or (verb.child(*_SUBJECTS) is not None and cut is None):
        return None
    first = verb_group(verb)[0]
    parts = _between_commas([t for t in _sentence(verb) if t.i < first.i])
    if parts[-1]:
        return None  # no comma right before the cue
    at = next((n for n in range(len(parts) - 2, 0, -1) if parts[n][:1] and parts[n][0].tag not in _DESCRIBING), 0)
    if at > 1 and _describe_each_other(parts[at - 1], parts[at]):
        at -= 1
    speaker = _noun(parts[at])
    said = any(t.tag in FINITE for part in parts[:at] for t in part) or any(c.i > verb.i for c in verb.all("ccomp"))
    if speaker is None or not (said or cut) or not can_speak(speaker) or at == len(parts) - 2:
        return None
    return Aside(speaker, [t for t in _sentence(verb) if parts[at][0].i <= t.i < first.i - 1])


def clause_around(verb: Token, aside: Aside) -> list[Token]:
    """Return the clause that a speaker and the cue cut in two: *The raid*, the mayor, Ilse Varn, said, *was long*."""
    clause = _cut_clause(verb)
    if clause is None:
        return []
    apart = {t.i for t in [*aside.words, *verb_group(verb)]}
    whole = clause if clause is verb.head else verb
    return [t for t in whole.subtree() if t.i not in apart]


def _cut_clause(verb: Token) -> Token | None:
    """Return the verb, without a subject behind the cue, of what goes on behind a cue between commas."""
    clause = verb.head if verb.dep == "parataxis" else verb.child("ccomp")
    group = verb_group(verb)
    after = next((t for t in _sentence(verb) if t.i > group[-1].i), None)
    cut = after is not None and after.text == "," and clause is not None and clause.i > after.i
    return clause if cut and clause is not None and not _has_subject_behind(clause, verb) else None


def _has_subject_behind(clause: Token, verb: Token) -> bool:
    return any(s.i > verb.i for s in clause.all(*_SUBJECTS, "expl"))


def _is_finite(verb: Token) -> bool:
    """Say whether a verb is of a main clause; the tagger may take "added" behind a comma for a participle."""
    mistagged = verb.tag == "VBN" and verb.is_root and verb.child("aux", "auxpass") is None
    return mistagged or verb.tag in FINITE or any(a.tag in FINITE for a in verb.all("aux"))


def described(source: Token, clause: list[Token]) -> list[Token]:
    """Return the words behind a source that tell who it is, with the comma before: *, the mayor*, nine died."""
    own = phrase(source)
    match _between_commas([t for t in clause if t.i > own[-1].i]):
        case [[], words, rest, *_] if _describe_each_other(own, words) and _tells(rest):
            return [t for t in clause if own[-1].i < t.i <= words[-1].i]
    return []


def _tells(words: list[Token]) -> bool:
    """Say whether a verb and its subject are among these words, other than those of "who leads them".

    The parse may take the name before them for the subject, and the subject for its apposition.
    """
    stray = [t for t in words if t.dep == "appos" and t.head not in words]
    verbs = [t for t in words if t.is_verb and (t.dep not in {"relcl", "acl"} or (t.dep == "acl" and t.head in stray))]
    pairs = [(s, v) for v in verbs for s in [*stray, *v.all(*_SUBJECTS)] if s in words]
    return any(s.i < v.i and v in (s.head, s.head.head, *s.all("acl")) for s, v in pairs)


def _sentence(token: Token) -> list[Token]:
    root = next((a for a in token.ancestors() if a.is_root), token)
    return root.subtree()


def _between_commas(words: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in words:
        if token.text == ",":
            parts.append([])
        elif token.tag not in _MARKS:
            parts[-1].append(token)
    return parts


def _describe_each_other(one: list[Token], other: list[Token]) -> bool:
    """Say whether one of two noun phrases is the name, and the other tells who that is: *the mayor*, *Ilse Varn*."""
    nouns = [_noun(one), _noun(other)]
    names = [n for n in nouns if n is not None and n.pos == "PROPN" and n.entity not in _TIMES]
    words = [n for n in nouns if n is not None and n.pos == "NOUN" and n.entity not in _TIMES]
    return len(names) == len(words) == 1


def _noun(words: list[Token]) -> Token | None:
    """Return the noun that heads words which are one noun phrase."""
    inside = {t.i for t in words}
    tops = [t for t in words if t.is_root or t.head.i not in inside]
    return tops[0] if len(tops) == 1 and tops[0].pos in {"NOUN", "PROPN"} and words[0].pos != "ADP" else None
