"""Rows of tables and records of JSON to pages: which column holds what."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from byline import knowledge
from byline.errors import ConfigurationError, DocumentError
from byline.ingest import metadata
from byline.ingest.containers.stamps import day_of
from byline.ingest.encoding import decode
from byline.ingest.facts import Facts
from byline.ingest.formats import folded
from byline.ingest.source import Columns, Source, shown
from byline.records import INSIDE, Failure, Interval, Origin

_USUAL: dict[str, list[str]] = knowledge.load("files.toml")["columns"]
_LISTED = 40  # columns in a message
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_].{1,10})?")


class Layout(NamedTuple):
    """Names of the columns that hold what a document is made of, by what they hold; what no column holds is missing."""

    names: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.names["text"]


@lru_cache(maxsize=16)  # records of one file have few sets of names
def layout_of(found: tuple[str, ...], columns: Columns) -> Layout | None:
    """Return which columns hold what, those that the user named and else the usual ones; None if none holds text."""
    known = {folded(name): name for name in reversed(found)}
    names: dict[str, str] = {}
    for kind, usual in _USUAL.items():
        given = getattr(columns, kind, None)
        wanted = [folded(given)] if given is not None else usual
        names.update((kind, known[name]) for name in reversed(wanted) if name in known)
    return Layout(names) if "text" in names else None


def check(found: Collection[str], columns: Columns) -> None:
    """Raise ConfigurationError if there is no column of a name that the user gave."""
    known = {folded(name) for name in found}
    for name in columns:
        if name is not None and folded(name) not in known:
            raise ConfigurationError(f"There is no column {name!r}. The columns are: {listed(found)}.")


def table_layout(found: Collection[str], columns: Columns) -> Layout:
    """Return which columns of a table hold what.

    DocumentError if none holds text; ConfigurationError if there is no column of a name that the user gave.
    """
    check(found, columns)
    layout = layout_of(tuple(found), columns)
    if layout is None:
        raise DocumentError(
            "No column holds the text, going by its name. Name it with --text-column. "
            f"The columns are: {listed(found)}."
        )
    return layout


def listed(names: Collection[str]) -> str:
    """Return names for a message."""
    some = [shown(name)[:60] for name in list(names)[:_LISTED]]
    return ", ".join(some) + (", ..." if len(names) > _LISTED else "") if some else "none"


def member(
    source: Source, layout: Layout, number: int, row: Mapping[str, object], origin: Origin | None = None
) -> Source | Failure:
    """Return the page in a row, with what the other columns tell of it; a Failure if the row has no text."""
    text = row.get(layout.text)
    data = text if isinstance(text, bytes) else words(text).encode("utf-8", "replace")
    if not data.strip():
        reason = f"The row has no text in its column {layout.text!r}. It is left out."
        return Failure(source=place(source, number), reason=reason, kind="empty")
    return source.words(str(number), data, facts=_facts(layout, row), origin=origin)._replace(is_page=True)


def origin_of(source: Source, number: int, offset: int, length: int) -> Origin | None:
    """Return where a row stands in a file on disk; None where it is inside of a container, whose bytes are others."""
    if source.depth:
        return None
    return Origin(container=source.origin.container, member=str(number), offset=offset, length=length)


def place(source: Source, number: int) -> str:
    """Return the name of a row."""
    return f"{source.name}{INSIDE}{number}"


def damaged(source: Source, number: int, reason: str) -> Failure:
    """Return the Failure of a row that cannot be read."""
    return Failure(source=place(source, number), reason=reason, kind="damaged")


def _facts(layout: Layout, row: Mapping[str, object]) -> Facts:
    cells = {kind: row.get(name) for kind, name in layout.names.items() if kind != "text"}
    told = {kind: _line(words(value)) for kind, value in cells.items()}
    language = _CODE.fullmatch(told.get("language") or "")
    return Facts(
        id=told.get("id"),
        title=told.get("title"),
        authors=_authors(cells.get("authors")),
        publication=told.get("publication"),
        url=told.get("url"),
        language=language[1].lower() if language else None,
        published=_day(cells.get("date")),
    )


def words(value: object) -> str:
    """Return a cell as text: bytes decoded, the paragraphs of a list one after another; "" if it is no text."""
    match value:
        case str():
            return value
        case bytes():
            try:
                return decode(value)
            except DocumentError:
                return ""
        case bool():
            return ""
        case int() | float():
            return str(value)
        case list() if all(isinstance(part, str) for part in value):
            return "\n\n".join(value)
    return ""


def _line(words: str) -> str | None:
    return " ".join(words.encode("utf-8", "replace").decode().split()) or None


def _authors(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    return tuple(person for name in names for person in metadata.people(_line(words(name)) or ""))


def _day(value: object) -> Interval | None:
    if isinstance(value, dict):  # an interval as Byline writes it
        value = f"{value.get('start')}/{value.get('end')}"
    return day_of(words(value))
