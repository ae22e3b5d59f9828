"""A briefing as one HTML file: no script, nothing fetched, drawings inside; it prints as it is read."""

from functools import cache

from byline.report.records import Briefing


def html(briefing: Briefing) -> bytes:
    """Return the file in UTF-8."""
    return _template().render(briefing=briefing, notes=_notes(briefing)).encode()


def _notes(briefing: Briefing) -> dict[int, str]:
    return {}


@cache
def _template():  # type: ignore
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra, needed here alone

    return Environment(
        loader=PackageLoader("byline.report", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("briefing.html")
