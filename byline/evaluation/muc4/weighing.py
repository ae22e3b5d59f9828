"""Whether a group of acts is told as an incident of its own, or is background, history, warfare: signs weighed.

The weights are judged, not learned, and stand in knowledge/muc4.toml.
"""

from collections.abc import Iterator

from byline.evaluation.muc4 import words
from byline.evaluation.muc4.merging import Group
from byline.evaluation.muc4.reading import Reading
from byline.evaluation.muc4.slots import Template, fills_of
from byline.language.parsed import Token

_WEIGHTS: dict[str, float] = words.DATA["weights"]
_LEAST: float = words.DATA["least"]
_MANY: int = words.DATA["many"]
_FIGHTING = frozenset(words.DATA["acts"]["fighting"])
_SPEECH, _MODALS = frozenset(words.DATA["acts"]["speech"]), frozenset(words.DATA["acts"]["modals"])
_UNFINISHED = frozenset({"VB", "VBP", "VBZ", "VBG"})


def is_incident(group: Group, template: Template, reading: Reading) -> bool:
    """Return whether the signs for an incident weigh as much as those against it."""
    return sum(_WEIGHTS[sign] for sign in set(_signs(group, template, reading))) >= _LEAST


def _signs(group: Group, template: Template, reading: Reading) -> Iterator[str]:
    yield from _signs_of_acts(group, reading)
    numbers = fills_of(template, "HUM TGT: NUMBER")
    filled = {
        "named": "HUM TGT: NAME",
        "doers": "PERP: INDIVIDUAL ID",
        "effect": "HUM TGT: EFFECT OF INCIDENT",
        "damage": "PHYS TGT: EFFECT OF INCIDENT",
    }
    yield from (sign for sign, slot in filled.items() if template.get(slot))
    if numbers and all(n == "PLURAL" for n in numbers):
        yield "uncounted"
    if any(int(n.strip("~").split("-")[0]) > _MANY for n in numbers if n != "PLURAL"):
        yield "many"
    if ":" in "".join(fills_of(template, "INCIDENT: LOCATION")):
        yield "placed"


def _signs_of_acts(group: Group, reading: Reading) -> Iterator[str]:
    heads = [a.head for a in group.acts]
    if any(h.lemma in _FIGHTING for h in heads):
        yield "fighting"
    if any(_is_unfinished(a.head) for a in group.acts if a.stage == "ACCOMPLISHED"):
        yield "unfinished"
    if any(a.event.time is not None and a.event.time.basis == "timex" for a in group.acts):
        yield "dated"
    beside = {t.lower for t in reading.parsed.sentence_of(heads[0]).tokens}
    if heads[0].sentence == reading.lede:
        yield "first"
    if beside & _SPEECH:
        yield "speech"
    if beside & _MODALS:
        yield "modal"


def _is_unfinished(head: Token) -> bool:
    """Whether a verb is in no simple past: "they kill", "killing", "have killed"."""
    perfect = any(c.dep == "aux" and c.lower in {"have", "has"} for c in head.children)
    return head.is_verb and (head.tag in _UNFINISHED or perfect)
