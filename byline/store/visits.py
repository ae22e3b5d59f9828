"""What a watch knows of the addresses that it asks, from one time to the next."""

from typing import NamedTuple

from byline.store.archive import Archive


class Visit(NamedTuple):
    """What was found at an address; times are ISO 8601 in UTC.

    `version` tells whether it has changed; `etag` and `modified` are what its server calls it. `tries`: how often in a
    row it could not be had. `closed`, of a server: nothing is fetched from it before.
    """

    address: str
    checked: str
    version: str | None = None
    etag: str | None = None
    modified: str | None = None
    tries: int = 0
    closed: str | None = None


def visit(archive: Archive, address: str) -> Visit | None:
    """Return what was found at an address, None if it was never asked."""
    found = archive.execute(f"SELECT {', '.join(Visit._fields)} FROM visits WHERE address = ?", (address,)).fetchone()
    return Visit(*found) if found else None


def closed_servers(archive: Archive) -> dict[str, str]:
    """Return the servers that asked to be left alone, and until when."""
    return dict(archive.execute("SELECT address, closed FROM visits WHERE closed IS NOT NULL"))


def note_visit(archive: Archive, found: Visit) -> None:
    """Note what was found at an address, in place of what was known; inside of `Archive.batch`."""
    archive.execute(f"INSERT OR REPLACE INTO visits VALUES ({', '.join('?' * len(found))})", found)
