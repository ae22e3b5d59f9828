"""Archives of invented happenings with known truth: who tells what, from whom it is known, and what is part of what.

Outlets tell a happening in words of their own, in several lengths and orders; agencies are copied, cut and
embedded; tolls grow by the day; raids are alike, a day apart; days are told wrongly; sides deny; weeks of raids
have days and single raids; sources are quoted by several outlets in changing words; round-ups tell many
happenings in a line each. The words are in happenings.toml.
"""

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from happenings import TABLES, WORDS, Happening, Toll, World

from byline.ingest import Facts, from_text
from byline.records import Document, Interval, Span

FIRST, DAYS = date(2019, 1, 7), 150
PLOTS = {"plain": 45, "quoted": 15, "growing": 12, "twins": 10, "two_days": 6, "denied": 8, "campaign": 4}
WEEK, AGO = 7, 32  # days for which a weekday names a day; days after which a month does
WITNESS = "witness"  # of a happening: the one person from the street whom all outlets found, or who may be that one
WITNESSES = re.compile(r"{(person|witnesses)}", re.IGNORECASE)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MANY = ("hundreds of", "dozens of", "about 300", "some 2,000", "thousands of", "more than 400")


class Sentence(NamedTuple):
    """A sentence, what it tells (a happening's id, or an id of its own) and who is quoted for it or denies it."""

    text: str
    tells: str
    source: str | None = None
    denies: bool = False


class Printed(NamedTuple):
    """A document, where its sentences stand in its text, and by whom they are: another outlet if it is a copy."""

    document: Document
    told: tuple[tuple[Span, Sentence], ...]
    author: str


class Retold(NamedTuple):
    """Documents in the order of their days, and the happenings that they tell."""

    printed: list[Printed]
    happenings: dict[str, Happening]


class Teller:
    """Fills patterns with the facts of a happening, as one document that is printed on one day tells them."""

    def __init__(self, dice: random.Random, happening: Happening, printed: int, shift: int = 0) -> None:
        self._dice, self._happening = dice, happening
        self._when, self._printed = FIRST + timedelta(happening.day + shift), FIRST + timedelta(printed)
        self._known = [t for t in happening.tolls if t.after <= max(printed - happening.day, 0)]
        self._placed = False

    def filled(self, pattern: str, source: Sequence[str] = ()) -> str:
        """Return a pattern with its slots filled; `source` are the ways to call who is quoted."""

        def fill(match: re.Match[str]) -> str:
            words = self._filler(match[1].rstrip("_").lower(), source)
            return words[:1].upper() + words[1:] if match[1][0].isupper() else words

        return re.sub(r"{(\w+)}", fill, pattern)

    def _filler(self, slot: str, source: Sequence[str]) -> str:
        if slot.startswith("a_"):
            words = self._filler(slot[2:], source)
            return ("an " if words[0] in "aeiou" else "a ") + words
        found = source if slot == "source" else self._happening.facts.get(slot) or getattr(self, "_" + slot)()
        return found if isinstance(found, str) else self._dice.choice(found)

    def _town(self) -> str:
        return self._happening.town

    def _country(self) -> str:
        return str(self._happening.country["name"])

    def _place(self) -> str | tuple[str, ...]:
        town, placed, self._placed = self._happening.town, self._placed, True
        adjective = self._happening.country["adjective"]
        return town if placed else (f"the {adjective} town of {town}", f"the town of {town} in {self._country()}", town)

    def _day(self) -> tuple[str, ...]:
        if (self._printed - self._when).days < WEEK:
            return tuple(words.format(f"{self._when:%A}") for words in ("on {}", "on {}", "early on {}", "late on {}"))
        return f"on {self._when.day} {self._when:%B}", f"on {self._when:%B} {self._when.day}"

    def _today(self) -> str:
        return f"on {self._printed:%A}"

    def _monday(self) -> str:
        return f"{self._when:%A}" if (self._printed - self._when).days < WEEK else f"{self._when.day} {self._when:%B}"

    def _month(self) -> str:
        return f"{self._when:%B}"

    def _then(self) -> str:
        return "last month" if self._printed.month - self._when.month == 1 else f"in {self._when:%B}"

    def _deaths(self) -> str:
        return number(self._known[-1].dead)

    def _before(self) -> str:
        return number(self._known[-2].dead)

    def _dead(self) -> tuple[str, ...]:
        deaths = self._deaths()
        return f"{deaths} people", f"{deaths} people", f"{deaths} {self._happening.facts['whom']}"

    def _hurt(self) -> tuple[str, ...]:
        hurt = number(self._known[-1].hurt)
        return f"{hurt} people", f"{hurt} others"

    def _witnesses(self) -> str:
        return "witnesses"

    def _crowd(self) -> tuple[str, ...]:
        return MANY

    @property
    def has_grown(self) -> bool:
        """Whether an earlier toll was told before."""
        return len(self._known) > 1


def number(count: int) -> str:
    """Return a number as news writes it."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


class Writer:
    """Writes an archive from one half of the patterns; the same seed and half give the same bytes."""

    def __init__(self, seed: int, *, held_out: bool) -> None:
        self._dice = random.Random(seed)  # noqa: S311 -- no secret
        self._world = World(self._dice)
        self._half = slice(int(held_out), None, 2)
        self._outlets = [words.format(x=self._world.name()) for words in TABLES["outlets"] * 2]
        self._agencies = [words.format(x=self._world.name()) for words in TABLES["agencies"]]
        self._printed: list[tuple[int, Printed]] = []
        self._sentences = 0
        self._decks: dict[tuple[str, str], list[str]] = {}

    def archive(self, plots: int) -> Retold:
        """Return an archive of so many plots, of one or several happenings each."""
        for day in sorted(self._dice.randrange(DAYS) for _ in range(plots)):
            getattr(self, "_" + self._dice.choices(list(PLOTS), list(PLOTS.values()))[0])(day)
        for day in range(WEEK, DAYS, 4):
            self._round_up(day)
        self._printed.sort(key=lambda row: row[0])
        return Retold([printed for _, printed in self._printed], self._world.happenings)

    # Plots

    def _plain(self, day: int) -> None:
        self._cover(self._world.happening(self._world.kind(), day), self._dice.randint(2, 6))

    def _quoted(self, day: int) -> None:
        """One official is all that several outlets have."""
        happening = self._world.happening(self._world.kind(but="statement"), day)
        sources = self._dice.sample(range(len(WORDS["officials"])), self._dice.choice((1, 1, 2)))
        for outlet in self._some(self._dice.randint(2, 5)):
            self._print(outlet, happening, self._dice.randint(0, 1), "sourced", source=self._dice.choice(sources))
        self._cover(happening, self._dice.randint(0, 2))

    def _growing(self, day: int) -> None:
        """The toll grows, and some outlets tell each of the tolls."""
        first = self._dice.randint(3, 9)
        tolls = [Toll(0, first, 6), Toll(1, first + self._dice.randint(2, 6), 14), Toll(3, first + 9, 15)]
        happening = self._world.happening("attack", day, tolls=tuple(tolls))
        outlets = self._some(5)
        for toll in tolls:
            for outlet in self._dice.sample(outlets, 3):
                lede = "updates" if toll.after and self._dice.random() < 0.7 else "ledes"  # noqa: PLR2004
                self._print(outlet, happening, toll.after, lede)

    def _twins(self, day: int) -> None:
        """Two raids by one side with one kind of deed, a day apart, in one town or in neighbouring ones."""
        one = self._world.happening("attack", day, paired=True)
        town = self._dice.choice((one.town, self._world.neighbour(one.town)))
        other = self._world.happening("attack", day + 1, town=town, like=one)
        for happening in (one, other):
            self._cover(happening, self._dice.randint(2, 4))
        both = [*self._lede(one, day + 2), *self._lede(other, day + 2)]
        self._issue(self._some(1)[0], day + 2, [*both, *self._fillers(one, 4)])

    def _two_days(self, day: int) -> None:
        """Some outlets put the day of a happening a day late."""
        happening = self._world.happening("attack", day)
        for i, outlet in enumerate(self._some(5)):
            self._print(outlet, happening, self._dice.randint(1, 3), shift=i % 2)

    def _denied(self, day: int) -> None:
        """A side denies in one outlet what others tell."""
        happening = self._world.happening("attack", day, named=True)
        self._cover(happening, self._dice.randint(2, 4))
        self._print(self._some(1)[0], happening, self._dice.randint(1, 2), "denials")

    def _campaign(self, day: int) -> None:
        """A week of raids around a town: told as a week, as one of its days, and raid by raid."""
        week = self._world.happening("attack", day, paired=True, named=True, tolls=(Toll(0, 40, 60),))
        middle = self._world.happening("attack", day + 2, like=week, tolls=(Toll(0, 19, 25),), whole=week.id)
        near = self._world.neighbour(week.town)
        for after, whole, town in ((0, week, near), (2, middle, week.town), (2, middle, near), (4, week, week.town)):
            part = self._world.happening("attack", day + after, town=town, like=week, whole=whole.id)
            self._cover(part, self._dice.randint(2, 3), latest=1)
        for outlet in self._some(3):
            self._print(outlet, middle, self._dice.randint(0, 1), "whole_day", follow=0)
        for outlet in self._some(3):
            self._print(outlet, week, self._dice.randint(5, 6), "whole", follow=0)

    def _round_up(self, day: int) -> None:
        """One outlet tells what happened in the week in a line each."""
        whole = {h.whole for h in self._world.happenings.values()}
        recent = [h for h in self._world.happenings.values() if day - WEEK < h.day < day and h.id not in whole]
        chosen = self._dice.sample(recent, min(len(recent), 5))
        if chosen:
            told = [s for h in chosen for s in self._lede(h, day, "briefs")]
            self._issue(self._some(1)[0], day, [*told, *self._fillers(chosen[0], 3)])

    # Coverage

    def _cover(self, happening: Happening, count: int, latest: int = 2) -> None:
        """Print a happening in several outlets; some of them tell it again on the next day, some are copied."""
        for outlet in self._some(count):
            agency = self._dice.choice(self._agencies) if self._dice.random() < 0.3 else None  # noqa: PLR2004
            after = self._dice.randint(0, latest)
            style = "sourced" if TABLES[happening.kind]["sourced"] and self._dice.random() < 0.2 else "ledes"  # noqa: PLR2004
            printed = self._print(agency or outlet, happening, after, style)
            for copier in self._some(self._dice.randint(1, 3)) if agency else ():
                self._copy(printed, copier, happening, happening.day + after)
            if self._dice.random() < 0.15:  # noqa: PLR2004
                self._print(outlet, happening, after + 1, "ledes")

    def _print(
        self, outlet: str, happening: Happening, after: int, lede: str = "ledes", *, source: int | None = None,
        shift: int = 0, follow: int = 4,
    ) -> Printed:  # fmt: skip
        """Print what an outlet tells of a happening so many days after it."""
        day = happening.day + after
        teller = Teller(self._dice, happening, day, shift)
        sourced = lede == "sourced"
        if sourced and source is None:
            source = self._dice.randrange(len(WORDS["officials"]))
        if lede == "updates" and not teller.has_grown:
            lede = "ledes"
        first = self._sentence(teller, happening, lede, source if sourced else None)
        body = [] if lede == "denials" else self._body(teller, happening, source if sourced else None, follow)
        fillers = self._fillers(happening, self._dice.randint(3, 7))
        body += fillers[:2]
        self._dice.shuffle(body)
        body += fillers[2:]
        body += self._background(happening, day)
        if self._dice.random() < 0.3:  # noqa: PLR2004
            first = first._replace(text=f"{happening.town.upper()} — {first.text}")
        if lede == "whole":
            parts = [
                h for h in self._world.happenings.values() if h.whole == happening.id and not self._world.has_parts(h)
            ]
            body += [s for h in parts for s in self._lede(h, day, "briefs")]
        return self._issue(outlet, day, [first, *body])

    def _body(self, teller: Teller, happening: Happening, source: int | None, follow: int) -> list[Sentence]:
        """Return sentences on the same happening: all by who is quoted, or the outlet's own with a few quoted."""
        if source is not None:
            return self._several(teller, happening, "follow_sourced", self._dice.randint(0, 2), source)
        own = self._several(teller, happening, "follow", self._dice.randint(0, follow))
        quoted = self._dice.randrange(len(WORDS["officials"]))
        return own + self._several(teller, happening, "follow_sourced", self._dice.randint(0, min(1, follow)), quoted)

    def _several(
        self, teller: Teller, happening: Happening, part: str, count: int, source: int | None = None
    ) -> list[Sentence]:
        """Return sentences of patterns that no other document has for this happening, as far as there are any."""
        deck = self._deck(happening, part)
        return [self._told(teller, happening, deck.pop(), source) for _ in range(min(count, len(deck)))]

    def _deck(self, happening: Happening, part: str) -> list[str]:
        """Return the patterns that nobody has used for a happening, in any order."""
        patterns = TABLES[happening.kind][part][self._half]
        return self._decks.setdefault((happening.id, part), self._dice.sample(patterns, len(patterns)))

    def _lede(self, happening: Happening, day: int, part: str = "ledes") -> list[Sentence]:
        return [self._sentence(Teller(self._dice, happening, day), happening, part)]

    def _sentence(self, teller: Teller, happening: Happening, part: str, source: int | None = None) -> Sentence:
        deck = self._deck(happening, part)
        pattern = deck.pop() if deck else self._dice.choice(TABLES[happening.kind][part][self._half])
        told = self._told(teller, happening, pattern, source)
        return told._replace(source="denier", denies=True) if part == "denials" else told

    def _told(self, teller: Teller, happening: Happening, pattern: str, source: int | None) -> Sentence:
        if source is None:
            return Sentence(teller.filled(pattern), happening.id, WITNESS if WITNESSES.search(pattern) else None)
        country = happening.country["name"]
        words = teller.filled(pattern, self._world.officials[country][source])
        return Sentence(re.sub(r",([,.])", r"\1", words), happening.id, f"{country} {source}")

    def _fillers(self, happening: Happening, count: int) -> list[Sentence]:
        """Return sentences on a town: what stands and grows there is the same in all, people and figures are not."""
        table, town = TABLES["filler"], random.Random(happening.town)  # noqa: S311 -- no secret
        (good, other), spots = town.sample(table["good"], 2), town.sample(table["spot"], 3)
        lasting = {"spot": spots, "good": good, "other_good": other, "trade": table["trade"]}
        return [
            self._nothing(happening, pattern, lasting)
            for pattern in self._dice.sample(table["sentences"][self._half], count)
        ]

    def _nothing(self, happening: Happening, pattern: str, lasting: dict[str, Any]) -> Sentence:
        self._sentences += 1
        facts = {
            "name": self._world.name(),
            "person": self._world.person(),
            "big": self._world.big(),
            "few": str(self._dice.randint(13, 59)),
        }
        teller = Teller(self._dice, happening._replace(facts=lasting | facts), happening.day)
        return Sentence(teller.filled(pattern), f"s{self._sentences}")

    def _background(self, happening: Happening, day: int) -> list[Sentence]:
        """Return, by chance, a sentence on what happened months ago in the same country."""
        old = [
            h for h in self._world.happenings.values()
            if (h.kind, h.country) == (happening.kind, happening.country) and day - h.day >= AGO and not h.whole
            and not self._world.has_parts(h)
        ]  # fmt: skip
        if not old or self._dice.random() < 0.5:  # noqa: PLR2004
            return []
        return self._lede(self._dice.choice(old), day, "background")

    # Pages

    def _copy(self, printed: Printed, outlet: str, happening: Happening, day: int) -> None:
        """Print a text again: cut on the same day, or a day later whole or among sentences that tell of nothing."""
        sentences = [sentence for _, sentence in printed.told]
        match self._dice.randrange(3):
            case 0:
                self._issue(outlet, day, sentences[: max(4, round(len(sentences) * 0.7))], printed.author)
            case 1:
                self._issue(outlet, day + 1, sentences, printed.author)
            case 2:
                around = self._fillers(happening, 3)
                self._issue(outlet, day + 1, [*around[:2], *sentences, around[2]], printed.author)

    def _issue(self, outlet: str, day: int, sentences: list[Sentence], author: str | None = None) -> Printed:
        """Lay sentences out in paragraphs."""
        text, told = "", []
        for i, sentence in enumerate(sentences):
            text += "" if not i else "\n\n" if i == 1 or self._dice.random() < 0.4 else " "  # noqa: PLR2004
            told.append(((len(text), len(text) + len(sentence.text)), sentence))
            text += sentence.text
        when = (FIRST + timedelta(day)).isoformat()
        facts = Facts(publication=outlet, published=Interval(start=when, end=when, basis="given"))
        document = from_text(text, source=f"{len(self._printed):05}.txt", facts=facts)
        self._printed.append((day, Printed(document, tuple(told), author or outlet)))
        return self._printed[-1][1]

    def _some(self, count: int) -> list[str]:
        return self._dice.sample(self._outlets, count)
