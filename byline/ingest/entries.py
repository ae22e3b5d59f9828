"""The entries of a page in HTML: those of a live blog, the articles below each other, the days of a weblog.

A page names them in JSON-LD, in microdata or by classes; or they are blocks that look alike, each with a time;
or times of day stand between the paragraphs. Teasers and readers' comments are no entries.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from byline import knowledge
from byline.errors import ConfigurationError
from byline.ingest import linked_data
from byline.ingest.clocks import Clock, clock_of, falls, is_live
from byline.ingest.dating import interval_of
from byline.ingest.paragraphs import ends_sentence
from byline.records import Interval

Block = tuple[str, bool]  # words, and whether they are a heading

_TABLE = knowledge.load("articles.toml")
_LIMITS: dict[str, Any] = _TABLE["limits"]
_PROPERTIES, _CLASSES, _MORE = (frozenset(_TABLE["markup"][k]) for k in ("properties", "classes", "more"))
_READERS: list[str] = _TABLE["markup"]["readers"]
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "section",
    "article",
    "header",
    "td",
    "tr",
    "table",
    "br",
    "time",
    "main",
}
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "svg",
        "noscript",
        "template",
        "figure",
        "select",
        "iframe",
    }
)
_BOXES = frozenset({"article", "section", "div", "li"})
_MARK_TAGS = ("time", "span", "p", "strong", "b", "h2", "h3", "h4", "h5", "h6", "dt", "div", "a", "em", "small")
_MARK, _MARK_PARTS = 60, 5  # characters and elements of one that holds a time and no more: fewer
_HIGHEST = 8  # boxes around a time that may be the entry
_GROUPS = 12  # of boxes that are looked at, those of most boxes first
_TITLES = 5  # of a page that are looked at
_MARKS = 60_000  # of a page that are looked at


class Entry(NamedTuple):
    """One entry: its blocks, its own title, and its own day or, failing that, its time of day."""

    blocks: tuple[Block, ...]
    title: str | None = None
    day: Interval | None = None
    clock: Clock | None = None

    @property
    def words(self) -> int:
        """How many words it holds, headings aside."""
        return sum(len(words.split()) for words, heading in self.blocks if not heading)

    @property
    def is_told(self) -> bool:
        """Whether it holds something to code: a sentence."""
        return self.words >= _LIMITS["entry"] and any(
            ends_sentence(words) for words, heading in self.blocks if not heading
        )


def entries_of(tree: HtmlElement) -> list[Entry]:
    """Return the entries of a page, in its order; none if it is one article or a list of teasers."""
    live = _is_live(tree)
    finders: tuple[Callable[[], Iterable[Entry]], ...] = (
        lambda: _linked(tree),
        lambda: _best(_named(tree), live=live),
        lambda: _best(_alike(tree), live=live),
        lambda: _flat(tree, live=live),
    )
    found = ([e for e in islice(find(), _LIMITS["most"]) if e.is_told] for find in finders)
    return next((entries for entries in found if len(entries) >= _LIMITS["articles"]), [])


def _is_live(tree: HtmlElement) -> bool:
    titles = (e.text_content()[: _LIMITS["head"]] for e in islice(tree.iter("title", "h1"), _TITLES))
    return any(map(is_live, titles)) or any(
        linked_data.is_a(item, "LiveBlogPosting") for item in linked_data.objects(tree)
    )


def blocks_of(element: HtmlElement) -> list[Block]:
    """Return the words of each block in an element, in order, and whether it is a heading."""
    found: list[Block] = []
    words: list[str] = []
    heading = skipped = 0

    def close() -> None:
        line = " ".join("".join(words).split())
        if line:
            found.append((line, bool(heading)))
        words.clear()

    for event, inner in lxml.etree.iterwalk(element, events=("start", "end")):
        starts = event == "start"
        if inner.tag in _SKIPPED:
            skipped += 1 if starts else -1
        elif inner.tag in _BLOCKS:
            close()
            heading += (1 if starts else -1) * (inner.tag in _HEADINGS)
        if not skipped and (starts or inner is not element):
            words.append((inner.text if starts else inner.tail) or "")
    close()
    return found


def _linked(tree: HtmlElement) -> Iterator[Entry]:
    """Yield the updates that a live blog lists in JSON-LD."""
    for item in linked_data.objects(tree):
        updates = item.get("liveBlogUpdate") if linked_data.is_a(item, "LiveBlogPosting") else None
        for update in updates if isinstance(updates, list) else []:
            if isinstance(update, dict):
                yield _entry(
                    _update_blocks(tree, update),
                    _line(update.get("headline") or item.get("headline")),
                    update.get("datePublished"),
                )


def _update_blocks(tree: HtmlElement, update: dict[str, Any]) -> list[Block]:
    body = str(update.get("articleBody") or "")
    if "<" in body and (root := _fragment(body)) is not None:
        return blocks_of(root)
    if body:
        return [(line, False) for words in body.split("\n") if (line := _line(words))]
    anchor = str(update.get("url") or update.get("@id") or "").partition("#")[2]
    return next((blocks_of(e) for e in tree.xpath("//*[@id=$anchor]", anchor=anchor)), []) if anchor else []


def _fragment(body: str) -> HtmlElement | None:
    try:
        return lxml.html.fragment_fromstring(body, create_parent="div")
    except (lxml.etree.ParserError, ValueError):
        return None


def _named(tree: HtmlElement) -> list[list[HtmlElement]]:
    """Return the elements that are named as entries, the innermost of them."""
    found = [e for e in tree.iter(*_BOXES) if _is_named(e)]
    outer = {id(a) for e in found for a in e.iterancestors() if a is not tree}
    return [[e for e in found if id(e) not in outer]]


def _is_named(element: HtmlElement) -> bool:
    properties = set((element.get("itemprop") or "").lower().split())
    return bool(properties & _PROPERTIES or set((element.get("class") or "").lower().split()) & _CLASSES)


def _alike(tree: HtmlElement) -> list[list[HtmlElement]]:
    """Return groups of boxes beside each other, of one tag and class, each with a time inside."""
    groups: dict[tuple[int, str, str], dict[int, HtmlElement]] = {}
    for mark in _marks(tree):
        for box in islice(mark.iterancestors(), _HIGHEST):
            if box.tag in _BOXES and (parent := box.getparent()) is not None:
                key = (id(parent), box.tag, (box.get("class") or "").partition(" ")[0])
                groups.setdefault(key, {})[id(box)] = box
    found = [list(g.values()) for (_, tag, _), g in groups.items() if len(g) >= _least(tag)]
    return sorted(found, key=len, reverse=True)[:_GROUPS]


def _least(tag: str) -> int:
    return int(_LIMITS["articles" if tag == "article" else "blocks"])


def _marks(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that hold a time and no more, in words or for machines."""
    for element in islice(tree.iter(*_MARK_TAGS), _MARKS):
        if (element.tag == "time" and element.get("datetime")) or _is_clock(element):
            yield element


def _is_clock(element: HtmlElement) -> bool:
    first = element.text or ""
    if len(first) > _MARK or (len(element) == 0 and not any(c.isdigit() for c in first)):
        return False
    if sum(1 for _ in islice(element.iter(), _MARK_PARTS)) == _MARK_PARTS:
        return False
    words = element.text_content().strip()
    clock = clock_of(words) if len(words) <= _MARK else None
    return clock is not None and clock.end >= len(words)


def _best(groups: Iterable[Sequence[HtmlElement]], *, live: bool) -> list[Entry]:
    """Return the entries of the group that holds most words."""
    best: list[Entry] = []
    for group in groups:
        boxes = [e for e in group if not _is_readers(e)]
        pairs = [(_of_box(e), e) for e in boxes[: _LIMITS["most"]]]
        found = [(entry, e) for entry, e in pairs if entry.is_told]
        if 2 * sum(_is_teaser(entry, e) for entry, e in found) >= max(1, len(found)):
            continue
        entries = [entry for entry, _ in found]
        if _are_entries(entries, live=live) and _total(entries) > _total(best):
            best = entries
    return best


def _are_entries(entries: Sequence[Entry], *, live: bool) -> bool:
    """Whether blocks with times are entries: each has its day, or it is clear that a page goes by the clock."""
    timed = [e for e in entries if e.day or e.clock]
    if len(entries) < _LIMITS["articles"] or len(timed) * 2 < len(entries):
        return False
    clocks = [e.clock.minutes for e in timed if e.clock and not e.day and not e.clock.day]
    return len(clocks) * 2 < len(timed) or live or falls(clocks)


def _total(entries: Iterable[Entry]) -> int:
    return sum(e.words for e in entries)


def _is_readers(element: HtmlElement) -> bool:
    """Whether a block holds readers' words."""
    names = " ".join(
        f"{e.get('class') or ''} {e.get('id') or ''} {e.get('itemtype') or ''}".lower()
        for e in (element, *islice(element.iterancestors(), _HIGHEST))
        if e.tag not in {"body", "html"}
    )
    return any(name in names for name in _READERS)


def _is_teaser(entry: Entry, element: HtmlElement) -> bool:
    """Whether a block only leads to the article: its heading is a link to another page, or it ends in "Read more"."""
    links = [a for a in element.iter("a") if not (a.get("href") or "#").startswith("#")]
    headed = any(
        x.tag in _HEADINGS for a in links for x in (*islice(a.iterancestors(), _HIGHEST), *islice(a.iter(), _HIGHEST))
    )
    more = any(a.text_content().strip(" .…»→>\n").lower() in _MORE for a in links)
    return (headed and entry.words < _LIMITS["teaser"]) or (more and entry.words < _LIMITS["excerpt"])


def _of_box(element: HtmlElement) -> Entry:
    times = (t.get("datetime") for t in element.iter("time") if t.get("datetime"))
    return _entry(blocks_of(element), None, next(times, None))


def _flat(tree: HtmlElement, *, live: bool) -> list[Entry]:
    """Return what stands between times of day in the flow of a page."""
    parents: dict[int, list[HtmlElement]] = {}
    for mark in _marks(tree):
        for parent in islice(mark.iterancestors(), 2):
            parents.setdefault(id(parent), []).append(parent)
    flows = sorted((p for p in parents.values() if len(p) >= _LIMITS["blocks"]), key=len, reverse=True)
    best: list[Entry] = []
    for parent, *_ in flows[:_GROUPS]:
        entries = _between(parent)
        clocks = [e.clock.minutes for e in entries if e.clock]
        if len(clocks) >= _LIMITS["blocks"] and (live or falls(clocks)) and _total(entries) > _total(best):
            best = entries
    return best


def _between(parent: HtmlElement) -> list[Entry]:
    """Return the entries among the children of an element, each from one time to the next."""
    found: list[list[Block]] = []
    for child in parent:
        if child.tag in _SKIPPED:
            continue
        blocks = blocks_of(child)
        if blocks and clock_of(blocks[0][0]):
            found.append([])
        if found:
            found[-1] += blocks
    return [_entry(blocks, None, None) for blocks in found]


def _entry(blocks: Sequence[Block], title: str | None, stamp: object) -> Entry:
    """Return an entry; a time of day at its head becomes a line of its own, the first heading its title."""
    lines: list[Block] = []
    clock: Clock | None = None
    for words, heading in blocks:
        found = clock_of(words) if clock is None and len(lines) < 3 else None  # noqa: PLR2004 -- title, author, time
        if found:
            clock = found
            rest = words[found.end :].strip()
            lines += [(words[: found.end].strip(), True), *([(rest, heading)] if rest else [])]
        else:
            lines.append((words, heading))
    own = title or next(
        (w for w, heading in lines if heading and not clock_of(w) and any(c.isalpha() for c in w)), None
    )
    return Entry(tuple(b for b in lines if b[0] != own), own, _day(stamp), clock)


def _day(stamp: object) -> Interval | None:
    try:
        return interval_of(str(stamp).strip(), basis="metadata") if stamp else None
    except ConfigurationError:
        return None


def _line(words: object) -> str | None:
    return " ".join(str(words).split()) or None if words else None
