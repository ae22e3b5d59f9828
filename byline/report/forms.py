"""The forms of a briefing, each by the ending of a file's name."""

from pathlib import Path
from typing import Literal, get_args

from byline.errors import ConfigurationError
from byline.report.html import html
from byline.report.markdown import markdown
from byline.report.pdf import Printed, pdf
from byline.report.records import Briefing

Form = Literal["pdf", "html", "md"]


def form_of(name: str) -> Form:
    """Return the form that the end of a file's name asks for; ConfigurationError if it is none."""
    for form in get_args(Form):
        if name.lower().endswith(f".{form}"):
            return form  # type: ignore[no-any-return]
    raise ConfigurationError(f"{name} tells no form: end it in .pdf, .html or .md, or choose one with --format.")


def write(briefing: Briefing, form: Form, fonts: Path | None = None) -> Printed:
    """Return a briefing in a form, and what is wrong with it; `fonts` are for a PDF.

    ImportError if what sets it is not installed.
    """
    match form:
        case "pdf":
            return pdf(briefing, fonts)
        case "html":
            return Printed(html(briefing), None)
        case "md":
            return Printed(markdown(briefing), None)
