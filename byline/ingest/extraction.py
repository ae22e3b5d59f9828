"""Which of a page's blocks are its article: where prose stands close together, from the title to the last of it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from byline.ingest.furniture import folded
from byline.ingest.markup import Block, Element
from byline.ingest.paragraphs import ends_sentence

_PROSE, _SENTENCE = 140, 50  # characters that are prose, and those that are if they end as a sentence does
_LINKED = 0.4  # of prose: more is a list of links
_SHOWN = 0.6  # of any block: more is a list of links
_TEASER, _TEASED = 15, 0.15  # linked characters at the beginning of an item, and their share: another page's headline
_NEARNESS = (1, 0.6, 0.3)  # what prose counts for its parent, grandparent, and the one above
_STRONG = 0.25  # of the best: prose that belongs to the article though it stands in another part
_REACH = 6  # levels up at which such a part is looked for
_WRAPS = 0.3  # of all prose: a part with the title that holds more is the page's frame, whatever it is called
_MOST = 0.75  # ... and so is one without
_LONE, _FEW = 0.2, 2  # of the article's prose, and paragraphs: a part with less, at its end, is another's teaser
_CLOCK = re.compile(r"\W{0,3}(?:[01]?\d|2[0-3])[.:h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?\W{0,3}", re.IGNORECASE)
_TEXTS = frozenset({"div", "td", "section", "article", "main", "body"})  # hold words themselves, as p does for others


class _Page(NamedTuple):
    """Blocks, what each weighs as prose, and whether it stands outside of all furniture."""

    blocks: Sequence[Block]
    prose: Sequence[int]
    told: Sequence[bool]


def article(blocks: Sequence[Block], title: str | None = None) -> list[Block]:
    """Return the blocks of the article in order, its headings and captions among them.

    A paragraph between title and article is its standfirst, and comes back as a heading. A page without prose gives
    what is outside of furniture.
    """
    prose = [_prose(b) for b in blocks]
    top = _title(blocks, title)
    heading = None if top is None else blocks[top].element
    page = _Page(blocks, prose, _told(blocks, prose, heading))
    scores = _scores(page) or _scores(page := page._replace(told=[True] * len(blocks)))
    if not scores:
        told = _told(blocks, prose, heading)
        return [b for b, t in zip(blocks, told, strict=True) if t and b.density <= _SHOWN] or list(blocks)
    container = _container(scores, heading)
    return _cut(page, {container, *container.iterdescendants()}, top)


def _title(blocks: Sequence[Block], title: str | None) -> int | None:
    """Return where the page's headline stands: the heading that says its title, else the first of the highest rank."""
    headings = [i for i, b in enumerate(blocks) if b.heading]
    words = folded(title or "")
    says = next((i for i in headings if title and (said := folded(blocks[i].words)) and (said in words)), None)
    return says if says is not None else next((i for i in headings if blocks[i].element.tag == "h1"), None)


def _prose(block: Block) -> int:
    """Return how many characters of prose a block is; 0 if it is something else."""
    size = len(block.words)
    if block.heading or block.caption or block.density > (_LINKED if size - block.linked < _PROSE else _SHOWN):
        return 0
    if _is_teaser(block):
        return 0
    said = size >= _PROSE or (size >= _SENTENCE and ends_sentence(block.words))
    return size - block.linked if said else 0


def _is_teaser(block: Block) -> bool:
    """Whether a block begins with the headline of another page."""
    return block.leads and block.linked >= _TEASER and block.density > _TEASED and block.element.tag != "p"


def _told(blocks: Sequence[Block], prose: Sequence[int], title: Element | None) -> list[bool]:
    """Return which blocks are outside of furniture. What holds most of the page's prose is no furniture."""
    held: dict[Element, int] = {}
    for block, size in zip(blocks, prose, strict=True):
        for element in block.furniture:
            held[element] = held.get(element, 0) + size
    around = set() if title is None else {title, *title.iterancestors()}
    total = sum(prose)
    frames = {e for e, size in held.items() if size > total * (_WRAPS if e in around else _MOST)}
    return [all(e in frames for e in b.furniture) for b in blocks]


def _scores(page: _Page) -> dict[Element, float]:
    """Return how much prose stands close below each element."""
    scores: dict[Element, float] = {}
    for block, size, told in zip(*page, strict=True):
        if size and told:
            for element, share in zip(_around(block), _NEARNESS, strict=False):
                scores[element] = scores.get(element, 0) + size * share
    return scores


def _around(block: Block) -> Iterable[Element]:
    """Yield the elements around a block, from the one that its paragraph stands in."""
    if block.element.tag in _TEXTS:
        yield block.element
    yield from block.element.iterancestors()


def _container(scores: dict[Element, float], title: Element | None) -> Element:
    """Return the element that holds most prose, or one above it that holds as strong a part; none above the title's."""
    best = _best(scores, title)
    own = {best, *best.iterancestors()}
    around = set() if title is None else {title, *title.iterancestors()}
    strong = [{e, *e.iterancestors()} for e, s in scores.items() if s >= scores[best] * _STRONG and e not in own]
    found = best
    for element in islice(best.iterancestors(), _REACH):
        if found in around or found.tag == "article":
            break
        if any(element in above and found not in above for above in strong):
            found = element
        if element in around:
            break
    return found


def _best(scores: dict[Element, float], title: Element | None) -> Element:
    """Return the element with most prose; one in the title's own <article> is preferred, if it is not much weaker."""
    best = max(scores, key=lambda e: scores[e])
    frame = None if title is None else next(title.iterancestors("article"), None)
    if frame is None:
        return best
    inside = max((e for e in scores if e is frame or frame in e.iterancestors()), key=lambda e: scores[e], default=best)
    return inside if scores[inside] >= scores[best] * _STRONG else best


def _cut(page: _Page, inside: set[Element], title: int | None) -> list[Block]:
    """Return the blocks from the first prose to the last, and what stands beside these two."""
    blocks, prose, told = page
    lone = _lone(page, inside)
    core = [i for i, b in enumerate(blocks) if prose[i] and told[i] and b.element in inside]
    trusted = [i for i in core if i not in lone] or core
    first, last = trusted[0], trusted[-1]
    times = _times(blocks, inside)
    while first and (first - 1 in times or (_ends(blocks[first - 1]) and _beside(page, first - 1, first))):
        first -= 1
    while (step := _step(page, last)) is not None:
        last = step
    within = [i for i in range(first, last + 1) if blocks[i].element in inside]
    shown = [i for i in within if i in times or (told[i] and _is_shown(blocks[i]))]
    above = [] if title is None else [blocks[i] for i in range(title, first) if prose[i] and told[i]]
    if len(above) == 1:
        above = [above[0]._replace(heading=True)]
    return [*above, *(blocks[i] for i in shown)]


def _step(page: _Page, last: int) -> int | None:
    """Return the next block that stands beside the last one, a heading between them or none."""
    for i in (last + 1, last + 2):
        if i >= len(page.blocks):
            break
        if _beside(page, i, last):
            return i
        if not page.blocks[i].heading or page.blocks[i].linked or not page.told[i]:
            break
    return None


def _times(blocks: Sequence[Block], inside: set[Element]) -> set[int]:
    """Return the times of day that stand alone, if there are several: those of a live blog's entries."""
    found = {i for i, b in enumerate(blocks) if b.element in inside and _CLOCK.fullmatch(b.words)}
    return found if len(found) > 1 else set()


def _ends(block: Block) -> bool:
    return block.quoted or ends_sentence(block.words)


def _lone(page: _Page, inside: set[Element]) -> set[int]:
    """Return the prose that has no neighbours: neither its parent nor grandparent holds much of the article."""
    near: dict[Element, int] = {}
    places = {}
    for i, (block, size, told) in enumerate(zip(*page, strict=True)):
        if size and told and block.element in inside:
            places[i] = list(islice(_around(block), 2))
            for element in places[i]:
                near[element] = near.get(element, 0) + size
    total = sum(page.prose[i] for i in places)
    number = Counter(around[0] for around in places.values())
    return {
        i for i, around in places.items() if number[around[0]] <= _FEW and max(near[e] for e in around) < total * _LONE
    }


def _beside(page: _Page, i: int, j: int) -> bool:
    """Whether a block without links stands in a line with another: the same element, siblings, or a list below."""
    one, other = page.blocks[i], page.blocks[j]
    if (one.density > _LINKED and not one.quoted) or one.heading or one.caption or not page.told[i]:
        return False
    if one.element is other.element or one.quoted:
        return True
    above = one.element.getparent()
    return (
        other.element.tag in {"p", "li"}
        and one.element.tag in {"p", "li"}
        and (
            above is other.element.getparent() or (above is not None and above.getparent() is other.element.getparent())
        )
    )


def _is_shown(block: Block) -> bool:
    return block.caption or block.quoted or block.density <= _SHOWN or _prose(block) > 0
