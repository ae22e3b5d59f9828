"""The verb that reads feeds and folders again and again."""

import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from byline import __version__
from byline.cli.archiving import Running, Session, session_of
from byline.cli.options import LogFile, MemoryLimit, Quiet, TimeLimit, WorkerNumber
from byline.cli.verbs import app
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from byline.run.archiving import Tally
    from byline.run.job import Settings
    from byline.watch.watchlist import Watchlist


@app.command(epilog="Examples:\n\n  byline watch feeds.toml --once\n\n  byline watch feeds.toml --log watch.log")
def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS.TOML", help="What is read, how often, and into which archive.")
    ],
    *,
    once: Annotated[bool, typer.Option("--once", help="Read everything once, now, and end: for cron.")] = False,
    workers: WorkerNumber = None,
    time_limit: TimeLimit = None,
    memory_limit: MemoryLimit = None,
    quiet: Quiet = False,
    log: LogFile = None,
) -> None:
    """Read feeds and folders on a schedule, and code what is new into an archive.

    Servers are asked politely: robots.txt holds, nothing is fetched that has not changed, and there is a pause between
    two requests. A feed that cannot be read is a failure like any other, and does not stop the rest. Ctrl-C and SIGTERM
    end it and keep what was committed; the same command again goes on.
    """
    try:
        from byline.run.watching import Watch, fetcher_of  # noqa: PLC0415 - an extra, needed here alone
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what watch needs with: pip install 'byline[watch]'") from error
    from byline.run.archiving import Archiving  # noqa: PLC0415 - loaded when needed
    from byline.run.program import edition_of  # noqa: PLC0415
    from byline.watch.watchlist import read_watchlist  # noqa: PLC0415

    watchlist = read_watchlist(feeds)
    settings = _settings(watchlist)
    edition_of(settings)  # what is wrong with the settings is said before a file is made
    with session_of(Path(watchlist.to), Running(workers, time_limit, memory_limit, quiet, log)) as session:
        archive = session.archive
        archiving = Archiving(archive, settings, workers=session.workers, limits=session.limits)
        fetcher = fetcher_of(archive, watchlist, __version__, _now, time.sleep)
        found = Watch(archive, watchlist, archiving, fetcher, _now)
        if once:
            session.tell(found.once(), None)
        else:
            session.tell(found.forever(time.sleep, partial(_tell, session)), None)


def _tell(session: Session, tally: "Tally", due: datetime) -> None:
    session.tell_counts(tally, f"; next at {due.astimezone():%H:%M}")


def _settings(watchlist: "Watchlist") -> "Settings":
    from byline.run.job import Settings  # noqa: PLC0415 - loaded when needed

    usual = Settings()
    return Settings(watchlist.ontology or usual.ontology, watchlist.pipeline or usual.pipeline)


def _now() -> datetime:
    return datetime.now(UTC)
