"""What a reviewer sees: where they are in their queue, and one event with its article around it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from byline import store
from byline.errors import BylineError
from byline.lookup import uids_of
from byline.records import CodedDocument, Event
from byline.reviews import Facts, Review, facts_of
from byline.store import Archive, Asked, IncidentSummary, Item, Progress, Queue
from byline.store.filters import Parameter, Parameters, QueryError, Readers, flag, read, text
from byline.web.document import Block, blocks
from byline.web.selection import selection

_AROUND = 1  # paragraphs before the event's and after it
_OTHERS = 8  # incidents to merge with that are offered


def _order(name: str, values: list[str]) -> str:
    """Return in which order events are judged."""
    return _one_of(("unsure", "time"), name, values)


def _way(name: str, values: list[str]) -> str:
    """Return to which side of an event another is looked for."""
    return _one_of(("next", "back"), name, values)


def _one_of(known: tuple[str, ...], name: str, values: list[str]) -> str:
    value = text(name, values)
    if value not in known:
        raise QueryError(f"{name} is {value[:40]!r}. Give {' or '.join(known)}.")
    return value


QUEUE: Readers = {
    "order": Parameter("order", _order, "What comes first: unsure, that of which the program is least sure, or time."),
    "double": Parameter("double", flag, "Whether only what other reviewers have judged."),
    "event": Parameter("event", text, "The uid of the event where one is in the queue."),
    "way": Parameter("way", _way, "From that event on to the next, or back, that is not judged."),
}


class Wanted(NamedTuple):
    """What an address asks to review: a queue, the parameters that say it, and where in it."""

    queue: Queue
    parameters: tuple[tuple[str, str], ...]
    event: str | None
    way: str | None

    def address(self, **values: str) -> str:
        """Return the query string of the queue with a place in it; "" for none."""
        said = [*self.parameters, *((name, value) for name, value in values.items() if value)]
        return f"?{urlencode(said)}" if said else ""

    def value(self, name: str) -> str:
        """Return what is given for a parameter, "" for nothing."""
        return next((value for known, value in self.parameters if known == name), "")


class Shown(NamedTuple):
    """An event to judge: the paragraphs around it, the event as the machine and as this reviewer has it."""

    item: Item
    document: CodedDocument
    blocks: list[Block]
    facts: Facts
    mine: Review | None
    incident: IncidentSummary | None
    others: list[IncidentSummary]


class View(NamedTuple):
    """A page of a queue; without an event it is at its end."""

    wanted: Wanted
    progress: Progress
    shown: Shown | None


class Judgement(NamedTuple):
    """An event of an article, and what this reviewer holds of it."""

    event: Event
    uid: str
    mine: Review | None


class Article(NamedTuple):
    """A whole article: its events with what this reviewer holds of each, and what they have added."""

    document: CodedDocument
    blocks: list[Block]
    judgements: list[Judgement]
    added: list[Review]


def wanted_of(reviewer: str, query: Parameters) -> Wanted:
    """Return what an address asks to review; QueryError for what has no meaning."""
    fields = read([(name, value) for name, value in query if name in QUEUE and value.strip()], QUEUE)
    chosen = selection([(name, value) for name, value in query if name not in QUEUE and value.strip()])
    queue = Queue(reviewer, chosen.wanted, fields.get("order", "unsure"), fields.get("double", False))
    kept = [(name, value) for name, value in query if name not in {"event", "way", "page"} and value.strip()]
    return Wanted(queue, tuple(kept), fields.get("event"), fields.get("way"))


def view(archive: Archive, wanted: Wanted) -> View:
    """Return the event that an address names, or the first of its queue; none where its way leads nowhere."""
    with archive.snapshot():
        item = None if wanted.way else _item(archive, wanted)
        shown = _shown(archive, wanted.queue.reviewer, item) if item else None
        return View(wanted, store.progress(archive, wanted.queue), shown)


def article(archive: Archive, reviewer: str, document: CodedDocument) -> Article:
    """Return an article as a reviewer has judged it so far."""
    pairs = list(zip(document.events, uids_of(document), strict=True))
    own = [r for r in store.judgements(archive) if (r.reviewer, r.document) == (reviewer, document.id)]
    added = [r for r in own if r.kind in {"add", "edit"} and r.event not in {uid for _, uid in pairs}]
    found = [Judgement(event, uid, _last(r for r in own if r.event == uid)) for event, uid in pairs]
    return Article(document, list(blocks(document)), found, added)


def _item(archive: Archive, wanted: Wanted) -> Item | None:
    return store.item(archive, wanted.event) if wanted.event else store.beside(archive, wanted.queue, None)


def _shown(archive: Archive, reviewer: str, item: Item) -> Shown | None:
    document = store.document(archive, item.document)
    if document is None:
        return None
    event = next(e for e in document.events if e.id == item.event)
    incident, others = _incidents(archive, item.uid)
    return Shown(
        item=item,
        document=document,
        blocks=_around(list(blocks(document)), event),
        facts=facts_of(document, event),
        mine=_mine(archive, reviewer, item.uid),
        incident=incident,
        others=others,
    )


def _around(found: Sequence[Block], event: Event) -> list[Block]:
    """Return the paragraph of an event and its neighbours; of their cards its own alone."""
    read = [block for block in found if block.kind != "furniture"]
    at = next((n for n, block in enumerate(read) if any(card.id == event.id for card in block.cards)), 0)
    return [_only(block, event) for block in read[max(0, at - _AROUND) : at + _AROUND + 1]]


def _only(block: Block, event: Event) -> Block:
    voices = {*event.attributions, *event.denied_by}
    cards = [card for card in block.cards if card.id == event.id]
    return block._replace(cards=cards, claims=[claim for claim in block.claims if claim.id in voices])


def _mine(archive: Archive, reviewer: str, uid: str) -> Review | None:
    """Return what a reviewer holds of an event; what others do is not shown, so that they judge alone."""
    return _last(r for r in store.judgements(archive, uid) if r.reviewer == reviewer and r.kind != "adjudicate")


def _last(reviews: Iterable[Review]) -> Review | None:
    return max(reviews, key=lambda review: review.time, default=None)


def _incidents(archive: Archive, uid: str) -> tuple[IncidentSummary | None, list[IncidentSummary]]:
    """Return the incident of an event, and others of its type in the same days."""
    try:
        own = store.incident(archive, store.incident_of(archive, uid))
    except BylineError:
        return None, []
    asked = Asked(type=own.type, since=own.start, until=own.end)
    near = store.incidents(archive, asked, size=_OTHERS + 1)
    return own, [other for other in near if other.id != own.id][:_OTHERS]
