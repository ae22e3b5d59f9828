"""A progress bar on standard error, for work that goes on while nothing is to be seen."""

import sys
from collections.abc import Callable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from byline.records import Failure

Item = TypeVar("Item")
_FAILED = TextColumn("{task.fields[failed]}")


def is_watched() -> bool:
    """Whether somebody looks while the data go elsewhere; a table on the screen is its own progress."""
    return sys.stderr.isatty() and not sys.stdout.isatty()


def with_progress(
    items: Iterator[Item],
    total: int,
    what: str = "coding",
    size: Callable[[Item], int] = lambda _: 1,
    then: str | None = None,
) -> Iterator[Item]:
    """Yield the items, showing how many of the total are done, the rate, the time that remains, and how many failed.

    Where there are more than the total, as in archives that hold many, the number and the rate remain.

    `size`: how many of the total an item is; `then`: what is still to be done when all have come. Standard output is
    left alone: data never end up in the bar's stream.
    """
    failed = number = 0
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        _FAILED,
    )
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=False) as bar:
        task = bar.add_task(what, total=total, failed="")
        for item in items:
            yield item
            number += size(item)
            failed += isinstance(item, Failure)
            told = f"{failed:,} failed" if failed else ""
            bar.update(task, completed=number, total=total if number <= total else None, failed=told)
            if then and number == total:
                bar.update(task, description=then, total=None)


class _Rate(ProgressColumn):
    """Items a second; nothing before the first is done."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")
