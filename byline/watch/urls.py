"""Addresses of pages: what may be asked, and which server it is on."""

from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from byline.errors import ConfigurationError
from byline.records import INSIDE

_LONGEST = 4_000  # characters
_SCHEMES = {"http": 80, "https": 443}


class Server(NamedTuple):
    """Where a page is: scheme, host and port."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port != _SCHEMES[self.scheme] else "")


def server_of(url: str) -> Server:
    """Return the server of an address; ConfigurationError if it is none of the web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigurationError(f"The address does not hold ({error}). Write https://example.org/feed.xml.") from error
    if parts.scheme not in _SCHEMES or not host or len(url) > _LONGEST:
        raise ConfigurationError("This is no address of the web. Write https://example.org/feed.xml.")
    if parts.username is not None:
        raise ConfigurationError("The address holds a name or password, which would be kept. Leave it out.")
    return Server(parts.scheme, host, port or _SCHEMES[parts.scheme])


def checked(url: str) -> str:
    """Return an address as it is asked: without its fragment, other letters than ASCII's written in figures.

    ConfigurationError if it is none of the web.
    """
    server = server_of(url)
    parts = urlsplit(url)
    try:
        host = server.host.encode("idna").decode("ascii") if not server.host.isascii() else server.host
    except UnicodeError as error:
        raise ConfigurationError(f"The name of the server does not hold ({error}).") from error
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    return f"{server._replace(host=host)}{path}{query}".replace(INSIDE, "%21/")


def joined(base: str, link: str | None) -> str | None:
    """Return the address that a link on a page leads to, None if that is none of the web."""
    try:
        return checked(urljoin(base, link)) if link else None
    except (ConfigurationError, ValueError):
        return None
