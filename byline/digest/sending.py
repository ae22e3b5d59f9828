"""A mail on its way: to one server, encrypted where it asks for a password, and what became of it."""

import smtplib
import ssl
import tomllib
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from byline import knowledge
from byline.errors import ConfigurationError, DeliveryError

_SECONDS: float = knowledge.load("digest.toml")["seconds"]
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
# The server has said no: the mail is not sent.
_REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"sender": "from"}):
    """Who sends digests to whom, by which server.

    The password is in a variable of the environment or the first line of a file, never here.
    """

    sender: str
    to: tuple[str, ...]
    server: str
    port: Port | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_env: str | None = None
    password_file: str | None = None


def read_mail(path: Path) -> Mail:
    """Return what a file says of sending; its paths are from its folder. ConfigurationError says what does not hold."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Mail)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror}). Name the file about the mail.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ConfigurationError(f"{path}: {error}. docs/watch.md has all that can be set.") from error
    for address in (found.sender, *found.to):
        if "@" not in parseaddr(address)[1] or not address.isprintable():
            raise ConfigurationError(f"{path}: {address!r} is no mail address. Write Byline <byline@example.org>.")
    if not found.to:
        raise ConfigurationError(f"{path}: `to` names nobody. Write one address or more.")
    if found.user and not (found.password_env or found.password_file):
        raise ConfigurationError(
            f"{path}: no password for {found.user}. Say where it is: password_env or password_file."
        )
    if found.user and found.security == "none" and not _is_here(found.server):
        raise ConfigurationError(f"{path}: the password would go to {found.server} in the clear. Use starttls or tls.")
    file = str(path.parent / found.password_file) if found.password_file else None
    return msgspec.structs.replace(found, password_file=file)


def send(message: EmailMessage, mail: Mail, password: str | None = None) -> list[str]:
    """Send a mail, and return the recipients whom the server refused while it took others.

    DeliveryError if it was not sent, or nobody knows.
    """
    server = _connected(mail, password)
    try:
        return _handed_over(server, message, mail)
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what was sent is sent
            server.quit()


def _connected(mail: Mail, password: str | None) -> smtplib.SMTP:
    """Return a connection that is ready to send; DeliveryError if there is none."""
    port = mail.port or _PORTS[mail.security]
    try:
        if mail.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.server, port, timeout=_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(mail.server, port, timeout=_SECONDS)
        if mail.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if mail.user:
            server.login(mail.user, password or "")
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise DeliveryError(f"{mail.server}:{port} cannot be used ({_line(error)}). Nothing was sent.") from error
    return server


def _handed_over(server: smtplib.SMTP, message: EmailMessage, mail: Mail) -> list[str]:
    try:
        return sorted(server.send_message(message))
    except _REFUSALS as error:
        raise DeliveryError(f"{mail.server} refuses the mail ({_line(error)}). Nothing was sent.") from error
    except (OSError, smtplib.SMTPException) as error:
        why = f"The connection to {mail.server} ended while the mail was sent ({_line(error)})."
        raise DeliveryError(f"{why} Nobody knows whether it has arrived.", unknown=True) from error


def _is_here(server: str) -> bool:
    try:
        return ip_address(server).is_loopback
    except ValueError:
        return server == "localhost"


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
