"""How far reviewers agree on the events that more than one of them has judged, and where they do not."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from byline.records import Record
from byline.reviews import FIELDS, Review, changed, value_of

VERDICT = "accept or reject"


class Agreement(Record, frozen=True, kw_only=True):
    """How far some reviewers agree on one field of the events that at least two of them have judged.

    ``same`` of ``events`` have one value from all who judged them. ``kappa`` is Cohen's, for two reviewers; ``alpha``
    Krippendorff's for nominal values: 1 is perfect, 0 what chance gives. Both are None where every value is the same,
    so that nothing could differ.
    """

    reviewers: tuple[str, ...]
    field: str
    events: int
    same: int
    kappa: float | None
    alpha: float | None


class Difference(Record, frozen=True, kw_only=True):
    """An event on which reviewers differ, in which fields, and what settles it, if somebody has."""

    event: str
    document: str
    fields: tuple[str, ...]
    reviews: tuple[Review, ...]
    settled: Review | None = None


def agreement(judgements: Iterable[Review]) -> list[Agreement]:
    """Return the agreement of each two reviewers, and of all where they are more, on whether and what an event is."""
    by_event = [[r for r in group if r.kind != "adjudicate"] for group in _by_event(judgements)]
    reviewers = sorted({r.reviewer for group in by_event for r in group})
    groups = [*combinations(reviewers, 2), *([tuple(reviewers)] if len(reviewers) > 2 else [])]  # noqa: PLR2004 -- a pair
    found = (_of(group, field, by_event) for group in groups for field in (VERDICT, *FIELDS))
    return [one for one in found if one.events]


def differences(judgements: Iterable[Review]) -> Iterator[Difference]:
    """Yield the events on which reviewers differ, in the order in which they were first judged.

    An event that only one has added is one of them where another has judged others of its document.
    """
    for group in judged_together(judgements):
        if group.fields:
            yield Difference(
                event=group.said[0].event,
                document=group.said[0].document,
                fields=group.fields,
                reviews=tuple(group.said),
                settled=group.settled,
            )


class Together(NamedTuple):
    """What all reviewers say of one event, in which fields they differ, and the adjudication, if there is one."""

    said: list[Review]
    fields: tuple[str, ...]
    settled: Review | None


def judged_together(judgements: Iterable[Review]) -> Iterator[Together]:
    """Yield what is said of each event, in the order in which they were first judged."""
    found = list(judgements)
    readers: dict[str, set[str]] = {}
    for review in found:
        if review.kind != "adjudicate":
            readers.setdefault(review.document, set()).add(review.reviewer)
    for group in _by_event(found):
        said = [r for r in group if r.kind != "adjudicate"]
        settled = next((r for r in reversed(group) if r.kind == "adjudicate"), None)
        if said:
            yield Together(said, _differing(said, len(readers[said[0].document])), settled)


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Return how much two judges agree beyond chance (Cohen 1960, Educational and Psychological Measurement 20)."""
    if not pairs:
        return None
    ones, others = (Counter(column) for column in zip(*pairs, strict=True))
    observed = sum(one == other for one, other in pairs) / len(pairs)
    expected = sum(ones[value] * others[value] for value in ones) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return how much judges agree beyond chance on nominal values, whatever the number of judges a unit has.

    Units with one value are left out (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C).
    """
    observed = 0.0
    totals: Counter[Hashable] = Counter()
    for values in (unit for unit in units if len(unit) > 1):
        counts = Counter(values)
        totals.update(counts)
        observed += sum(n * (len(values) - n) for n in counts.values()) / (len(values) - 1)
    size = totals.total()
    expected = sum(n * (size - n) for n in totals.values())
    return 1 - (size - 1) * observed / expected if expected else None


def _of(group: tuple[str, ...], field: str, by_event: list[list[Review]]) -> Agreement:
    rows = (_values(reviews, group, field) for reviews in by_event)
    units = [row for row in rows if len(row) > 1]
    return Agreement(
        reviewers=group,
        field=field,
        events=len(units),
        same=sum(len(set(row.values())) == 1 for row in units),
        kappa=kappa([(row[group[0]], row[group[1]]) for row in units]) if len(group) == 2 else None,  # noqa: PLR2004
        alpha=alpha([list(row.values()) for row in units]),
    )


def _values(reviews: list[Review], group: tuple[str, ...], field: str) -> dict[str, str]:
    """Return what each of some reviewers says of a field of an event."""
    said = ((review.reviewer, _value(review, field)) for review in reviews if review.reviewer in group)
    return {reviewer: value for reviewer, value in said if value is not None}


def _value(review: Review, field: str) -> str | None:
    """Return what a review says of a field; nothing of fields where it holds the event for none."""
    if field == VERDICT:
        return review.judged
    return value_of(review.facts, field) if review.facts and review.judged == "accept" else None


def _differing(said: list[Review], readers: int) -> tuple[str, ...]:
    if len({r.judged for r in said}) > 1:
        return (VERDICT,)
    if len(said) == 1 and said[0].kind == "add" and readers > 1:
        return ("added by one",)
    facts = [r.facts for r in said if r.facts and r.judged == "accept"]
    return tuple(f for f in FIELDS if any(f in changed(facts[0], other) for other in facts[1:]))


def _by_event(judgements: Iterable[Review]) -> list[list[Review]]:
    groups: dict[str, list[Review]] = {}
    for review in judgements:
        groups.setdefault(review.event, []).append(review)
    return list(groups.values())
