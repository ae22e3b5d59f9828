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
_SUBJECTS = ("nsubj", "nsubjpass")


class Aside(NamedTuple):
    """A speaker before its cue: head word, and all its words with the commas between."""

    speaker: Token
    words: list[Token]


def speaker_before(verb: Token) -> Aside | None:
    """Return the speaker, described between commas, that a cue verb without a subject of its own has before it.

    What is said stands before the speaker, with a verb of its own.
    """
    if verb.tag not in FINITE or verb.child(*_SUBJECTS) is not None:
        return None
    first = verb_group(verb)[0]
    parts = _between_commas([t for t in _sentence(verb) if t.i < first.i])
    if not parts or parts[-1]:
        return None  # no comma right before the cue
    at = next((n for n in range(len(parts) - 2, 0, -1) if parts[n][:1] and parts[n][0].tag not in _DESCRIBING), 0)
    if at > 1 and _describe_each_other(parts[at - 1], parts[at]):
        at -= 1
    speaker = _noun(parts[at])
    said = any(t.tag in FINITE for part in parts[:at] for t in part)
    if speaker is None or not said or not can_speak(speaker) or at == len(parts) - 2:
        return None
    return Aside(speaker, [t for t in _sentence(verb) if parts[at][0].i <= t.i < first.i - 1])


def described(source: Token, clause: list[Token]) -> list[Token]:
    """Return the words behind a source that tell who it is, with the comma before: *, the mayor*, nine died."""
    own = phrase(source)
    match _between_commas([t for t in clause if t.i > own[-1].i]):
        case [[], words, rest, *_] if _describe_each_other(own, words) and _tells(rest):
            return [t for t in clause if own[-1].i < t.i <= words[-1].i]
    return []


def _tells(words: list[Token]) -> bool:
    """Say whether a verb and its subject are among these words, other than those of "who leads them"."""
    verbs = [t for t in words if t.is_verb and t.dep not in {"relcl", "acl"}]
    return any(s in words for v in verbs for s in v.all(*_SUBJECTS))


def _sentence(token: Token) -> list[Token]:
    root = next((a for a in token.ancestors() if a.is_root), token)
    return root.subtree()


def _between_commas(words: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in words:
        if token.text == ",":
            parts.append([])
        else:
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
