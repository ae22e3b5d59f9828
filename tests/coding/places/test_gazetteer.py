"""The gazetteer: names, spellings, kinds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline import knowledge
from byline.coding.places.gazetteer import Gazetteer, Place, write
from byline.coding.places.spelling import fold, plain
from byline.errors import ConfigurationError

GAZETTEER = Gazetteer.load()


def best(name: str) -> tuple[str | None, str] | None:
    found = GAZETTEER.find(name)
    return (found[0].place.country, found[0].place.kind) if found else None


@pytest.mark.parametrize(
    ("written", "main"),
    [
        ("Qamishli", "Al Qāmishlī"),
        ("Hudaydah", "Al Ḩudaydah"),
        ("Hasaka", "Al Ḩasakah"),
        ("Misrata", "Misratah"),
        ("Kiev", "Kyiv"),
        ("Tartous", "Ţarţūs"),
        ("al-Mukalla", "Mukalla"),
        ("Saint Louis", "St. Louis"),
        ("St Louis", "St. Louis"),
        ("Khan Younis", "Khān Yūnis"),
        ("São Paulo", "São Paulo"),
        ("Sao Paulo", "São Paulo"),
        ("Cologne", "Köln"),
    ],
)
def test_spellings_of_one_name_find_the_place(written: str, main: str) -> None:
    assert main in {c.place.name for c in GAZETTEER.find(written)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Iraq", ("IRQ", "country")),
        ("U.S.", ("USA", "country")),
        ("Soviet Union", ("SUN", "country")),
        ("Gaza Strip", ("PSE", "region")),
        ("Sahel", (None, "region")),
        ("Helmand", ("AFG", "province")),
        ("Illinois", ("USA", "province")),
        ("Harris County", ("USA", "district")),
        ("Nairobi", ("KEN", "place")),
        ("Kuwait", ("KWT", "country")),
        ("Hedmark", ("NOR", "region")),
        ("Puget Sound", ("USA", "region")),
    ],
)
def test_names_have_their_kind(name: str, expected: tuple[str | None, str]) -> None:
    assert best(name) == expected or expected in {(c.place.country, c.place.kind) for c in GAZETTEER.find(name)}


@pytest.mark.parametrize("name", ["", "   ", "-", "xqzzkv", "Qzxv", "us", "a" * 100_000, "\t\n", "\x00", "🙂"])
def test_what_is_no_name_finds_no_country(name: str) -> None:
    assert not any(c.place.kind == "country" for c in GAZETTEER.find(name))


def test_a_country_has_a_representative_point_and_its_number() -> None:
    (country,) = [c.place for c in GAZETTEER.find("Kenya") if c.place.kind == "country"]
    assert (country.latitude, country.longitude, country.geonames_id) == (1.0, 38.0, 192950)


def test_every_country_has_a_point_on_the_globe() -> None:
    points = knowledge.load("places/country_points.toml")["countries"]
    assert set(points) == set(knowledge.load("countries.toml")["countries"])
    assert all(abs(p["at"][0]) <= 90 and abs(p["at"][1]) <= 180 for p in points.values())


def test_other_spellings_count_only_where_no_place_has_the_name() -> None:
    assert {c.match for c in GAZETTEER.find("Qamishli")} == {"variant"}
    assert "variant" not in {c.match for c in GAZETTEER.find("London")}


def test_a_city_has_its_name_with_or_without_city_unless_a_country_has_it() -> None:
    assert {c.match for c in GAZETTEER.find("New York") if c.place.name == "New York City"} == {"name"}
    assert "name" not in {c.match for c in GAZETTEER.find("Mexico") if c.place.name == "Mexico City"}


def test_short_names_have_no_other_spellings() -> None:
    assert not any(c.match == "variant" for c in GAZETTEER.find("Lima"))


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [("California", 37.2, -119.5), ("Queensland", -21, 145), ("British Columbia", 54, -124), ("Ontario", 49, -85)],
)
def test_a_province_lies_in_its_middle_not_where_people_crowd(name: str, latitude: float, longitude: float) -> None:
    province = next(c.place for c in GAZETTEER.find(name) if c.place.kind == "province")
    assert province.latitude == pytest.approx(latitude, abs=1.5)
    assert province.longitude == pytest.approx(longitude, abs=1.5)


def test_a_place_knows_its_province() -> None:
    springfields = {GAZETTEER.province_of(c.place) for c in GAZETTEER.find("Springfield")}
    assert {"Illinois", "Massachusetts"} <= springfields


def test_loading_is_fast() -> None:
    data = write([], {})
    start = time.process_time()
    Gazetteer(data)
    assert time.process_time() - start < 1


def test_a_damaged_file_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match=r"The gazetteer file is damaged: .* Build it anew\."):
        Gazetteer(b"\x00\x01nothing\n")


def test_writing_gives_the_same_bytes_in_any_order() -> None:
    places = [(_place(f"Town {n}", n), [f"Town {n}", f"Stadt {n}"]) for n in range(300)]
    assert write(places, {}) == write(places[::-1], {})


def test_all_places_of_one_name_are_found_over_many_blocks() -> None:
    data = write([(_place("Springfield", n), ["Springfield"]) for n in range(1000)], {})
    assert len(Gazetteer(data).find("Springfield")) == 1000


def _place(name: str, number: int) -> Place:
    return Place(name, "place", "USA", "US.IL", number, 40.0, -90.0, number + 1)


def test_each_country_has_its_own_codes_and_names() -> None:
    countries = knowledge.load("countries.toml")["countries"]
    names = [name for c in countries.values() for name in (*c["names"], *c["demonyms"])]
    assert all(len(code) == 3 and len(c["alpha2"]) == 2 and c["names"] for code, c in countries.items())
    assert len(names) == len(set(names))


def test_every_region_lies_on_the_globe() -> None:
    countries = knowledge.load("countries.toml")["countries"]
    for region in knowledge.load("places/regions.toml")["regions"]:
        latitude, longitude = region["at"]
        assert abs(latitude) <= 90
        assert abs(longitude) <= 180
        assert region.get("country", "IRQ") in countries


@given(st.text(max_size=120))
def test_plain_and_folded_names_are_stable(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    assert "\t" not in fold(name)
    assert "\n" not in fold(name)


@given(st.text(max_size=60))
def test_any_words_can_be_looked_up(name: str) -> None:
    for candidate in GAZETTEER.find(name):
        assert candidate.match in {"name", "alternate", "variant"}
