"""Invented happenings: what happened where, to whom, by whom, and how many it killed, as later days knew it.

The names are made of syllables and the words are those of happenings.toml; the towns are real.
"""

import random
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
WORDS: dict[str, Any] = TABLES["words"]
COUNTRIES: list[dict[str, Any]] = TABLES["countries"]
KINDS = {"attack": 30, "killing": 15, "arrest": 15, "protest": 15, "strike": 8, "agreement": 9, "statement": 8}


class Toll(NamedTuple):
    """How many are known to be dead and wounded, from so many days after a happening on."""

    after: int
    dead: int
    hurt: int


class Happening(NamedTuple):
    """What happened, and what is the same whoever tells it; `whole` is the id of what it is part of."""

    id: str
    kind: str
    day: int
    town: str
    country: dict[str, Any]
    facts: dict[str, Any]
    tolls: tuple[Toll, ...] = ()
    whole: str | None = None


class World:
    """Makes up happenings, and keeps them; the same dice give the same world."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._groups = {c["name"]: [self.named(g) for g in dice.sample(WORDS["groups"], 2)] for c in COUNTRIES}
        self.officials = {c["name"]: [self.named(o) for o in WORDS["officials"]] for c in COUNTRIES}
        self.happenings: dict[str, Happening] = {}

    def has_parts(self, happening: Happening) -> bool:
        """Whether others are parts of a happening."""
        return any(h.whole == happening.id for h in self.happenings.values())

    def happening(
        self, kind: str, day: int, *, like: Happening | None = None, town: str | None = None, paired: bool = False,
        named: bool = False, tolls: tuple[Toll, ...] = (), whole: str | None = None,
    ) -> Happening:  # fmt: skip
        """Make up a happening: `like` another, by the same side, or anywhere; `paired`: where two towns are near."""
        country, somewhere = (like.country, like.town) if like else self._where(paired=paired)
        dead = self._dice.randint(2, 14)
        made = Happening(
            id=f"h{len(self.happenings)}", kind=kind, day=day, town=town or somewhere, country=country,
            facts=self._facts(kind, country, named=named, like=like),
            tolls=tolls or (Toll(0, dead, dead + self._dice.randint(1, 9)),), whole=whole,
        )  # fmt: skip
        self.happenings[made.id] = made
        return made

    def _where(self, *, paired: bool) -> tuple[dict[str, Any], str]:
        country = self._dice.choice(COUNTRIES)
        towns = [t for pair in country["pairs"] for t in pair]
        return country, self._dice.choice(towns if paired else [*towns, *country["towns"]])

    def neighbour(self, town: str) -> str:
        """Return the town that is near another."""
        pair = next(p for c in COUNTRIES for p in c["pairs"] if town in p)
        return str(pair[pair[0] == town])

    def _facts(self, kind: str, country: dict[str, Any], *, named: bool, like: Happening | None) -> dict[str, Any]:
        """Return the words that all tellers of a happening share: who, to whom, what, why."""
        choose, victim = self._dice.choice, self.person()
        facts = {n[:-1]: choose(WORDS[n]) for n in ("jobs", "grievances", "crimes", "charges", "deals")}
        facts |= {n: choose(WORDS[n]) for n in ("protesters", "strikers", "whom")}
        facts |= {n: self._filled(choose(WORDS["parties"])) for n in ("party", "other")}
        facts |= {"victim": victim, "surname": victim.split()[1], "person": self.person(), "big": self.big()}
        facts |= {"speaker": f"{choose(WORDS['titles'])} {victim}", "speaker_surname": victim.split()[1]}
        deed = like.facts["deed"] if like else choose(list(WORDS["past"]))
        targets = [t for t in WORDS["targets"][deed] if t not in self._hit(like)] or WORDS["targets"][deed]
        facts |= {"deed": deed, "target": choose(targets), "adjective": country["adjective"]}
        facts |= {n: WORDS[n][deed] for n in ("past", "part", "noun")}
        return facts | self._doers(kind, country, named=named, like=like)

    def _hit(self, like: Happening | None) -> set[str]:
        """Return what the raids of the same days have hit: nobody could tell two raids on one target from one."""
        same = (h for h in self.happenings.values() if like and {h.id, h.whole} & {like.id, like.whole} - {None})
        return {h.facts["target"] for h in same}

    def _doers(self, kind: str, country: dict[str, Any], *, named: bool, like: Happening | None) -> dict[str, Any]:
        group = self._dice.choice(self._groups[country["name"]])
        known = named or self._dice.random() < 0.5  # noqa: PLR2004 -- half
        doers = {"side": group if known else WORDS["unknown" if kind == "attack" else "few"], "they": WORDS["they"]}
        if like:
            doers = {name: like.facts[name] for name in doers}
        return doers | {"denier": f"a spokesman for {group[1]}"}

    def kind(self, but: str = "") -> str:
        """Return one kind of happening, the usual ones more often."""
        kinds = {kind: weight for kind, weight in KINDS.items() if kind != but}
        return self._dice.choices(list(kinds), list(kinds.values()))[0]

    def named(self, words: list[str]) -> list[str]:
        """Return the ways to call one person or body."""
        name, person = self.name(), self.person()
        return [w.format(x=name, p=person) for w in words]

    def _filled(self, words: str) -> str:
        return words.format(x=self.name())

    def person(self) -> str:
        """Return a name."""
        return f"{self._dice.choice(TABLES['given'])} {self.name()}"

    def big(self) -> str:
        """Return some thousands."""
        return f"{self._dice.randint(2, 90)},000"

    def name(self) -> str:
        """Return a name in one word."""
        return "".join(self._dice.sample(TABLES["syllables"], self._dice.randint(2, 3))).capitalize()
