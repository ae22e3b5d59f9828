"""What a briefing says, in the order in which it is told: plain records that every form is set from.

All words are plain text: whoever sets them escapes them.
"""

from typing import Literal

from byline.records import Record

Align = Literal["left", "right"]


class Fact(Record, frozen=True, kw_only=True):
    """Something with a name: "Period: March 2006"."""

    name: str
    words: str


class Table(Record, frozen=True, kw_only=True):
    """Rows of cells under the names of columns. `note` stands below; `wide` is the column that takes the room."""

    title: str
    columns: tuple[str, ...]
    aligned: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


class Drawing(Record, frozen=True, kw_only=True):
    """A picture as SVG, `alt` for those who do not see it, and what stands below it."""

    title: str
    svg: str
    alt: str
    caption: str


class Sayer(Record, frozen=True, kw_only=True):
    """Who says something, and where: `notes` are numbers of footnotes."""

    name: str
    notes: tuple[int, ...]


class Line(Record, frozen=True, kw_only=True):
    """One thing that is said. `mark` says how it stands, `why` in whole words; `to` is the number of another entry."""

    words: str
    by: tuple[Sayer, ...] = ()
    mark: str | None = None
    why: str | None = None
    to: int | None = None


class Row(Record, frozen=True, kw_only=True):
    """What is said of one field."""

    label: str
    lines: tuple[Line, ...]
    contested: bool = False


class Note(Record, frozen=True, kw_only=True):
    """A footnote: the exact words, the outlet, the date, the title and the address; `file` where there is none."""

    number: int
    words: str
    outlet: str
    date: str
    title: str | None
    url: str | None
    file: str
    copy: bool


class Entry(Record, frozen=True, kw_only=True):
    """An incident: what it is, when, and all that is said of it."""

    number: int
    id: str
    title: str
    when: str
    contested: bool
    tolls: str
    sources: int
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


class Section(Record, frozen=True, kw_only=True):
    """A part of the note on method."""

    title: str
    paragraphs: tuple[str, ...]


class Briefing(Record, frozen=True, kw_only=True):
    """All that a briefing says. `day` is the archive's, ISO 8601; `told` says which incidents have an entry."""

    title: str
    covers: tuple[Fact, ...]
    archive: str
    day: str
    version: str
    figures: tuple[Fact, ...]
    tables: tuple[Table, ...]
    drawings: tuple[Drawing, ...]
    told: str
    entries: tuple[Entry, ...]
    method: tuple[Section, ...]
