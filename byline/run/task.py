"""What is asked of a process that codes, and what it answers."""

from typing import NamedTuple

from byline.records import Document
from byline.run.preparing import Prepared
from byline.store.projection import Rows


class Task(NamedTuple):
    """A document to code, its parse if that was kept, and the lexicons with which its coding is known."""

    document: Document
    parse: bytes | None = None
    known: tuple[str, ...] = ()


class Read(NamedTuple):
    """A document that was read of a page."""

    document: Document


class Done(NamedTuple):
    """A coded document as rows, the lexicon that this rests on, its parse if that is new and to be kept, its reports.

    ``rows`` is None where the coding with this lexicon is known.
    """

    rows: Rows | None
    lexicon: str = ""
    parse: bytes | None = None
    reports: tuple[Prepared, ...] = ()
