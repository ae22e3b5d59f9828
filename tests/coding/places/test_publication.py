"""Where a publication is at home."""

import pytest

from byline.coding.places.gazetteer import Gazetteer
from byline.coding.places.publication import country_of, home_of, is_told
from byline.records import Document

GAZETTEER = Gazetteer.load()


def document(publication: str | None, url: str | None = None) -> Document:
    return Document(id="d", source="-", text="", published=None, publication=publication, url=url)


@pytest.mark.parametrize(
    ("publication", "place"),
    [
        ("The Leeds Courier", "Leeds"),
        ("springfieldherald.example", "Springfield"),
        ("www.thetoledodailytimes.example", "Toledo"),
        ("news.santafeledger.example", "Santa Fe"),
        ("The Kenya Gazette", "Kenya"),
    ],
)
def test_the_name_of_a_publication_tells_its_home(publication: str, place: str) -> None:
    assert place in {c.place.name for c in home_of(document(publication), GAZETTEER)}


@pytest.mark.parametrize(
    "publication",
    [
        None,
        "",
        ".",
        "The Morning Star",
        "daily-echo.example",
        "www.post.example",
        "x" * 10_000,
        "qxyz." * 50_000 + "example",
        "News",
    ],
)
def test_a_name_without_a_place_tells_no_home(publication: str | None) -> None:
    assert home_of(document(publication), GAZETTEER) == ()


@pytest.mark.parametrize(
    ("publication", "before", "word", "told"),
    [
        ("Meridian Wire", "told", "Meridian", True),
        ("The Toledo Blade", "tells", "Toledo", True),
        ("Meridian Wire", "in", "Meridian", False),
        ("Meridian Wire", "told", "Boise", False),
        ("Meridiana", "told", "Meridian", False),
        (None, "told", "Meridian", False),
    ],
)
def test_an_outlet_that_is_told_something_is_no_town(
    publication: str | None, before: str, word: str, *, told: bool
) -> None:
    assert is_told(document(publication), before, word) is told


@pytest.mark.parametrize(
    ("publication", "url", "country"),
    [
        ("courier.co.uk", None, {"GBR": 2}),
        (None, "https://www.courier.ke/a/b.html", {"KEN": 2}),
        ("courier.com", None, {"USA": 1}),
        ("courier.example", "https://courier.example/1", {}),
        ("The Courier", None, {}),
        (None, None, {}),
    ],
)
def test_the_domain_speaks_for_a_country(publication: str | None, url: str | None, country: dict[str, int]) -> None:
    assert country_of(document(publication, url)) == country
