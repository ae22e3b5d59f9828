"""A speaker, a colon and their words: transcripts, interviews and headlines ("Minister: no talks")."""

from collections import Counter

from byline.coding.attribution.drafts import Draft
from byline.coding.attribution.speakers import can_speak, is_speaker
from byline.language.parsed import Parsed, Token

NAME = 8  # tokens of a name before a colon or behind a dash; a longer one is a clause
_HEADLINE = 25  # tokens; a longer paragraph is no headline
_DATELINE = 14  # tokens in which the dash of a dateline stands
DASHES = frozenset({"-", "--", "–", "—", "―"})
TURN = "dialogue"  # the rule of a turn: all of a paragraph behind its speaker's name
_OPENING = frozenset("\"“‘'«")
_ENDS = frozenset({".", "!", "?"})


def find_turns(parsed: Parsed) -> list[Draft]:
    """Return an attribution for each paragraph of the form "KELD: words" and each headline of that form.

    A label that opens two paragraphs or more is a speaker of a dialogue, and all
    the paragraph is their turn; so is one in capitals among such; "Q" and "A"
    name nobody. Any other is believed only before a headline, and only if it can speak.
    """
    paragraphs = _paragraphs(parsed)
    labels = [_label(tokens) for tokens in paragraphs]
    turns = Counter(_words(label) for label in labels if label)
    talk = any(n > 1 for n in turns.values())
    found = []
    for tokens, label in zip(paragraphs, labels, strict=True):
        labelled = _labelled(tokens, label, often=turns[_words(label)] > 1, talk=talk) if label else []
        found += labelled or _signed(tokens)
    return found


def _labelled(tokens: list[Token], label: list[Token], *, often: bool, talk: bool) -> list[Draft]:
    """Return the turn or the claim behind a label, which opens several paragraphs or stands in a dialogue or not."""
    colon, said = tokens[len(label)], tokens[len(label) + 1 :]
    if _is_name(label) and (often or (talk and "".join(t.text for t in label).isupper())):
        return [_turn(label, colon, said, direct=True)]
    if len(tokens) > _HEADLINE or tokens[-1].text in _ENDS or not speaking_head(label) or said[0].pos == "PUNCT":
        return []
    return [_turn(label, colon, said, direct=False)]


def _signed(tokens: list[Token]) -> list[Draft]:
    """Return the claim of a headline that ends in who makes it: *Blast kills nine in Dorn*: police."""
    colon = next((k for k in range(len(tokens) - 1, 0, -1) if tokens[k].text == ":"), 0)
    said, name = tokens[:colon], tokens[colon + 1 :]
    if not said or len(tokens) > _HEADLINE or not any(t.is_verb for t in said):
        return []
    head = speaking_head(name)
    if head is None or not is_speaker(head) or name[-1].text in _ENDS:
        return []
    return [Draft([tokens[colon]], name, head, said, said, "colon", head=tokens[colon])]


def _paragraphs(parsed: Parsed) -> list[list[Token]]:
    found: list[list[Token]] = []
    last = -1
    for sentence in parsed.sentences:
        if sentence.paragraph != last:
            found.append([])
            last = sentence.paragraph
        found[-1].extend(sentence.tokens)
    return found


def _label(tokens: list[Token]) -> list[Token]:
    """Return what stands before an early colon, if more follows it."""
    colon = next((k for k, t in enumerate(tokens[: NAME + 1]) if t.text == ":"), 0)
    return tokens[:colon] if colon + 1 < len(tokens) else []


def datelines(parsed: Parsed) -> frozenset[int]:
    """Return the indexes of the tokens that open a wire story: DORN, May 2 (Herald) -."""
    found: set[int] = set()
    for tokens in _paragraphs(parsed):
        dash = next((k for k, t in enumerate(tokens[:_DATELINE]) if t.text in DASHES), 0)
        if (
            dash
            and dash + 1 < len(tokens)
            and tokens[0].text.isupper()
            and not any(t.pos == "VERB" for t in tokens[:dash])
        ):
            found.update(t.i for t in tokens[: dash + 1])
    return frozenset(found)


def _words(label: list[Token]) -> str:
    return " ".join(t.lower for t in label)


def _is_name(label: list[Token]) -> bool:
    return all(t.text[0].isupper() or not t.text[0].isalpha() for t in label)


def _turn(label: list[Token], colon: Token, said: list[Token], *, direct: bool) -> Draft:
    """Return the turn of a dialogue, or the claim of a headline."""
    name = label[1:] if label[0].text in _OPENING and len(label) > 1 else label
    nobody = _words(name) in {"q", "a", "question", "answer"}
    head = None if nobody else speaking_head(name, names=True) or name[-1]
    return Draft(
        [colon], [] if nobody else name, head, said, said, TURN if direct else "colon", head=colon, direct=direct
    )


def speaking_head(words: list[Token], *, names: bool = False) -> Token | None:
    """Return the head of a short noun phrase that can speak: a name, or a word such as "minister".

    With ``names``, a capital letter is name enough.
    """
    words = [t for t in words if t.pos != "PUNCT"]
    if not words or len(words) > NAME or any(t.is_verb for t in words):
        return None
    inside = {t.i for t in words}
    heads = [t for t in words if t.is_root or t.head.i not in inside]
    nouns = [t for t in heads if can_speak(t) or (names and t.text[0].isupper() and t.pos in {"PROPN", "NOUN"})]
    return nouns[-1] if nouns else None
