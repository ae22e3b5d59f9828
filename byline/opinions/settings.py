"""Which endpoint is asked, and how: a TOML file, or options of the command line, or both."""

import os
import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from byline.errors import ConfigurationError

_Price = Annotated[float, msgspec.Meta(ge=0)]
_Number = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An endpoint that speaks the chat-completions protocol of OpenAI, and how it is asked.

    `endpoint` is what comes before /chat/completions. `key` names the variable of the environment that holds the key,
    if there is one. `answers`: "schema" sends the form of the answer for the server to enforce, "object" asks for any
    JSON object, for servers that know no schema. `timeout`: seconds for an attempt, all of it. `at_once`: questions
    that are open at a time. `max_tokens`: of an answer, sent as `limit`. `price_in` and `price_out`: of a million
    tokens, in `currency`. `request` goes into each request beside Byline's own fields, in place of "temperature = 0".
    """

    endpoint: str
    model: str
    key: str | None = None
    answers: Literal["schema", "object"] = "schema"
    timeout: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60.0
    at_once: Annotated[int, msgspec.Meta(ge=1, le=64)] = 4
    attempts: Annotated[int, msgspec.Meta(ge=1, le=10)] = 4
    max_tokens: _Number = 1_000
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    price_in: _Price | None = None
    price_out: _Price | None = None
    currency: str = "USD"
    request: dict[str, Any] = msgspec.field(default_factory=lambda: {"temperature": 0})

    @property
    def address(self) -> str:
        """Where questions are sent to."""
        return self.endpoint.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"

    @property
    def host(self) -> str:
        """The host, with its port where one is given."""
        return urlsplit(self.endpoint).netloc

    @property
    def is_local(self) -> bool:
        """Whether what is sent stays on this machine."""
        name = urlsplit(self.endpoint).hostname or ""
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"

    @property
    def is_encrypted(self) -> bool:
        return urlsplit(self.endpoint).scheme == "https"

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """Return what tokens cost, in `currency`; None if their prices are not known."""
        if self.price_in is None or self.price_out is None:
            return None
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000

    def secret(self) -> str | None:
        """Return the key; ConfigurationError if its variable is not set, or it would go over a network as it is."""
        if self.key is None:
            return None
        found = os.environ.get(self.key, "").strip()
        if not found or not (found.isascii() and found.isprintable()):
            raise ConfigurationError(f"The variable {self.key} holds no key. Set it, and give the same command again.")
        if not (self.is_encrypted or self.is_local):
            raise ConfigurationError(
                f"{self.endpoint} is not encrypted: everybody on the way could read the key. Use https, or no key."
            )
        return found


def read_settings(path: Path | None, **given: str | float | None) -> Settings:
    """Return the settings of a file, or what is given in place of them; ConfigurationError if one is wrong."""
    where = f"{path}: " if path else ""
    told = (_tables(path) if path else {}) | {name: value for name, value in given.items() if value is not None}
    missing = [name for name in ("endpoint", "model") if name not in told]
    if missing:
        raise ConfigurationError(f"{where}Say which {missing[0]}: --{missing[0]}, or in a file with --config.")
    try:
        settings = msgspec.convert(told, Settings)
        _check(settings)
    except (msgspec.ValidationError, ValueError) as error:
        raise ConfigurationError(f"{where}{error}. See docs/second-opinion.md.") from error
    return settings


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror}). Name another file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}.") from error


def _check(settings: Settings) -> None:
    """Raise ValueError if the endpoint is no address of one."""
    parts = urlsplit(settings.endpoint)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"endpoint is {settings.endpoint[:80]!r}: give an address such as https://api.example.org/v1")
    if parts.username or parts.password:
        raise ValueError("endpoint holds a password: give the name of a variable that holds it, with key")
