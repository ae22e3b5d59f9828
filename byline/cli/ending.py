"""Ctrl-C and SIGTERM: the run ends at once, and says so by its exit code."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import typer

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Ended(KeyboardInterrupt):
    """The run was asked to end. As KeyboardInterrupt it gets out of an event loop, which keeps other errors."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextmanager
def ending_cleanly(said: str) -> Iterator[None]:
    """Do what is inside; if it is asked to end, say so and exit with 128 and the signal's number: 130, 143."""
    before = [signal.signal(number, _end) for number in _SIGNALS]
    try:
        yield
    except _Ended as ended:
        typer.echo(f"byline: {said}", err=True)
        raise typer.Exit(128 + ended.number) from None
    finally:
        for number, handler in zip(_SIGNALS, before, strict=True):
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> None:
    """End what goes on; an event loop, between two of its steps: within one, a task or a connection would take it."""
    from asyncio import get_running_loop  # noqa: PLC0415 -- few runs have one

    for one in _SIGNALS:
        signal.signal(one, signal.SIG_IGN)  # what ends is not interrupted again
    try:
        loop = get_running_loop()
    except RuntimeError:
        raise _Ended(number) from None
    loop.call_soon_threadsafe(_raise, number)


def _raise(number: int) -> NoReturn:
    raise _Ended(number)
