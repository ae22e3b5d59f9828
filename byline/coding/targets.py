"""A place that is done something to stands for those who are there: "shelled Basra", "sanctions on Norway"."""

from collections.abc import Iterable

from byline.coding.actors import Cast
from byline.language.parsed import Parsed, Token
from byline.records import Actor, ActorKind, Basis, Toponym


def with_targets(cast: Cast, recipients: Iterable[Token], toponyms: list[Toponym], parsed: Parsed) -> Cast:
    """Return the cast with an actor for each place among the recipients that is none yet.

    Places of one name are one actor, with the place's country and no sector.
    """
    by_token = {t.i: p for p in toponyms if p.country for t in parsed.covering(p.span)}
    found: dict[str, list[tuple[Token, Toponym]]] = {}
    for token in recipients:
        toponym = by_token.get(token.i)
        if toponym is not None and cast.at(token) is None:
            found.setdefault(toponym.name or toponym.text, []).append((token, toponym))
    actors = [_actor(f"a{n}", places) for n, places in enumerate(found.values(), len(cast.actors) + 1)]
    tokens = {t.i: a.id for a, places in zip(actors, found.values(), strict=True) for t, _ in places}
    return cast.joined_by(actors, tokens)


def _actor(number: str, places: list[tuple[Token, Toponym]]) -> Actor:
    toponym = places[0][1]
    mentions = tuple(sorted({p.span for _, p in places}))
    basis = Basis(rule="place acted upon", span=toponym.span, text=toponym.text)
    kind: ActorKind = "state" if toponym.precision == "country" else "unknown"
    return Actor(id=number, name=toponym.text, mentions=mentions, country=toponym.country, sector=None, kind=kind, basis=basis)
