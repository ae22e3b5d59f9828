"""The timeline of a briefing: a bar a day, week, month or year, contested incidents hatched on top of the others."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from byline.report.records import Drawing
from byline.report.svg import WIDTH, box, path, svg, text
from byline.report.wording import days, many
from byline.store.totals import Listed
from byline.timeline import Timeline, timeline

HEIGHT = 150.0
_LEFT, _BOTTOM, _TOP = 34.0, 20.0, 8.0  # room for the numbers and dates
_DATE = 78.0  # room for a date
_HATCH = (
    '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="4" height="4" fill="#fff"/>'
    '<path d="M-1 1 1-1M0 4 4 0M3 5 5 3" stroke="#333" stroke-width=".9"/></pattern></defs>'
)
_BROADEST = 60.0  # of a bar and what parts it from the next


def timeline_of(found: Sequence[Listed]) -> tuple[Drawing, ...]:
    """Return when incidents began, as one drawing; none if no day of any is known."""
    starts = [date.fromisoformat(one.start).toordinal() if one.start else 0 for one in found]
    drawn = timeline(np.array(starts, np.int32), np.array([not one.contested for one in found], np.bool_))
    if not drawn.bars:
        return ()
    busiest = max(drawn.bars, key=lambda bar: bar.events)
    alt = (
        f"Incidents by {drawn.unit}, from {days(drawn.bars[0].first, None)} to {days(drawn.bars[-1].last, None)}; "
        f"most, {busiest.events:,}, {_of(busiest.first, busiest.last)}."
    )
    undated = f" {many(drawn.undated, 'incident')} without a known day." if drawn.undated else ""
    caption = f"Incidents by the {drawn.unit} on which they began; dark: not contested, hatched: contested.{undated}"
    return (Drawing(title="When", svg=_svg(drawn), alt=alt, caption=caption),)


def _of(first: str, last: str) -> str:
    return f"on {days(first, last)}" if first == last else f"in {days(first, last)}"


def _svg(drawn: Timeline) -> str:
    step = min((WIDTH - _LEFT) / len(drawn.bars), _BROADEST)
    return svg(HEIGHT, [_HATCH, *_grid(drawn, step), *_bars(drawn, step), *_dates(drawn, step)])


def _y(events: float, most: int) -> float:
    return HEIGHT - _BOTTOM - events / most * (HEIGHT - _BOTTOM - _TOP)


def _grid(drawn: Timeline, step: float) -> Iterator[str]:
    end = _LEFT + step * len(drawn.bars)
    for count in _steps(drawn.most):
        y = _y(count, drawn.most)
        yield path(f"M{_LEFT} {y:.1f}H{end:.1f}", f'stroke="{"#ccc" if count else "#333"}" stroke-width=".7"')
        yield text(_LEFT - 5, y + 3.5, f"{count:,}", 'text-anchor="end"')


def _steps(most: int) -> range:
    """Return round numbers from 0 to the most, few enough to be read."""
    step = next(n * 10**power for power in range(9) for n in (1, 2, 5) if most <= 4 * n * 10**power)
    return range(0, most + 1, step)


def _bars(drawn: Timeline, step: float) -> Iterator[str]:
    for bar in drawn.bars:
        if bar.events:
            x, wide = _LEFT + (bar.x + 0.08) * step, step * 0.84
            top, middle, base = (_y(count, drawn.most) for count in (bar.events, bar.filled, 0))
            yield box(x, middle, wide, base - middle, 'fill="#333"')
            if bar.events > bar.filled:
                yield box(x, top, wide, middle - top, 'fill="url(#hatch)" stroke="#333" stroke-width=".6"')


def _dates(drawn: Timeline, step: float) -> Iterator[str]:
    """Yield the first days of some bars, as many as there is room for."""
    for bar in drawn.bars[:: max(1, math.ceil(_DATE / step))]:
        x = _LEFT + bar.x * step
        if x + _DATE < WIDTH + 15:
            yield path(f"M{x:.1f} {HEIGHT - _BOTTOM}v4", 'stroke="#333" stroke-width=".7"')
            yield text(x, HEIGHT - 5, _date(bar.first, drawn.unit))


def _date(first: str, unit: str) -> str:
    day = date.fromisoformat(first)
    return {"year": f"{day.year}", "month": f"{day:%b %Y}"}.get(unit, f"{day.day} {day:%b %Y}")
