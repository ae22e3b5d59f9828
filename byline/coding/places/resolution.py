"""Which place a name means: candidates weighed by size, context and nearness, one sense a document.

A candidate gains by its population, by being in a country or province that the
text names (or whose people it names), by nearness to the text's other places,
and by what stands beside it ("Springfield, Illinois", "Tartus province").
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from byline import knowledge
from byline.coding.places.gazetteer import Candidate, Place
from byline.coding.places.mentions import DEMONYMS, PlaceName
from byline.coding.places.publication import country_of
from byline.coding.places.spelling import plain
from byline.distance import distance
from byline.language.parsed import Parsed

_COUNTRIES = knowledge.load("countries.toml")["countries"]
_CAPITALS = {
    (code, plain(city)) for code, c in _COUNTRIES.items() for city in (c.get("capital", ""), *c.get("seats", ()))
}
HOME = ""  # the words of a name that no text has: the publication's home
_HOME_TYPES = frozenset({"place"})
_MOST_CANDIDATES = 40
_MOST_SETTLED = 30
_NEAR_KM = 150.0
_NEAR_DEGREES = 6.0
_ROUNDS = 2  # each place is weighed again once the others are settled
_CELL = 0.5
_CITY = 100_000
_MANY_TIMES = 100
_VILLAGE = 1_000
_JOINTS = frozenset({",", "and", "or", ", and", ", or", "&"})
_JOINT_TOKENS = 2
_CROWD = 2.0
_WEIGHTS: dict[str, float] = knowledge.load("places/evidence.toml")["resolution"]


class Resolved(NamedTuple):
    """The place chosen for a name, best of those beaten first; with ``inside``, the place only lies in it.

    ``city`` is the larger one that the place is a part of, if the text says that it is a part.
    """

    place: Place
    beaten: tuple[Place, ...]
    inside: bool = False
    city: Place | None = None


class _Name(NamedTuple):
    """A name of the document, all its mentions as one."""

    candidates: tuple[Candidate, ...]
    types: frozenset[str]
    within: tuple[Place, ...]
    mentions: int
    cells: frozenset[tuple[int, int]]
    speaks_of: Counter[str]


class _Company(NamedTuple):
    """The other places of the document, as far as they are settled."""

    places: tuple[Place, ...]
    countries: Counter[str | None]
    provinces: Counter[str]


class _Context(NamedTuple):
    """How often the text speaks of countries (alpha-3) and provinces (GeoNames codes), and where its names crowd.

    In ``crowd`` each name spreads the weight of one over the cells that its candidates lie in.
    """

    counts: Counter[str]
    most: int
    crowd: dict[tuple[int, int], float]

    def weight(self, code: str | None, own: Counter[str]) -> float:
        """Return up to one for the code spoken of most, none for one not spoken of; ``own`` counts are taken off."""
        count = self.counts[code] - own[code] if code else 0
        return 0.5 + 0.5 * count / self.most if count > 0 else 0.0


_ALONE = _Company((), Counter(), Counter())


def resolve(names: Sequence[PlaceName], parsed: Parsed, home: tuple[Candidate, ...] = ()) -> dict[str, Resolved]:
    """Return the place chosen for the words of each name; names that nothing fits are left out.

    ``home`` are the places that the publication may be named after: one name more, `HOME`, that no text need have.
    """
    grouped = _grouped(names, parsed)
    if home:
        grouped[HOME] = _Name(home, _HOME_TYPES, (), 1, _cells(home), Counter())
    context = _context(grouped, parsed)
    ranked = {words: _ranked(words, name, context, _ALONE) for words, name in grouped.items()}
    for _ in range(_ROUNDS):
        settled = _settled(grouped, ranked)
        ranked = {words: _ranked(words, name, context, _company(words, settled)) for words, name in grouped.items()}
    return {w: found for w, name in grouped.items() if (found := _resolved(name, ranked[w]))}


def _resolved(name: _Name, ranked: list[Place]) -> Resolved | None:
    if name.within and not any(p.population >= _CITY or _lies_in(p, name.within) for p in ranked):
        return Resolved(name.within[0], tuple(ranked[:3]), inside=True)
    return Resolved(ranked[0], tuple(ranked[1:4])) if ranked else None


def _grouped(names: Sequence[PlaceName], parsed: Parsed) -> dict[str, _Name]:
    kinds = _kinds_in_lists(names, parsed)
    mentions: dict[str, list[PlaceName]] = {}
    types: dict[str, set[str]] = defaultdict(set)
    within: dict[str, tuple[Place, ...]] = {}
    for number, (name, after) in enumerate(zip(names, [*names, None][1:], strict=True)):
        mentions.setdefault(name.words, []).append(name)
        types[name.words] |= kinds.get(number, frozenset()) | ({name.type} if name.type else frozenset())
        wider = () if after is None or number in kinds else _qualifier(name, after, parsed)
        within[name.words] = within.get(name.words) or wider
        if after is not None:
            types[after.words] |= {w.kind for w in wider if any(_lies_in(c.place, (w,)) for c in name.candidates)}
    return {words: _as_one(same, frozenset(types[words]), within[words]) for words, same in mentions.items()}


def _kinds_in_lists(names: Sequence[PlaceName], parsed: Parsed) -> dict[int, frozenset[str]]:
    """Return what the members of a list have in common, by number of the name: all provinces, or all countries.

    "Georgia, Florida and Texas". Two with a comma between them are no list but "Ontario, California".
    """
    found: dict[int, frozenset[str]] = {}
    first = 0
    common: frozenset[str] = frozenset()
    for number in range(len(names) + 1):
        own = _wide_kinds(names[number]) if number < len(names) else frozenset()
        joint = _joint(names[number - 1], names[number], parsed) if 0 < number < len(names) else None
        if joint and common & own:
            common &= own
            continue
        last = number - 1
        if last - first > 1 or (last - first == 1 and _joint(names[first], names[last], parsed) != ","):
            found.update(dict.fromkeys(range(first, number), common))
        first, common = number, own
    return found


def _wide_kinds(name: PlaceName) -> frozenset[str]:
    """Return whether the name may be a country's or a province's; a province with a city of its name says nothing."""
    own = [c.place for c in name.candidates if c.match == "name"]
    cities = {p.province for p in own if p.kind == "place" and plain(p.name) == plain(name.words)}
    return frozenset(p.kind for p in own if p.kind == "country" or (p.kind == "province" and p.province not in cities))


def _joint(name: PlaceName, after: PlaceName, parsed: Parsed) -> str:
    """Return the words that join two names of a list, "" if something else stands between them."""
    between = parsed.tokens[name.stop : after.first]
    joint = " ".join(t.lower for t in between) if len(between) <= _JOINT_TOKENS else ""
    return joint if joint in _JOINTS else ""


def _as_one(names: list[PlaceName], types: frozenset[str], within: tuple[Place, ...]) -> _Name:
    candidates = names[0].candidates
    return _Name(candidates, types, within, len(names), _cells(candidates), _speaks_of(candidates, len(names)))


def _cells(candidates: tuple[Candidate, ...]) -> frozenset[tuple[int, int]]:
    return frozenset(_cell(c.place) for c in candidates if c.place.kind in {"place", "district"})


def _qualifier(name: PlaceName, after: PlaceName, parsed: Parsed) -> tuple[Place, ...]:
    """Return the countries and provinces that stand behind the name: "Springfield, Illinois", "Leeds (England)"."""
    if after.first - name.stop != 1 or parsed.tokens[name.stop].text not in {",", "("}:
        return ()
    if any(c.place.kind in {"country", "region"} for c in name.candidates):
        return ()
    return tuple(c.place for c in after.candidates if c.place.kind in {"country", "province"} and c.match == "name")


def _lies_in(place: Place, wider: tuple[Place, ...]) -> bool:
    return any(place.province == w.province if w.province else place.country == w.country for w in wider)


def _context(grouped: dict[str, _Name], parsed: Parsed) -> _Context:
    counts = Counter(DEMONYMS[t.text] for t in parsed.tokens if t.text in DEMONYMS)
    counts.update(country_of(parsed.document))
    crowd: dict[tuple[int, int], float] = defaultdict(float)
    for name in grouped.values():
        counts.update(name.speaks_of)
        for cell in name.cells:
            crowd[cell] += 1 / len(name.candidates)
    return _Context(counts, max(counts.values(), default=1), crowd)


def _cell(place: Place) -> tuple[int, int]:
    return (round((place.latitude or 0) / _CELL), round((place.longitude or 0) / _CELL))


def _crowd_around(place: Place, name: _Name, context: _Context) -> float:
    """Return how many other names have a candidate in the cells around the place."""
    row, column = _cell(place)
    around = {(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)}
    own = len(around & name.cells) / len(name.candidates)
    return sum(context.crowd.get(cell, 0.0) for cell in around) - own


def _speaks_of(candidates: tuple[Candidate, ...], mentions: int) -> Counter[str]:
    """Return the country and the province that a name, if it means its widest candidate, brings into the text."""
    wide = [c.place for c in candidates if c.place.kind in {"country", "region", "province"} and c.match == "name"]
    codes = sorted({code for place in wide[:1] for code in (place.country, place.province) if code})
    return Counter(dict.fromkeys(codes, mentions))


def _settled(grouped: dict[str, _Name], ranked: dict[str, list[Place]]) -> list[tuple[str, Place]]:
    """Return the places chosen so far that may draw others near, most mentioned first; wide ones have no nearness."""
    settled = [(w, p[0]) for w, p in ranked.items() if p and p[0].kind not in {"country", "region"}]
    return sorted(settled, key=lambda wp: (-grouped[wp[0]].mentions, wp[0]))[:_MOST_SETTLED]


def _company(words: str, settled: list[tuple[str, Place]]) -> _Company:
    others = tuple(place for w, place in settled if w != words)
    return _Company(others, Counter(p.country for p in others), Counter(p.province for p in others))


def _ranked(words: str, name: _Name, context: _Context, company: _Company) -> list[Place]:
    candidates = _fitting(name, context)[:_MOST_CANDIDATES]
    weighed = [(_weight(words, c, name, context, company), c.place) for c in candidates]
    weighed.sort(key=lambda wp: (-wp[0], -wp[1].population, wp[1].geonames_id or 0))
    return [place for _, place in weighed]


def _fitting(name: _Name, context: _Context) -> list[Candidate]:
    """Return the candidates inside what stands behind the name, if any.

    A spelling that is not on record counts for cities, and for smaller places in the text's countries.
    """
    known = [
        c
        for c in name.candidates
        if c.match != "variant" or c.place.population >= _CITY or context.weight(c.place.country, name.speaks_of)
    ]
    return [c for c in known if _lies_in(c.place, name.within)] or known


def _weight(words: str, candidate: Candidate, name: _Name, context: _Context, company: _Company) -> float:
    place = candidate.place
    weight = _size(place, name) + _WEIGHTS[candidate.match]
    if (place.country, plain(words)) in _CAPITALS and place.kind == "place":
        weight += _WEIGHTS["capital"]
    weight += _WEIGHTS["country_in_text"] * context.weight(place.country, name.speaks_of)
    weight += _WEIGHTS["province_in_text"] * context.weight(place.province, name.speaks_of)
    if place.kind in name.types:
        weight += _WEIGHTS["kind_beside_it"]
    others = len(company.places) or 1
    weight += _WEIGHTS["country_of_other_places"] * company.countries[place.country] / others
    if place.kind in {"country", "region"}:
        return weight
    if place.province:
        weight += _WEIGHTS["province_of_other_places"] * company.provinces[place.province] / others
    weight += _WEIGHTS["near"] * _nearness(place, company.places)
    return weight + _WEIGHTS["in_crowd"] * min(_CROWD, _crowd_around(place, name, context))


def _nearness(place: Place, others: tuple[Place, ...]) -> float:
    """Return one where the nearest of the others is at the same spot, falling to nothing with the distance."""
    latitude = place.latitude or 0.0
    around = (distance(place, o) for o in others if abs((o.latitude or 0.0) - latitude) < _NEAR_DEGREES)
    return math.exp(-min(around, default=math.inf) / _NEAR_KM)


def _size(place: Place, name: _Name) -> float:
    """Return the weight of a place by itself: the order of its population, more for countries and wide regions.

    A country and another's province may share a name ("Georgia"): there context decides.
    A province or district gives way to the place in it that has its name, not to villages elsewhere.
    Small towns have papers, too: of a publication's home, size says nothing.
    """
    if place.kind in {"country", "region"}:
        shared = any(
            c.place.kind == "province" and c.place.country != place.country and c.match == "name"
            for c in name.candidates
        )
        return _WEIGHTS["country_sharing_name" if shared else "country_or_region"]
    size = math.log10(place.population + 100)
    if place.kind == "place":
        return 0.0 if name.types is _HOME_TYPES else size
    towns = [c.place for c in name.candidates if c.place.kind == "place"]
    if any(t.province == place.province for t in towns):
        size += _WEIGHTS["city_of_same_name"]
    if place.population > _MANY_TIMES * max((t.population for t in towns), default=_VILLAGE):
        size += _WEIGHTS["far_larger_province"]
    return size + (place.kind == "district") * _WEIGHTS["district"]
