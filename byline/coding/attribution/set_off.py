"""What is set off by commas with its speaker: all the rest of the sentence is what they say.

"Nine people, the mayor said, died when rebels stormed a school", "Rebels took Tarn
and burnt the mill, according to monks": wherever the parse hangs the parts, they are said.
"""

from itertools import pairwise
from typing import NamedTuple

from byline.coding.attribution.asides import QUOTES, describe_each_other, is_pause, noun_of, parts_of, sentence_of
from byline.coding.attribution.drafts import LEXICON, VERBS, Frames
from byline.coding.attribution.extents import verb_group
from byline.coding.attribution.speakers import CITE, FINITE, can_speak, is_document, is_happening, quoting_verb
from byline.language.parsed import DASHES, TIME_LABELS, Token

_ENDS = frozenset({".", "!", "?", ";", "…"})
_LINKS = frozenset({"and", "but", "yet", "while", "whereas", "although", "though"})
_AGAINST = frozenset({"but", "yet"})
_GOING_ON = frozenset(LEXICON["subordinators"]["words"])
_HEARERS = frozenset({"tell", "inform", "remind", "assure"})
_OF_CONTENTS = frozenset({"of", "about", "against", "for", "as", "by"})  # said *of the raid*
_RELATIVES = frozenset({"WP", "WDT"})
_DESCRIBING = frozenset({"WP", "WDT", "WP$", "VBG", "VBN", "CD"})
_IT = frozenset({"it"})
_DESCRIPTIONS = 5  # parts between commas that may describe a speaker


class SetOff(NamedTuple):
    """A cue between pauses: head word and words of its speaker, and what is said around them."""

    speaker: Token
    words: list[Token]
    content: list[Token]


def set_off(verb: Token, frames: Frames) -> SetOff | None:
    """Return the speaker and the content of a cue verb that is set off behind what is said, or inside of it."""
    if not _may_say(verb, frames):
        return None
    before, behind = _sides(verb)
    if behind is None:
        return _inverted(verb, before)
    start, speaker = _speaker_in(before)
    if speaker is None or not (can_speak(speaker) or is_document(speaker)):
        return None
    content = around(before[:start], behind)
    return SetOff(speaker, trimmed(before[start:]), content) if content else None


def _inverted(verb: Token, before: list[Token]) -> SetOff | None:
    """Return speaker and content of a cue that its speaker follows: *nine died*, said the mayor, *when rebels came*."""
    behind = [t for t in sentence_of(verb) if t.i > verb.i]
    own, *parts = parts_of(behind)
    speaker = noun_of(own) if own else None
    if speaker is None or speaker.i < verb.i or not parts or not can_speak(speaker) or verb.tag not in FINITE:
        return None
    last = own[-1]
    for one, part in pairwise([own, *parts]):
        if not part or not (describe_each_other(one, part) or part[0].tag in _RELATIVES):
            break
        last = part[-1]
    words = [t for t in behind if t.i <= last.i]
    after = [t for t in behind[len(words) + 1 :] if t.text not in _ENDS]
    goes_on = bool(after) and after[0].lower in _GOING_ON
    content = around(before, after) if goes_on and before and before[-1].i == verb.i - 1 else []
    return SetOff(speaker, words, content) if content else None


def set_off_by_as(verb: Token) -> SetOff | None:
    """Return speaker and content of a cue behind "as": *nine died*, as the mayor, Ilse Varn, put it."""
    before, behind = _sides(verb, objects=_IT)
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n].lower == "as"), -1)
    words = trimmed(before[at + 1 :])
    speaker = noun_of(parts_of(words)[0]) if at >= 0 and words else None
    if behind is None or speaker is None or not can_speak(speaker):
        return None
    content = around(before[:at], behind) if at else behind
    return SetOff(speaker, words, content) if content else None


def around(before: list[Token], behind: list[Token]) -> list[Token]:
    """Return what is said before and behind a cue that a pause parts from it; nothing if that is a quotation."""
    said = _since_other_cue(trimmed(before))
    if (
        not said
        or not is_pause(before, len(before) - 1)
        or said[-1].tag in QUOTES
        or (behind and behind[0].tag in QUOTES)
    ):
        return []
    return [*said, *_until_other_cue(behind)]


def _may_say(verb: Token, frames: Frames) -> bool:
    """Say whether a verb is a cue of a clause that could stand alone; the tagger may take it for a participle."""
    if not {"clause", "quote"} & frames.keys() or ("clause" in frames and not frames["clause"].told):
        return False
    if quoting_verb(verb) is not None or verb.tag in FINITE or any(a.tag in FINITE for a in verb.all("aux")):
        return True
    return verb.tag == "VBN" and verb.child("auxpass", "agent") is None


def _sides(verb: Token, objects: frozenset[str] = frozenset()) -> tuple[list[Token], list[Token] | None]:
    """Return what stands before a cue, and what behind the pause that follows it with its hearer, day and place.

    None if no pause follows: then what is said does. ``objects`` may stand right behind the verb.
    """
    words, group = sentence_of(verb), verb_group(verb)
    before, behind = [t for t in words if t.i < group[0].i], [t for t in words if t.i > group[-1].i]
    behind = behind[1:] if behind and behind[0].lower in objects else behind
    stop = next((n for n, t in enumerate(behind) if _is_stop(behind, n)), len(behind))
    if not _is_circumstance(verb, behind[:stop]) or (stop < len(behind) and behind[stop].tag in QUOTES):
        return before, None
    paused = stop < len(behind) and behind[stop].text not in _ENDS
    mistagged = verb.tag == "VBN" and verb.child("aux") is None and quoting_verb(verb) is None
    return before, None if mistagged and (stop or paused) else behind[stop + 1 :] if paused else []


def _is_stop(words: list[Token], n: int) -> bool:
    first = not n and words[0].text in DASHES  # its white space is before the first of these words
    return first or is_pause(words, n) or words[n].text in _ENDS or words[n].tag in QUOTES


def _is_circumstance(verb: Token, words: list[Token]) -> bool:
    """Say whether words behind a cue tell to whom, when or where it was said: nothing, *on Monday*, *reporters*."""
    if not words:
        return True
    first = words[0]
    if any(t.is_verb for t in words) or first.lower in _OF_CONTENTS:
        return False
    hears = verb.lemma in _HEARERS and first.i == verb.i + 1
    return hears or first.pos == "ADP" or first.entity in TIME_LABELS or first.pos == "ADV"


def _speaker_in(before: list[Token]) -> tuple[int, Token | None]:
    """Return where the speaker begins behind the pause before, and the head word; nobody if nothing stands before."""
    parts = parts_of(before)
    if parts[-1]:
        start = _start(before, parts[-1])
        return start, noun_of(parts[-1]) if start else None
    known = range(len(parts) - 2, max(0, len(parts) - 2 - _DESCRIPTIONS), -1)
    at = next((n for n in known if parts[n] and parts[n][0].tag not in _DESCRIBING), 0)
    if at > 1 and describe_each_other(parts[at - 1], parts[at]):
        at -= 1
    elif not at or at == len(parts) - 2:
        return 0, None  # what stands between two commas describes somebody
    return _start(before, parts[at]), noun_of(parts[at])


def _start(before: list[Token], part: list[Token]) -> int:
    return next(n for n, t in enumerate(before) if t is part[0])


def _since_other_cue(words: list[Token]) -> list[Token]:
    """Drop what somebody else says in a clause before: The army said it won, but *nine died*."""
    cue = next((t.i for t in reversed(words) if _is_cue_of_other(t)), -1)
    link = next((n for n in range(len(words) - 1, 0, -1) if words[n].lower in _LINKS and words[n - 1].text == ","), 0)
    kept = words[link + 1 :] if cue >= 0 and link and words[link].i > cue else words
    return kept[1:] if kept and kept[0].pos == "CCONJ" else kept


def _until_other_cue(words: list[Token]) -> list[Token]:
    """Drop what nobody or somebody else says next: *when rebels came*, adding that it was over, but it was not."""
    for n, token in enumerate(words):
        opens = not n or is_pause(words, n - 1)
        says = token.tag == "VBG" and (token.lemma in VERBS or token.lemma in CITE)
        if (opens and (says or token.lower == "according")) or _opens_clause(token, words[n + 1 :]):
            return trimmed(words[:n])
    return words


def _opens_clause(link: Token, words: list[Token]) -> bool:
    """Say whether a link opens a clause with a subject of its own that sets something against, or says something."""
    verb = next((t for t in words if t.tag in FINITE or t.tag == "MD"), None)
    if verb is None or link.lower not in _LINKS:
        return False
    clause = verb.head if verb.dep in {"aux", "auxpass"} else verb
    own = any(link.i < t.i < clause.i for t in clause.all("nsubj", "nsubjpass", "expl"))
    return own and (link.lower in _AGAINST or _is_cue_of_other(clause))


def _is_cue_of_other(verb: Token) -> bool:
    subject = verb.child("nsubj")
    says = verb.tag in FINITE and "quote" in VERBS.get(verb.lemma, {})
    return says and subject is not None and subject.tag not in _RELATIVES and not is_happening(subject)


def trimmed(words: list[Token]) -> list[Token]:
    """Return words without a pause at their end."""
    words = list(words)
    while words and is_pause(words, len(words) - 1):
        words.pop()
    return words
