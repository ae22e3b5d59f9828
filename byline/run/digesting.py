"""A digest: what is new is found, told once, and noted so that it is never told again.

A series of digests is one way of delivery with one set of filters; what one series has told is news to another.
What goes into a file is noted in the same batch. A mail is noted before it is sent, and again when the server has it:
if the program ends in between it is not sent again, and the next digest says that nobody knows.
"""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import msgspec

from byline import knowledge
from byline.digest import atom, forms
from byline.digest.items import Digest, Item
from byline.digest.period import Period
from byline.digest.sending import Mail
from byline.errors import DeliveryError
from byline.run.news import News, news_of
from byline.store import Archive, Asked
from byline.store.announcing import (
    Sent,
    announce,
    announced,
    arrived,
    begin_digest,
    finish_digest,
    items_since,
    report_digests,
    take_back_digest,
    unknown_digests,
)
from byline.writing import whole

_ITEMS: int = knowledge.load("digest.toml")["items"]
Cover = Callable[[Item], Item]
Send = Callable[[EmailMessage], list[str]]


class Wanted(NamedTuple):
    """What a digest is about: a period, filters, what `cover` makes of each item, and the moment, ISO 8601 in UTC.

    `again`: what was told already is told again.
    """

    period: Period
    asked: Asked
    now: datetime
    cover: Cover | None = None
    again: bool = False

    @property
    def time(self) -> str:
        """The moment, to the second."""
        return self.now.isoformat(timespec="seconds")

    def series(self, way: str, recipients: tuple[str, ...] = ()) -> str:
        """Return the series of digests that this one belongs to."""
        asked = {name: value for name, value in self.asked._asdict().items() if value}
        told = {"way": way, "to": sorted(recipients), "asked": asked, "covered": self.cover is not None}
        return msgspec.json.encode(told, order="sorted").decode()


class _Found(NamedTuple):
    news: list[News]
    left: int


def look(archive: Archive, wanted: Wanted) -> Digest:
    """Return what is new, whoever was told of it; nothing is noted."""
    return _digest(wanted, _found(archive, wanted, None))


def write(archive: Archive, wanted: Wanted, path: Path) -> Digest:
    """Write what was not told yet to a file: HTML, a mail or text, by its name; nothing if nothing is new.

    ConfigurationError if it cannot be written: then nothing is noted.
    """
    with archive.batch():
        found = _found(archive, wanted, series := wanted.series("file"))
        digest = _digest(wanted, found)
        if found.news:
            finish_digest(archive, number := _begin(archive, wanted, series, found), wanted.time)
            _put(path, _bytes(digest, path, f"{series} {number}", wanted.now))
    return digest


def write_feed(archive: Archive, wanted: Wanted, path: Path) -> int:
    """Write all that was told since the beginning of the period as an Atom feed, with what is new; return how much is.

    ConfigurationError if it cannot be written: then nothing is noted.
    """
    with archive.batch():
        found = _found(archive, wanted, series := wanted.series("atom"))
        if found.news:
            finish_digest(archive, _begin(archive, wanted, series, found), wanted.time)
        told = [msgspec.json.decode(item, type=Item) for item in items_since(archive, series, wanted.period.first)]
        _put(path, atom.feed(told, f"{_name(archive)} {series}", wanted.period.first))
    return len(found.news)


def unknown(archive: Archive, wanted: Wanted, mail: Mail) -> list[Sent]:
    """Return the digests to these recipients of which nobody knows whether they have arrived; each is told once."""
    found = unknown_digests(archive, wanted.series("mail", mail.to))
    with archive.batch():
        report_digests(archive, [one.id for one in found], wanted.time)
    return found


def post(archive: Archive, wanted: Wanted, mail: Mail, send: Send) -> tuple[Digest, list[str]]:
    """Send what was not told yet, nothing if nothing is new; return it, and the recipients who were refused.

    DeliveryError if it was not sent, or nobody knows: then it is not sent again.
    """
    with archive.batch():
        found = _found(archive, wanted, series := wanted.series("mail", mail.to))
        digest = _digest(wanted, found)
        if not found.news:
            return digest, []
        number = _begin(archive, wanted, series, found)
        letter = forms.Letter(mail.sender, mail.to, f"{_name(archive)} {series} {number}", wanted.now)
        message = forms.mail(digest, letter)
    try:
        refused = send(message)
    except DeliveryError as error:
        with archive.batch():
            if error.unknown:
                report_digests(archive, [number], wanted.time)
            else:
                take_back_digest(archive, number)
        raise
    with archive.batch():
        finish_digest(archive, number, wanted.time)
    return digest, refused


def _found(archive: Archive, wanted: Wanted, series: str | None) -> _Found:
    """Return what is new, at most so much, and how many incidents were not looked at."""
    ids = arrived(archive, wanted.asked, *wanted.period)
    found: list[News] = []
    for place, number in enumerate(ids):
        if len(found) == _ITEMS:
            return _Found(found, len(ids) - place)
        told = announced(archive, series, number) if series and not wanted.again else {}
        one = news_of(archive, number, wanted.period, told, wanted.time)
        if one is not None:
            found.append(News(wanted.cover(one.item), one.known) if wanted.cover else one)
    return _Found(found, 0)


def _digest(wanted: Wanted, found: _Found) -> Digest:
    items = tuple(one.item for one in found.news)
    return Digest(first=wanted.period.first, last=wanted.period.last, items=items, left=found.left)


def _begin(archive: Archive, wanted: Wanted, series: str, found: _Found) -> int:
    number = begin_digest(archive, series, *wanted.period, wanted.time)
    for one in found.news:
        announce(archive, number, one.item.id, one.known, one.item.to_json())
    return number


def _bytes(digest: Digest, path: Path, key: str, now: datetime) -> bytes:
    match path.suffix.lower():
        case ".html" | ".htm":
            return forms.page(digest).encode()
        case ".eml":
            return forms.mail(digest, forms.Letter("byline@localhost", ("byline@localhost",), key, now)).as_bytes()
        case _:
            return forms.text(digest).encode()


def _put(path: Path, data: bytes) -> None:
    with whole(path) as out:
        out.write(data)


def _name(archive: Archive) -> str:
    """Return what tells an archive from others, however its file is called: when it was begun."""
    found = archive.execute("SELECT min(started) FROM runs").fetchone()
    return str(found[0])
