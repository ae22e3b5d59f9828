"""What a web archive has of an address at a moment: from a record, whatever the archive, to a page."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from byline import knowledge
from byline.errors import ConfigurationError
from byline.ingest.containers.framing import Lost, Stored
from byline.ingest.containers.transfer import Response, charset_of, media_of, payload
from byline.ingest.dating import interval_of
from byline.ingest.facts import Facts
from byline.ingest.source import LARGEST, Options, Source
from byline.records import INSIDE, Failure, Interval, Origin

_KNOWN = knowledge.load("web_archives.toml")
_MEDIA = frozenset(_KNOWN["media"])
_MARKS = (b"%PDF-", b"<!doctype html", b"<html")
_SUCCESS = 200
_REST = "What stands behind it is read. Fetch the file anew, or compare it with its checksum, if you need the rest."


class Capture(NamedTuple):
    """A response as it came: `captured` is ISO 8601 in UTC, `media` what the archive says where HTTP is silent."""

    url: str | None
    captured: str | None
    media: str | None
    response: Response


class Archive(NamedTuple):
    """A web archive that is read: its source, how, and what is counted on the way.

    `base` is where it begins in the file on disk, None if it is packed there. `passed` counts by reason the
    records that are no pages.
    """

    source: Source
    options: Options
    base: int | None
    passed: Counter[str]

    def page(self, capture: Capture, stored: Stored) -> Iterator[Source | Failure]:
        """Yield the page of a capture, if it is one to be read, and a Failure for what is wrong with it."""
        declared = capture.response.head.get("content-type") or capture.media
        media = media_of(declared)
        if capture.response.status != _SUCCESS and not self.options.any_status:
            self.passed[f"status {capture.response.status}"] += 1
        elif media not in _MEDIA and not (media is None and _looks_like_page(capture.response.raw)):
            self.passed[f"media {media}"] += 1
        elif not stored.whole:
            yield self.failure(stored, f"The page has more than {LARGEST:,} bytes. Cut it into its articles.")
        else:
            yield from self._read(capture, stored, media, charset_of(declared))

    def _read(
        self, capture: Capture, stored: Stored, media: str | None, charset: str | None
    ) -> Iterator[Source | Failure]:
        found = payload(capture.response)
        if found.data:
            name, source = name_of(stored), self.source
            place = None if self.base is None else stored.start + self.base
            origin = Origin(
                container=source.origin.container,
                member=f"{source.origin.member}{INSIDE}{name}" if source.origin.member else name,
                offset=place,
                length=None if place is None else stored.length,
                captured=capture.captured,
                media=media,
            )
            facts = Facts(url=capture.url, retrieved=day_of(capture.captured[:10]) if capture.captured else None)
            yield source.words(name, found.data, facts=facts, origin=origin)._replace(charset=charset)
        if found.wrong:
            read = "What comes before that is read." if found.data else "It is not read."
            yield self.failure(stored, f"The page is damaged: {found.wrong}. {read}", damaged=True)
        elif not found.data:
            self.passed["empty"] += 1

    def lost(self, lost: Lost) -> Failure:
        """Return how bytes that cannot be read are told."""
        where = f"byte {lost.start + (self.base or 0):,}" + ("" if self.base is not None else ", unpacked,")
        if lost.inside is None and not lost.length:
            what = f"At {where} the file is damaged"
        elif lost.inside is None:
            what = f"At {where} {lost.length:,} bytes are lost"
        else:
            what = f"In what is packed at {where} {lost.length:,} bytes are lost at {lost.inside:,}"
        name = name_of(lost)
        return Failure(
            source=f"{self.source.name}{INSIDE}{name}", reason=f"{what}: {lost.why}. {_REST}", kind="damaged"
        )

    def failure(self, stored: Stored, reason: str, *, damaged: bool = False) -> Failure:
        """Return a Failure of one record."""
        name = f"{self.source.name}{INSIDE}{name_of(stored)}"
        return Failure(source=name, reason=reason, kind="damaged" if damaged else "unreadable")


def archive(source: Source, options: Options, passed: Counter[str] | None = None, base: int | None = None) -> Archive:
    """Return an archive to read; one that is inside of nothing begins where its file does."""
    begins = 0 if base is None and source.origin.member is None else base
    return Archive(source, options, begins, Counter() if passed is None else passed)


def name_of(place: Stored | Lost) -> str:
    """Name a record by its place: where it, or the piece that it shares, begins, and how far inside of it it stands."""
    return str(place.start) if place.inside is None else f"{place.start}+{place.inside}"


@lru_cache(maxsize=1 << 10)
def day_of(day: str) -> Interval | None:
    """Return the day of a capture; None if there is no such day."""
    try:
        return interval_of(day, basis="capture")
    except ConfigurationError:
        return None


def _looks_like_page(body: bytes) -> bool:
    return body[:64].lstrip().lower().startswith(tuple(mark.lower() for mark in _MARKS))
