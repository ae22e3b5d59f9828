"""A digest as plain text, as a page and as a mail with both: self-contained, escaped, read without pictures."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, Template

from byline.digest.items import Digest
from byline.digest.wording import rest, sections, span, subject


class Letter(NamedTuple):
    """What stands on a mail beside its digest; `key` is the same for the same digest and no other."""

    sender: str
    recipients: tuple[str, ...]
    key: str
    date: datetime


def text(digest: Digest) -> str:
    """Return a digest as plain text."""
    return _filled(_template("text.txt.jinja", is_markup=False), digest)


def page(digest: Digest) -> str:
    """Return a digest as a page of HTML."""
    return _filled(_template("page.html.jinja", is_markup=True), digest)


def mail(digest: Digest, letter: Letter) -> EmailMessage:
    """Return a digest as a mail, in HTML and as text: the same for the same digest and letter, byte for byte."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = letter.sender, ", ".join(letter.recipients)
    message["Subject"] = f"Byline: {subject(digest)}"
    message["Date"] = letter.date
    own = blake2b(letter.key.encode(), digest_size=16).hexdigest()
    message["Message-ID"] = f"<{own}@{letter.sender.rpartition('@')[2].strip('> ')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text(digest), cte="quoted-printable")
    message.add_alternative(page(digest), subtype="html", cte="quoted-printable")
    message.set_boundary(f"={own}=")
    return message


def _filled(template: Template, digest: Digest) -> str:
    return template.render(subject=subject(digest), span=span(digest), sections=sections(digest), rest=rest(digest))


@cache
def _template(name: str, *, is_markup: bool) -> Template:
    made = Environment(autoescape=is_markup, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # noqa: S701 -- text is not markup
    return made.from_string(files(__package__).joinpath(name).read_text("utf-8"))
