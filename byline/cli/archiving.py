"""How a run into an archive is told: a bar, a log, what failed, and how it ended."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import typer

from byline.cli.ending import ending_cleanly
from byline.cli.output import tell_failure
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from byline.ingest import Page
    from byline.records import Document, Failure
    from byline.run.archiving import Outcome, Tally
    from byline.run.job import Settings
    from byline.store import Archive

_STOPPED = "Stopped. What was committed is in {path}; the same command goes on from there."


class Running(NamedTuple):
    """What a user may choose about a run into an archive; None is what Byline would choose."""

    workers: int | None = None
    time_limit: float | None = None
    memory_limit: int | None = None
    quiet: bool = False
    log: Path | None = None

    @property
    def chosen(self) -> list[str]:
        """Return the names of the options that were given."""
        return ["--" + name.replace("_", "-") for name, value in self._asdict().items() if value not in {None, False}]


class _Log:
    """A file to which what happens is written, a line of JSON each; nothing is written without one."""

    def __init__(self, path: Path | None) -> None:
        try:
            self._file = path.open("ab", buffering=0) if path else None
        except OSError as error:
            raise ConfigurationError(f"The log {path} cannot be written ({error.strerror}). Name another.") from error

    def write(self, event: str, **more: object) -> None:
        from byline.run.archiving import now  # noqa: PLC0415 - loaded when needed

        if self._file:
            self._file.write(msgspec.json.encode({"time": now(), "event": event, **more}) + b"\n")


class Session:
    """One command that codes into an archive: what it writes to, with what, and how it tells of it."""

    def __init__(self, archive: "Archive", running: Running) -> None:
        from byline.run.worker import Limits  # noqa: PLC0415 - loaded when needed

        self.archive, self._quiet = archive, running.quiet
        usual = Limits()
        self.limits = Limits(running.time_limit or usual.seconds, running.memory_limit or usual.megabytes)
        self.workers = running.workers or os.cpu_count() or 1
        self._log = _Log(running.log)

    def tell(self, batches: "Iterable[list[Outcome]]", total: int | None) -> None:
        """Go through what becomes of each document and tell of it; exit with 1 if something failed.

        `total` is how many there are, None where nobody knows: then there is no bar.
        """
        from byline.run.archiving import Tally  # noqa: PLC0415 - loaded when needed

        self._log.write("begin", archive=str(self.archive.path), workers=self.workers)
        tally = Tally()
        try:
            for outcome in self._shown(self._logged(batches), total):
                tally = tally.with_all([outcome])
                self._tell_failure(outcome)
        except BaseException as error:
            self._log.write("stopped", reason=str(error) or type(error).__name__, **tally._asdict())
            raise
        self._log.write("end", **tally._asdict())
        self.tell_counts(tally)
        if tally.failed:
            raise typer.Exit(1)

    def tell_counts(self, tally: "Tally", more: str = "") -> None:
        """Tell how many documents were coded, known and failed, and what more there is to say."""
        if self._quiet:
            return
        known = f", {tally.known:,} were known" if tally.known else ""
        failed = f", {tally.failed:,} failed: byline failures {self.archive.path}" if tally.failed else ""
        typer.echo(f"{self.archive.path}: {tally.coded:,} coded{known}{failed}{more}", err=True)

    def _shown(self, outcomes: "Iterator[Outcome]", total: int | None) -> "Iterator[Outcome]":
        from byline.progress import with_progress  # noqa: PLC0415 - loaded when needed

        is_shown = total is not None and sys.stderr.isatty() and not self._quiet
        return with_progress(outcomes, total or 0, then="linking") if is_shown else outcomes

    def _logged(self, batches: "Iterable[list[Outcome]]") -> "Iterator[Outcome]":
        from byline.run.archiving import Tally  # noqa: PLC0415 - loaded when needed

        for batch in batches:
            self._log.write("batch", **Tally().with_all(batch)._asdict())
            yield from batch

    def _tell_failure(self, outcome: "Outcome") -> None:
        from byline.records import Failure  # noqa: PLC0415 - loaded when needed

        if isinstance(outcome, Failure):
            self._log.write("failure", **outcome.to_dict())
            if not self._quiet:
                tell_failure(outcome)


def code_into(
    path: Path, found: "Iterable[Page | Document | Failure]", total: int, settings: "Settings", running: Running
) -> None:
    """Code documents into an archive; exit with 1 if some could not be read or coded."""
    from byline.run.archiving import Archiving  # noqa: PLC0415 - loaded when needed
    from byline.run.program import edition_of  # noqa: PLC0415

    edition_of(settings)  # what is wrong with the settings is said before a file is made
    with session_of(path, running) as session:
        run = Archiving(session.archive, settings, workers=session.workers, limits=session.limits)
        session.tell(run.code(found), total)


def retry_in(path: Path, running: Running) -> None:
    """Code again what an archive's runs have set aside; exit with 1 if some of it still cannot be coded."""
    from byline.run.archiving import Archiving, settings_to_retry  # noqa: PLC0415 - loaded when needed
    from byline.store import Archive, set_aside  # noqa: PLC0415

    Archive.open(path).close()  # there has to be one
    with session_of(path, running) as session:
        archive = session.archive
        total, told = len(set_aside(archive)), settings_to_retry(archive)
        runs = (Archiving(archive, s, workers=session.workers, limits=session.limits) for s in told)
        session.tell((batch for run in runs for batch in run.retry()), total)


@contextmanager
def session_of(path: Path, running: Running) -> Iterator[Session]:
    """Yield the session of a command that codes into an archive, and end it cleanly when it is asked to end."""
    from byline.store import Archive  # noqa: PLC0415 - loaded when needed

    with ending_cleanly(_STOPPED.format(path=path)), Archive.open(path, write=True) as archive:
        yield Session(archive, running)
