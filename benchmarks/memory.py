"""Resident memory of a process that codes, after ever more documents with words that no document before had.

    python benchmarks/memory.py [--documents 30000]

The documents are generated: a sentence each, its names and many of its other words made of random syllables, so
that whatever keeps a word for ever shows. They are coded as a worker of `byline code --to` does it. Each line is the
number of documents coded so far, megabytes (from /proc, so on Linux only) and documents a second of the processor.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from byline.records import Document, Interval
from byline.run.job import Coder, Settings

MARKS = (1_000, 3_000, 10_000, 30_000)
SENTENCES = (
    "Police in {Place} arrested {n} members of the {Name} Union on Monday, {Name} {Name} said.",
    "The {Place} government denied that {name} soldiers had shelled the {name} works near {Place}.",
    "At least {n} people were killed in {Place} when {Name} rebels attacked a {name} convoy.",
    "{Name} {Name}, who leads the {Name} party, demanded that {Place} release the {name}s.",
    "Thousands of {name}ers marched through {Place} against President {Name} on 3 May 2011.",
    "“We will not sign the {name} accord,” {Name} {Name} told the {Name} Gazette.",
)
PARTS = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "el")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=MARKS[-1])
    size = parser.parse_args().documents
    coder = Coder(Settings())
    begin = time.process_time()
    for number, _ in enumerate(coder.code_marked(documents(size)), 1):
        if number in MARKS or number == size:
            seconds = time.process_time() - begin
            sys.stdout.write(f"{number:8,} documents {resident():6,} MB {number / seconds:6.1f} documents a second\n")
            sys.stdout.flush()


def documents(size: int) -> Iterator[Document]:
    """Yield documents; the same for the same size."""
    dice = random.Random(11)  # noqa: S311 -- no secret
    for number in range(size):
        text = filled(dice.choice(SENTENCES), dice)
        day = Interval(start="2011-05-04", end="2011-05-04", basis="given")
        yield Document(id=str(number), source=f"{number}.txt", text=text, published=day, body=((0, len(text)),))


def filled(sentence: str, dice: random.Random) -> str:
    """Return a sentence with a new word in each slot."""
    for slot in ("{n}", "{name}", "{Name}", "{Place}"):
        while slot in sentence:
            word = "".join(dice.choices(PARTS, k=dice.randint(3, 4)))
            word = word.capitalize() if slot[1].isupper() else word
            sentence = sentence.replace(slot, str(dice.randint(2, 90)) if slot == "{n}" else word, 1)
    return sentence


def resident() -> int:
    """Return the process's resident memory in megabytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


if __name__ == "__main__":
    main()
