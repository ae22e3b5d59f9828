"""Who says what: a row a claim, with its words, its standing, the events that it is about and who denies them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from byline.export.columns import Cell
from byline.lookup import Index
from byline.records import ActorKind, Attribution, CodedDocument, Event, Quoted, Record, Span, Stance, Status

UNNAMED = "an unnamed source"


class AboutEvent(Record, frozen=True, kw_only=True):
    """An event whose trigger stands in a claim."""

    id: str
    type: str
    trigger: str
    status: Status


class Claim(Record, frozen=True, kw_only=True):
    """One attribution as people ask for it: who, how, which words, about what, and who says otherwise.

    ``source`` is the fullest name of whoever speaks, ``source_words`` what this passage calls them.
    ``words`` are the claim's passages of ``spans``, parted by " … ". ``within`` are those in whose
    words it stands, the nearest first. ``denied_by`` are those who deny, in the same document, an event that
    it tells; ``denies`` the ids of the events, told by others, that it denies. ``disputed``: somebody denies
    what it tells, it is a denial itself, or the text casts doubt on it.
    """

    document: str
    file: str
    publication: str | None
    published_start: str | None
    published_end: str | None
    url: str | None
    claim: str
    source: str | None
    source_words: str | None
    country: str | None
    sector: str | None
    kind: ActorKind | None
    stance: Stance
    quoted: Quoted
    cue: str | None
    via: str | None
    within: tuple[str, ...]
    words: str
    spans: tuple[Span, ...]
    events: tuple[AboutEvent, ...]
    denied_by: tuple[str, ...]
    denies: tuple[str, ...]
    disputed: bool


def claims(documents: Iterable[CodedDocument]) -> Iterator[Claim]:
    """Yield every claim of every document, in the order of the text."""
    for document in documents:
        index = Index(document)
        events = {event.id: event for event in document.events}
        for said in document.attributions:
            yield _claim(index, said, events)


def cells(claim: Claim) -> tuple[Cell, ...]:
    """Return a claim as a row of cells, a cell a field; of several values in a cell each is parted by "; "."""
    row = {name: getattr(claim, name) for name in claim.__struct_fields__}
    lists = {name: "; ".join(row[name]) or None for name in ("within", "denied_by", "denies")}
    spans = "; ".join(f"{start}-{end}" for start, end in claim.spans)
    events = "; ".join(f"{e.id} {e.type} {e.status}" for e in claim.events) or None
    return tuple((row | lists | {"spans": spans, "events": events}).values())


def by_source(found: Iterable[Claim]) -> list[list[Claim]]:
    """Return the claims grouped by who makes them, those with most claims first; all of them are held in memory.

    Sources of one name, country and sector are one, in whatever documents they speak; unnamed ones come last.
    """
    groups = [list(group) for _, group in groupby(sorted(found, key=_speaker), key=_speaker)]
    return sorted(groups, key=lambda group: (group[0].source is None, -len(group)))


def _speaker(claim: Claim) -> tuple[str, str, str]:
    return (claim.source or "").casefold(), claim.country or "", claim.sector or ""


def _claim(index: Index, said: Attribution, events: dict[str, Event]) -> Claim:
    document, actor = index.document, index.actor(said.source)
    about = [events[i] for i in said.about]
    denied_by = _denied_by(index, said, about)
    denies = tuple(e.id for e in events.values() if said.id in e.denied_by and said.id not in e.attributions)
    return Claim(
        document=document.id,
        file=document.source,
        publication=document.publication,
        published_start=document.published.start if document.published else None,
        published_end=document.published.end if document.published else None,
        url=document.url,
        claim=said.id,
        source=_one_line(index.name(said.source)) if said.source else None,
        source_words=_one_line(said.source.text) if said.source else None,
        country=actor.country if actor else None,
        sector=actor.sector if actor else None,
        kind=actor.kind if actor else None,
        stance=said.stance,
        quoted=said.quoted,
        cue=_one_line(said.cue.text) if said.cue else None,
        via=_one_line(index.name(said.via)) if said.via else None,
        within=tuple(_outer(index, said)),
        words=" … ".join(_one_line(document.text[slice(*span)]) for span in said.content),
        spans=said.content,
        events=tuple(
            AboutEvent(id=e.id, type=e.type, trigger=_one_line(e.trigger.text), status=e.status) for e in about
        ),
        denied_by=denied_by,
        denies=denies,
        disputed=bool(denied_by or denies) or said.stance in {"denied", "disputed"},
    )


def _denied_by(index: Index, said: Attribution, about: Iterable[Event]) -> tuple[str, ...]:
    """Return who denies what a claim tells as having happened; who denies their own words is left out."""
    told = (e for e in about if e.happened and said.id in e.attributions)
    others = (index.attributions[i] for e in told for i in e.denied_by if i != said.id)
    return tuple(dict.fromkeys(_one_line(index.voice(other)) for other in others))


def _outer(index: Index, said: Attribution) -> Iterator[str]:
    while said.inside is not None:
        said = index.attributions[said.inside]
        yield _one_line(index.voice(said))


def _one_line(words: str) -> str:
    return " ".join(words.split())
