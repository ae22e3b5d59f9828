"""A briefing as PDF, set by Typst: tagged (PDF/UA-1), fit for keeping (PDF/A-2a), the same bytes for the same briefing."""

from datetime import UTC, datetime
from importlib.resources import as_file, files

from byline.report.records import Briefing

_STANDARDS = ["ua-1", "a-2a"]


def pdf(briefing: Briefing) -> bytes:
    """Return the file.

    Typst reads the template of this package and is handed all words as JSON: none is markup, and no file beside the
    template can be opened. Its fonts are those that come with it.
    """
    import typst  # noqa: PLC0415 - an extra, needed here alone

    given = {"briefing": briefing.to_json().decode(), "description": _description(briefing)}
    day = datetime.fromisoformat(briefing.day).replace(tzinfo=UTC)
    with as_file(files("byline.report").joinpath("briefing.typ")) as template:
        made = typst.Compiler(
            template, root=template.parent, font_paths=typst.Fonts(include_system_fonts=False), sys_inputs=given
        ).compile(format="pdf", pdf_standards=_STANDARDS, timestamp=day)
    assert isinstance(made, bytes)
    return made


def _description(briefing: Briefing) -> str:
    return "; ".join(f"{fact.name}: {fact.words}" for fact in briefing.covers) or "All incidents of the archive"
