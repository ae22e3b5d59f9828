"""Pages that show a demand in place of an article, and articles that break off before one.

A wall is a failure with its reason; a stub stays a document, and its `partial` says why. What is a
demand stands in knowledge/walls.toml.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import lxml.etree
import lxml.html
import msgspec

from byline import knowledge
from byline.errors import DocumentError
from byline.ingest import linked_data
from byline.ingest.paragraphs import ends_sentence, paragraphs, trimmed
from byline.ingest.phrases import Phrases
from byline.records import Document, Span

_TABLE = knowledge.load("walls.toml")
_LIMITS: dict[str, int] = _TABLE["limits"]
_KINDS: dict[str, dict[str, str]] = _TABLE["wall"]
_PHRASES = Phrases((kind, entry["phrases"]) for kind, entry in _TABLE["wall"].items())
_READER, _WALL_WORDS = (frozenset(_TABLE["words"][k]) for k in ("reader", "wall"))
_FADING, _CLOSED = (frozenset(_TABLE["markup"][k]) for k in ("fading", "closed"))
_SENTENCES = re.compile(r"(?<=[.!?…])[\"”’]?\s+|\s*[|•·\n]\s*")
_SITE = re.compile(r"\s+[|»–—:-]+\s+")
_WORD = re.compile(r"[\w’']+")
_SELECTOR = re.compile(r"\s*[\w-]*([.#])([\w-]+)\s*")
_PLEAS = frozenset({"payment", "plea"})
_QUOTES = "\"“‘'«„"
_ELLIPSES = ("...", "…", "[…]", "[...]")
_LINE_TAGS = (
    "p",
    "div",
    "span",
    "h1",
    "h2",
    "h3",
    "h4",
    "strong",
    "b",
    "a",
    "button",
    "noscript",
    "title",
    "li",
    "label",
)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden")
_ELEMENTS = 20_000  # of a page that are looked at
_PARTS = 12  # elements inside of one that holds a line and no more


class Demand(NamedTuple):
    """A demand on a page: its kind as in walls.toml, its words, and where in the text they stand, if they do."""

    kind: str
    words: str
    span: Span | None = None


class Gate(NamedTuple):
    """What the markup tells of how free a page is.

    `closed`: why it is no whole article, if short; `empty`: the part that only subscribers see is not there;
    `is_open`: it is there. `demands` are those on the page, in the article or around it.
    """

    closed: str | None = None
    empty: str | None = None
    is_open: bool = False
    demands: tuple[Demand, ...] = ()


def gate_of(tree: lxml.html.HtmlElement) -> Gate:
    """Return what a page's markup says of who may read it."""
    sections = [words for item in linked_data.objects(tree) if (words := _section(tree, item)) is not None]
    fading = any(_FADING & set((e.get("class") or "").lower().split()) for e in _elements(tree))
    closed = "The page is marked as not free" if sections else "The page fades the article out" if fading else None
    told = [words for name, words in sections if name]
    is_open = any(words >= _LIMITS["section"] for words in told)
    empty = next((name for name, _ in sections if name), None) if told and not is_open else None
    return Gate(closed, empty, is_open, tuple(_demands_of(tree)))


def refuse(gate: Gate) -> None:
    """Raise DocumentError of the kind "wall" if a page without any article shows a demand."""
    demand = next((d for d in gate.demands if d.kind != "plea"), None)
    if demand:
        raise _wall(demand)


def judged(document: Document, gate: Gate = Gate()) -> Document:  # noqa: B008 -- Gate is frozen
    """Return the document without demands in its body, `partial` if it is a stub.

    DocumentError of the kind "wall" if it shows a demand and no article.
    """
    demands = list(_demands_in(document.text, paragraphs(document.text)))
    prose = [part for part in document.body if _is_prose(document.text, part, demands)]
    seen = [d for d in (*demands, *gate.demands) if d.kind != "plea"]
    title = next((d for d in seen if _is_title(document.title, d)), None)
    count = sum(_count(document.text[slice(*part)]) for part in prose)
    if seen and (not prose or (title and count < _LIMITS["titled"])):
        raise _wall(title or seen[0])
    pleas = {d.span for d in demands if d.kind in _PLEAS}
    return msgspec.structs.replace(
        document,
        body=tuple(part for part in document.body if part not in pleas),
        partial=document.partial or _partial(document.text, prose, count, demands, gate),
    )


def _partial(text: str, prose: Sequence[Span], count: int, demands: Sequence[Demand], gate: Gate) -> str | None:
    """Return why the page holds a part of the article only, None if it seems whole."""
    cut = bool(prose) and text[slice(*prose[-1])].endswith(_ELLIPSES)
    if gate.empty and (cut or count < _LIMITS["stub"]):
        return f"{gate.closed}, and the part that subscribers see ({gate.empty}) is not there."
    end = prose[-1][1] if prose else 0
    after = [d for d in demands if d.span and d.span[0] >= end]
    if cut and (demand := next((d for d in (*after, *gate.demands) if d.kind in _PLEAS), None)):
        return f"The text breaks off before “{demand.words}”."
    if gate.is_open:
        return None
    if gate.closed and (cut or count < _LIMITS["short"]):
        return f"{gate.closed}, and {count} words of it are there."
    for demand in (d for d in (*demands, *gate.demands) if d.kind == "payment"):
        rest = sum(_count(text[slice(*p)]) for p in prose if demand.span and p[0] > demand.span[0])
        if count < _LIMITS["short" if rest >= _LIMITS["after"] else "stub"]:
            return f"The page says “{demand.words}”, and {count} words are there."
    return None


def _wall(demand: Demand) -> DocumentError:
    kind = _KINDS[demand.kind]
    return DocumentError(
        f"The page shows {kind['name']} and no article (“{demand.words}”). {kind['advice']}", kind="wall"
    )


def _demands_in(text: str, spans: Iterable[Span]) -> Iterator[Demand]:
    """Yield the paragraphs that are a demand, and the sentences of the others that are one."""
    for span in spans:
        whole = _PHRASES.match(text, span)
        parts = [(span, whole)] if whole else ((part, _PHRASES.match(text, part)) for part in _sentences(text, span))
        yield from (Demand(match.kind, " ".join(text[slice(*part)].split()), part) for part, match in parts if match)


def _sentences(text: str, span: Span) -> Iterator[Span]:
    cuts = [m.span() for m in _SENTENCES.finditer(text, *span)]
    starts, ends = [span[0], *(end for _, end in cuts)], [*(start for start, _ in cuts), span[1]]
    return (trimmed(text, s, e) for s, e in zip(starts, ends, strict=True) if s < e)


def _is_prose(text: str, part: Span, demands: Sequence[Demand]) -> bool:
    """Whether a paragraph may be an article's: a sentence, no demand and not spoken to the reader in words of one.

    What begins with a quotation mark is somebody's word to somebody.
    """
    words = text[slice(*part)]
    demanded = sum(d.span[1] - d.span[0] for d in demands if d.span and part[0] <= d.span[0] and d.span[1] <= part[1])
    if 2 * demanded > len(words) or _count(words) < _LIMITS["sentence"]:
        return False
    if not ends_sentence(words) and _count(words) < _LIMITS["headline"]:
        return False
    said = [w.lower().replace("’", "'") for w in _WORD.findall(words)]
    demanding = [w for w in said if w in _WALL_WORDS]
    spoken = _READER & set(said) and len(set(demanding)) >= _LIMITS["excused"]
    return not spoken or len(demanding) * _LIMITS["apart"] < len(said) or words[0] in _QUOTES


def _is_title(title: str | None, demand: Demand) -> bool:
    if not title:
        return False
    return demand.words in {title, *_SITE.split(title)} or any(
        (match := _PHRASES.match(part, (0, len(part)))) and match.kind == demand.kind for part in _SITE.split(title)
    )


def _count(words: str) -> int:
    return len(words.split())


def _elements(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    return islice(tree.iter(lxml.etree.Element), _ELEMENTS)


def _demands_of(tree: lxml.html.HtmlElement) -> Iterator[Demand]:
    """Yield the demands that an element of the page is, those that are not shown aside."""
    told: set[str] = set()
    for element in _elements(tree):
        words = _words_of(element) if element.tag in _LINE_TAGS else None
        if not words or words in told:
            continue
        told.add(words)
        for demand in _demands_in(words, [(0, len(words))]):
            if demand.kind == "javascript" or not _is_hidden(element):
                yield demand._replace(span=None)


def _words_of(element: lxml.html.HtmlElement) -> str | None:
    """Return the words of an element that holds a line and no more."""
    if len(element) and sum(1 for _ in islice(element.iter(), _PARTS)) == _PARTS:
        return None
    words = " ".join(("".join(element.itertext()) if len(element) else element.text or "").split())
    return words if len(words) <= _LIMITS["line"] else None


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    around = (element, *element.iterancestors())
    return any(
        e.tag in {"template", "noscript"} or e.get("hidden") is not None or _HIDDEN.search(e.get("style") or "")
        for e in around
    )


def _section(tree: lxml.html.HtmlElement, item: dict[str, object]) -> tuple[str | None, int] | None:
    """Return the part of the page that an object calls closed and its number of words; None if it calls none so."""
    if str(item.get("isAccessibleForFree", "")).lower() not in _CLOSED:
        return None
    selector = _SELECTOR.fullmatch(str(item.get("cssSelector", "")))
    if not selector:
        return None, 0
    attribute = "class" if selector[1] == "." else "id"
    found = [e for e in _elements(tree) if selector[2] in (e.get(attribute) or "").split()]
    return selector[0].strip(), sum(_count(e.text_content()) for e in found)
