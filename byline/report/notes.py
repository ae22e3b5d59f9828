"""Footnotes: the sentences that an incident's statements rest on, numbered in the order in which they are cited."""

import re
from collections.abc import Iterable, Mapping, Sequence

from byline.accounts import Saying
from byline.lookup import link_of
from byline.records import Span
from byline.report.records import Note
from byline.report.wording import MOST, NO_DAY, days, short
from byline.store import Passage

_Sentence = tuple[str, Span]  # a document's file, and where in its text
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n")


class Notes:
    """The footnotes of one incident; `texts` are those of its documents by file, `first` is the first number."""

    def __init__(self, passages: Sequence[Passage], texts: Mapping[str, str], first: int) -> None:
        self._texts, self._first = texts, first
        self._documents = {p.file: p for p in passages}
        self._events = {(p.file, p.event): _sentence(p) for p in passages}
        self._reports: dict[tuple[str, str], list[_Sentence]] = {}
        for passage in passages:
            self._reports.setdefault((passage.file, passage.report), []).append(_sentence(passage))
        self._numbers: dict[_Sentence, int] = {}

    def cite(self, sayings: Iterable[Saying]) -> tuple[int, ...]:
        """Return the numbers of the sentences with the words of sayings, in ascending order."""
        found = (sentence for saying in sayings if (sentence := self._said_in(saying)))
        return self._cited(list(dict.fromkeys(found))[: MOST["cited"]])

    def cite_rest(self) -> tuple[int, ...]:
        """Return the numbers of the first sentences of the documents that are not cited yet."""
        cited = {file for file, _ in self._numbers}
        rest = {file: sentences[0] for (file, _), sentences in reversed(self._reports.items()) if file not in cited}
        return self._cited(list(rest.values())[::-1])

    def all(self) -> tuple[Note, ...]:
        """Return the notes that were cited, in the order of their numbers."""
        return tuple(self._note(*sentence, number) for sentence, number in self._numbers.items())

    def _said_in(self, saying: Saying) -> _Sentence | None:
        """Return the sentence of a saying: that of its event, unless its words stand in another one."""
        told = self._reports.get((saying.file, saying.report), [None])
        own = self._events.get((saying.file, saying.event or ""), told[0])
        if own is None or saying.span is None or _has(own, saying.span):
            return own
        beside = (s for (file, _), found in self._reports.items() if file == saying.file for s in found)
        return next((s for s in beside if _has(s, saying.span)), self._cut(saying.file, saying.span))

    def _cut(self, file: str, span: Span) -> _Sentence:
        """Return the sentence around a span, as far as full stops and ends of lines tell."""
        text = self._texts[file]
        start = max((found.end() for found in _END.finditer(text, 0, span[0] + 1) if found.end() <= span[0]), default=0)
        end = _END.search(text, max(span[1] - 1, start))
        return file, (start, end.end() if end else len(text))

    def _cited(self, sentences: Iterable[_Sentence]) -> tuple[int, ...]:
        for sentence in sentences:
            if sentence not in self._numbers and len(self._numbers) < MOST["notes"]:
                self._numbers[sentence] = self._first + len(self._numbers)
        return tuple(sorted(self._numbers[sentence] for sentence in sentences if sentence in self._numbers))

    def _note(self, file: str, span: Span, number: int) -> Note:
        document = self._documents[file]
        return Note(
            number=number,
            words=short(self._texts[file][slice(*span)], MOST["quotation"]),
            outlet=short(document.outlet) if document.outlet else "outlet not known",
            date=days(document.published, None) if document.published else NO_DAY,
            title=short(document.title) if document.title else None,
            url=link_of(document.url),
            file=short(file),
            copy=document.copy_of is not None,
        )


def _sentence(passage: Passage) -> _Sentence:
    return passage.file, (passage.evidence_start, passage.evidence_end)


def _has(sentence: _Sentence, span: Span) -> bool:
    return sentence[1][0] <= span[0] < sentence[1][1]
