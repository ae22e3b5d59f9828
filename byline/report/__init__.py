"""Briefings of a part of an archive, for people: as PDF, as one HTML file, as Markdown.

`brief` reads the archive and says in plain records what is to be told; each form has a module that sets them.
"""

from byline.report.briefing import Account, Scope, brief
from byline.report.forms import Form, form_of, write
from byline.report.pdf import Printed
from byline.report.records import Briefing

__all__ = ["Account", "Briefing", "Form", "Printed", "Scope", "brief", "form_of", "write"]
