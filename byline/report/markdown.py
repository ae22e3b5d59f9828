"""A briefing as Markdown, for editors: CommonMark with the tables and footnotes of GitHub and pandoc.

Drawings are left out: their tables say the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from byline.report.records import Briefing, Entry, Line, Note, Row, Table
from byline.report.wording import long_day

_SIGNS = re.compile(  # anywhere; entities and addresses; what begins a list
    r"[\\`*_\[\]<>|~$^@#]|&(?=[#\w])|(?<=www)\.|:(?=//|\w)|^[-+](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.IGNORECASE
)
_GLANCE = ("No.", "When", "What and where", "Tolls, as said", "Independent", "Contested")


def markdown(briefing: Briefing) -> bytes:
    """Return the file, in UTF-8; no word of it is read as markup."""
    return ("\n".join(_lines(briefing)).rstrip() + "\n").encode()


def _lines(b: Briefing) -> Iterator[str]:
    yield f"# {_text(b.title)}\n"
    yield f"From the archive {_text(b.archive)}, as of {long_day(b.day)}. Made with Byline {_text(b.version)}.\n"
    yield from [f"- {_text(fact.name)}: {_text(fact.words)}" for fact in b.covers] or ["All incidents of the archive."]
    yield ""
    yield from (f"- **{_text(fact.words)}** {_text(fact.name)}" for fact in b.figures)
    if b.told:
        yield f"\n{_text(b.told)}"
    if b.entries:
        yield "\n## Summary"
        for table in b.tables:
            yield from _table(table)
        yield "\n## Places and times"
        yield from (f"\n**{_text(one.title)}.** {_text(one.alt)} {_text(one.caption)}" for one in b.drawings)
        yield "\n## Incidents at a glance\n"
        yield from _rows(_GLANCE, ("right", "left", "left", "left", "right", "left"), map(_glance, b.entries))
        yield "\n## Incidents"
        for entry in b.entries:
            yield from _entry(entry)
    yield "\n## Note on method"
    for section in b.method:
        yield f"\n### {_text(section.title)}"
        yield from (f"\n{_text(paragraph)}" for paragraph in section.paragraphs)


def _table(table: Table) -> Iterator[str]:
    yield f"\n### {_text(table.title)}\n"
    if table.rows:
        yield from _rows(table.columns, table.aligned, table.rows)
    if table.note:
        yield f"\n{_text(table.note)}"


def _rows(columns: Sequence[str], aligned: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(_text, columns))} |"
    yield f"|{'|'.join('---:' if side == 'right' else '---' for side in aligned)}|"
    yield from (f"| {' | '.join(map(_text, row))} |" for row in rows)


def _glance(entry: Entry) -> tuple[str, ...]:
    contested = "contested" if entry.contested else ""
    return str(entry.number), entry.when, entry.title, entry.tolls or "–", str(entry.sources), contested


def _entry(entry: Entry) -> Iterator[str]:
    contested = " (contested)" if entry.contested else ""
    yield f"\n### {entry.number}. {_text(entry.title)}, {_text(entry.when)}{contested}\n"
    for row in entry.rows:
        yield from _row(row)
    yield ""
    yield from map(_note, entry.notes)


def _row(row: Row) -> Iterator[str]:
    label = f"- **{_text(row.label)}**{' (contested)' if row.contested else ''}:"
    if len(row.lines) == 1:
        yield f"{label} {_line(row.lines[0])}"
        return
    yield label
    yield from (f"  - {_line(line)}" for line in row.lines)


def _line(line: Line) -> str:
    to = f" (no. {line.to})" if line.to else ""
    mark = f" ({_text(line.mark)})" if line.mark else ""
    said = (
        f"{('; ' if n else ' — ') + _text(sayer.name) if sayer.name else ''}{''.join(f'[^{n}]' for n in sayer.notes)}"
        for n, sayer in enumerate(line.by)
    )
    why = f" — *{_text(line.why)}*" if line.why else ""
    return f"{_text(line.words)}{to}{mark}{''.join(said)}{why}"


def _note(note: Note) -> str:
    title = f", *{_text(note.title)}*" if note.title else ""
    copy = " (a copy)" if note.copy else ""
    where = f"<{note.url}>" if note.url else _text(note.file)
    return f"[^{note.number}]: “{_text(note.words)}” {_text(note.outlet)}, {note.date}{copy}{title}, {where}"


def _text(words: str) -> str:
    """Return words on one line that no reader of Markdown takes for markup."""
    return _SIGNS.sub(lambda sign: "\\" + sign[0], words.replace("\n", " "))
