"""A parse that a user's own spaCy pipeline has made, taken as it is."""

from collections.abc import Iterator

from spacy.tokens import Doc
from spacy.tokens import Token as Word

from byline.language.lemmas import Lemmas
from byline.language.parsed import Entity, Parsed, Sentence, Token
from byline.language.pipeline import headline_of, reading_of
from byline.language.sentences import LONGEST
from byline.records import Document


def adopted(doc: Doc, document: Document, lemmas: Lemmas) -> Parsed:
    """Return the parse of a document whose text is that of a Doc with tags, a tree, sentences and names.

    Tokens outside of the document's prose are left out. A sentence ends with its paragraph, whatever the pipeline says,
    and where it is too long; a word whose head is left out or in another sentence is a root.
    """
    parsed = _adopted(doc, document, lemmas)
    above = headline_of(document)
    parsed.headline = _adopted(doc, above, lemmas) if above is not None else None
    return parsed


def _adopted(doc: Doc, document: Document, lemmas: Lemmas) -> Parsed:
    reading = reading_of(document)
    sentences: list[Sentence] = []
    kept: dict[int, Token] = {}  # by the place in the Doc
    for paragraph, words in _sentences(doc, document):
        own = []
        for word in words:
            span = (word.idx, word.idx + len(word.text))
            text = reading[slice(*span)].replace("\u00ad", "").strip()
            if text:  # an editor's mark is blank
                token = kept[word.i] = lemmas.token(len(kept), text, span, word.tag_, word.dep_)
                token.sentence = len(sentences)
                own.append(token)
        if own:
            sentences.append(Sentence(len(sentences), tuple(own), paragraph))
    _tie(doc, kept)
    return Parsed(document, list(kept.values()), sentences, _entities(doc, kept), reading)


def _sentences(doc: Doc, document: Document) -> Iterator[tuple[int, list[Word]]]:
    """Yield each sentence's paragraph and words."""
    words: list[Word] = []
    for number, (start, end) in enumerate(document.prose):
        span = doc.char_span(start, end, alignment_mode="contract")
        begins = False
        for word in span or ():
            begins = begins or bool(word.is_sent_start)
            if word.is_space:
                continue
            if words and (begins or len(words) >= LONGEST):
                yield number, words
                words = []
            words.append(word)
            begins = False
        if words:
            yield number, words
            words = []


def _tie(doc: Doc, kept: dict[int, Token]) -> None:
    """Set heads and children; what has no head in its own sentence is a root."""
    for place, token in kept.items():
        head = kept.get(doc[place].head.i)
        if head is None or head is token or head.sentence != token.sentence:
            token.dep = "ROOT"
        else:
            token.head = head
            head.children.append(token)


def _entities(doc: Doc, kept: dict[int, Token]) -> list[Entity]:
    """Return the names that stand within one sentence, and mark their words."""
    found = []
    for name in doc.ents:
        tokens = [kept[place] for place in range(name.start, name.end) if place in kept]
        if tokens and tokens[0].sentence == tokens[-1].sentence:
            found.append(Entity(tokens[0].i, tokens[-1].i + 1, name.label_))
            for token in tokens:
                token.entity = name.label_
    return found
