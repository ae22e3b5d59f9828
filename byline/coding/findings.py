"""What stands in a text, whatever an ontology makes of it: times, places, who says what, who is who.

It is found once, and may be kept as bytes beside the parse: another ontology then needs its own part of coding alone.
A word is kept as its number in the parse; the whole is MessagePack, deflated.
"""

import zlib
from operator import attrgetter
from typing import NamedTuple

import msgspec

from byline.coding.actors.cast import Cast, find_actors
from byline.coding.attribution.attributions import Attributions, Said, find_attributions
from byline.coding.places.event_place import Scene
from byline.coding.places.gazetteer import Gazetteer
from byline.coding.places.toponyms import find_toponyms
from byline.coding.times.timexes import find_timexes
from byline.language.parsed import Parsed, Token
from byline.records import Actor, Timex, Toponym

_ENCODER = msgspec.msgpack.Encoder(enc_hook=attrgetter("i"))


class Findings(NamedTuple):
    """What stands in the text, before it is put together."""

    parsed: Parsed
    timexes: list[Timex]
    toponyms: list[Toponym]
    scene: Scene
    attributions: Attributions
    cast: Cast


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """Findings without their parse; the last three make the cast."""

    timexes: list[Timex]
    toponyms: list[Toponym]
    said: list[Said]
    actors: list[Actor]
    tokens: dict[int, str]
    sharing: dict[int, list[Token]]


def find(parsed: Parsed, gazetteer: Gazetteer) -> Findings:
    """Return what stands in a text."""
    timexes = find_timexes(parsed)
    toponyms = find_toponyms(parsed, gazetteer)
    attributions = find_attributions(parsed)
    cast = find_actors(parsed, toponyms, _speakers(attributions))
    return Findings(parsed, timexes, toponyms, Scene(parsed, toponyms), attributions, cast)


def packed(found: Findings) -> bytes:
    """Return findings as bytes, without the parse that they are of."""
    cast = found.cast
    kept = _Kept(found.timexes, found.toponyms, found.attributions.said, cast.actors, cast.tokens, cast.shared)
    return zlib.compress(_ENCODER.encode(kept))


def unpacked(kept: bytes, parsed: Parsed) -> Findings | None:
    """Return the findings of a parse from what `packed` made of them; None if the bytes are damaged or another's."""
    try:
        parts = msgspec.msgpack.decode(
            zlib.decompress(kept), type=_Kept, dec_hook=lambda _, number: parsed.tokens[number]
        )
    except (zlib.error, msgspec.DecodeError, IndexError):
        return None
    cast = Cast(parsed, parts.actors, parts.tokens, parts.sharing)
    scene = Scene(parsed, parts.toponyms)
    return Findings(parsed, parts.timexes, parts.toponyms, scene, Attributions(parts.said), cast)


def _speakers(attributions: Attributions) -> dict[int, Token]:
    """Return whose "we" and "I" each quoted word would be: the head of the innermost quoted source."""
    found: dict[int, Token] = {}
    for said in sorted(attributions.said, key=lambda s: len(s.content)):
        if said.speaker is not None and said.attribution.quoted == "direct":
            for token in said.content:
                found.setdefault(token.i, said.speaker)
    return found
