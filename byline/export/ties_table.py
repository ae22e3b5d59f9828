"""Why reports are one incident, for `byline explain`, and why the nearest others are not among them."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from byline.accounts import Tie, Ties
from byline.export.terminal import printable

_COLUMNS = (("report", 14), ("mean", 5), ("nearest", 6), ("score", 5), ("for and against", 18))


def render(ties: Ties) -> RenderableType:
    """Return the ties within an incident, and those to the nearest others."""
    head = Text(printable(ties.incident), style="bold")
    blocks: list[RenderableType] = [head, Text(f"Reports are joined as long as their mean score is {ties.least:.2f}.")]
    if ties.decisions:
        blocks.append(Text(f"Reviewers have decided: {', '.join(ties.decisions)}. See: byline decisions"))
    numbers = {tie.report: f"{number}" for number, tie in enumerate(ties.own, 1)}
    if ties.own:
        blocks += [Text("\nWhy these are together", style="bold underline"), _table(ties.own, numbers)]
    else:
        blocks.append(Text("\nThere is one report, or copies of one text."))
    if ties.others:
        blocks += [
            Text("\nWhy the nearest others are not among them", style="bold underline"),
            _table(ties.others, numbers),
        ]
    else:
        blocks.append(Text("\nNo other report comes near."))
    return Group(*blocks)


def _table(found: Iterable[Tie], numbers: dict[str, str]) -> Table:
    """Return a row a tie; the reports of the incident go by number."""
    table = Table(show_lines=True, expand=True)
    for name, ratio in _COLUMNS:
        table.add_column(name, ratio=ratio, overflow="fold")
    for tie in found:
        title = f"{tie.title}\nincident {tie.incident}" if tie.incident else f"{numbers[tie.report]}. {tie.title}"
        nearest = numbers.get(tie.nearest, "")
        cells = (title, f"{tie.mean:.2f}", nearest, f"{tie.score:.2f}", "\n".join(_reasons(tie)))
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in cells))
    return table


def _reasons(tie: Tie) -> Iterator[str]:
    for reason in sorted(tie.reasons, key=lambda r: -abs(r.weight)):
        yield f"{reason.weight:+.1f} {reason.name}: {reason.words}"
