"""Claims as a table for people: a block a document, or a block a source.

How a claim stands is told by a mark and a word: reported, claimed, denied,
disputed. Below it stand its words, and who denies what it tells.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from byline.export.claims import UNNAMED, Claim
from byline.export.terminal import printable
from byline.records import Stance

_COLUMNS = (("who", 5), ("how", 4), ("words", 11), ("about", 6))
_MARKS: dict[Stance, str] = {"reported": "●", "claimed": "◐", "denied": "✕", "disputed": "?"}
_LONGEST_WORDS = 400


def show(claims: Iterable[Claim], console: Console) -> None:
    """Print the claims of one document after another, as they come."""
    for _, group in groupby(claims, key=lambda c: (c.document, c.file)):
        found = list(group)
        known = [found[0].publication, found[0].published_start, found[0].file]
        console.print(_block(found, " · ".join(part for part in known if part)))


def show_by_source(groups: Iterable[list[Claim]], console: Console) -> None:
    """Print the claims of one source after another; each tells its document."""
    for found in groups:
        console.print(_block(found, _head_of_source(found), with_document=True))


def _head_of_source(found: list[Claim]) -> str:
    pages = len({claim.document for claim in found})
    stances = [f"{n} {stance}" for stance in ("denied", "disputed") if (n := sum(c.stance == stance for c in found))]
    counted = [_many(len(found), "claim"), *stances, f"in {_many(pages, 'document')}"]
    return f"{_who(found[0])}: {', '.join(counted)}"


def _many(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _block(found: list[Claim], head: str, *, with_document: bool = False) -> RenderableType:
    table = Table.grid(padding=(0, 1), expand=True)
    for _, width in _COLUMNS:
        table.add_column(ratio=width, overflow="fold")
    table.add_row(*(Text(name, style="bold underline") for name, _ in _COLUMNS))
    for claim in found:
        style = "dim" if claim.stance == "denied" else "italic" if claim.stance != "reported" else ""
        cells = _cells(claim, with_document=with_document)
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n"))), style=style) for cell in cells))
    return Group(Text(printable(head), style="bold reverse"), Padding(table, (0, 0, 1, 0)))


def _cells(claim: Claim, *, with_document: bool) -> Iterator[str]:
    yield f"{_where(claim)} {claim.claim}" if with_document else f"{_who(claim)} {claim.claim}"
    yield "\n".join(_how(claim))
    words = claim.words if len(claim.words) <= _LONGEST_WORDS else claim.words[:_LONGEST_WORDS] + "…"
    yield f"“{words}”"
    yield "\n".join(_about(claim)) or "—"


def _how(claim: Claim) -> Iterator[str]:
    yield f"{_MARKS[claim.stance]} {claim.stance}, {claim.quoted}"
    if claim.cue:
        yield f"“{claim.cue}”"
    if claim.via:
        yield f"via {claim.via}"
    yield from (f"so says {outer}" for outer in claim.within)


def _about(claim: Claim) -> Iterator[str]:
    yield from (f"{e.id} {e.type} {e.status.replace('_', ' ')}" for e in claim.events)
    yield from (f"denied by {name}" for name in claim.denied_by)
    if claim.denies:
        yield f"denies {', '.join(claim.denies)}"


def _where(claim: Claim) -> str:
    """Return a document in few words: outlet and day where they are known, else the file."""
    known = [claim.publication, claim.published_start]
    return ", ".join(part for part in known if part) if all(known) else claim.file


def _who(claim: Claim) -> str:
    code = " ".join(filter(None, (claim.country, claim.sector)))
    name = claim.source or UNNAMED
    return f"{name} ({code})" if code else name
