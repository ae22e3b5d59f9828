"""What a coded document is made of, by its ids."""

import msgspec
import pytest

from byline.lookup import Index, link_of, outlet_of
from byline.records import Attribution, Mention
from tests.helpers import document
from tests.run.poison import coded


@pytest.mark.parametrize(
    ("publication", "url", "outlet"),
    [
        ("The Marlow Times", "https://gazette.example/1", "The Marlow Times"),
        (None, "https://www.Gazette.example:8080/world/1?page=2", "gazette.example"),
        (None, "https://gazette.example", "gazette.example"),
        (None, "gazette.example/1", None),
        (None, "https://[gazette", None),
        (None, "mailto:desk@gazette.example", None),
        (None, None, None),
    ],
)
def test_an_outlet_without_a_name_is_the_host_of_its_address(
    publication: str | None, url: str | None, outlet: str | None
) -> None:
    assert outlet_of(msgspec.structs.replace(document("Rain."), publication=publication, url=url)) == outlet


@pytest.mark.parametrize(
    "url",
    [
        "http://gazette.example",
        "HTTPS://Gazette.example/1",
        "https://gazette.example:8080/a/b;c?page=2&x=[1]#part",
        "https://gazette.example/l'avenir_(2)*",
        "https://gazette.example/münchen/площадь/東京",
        "https://gazette.example/a%20b%22",
        "https://[2001:db8::1]/a",
        "https://gazette.example/" + "x" * 2_000,
    ],
)
def test_an_address_of_the_web_is_a_link(url: str) -> None:
    assert link_of(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "gazette.example/1",
        "//gazette.example/1",
        "javascript:alert(1)//http://gazette.example",
        "data:text/html,x",
        "file:///a",
        "ftp://gazette.example/1",
        "https:gazette.example",
        "https:///1",
        "https://:80/1",
        "https://[gazette",
        " https://gazette.example",
        "https://gazette.example/a b",
        "https://gazette.example/a\nb",
        "https://gazette.example/a\tb",
        "https://gazette.example/\x00",
        "https://gazette.example/\x7f",
        "https://gazette.example/\u00a0",
        "https://gazette.example/\u2028",
        "https://gazette.example/\u202egpj.exe",
        "https://gazette.example/\ud800",
        *(f"https://gazette.example/{sign}" for sign in '"<>\\^`{|}'),
        "https://gazette.example/" + "x" * 2_048,
    ],
)
def test_what_is_no_address_of_the_web_or_could_steer_a_page_is_none(url: str | None) -> None:
    assert link_of(url) is None


def test_who_says_it_twice_is_one_voice() -> None:
    police = Mention(span=(0, 6), text="Police")
    said = tuple(
        Attribution(id=id_, source=police, cue=None, content=(), quoted="indirect", rule="made up")
        for id_ in ("s1", "s2")
    )
    plain = coded(document("Police fled."))
    event = msgspec.structs.replace(plain.events[0], attributions=("s1", "s2"))
    assert Index(msgspec.structs.replace(plain, events=(event,), attributions=said)).voices(event) == ["Police"]
