"""Which country a document is about, if that is plain, and whose actors it may be given to."""

from byline import knowledge
from byline.coding.actors.coreference import Entity
from byline.coding.actors.evidence import Evidence
from byline.coding.actors.mentions import Phrase

_ANYWHERE = frozenset(knowledge.load("sectors.toml")["coreference"]["anywhere"])
_OFFICES = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "OPP", "PTY"})
_NATIONAL = frozenset({"country", "demonym", "capital"})
_DOMESTIC = frozenset({"COP", "JUD", "LEG", "OPP", "PTY", "CVL", "LAB", "AGR", "EDU", "MED", "ENV", "HRI"})
_MOST = 0.6  # share of the country mentions that makes one country the story's
_ENOUGH = 3  # mentions of it


class Story:
    """The countries that a document names.

    ``only`` is the one that it names at all, ``sole`` the same where that is
    no mere adjective and not just an army's, ``main`` the one that outweighs
    the others. A holder of an office is taken to hold it in the only one, and
    groups of people to be of ``home``: the only one, where it is said of police
    or students, say, who act at home, as armies need not.
    """

    def __init__(self, evidence: Evidence) -> None:
        counts: dict[str, int] = {}
        abroad = {t.i for p in evidence.phrases.values() if _sector(p, evidence) == "MIL" for t in p.core}
        places = {code for index, code in evidence.places.items() if index not in abroad}
        at_home = False  # whether a country is named otherwise than by the name of somebody of that country
        domestic = True
        for phrase in evidence.phrases.values():
            ethnic = any(t.lower == "ethnic" for t in phrase.core)
            for match in evidence.before(phrase, phrase.stop):
                code = match.entry.country
                if code is None or ethnic or match.entry.role not in _NATIONAL:
                    continue
                counts[code] = counts.get(code, 0) + 1
                at_home |= phrase.head.pos != "PROPN" or phrase.head.i < match.stop
                domestic &= _sector(phrase, evidence) in _DOMESTIC
                if match.entry.role != "demonym" and match.first not in abroad:
                    places.add(code)
        for index, code in evidence.places.items():
            if index not in evidence.matches:
                counts[code] = counts.get(code, 0) + 1
        most = max(counts, key=lambda c: counts[c], default=None)
        self.only = most if len(counts) == 1 and at_home else None
        self.home = self.only if domestic else None
        self.sole = most if most is not None and len(counts) == 1 and (most in places or counts[most] > 1) else None
        self.main = most if most is not None and counts[most] >= max(_ENOUGH, _MOST * sum(counts.values())) else None

    def country_for(self, entity: Entity) -> str | None:
        """Return the story's country for an actor at home there."""
        if entity.kind in {"state", "unknown"} or entity.sector in _ANYWHERE:
            return None
        if entity.kind == "person" and not entity.nouns and entity.sector is None:
            return None
        if any(i.foreign or i.known for i in entity.identities):
            return None
        if entity.kind == "person" and entity.sector in _OFFICES and self.only:
            return self.only
        if entity.kind == "group" and entity.sector in _DOMESTIC and self.home:
            return self.home
        definite = bool(entity.names) or any(i.phrase.determiner == "the" for i in entity.identities)
        return self.sole or (self.main if definite else None)


def _sector(phrase: Phrase, evidence: Evidence) -> str | None:
    """Return the sector that the head noun of a phrase says by itself."""
    match = evidence.matches.get(phrase.head.i)
    return match.entry.sector if match is not None else None
