"""The forms of a briefing, each by the ending of a file's name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from byline.errors import ConfigurationError
from byline.report.html import html
from byline.report.markdown import markdown
from byline.report.pdf import pdf
from byline.report.records import Briefing

Form = Literal["pdf", "html", "md"]
_WRITERS: Mapping[Form, Callable[[Briefing], bytes]] = {"pdf": pdf, "html": html, "md": markdown}


def form_of(path: Path) -> Form:
    """Return the form that a file's name asks for; ConfigurationError if it is none."""
    for form in _WRITERS:
        if path.suffix.lower() == f".{form}":
            return form
    raise ConfigurationError(f"A briefing has no form {path.suffix or path.name!r}. End its name in .pdf, .html or .md.")


def write(briefing: Briefing, form: Form) -> bytes:
    """Return a briefing in a form; ImportError if what sets it is not installed."""
    return _WRITERS[form](briefing)
