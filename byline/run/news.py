"""What is new in an archive: incidents that came in a period, tolls that rose, and who contradicts or denies since.

An incident is held against itself: what its reports say together now, and what those said that were there before the
period, or what a digest has told of it already. Of a toll it is the largest figure that anybody gives.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from byline import knowledge
from byline.accounts import Contest, Saying, Value
from byline.digest.items import CONTESTED, DENIED, NEW, Change, Item, Quote
from byline.digest.period import Period
from byline.linking.contest import contest
from byline.linking.reports import Report
from byline.lookup import OUTLET
from byline.records import HAPPENED
from byline.store import Archive, Passage, incident, passages
from byline.store.announcing import first_report, pages_of, records_before, records_until, sentence_at

_QUOTES: int = knowledge.load("digest.toml")["quotes"]
Known = dict[str, int]


class News:
    """An item, and all that is known of its incident with it: what to hold the next one against."""

    def __init__(self, item: Item, known: Known) -> None:
        self.item, self.known = item, known


def news_of(archive: Archive, number: str, period: Period, told: Mapping[str, int], time: str) -> News | None:
    """Return what is new of an incident in a period, beyond what was `told` of it; None if nothing is.

    `time` is now, ISO 8601 in UTC.
    """
    contests = contest(_reports(records_until(archive, number, period.last)))
    earlier = _reports(records_before(archive, number, period.first))
    before = _known(contest(earlier)) if earlier else {}
    known = _known(contests)
    held = {what: max(before.get(what, 0), told.get(what, 0)) for what in {*before, *told}}
    risen = [what for what, value in known.items() if value > held.get(what, 0)]
    is_new = not (earlier or told)
    if not (risen or is_new):
        return None
    quoting = _Quoting(archive, number)
    changes = [_change(what, contests, held.get(what), quoting) for what in risen]
    if is_new:
        changes.insert(0, Change(what=NEW, quotes=quoting.reports(changes)))
    item = Item(
        id=first_report(archive, number),
        time=time,
        incident=incident(archive, number),
        status=quoting.status,
        changes=tuple(changes),
    )
    return News(item, {NEW: 1, **known})


def _reports(records: Iterable[bytes]) -> list[Report]:
    return [msgspec.json.decode(record, type=Report) for record in records]


def _known(contests: Sequence[Contest]) -> Known:
    """Return what can only grow: the largest figure of each toll, whether it is contested, and denied."""
    known = {one.field: largest for one in contests if (largest := max(map(_size, one.values))) > 0}
    if any(map(_is_contested, contests)):
        known[CONTESTED] = 1
    if any(one.denials for one in contests):
        known[DENIED] = 1
    return known


def _is_contested(one: Contest) -> bool:
    """Whether sources contradict each other in a field; where somebody denies it, that is told by itself."""
    return one.contested and not one.denials


def _size(value: Value) -> int:
    return (value.best if value.best is not None else value.low) or 0


def _change(what: str, contests: Sequence[Contest], before: int | None, quoting: "_Quoting") -> Change:
    if what == CONTESTED:
        return Change(what=what, quotes=quoting.sides(contests))
    if what == DENIED:
        sayings = [denial.by for one in contests for denial in one.denials]
        return Change(what=what, quotes=quoting.sayings(sayings))
    values = next(one.values for one in contests if one.field == what)
    largest = max(values, key=_size)
    return Change(what=what, text=largest.text, before=before or None, quotes=quoting.sayings(largest.sayings))


class _Quoting:
    """Finds the sentences of an incident, and the pages that they stand on."""

    def __init__(self, archive: Archive, number: str) -> None:
        self._archive = archive
        self._passages, self._pages = passages(archive, number), pages_of(archive, number)
        self._by_event = {(one.file, one.event): one for one in reversed(self._passages)}

    @property
    def status(self) -> str | None:
        """What is said of it where nobody tells it as having happened."""
        told = [one.status for one in self._passages]
        return None if HAPPENED.intersection(told) else _words(Counter(told).most_common(1)[0][0])

    def reports(self, others: Sequence[Change]) -> tuple[Quote, ...]:
        """Return the first sentence of each report, but for copies and what `others` quote."""
        quoted = {(quote.file, quote.sentence) for change in others for quote in change.quotes}
        firsts = {one.file: one for one in reversed(self._passages) if not one.copy_of}
        left = [one for one in reversed(firsts.values()) if (one.file, one.evidence) not in quoted]
        return tuple(map(self._of_passage, left[:_QUOTES]))

    def sayings(self, found: Sequence[Saying], claim: str | None = None) -> tuple[Quote, ...]:
        """Return who says a thing, each with the sentence."""
        return tuple(self._of_saying(one, claim) for one in found[:_QUOTES])

    def sides(self, contests: Iterable[Contest]) -> tuple[Quote, ...]:
        """Return for each field in which sources contradict each other the first who says each value."""
        return tuple(
            quote
            for one in filter(_is_contested, contests)
            for value in one.values[:_QUOTES]
            for quote in self.sayings(value.sayings[:1], f"{one.field}: {value.text}")
        )

    def _of_passage(self, one: Passage) -> Quote:
        claim = None if one.status in HAPPENED else _words(one.status)
        return self._quote(one.said_by or OUTLET, one.outlet, one.published, one.file, one.evidence, claim=claim)

    def _of_saying(self, one: Saying, claim: str | None) -> Quote:
        passage = self._by_event.get((one.file, one.event or ""))
        day = one.published.start if one.published else None
        words = sentence_at(self._archive, one.file, one.document, one.span) if one.span else None
        words = words or (passage.evidence if passage else one.text)
        return self._quote(one.name, one.outlet, day, one.file, words, claim=claim, via=one.via)

    def _quote(
        self,
        name: str,
        outlet: str | None,
        day: str | None,
        file: str,
        words: str | None,
        *,
        claim: str | None = None,
        via: tuple[str, ...] = (),
    ) -> Quote:
        title, url = self._pages.get(file, (None, None))
        return Quote(
            name=name,
            outlet=outlet,
            published=day,
            file=file,
            sentence=words,
            claim=claim,
            via=via,
            title=title,
            url=url,
        )


def _words(status: str) -> str:
    return status.replace("_", " ")
