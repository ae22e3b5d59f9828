"""A briefing as one HTML file: no script, nothing fetched, drawings inside; it prints as it is read."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from byline.report.records import Briefing
from byline.report.wording import long_day

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


def html(briefing: Briefing) -> bytes:
    """Return the file, in UTF-8; all words are escaped."""
    return _template().render(b=briefing, day=long_day(briefing.day), firsts=_firsts).encode()


def _firsts() -> Callable[[int], bool]:
    """Return what tells whether a number is met for the first time."""
    met: set[int] = set()

    def is_first(number: int) -> bool:
        is_new = number not in met
        met.add(number)
        return is_new

    return is_first


def _drawn(svg: str, alt: str, number: int) -> "Markup":
    """Return a drawing as a part of the page, with its own names for what it defines, and told to those who hear it."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - an extra, needed here alone

    own = svg.replace('id="hatch"', f'id="hatch-{number}"').replace("url(#hatch)", f"url(#hatch-{number})")
    return Markup(own.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1))  # noqa: S704 - made by us


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra, needed here alone

    pages = Environment(
        loader=PackageLoader("byline.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["drawn"] = _drawn
    return pages.get_template("briefing.html")
