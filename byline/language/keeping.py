"""A parse as bytes: kept, and taken up again without the pipeline.

The words stand in columns of small numbers: how far each begins after the one before, how long it is, its tag and
labels, its lemma, how far away its head is. What repeats is listed once. The columns are MessagePack, deflated.
"""

import zlib
from collections.abc import Iterator
from itertools import groupby
from typing import TypeVar

import msgspec

from byline.language.parsed import Entity, Parsed, Sentence, Token
from byline.records import Document, Span

Kind = tuple[str, str, str, str]
Value = TypeVar("Value", str, Kind)


class _Columns(msgspec.Struct, frozen=True, array_like=True):
    """One parse without its document: a number each token, a pair (tokens, paragraph) each sentence.

    ``reading``: (offset, words) where it differs from the text. ``odd``: (token, its text) where that is not the
    words of its span. A lemma is empty where it is the token's own text in lower case. Heads are so many tokens away.
    """

    reading: list[tuple[int, str]]
    gaps: list[int]
    lengths: list[int]
    odd: list[tuple[int, str]]
    kinds: list[int]
    lemmas: list[int]
    heads: list[int]
    sentences: list[tuple[int, int]]
    entities: list[Entity]
    all_kinds: list[Kind]
    all_lemmas: list[str]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """The check sum of a text, the parse of its body and, with the span of the title that it is, of a headline."""

    text: int
    body: _Columns
    title: Span | None = None
    headline: _Columns | None = None


def packed(parsed: Parsed) -> bytes:
    """Return a parse as bytes, without its document."""
    above = parsed.headline
    title = above.document.body[0] if above is not None else None
    kept = _Kept(_check_sum(parsed.document), _columns(parsed), title, _columns(above) if above is not None else None)
    return zlib.compress(msgspec.msgpack.encode(kept))


def unpacked(kept: bytes, document: Document) -> Parsed | None:
    """Return the parse of a document from what `packed` made of it; None if the bytes are damaged or another text's."""
    try:
        parts = msgspec.msgpack.decode(zlib.decompress(kept), type=_Kept)
        if parts.text != _check_sum(document):
            return None
        parsed = _parsed(parts.body, document)
        if parts.headline is not None and parts.title is not None:
            parsed.headline = _parsed(parts.headline, msgspec.structs.replace(document, body=(parts.title,)))
    except (zlib.error, msgspec.DecodeError, IndexError):
        return None
    return parsed


def _check_sum(document: Document) -> int:
    return zlib.crc32(document.text.encode())


def _columns(parsed: Parsed) -> _Columns:
    tokens = parsed.tokens
    ends = [0, *(t.end for t in tokens)]
    all_kinds, kinds = _listed([(t.tag, t.pos, t.dep, t.entity) for t in tokens])
    all_lemmas, lemmas = _listed(["" if t.lemma == t.lower else t.lemma for t in tokens])
    return _Columns(
        reading=list(_differences(parsed.reading, parsed.text)),
        gaps=[t.start - end for t, end in zip(tokens, ends, strict=False)],
        lengths=[t.end - t.start for t in tokens],
        odd=[(t.i, t.text) for t in tokens if t.text != parsed.read(t.span)],
        kinds=kinds,
        lemmas=lemmas,
        heads=[t.head.i - t.i for t in tokens],
        sentences=[(len(s.tokens), s.paragraph) for s in parsed.sentences],
        entities=parsed.entities,
        all_kinds=all_kinds,
        all_lemmas=all_lemmas,
    )


def _parsed(columns: _Columns, document: Document) -> Parsed:
    reading = _with(columns.reading, document.text)
    tokens = _tokens(columns, reading)
    sentences, first = [], 0
    for number, (length, paragraph) in enumerate(columns.sentences):
        own = tuple(tokens[first : first + length])
        for token in own:
            token.sentence = number
        sentences.append(Sentence(number, own, paragraph))
        first += length
    return Parsed(document, tokens, sentences, columns.entities, reading)


def _tokens(columns: _Columns, reading: str) -> list[Token]:
    odd, tokens, end = dict(columns.odd), [], 0
    rows = zip(columns.gaps, columns.lengths, columns.kinds, columns.lemmas, strict=True)
    for i, (gap, length, kind, lemma) in enumerate(rows):
        start, end = end + gap, end + gap + length
        tag, pos, dep, entity = columns.all_kinds[kind]
        text = odd.get(i, reading[start:end])
        base = columns.all_lemmas[lemma] or text.lower()
        token = Token(i, text, (start, end), lemma=base, tag=tag, pos=pos, dep=dep)
        token.entity = entity
        tokens.append(token)
    for token, away in zip(tokens, columns.heads, strict=True):
        if away:
            token.head = tokens[token.i + away]
            token.head.children.append(token)
    return tokens


def _listed(values: list[Value]) -> tuple[list[Value], list[int]]:
    """Return each value once, and for every one its place among them."""
    places = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(places), [places[value] for value in values]


def _differences(reading: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield where a reading, which is as long as the text, differs from it, and how it reads there."""
    if reading == text:
        return
    places = (i for i, (a, b) in enumerate(zip(reading, text, strict=True)) if a != b)
    for _, run in groupby(enumerate(places), lambda numbered: numbered[1] - numbered[0]):
        found = [place for _, place in run]
        yield found[0], reading[found[0] : found[-1] + 1]


def _with(differences: list[tuple[int, str]], text: str) -> str:
    """Return a text as it is read."""
    parts, done = [], 0
    for start, words in differences:
        parts += [text[done:start], words]
        done = start + len(words)
    return "".join([*parts, text[done:]])
