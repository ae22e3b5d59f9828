"""Entities of the discourse → actors of the record: name, country, sector, kind and the reasons."""

from byline.coding.actors.coreference import Entity
from byline.coding.actors.evidence import Identity
from byline.coding.actors.mentions import extent
from byline.coding.actors.story import Story
from byline.language.parsed import Parsed
from byline.records import Actor, ActorKind, Basis

_SAID = 2  # rank from which the actor's own words say its sector
_Found = tuple[str | None, Basis | None]


def actor_of(entity: Entity, number: str, parsed: Parsed, story: Story, owner: Entity | None) -> Actor:
    """Return the record of an entity; ``owner`` is the actor to whom it belongs, entered before it.

    What the entity's own words leave open comes from its owner ("his
    commanders"), the country then from the story.
    """
    country, why = _country(entity, story, owner)
    sector, basis = _sector(entity, owner)
    entity.country, entity.sector = country, sector
    return Actor(
        id=number,
        name=_name(entity, parsed),
        mentions=tuple(sorted(set(entity.spans))),
        country=country,
        sector=sector,
        kind=_kind(entity),
        basis=_joined(why, basis, parsed),
    )


def _country(entity: Entity, story: Story, owner: Entity | None) -> _Found:
    own = next((i for i in entity.identities if i.country), None)
    if own is not None:
        return own.country, own.country_basis
    if owner is not None and owner.country:
        return owner.country, _by_owner(owner)
    given = story.country_for(entity)
    return (given, Basis(rule="context")) if given else (None, None)


def _sector(entity: Entity, owner: Entity | None) -> _Found:
    best = max(entity.identities, key=lambda i: i.rank)
    if best.leaning and best.rank < _SAID and owner is not None and owner.sector and owner.kind != "state":
        return owner.sector, _by_owner(owner)
    irregular = next((i for i in entity.identities if i.irregular and i is not best), None)
    if irregular is not None and _may_be_irregular(best):
        return "REB", Basis(rule="introduced as irregular", span=irregular.head.span)
    return best.sector, best.sector_basis


def _may_be_irregular(identity: Identity) -> bool:
    """Whether an army by name may be none by nature: "the River Army, a militia"."""
    return identity.sector == "MIL" and bool(identity.name) and not identity.known and identity.kind != "person"


def _by_owner(owner: Entity) -> Basis:
    return Basis(rule="owner", span=owner.identities[0].head.span)


def _kind(entity: Entity) -> ActorKind:
    kinds = [i.kind for i in sorted(entity.identities, key=lambda i: not i.name)]
    return next((k for k in kinds if k != "unknown"), "unknown")


def _name(entity: Entity, parsed: Parsed) -> str:
    named = [i for i in entity.identities if i.name]
    if named:
        best = max(named, key=lambda i: (len(i.name), -i.head.i))
        return parsed.read((best.name[0].start, best.name[-1].end))
    return parsed.read(extent(entity.identities[0].phrase, parsed.tokens))


def _joined(country: Basis | None, sector: Basis | None, parsed: Parsed) -> Basis | None:
    """Join two reasons; the sector's words are shown, they mostly hold the country's."""
    shown = sector or country
    if shown is None:
        return None
    rules = dict.fromkeys(b.rule for b in (country, sector) if b is not None)
    return Basis(
        rule="; ".join(rules), span=shown.span, text=parsed.words(shown.span) if shown.span is not None else shown.text
    )
