"""The spaCy pipeline behind one small face: a document in, a parsed document out.

Only what coding needs is run, one document at a time, so that no parse depends
on its neighbours. Lemmas are looked up once a word form; names are asked for
only in sentences with a capital letter or a figure after their first word.
"""

import re
from bisect import bisect_left
from contextlib import ExitStack
from itertools import accumulate, pairwise
from typing import NamedTuple

import msgspec
import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer, TrainablePipe
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from byline import knowledge
from byline.errors import PipelineError
from byline.language.editorial import without_marks
from byline.language.lemmas import STRAIGHT, Lemmas
from byline.language.package import DEFAULT, installed_version
from byline.language.parsed import Entity, Parsed, Sentence, Token
from byline.language.recogniser import Recogniser
from byline.language.sentences import sentence_starts
from byline.language.surnames import with_surnames
from byline.language.trees import TreeBuilder
from byline.language.truecase import truecase
from byline.language.vectors import hasten
from byline.records import Document, Span

_MOST_STRINGS = 50_000  # that spaCy keeps beyond its own: two or three a word
_PIECE = 1_000  # tokens: memory stays bounded whatever the length of a document
# The tokenizer is slow on long runs without a space, which no language has: they are cut.
_RUN = re.compile(r"(?:\s*\S{1,200}(?=\s|$))+|\s*\S{1,200}")
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")


class _Words(NamedTuple):
    """What the tokenizer made of one document: the text as read, words, their spans, sentence starts, paragraphs.

    `known` are the words as the model knows them, with straight apostrophes.
    """

    reading: str
    texts: list[str]
    known: list[str]
    spans: list[Span]
    starts: list[int]
    paragraphs: list[int]


class Pipeline:
    """An installed spaCy pipeline with a tagger, a parser, a lemmatizer and an entity recogniser."""

    def __init__(self, name: str = DEFAULT) -> None:
        """Load a pipeline by package name; PipelineError if it is missing or lacks a part."""
        name = name.replace("-", "_")
        installed_version(name)
        try:
            self._nlp: Language = spacy.load(name, exclude=["senter"])
        except (AttributeError, TypeError, OSError, ValueError) as error:  # of another package, or damaged
            raise PipelineError(f"The package {name!r} holds no language pipeline ({error}). Name another.") from error
        missing = [part for part in _NEEDED if part not in self._nlp.pipe_names]
        if missing:
            raise PipelineError(
                f"The language pipeline {name!r} has no {', '.join(missing)}. "
                f"Choose one that has: {', '.join(_NEEDED)}."
            )
        tokenizer = self._nlp.tokenizer
        assert isinstance(tokenizer, Tokenizer)
        words = knowledge.load("tokens.toml")
        hyphenated = (form for word in words["hyphenated"] for form in (word, f"{word}s"))
        for word in (*words["titles"], *(case for form in hyphenated for case in (form, form.capitalize()))):
            tokenizer.add_special_case(word, [{"ORTH": word}])
        self.name, self.version = name, str(self._nlp.meta["version"])
        lemmatizer = self._nlp.get_pipe("lemmatizer")
        assert isinstance(lemmatizer, Lemmatizer)
        self._lemmatizer, self._lemmas = lemmatizer, Lemmas(lemmatizer)
        for part in ("tok2vec", "tagger", "parser", "ner"):
            if part in self._nlp.pipe_names:
                hasten(self._part(part).model, self._nlp.vocab)
        self._trees, self._recogniser = TreeBuilder(self._part("parser")), Recogniser(self._part("ner"))
        self._zone, self._own = ExitStack(), len(self._nlp.vocab.strings)

    def parse(self, document: Document) -> Parsed:
        """Return the document with its body parsed, and the headline above it."""
        self._forget()
        parsed = self._parsed(document)
        above = headline_of(document)
        parsed.headline = self._parsed(above) if above is not None else None
        return parsed

    def sentences(self, document: Document) -> list[Span]:
        """Return where the sentences of the body stand, as in a parse, without one."""
        self._forget()
        words = self._words(document)
        return [(words.spans[a][0], words.spans[b - 1][1]) for a, b in pairwise([*words.starts, len(words.spans)])]

    def _forget(self) -> None:
        """Have spaCy forget the words of earlier documents if they are many: by itself it keeps each one for ever."""
        if len(self._nlp.vocab.strings) - self._own > _MOST_STRINGS:
            self._zone.close()
            self._own = len(self._nlp.vocab.strings)
            self._zone.enter_context(self._nlp.memory_zone())
            self._lemmatizer.cache.clear()

    def _parsed(self, document: Document) -> Parsed:
        words = self._words(document)
        tokens: list[Token] = []
        for start, stop in _pieces(words):
            tokens += self._analysed(words, start, stop)
        sentences = []
        for number, (start, stop) in enumerate(pairwise([*words.starts, len(tokens)])):
            for token in tokens[start:stop]:
                token.sentence = number
            sentences.append(Sentence(number, tuple(tokens[start:stop]), words.paragraphs[number]))
        entities = with_surnames(tokens, self._entities(sentences, words))
        return Parsed(document, tokens, sentences, entities, words.reading)

    def _part(self, name: str) -> TrainablePipe:
        part = self._nlp.get_pipe(name)
        assert isinstance(part, TrainablePipe)
        return part

    def _words(self, document: Document) -> _Words:
        texts: list[str] = []
        spans: list[Span] = []
        starts: list[int] = []
        paragraphs: list[int] = []
        prose = document.prose
        reading = reading_of(document)
        for number, (start, end) in enumerate(prose):
            first = len(texts)
            for piece in _RUN.finditer(reading, start, end):
                for token in self._nlp.tokenizer(piece[0]):
                    shown = token.text.replace("\u00ad", "").strip()
                    if shown:
                        texts.append(shown)
                        spans.append((piece.start() + token.idx, piece.start() + token.idx + len(token.text)))
            found = sentence_starts(texts[first:])
            starts.extend(first + s for s in found)
            paragraphs.extend(number for _ in found)
        return _Words(reading, texts, [t.translate(STRAIGHT) for t in texts], spans, starts, paragraphs)

    def _analysed(self, words: _Words, start: int, stop: int) -> list[Token]:
        """Return tokens [start, stop), which are whole sentences, with their tags and trees.

        Vectors and tags see the words around a sentence; each sentence is then parsed by itself.
        """
        doc = self._doc(words.known[start:stop])
        for name in ("tok2vec", "tagger"):
            if name in self._nlp.pipe_names:
                self._annotate(name, [doc])
        begins = [s - start for s in words.starts[bisect_left(words.starts, start) : bisect_left(words.starts, stop)]]
        sentences = [self._doc(words.known[start + a : start + b]) for a, b in pairwise([*begins, len(doc)])]
        for sentence, begin in zip(sentences, begins, strict=True):
            sentence.tensor = doc.tensor[begin : begin + len(sentence)]
        self._trees.annotate(sentences)
        tags = iter(self._strings(doc, "TAG"))
        tokens: list[Token] = []
        for sentence in sentences:
            first, at = len(tokens), start + len(tokens)
            deps = self._strings(sentence, "DEP")
            tokens += [
                self._lemmas.token(i, words.texts[i], words.spans[i], next(tags), dep) for i, dep in enumerate(deps, at)
            ]
            for n, away in enumerate(sentence.to_array("HEAD").view(np.int64).tolist(), first):
                if away:
                    tokens[n].head = tokens[n + away]
                    tokens[n + away].children.append(tokens[n])
        return tokens

    def _annotate(self, name: str, docs: list[Doc]) -> None:
        part = self._part(name)
        part.set_annotations(docs, part.predict(docs))

    def _strings(self, doc: Doc, attribute: str) -> list[str]:
        strings = self._nlp.vocab.strings
        return [strings[h] for h in doc.to_array(attribute).tolist()]

    def _doc(self, known: list[str]) -> Doc:
        return Doc(self._nlp.vocab, words=known)

    def _entities(self, sentences: list[Sentence], words: _Words) -> list[Entity]:
        """Ask the recogniser about sentences with a capital letter or a figure after their first word."""
        chosen = [s for s in sentences if any(t.text[0].isupper() or t.pos == "NUM" for t in s.tokens[1:])]
        entities = []
        for group in _grouped(chosen):
            tokens = [t for s in group for t in s.tokens]
            doc = self._doc([words.known[t.i] for t in tokens])
            for first, stop, label in self._recogniser.find(doc, _offsets(group)):
                entities.append(Entity(tokens[first].i, tokens[stop - 1].i + 1, label))
                for token in tokens[first:stop]:
                    token.entity = label
        return entities


def reading_of(document: Document) -> str:
    """Return a document's text as it is read: capitals in their likely case, editors' marks blanked out."""
    return without_marks(truecase(document.text, document.prose))


def headline_of(document: Document) -> Document | None:
    """Return the document with the title that stands above its body for a body; None where none is printed there."""
    above = document.body[0][0] if document.body else len(document.text)
    start = document.text.find(document.title, 0, above) if document.title else -1
    if start < 0 or not document.title:
        return None
    return msgspec.structs.replace(document, body=((start, start + len(document.title)),))


def _pieces(words: _Words) -> list[Span]:
    """Return [first, stop) of stretches of whole sentences; a long document is analysed piece by piece."""
    cuts = [0]
    for start in words.starts:
        if start - cuts[-1] >= _PIECE:
            cuts.append(start)
    return list(pairwise([*cuts, len(words.texts)])) if words.texts else []


def _grouped(sentences: list[Sentence]) -> list[list[Sentence]]:
    groups: list[list[Sentence]] = []
    size = _PIECE
    for sentence in sentences:
        if size >= _PIECE:
            groups.append([])
            size = 0
        groups[-1].append(sentence)
        size += len(sentence.tokens)
    return groups


def _offsets(sentences: list[Sentence]) -> list[int]:
    return [0, *accumulate(len(s.tokens) for s in sentences)][:-1]
