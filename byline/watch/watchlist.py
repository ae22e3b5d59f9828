"""The configuration of a watch: which feeds and folders, how often, and how much of them."""

import re
import tomllib
from pathlib import Path
from typing import Annotated

import msgspec

from byline import knowledge
from byline.errors import ConfigurationError
from byline.watch.urls import checked

_USUAL = knowledge.load("watch.toml")
_PERIOD = re.compile(r"(\d{1,6}) (second|minute|hour|day)s?")
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
_ADDRESS = re.compile(r"[!-~]+@[!-~]+\.[!-~]+|https?://[!-~]+")  # of ASCII: it goes into a header
_EVERY = "1 hour"
Above0 = Annotated[float, msgspec.Meta(ge=0)]
Whole = Annotated[int, msgspec.Meta(ge=1, le=40)]


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A feed: RSS, Atom or JSON Feed. `articles`: the pages that its items link to are fetched, too."""

    url: str
    publication: str | None = None
    every: str | None = None
    articles: bool = False

    @property
    def address(self) -> str:
        """By which the archive knows it."""
        return self.url


class Folder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A folder whose files are read, as `byline code` would read them; those that have changed since."""

    path: str
    publication: str | None = None
    every: str | None = None

    @property
    def address(self) -> str:
        """By which the archive knows it."""
        return self.path


class Watchlist(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is watched, and into which archive it is coded.

    `contact` is told to servers: a mail address or a page. `every` holds where a feed or folder says nothing else.
    `delay` are the seconds between two requests to one server; `seconds` and `megabytes` bound one request. `private`
    are hosts that may have addresses which are not of the public internet.
    """

    to: str
    contact: str
    every: str = _EVERY
    ontology: str | None = None
    pipeline: str | None = None
    delay: Above0 = _USUAL["delay"]
    seconds: Above0 = _USUAL["seconds"]
    megabytes: Whole = _USUAL["megabytes"]
    private: tuple[str, ...] = ()
    feed: tuple[Feed, ...] = ()
    folder: tuple[Folder, ...] = ()

    @property
    def sources(self) -> tuple[Feed | Folder, ...]:
        """All that is watched, folders first."""
        return (*self.folder, *self.feed)

    def period(self, source: Feed | Folder) -> int:
        """Return how many seconds lie between two readings."""
        return _seconds(source.every or self.every)


def read_watchlist(path: Path) -> Watchlist:
    """Return the watchlist of a file; paths in it are from its folder. ConfigurationError says what does not hold."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Watchlist)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror}). Name the file with the feeds.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is no TOML ({error}). See docs/watch.md for an example.") from error
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{path}: {_plain(error)}. docs/watch.md has all that can be set.") from error
    _check(path, found)
    below = path.parent
    return msgspec.structs.replace(
        found,
        to=str(below / found.to),
        ontology=_below(below, found.ontology),
        folder=tuple(msgspec.structs.replace(one, path=str(below / one.path)) for one in found.folder),
    )


def _check(path: Path, found: Watchlist) -> None:
    if not _ADDRESS.fullmatch(found.contact):
        raise ConfigurationError(
            f"{path}: the contact {found.contact!r} is neither a mail address nor a page. "
            "Servers are told whom to ask: write desk@example.org or https://example.org/about."
        )
    if not found.sources:
        raise ConfigurationError(
            f"{path} names nothing to read. Add a [[feed]] with a url or a [[folder]] with a path."
        )
    for number, feed in enumerate(found.feed, 1):
        try:
            checked(feed.url)
        except ConfigurationError as error:
            raise ConfigurationError(f"{path}: the url of feed {number}: {error}") from error
    addresses = [one.address for one in found.sources]
    for number, one in enumerate(found.sources):
        where = f"{path}: {one.address}"
        if one.address in addresses[:number]:
            raise ConfigurationError(f"{where} is there twice. Keep one of them.")
        if isinstance(one, Folder) and not (path.parent / one.path).is_dir():
            raise ConfigurationError(f"{where}: there is no such folder. Make it, or correct the path.")
        try:
            found.period(one)
        except ConfigurationError as error:
            raise ConfigurationError(f"{where}: {error}") from error


def _seconds(every: str) -> int:
    found = _PERIOD.fullmatch(every)
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if seconds < _USUAL["soonest"]:
        raise ConfigurationError(
            f"`every` is {every!r}. Write a number and minutes, hours or days, {_USUAL['soonest']} seconds or more: "
            "15 minutes."
        )
    return seconds


def _below(folder: Path, ontology: str | None) -> str | None:
    """Return an ontology by its path if there is one, else by its name."""
    return str(folder / ontology) if ontology and (folder / ontology).exists() else ontology


def _plain(error: msgspec.ValidationError) -> str:
    """Return what is wrong in words of the file: `$.feed[0].url` is `url` of feed 1."""
    what, _, where = str(error).partition(" - at ")
    place = re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", where.strip("`").removeprefix("$").strip("."))
    told = what.replace("Object missing required", "it lacks the").replace("Object", "it")
    return told + (f" (at {place})" if place else "")
