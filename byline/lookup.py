"""The parts of a coded document by their ids, and what they are called: for all that reads records."""

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import get_args
from urllib.parse import urlsplit

from byline.records import Actor, Attribution, CodedDocument, CountOf, Document, Event, Incident, Mention, Toponym

OUTLET = "the outlet itself"
COUNTED: tuple[CountOf, ...] = get_args(CountOf)
_LONGEST = 2_048  # characters of a link, as sitemaps and browsers have it
_UNLINKED = frozenset(' "<>\\^`{|}')  # what RFC 3986 lets stand in no address; an apostrophe may


class Index:
    """The parts of a coded document by their ids."""

    def __init__(self, document: CodedDocument) -> None:
        self.document = document
        self.actors: dict[str, Actor] = {a.id: a for a in document.actors}
        self.attributions: dict[str, Attribution] = {a.id: a for a in document.attributions}
        self.incidents: dict[str, Incident] = {event: i for i in document.incidents for event in i.events}

    def actor(self, mention: Mention | None) -> Actor | None:
        return self.actors.get(mention.actor or "") if mention else None

    def name(self, mention: Mention) -> str:
        """Return the fullest name of whom a mention stands for; its own words if nobody is known."""
        actor = self.actor(mention)
        return actor.name if actor else mention.text

    def code(self, mention: Mention) -> str:
        """Return country and sector, "IRQ MIL", as far as known."""
        actor = self.actor(mention)
        return " ".join(filter(None, (actor.country, actor.sector))) if actor else ""

    def voices(self, event: Event) -> list[str]:
        """Return who says so, each once, innermost first; empty when the outlet does."""
        return list(dict.fromkeys(self.voice(self.attributions[i]) for i in event.attributions))

    def voice(self, attribution: Attribution) -> str:
        source = self.name(attribution.source) if attribution.source else "an unnamed source"
        return f"{source} via {self.name(attribution.via)}" if attribution.via else source


def outlet_of(document: Document) -> str | None:
    """Return the outlet's name or, where the page does not say, the host of its address: "gazette.example"."""
    if document.publication or not document.url:
        return document.publication
    try:
        host = urlsplit(document.url).hostname
    except ValueError:
        return None  # as of "https://[gazette"
    return host.removeprefix("www.") if host else None


def link_of(url: str | None) -> str | None:
    """Return an address where it may be a link: one of the web, of a bounded length, with a host; None otherwise.

    Letters of any script may stand in it (RFC 3987), but nothing unseen, no space, bracket or mark that ends a link.
    """
    if not url or len(url) > _LONGEST or not url.isprintable() or not _UNLINKED.isdisjoint(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None  # as of "https://[gazette"
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def facts(document: Document) -> dict[str, str | None]:
    """Return what is asked of a document beside its text: where it is from, when it appeared, its original."""
    published, copy = document.published, document.copy
    return {
        "document": document.id,
        "source": document.source,
        "publication": document.publication,
        "title": document.title,
        "url": document.url,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "published_basis": published.basis if published else None,
        "copy_of": copy.of if copy else None,
        "copy_kind": copy.kind if copy else None,
    }


def told_of(index: Index, event: Event) -> dict[str, str | int | float | None]:
    """Return what is asked of an event in one row: names are parted by "; ", counts are the first of their kind.

    Coordinates are those of the first place that is a spot. `said_by` is None where the outlet tells it itself.
    """
    places = [index.document.toponyms[i] for i in event.toponyms]
    spot = spot_of(places)
    return {
        "event": event.id,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "status": event.status,
        "actors": _joined(map(index.name, event.actors)),
        "actor_codes": _joined(filter(None, map(index.code, event.actors))),
        "recipients": _joined(map(index.name, event.recipients)),
        "recipient_codes": _joined(filter(None, map(index.code, event.recipients))),
        "places": _joined(p.name or p.text for p in places),
        "latitude": spot.latitude if spot else None,
        "longitude": spot.longitude if spot else None,
        "country": next((p.country for p in places if p.country), None),
        "start": event.time.start if event.time else None,
        "end": event.time.end if event.time else None,
        "time_basis": event.time.basis if event.time else None,
        **_counted(event),
        "said_by": _joined(index.voices(event)),
        "stance": index.attributions[event.attributions[0]].stance if event.attributions else None,
        "confidence": event.confidence,
        "evidence_start": event.evidence[0],
        "evidence_end": event.evidence[1],
    }


def spot_of(places: Iterable[Toponym]) -> Toponym | None:
    """Return the first place that a map may show: a whole country or region is none."""
    return next((p for p in places if p.latitude is not None and p.is_spot), None)


def _joined(names: Iterable[str]) -> str | None:
    return "; ".join(names) or None


def _counted(event: Event) -> dict[str, int | None]:
    """Return the bounds of an event's first count of each kind: further ones may be of the same people."""
    cells: dict[str, int | None] = {}
    for what in COUNTED:
        count = next((c for c in event.counts if c.what == what), None)
        cells[f"{what}_low"] = count.low if count else None
        cells[f"{what}_high"] = count.high if count else None
    return cells


def toll(incident: Incident | None, what: CountOf) -> tuple[int | None, int | None]:
    """Return the bounds of an incident's toll: people told apart add up, totals that differ are a range.

    Nones where nothing is told; an upper bound of None where one of them is open.
    """
    counts = [c for c in incident.counts if c.what == what] if incident else []
    if not counts:
        return None, None
    lows, highs = [c.low for c in counts], [c.high for c in counts if c.high is not None]
    is_open = len(highs) < len(counts)
    if all(c.of for c in counts):
        return sum(lows), None if is_open else sum(highs)
    return min(lows), None if is_open else max(highs)


def uid_of(document: CodedDocument, type: str, start: int, number: int = 0) -> str:
    """Return the id of an event that stands at an offset, the one with a number among those of its type there."""
    words = f"{document.id} {type} {start} {number}"
    return "u" + blake2b(words.encode(), digest_size=8).hexdigest()


def uids_of(document: CodedDocument) -> list[str]:
    """Return an id for each event that is the same in every edition which finds it: by document, type and trigger.

    Of several events of one type with one trigger the second has a number to it, and so on.
    """
    seen: Counter[tuple[str, int]] = Counter()
    uids = []
    for event in document.events:
        what = event.type, event.trigger.span[0]
        uids.append(uid_of(document, *what, seen[what]))
        seen[what] += 1
    return uids
