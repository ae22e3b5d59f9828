"""Speakers and their descriptions between commas, where the parse gave them to what is said.

In "Rebels took Tarn, the Harbour Watch, which has staff there, said" the parse
may take the speaker for an apposition of the town, and in "According to Ilse
Varn, the governor, nine died" the governor for a second subject.
"""

from typing import NamedTuple

from byline.coding.attribution.extents import verb_group
from byline.coding.attribution.speakers import FINITE, SUBJECTS, can_speak, phrase
from byline.language.parsed import DASHES, Token

_TIMES = frozenset({"DATE", "TIME"})
_DESCRIBING = frozenset({"WP", "WDT", "WP$", "VBG", "VBN"})
QUOTES = frozenset({"``", "''"})
_ENDS = frozenset({".", "!", "?"})


class Aside(NamedTuple):
    """A speaker before its cue: head word, and all its words with the commas between."""

    speaker: Token
    words: list[Token]


def speaker_before(verb: Token) -> Aside | None:
    """Return the speaker, described between commas, that a cue verb without a subject of its own has before it.

    What is said stands before the speaker, with a verb of its own.
    """
    if not _is_finite(verb) or verb.child(*SUBJECTS) is not None:
        return None
    first = verb_group(verb)[0]
    parts = parts_of([t for t in sentence_of(verb) if t.i < first.i])
    if parts[-1]:
        return None  # no comma right before the cue
    at = next((n for n in range(len(parts) - 2, 0, -1) if parts[n][:1] and parts[n][0].tag not in _DESCRIBING), 0)
    if at > 1 and describe_each_other(parts[at - 1], parts[at]):
        at -= 1
    speaker = noun_of(parts[at])
    said = any(t.tag in FINITE for part in parts[:at] for t in part) or any(c.i > verb.i for c in verb.all("ccomp"))
    if speaker is None or not said or not can_speak(speaker) or at == len(parts) - 2:
        return None
    return Aside(speaker, [t for t in sentence_of(verb) if parts[at][0].i <= t.i < first.i - 1])


def _is_finite(verb: Token) -> bool:
    """Say whether a verb is of a main clause; the tagger may take "added" behind a comma for a participle."""
    mistagged = verb.tag == "VBN" and verb.is_root and verb.child("aux", "auxpass") is None
    return mistagged or verb.tag in FINITE or any(a.tag in FINITE for a in verb.all("aux"))


def described(source: Token, clause: list[Token]) -> list[Token]:
    """Return the words behind a source that tell who it is, with the comma before: *, the mayor*, nine died."""
    words = apposed(source, clause)
    rest = [t for t in clause if words and t.i > words[-1].i]
    match parts_of(rest):
        case [[], following, *_] if _tells(following):
            return words
    return []


def apposed(source: Token, clause: list[Token]) -> list[Token]:
    """Return the words between commas, or up to the end, that tell who the source before them is, with the comma."""
    own = phrase(source)
    after = [t for t in clause if t.i > own[-1].i and t.text not in _ENDS]
    match parts_of(after):
        case [[], words, *_] if words and describe_each_other(own, words):
            return [t for t in after if t.i <= words[-1].i]
    return []


def _tells(words: list[Token]) -> bool:
    """Say whether a verb and its subject are among these words, other than those of "who leads them".

    The parse may take the name before them for the subject, and the subject for its apposition.
    """
    stray = [t for t in words if t.dep == "appos" and t.head not in words]
    verbs = [t for t in words if t.is_verb and (t.dep not in {"relcl", "acl"} or (t.dep == "acl" and t.head in stray))]
    pairs = [(s, v) for v in verbs for s in [*stray, *v.all(*SUBJECTS)] if s in words]
    return any(s.i < v.i and v in (s.head, s.head.head, *s.all("acl")) for s, v in pairs)


def sentence_of(token: Token) -> list[Token]:
    """Return the words of the sentence of a token."""
    root = next((a for a in token.ancestors() if a.is_root), token)
    return root.subtree()


def parts_of(words: list[Token]) -> list[list[Token]]:
    """Return the parts between pauses, without quotation marks; an empty one where words begin or end with one."""
    parts: list[list[Token]] = [[]]
    for n, token in enumerate(words):
        if is_pause(words, n):
            parts.append([])
        elif token.tag not in QUOTES:
            parts[-1].append(token)
    return parts


def is_pause(words: list[Token], n: int) -> bool:
    """Say whether a word is a comma, or a dash with white space around it."""
    token = words[n]
    if token.text not in DASHES:
        return token.text == ","
    after = words[n + 1].start if n + 1 < len(words) else token.end + 1
    return bool(n) and words[n - 1].end < token.start and token.end < after


def describe_each_other(one: list[Token], other: list[Token]) -> bool:
    """Say whether one of two noun phrases is the name, and the other tells who that is: *the mayor*, *Ilse Varn*."""
    nouns = [noun_of(one), noun_of(other)]
    names = [n for n in nouns if n is not None and n.pos == "PROPN" and n.entity not in _TIMES]
    words = [n for n in nouns if n is not None and n.pos == "NOUN" and n.entity not in _TIMES]
    return len(names) == len(words) == 1


def noun_of(words: list[Token]) -> Token | None:
    """Return the noun that heads words which are one noun phrase."""
    inside = {t.i for t in words}
    tops = [t for t in words if t.is_root or t.head.i not in inside]
    return tops[0] if len(tops) == 1 and tops[0].pos in {"NOUN", "PROPN"} and words[0].pos != "ADP" else None
