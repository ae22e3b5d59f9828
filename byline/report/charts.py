"""The timeline of a briefing: a bar a day, week, month or year, the contested incidents hatched on top of the others."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from byline.report.records import Drawing
from byline.report.wording import days, many
from byline.store.totals import Listed
from byline.timeline import Timeline, timeline

WIDTH, HEIGHT = 680.0, 150.0
_LEFT, _BOTTOM, _TOP = 34.0, 20.0, 8.0  # room for the numbers and dates
_BROADEST = 26.0


def timeline_of(found: Sequence[Listed]) -> tuple[Drawing, ...]:
    """Return when incidents began, as one drawing; none if no day of any is known."""
    first = np.array([date.fromisoformat(one.start).toordinal() if one.start else 0 for one in found], np.int32)
    drawn = timeline(first, np.array([not one.contested for one in found], np.bool_))
    if not drawn.bars:
        return ()
    busiest = max(drawn.bars, key=lambda bar: bar.events)
    alt = (
        f"Incidents by {drawn.unit}, from {days(drawn.bars[0].first, None)} to {days(drawn.bars[-1].last, None)}; most, "
        f"{busiest.events:,}, {_of(busiest.first, busiest.last)}."
    )
    undated = f" {many(drawn.undated, 'incident')} without a known day." if drawn.undated else ""
    caption = f"Incidents by the {drawn.unit} on which they began; dark: nobody contests them, hatched: contested.{undated}"
    return (Drawing(title="When", svg=_svg(drawn), alt=alt, caption=caption),)


def _of(first: str, last: str) -> str:
    return f"on {days(first, last)}" if first == last else f"in {days(first, last)}"


def _svg(drawn: Timeline) -> str:
    step = min((WIDTH - _LEFT) / len(drawn.bars), _BROADEST)
    parts = [*_grid(drawn), *_bars(drawn, step), *_dates(drawn, step)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}" '
        'font-family="Libertinus Serif, Georgia, serif" font-size="11" fill="#222">'
        '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/>'
        f'<path d="M-1 1 1-1M0 4 4 0M3 5 5 3" stroke="#333" stroke-width=".9"/></pattern></defs>{"".join(parts)}</svg>'
    )


def _y(events: float, most: int) -> float:
    return HEIGHT - _BOTTOM - events / most * (HEIGHT - _BOTTOM - _TOP)


def _grid(drawn: Timeline) -> Iterator[str]:
    for count in _steps(drawn.most):
        y = _y(count, drawn.most)
        yield f'<path d="M{_LEFT} {y:.1f}H{WIDTH}" stroke="{"#333" if not count else "#ccc"}" stroke-width=".7"/>'
        yield f'<text x="{_LEFT - 5}" y="{y + 3.5:.1f}" text-anchor="end">{count:,}</text>'


def _steps(most: int) -> range:
    """Return round numbers from 0 to the most, few enough to be read."""
    step = next(n * 10**power for power in range(9) for n in (1, 2, 5) if most <= 4 * n * 10**power)
    return range(0, most + 1, step)


def _bars(drawn: Timeline, step: float) -> Iterator[str]:
    for bar in drawn.bars:
        if bar.events:
            x, wide = _LEFT + bar.x * step + step * 0.08, step * 0.84
            top, middle, base = (_y(n, drawn.most) for n in (bar.events, bar.filled, 0))
            yield f'<rect x="{x:.2f}" y="{middle:.1f}" width="{wide:.2f}" height="{base - middle:.1f}" fill="#333"/>'
            if bar.events > bar.filled:
                yield (
                    f'<rect x="{x:.2f}" y="{top:.1f}" width="{wide:.2f}" height="{middle - top:.1f}" fill="url(#hatch)" '
                    'stroke="#333" stroke-width=".6"/>'
                )


def _dates(drawn: Timeline, step: float) -> Iterator[str]:
    """Yield the first days of some bars, as many as there is room for."""
    every = max(1, round(78 / step))
    for bar in drawn.bars[::every]:
        x = _LEFT + bar.x * step
        if x + 62 < WIDTH:  # noqa: PLR2004 - a date
            yield f'<path d="M{x:.1f} {HEIGHT - _BOTTOM}v4" stroke="#333" stroke-width=".7"/>'
            yield f'<text x="{x:.1f}" y="{HEIGHT - 5}">{_date(bar.first, drawn.unit)}</text>'


def _date(first: str, unit: str) -> str:
    day = date.fromisoformat(first)
    return {"year": f"{day.year}", "month": f"{day:%b %Y}"}.get(unit, f"{day.day} {day:%b %Y}")
