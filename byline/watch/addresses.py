"""Which addresses may be asked: those of the public internet, and what the user allows by name.

A name is looked up once, what it stands for is judged, and that very address is connected to: a name that stands for
another address a moment later (DNS rebinding) gains nothing by it.
"""

import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from byline import knowledge
from byline.errors import FetchError

Resolver = Callable[[str, int], list[str]]
_CARRIERS = [ip_network(one) for one in knowledge.load("watch.toml")["carriers"]]


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system knows them; OSError if it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def allowed(host: str, port: int, private: Collection[str], resolver: Resolver = resolve) -> list[str]:
    """Return the addresses of a host that may be connected to.

    FetchError if there is none, or one of them is not of the public internet and `private` does not name the host.
    """
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"There is no server {host} ({_reason(error)}). Check the address.", again=True) from error
    inside = [address for address in found if not is_public(address)]
    if inside and host not in private:
        raise FetchError(
            f"{host} is at {inside[0]}, which is no address of the public internet. "
            f"If it is yours to read, add it to `private`: {host!r}."
        )
    return found


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, and so is the one that it stands for."""
    try:
        found = ip_address(address)
    except ValueError:
        return False  # with the zone of a link
    return all(one.is_global and not one.is_multicast for one in (found, *_inner(found)))


def _inner(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Return the addresses that stand inside of another one."""
    if isinstance(address, IPv4Address):
        return []
    carried = [IPv4Address(int(address) & 0xFFFFFFFF)] if any(address in network for network in _CARRIERS) else []
    named = (address.ipv4_mapped, address.sixtofour, *(address.teredo or ()))
    return carried + [one for one in named if one is not None]


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
