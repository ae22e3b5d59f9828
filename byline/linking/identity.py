"""Who may be one and the same source: names, bodies, offices, countries and sectors, held against each other.

Two sources are different only where something tells them apart. A shorter name is the fuller one's; a nameless
source ("police", "an army spokesman") may be anybody of its country and sector, unless another office or another
body is named. A person of whom no office is told is a private person.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from byline import knowledge
from byline.linking.reports import Party
from byline.records import ActorKind

_WORDS = knowledge.load("sources.toml")
_OFFICIAL, _PRIVATE, _SPEAKERS, _ANY_OFFICIAL = (
    frozenset(_WORDS[k]) for k in ("official", "private", "speakers", "any_official")
)
_RECORDS = frozenset(knowledge.load("attribution.toml")["sources"]["documents"]) | frozenset(_WORDS["records"])
_SECTORS = knowledge.load("sectors.toml")
_CAPITALS = knowledge.load("capitals.toml")
_PEOPLE = knowledge.load("people.toml")
_COUNTRIES = knowledge.load("countries.toml")["countries"].values()
_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_PERSON = "person"
_SURE = 2  # words of a name that make it one person's wherever it is told
_MOST_WORDS = 5  # of an office: "secretary of state for trade"


class Who(NamedTuple):
    """What tells one source from others; ``name`` and ``body`` are the words of names, in lower case.

    ``body`` is whom a person or a nameless source is of ("of the Marlow police"); a body's own name is its ``name``.
    """

    name: tuple[str, ...]
    body: tuple[str, ...]
    offices: frozenset[str]
    kind: ActorKind
    country: str | None
    sector: str | None
    short: str | None = None
    is_record: bool = False

    @property
    def is_private(self) -> bool:
        """Whether somebody speaks for nobody but themselves."""
        return self.kind != "organisation" and not self.offices and self.sector in {None, *_PRIVATE}

    @property
    def is_thing(self) -> bool:
        """Whether it is a record ("the indictment", "a call"), or of no kind that says who it is."""
        return self.kind == "unknown" and (self.is_record or (self.sector is None and not self.is_named))

    @property
    def is_named(self) -> bool:
        """Whether a name stands among the words for them."""
        return bool(self.name or self.body)

    @property
    def is_official(self) -> bool:
        return self.sector in _OFFICIAL


def _nouns() -> Iterator[tuple[str, str]]:
    for sector, roles in _SECTORS["nouns"].items():
        yield from ((sector, noun) for nouns in roles.values() for noun in nouns)


def _sectors_of_words() -> dict[str, set[str]]:
    """Return the sectors that a noun or modifier may tell."""
    found: dict[str, set[str]] = {}
    modifiers = ((sector, word) for sector, words in _SECTORS["modifiers"].items() for word in words)
    for sector, word in (*_nouns(), *modifiers):
        found.setdefault(word, set()).add(sector)
    return found


def _nations() -> re.Pattern[str]:
    names = {n for c in _COUNTRIES for part in ("names", "demonyms") for n in c.get(part, ())}
    longest_first = sorted(names, key=lambda n: (-len(n), n))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


_OFFICES = frozenset(noun for roles in _SECTORS["nouns"].values() for noun in roles.get("office", ()))
_SECTORS_OF = _sectors_of_words()
_NATIONS = _nations()
# Words that name nobody, though they may bear a capital; those of the second list are a part of a body's name.
_NAMELESS = frozenset(
    chain(
        (title.rstrip(".") for titles in _SECTORS["titles"].values() for title in titles),
        (noun for _, noun in _nouns()),
        set(_CAPITALS["titles"]) - set(_CAPITALS["before_titles"]),
        _CAPITALS["short_titles"],
        _PEOPLE["not_names"],
        _PEOPLE["ranks"],
        _WORDS["nameless"],
        _SECTORS["words"]["never"],
    )
)
_NAMELESS_BESIDE_A_NAME = frozenset(chain(_NAMELESS, _SECTORS_OF, _CAPITALS["before_titles"]))


@lru_cache(10_000)
def who_is(party: Party) -> Who:
    """Return what is known of somebody from all that the document calls them."""
    called = party.described or party.text
    words = tuple(singular(w) for w in _TOKEN.findall(called.lower()))
    phrases = _phrases(words)
    is_body = party.kind == "organisation"
    name = _proper(party.name, _NAMELESS if is_body else _NAMELESS_BESIDE_A_NAME)
    body = () if is_body and name else tuple(w for w in _proper(called, _NAMELESS_BESIDE_A_NAME) if w not in name)
    if name and party.kind not in {_PERSON, "organisation"} and not _is_name(party.name):
        name, body = (), name
    acting = frozenset(p for p in phrases if p in _OFFICES) | frozenset(
        w for w in words if w in _SPEAKERS | _ANY_OFFICIAL
    )
    return Who(
        name=name,
        body=body,
        offices=acting,
        kind=party.kind,
        country=party.country,
        sector=party.sector or _sector_told(phrases, is_person=party.kind == _PERSON and bool(name)),
        short=_short(party.name),
        is_record=not _RECORDS.isdisjoint(singular(w) for w in _TOKEN.findall(party.name.lower())),
    )


def _is_name(words: str) -> bool:
    """Whether words are a name and no more: "Harbour Watch", but not "Harbour police"."""
    found = _TOKEN.findall(words)
    return all(w[0].isupper() for w in found) and singular(found[-1].lower()) not in _NAMELESS


def _phrases(words: tuple[str, ...]) -> set[str]:
    spans = range(1, _MOST_WORDS + 1)
    return {" ".join(words[i : i + n]) for n in spans for i in range(len(words) - n + 1)}


def _sector_told(phrases: set[str], *, is_person: bool) -> str | None:
    """Return the sector that the longest of the words tells; a named person without one is a private person."""
    known = sorted((p for p in phrases if p in _SECTORS_OF), key=lambda p: (-len(p.split()), p))
    for phrase in known:
        if len(_SECTORS_OF[phrase]) == 1:
            return next(iter(_SECTORS_OF[phrase]))
    return "CVL" if is_person else None


def plain(words: str) -> str:
    """Return words in lower case, without accents."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _proper(words: str, nameless: frozenset[str]) -> tuple[str, ...]:
    """Return the words with a capital that name somebody: no titles, offices, nationalities or kinds of bodies."""
    found = (w.rstrip(".") for w in _TOKEN.findall(_NATIONS.sub(" ", words)) if w[0].isupper() or w[0].isdigit())
    return tuple(plain(w) for w in found if w.lower() not in nameless and singular(w.lower()) not in nameless)


def singular(word: str) -> str:
    """Return an English noun of lower case without the ending of its plural."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("ss"):
        return word
    return word[:-2] if word.endswith(("sses", "shes", "ches")) else word.removesuffix("s")


def _short(name: str) -> str | None:
    """Return an abbreviation that is a whole name ("MSF"), or that which a long name has."""
    words = [w for w in _TOKEN.findall(name) if w[0].isupper()]
    if len(words) == 1:
        letters = words[0].replace(".", "")
        return letters.lower() if letters.isupper() and len(letters) > 1 else None
    return "".join(w[0] for w in words).lower() or None


def may_be_same(one: Who, other: Who) -> bool:
    """Return whether nothing tells two sources apart."""
    if one.name and other.name:
        return _same_named(one, other)
    if one.offices & _OFFICES and other.offices & _OFFICES and not one.offices & other.offices:
        return False
    return _bodies_meet(one, other) and _compatible(one, other)


def _same_named(one: Who, other: Who) -> bool:
    people = (one.kind == _PERSON) + (other.kind == _PERSON)
    if people == 1 and "unknown" not in {one.kind, other.kind}:
        return (
            one.sector is not None
            and one.sector == other.sector
            and _bodies_meet(one, other)
            and _same_country(one, other)
        )
    named_alike = agree(one.name, other.name) or (people == 0 and one.short is not None and one.short == other.short)
    if named_alike:
        sure = people and min(len(one.name), len(other.name)) >= _SURE
        return bool(sure) or _same_country(one, other)
    return bool(people and one.body and other.body) and agree(one.body, other.body) and _compatible(one, other)


def _body(who: Who) -> tuple[str, ...]:
    return who.body if who.kind == _PERSON or not who.name else who.name


def _bodies_meet(one: Who, other: Who) -> bool:
    mine, theirs = _body(one), _body(other)
    return not mine or not theirs or agree(mine, theirs)


def _compatible(one: Who, other: Who) -> bool:
    if not _same_country(one, other):
        return False
    if one.sector is None or other.sector is None or one.sector == other.sector:
        return True
    return any(_ANY_OFFICIAL & a.offices and b.is_official for a, b in ((one, other), (other, one)))


def _same_country(one: Who, other: Who) -> bool:
    return one.country is None or other.country is None or one.country == other.country


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether every word of the shorter name stands in the longer one, an initial for its word."""
    shorter, longer = sorted((one, other), key=len)
    return all(any(_match(w, v) for v in longer) for w in shorter)


def _match(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])
