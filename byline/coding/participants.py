"""Participants whom no lexicon knows.

A place or thing acted upon stands for those whose it is ("shelled Tartus",
"held Chilean ships", "burned their homes"); whoever acts is somebody ("the
bouncers beat him").
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from byline import knowledge
from byline.coding import syntax
from byline.coding.actors.cast import Cast
from byline.coding.actors.lexicon import lexicon
from byline.language.parsed import Parsed, Token
from byline.records import Actor, Basis, Event, Mention, Toponym

_LEFT = ("compound", "amod", "nmod", "poss")
_LOCAL = frozenset({"CVL", "LAB", "AGR", "EDU", "COP", "MED"})
_NATIONAL = frozenset({"country", "demonym", "capital"})
_TOWN = frozenset({"point", "place", "district"})
_INHABITED = frozenset(knowledge.load("sectors.toml")["places"]["inhabited"])


class _Target(NamedTuple):
    """A participant that is nobody's mention yet, its country and sector and why."""

    token: Token
    mention: Mention
    name: str
    country: str | None
    sector: str | None
    basis: Basis | None


def with_participants(
    cast: Cast, doers: Iterable[Token], recipients: Iterable[Token], toponyms: list[Toponym], parsed: Parsed
) -> Cast:
    """Return the cast with an actor for each doer that is none yet, and for each recipient with a country of its own.

    Those of one name are one actor. A thing that somebody of the cast owns
    stands for its owner.
    """
    owners = {t.i: owner for t in recipients if cast.at(t) is None and (owner := _owner(t, cast)) is not None}
    found = _targets(cast.joined_by([], owners), doers, recipients, toponyms, parsed)
    actors = [_actor(f"a{n}", targets) for n, targets in enumerate(found.values(), len(cast.actors) + 1)]
    tokens = {t.token.i: a.id for a, targets in zip(actors, found.values(), strict=True) for t in targets}
    return cast.joined_by(actors, owners | tokens)


def _owner(thing: Token, cast: Cast) -> str | None:
    """Return whose a thing is: "the army's tanks", "the computers of the nuns", "a camp for refugees"."""
    if thing.pos != "NOUN":
        return None
    behind = (o for p in syntax.prepositions(thing, "of", "for") for o in syntax.objects_of_preposition(p))
    return next((a for t in (*thing.all("poss"), *behind) if (a := cast.at(t)) is not None), None)


def _targets(
    cast: Cast, doers: Iterable[Token], recipients: Iterable[Token], toponyms: list[Toponym], parsed: Parsed
) -> dict[str, list[_Target]]:
    """Return those who are nobody's mention yet, by name."""
    places = {t.i: p for p in toponyms if p.country for t in parsed.covering(p.span)}
    participants = [(t, True) for t in doers] + [(t, False) for t in recipients]
    found: dict[str, list[_Target]] = {}
    for token, acts in sorted(participants, key=lambda p: (p[0].i, not p[1])):
        if cast.at(token) is None and token.pos != "PRON":
            target = _target(token, cast, places, parsed, acts=acts)
            if acts or target.country is not None:
                found.setdefault(target.name, []).append(target)
    return found


def at_home(actors: Iterable[Actor], events: Iterable[Event], toponyms: list[Toponym]) -> Iterator[Actor]:
    """Yield the actors; local people without a country have that of the place where they act.

    "Demonstrators in Gothenburg blocked a road": they are coded Swedish, with
    the place as basis. Armed groups, persons and states are left alone.
    """
    where: dict[str, Toponym] = {}
    for event in events:
        places = [toponyms[i] for i in event.toponyms if toponyms[i].country]
        if len({p.country for p in places}) == 1:
            where |= {m.actor: places[0] for m in event.actors if m.actor and m.actor not in where}
    for actor in actors:
        place = where.get(actor.id)
        local = actor.country is None and actor.kind == "group" and actor.sector in _LOCAL
        if place is None or not local:
            yield actor
        else:
            basis = Basis(rule="where they act", span=place.span, text=place.text)
            yield msgspec.structs.replace(actor, country=place.country, basis=basis)


def _target(token: Token, cast: Cast, places: dict[int, Toponym], parsed: Parsed, *, acts: bool) -> _Target:
    mention = cast.mention(token)
    behind = [o for p in syntax.prepositions(token, "of", "in") for o in syntax.objects_of_preposition(p)]
    near = sorted({t.i: t for t in (token, *token.all(*_LEFT, "appos"), *behind)}.values(), key=lambda t: t.i)
    matches = [m for m in lexicon().matches(near) if m.entry.role not in {"title", "leader"}]
    sector = next((m.entry.sector for m in reversed(matches) if m.entry.role not in _NATIONAL and m.entry.sector), None)
    place = next((places[t.i] for t in near if t.i in places), None)
    own = token.i in places
    home = token.lemma in _INHABITED or (own and places[token.i].precision in _TOWN)
    sector = sector or ("CVL" if home and not acts else None)
    if place is not None and place.country is not None:
        basis = Basis(rule="place acted upon", span=place.span, text=place.text)
        return _Target(token, mention, place.text if own else mention.text, place.country, sector, basis)
    for match in matches:
        if match.entry.role in _NATIONAL and match.entry.country is not None:
            word = parsed.tokens[match.first]
            basis = Basis(rule=match.entry.role, span=word.span, text=parsed.words(word.span))
            return _Target(token, mention, mention.text, match.entry.country, sector, basis)
    return _Target(token, mention, mention.text, None, None, None)


def _actor(number: str, targets: list[_Target]) -> Actor:
    first = targets[0]
    mentions = tuple(sorted({t.mention.span for t in targets}))
    return Actor(
        id=number,
        name=first.name,
        mentions=mentions,
        country=first.country,
        sector=first.sector,
        kind="unknown",
        basis=first.basis,
    )
