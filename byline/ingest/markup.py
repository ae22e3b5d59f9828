"""A page's tree to its blocks: runs of text in reading order, each with what the markup says of it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple, TypeAlias

import lxml.html
from lxml import etree

from byline import knowledge
from byline.ingest.paragraphs import ends_sentence

Element: TypeAlias = lxml.html.HtmlElement
_TABLE = knowledge.load("markup.toml")
_SILENT, _BLOCKS = (frozenset(_TABLE["tags"][kind]) for kind in ("silent", "block"))
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OUTSIDE = frozenset({"aside", "footer", "form", "address", "nav"})
_CELLS = frozenset({"td", "th"})
_ROW, _BETWEEN_CELLS = 300, " | "  # characters of a row of a table of figures, and how its cells are told apart
_HEADING_WORDS = 14  # a heading that is a sentence has hardly more
_FRAMES = frozenset({"article", "main", "body", "html"})
_BREAK = "\x1f"  # stands for <br>, which no text holds: controls are taken out of the markup
_SIGNS = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_NAMES = _TABLE["names"]
_LONGEST_NAME = 400  # characters of class and id that are looked at


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    entries = "|".join(re.escape(n[:-1]) + "[a-z0-9]*" if n.endswith("*") else re.escape(n) for n in names)
    return re.compile(rf"(?<![a-z0-9])(?:{entries})(?![a-z0-9])")


_STORY, _CAPTION, _FURNITURE = (_any_of(_NAMES[kind]) for kind in ("story", "caption", "furniture"))
_LAYOUT = re.compile(rf"(?<!\S)\S*{_any_of(_NAMES['layout']).pattern}\S*")


class Block(NamedTuple):
    """A run of text, white space squeezed; `element` is the block-level element that it stands in.

    `linked` counts the characters inside of links; `leads` is whether it begins with a link. `furniture` are
    the elements around it whose name or tag says that they are no story, the outermost first.
    """

    words: str
    element: Element
    linked: int
    leads: bool
    heading: bool
    caption: bool
    quoted: bool
    furniture: tuple[Element, ...]

    @property
    def density(self) -> float:
        """The share of its characters that are links."""
        return self.linked / len(self.words)


def _named(names: str) -> str | None:
    """Return "furniture" or "caption" if the words in class and id say so."""
    words = " ".join("-".join(_SIGNS.split(name)).lower() for name in names.split())
    if _STORY.search(words):
        return None
    if _CAPTION.search(words):
        return "caption"
    return "furniture" if _FURNITURE.search(_LAYOUT.sub(" ", words)) else None


@lru_cache(4096)
def _kind(tag: str, names: str) -> str | None:
    if tag in _OUTSIDE:
        return "furniture"
    if tag == "figcaption":
        return "caption"
    return _named(names) if names and tag not in _FRAMES else None


def _is_silent(element: Element) -> bool:
    if element.tag in _SILENT or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


class _Reader:
    """Walks a tree once; `blocks` grow as block-level elements begin and end."""

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._linked, self._spoken, self._leads = 0, 0, False
        self._element = root
        self._furniture: list[Element] = []
        self._inside = dict.fromkeys(("a", "heading", "caption", "blockquote"), 0)
        self._open: list[tuple[Element, str | None]] = []

    def start(self, element: Element) -> None:
        """Begin an element, and say its first words."""
        tag = element.tag
        kind = _kind(tag, f"{element.get('class', '')} {element.get('id', '')}"[:_LONGEST_NAME].strip())
        self._open.append((self._element, kind))
        if tag in _BLOCKS or kind:
            self.flush()
            self._change(element, tag, kind, 1)
            if tag in _BLOCKS:
                self._element = element
        elif tag == "a":
            self._inside["a"] += 1
        elif tag == "br":
            self._break()
        if element.text:
            self.say(element.text)

    def end(self, element: Element) -> None:
        """End an element."""
        tag = element.tag
        before, kind = self._open.pop()
        if tag in _BLOCKS or kind:
            self.flush()
            self._change(element, tag, kind, -1)
            self._element = before
        elif tag == "a":
            self._inside["a"] -= 1

    def _change(self, element: Element, tag: str, kind: str | None, step: int) -> None:
        """Note that an element begins or ends."""
        if kind == "furniture":
            self._furniture.append(element) if step > 0 else self._furniture.pop()
        elif kind:
            self._inside[kind] += step
        if tag in _HEADINGS:
            self._inside["heading"] += step
        elif tag in self._inside:
            self._inside[tag] += step

    def _break(self) -> None:
        """A second break in a row ends the block."""
        if self._parts and self._parts[-1] == _BREAK:
            self.flush()
        else:
            self._parts.append(_BREAK)

    def say(self, words: str) -> None:
        """Add words to the block."""
        spoken = len(words.strip())
        if self._inside["a"]:
            self._leads = self._leads or (spoken > 0 and not self._spoken)
            self._linked += spoken
        self._spoken += spoken
        if not self._parts or self._parts[-1] != _BREAK or words.strip():
            self._parts.append(words)

    def flush(self) -> None:
        """End a block."""
        if not self._parts:
            return
        raw, linked, leads = "".join(self._parts), self._linked, self._leads
        self._parts, self._linked, self._spoken, self._leads = [], 0, 0, False
        for words in _paragraphs(raw):
            self.blocks.append(
                Block(
                    words=words,
                    element=self._element,
                    linked=min(linked, len(words)),
                    leads=leads,
                    heading=self._inside["heading"] > 0 and not _is_long(words),
                    caption=self._inside["caption"] > 0,
                    quoted=self._inside["blockquote"] > 0,
                    furniture=tuple(self._furniture),
                )
            )


def _is_long(words: str) -> bool:
    """Whether a heading is a paragraph that is only meant to look like one."""
    return ends_sentence(words) and len(words.split()) > _HEADING_WORDS


def _paragraphs(raw: str) -> Iterator[str]:
    """Yield what a break behind the end of a sentence parts; other breaks only fold a line."""
    said: list[str] = []
    for part in raw.split(_BREAK):
        if line := " ".join(part.split()):
            said.append(line)
            if ends_sentence(line):
                yield " ".join(said)
                said = []
    if said:
        yield " ".join(said)


def blocks_of(tree: Element) -> list[Block]:
    """Return the blocks of text of a page, in order, those of its furniture too; hidden parts are left out.

    The tree must be free of comments.
    """
    body = tree.find(".//body")
    root = tree if body is None else body
    reader = _Reader(root)
    walk = etree.iterwalk(root, events=("start", "end"))
    silent = None
    for event, element in walk:
        if event == "start":
            if _is_silent(element):
                walk.skip_subtree()
                silent = element
            else:
                reader.start(element)
            continue
        if element is not silent:
            reader.end(element)
        if element.tail and element is not root:
            reader.say(element.tail)
    reader.flush()
    rows = groupby(reader.blocks, key=_row_of)
    return [block for row, cells in rows for block in (cells if row is None else _joined(list(cells)))]


def _row_of(block: Block) -> Element | None:
    """Return the row of a table that a block is a cell of; None for words in a paragraph of their own."""
    return block.element.getparent() if block.element.tag in _CELLS else None


def _joined(cells: list[Block]) -> list[Block]:
    """Return the short cells of one row as one block: a table may also be a frame for the page."""
    apart = len({id(b.element) for b in cells}) == len(cells) > 1
    if not apart or sum(len(b.words) for b in cells) > _ROW:
        return cells
    words = _BETWEEN_CELLS.join(b.words for b in cells)
    return [cells[0]._replace(words=words, linked=min(len(words), sum(b.linked for b in cells)))]
