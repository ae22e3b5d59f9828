"""The verb that tells what is new: on the screen, in a file, as a feed, by mail."""

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from byline.cli.options import ArchiveFile, People, Picked, WithPeople, with_picked
from byline.cli.serving import password_of
from byline.cli.verbs import app
from byline.errors import ConfigurationError, DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.digest.items import Digest, Item
    from byline.run.digesting import Wanted
    from byline.store import Archive


@app.command(
    epilog="Examples:\n\n"
    "  byline digest events.byline --since yesterday\n\n"
    "  byline digest events.byline --since '3 days' --country prt --to digest.html\n\n"
    "  byline digest events.byline --since '30 days' --atom new.xml\n\n"
    "  byline digest events.byline --since yesterday --send mail.toml"
)
@with_picked
def digest(
    archive: ArchiveFile,
    *,
    since: Annotated[
        str, typer.Option(metavar="DAY", help="What came since this day: yesterday, today, 3 days, 2026-01-05.")
    ] = "yesterday",
    until: Annotated[str | None, typer.Option(metavar="DAY", help="And up to its end; up to now unless told.")] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it there: .html a page, .eml a mail, all else plain text."),
    ] = None,
    atom: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write an Atom feed of all that was told since, with what is new."),
    ] = None,
    send: Annotated[
        Path | None, typer.Option(metavar="MAIL.TOML", help="Mail it; the file says to whom and by which server.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Tell what was told already, too; with --to and --send.")
    ] = False,
    picked: Picked = Picked(),  # noqa: B008 -- it is frozen
    people: WithPeople = People.names,
) -> None:
    """Tell what is new in an archive: incidents, tolls that rose, what is contested or denied since; and who says so.

    What came into the archive in the period counts, whenever it happened. What a file, a feed or these recipients were
    told once is not told again. Without --to, --atom and --send it is printed, and nothing is noted.
    """
    ways = [one for one in (to if to != Path("-") else None, atom, send) if one]
    if len(ways) > 1:
        raise ConfigurationError("A digest goes one way: give one of --to, --atom and --send.")
    if ways and ways[0].is_dir():
        raise ConfigurationError(f"{ways[0]} is a folder. Name a file in it.")
    if (again and not ways) or (again and atom):
        raise ConfigurationError("--again is for --to and --send: all else tells the whole period each time.")
    with _looking(archive, picked, since, until, people, again=again, writing=bool(ways)) as (opened, wanted):
        if send:
            _send(opened, wanted, send)
        elif atom:
            _feed(opened, wanted, atom)
        elif ways and to:
            _write(opened, wanted, to)
        else:
            _print(opened, wanted)


@contextmanager
def _looking(
    path: Path, picked: Picked, since: str, until: str | None, people: People, *, again: bool, writing: bool
) -> "Iterator[tuple[Archive, Wanted]]":
    """Yield an archive that there has to be, and what of it is wanted."""
    from byline.digest.period import period  # noqa: PLC0415 - loaded when needed
    from byline.run.digesting import Wanted  # noqa: PLC0415
    from byline.store import Archive  # noqa: PLC0415

    now = datetime.now().astimezone()
    Archive.open(path).close()
    with Archive.open(path, write=writing) as opened:
        cover = partial(_covered, opened) if people is People.roles else None
        yield opened, Wanted(period(since, until, now), picked.asked(), now.astimezone(UTC), cover, again)


def _print(archive: "Archive", wanted: "Wanted") -> None:
    from byline.digest.forms import text  # noqa: PLC0415 - loaded when needed
    from byline.run.digesting import look  # noqa: PLC0415

    typer.echo(text(look(archive, wanted)), nl=False)


def _write(archive: "Archive", wanted: "Wanted", path: Path) -> None:
    from byline.run.digesting import write  # noqa: PLC0415 - loaded when needed

    _say(path, write(archive, wanted, path))


def _feed(archive: "Archive", wanted: "Wanted", path: Path) -> None:
    from byline.run.digesting import write_feed  # noqa: PLC0415 - loaded when needed

    typer.echo(f"{path}: {write_feed(archive, wanted, path)} new", err=True)


def _send(archive: "Archive", wanted: "Wanted", path: Path) -> None:
    """Send a digest; exit with 1 if it was not sent, somebody was refused, or nobody knows of an earlier one."""
    from byline.digest.sending import read_mail, send  # noqa: PLC0415 - loaded when needed
    from byline.run.digesting import post, unknown  # noqa: PLC0415

    mail = read_mail(path)
    password = password_of(Path(mail.password_file) if mail.password_file else None, mail.password_env)
    if mail.user and not password:
        raise ConfigurationError(f"{path}: ${mail.password_env}, which has the password of {mail.user}, is not set.")
    doubts = unknown(archive, wanted, mail)
    for one in doubts:
        typer.echo(
            f"byline: {path}: nobody knows whether the digest of {one.begun} has arrived: Byline ended while it was "
            "sent. It is not sent again; what it told is with --again.",
            err=True,
        )
    try:
        digest, refused = post(archive, wanted, mail, lambda message: send(message, mail, password))
    except DeliveryError as error:
        typer.echo(f"byline: {error}", err=True)
        raise typer.Exit(1) from error
    _say(path, digest)
    for address in refused:
        typer.echo(f"byline: {mail.server} refuses {address}: all others were sent it.", err=True)
    if doubts or refused:
        raise typer.Exit(1)


def _say(path: Path, digest: "Digest") -> None:
    from byline.digest.wording import subject  # noqa: PLC0415 - loaded when needed

    typer.echo(f"{path}: {subject(digest)}", err=True)


def _covered(archive: "Archive", item: "Item") -> "Item":
    from byline.export.people import cover_names  # noqa: PLC0415 - loaded when needed
    from byline.store import documents_of  # noqa: PLC0415

    return cover_names(item, documents_of(archive, item.incident.id))
