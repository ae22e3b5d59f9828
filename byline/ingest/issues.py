"""Issue numbers as pages write them: "2095", "2095/96" (a double issue), "12/3" (volume and number)."""

import re
from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(?<![\w.])\d{1,7}(?!\w|\.\d)")
_LONGEST = 60  # characters
_VOLUME_AND_DOUBLE = 3  # numbers
_DOUBLES = 4  # numbers that one issue may bear: the last one is so much higher at most


class Issue(NamedTuple):
    """The numbers of an issue: its volume, 0 where volumes do not matter, its first and its last number."""

    volume: int
    first: int
    last: int

    def steps_to(self, later: "Issue") -> int:
        """Return how many numbers it takes at least from this issue to a later one; those of a volume begin at 1."""
        return max(1, later.first - self.last) if later.volume == self.volume else max(1, later.first)


class Numbering(NamedTuple):
    """How a publication numbers its issues: in volumes or through, and whether each volume begins anew."""

    in_volumes: bool
    begins_anew: bool = False

    def parse(self, words: str) -> Issue | None:
        """Return the numbers of an issue; None if it is not numbered in this way."""
        numbers = _numbers(words)
        volume = numbers.pop(0) if self.in_volumes and len(numbers) > 1 else None
        if not numbers or (volume is None) == self.in_volumes:
            return None
        last = _last(numbers)
        return Issue(volume if volume and self.begins_anew else 0, numbers[0], last) if last else None


def numbering_of(written: Collection[str]) -> Numbering:
    """Return how issues are numbered: in volumes if most have a number more than a plain issue has."""
    pairs = sum(len(_numbers(words)) > 1 for words in written)
    if 2 * pairs <= len(written):
        return Numbering(in_volumes=False)
    found = [issue for words in written if (issue := Numbering(in_volumes=True, begins_anew=True).parse(words))]
    volumes = {volume: [i.first for i in found if i.volume == volume] for volume in sorted({i.volume for i in found})}
    anew = sum(min(after) <= max(before) for before, after in pairwise(volumes.values()))
    return Numbering(in_volumes=True, begins_anew=2 * anew > len(volumes) - 1)


def _numbers(words: str) -> list[int]:
    if len(words) > _LONGEST:
        return []
    found = [int(number) for number in _NUMBER.findall(_THOUSANDS.sub("", words))]
    return found if len(found) <= _VOLUME_AND_DOUBLE else []


def _last(numbers: list[int]) -> int | None:
    """Return the last number of an issue: 2096 for "2095" and "96"; None if the two are no double issue."""
    if len(numbers) == 1:
        return numbers[0]
    if len(numbers) == _VOLUME_AND_DOUBLE:
        return None
    first, short = numbers
    figures = 10 ** len(str(short))
    last = short if short > first else first - first % figures + short
    last += figures if last < first else 0  # 1999/00
    return last if first < last < first + _DOUBLES else None
