"""Which country a document is about, if that is plain, and whose actors it may be given to."""

from byline import knowledge
from byline.coding.actor_lexicon import Match
from byline.coding.coreference import Entity

_ANYWHERE = frozenset(knowledge.load("sectors.toml")["coreference"]["anywhere"])
_MOST = 0.6  # share of the country mentions that makes one country the story's
_ENOUGH = 3  # mentions of it


class Story:
    """The countries that a document names: ``sole`` if it is one alone, ``main`` if one outweighs the others."""

    def __init__(self, matches: dict[int, Match], places: dict[int, str]) -> None:
        counts: dict[str, int] = {}
        for index, match in matches.items():
            if match.first == index and match.entry.country and match.entry.role in {"country", "demonym", "capital"}:
                counts[match.entry.country] = counts.get(match.entry.country, 0) + 1
        for index, code in places.items():
            if index not in matches:
                counts[code] = counts.get(code, 0) + 1
        most = max(counts, key=lambda c: counts[c], default=None)
        self.sole = most if len(counts) == 1 else None
        self.main = most if most and counts[most] >= max(_ENOUGH, _MOST * sum(counts.values())) else None

    def country_for(self, entity: Entity) -> str | None:
        """Return the story's country for an actor at home there."""
        if entity.kind in {"state", "unknown"} or entity.sector in _ANYWHERE:
            return None
        if any(i.foreign or i.known for i in entity.identities):
            return None
        definite = bool(entity.names) or any(i.phrase.determiner == "the" for i in entity.identities)
        return self.sole or (self.main if definite else None)
