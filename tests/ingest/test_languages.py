import tomllib
from pathlib import Path

import msgspec
import pytest

from byline.errors import DocumentError
from byline.ingest.languages import guess, with_language
from byline.ingest.text import from_text

CASES = tomllib.loads(Path(__file__).parents[1].joinpath("cases", "languages.toml").read_text("utf-8"))
ENGLISH = "Police arrested four people in the port town yesterday after hundreds of workers had blocked the bridge."
DUTCH = CASES["foreign"]["nl"]


@pytest.mark.parametrize("code", CASES["foreign"])
def test_a_language_is_known(code: str) -> None:
    found = guess(CASES["foreign"][code])
    assert found
    assert (found.code, found.is_sure, found.excludes(("en",))) == (code, True, True)


@pytest.mark.parametrize("label", CASES["kept"])
def test_what_may_be_english_is_kept(label: str) -> None:
    document = from_text(CASES["kept"][label])
    assert with_language(document, ("en",)).text == document.text


def test_what_is_in_another_language_is_set_aside_with_the_reason() -> None:
    with pytest.raises(DocumentError) as error:
        with_language(from_text(DUTCH), ("en", "cy"))
    assert error.value.kind == "language"
    assert str(error.value) == (
        "The text is in Dutch (nl), probability 0.99. "
        "Byline reads English, Welsh here; `--language nl` reads it all the same."
    )


@pytest.mark.parametrize("languages", [(), ("nl",), ("en", "nl")])
def test_what_is_asked_for_is_kept(languages: tuple[str, ...]) -> None:
    assert with_language(from_text(DUTCH), languages).language == "nl"


def test_english_is_set_aside_where_it_is_not_asked_for() -> None:
    with pytest.raises(DocumentError, match=r"English \(en\)"):
        with_language(from_text(ENGLISH), ("nl",))


def test_a_text_with_a_good_part_in_english_is_kept() -> None:
    foreign = [CASES["foreign"][code] for code in ("nl", "de", "fr", "es", "it")]
    assert with_language(from_text("\n\n".join([*foreign, ENGLISH * 5])), ("en",)).body
    with pytest.raises(DocumentError):
        with_language(from_text("\n\n".join([*foreign, ENGLISH])), ("en",))


def test_the_words_win_over_what_the_markup_says() -> None:
    document = msgspec.structs.replace(from_text(ENGLISH), language="nl")
    assert with_language(document, ("en",)).language == "en"


@pytest.mark.parametrize(("hint", "language"), [("en-GB", "en"), ("nl", "nl"), ("klingon", None), (None, None)])
def test_a_hint_counts_where_the_words_are_too_few(hint: str | None, language: str | None) -> None:
    document = msgspec.structs.replace(from_text("Four held."), language=hint)
    assert with_language(document, ("en",)).language == language


def test_only_the_body_tells_the_language() -> None:
    document = from_text(f"{DUTCH}\n\n{ENGLISH}")
    assert with_language(msgspec.structs.replace(document, body=document.body[1:]), ("en",)).language == "en"


def test_a_text_of_any_length_costs_the_same() -> None:
    assert guess(ENGLISH * 10_000) == guess(ENGLISH * 20)
