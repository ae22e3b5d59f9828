"""How many copies are found, how many of those found are none, how fast, and in how much memory.

    python benchmarks/copies.py [DOCUMENTS ...]      # 2000 20000 50000 if none are given

Each archive is written from a grammar: reports of invented happenings by outlets that end their articles
with lines of their own. Six in ten documents are independent; a happening has one to four such reports, by
different writers who share its names, numbers and place, two statements word for word, and the
background paragraph of the conflict. The others are copies, printed up to five days later by another outlet:

- exact: the same sentences, the outlet's own lines under them
- light: one to three words changed, left out or put in, in 30 to 50 % of the sentences; up to 15 % of them dropped
- moderate: 30 to 50 % of the sentences reworded (half of the words others, clauses turned round), order kept
- truncated: the first 30 to 70 % of the sentences
- embedded: whole, inside of another article that is longer
- throughout: one or two words changed in every sentence; beyond the bars, to see what sampling does

Recall: the share of copies that are traced to the right story. Precision: the share of those traced that are
right. An archive is read from disk in a process of its own, in the order of the days; time is the processor
time of `Copies.add`. The fastest 500 documents in a row stand beside the mean: on a busy machine they tell more.
"""

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import msgspec

from byline.linking import Copies
from byline.records import Document, Interval

SIZES = (2_000, 20_000, 50_000)
SHARES = {"exact": 0.04, "light": 0.08, "moderate": 0.08, "truncated": 0.08, "embedded": 0.08, "throughout": 0.04}
A_DAY = 200  # documents
CHUNK = 500  # documents
TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
WORDS: dict[str, list[str]] = TABLES["words"]
OTHERS = " ".join(words for name in ("adj", "noun", "do", "and", "feel", "why") for words in WORDS[name]).split()


class Story(NamedTuple):
    """What a printed document is made of: sentences, and the story that they tell."""

    root: int
    sentences: list[str]


class Printed(msgspec.Struct):
    """One line of an archive: a document, the story that it tells, and how it was copied."""

    document: Document
    root: int
    kind: str


class Writer:
    """Writes an archive; the same seed gives the same bytes."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 -- no secret
        self._outlets = [
            f"The {self._name()} {kind}" for kind in ("Courier", "Times", "Post", "Herald") for _ in range(15)
        ]
        self._lines = {o: [self._filled(line, {"outlet": o}) for line in TABLES["outlet_lines"]] for o in self._outlets}
        self._conflicts = [[self._filled(s, {}) for s in self._dice.sample(TABLES["body"], 3)] for _ in range(40)]
        self._roots = 0

    def archive(self, documents: int) -> Iterator[Printed]:
        """Yield an archive in the order of its days."""
        printed: list[tuple[int, int, Printed]] = []
        while len(printed) < documents:
            for item in self._happening(len(printed) // A_DAY):
                printed.append((_day(item.document), len(printed), item))
        printed.sort(key=lambda row: row[:2])
        return (item for *_, item in printed[:documents])

    def _happening(self, day: int) -> Iterator[Printed]:
        """Yield the independent reports of one happening, and the copies that are made of them."""
        facts = self._facts()
        shared = [self._filled(s, facts) for s in TABLES["statements"]] + self._dice.choice(self._conflicts)
        for _ in range(self._dice.choice((1, 1, 2, 3, 4))):
            report = self._report(facts, shared)
            yield self._printed(report, "independent", day)
            for kind, share in SHARES.items():
                if self._dice.random() < share / (1 - sum(SHARES.values())):
                    copy = Story(report.root, getattr(self, "_" + kind)(report.sentences))
                    yield self._printed(copy, kind, day + self._dice.randint(0, 5))

    def _facts(self) -> dict[str, str]:
        facts = {name: self._dice.choice(WORDS[name]) for name in ("who", "did", "what", "hurt", "why")}
        facts |= {"n": str(self._dice.randint(2, 40)), "m": str(self._dice.randint(5, 90)), "place": self._name()}
        return {name: self._filled(words, facts) for name, words in facts.items()}

    def _report(self, facts: dict[str, str], shared: list[str]) -> Story:
        """Return a report of a happening: a lede, sentences of the writer's own, what all writers have."""
        self._roots += 1
        body = [
            self._filled(self._dice.choice(TABLES["body"]), {"place": facts["place"]})
            for _ in range(self._dice.randint(7, 22))
        ]
        for sentence in self._dice.sample(shared, self._dice.randint(1, min(len(shared), 1 + len(body) // 4))):
            body.insert(self._dice.randint(0, len(body)), sentence)
        return Story(self._roots, [self._filled(self._dice.choice(TABLES["ledes"]), facts), *body])

    def _filled(self, template: str, facts: dict[str, str]) -> str:
        """Return a template with its slots filled; a name in capitals begins a sentence."""
        return re.sub(r"{(\w+)}", lambda m: self._filler(m[1], facts), template)

    def _filler(self, slot: str, facts: dict[str, str]) -> str:
        name = slot.lower()
        words = facts.get(name) or self._made(name) or self._dice.choice(WORDS[name])
        words = self._filled(words, facts)
        return words[:1].upper() + words[1:] if slot[0].isupper() else words

    def _made(self, name: str) -> str:
        dice = self._dice
        match name:
            case "person":
                return f"{self._name()} {self._name()}"
            case "place":
                return self._name()
            case "n" | "m":
                return str(dice.randint(2, 90))
            case "big":
                return f"{dice.randint(1, 90)},{dice.randint(0, 9)}00"
        return ""

    def _name(self) -> str:
        return "".join(self._dice.sample(TABLES["syllables"], self._dice.randint(2, 3))).capitalize()

    def _printed(self, story: Story, kind: str, day: int) -> Printed:
        outlet = self._dice.choice(self._outlets)
        sentences = [*story.sentences, *self._lines[outlet]]
        paragraphs = [" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2)]
        text = "\n\n".join(paragraphs)
        name = f"{story.root}-{kind}-{self._dice.getrandbits(48):012x}"
        when = (date(2001, 1, 1) + timedelta(days=day)).isoformat()
        document = Document(
            id=name, source=name, text=text, publication=outlet,
            published=Interval(start=when, end=when, basis="given"),
            body=tuple(m.span() for m in re.finditer(r"\S.*", text)),
        )  # fmt: skip
        return Printed(document, story.root, kind)

    def _exact(self, sentences: list[str]) -> list[str]:
        return sentences

    def _light(self, sentences: list[str]) -> list[str]:
        share, dropped = self._dice.uniform(0.3, 0.5), self._dice.uniform(0, 0.15)
        kept = [s for s in sentences if self._dice.random() >= dropped]
        return [self._touched(s, self._dice.randint(1, 3)) if self._dice.random() < share else s for s in kept]

    def _moderate(self, sentences: list[str]) -> list[str]:
        count = round(len(sentences) * self._dice.uniform(0.3, 0.5))
        chosen = set(self._dice.sample(range(len(sentences)), count))
        return [self._reworded(s) if i in chosen else s for i, s in enumerate(sentences)]

    def _truncated(self, sentences: list[str]) -> list[str]:
        return sentences[: round(len(sentences) * self._dice.uniform(0.3, 0.7))]

    def _embedded(self, sentences: list[str]) -> list[str]:
        host: list[str] = []
        while len(host) <= len(sentences):
            host += self._report(self._facts(), [self._filled(s, {}) for s in TABLES["statements"]]).sentences
        at = self._dice.randint(1, len(host) - 1)
        return [*host[:at], *sentences, *host[at:]]

    def _throughout(self, sentences: list[str]) -> list[str]:
        return [self._touched(s, self._dice.randint(1, 2)) for s in sentences]

    def _touched(self, sentence: str, times: int) -> str:
        words = sentence.split()
        for _ in range(times):
            i = self._dice.randrange(1, len(words))
            match self._dice.randrange(3):
                case 0:
                    words[i] = self._dice.choice(OTHERS)
                case 1:
                    del words[i]
                case 2:
                    words.insert(i, self._dice.choice(WORDS["adj"]))
        return " ".join(words)

    def _reworded(self, sentence: str) -> str:
        head, _, tail = sentence.rstrip(".").partition(", ")
        words = f"{tail}, {head}.".split() if tail else sentence.split()
        return " ".join(self._dice.choice(OTHERS) if self._dice.random() < 0.5 else word for word in words)  # noqa: PLR2004 -- half


def _day(document: Document) -> int:
    return date.fromisoformat(document.published.start).toordinal() if document.published else 0


def main() -> None:
    """Write and measure an archive of each size, each in a process of its own; the last line of each is JSON."""
    match sys.argv[1:]:
        case ["--write", path, size]:
            with Path(path).open("wb") as file:
                file.writelines(msgspec.json.encode(item) + b"\n" for item in Writer(int(size)).archive(int(size)))
        case ["--measure", path]:
            sys.stdout.write(json.dumps(measured(Path(path))))
        case sizes:
            for size in sizes or SIZES:
                _show(str(size))


def _show(size: str) -> None:
    """Print the figures of an archive. Nothing is done here: a child's peak memory counts what its parent held."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "archive.jsonl")
        _run("--write", path, size)
        figures = json.loads(_run("--measure", path))
    for name, figure in figures.items():
        sys.stdout.write(f"{name:32}{figure:>12}\n")
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


def _run(*arguments: str) -> bytes:
    return subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True).stdout  # noqa: S603 -- ourselves


def measured(archive: Path) -> dict[str, float]:
    """Return the figures of one archive, read line by line."""
    index, roots, right, wrong = Copies(), {}, Counter[str](), Counter[str]()
    kinds, seconds, words = Counter[str](), [], 0
    empty = _memory()
    for line in archive.open("rb"):
        printed = msgspec.json.decode(line, type=Printed)
        document = printed.document
        roots[document.id] = printed.root
        kinds[printed.kind] += 1
        words += document.text.count(" ")
        begin = time.process_time()
        copy = index.add(document)
        seconds.append(time.process_time() - begin)
        if copy:
            (right if roots[copy.of] == printed.root else wrong)[printed.kind] += 1
    found = right.total() + wrong.total()
    return {
        "documents": kinds.total(),
        "words a document": round(words / kinds.total()),
        **{f"recall, {kind}": round(right[kind] / kinds[kind], 4) for kind in SHARES},
        "precision": round(right.total() / found, 4),
        "wrongly traced, independent": wrong["independent"],
        "wrongly traced, copies": wrong.total() - wrong["independent"],
        "documents a CPU second": round(len(seconds) / sum(seconds)),
        "in the fastest chunk": round(1 / min(fmean(seconds[i : i + CHUNK]) for i in range(0, len(seconds), CHUNK))),
        "peak memory, MB": round(_memory()),
        "of it before the first, MB": round(empty),
    }


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
