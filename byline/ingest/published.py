"""When a document appeared: all days that may be the one, the strongest of them, and those that it beat.

From strong to weak: given by the user, markup, address, dateline, the words around the story. Where there is none of
these, notices of the page's age give the days that are possible.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from typing import NamedTuple

import msgspec

from byline.ingest.dateline import Dateline
from byline.ingest.dating import address_date, are_readings, order_of_figures, readings, window
from byline.ingest.facts import Facts
from byline.ingest.phrases import Match, Slot
from byline.records import Interval, Span

GIVEN, AGE, UPDATED = "given", "age notice", "updated"
_NEVER = "9999-12-31"
_MOST = 24  # candidates that are kept
_BEFORE_AGE = 12  # characters before an age that hold "over" or "about"
Group = tuple[Interval, ...]  # the readings of one date


class Appearance(NamedTuple):
    """When a document appeared, and all days that may be the one, the chosen first."""

    published: Interval | None
    dates: tuple[Interval, ...]


def appearance(
    text: str,
    *,
    given: Facts,
    read: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    told: Sequence[Sequence[Match]] = (),
    datelines: Iterable[Dateline | None] = (),
) -> Appearance:
    """Return when a document appeared, from the strongest basis.

    `given` wins over `read`, from markup. `told` is what the lines above and those below the story tell,
    `datelines` are those of the paragraphs. A day after the retrieval is refused. An address that names a month only is
    weaker than any day in the words. A date that can be read in two ways is a day if something decides, else
    the days between its readings; a page that was changed on a day was there before.
    """
    known = given.over(read)
    address = address_date(known.url) if known.url else None
    updated = [d for d in (*given.dates, *read.dates) if d.basis == UPDATED]
    updated += [group[0] for group in _slots(told, {"updated"}, UPDATED)]
    windows = _windows(text, told, known.retrieved)
    worded = [*_of_datelines(text, datelines), *_slots(told, {"published", "byline"}, "text")][:_MOST]
    groups = _by_strength(_of_markup(given, read), address, worded)
    latest = _day_after(known.retrieved)
    decided = [_decided(group, text, [*groups, *((w,) for w in windows)], latest, updated) for group in groups]
    chosen = _strongest(decided, latest) or _intersection(windows, [d for d in updated if d.precision == "day"])
    others = chain.from_iterable((*decided, windows, updated))
    return Appearance(chosen, with_chosen(chosen, others))


def with_chosen(chosen: Interval | None, others: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the chosen days and then the others, each once for a basis."""
    kept: dict[tuple[str, str, str], Interval] = {}
    for found in (*((chosen,) if chosen else ()), *others):
        kept.setdefault((found.start, found.end, found.basis), found)
    return tuple(kept.values())[:_MOST]


def _by_strength(marked: Sequence[Group], address: Interval | None, worded: Sequence[Group]) -> list[Group]:
    borne: list[Group] = [(address,)] if address else []
    by_day = address is not None and address.precision == "day"
    return [*marked, *borne, *worded] if by_day else [*marked, *worded, *borne]


def _of_markup(given: Facts, read: Facts) -> list[Group]:
    """Return the dates that are given or marked; what a user gives is the first."""
    dates = [d for d in (*given.dates, read.published, *read.dates) if d and d.basis != UPDATED]
    return [*([(given.published,)] if given.published else []), *_paired(dates)]


def _of_datelines(text: str, datelines: Iterable[Dateline | None]) -> Iterator[Group]:
    for dateline in datelines:
        found = readings(text[slice(*dateline.span)], "dateline") if dateline else ()
        if dateline and found:
            yield tuple(_moved(d, dateline.span[0]) for d in found)


def _paired(dates: Iterable[Interval]) -> list[Group]:
    """Put the two readings of one date together, which follow each other."""
    groups: list[Group] = []
    for found in dates:
        if groups and len(groups[-1]) == 1 and are_readings(groups[-1][0], found):
            groups[-1] = (*groups[-1], found)
        else:
            groups.append((found,))
    return groups


def _slots(told: Sequence[Sequence[Match]], kinds: set[str], basis: str) -> Iterator[Group]:
    """Yield the dates in furniture of these kinds; of those below the story only one that is alone: lists have many."""
    for place, matches in enumerate(told):
        slots = (slot for m in matches if m.kind in kinds for slot in m.slots if slot.kind == "date")
        found = [group for slot in islice(slots, _MOST) if (group := _placed(slot, basis))]
        if place == 0 or len({group[0].start for group in found}) == 1:
            yield from found


def _placed(slot: Slot, basis: str) -> Group:
    """Return the readings of a date in a slot, their spans counted in the whole text."""
    return tuple(_moved(found, slot.span[0]) for found in readings(slot.value, basis))


def _moved(found: Interval, by: int) -> Interval:
    span: Span | None = (found.span[0] + by, found.span[1] + by) if found.span else None
    return msgspec.structs.replace(found, span=span)


def _windows(text: str, told: Sequence[Sequence[Match]], retrieved: Interval | None) -> list[Interval]:
    """Return the days that the notices of the page's age leave; of bare ages only one that is alone."""
    if not retrieved:
        return []
    ages: dict[str, list[Interval]] = {"age": [], "ago": []}
    for match in chain.from_iterable(told):
        for slot in match.slots if match.kind in ages else ():
            words = text[max(0, slot.span[0] - _BEFORE_AGE) : slot.span[1]] if slot.kind == "age" else ""
            found = window(words, retrieved, slot.span)
            ages[match.kind] += [found] if found else []
    alone = ages["ago"] if len({(w.start, w.end) for w in ages["ago"]}) == 1 else []
    return [*ages["age"], *alone]


def _decided(group: Group, text: str, groups: Sequence[Group], latest: str, updated: Sequence[Interval]) -> Group:
    """Return the reading of a date that holds; both, and before them the days between, if nothing decides."""
    if len(group) == 1:
        return group
    last = min([latest, *(d.end for d in updated)])
    left = tuple(d for d in group if d.start <= last) or group
    others = [other[0] for other in groups if len(other) == 1]
    agreed = tuple(d for d in left if any(contains(other, d) for other in others))
    order = order_of_figures(text)
    if len(left) > 1 and len(agreed) == 1:
        left = agreed
    elif len(left) > 1 and order:
        left = left[:1] if order == "day" else left[1:]
    return left if len(left) == 1 else (_between(left), *left)


def _between(group: Group) -> Interval:
    """Return the days from the first reading to the last."""
    first, last = min(d.start for d in group), max(d.end for d in group)
    return msgspec.structs.replace(group[0], start=first, end=last, precision="range")


def contains(wide: Interval, narrow: Interval) -> bool:
    """Whether all days of the one lie in the other."""
    return wide.start <= narrow.start and narrow.end <= wide.end


def _strongest(groups: Sequence[Group], latest: str) -> Interval | None:
    """Return the first date that may hold; a day inside of a month or year that is stronger makes it exact."""
    possible = [group[0] for group in groups if group[0].basis == GIVEN or group[0].start <= latest]
    first = next(iter(possible), None)
    if first is None or first.basis == GIVEN or first.precision == "day":
        return first
    return next((d for d in possible if d.precision == "day" and contains(first, d)), first)


def _day_after(retrieved: Interval | None) -> str:
    """Return the last day that a page may bear: its own zone may be a day before the crawler's."""
    if not retrieved or retrieved.end >= _NEVER:
        return _NEVER
    return (date.fromisoformat(retrieved.end) + timedelta(1)).isoformat()


def _intersection(windows: Sequence[Interval], updated: Sequence[Interval]) -> Interval | None:
    """Return the days that all constraints leave; one that would leave none is passed over."""
    left: Interval | None = None
    for found in windows:
        left = narrowed(left, found) or left if left else found
    ends = [d.end for d in updated if left and d.end >= left.start]
    return msgspec.structs.replace(left, end=min([left.end, *ends])) if left else None


def narrowed(one: Interval, other: Interval) -> Interval | None:
    """Return the first interval cut to the days of the other; None if they share none."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return msgspec.structs.replace(one, start=start, end=end) if start <= end else None
