"""A parsed document: tokens with their syntax, sentences, paragraphs.

Plain objects, not spaCy's: coding reads attributes millions of times, and a
parse can be kept, compared and built by hand in a test. Dependency labels are
those of spaCy's English pipelines (ClearNLP), tags are Penn Treebank's, parts
of speech are Universal Dependencies'.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from byline.records import Document, Span

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})  # the recogniser's labels for places
TIME_LABELS = frozenset({"DATE", "TIME"})  # and for times
DASHES = frozenset({"-", "--", "–", "—", "―"})
_PLACE = 60  # characters of a dateline's place
_BETWEEN = 300  # characters between the place and the story: date, agency, labels in brackets


class Token:
    """A word: offsets into the document's text, lemma, tag, and its place in the tree.

    ``text`` is the word as it is read: soft hyphens out, what is printed in
    capitals in its likely case. So it may be shorter than its span, or differ in
    case from what a record quotes. ``lemma`` is in lower case. ``head`` of a root is the
    token itself. ``children`` stand in text order.
    ``entity`` is the recogniser's label ("PERSON", "GPE", ...) or "".
    """

    __slots__ = (
        "children",
        "dep",
        "end",
        "entity",
        "head",
        "i",
        "lemma",
        "lower",
        "pos",
        "sentence",
        "start",
        "tag",
        "text",
    )

    def __init__(self, i: int, text: str, span: Span, *, lemma: str, tag: str, pos: str, dep: str) -> None:
        self.i, self.text, self.lower = i, text, text.lower()
        self.start, self.end = span
        self.lemma, self.tag, self.pos, self.dep = lemma, tag, pos, dep
        self.entity = ""
        self.sentence = 0
        self.head: Token = self
        self.children: list[Token] = []

    @property
    def span(self) -> Span:
        return (self.start, self.end)

    @property
    def is_verb(self) -> bool:
        """Whether the word is a verb, auxiliaries included."""
        return self.pos in {"VERB", "AUX"}

    @property
    def is_root(self) -> bool:
        return self.head is self

    def child(self, *deps: str) -> "Token | None":
        """Return the first child with one of these dependency labels."""
        for child in self.children:  # asked for each word many times: a generator costs twice as much
            if child.dep in deps:
                return child
        return None

    def all(self, *deps: str) -> "list[Token]":
        """Return the children with one of these dependency labels, in text order."""
        return [c for c in self.children if c.dep in deps]

    def ancestors(self) -> "Iterator[Token]":
        """Walk from the token's head up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def subtree(self) -> "list[Token]":
        """Return the token and all that hangs on it, in text order."""
        found, open_ = [], [self]
        while open_:
            token = open_.pop()
            found.append(token)
            open_.extend(token.children)
        return sorted(found, key=lambda t: t.i)

    def __repr__(self) -> str:
        return f"<{self.i} {self.text} {self.tag} {self.dep}>"


class Entity(NamedTuple):
    """A name that the recogniser found: token indexes [first, stop), and its label."""

    first: int
    stop: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number, its tokens, the paragraph of the body that it stands in."""

    index: int
    tokens: tuple[Token, ...]
    paragraph: int

    @property
    def span(self) -> Span:
        return (self.tokens[0].start, self.tokens[-1].end)

    @property
    def root(self) -> Token:
        return next((t for t in self.tokens if t.is_root), self.tokens[0])


class Parsed:
    """A document with its tokens, sentences and names. Only the body is parsed.

    ``headline`` is the title printed above it, parsed apart: it tells of the same happening as the body, once more.

    ``text`` is the frozen text, which records quote. ``reading`` is the same, letter
    by letter, with what is printed in capitals in its likely case and editors' marks
    blanked out: judgements on words are made on it.
    """

    def __init__(
        self,
        document: Document,
        tokens: list[Token],
        sentences: list[Sentence],
        entities: list[Entity],
        reading: str | None = None,
    ) -> None:
        self.document, self.tokens, self.sentences, self.entities = document, tokens, sentences, entities
        self.reading = document.text if reading is None else reading
        self.headline: Parsed | None = None

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def datelines(self) -> frozenset[int]:
        """The paragraphs that are a dateline's place ("MOSUL, Iraq") and no more: a dash parts them from the story."""
        found = set()
        for number, ((start, end), (following, _)) in enumerate(pairwise(self.document.prose)):
            short = end - start <= _PLACE and following - end <= _BETWEEN
            if short and any(dash in self.text[end:following] for dash in DASHES):
                found.add(number)
        return frozenset(found)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The words of all names that are taken for a person's somewhere: a surname alone may be read as a place's."""
        return frozenset(t.text for t in self.tokens if t.tag == "NNP" and t.entity == "PERSON")

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def words(self, span: Span) -> str:
        """Return the words of a span as they stand in the text."""
        return self.text[span[0] : span[1]]

    def read(self, span: Span) -> str:
        """Return the words of a span as they are read, in their likely case."""
        return self.reading[span[0] : span[1]]

    def covering(self, span: Span) -> list[Token]:
        """Return the tokens that a span of characters touches, in text order."""
        first = max(0, bisect_right(self._starts, span[0]) - 1)
        stop = bisect_left(self._starts, span[1])
        return [t for t in self.tokens[first:stop] if t.end > span[0]]

    def sentence_of(self, token: Token) -> Sentence:
        return self.sentences[token.sentence]
