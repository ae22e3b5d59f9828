"""Settings come from a file and options, and what is wrong with them is said in one sentence."""

import re
import tomllib
from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.knowledge import load
from byline.opinions.settings import Settings, read_settings

PAGE = (Path(__file__).parents[2] / "docs" / "second-opinion.md").read_text("utf-8")
FILE = """
endpoint = "https://api.example.org/v1/"
model = "large"
key = "MY_KEY"
answers = "object"
limit = "max_completion_tokens"
price_in = 2.5
price_out = 10
request = { reasoning_effort = "low" }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "opinion.toml"
    found.write_text(FILE, "utf-8")
    return found


def of(endpoint: str, **more: str) -> Settings:
    return read_settings(None, endpoint=endpoint, model="m", **more)


def test_the_file_of_the_docs_has_all_settings_and_their_usual_values(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "opinion.toml"
    path.write_text(example, "utf-8")
    told, usual = read_settings(path), Settings(endpoint="", model="")
    assert set(tomllib.loads(example)) == set(Settings.__struct_fields__)
    same = {"answers", "timeout", "at_once", "attempts", "max_tokens", "limit", "currency", "request"}
    assert {name for name in same if getattr(told, name) != getattr(usual, name)} == set()


def test_the_docs_have_the_limits_of_the_program() -> None:
    limits = load("second_opinion.toml")["limits"]
    assert f"up to {limits['before']} characters of its paragraph before it and {limits['after']} after it" in PAGE
    assert f"{limits['largest'] // 1_000_000} megabyte" in PAGE.replace("a megabyte", "1 megabyte")
    assert f"after\n{['', '', '', '', '', 'five'][limits['in_a_row']]} questions in a row" in PAGE


def test_options_take_the_place_of_what_the_file_says(path: Path) -> None:
    found = read_settings(path, model="small", endpoint=None)
    assert (found.model, found.address) == ("small", "https://api.example.org/v1/chat/completions")
    assert found.request == {"reasoning_effort": "low"}


def test_the_whole_address_is_as_good_as_its_beginning() -> None:
    assert of("http://localhost:8000/v1/chat/completions").address == "http://localhost:8000/v1/chat/completions"


def test_tokens_have_a_price_if_it_is_given(path: Path) -> None:
    assert read_settings(path).cost(2_000_000, 100_000) == pytest.approx(6.0)
    assert of("http://localhost/v1").cost(1, 1) is None


@pytest.mark.parametrize("address", ["http://localhost:11434/v1", "http://127.0.0.1/v1", "http://[::1]:8000/v1"])
def test_an_endpoint_on_this_machine_is_known(address: str) -> None:
    assert of(address).is_local


@pytest.mark.parametrize(
    "address", ["https://api.example.org", "http://192.168.0.7/v1", "http://localhost.example.org"]
)
def test_any_other_is_not_on_this_machine(address: str) -> None:
    assert not of(address).is_local


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ('model = "large"', "Say which endpoint"),
        ("endpoint = 'ftp://example.org'\nmodel = 'm'", "give an address such as"),
        ("endpoint = 'https://example.org/v1?key=1'\nmodel = 'm'", "give an address such as"),
        ("endpoint = 'https://me:pw@example.org/v1'\nmodel = 'm'", "endpoint holds a password"),
        (FILE + "timeout = 0", "timeout"),
        (FILE + "at_once = 1000", "at_once"),
        (FILE + "colour = 'red'", "colour"),
        (FILE + "answers_ = ", "not valid TOML"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_what_is_wrong(tmp_path: Path, changed: str, message: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(changed, "utf-8")
    with pytest.raises(ConfigurationError, match=rf"wrong\.toml: .*{message}"):
        read_settings(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml cannot be read"):
        read_settings(tmp_path / "none.toml")


def test_the_key_is_what_its_variable_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", " secret\n")
    assert of("https://api.example.org/v1", key="MY_KEY").secret() == "secret"
    assert of("http://127.0.0.1/v1", key="MY_KEY").secret() == "secret"
    assert of("https://api.example.org/v1").secret() is None


@pytest.mark.parametrize("value", ["", "  ", "two\nlines", "schlüssel"])
def test_a_variable_without_a_key_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MY_KEY", value)
    with pytest.raises(ConfigurationError, match="The variable MY_KEY holds no key"):
        of("https://api.example.org/v1", key="MY_KEY").secret()


def test_a_key_does_not_go_over_a_network_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "secret")
    with pytest.raises(ConfigurationError, match="everybody on the way could read the key") as raised:
        of("http://api.example.org/v1", key="MY_KEY").secret()
    assert "secret" not in str(raised.value)
