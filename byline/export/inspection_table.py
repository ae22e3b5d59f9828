"""What an archive holds, as tables for people."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from byline.export.inspection import Inspection
from byline.export.terminal import printable

_FORMATS = {"page": "HTML or text", "json": "JSON", "csv": "table (CSV)", "mail": "mail", "unknown": "no file"}
_PUBLICATIONS = 20  # shown; --format json has all


def render(found: Inspection) -> RenderableType:
    """Return the inspection as a page: a line that sums up, then a small table a question."""
    parts = [
        _table("files", ("format", "files", "documents", "failures"), (
            (_FORMATS.get(s.format, s.format), s.files, s.documents, s.failures) for s in found.sources
        )),
        _table("publications", ("publication", "documents", "dated", "first day", "last day"), _publications(found)),
        _counts("date of publication rests on", found.bases),
        _table("issues", ("publication", "calendar of its issues"), found.calendars.items()),
        _counts("language", found.languages),
        _counts("copies of another document", found.copies),
        _counts("holds a part of the article", found.partial),
        _table("not read, or set aside", ("reason", "number", "for example"), (
            (f.kind, f.count, "\n".join(f"{e.source}: {e.reason}" for e in f.examples)) for f in found.failures
        )),
    ]  # fmt: skip
    return Group(_summary(found), *(Padding(part, (1, 0, 0, 0)) for part in parts if part is not None))


def _summary(found: Inspection) -> Text:
    days = f", {found.first} to {found.last}" if found.first else ""
    furniture = f", {found.furniture:.0%} of it page furniture" if found.furniture is not None else ""
    documents = "1 document" if found.documents == 1 else f"{found.documents:,} documents"
    lines = [f"{documents}{days}; {found.characters:,} characters of text{furniture}"]
    if found.disputed_dates:
        lines.append(f"{found.disputed_dates:,} with dates that contradict each other: see byline explain")
    if found.aside:
        lines.append(f"{found.aside:,} in languages that are not coded unless --language names them")
    return Text("\n".join(lines), style="bold")


def _publications(found: Inspection) -> Iterable[Sequence[str | int | None]]:
    for p in found.publications[:_PUBLICATIONS]:
        yield p.name or "unknown", p.documents, p.dated, p.first, p.last
    if len(found.publications) > _PUBLICATIONS:
        yield f"and {len(found.publications) - _PUBLICATIONS} more: --format json", None, None, None, None


def _counts(title: str, counts: dict[str, int]) -> Table | None:
    return _table(title, (title, "documents"), counts.items())


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> Table | None:
    """Return a table, or None where there is nothing to show; numbers stand to the right."""
    found = list(rows)
    if not found:
        return None
    table = Table(title=None if columns[0] == title else title, title_justify="left", title_style="bold")
    for number, name in enumerate(columns):
        right = all(isinstance(row[number], int | None) for row in found)
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in found:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: str | int | None) -> Text:
    if isinstance(value, int):
        return Text(f"{value:,}")
    return Text("\n".join(map(printable, (value or "").split("\n"))))
