"""The verb that shows an archive in the browser."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from byline.cli.options import ArchiveFile
from byline.cli.verbs import app
from byline.errors import ConfigurationError

_PASSWORD = "BYLINE_PASSWORD"  # noqa: S105 -- the name of a variable of the environment
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@app.command(
    epilog="Examples:\n\n"
    "  byline serve events.byline\n\n"
    "  byline serve events.byline --read-only --port 9000\n\n"
    "  BYLINE_PASSWORD=... byline serve events.byline --host 0.0.0.0 --name archive.example.org"
)
def serve(
    archive: ArchiveFile,
    *,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen. Anything but this machine needs a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0: any that is free.")] = 8750,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A name by which browsers may call it; may be repeated.")
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=f"A file whose first line is the password; else ${_PASSWORD}, if it is set."),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show, and let nobody review.")] = False,
) -> None:
    """Show an archive in the browser: map, timeline, documents with their evidence. Nothing leaves the machine."""
    try:
        from byline.web.app import Work  # noqa: PLC0415 - an extra, needed here alone
        from byline.web.serving import Serving, run  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what serve needs with: pip install 'byline[web]'") from error
    from byline.run.accounts import account  # noqa: PLC0415 - loaded when needed
    from byline.run.corrections import correct  # noqa: PLC0415

    password = password_of(password_file, _PASSWORD)
    if host not in _LOOPBACK and not password:
        raise ConfigurationError(
            f"On {host} others can reach the archive: give a password, in {_PASSWORD} or with --password-file."
        )
    run(Serving(archive, Work(account, correct), host, port, tuple(name or ()), password, read_only), _say)


def password_of(file: Path | None, variable: str | None) -> str | None:
    """Return the password that the first line of a file holds, or else a variable of the environment; None for none.

    ConfigurationError if the file cannot be read, or its first line is empty.
    """
    if file is None:
        return os.environ.get(variable) or None if variable else None
    try:
        found = file.read_text("utf-8").partition("\n")[0].strip()
    except OSError as error:
        raise ConfigurationError(
            f"The password cannot be read from {file} ({error.strerror}). Name another file."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"The password cannot be read from {file}: it is not in UTF-8.") from error
    if not found:
        raise ConfigurationError(f"The first line of {file} is empty: write the password there.")
    return found


def _say(address: str) -> None:
    typer.echo(f"{address}  (Ctrl-C ends it)", err=True)
    sys.stderr.flush()
