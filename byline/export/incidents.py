"""Incidents as a list: a table for people, a row of cells for spreadsheets."""

from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from byline.export.columns import Cell
from byline.export.terminal import days, number, printable
from byline.store.incidents import IncidentSummary

# Names, and the share of the room that is left; or, where a column has None, its width in characters.
_COLUMNS = (
    ("when", 4),
    ("what", None),
    ("who → whom", 8),
    ("where", 4),
    ("reports", None),
    ("told", None),
    ("hurt", 4),
)
_WIDTHS = {"what": 17, "reports": 7, "told": 11}  # an id, "12/10/5", "≠ contested"


def columns() -> tuple[str, ...]:
    """Return the names of the columns, in order."""
    return IncidentSummary.__struct_fields__


def rows(found: Iterable[IncidentSummary]) -> Iterator[dict[str, Cell]]:
    """Yield one flat row an incident; of several names in a cell each is parted by "; "."""
    for one in found:
        row = {name: getattr(one, name) for name in columns()}
        lists = {name: "; ".join(row[name]) or None for name in ("actors", "recipients")}
        yield row | lists | {"contested": "yes" if one.contested else "no"}


def show(found: Iterable[IncidentSummary], console: Console) -> None:
    """Print a table as incidents come: the head, then a block an incident."""
    head = _grid()
    head.add_row(*(Text(name, style="bold underline") for name, _ in _COLUMNS))
    console.print(head)
    for one in found:
        console.print(_block(one))


def _block(one: IncidentSummary) -> RenderableType:
    table = _grid()
    cells = [
        days(one.start, one.end),
        f"{one.type}\n{one.id}",
        _who(one.actors) + " → " + _who(one.recipients),
        ", ".join(filter(None, (one.place, one.country))) or "—",
        reported(one),
        "\n".join(told(one)),
        "\n".join(hurt(one)) or "—",
    ]
    table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in cells))
    return table


def reported(one: IncidentSummary) -> str:
    """Return how many reports, outlets and independent sources there are: "5/3/2"."""
    return f"{one.reports}/{one.outlets}/{one.sources}"


def told(one: IncidentSummary) -> Iterator[str]:
    """Yield how many reports assert, attribute and deny, and whether something is contested, each with its mark."""
    if one.asserting:
        yield f"● {one.asserting} assert"
    if one.attributing:
        yield f"○ {one.attributing} quote"
    if one.denying:
        yield f"✕ {one.denying} deny"
    if one.contested:
        yield "≠ contested"


def hurt(one: IncidentSummary) -> Iterator[str]:
    """Yield the range of all that is said of each toll."""
    if one.killed_low is not None:
        yield f"{number(one.killed_low, one.killed_high)} killed"
    if one.wounded_low is not None:
        yield f"{number(one.wounded_low, one.wounded_high)} wounded"


def _who(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "—"


def _grid() -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    for name, share in _COLUMNS:
        table.add_column(ratio=share, width=_WIDTHS.get(name), overflow="fold")
    return table
