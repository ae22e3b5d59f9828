"""What is asked of a process that codes, and what it answers."""

from typing import NamedTuple

from byline.records import Document
from byline.run.preparing import Prepared
from byline.store.projection import Rows


class Kept(NamedTuple):
    """What is kept of a document: its parse, and what was found in it whatever the ontology; None: nothing."""

    parse: bytes | None = None
    findings: bytes | None = None


class Task(NamedTuple):
    """A document to code, what is kept of it, and the lexicons with which its coding is known."""

    document: Document
    kept: Kept = Kept()
    known: tuple[str, ...] = ()


class Read(NamedTuple):
    """A document that was read of a page."""

    document: Document


class Done(NamedTuple):
    """A coded document as rows, the lexicon that this rests on, what is new and to be kept of it, its reports.

    ``rows`` is None where the coding with this lexicon is known.
    """

    rows: Rows | None
    lexicon: str = ""
    kept: Kept = Kept()
    reports: tuple[Prepared, ...] = ()
