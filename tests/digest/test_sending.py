"""A mail on its way to a real server."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from byline.digest.sending import Mail, read_mail, send
from byline.errors import ConfigurationError, DeliveryError
from tests.digest.mail_server import AUTHORITY, HERE, Box, mail_server
from tests.watch.servers import closed_port

LEAST = "from = 'Byline <byline@example.org>'\nto = ['desk@example.org']\nserver = 'mail.example.org'\n"
SAMPLE = Path(__file__).parents[2] / "docs" / "mail.toml"


def message(*to: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "byline@example.org", ", ".join(to or ("desk@example.org",)), "News"
    made.set_content("Words.\n")
    return made


def plain(box: Box, **more: str) -> Mail:
    to = ("desk@example.org",)
    return Mail(sender="byline@example.org", to=to, server=HERE, port=box.port, security="none", **more)


def test_a_mail_arrives() -> None:
    with mail_server() as box:
        assert send(message(), plain(box)) == []
    assert [one["Subject"] for one in box.taken] == ["News"]


def test_a_password_goes_through_an_encrypted_connection(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with mail_server(encrypted=True) as box:
        mail = Mail(
            sender="byline@example.org", to=("desk@example.org",), server=HERE, port=box.port, user="desk",
            password_env="X",  # noqa: S106 -- the name of a variable
        )  # fmt: skip
        assert send(message(), mail, "correct horse") == []
        with pytest.raises(DeliveryError, match="cannot be used") as caught:
            send(message(), mail, "wrong")
        assert not caught.value.unknown
    assert len(box.taken) == 1
    assert "wrong" not in str(caught.value)


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing() -> None:
    with mail_server(encrypted=True) as box:
        mail = Mail(sender="byline@example.org", to=("desk@example.org",), server=HERE, port=box.port)
        with pytest.raises(DeliveryError, match="certificate"):
            send(message(), mail)
    assert (box.taken, box.logins) == ([], [])


def test_a_server_without_encryption_is_not_sent_to_where_it_is_asked_for() -> None:
    with mail_server() as box:
        mail = Mail(sender="byline@example.org", to=("desk@example.org",), server=HERE, port=box.port)
        with pytest.raises(DeliveryError, match="STARTTLS"):
            send(message(), mail)
    assert box.taken == []


@pytest.mark.parametrize("answers", [{"data": "554 no"}, {"data": "451 later"}, {"desk@example.org": "550 nobody"}])
def test_a_mail_that_is_refused_was_surely_not_sent(answers: dict[str, str | None]) -> None:
    with mail_server() as box:
        box.answers = answers
        with pytest.raises(DeliveryError, match="refuses the mail") as caught:
            send(message(), plain(box))
    assert not caught.value.unknown


def test_of_one_whose_server_hung_up_nobody_knows() -> None:
    with mail_server() as box:
        box.answers = {"data": None}
        with pytest.raises(DeliveryError, match="Nobody knows") as caught:
            send(message(), plain(box))
    assert caught.value.unknown


def test_recipients_who_are_refused_are_told_and_the_others_get_it() -> None:
    with mail_server() as box:
        box.answers = {"gone@example.org": "550 nobody"}
        assert send(message("desk@example.org", "gone@example.org"), plain(box)) == ["gone@example.org"]
    assert len(box.taken) == 1


def test_a_server_that_is_not_there_was_surely_not_sent_to() -> None:
    with closed_port() as port, pytest.raises(DeliveryError, match="Nothing was sent") as caught:
        send(message(), Mail(sender="b@example.org", to=("desk@example.org",), server=HERE, port=port, security="none"))
    assert not caught.value.unknown


def test_the_sample_holds(tmp_path: Path) -> None:
    path = tmp_path / "mail.toml"
    path.write_text(SAMPLE.read_text("utf-8"), "utf-8")
    found = read_mail(path)
    assert (found.security, found.user, found.password_env) == ("starttls", "byline", "BYLINE_MAIL_PASSWORD")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from = ", "mail.toml"),
        (LEAST.replace("from", "form"), "unknown field `form`"),
        (LEAST.replace("desk@example.org", "desk"), "no mail address"),
        (LEAST.replace("'desk@example.org'", ""), "names nobody"),
        (LEAST.replace("desk@example.org", "desk@example.org\\u000aBcc: a@b.org").replace("'", '"'), "no mail address"),
        (LEAST + "security = 'maybe'\n", "maybe"),
        (LEAST + "password = 'secret'\n", "unknown field `password`"),
        (LEAST + "user = 'me'\n", "no password for me"),
        (LEAST + "user = 'me'\npassword_env = 'X'\nsecurity = 'none'\n", "in the clear"),
        (LEAST + "port = 99999\n", "port"),
    ],
)
def test_what_does_not_hold_is_said(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "mail.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_mail(path)
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
