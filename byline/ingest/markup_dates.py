"""Days in a page's markup: linked data, <meta>, microdata, marked elements; when it appeared, when it was touched.

Each day is an Interval with the basis "metadata" or "updated". Only markup that says what its date means is
believed; where there is none, htmldate's fast search looks at what is left without the paragraphs (dates in them are
the story's) and without the surroundings of the article (dates in them are others').
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import Any, NamedTuple

import lxml.html
import msgspec
from htmldate import find_date
from lxml import etree

from byline import knowledge
from byline.errors import ConfigurationError
from byline.ingest.dating import address_date, all_readings, are_readings, interval_of, order_of_figures, readings
from byline.records import Interval

PUBLISHED, UPDATED = "metadata", "updated"
_WORDS = knowledge.load("dates.toml")
_MARKUP = _WORDS["markup"]
_PLACEHOLDERS = frozenset(_WORDS["placeholders"])
_METAS = {PUBLISHED: _MARKUP["published"], UPDATED: _MARKUP["updated"]}
_PROPERTIES = {PUBLISHED: _MARKUP["published_properties"], UPDATED: _MARKUP["updated_properties"]}
_CLASSES = {PUBLISHED: frozenset(_MARKUP["published_classes"]), UPDATED: frozenset(_MARKUP["updated_classes"])}
_AROUND_NAMES = frozenset(_MARKUP["around_names"])
_EARLIEST, _LATEST = "1600", "2999"  # no newspaper is older; programs write 0001-01-01 and 9999-12-31 for none
_SIGNS = re.compile(r"[\W_]+")
_ZONES = (-12, 14)  # hours of the zones furthest from UTC
_UTC = re.compile(r"(?:Z|[+-]00:?00)\s*$", re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?")
_VALUE = 80  # characters of a date with its clock, zone and weekday
_SCRIPT, _NODES, _DEEPEST = 1_000_000, 2_000, 6  # characters and things of linked data, things inside of things
_BROKEN = re.compile(r'"(date\w{1,20}|uploadDate)"\s{0,9}:\s{0,9}"([^"\n]{4,40})"', re.IGNORECASE)
_LISTED = 3  # articles of one kind with days of their own: the page is a list of them
_ELEMENTS, _MOST_MARKED, _PIECES = 200_000, 100, 12  # elements looked at; those with dates; runs of text in one
_DROPPED = "dropped"  # a tag of our own
_SEARCHED = 200_000  # characters of words outside of paragraphs: more are no surroundings of an article
_HTMLDATE: dict[str, Any] = {
    "extensive_search": False,  # it invents dates from copyright lines
    "original_date": True,
    "deferred_url_extractor": True,
    "min_date": "1900-01-01",
    "max_date": "2999-12-31",  # instead of today: the same page gives the same date on any day
}


Said = tuple[str, object]  # a basis, and a date as the markup writes it


class _Thing(NamedTuple):
    """Something that linked data tell of: how likely it is the page itself, where it is said to lie, its dates."""

    rank: int
    addresses: frozenset[str]
    dates: tuple[Said, ...]

    @property
    def published(self) -> tuple[Interval, ...]:
        return next((read_value(value) for basis, value in self.dates if basis == PUBLISHED), ())


def markup_dates(tree: lxml.html.HtmlElement, url: str | None = None) -> tuple[Interval, ...]:
    """Return the days in a page's markup, those of publication first, the likeliest before the others; () if none.

    Two readings of one date in figures follow each other, the one with the day first before the other. A moment
    in UTC falls on two days around the world: the page's address, or the same moment in a zone, tells the outlet's.
    The tree stays as it is.
    """
    sure, unsure = _linked(tree, url)
    found = _days([*sure, *_metas(tree), *unsure], url)
    if not any(date.basis == PUBLISHED for date in found):
        page = _without_surroundings(tree)
        found += _days(_marked(page), url)
        if not any(date.basis == PUBLISHED for date in found):
            found += _searched(page)
    kept = _read_right(found, tree)
    return tuple(dict.fromkeys(sorted(kept, key=lambda date: date.basis != PUBLISHED)))


def _read_right(found: Sequence[Interval], tree: lxml.html.HtmlElement) -> list[Interval]:
    """Leave out the wrong one of two readings, if the other dates of the page tell which that is."""
    wrong = [pair for pair in pairwise(found) if are_readings(*pair)]
    order = order_of_figures(" ".join(tree.itertext())[:_SEARCHED]) if wrong else None
    dropped = {pair[order == "day"] for pair in wrong} if order else set()
    return [date for date in found if date not in dropped]


def _days(said: Sequence[Said], url: str | None) -> list[Interval]:
    """Return the days of dates, in their order; the local day of the first goes before all."""
    first = next((value for basis, value in said if basis == PUBLISHED), None)
    local = [
        value for basis, value in said if basis == PUBLISHED and _is_local(value) and _moment(value) == _moment(first)
    ]
    address, moment = address_date(url) if url else None, _moment(first)
    days = [read_value(value)[0] for value in local[:1]]
    if not days and moment and address and address.precision == "day" and not _is_local(first):
        around = ((moment + timedelta(hours=hours)).date().isoformat() for hours in _ZONES)
        days = [msgspec.structs.replace(address, basis=PUBLISHED) for day in around if day == address.start]
    return [*days, *(date for basis, value in said for date in read_value(value, basis))]


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value)[:_VALUE].strip())
    except ValueError:
        return None
    if not moment.tzinfo or not _EARLIEST < str(moment) < _LATEST:
        return None
    return moment.replace(second=0, microsecond=0).astimezone(UTC)


def _is_local(value: object) -> bool:
    return _moment(value) is not None and not _UTC.search(str(value))


def read_value(value: object, basis: str = PUBLISHED) -> tuple[Interval, ...]:
    """Return the readings of a date as markup writes it: ISO 8601, words, figures, seconds since 1970; () if none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ()
    words = " ".join(str(value)[: _VALUE * 2].split())
    if not words or len(words) > _VALUE:
        return ()
    found = _exact(words, basis) or tuple(_plain(date) for date in readings(words, basis))
    return () if any(d.start in _PLACEHOLDERS or not _EARLIEST < d.start < _LATEST for d in found) else found


def _exact(words: str, basis: str) -> tuple[Interval, ...]:
    if compact := _COMPACT.fullmatch(words):
        words = "-".join(compact.groups())
    elif epoch := _EPOCH.fullmatch(words):
        words = datetime.fromtimestamp(int(epoch[1]), tz=UTC).date().isoformat()
    try:
        return (interval_of(words, basis=basis),)
    except ConfigurationError:
        return ()


def _plain(date: Interval) -> Interval:
    """Return a date without its span, which counts in a value and not in the document's text."""
    return Interval(start=date.start, end=date.end, precision=date.precision, basis=date.basis)


def _linked(tree: lxml.html.HtmlElement, url: str | None) -> tuple[list[Said], list[Said]]:
    """Return the dates of the article that linked data tell of, or those of something else, which are less sure.

    A list of articles has none.
    """
    things: list[_Thing] = []
    for script in tree.iter("script"):
        words = script.text or ""
        if "ld+json" in (script.get("type") or "").lower() and len(words) <= _SCRIPT and len(things) < _NODES:
            things += _things(words)
    addresses = {_address(a) for a in (url, *tree.xpath("//link[@rel='canonical']/@href")) if a}
    dated = [thing for thing in things if thing.published]
    best = min((thing.rank for thing in dated), default=0)
    likely = [thing for thing in dated if thing.rank == best]
    own = [thing for thing in likely if thing.addresses & addresses] or likely
    if len({thing.published for thing in own}) >= _LISTED:
        return [], []
    said = [date for thing in own or things for date in thing.dates]
    return (said, []) if best < len(_MARKUP["kinds"]) else ([], said)


def _things(words: str) -> list[_Thing]:
    try:
        found = json.loads(_unwrapped(words), strict=False)
    except (ValueError, RecursionError):
        found = dict(reversed(_BROKEN.findall(words)))  # the first of a name wins
    return [
        _Thing(_rank(thing), _addresses(thing), tuple(_dates_of(thing))) for thing in islice(_nodes(found, 0), _NODES)
    ]


def _dates_of(thing: dict[str, Any]) -> Iterator[Said]:
    """Yield the first property of each basis that holds a date."""
    folded = {name.lower(): value for name, value in thing.items()}
    for basis, names in _PROPERTIES.items():
        found = next((folded[name] for name in names if read_value(folded.get(name))), None)
        if found is not None:
            yield basis, found


def _unwrapped(words: str) -> str:
    """Return linked data without the marks of comments and CDATA around them."""
    starts = [at for at in (words.find("["), words.find("{")) if at >= 0]
    return words[min(starts, default=0) : max(words.rfind("]"), words.rfind("}")) + 1]


def _nodes(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the things at the top and where linked data keep the page's own; what only belongs to them is left out."""
    if isinstance(value, list) and depth <= _DEEPEST:
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict) and depth <= _DEEPEST:
        yield value
        for name in _MARKUP["inside"]:
            yield from _nodes(value.get(name), depth + 1)


def _rank(thing: dict[str, Any]) -> int:
    kinds = thing.get("@type")
    names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])[:9]]
    ranks = [n for n, kind in enumerate(_MARKUP["kinds"]) if any(name.endswith(kind) for name in names)]
    return min(ranks, default=len(_MARKUP["kinds"]))


def _addresses(thing: dict[str, Any]) -> frozenset[str]:
    values = [thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage")]
    plain = [value.get("@id") if isinstance(value, dict) else value for value in values]
    return frozenset(_address(value) for value in plain if isinstance(value, str))


def _address(url: str) -> str:
    """Return an address as it compares: without scheme, query and last slash."""
    return re.split(r"[?#]", url.partition("//")[2] or url, maxsplit=1)[0].rstrip("/").lower()


def _metas(tree: lxml.html.HtmlElement) -> list[Said]:
    """Return the dates in <meta>, by the strength of their names."""
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").split():
                said.setdefault(_SIGNS.sub("", name).lower(), meta.get("content") or meta.get("datetime") or "")
    return [(basis, said[name]) for basis, names in _METAS.items() for name in names if read_value(said.get(name, ""))]


def _without_surroundings(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return a copy without what stands around the article and has days of its own."""
    page = deepcopy(tree)
    around = [element for element in page.iter(etree.Element) if _is_around(element)]
    return _without(page, [e for e in around if next(e.iter("h1", "main", "article"), None) is None])


def _without(page: lxml.html.HtmlElement, elements: Iterable[lxml.html.HtmlElement]) -> lxml.html.HtmlElement:
    """Take elements out of a page, all at once: one by one, the words behind them are copied each time."""
    for element in elements:
        element.tag = _DROPPED
    etree.strip_elements(page, _DROPPED, with_tail=False)
    return page


def _is_around(element: lxml.html.HtmlElement) -> bool:
    if element.tag in {"html", "head", "body"} or element.getparent() is None:
        return False
    names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
    return element.tag in _MARKUP["around"] or bool(names & _AROUND_NAMES)


def _marked(page: lxml.html.HtmlElement) -> list[Said]:
    """Return the dates of elements that say what their date is, by property before class; else the date at the top."""
    by_property: list[Said] = []
    by_class: list[Said] = []
    for element in islice(page.iter(etree.Element), _ELEMENTS):
        if element.tag != "meta" and len(by_property) + len(by_class) < _MOST_MARKED:
            by_property += [(basis, _value(element)) for basis in _property_bases(element)]
            by_class += [(basis, _value(element)) for basis in (_class_basis(element),) if basis]
    found = [(basis, value) for basis, value in (*by_property, *by_class) if read_value(value)]
    return found if any(basis == PUBLISHED for basis, _ in found) else [*found, *_time_at_top(page)]


def _property_bases(element: lxml.html.HtmlElement) -> Iterator[str]:
    said = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
    properties = {name.removeprefix("schema:") for name in said}
    return (basis for basis, names in _PROPERTIES.items() if properties.intersection(names))


def _class_basis(element: lxml.html.HtmlElement) -> str | None:
    classes = set((element.get("class") or "").lower().split())
    if classes & _CLASSES[PUBLISHED] or (element.tag == "time" and "pubdate" in element.attrib):
        return PUBLISHED
    return UPDATED if classes & _CLASSES[UPDATED] else None


def _value(element: lxml.html.HtmlElement) -> str:
    """Return the date that an element's attributes hold, else its words."""
    values = [element.get(name) or "" for name in ("datetime", "content", "title")]
    words = " ".join(" ".join(piece[:_VALUE] for piece in islice(element.itertext(), _PIECES)).split())
    return next((v for v in values if read_value(v)), words)


def _time_at_top(page: lxml.html.HtmlElement) -> list[Said]:
    """Return the one date that the page's <time> elements bear, or the first below the page's one heading."""
    found: list[tuple[bool, str]] = []
    headings = 0
    for element in islice(page.iter("time", "h1"), _MOST_MARKED):
        headings += element.tag == "h1"
        if element.tag == "time" and not element.get("itemprop") and _class_basis(element) != UPDATED:
            found += [(headings > 0, value) for value in (_value(element),) if read_value(value)]
    if len({read_value(value) for _, value in found}) > 1:
        found = [(below, value) for below, value in found if below] if headings == 1 else []
    return [(PUBLISHED, value) for _, value in found[:1]]


def _searched(page: lxml.html.HtmlElement) -> tuple[Interval, ...]:
    """Return what htmldate finds in the rest of the page; a date that can be read in two ways is both.

    It falls back on days of change, on the address and on linked data, which were read better, and on the headline,
    which tells of the story: they are taken out.
    """
    etree.strip_elements(page, "p", "script", "link", "meta", "title", "h1", with_tail=False)
    touched = (e for e in list(page.iter(etree.Element)) if _class_basis(e) == UPDATED or UPDATED in _property_bases(e))
    _without(page, (e for e in touched if e.getparent() is not None and e.tag != "body"))
    if sum(map(len, page.itertext())) > _SEARCHED:
        return ()
    found = find_date(page, **_HTMLDATE)
    date = read_value(found)
    return _both_ways(date, page) if date else ()


def _both_ways(found: Sequence[Interval], page: lxml.html.HtmlElement) -> tuple[Interval, ...]:
    """Return both readings of a day if the page has it only in figures that can be read in two ways."""
    written = [group for group in all_readings(" ".join(page.itertext()), PUBLISHED) if group]
    days = [tuple(date.start for date in group) for group in written]
    if (found[0].start,) in days:
        return tuple(found)
    both = next((group for group in written if found[0].start in {date.start for date in group}), ())
    return tuple(_plain(date) for date in both) or tuple(found)
