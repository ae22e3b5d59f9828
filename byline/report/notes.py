"""Footnotes: the sentences that an incident's statements rest on, numbered in the order in which they are cited."""

from collections.abc import Iterable, Sequence

from byline.accounts import Saying
from byline.report.records import Note
from byline.report.wording import MOST, NO_DAY, days, short
from byline.store import Passage

_Key = tuple[str, str]  # a document's file and a sentence in it


class Notes:
    """The footnotes of one incident; `first` is the number of the first of them."""

    def __init__(self, passages: Sequence[Passage], first: int) -> None:
        self._first = first
        self._passages = {_key(p): p for p in reversed(passages)}
        self._events = {(p.file, p.event): _key(p) for p in passages}
        self._reports: dict[tuple[str, str], list[_Key]] = {}
        for passage in passages:
            self._reports.setdefault((passage.file, passage.report), []).append(_key(passage))
        self._numbers: dict[_Key, int] = {}

    def cite(self, sayings: Iterable[Saying]) -> tuple[int, ...]:
        """Return the numbers of the sentences with what is said, in ascending order."""
        keys = (key for saying in sayings if (key := self._key(saying)))
        return self._cited(list(dict.fromkeys(keys))[: MOST["cited"]])

    def cite_rest(self) -> tuple[int, ...]:
        """Return the numbers of the first sentences of reports that are not cited yet."""
        cited = {(key[0], report) for (_, report), keys in self._reports.items() for key in keys if key in self._numbers}
        return self._cited([keys[0] for of, keys in self._reports.items() if of not in cited])

    def all(self) -> tuple[Note, ...]:
        """Return the notes that were cited, in the order of their numbers."""
        return tuple(_note(self._passages[key], number) for key, number in self._numbers.items())

    def _key(self, saying: Saying) -> _Key | None:
        told = self._reports.get((saying.file, saying.report), [None])
        return self._events.get((saying.file, saying.event or ""), told[0])

    def _cited(self, keys: Iterable[_Key]) -> tuple[int, ...]:
        for key in keys:
            if key not in self._numbers and len(self._numbers) < MOST["notes"]:
                self._numbers[key] = self._first + len(self._numbers)
        return tuple(sorted(self._numbers[key] for key in keys if key in self._numbers))


def _key(passage: Passage) -> _Key:
    return passage.file, passage.evidence


def _note(passage: Passage, number: int) -> Note:
    return Note(
        number=number,
        words=short(passage.evidence, MOST["quotation"]),
        outlet=short(passage.outlet) if passage.outlet else "outlet not known",
        date=days(passage.published, None) if passage.published else NO_DAY,
        title=short(passage.title) if passage.title else None,
        url=passage.url if passage.url and passage.url.startswith(("http://", "https://")) else None,
        file=passage.file,
        copy=passage.copy_of is not None,
    )
