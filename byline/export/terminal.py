"""The table for people: a row an event, and below the sentence that tells of it with the words marked.

What the outlet asserts stands plain; what did not happen is struck and dim,
what is only claimed is marked with its sayer. Nothing is told by colour alone.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from byline.lookup import OUTLET, Index
from byline.records import HAPPENED, CodedDocument, Copy, Count, Event, Interval, Mention, Span

_COLUMNS = (("when", 3), ("who → whom", 6), ("what", 5), ("where", 3), ("hurt", 3), ("status", None), ("says who", 4))
_STATUS = 12  # characters: "hypothetical", "○ threatened"
MARKS = {"happened": "●", "open": "○", "not": "✕"}
_NOT = frozenset({"denied", "did_not_happen"})
_LONGEST_SENTENCE = 600


def show(documents: Iterable[CodedDocument], console: Console) -> None:
    """Print documents as they come, an empty line after each."""
    for document in documents:
        console.print(render(document))


def render(document: CodedDocument) -> RenderableType:
    """Return one document: its head, then a block an event."""
    index = Index(document)
    blocks: list[RenderableType] = [_head(document)]
    if document.events:
        table = _grid()
        table.add_row(*(Text(name, style="bold underline") for name, _ in _COLUMNS))
        blocks.append(table)
    for evidence, events in groupby(document.events, key=lambda e: e.evidence):
        told = list(events)
        blocks += [_row(index, event) for event in told]
        blocks.append(Padding(_sentence(document, evidence, told), (0, 0, 1, 2)))
    return Group(*blocks)


def _head(document: CodedDocument) -> Text:
    known = [document.publication, _when(document.published), document.source]
    happened = sum(e.happened for e in document.events)
    total = len(document.events)
    events = "1 event" if total == 1 else f"{total} events"
    told = f"{events}, {happened} told as having happened" if total else document.aside or "no events found"
    head = Text(printable(document.title or document.id), style="bold reverse")
    head.append("\n" + printable(" · ".join(part for part in known if part)), style="not reverse not bold")
    if document.copy:
        head.append("\n" + printable(_copy(document.copy)), style="not reverse not bold")
    head.append("\n" + printable(told), style="not reverse not bold dim")
    return head


def _copy(copy: Copy) -> str:
    """Return what a document is a copy of; a share is never rounded up to all of it."""
    how = "word for word" if copy.kind == "exact" else f"{copy.kind}, {int(copy.shared * 100)} % shared"
    return f"copy of {copy.source} ({how})"


def _grid() -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    for _, width in _COLUMNS:
        table.add_column(ratio=width, width=None if width else _STATUS, overflow="fold")
    return table


def _row(index: Index, event: Event) -> Table:
    style = "" if event.happened and not event.attributions else "dim" if event.status in _NOT else "italic"
    table = _grid()
    cells = [
        _when(event.time),
        _people(index, event.actors) + " → " + _people(index, event.recipients),
        f"{event.type} {event.id}\n“{' '.join(event.trigger.text.split())}”",
        ", ".join(index.document.toponyms[i].text for i in event.toponyms) or "—",
        "\n".join(_count(c) for c in event.counts) or "—",
        _status(event),
        _says(index, event),
    ]
    table.add_row(*(Text("\n".join(map(printable, cell.split("\n"))), style=style) for cell in cells))
    return table


def _people(index: Index, mentions: tuple[Mention, ...]) -> str:
    named = []
    for mention in mentions:
        code = index.code(mention)
        named.append(f"{index.name(mention)} ({code})" if code else index.name(mention))
    return ", ".join(named) or "—"


def _status(event: Event) -> str:
    return status_mark(event.status)


def status_mark(status: str) -> str:
    """Return a status with the mark that says whether it happened, is open, or did not."""
    mark = "not" if status in _NOT else "happened" if status in HAPPENED else "open"
    return f"{MARKS[mark]} {status.replace('_', ' ')}"


def _says(index: Index, event: Event) -> str:
    if not event.attributions:
        return OUTLET
    first = index.attributions[event.attributions[0]]
    said = " ‹ ".join(index.voices(event))
    return said if first.stance == "reported" else f"{said} ({first.stance})"


def _count(count: Count) -> str:
    return f"{number(count.low, count.high)} {count.what}"


def number(low: int, high: int | None) -> str:
    """Return a number by its bounds; an upper one of None is open."""
    if high is None:
        return f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _when(interval: Interval | None) -> str:
    return days(interval.start, interval.end) if interval else "—"


def days(first: str | None, last: str | None) -> str:
    """Return days in few words, from the first to the last as ISO dates."""
    if first is None or last is None:
        return "—"
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start == end:
        return f"{start.day} {start:%b %Y}"
    first = f"{start.day}" if (start.year, start.month) == (end.year, end.month) else f"{start.day} {start:%b}"
    return f"{first}–{end.day} {end:%b %Y}" if start.year == end.year else f"{first} {start.year}–{end.day} {end:%b %Y}"


def _sentence(document: CodedDocument, evidence: Span, events: list[Event]) -> Text:
    """Return the evidence with the triggers of its events, their actors and recipients marked."""
    start, end = evidence
    marks = [(m.span, "bold underline") for e in events for m in (*e.actors, *e.recipients)]
    marks += [(e.trigger.span, "bold reverse" if e.happened else "bold reverse dim") for e in events]
    text = Text("“", style="dim")
    text.append(document.text[start:end], style="not dim")
    for span, style in marks:
        if start <= span[0] and span[1] <= end:
            text.stylize(style, span[0] - start + 1, span[1] - start + 1)
    text.append("”")
    return _one_line(text, events[0].trigger.span[0] - start)


def _one_line(text: Text, middle: int) -> Text:
    """Return the text without line breaks; a very long one is cut around the first trigger."""
    text.plain = printable(text.plain)
    if len(text.plain) <= _LONGEST_SENTENCE:
        return text
    low = max(0, middle - _LONGEST_SENTENCE // 2)
    return Text("…") + text[low : low + _LONGEST_SENTENCE] + Text("…")


def printable(words: str) -> str:
    """Return words of a page as one line that a terminal only shows: no control character steers it."""
    return "".join(" " if c.isspace() else c if c.isprintable() else "�" for c in words)
