"""A document's words as numbers: what is kept of it so that others can be compared with it."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from byline import knowledge
from byline.records import Document, Interval, Span

_LIMITS = knowledge.load("copies.toml")
RUN: int = _LIMITS["run"]
_SHORTEST: int = _LIMITS["shortest_sentence"]
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]»]{0,3}\s+(?=\W{0,2}[^\W_a-zß-öø-ÿ])")
_WORD = re.compile(rb"[0-9a-z_\x80-\xff]+")
_SIGN = re.compile(r"[^\w\s]")  # dashes and the like, which are no letters in UTF-8 either
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")  # accents, soft hyphens, marks without width
_MARK = re.compile("([\"“”„«»‘’'])")
_CLOSES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}
_APOSTROPHES = frozenset("‘’'")
_ODD = tuple(np.uint32(n) for n in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))  # one for each word of a run
NO_SAMPLE = np.uint32(0xFFFFFFFF)


class Sketch(NamedTuple):
    """A document for comparison, five bytes a word.

    `runs` has a number for each run of `RUN` words, in their order; `quoted` tells of each word whether it
    stands in quotation marks; `starts` are the indexes of the words that begin a sentence, `lengths` how many
    words the sentences have, and `spans` where they stand in the text. `days` are the first and the last day
    that may be the one of publication, counted from the year 1.
    """

    id: str
    source: str
    days: tuple[int, int] | None
    runs: NDArray[np.uint32]
    quoted: NDArray[np.bool_]
    starts: NDArray[np.int32]
    lengths: NDArray[np.int32]
    spans: tuple[Span, ...]

    @property
    def words(self) -> int:
        return len(self.quoted)

    def samples(self) -> NDArray[np.uint32]:
        """Return two numbers for each sentence: first of each the one of all its words, then of each its least run.

        The first is the same for the same sentence alone; the second as a rule also when a word or two are
        changed. A sentence that is shorter than a run has none of its own: `NO_SAMPLE` twice.
        """
        runs = np.full(self.words, NO_SAMPLE)
        runs[: len(self.runs)] = self.runs
        if self.lengths.max() >= RUN:  # a list of short lines is one long sentence
            for back in range(1, RUN):  # runs that go on into the next sentence
                runs[self.starts[1:] - back] = NO_SAMPLE
        least = np.minimum.reduceat(runs, self.starts)
        whole = np.add.reduceat(runs, self.starts, dtype=np.uint32) * _ODD[0]
        whole[least == NO_SAMPLE] = NO_SAMPLE
        return np.concatenate((whole, least))


def sketch(document: Document) -> Sketch | None:
    """Return the sketch of a document's body; None if it has fewer words than a run.

    Case, accents, punctuation and white space make no difference; numbers do.
    """
    reader = _Reader(document.text)
    for span in document.body:
        reader.read_paragraph(span)
    if len(reader.words) < RUN:
        return None
    quoted = np.zeros(len(reader.words), np.bool_)
    for start, end in reader.quotations:
        quoted[start:end] = True
    return Sketch(
        id=document.id,
        source=document.source,
        days=_days(document.published),
        runs=_runs(np.array(reader.words, np.uint32)),
        quoted=quoted,
        starts=np.array(reader.starts, np.int32),
        lengths=np.array([*reader.starts[1:], len(reader.words)], np.int32) - np.array(reader.starts, np.int32),
        spans=tuple(reader.spans),
    )


def _days(published: Interval | None) -> tuple[int, int] | None:
    if published is None:
        return None
    return date.fromisoformat(published.start[:10]).toordinal(), date.fromisoformat(published.end[:10]).toordinal()


def _runs(words: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a number for each run of words, spread evenly so that the least of them is a random one."""
    count = len(words) - RUN + 1
    runs = np.zeros(count, np.uint32)
    for i in range(RUN):
        runs += words[i : i + count] * _ODD[i]
    runs ^= runs >> np.uint32(15)
    runs *= _ODD[1]
    runs ^= runs >> np.uint32(13)
    return runs


class _Reader:
    """Words as numbers, where sentences begin, and which words are quoted, paragraph after paragraph."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.words: list[int] = []
        self.starts: list[int] = []
        self.spans: list[Span] = []
        self.quotations: list[tuple[int, int]] = []

    def read_paragraph(self, paragraph: Span) -> None:
        """Read the sentences of a paragraph; a quotation that it leaves open ends with it."""
        start, end = paragraph
        ends = [m.end() for m in _SENTENCE_END.finditer(self._text, start, end)]
        open_mark, first = "", True
        for sentence in zip([start, *ends], [*ends, end], strict=True):
            before = len(self.words)
            open_mark = self._read_sentence(self._text[slice(*sentence)], open_mark)
            if len(self.words) == before:
                continue
            if first or before - self.starts[-1] >= _SHORTEST:
                self.starts.append(before)
                self.spans.append(sentence)
            else:
                self.spans[-1] = (self.spans[-1][0], sentence[1])
            first = False

    def _read_sentence(self, sentence: str, open_mark: str) -> str:
        """Read words, and return the quotation mark that is open behind them."""
        parts = _MARK.split(sentence)
        for i in range(0, len(parts), 2):
            before = len(self.words)
            self.words += _numbers(parts[i])
            if open_mark:
                self.quotations.append((before, len(self.words)))
            if i + 1 < len(parts):
                open_mark = _after(parts[i + 1], open_mark, parts[i][-1:], parts[i + 2][:1])
        return open_mark


def _after(mark: str, open_mark: str, left: str, right: str) -> str:
    """Return what is open behind a mark; at the edge of a word alone an apostrophe is a quotation mark."""
    if open_mark:
        closes = mark == _CLOSES[open_mark] and not (mark in _APOSTROPHES and right.isalnum())
        return "" if closes else open_mark
    opens = mark in _CLOSES and not (mark in _APOSTROPHES and (left.isalnum() or not right.isalnum()))
    return mark if opens else ""


def _numbers(words: str) -> Iterator[int]:
    """Return a number for each word, the same for all the ways in which houses print it."""
    if not words.isascii():
        words = _SIGN.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKD", words)).casefold())
    return map(crc32, _WORD.findall(words.lower().encode()))
