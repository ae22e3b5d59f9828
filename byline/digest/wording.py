"""The words of a digest, which its mail, page and feed share: plain, on one line each, nothing in them steers."""

from collections.abc import Iterator
from typing import NamedTuple

from byline import knowledge
from byline.digest.items import CONTESTED, DENIED, NEW, Change, Digest, Item, Quote
from byline.export.incidents import hurt
from byline.export.terminal import days, printable
from byline.lookup import OUTLET, link_of

_LONGEST: int = knowledge.load("digest.toml")["sentence"]


class Line(NamedTuple):
    """What somebody says: who and where, what where others say otherwise, their words, and the page."""

    who: str
    claim: str
    words: str
    title: str
    url: str | None


class Told(NamedTuple):
    """One thing that is new, and who says so."""

    what: str
    lines: tuple[Line, ...]


class Block(NamedTuple):
    """An incident: its heading, what else is known of it, and what is new."""

    id: str
    heading: str
    known: str
    told: tuple[Told, ...]


class Section(NamedTuple):
    """A part of a digest."""

    title: str
    blocks: tuple[Block, ...]


def subject(digest: Digest) -> str:
    """Return a digest in a line: how much is new, how much has changed."""
    new = sum(item.is_new for item in digest.items)
    changed = len(digest.items) - new
    counts = (_many(new, "new incident") if new else "", f"{changed} changed" if changed else "")
    return ", ".join(filter(None, counts)) or "nothing new"


def span(digest: Digest) -> str:
    """Return the period of a digest."""
    return f"{_minute(digest.first)} to {_minute(digest.last)} UTC"


def sections(digest: Digest) -> list[Section]:
    """Return the parts of a digest that hold something."""
    new = tuple(block(item) for item in digest.items if item.is_new)
    changed = tuple(block(item) for item in digest.items if not item.is_new)
    return [Section(title, found) for title, found in (("New", new), ("Changed", changed)) if found]


def rest(digest: Digest) -> str:
    """Return how many incidents have found no room; nothing for none."""
    if not digest.left:
        return ""
    return f"{_many(digest.left, 'more incident')} with new reports: ask for fewer, as with --type or --min-sources."


def block(item: Item) -> Block:
    """Return an incident in words."""
    one = item.incident
    known = [
        _many(one.reports, "report"),
        _many(one.outlets, "outlet"),
        _many(one.sources, "independent source"),
        *hurt(one),
        "contested" if one.contested else "",
        one.id,
    ]
    changes = [change for change in item.changes if change.quotes] or item.changes
    told = tuple(Told(_what(change), tuple(map(_line, change.quotes))) for change in changes)
    return Block(item.id, heading(item), printable(", ".join(filter(None, known))), told)


def heading(item: Item) -> str:
    """Return what an incident is, who did it to whom, where and when."""
    one = item.incident
    who = " → ".join(filter(None, (", ".join(one.actors), ", ".join(one.recipients))))
    where = ", ".join(filter(None, (one.place, one.country)))
    what = f"{one.type} ({item.status})" if item.status else one.type
    parts = (what, who, where, days(one.start, one.end) if one.start else "")
    return printable(" · ".join(filter(None, parts)))


def _what(change: Change) -> str:
    if change.what == NEW:
        return "Reported"
    if change.what == CONTESTED:
        return "Sources contradict each other"
    if change.what == DENIED:
        return "Somebody denies it"
    before = f", before {change.before:,}" if change.before else ""
    return printable(f"{change.what.capitalize()}: {change.text}{before}")


def _line(quote: Quote) -> Line:
    words = " ".join((quote.sentence or "").split())
    words = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
    return Line(
        printable(", ".join(_who(quote))),
        printable(quote.claim or ""),
        printable(words),
        printable(quote.title or quote.file),
        link_of(quote.url),
    )


def _who(quote: Quote) -> Iterator[str]:
    is_outlet = quote.name in {OUTLET, quote.outlet}
    yield quote.outlet or OUTLET if is_outlet else quote.name
    yield from (f"passed on by {name}" for name in quote.via)
    if quote.outlet and not is_outlet:
        yield f"in {quote.outlet}"
    if quote.published:
        yield days(quote.published, quote.published)


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
