"""A briefing as PDF, set by Typst: tagged (PDF/UA-1), fit for keeping (PDF/A-2a), the same bytes for the same words."""

from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

from byline.report.records import Briefing

_LACKING = "could not be displayed"  # Typst's words for a letter that no font has, which the standards do not allow


class Printed(NamedTuple):
    """The file, and what is wrong with it in whole sentences; None if nothing is."""

    file: bytes
    fault: str | None


def pdf(briefing: Briefing, fonts: Path | None = None) -> Printed:
    """Return the file; `fonts` is a folder with fonts for letters that those which come with Typst do not have.

    Typst reads the template of this package and is handed all words as JSON: none is markup, and no file outside of
    the folder of the template can be opened. Where a letter has no font the file has a box in its place, and does not
    claim to keep the standards.
    """
    import typst  # noqa: PLC0415 - an extra, needed here alone

    given = {"briefing": briefing.to_json().decode(), "description": _description(briefing)}
    day = datetime.fromisoformat(briefing.day).replace(tzinfo=UTC)
    known = typst.Fonts(include_system_fonts=False, font_paths=[fonts] if fonts else [])
    with as_file(files("byline.report").joinpath("briefing.typ")) as template:
        setter = typst.Compiler(template, root=template.parent, font_paths=known, sys_inputs=given)
        try:
            return Printed(_file(setter.compile(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=day)), None)
        except typst.TypstError as error:
            if _LACKING not in error.message:
                raise
            fault = f"{error.message}. Name a folder with fonts that have such letters: --fonts FOLDER"
            return Printed(_file(setter.compile(format="pdf", timestamp=day)), fault)


def _file(made: object) -> bytes:
    assert isinstance(made, bytes)
    return made


def _description(briefing: Briefing) -> str:
    return "; ".join(f"{fact.name}: {fact.words}" for fact in briefing.covers) or "All incidents of the archive"
