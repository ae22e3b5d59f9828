"""Which events of a document are one happening."""

import pytest

from byline.coding.incidents import Happening, find_incidents, traits_of
from byline.records import Actor, Event, Interval, Mention, PlacePrecision, Status, Toponym


def happening(
    number: int,
    *,
    type: str = "ASSAULT",
    status: Status = "actual",
    actors: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    place: int | None = None,
    day: str | None = None,
    lemma: str = "attack",
    definite: bool = False,
    cause: str | None = None,
    new: bool = False,
) -> Happening:
    event = Event(
        id=f"e{number}",
        type=type,
        trigger=Mention(span=(0, 1), text="x"),
        status=status,
        actors=tuple(Mention(span=(0, 1), text=a, actor=a) for a in actors),
        recipients=tuple(Mention(span=(0, 1), text=r, actor=r) for r in recipients),
        toponyms=() if place is None else (place,),
        time=Interval(start=day, end=day, basis="timex") if day else None,
        counts=(),
        attributions=(),
        evidence=(0, 1),
        confidence=0.5,
    )
    return Happening(event, lemma, definite, cause, new)


def toponym(
    name: str, latitude: float = 0.0, *, precision: PlacePrecision = "place", within: str | None = None
) -> Toponym:
    return Toponym(
        span=(0, 1),
        text=name,
        name=name,
        latitude=latitude,
        longitude=0.0,
        geonames_id=1,
        country="PRT",
        precision=precision,
        within=within,
    )


ACTORS = [
    Actor(id=f"a{n}", name=f"Group {n}", mentions=((0, 1),), country=None, sector=None, kind="organisation")
    for n in (1, 2)
]
PLACES = [toponym("Moura"), toponym("Serpa", latitude=1.0)]


def groups(*happenings: Happening) -> list[tuple[str, ...]]:
    return [i.events for i in find_incidents(traits_of(list(happenings), PLACES, ACTORS))]


def test_a_definite_noun_takes_an_earlier_event_up() -> None:
    assert groups(happening(1), happening(2, definite=True)) == [("e1", "e2")]


def test_two_indefinite_attacks_are_two() -> None:
    assert groups(happening(1, new=True), happening(2, new=True)) == [("e1",), ("e2",)]


def test_a_shared_victim_makes_one() -> None:
    assert groups(happening(1, recipients=("a1",)), happening(2, recipients=("a1",), lemma="bomb")) == [("e1", "e2")]


def test_other_actors_part_two_events() -> None:
    first, second = happening(1, actors=("a1",)), happening(2, actors=("a2",), definite=True)
    assert groups(first, second) == [("e1",), ("e2",)]


def test_other_places_part_two_events() -> None:
    assert groups(happening(1, place=0), happening(2, place=1, definite=True)) == [("e1",), ("e2",)]


def test_other_days_part_two_events() -> None:
    first, second = happening(1, day="2011-05-01"), happening(2, day="2011-05-02", definite=True)
    assert groups(first, second) == [("e1",), ("e2",)]


def test_a_feared_attack_is_not_the_one_that_took_place() -> None:
    assert groups(happening(1), happening(2, status="feared", definite=True)) == [("e1",), ("e2",)]


def test_an_event_and_what_it_caused_are_one_whatever_their_types() -> None:
    assert groups(happening(1), happening(2, type="COERCE", cause="e1")) == [("e1", "e2")]


def test_a_definite_noun_may_have_other_words() -> None:
    assert groups(happening(1, lemma="shell"), happening(2, lemma="bombardment", definite=True)) == [("e1", "e2")]


@pytest.mark.parametrize(
    ("place", "together"),
    [
        (toponym("Dorn County", latitude=0.5, precision="district"), True),
        (toponym("Dorn County", latitude=1.0, precision="district"), False),
        (toponym("Dorn Heights", latitude=0.5, precision="district", within="Serpa"), False),
        (toponym("Dorn", latitude=0.5), False),
    ],
)
def test_a_town_of_a_county_is_not_elsewhere(place: Toponym, *, together: bool) -> None:
    happenings = [happening(1, place=0), happening(2, place=1)]
    found = find_incidents(traits_of(happenings, [toponym("Moura"), place], ACTORS))
    assert (len(found) == 1) == together


def test_two_counties_are_two_places() -> None:
    counties = [
        toponym("Dorn County", precision="district"),
        toponym("Marl County", latitude=0.5, precision="district"),
    ]
    happenings = [happening(1, place=0), happening(2, place=1)]
    assert len(find_incidents(traits_of(happenings, counties, ACTORS))) == 2
