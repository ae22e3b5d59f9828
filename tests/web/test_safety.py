"""Who may ask for what, and what stands on every answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException

from byline.web.safety import MOST_BYTES
from byline.web.signing_in import Passwords
from tests.web.server import Client, served

PASSWORD = "a long password"  # noqa: S105


@pytest.fixture(scope="module")
def guarded(archive: Path) -> Iterator[str]:
    with served(archive, password=PASSWORD) as address:
        yield address


def test_every_answer_forbids_what_comes_from_elsewhere(client: Client) -> None:
    for path in ("/documents/1", "/documents/1.json", "/nothing", "/static/byline.css"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_name_that_is_not_the_servers_is_refused(client: Client) -> None:
    assert client.get("/documents/1", Host="elsewhere.example").status == 400


def test_without_a_password_all_may_look(client: Client) -> None:
    assert client.get("/documents/1").status == 200


def test_with_a_password_a_browser_is_sent_to_sign_in(guarded: str) -> None:
    answer = Client(guarded).get("/documents/1")
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in")


def test_with_a_password_a_program_is_told_so(guarded: str) -> None:
    answer = Client(guarded).get("/documents/1.json", Accept="application/json")
    assert answer.status == 401
    assert answer.json()["error"]["status"] == 401


def test_the_password_opens(guarded: str) -> None:
    client = Client(guarded)
    answer = client.post("/sign-in", {"token": client.token(), "password": PASSWORD})
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert client.get("/documents/1").status == 200


def test_a_wrong_password_does_not(guarded: str) -> None:
    client = Client(guarded)
    answer = client.post("/sign-in", {"token": client.token(), "password": "another"})
    assert answer.status == 403
    assert "not the password" in answer.text
    assert client.get("/documents/1").status == 303


def test_a_form_of_another_session_is_refused(guarded: str) -> None:
    answer = Client(guarded).post("/sign-in", {"token": Client(guarded).token(), "password": PASSWORD})
    assert answer.status == 403
    assert "another session" in answer.text


def test_the_cookie_stays_on_this_site(guarded: str) -> None:
    cookie = Client(guarded).get("/sign-in").headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie


def test_many_wrong_passwords_close_the_door_for_a_while(archive: Path) -> None:
    with served(archive, password=PASSWORD) as address:
        client = Client(address)
        token = client.token()
        tries = [client.post("/sign-in", {"token": token, "password": str(n)}).status for n in range(11)]
        assert tries == [403] * 10 + [429]
        assert client.post("/sign-in", {"token": token, "password": PASSWORD}).status == 429


def test_tries_at_the_same_time_are_counted_before_they_are_looked_at() -> None:
    passwords = Passwords(PASSWORD)
    with ThreadPoolExecutor(30) as many:
        refused = list(many.map(lambda n: is_refused(passwords, str(n)), range(30)))
    assert refused.count(True) == 20


def test_processes_that_share_a_socket_count_together() -> None:
    passwords = Passwords(PASSWORD)
    for _ in range(2):
        other = get_context("fork").Process(target=lambda: [passwords.holds("wrong") for _ in range(5)])
        other.start()
        other.join()
        assert other.exitcode == 0
    assert is_refused(passwords, PASSWORD)


def test_the_right_password_is_no_wrong_one() -> None:
    passwords = Passwords(PASSWORD)
    assert [passwords.holds(PASSWORD) for _ in range(11)] == [True] * 11


def is_refused(passwords: Passwords, password: str) -> bool:
    try:
        passwords.holds(password)
    except HTTPException as error:
        return error.status_code == 429
    return False


def test_too_much_at_once_is_refused(guarded: str) -> None:
    client = Client(guarded)
    answer = client.post("/sign-in", {"token": client.token(), "password": "x" * MOST_BYTES})
    assert answer.status == 413
