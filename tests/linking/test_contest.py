"""Where reports of one happening agree and where not, who says it, who denies whom."""

from itertools import permutations

import msgspec
import pytest

from byline.accounts import Contest
from byline.linking.contest import contest, is_contested
from byline.linking.reports import Report
from byline.linking.sources import corroborate
from byline.records import Interval, PlacePrecision
from tests.linking.made import POLICE, body, count, day, group, party, report, says, spot, telling

ARMY = party("an army spokesman", "MIL", "FRA", "person")
RELIEF = body("the Harbour Relief Committee", "NGO")
FRONT = body("the Marlow Front", "REB", "FRA")
WITNESSES = group("witnesses", "CVL", "FRA")
D3, D4, D5, D6 = (f"2021-05-0{n}" for n in (3, 4, 5, 6))


def field(reports: list[Report], name: str) -> Contest:
    return next(c for c in contest(reports) if c.field == name)


def marks(reports: list[Report]) -> dict[str, str | None]:
    return {v.text: v.mark for v in field(reports, "killed").values}


def kinds(found: Contest) -> set[tuple[str, str, str]]:
    names = {v.id: v.text for v in found.values}
    return {(names[r.one], r.kind, names[r.other]) for r in found.relations}


def by(source: object, killed: int | tuple[int, int | None], on: str | None, name: str, **more: object) -> Report:
    told = (telling(source),) if source else ()
    return report(name, f"Outlet {name}", *told, killed=killed, published=on, **more)  # type: ignore[arg-type]


# reports, and the marks of the tolls
RUNNING: list[tuple[list[Report], dict[str, str], bool]] = [
    ([by(POLICE, 5, D3, "a")], {"5": "latest"}, False),
    ([by(POLICE, 5, D3, "a"), by(POLICE, 12, D4, "b")], {"5": "running", "12": "latest"}, False),
    ([by(POLICE, 5, D3, "a"), by(RELIEF, 12, D4, "b")], {"5": "running", "12": "latest"}, False),
    ([by(POLICE, 12, D3, "a"), by(RELIEF, 30, D3, "b")], {"12": "contradictory", "30": "contradictory"}, True),
    ([by(POLICE, 12, D4, "a"), by(RELIEF, 30, D3, "b")], {"12": "contradictory", "30": "contradictory"}, True),
    ([by(POLICE, 5, D3, "a"), by(POLICE, 12, D3, "b")], {"5": "running", "12": "latest"}, False),
    ([by(POLICE, 12, D3, "a"), by(POLICE, 9, D4, "b")], {"12": "contradictory", "9": "contradictory"}, False),
    ([by(POLICE, 12, D3, "a"), by(POLICE, 9, D4, "b", corrections=True)], {"12": "running", "9": "latest"}, False),
    ([by(RELIEF, 12, D3, "a"), by(POLICE, 9, D4, "b", corrections=True)], {"12": "running", "9": "latest"}, False),
    (
        [by(POLICE, 5, D3, "a"), by(RELIEF, 12, D4, "b"), by(POLICE, 5, D5, "c")],
        {"5": "contradictory", "12": "contradictory"},
        True,
    ),
    (
        [by(POLICE, 5, D3, "a"), by(RELIEF, 12, D4, "b"), by(POLICE, 5, D5, "c", copies="a")],
        {"5": "running", "12": "latest"},
        False,
    ),
    (
        [by(POLICE, 5, D3, "a"), by(POLICE, 12, D4, "b"), by(POLICE, 5, D5, "c")],
        {"5": "running", "12": "latest"},
        False,
    ),
    (
        [by(POLICE, 5, D3, "a"), by(RELIEF, 8, D3, "b"), by(POLICE, 12, D5, "c")],
        {"5": "running", "8": "running", "12": "latest"},
        False,
    ),
    ([by(POLICE, 5, None, "a"), by(RELIEF, 12, D4, "b")], {"5": "contradictory", "12": "contradictory"}, True),
    ([by(POLICE, (9, None), D3, "a"), by(RELIEF, 11, D3, "b")], {"at least 9": "latest", "11": "latest"}, False),
    ([by(POLICE, (9, None), D3, "a"), by(RELIEF, 11, D4, "b")], {"at least 9": "running", "11": "latest"}, False),
    (
        [by(POLICE, (20, 30), D3, "a"), by(RELIEF, (25, 40), D3, "b")],
        {"20 to 30": "latest", "25 to 40": "latest"},
        False,
    ),
    ([by(None, 12, D3, "a"), by(None, 30, D3, "b")], {"12": "contradictory", "30": "contradictory"}, True),
    ([by(None, 12, D3, "a"), by(None, 30, D3, "b", copies="a")], {"12": "running", "30": "latest"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("reports", "marked", "contested"), RUNNING)
def test_tolls_in_time(reports: list[Report], marked: dict[str, str], contested: bool) -> None:  # noqa: FBT001
    for order in permutations(reports):
        assert marks(list(order)) == marked
        assert is_contested(contest(order)) == contested


def test_what_a_correction_repeats_is_not_what_it_says() -> None:
    first = by(POLICE, 5, D3, "a")
    both = _with_counts(by(POLICE, 4, D4, "b", corrections=True), 5, 4)
    assert marks([first, both]) == {"5": "running", "4": "latest"}


def test_of_several_totals_in_one_voice_the_largest_is_the_whole() -> None:
    assert marks([_with_counts(by(POLICE, 3, D3, "a"), 12, 3)]) == {"12": "latest"}


def test_of_several_reports_in_one_document_the_longest_has_the_toll() -> None:
    long = report("a", "Courier", telling(POLICE), telling(POLICE), killed=3)
    part = report("a", "Courier", telling(POLICE), killed=12)
    assert marks([long, part]) == {"3": "latest"}


def test_a_longest_report_without_a_toll_leaves_it_to_the_others() -> None:
    long = report("a", "Courier", telling(POLICE), telling(POLICE))
    part = report("a", "Courier", telling(POLICE), killed=12)
    assert marks([long, part]) == {"12": "latest"}


def test_people_told_apart_add_up() -> None:
    told = telling(POLICE, counts=(count(2, what="arrested", of="men"), count(1, what="arrested", of="woman")))
    assert [v.text for v in field([report("a", "Courier", told)], "arrested").values] == ["3"]


def test_beside_totals_of_the_hurt_what_events_count_of_these_is_no_toll() -> None:
    told = telling(POLICE, counts=(count(160), count(2, what="arrested")))
    made = report("a", "Courier", told, killed=None)
    counts = (count(4, what="wounded"),)
    with_totals = msgspec.structs.replace(made, counts=counts, counted_by=((),))
    named = [[c.field for c in contest([r]) if c.field in {"killed", "arrested"}] for r in (made, with_totals)]
    assert named == [["killed", "arrested"], ["arrested"]]


def _with_counts(made: Report, *numbers: int) -> Report:
    fields = {name: getattr(made, name) for name in made.__struct_fields__}
    counts = tuple(count(n) for n in numbers)
    return Report(**{**fields, "counts": counts, "counted_by": tuple(made.counted_by[0] for _ in counts)})


def test_figures_overtaken_by_a_third_are_different_and_no_contradiction() -> None:
    found = field([by(POLICE, 5, D3, "a"), by(RELIEF, 8, D3, "b"), by(POLICE, 12, D5, "c")], "killed")
    assert kinds(found) == {("5", "different", "8"), ("5", "compatible", "12"), ("8", "compatible", "12")}


def test_one_value_of_several_sources_has_all_who_say_it() -> None:
    found = field([by(POLICE, 12, D3, "a"), by(RELIEF, 12, D4, "b"), by(None, 30, D4, "c")], "killed")
    assert [(v.text, [s.name for s in v.sayings]) for v in found.values] == [
        ("12", ["police", "the Harbour Relief Committee"]),
        ("30", ["Outlet c"]),
    ]


def test_a_saying_shows_source_outlet_day_and_words() -> None:
    said = field([by(says(POLICE, via=RELIEF), 12, D3, "a")], "killed").values[0].sayings[0]
    assert (said.name, said.via, said.outlet, said.sector) == ("police", (RELIEF.name,), "Outlet a", "COP")
    assert (said.document, said.published and said.published.start, said.text, said.span) == ("a", D3, "12", (0, 1))


def test_ids_of_sources_are_those_of_the_corroboration() -> None:
    reports = [
        by(POLICE, 12, D3, "a"),
        by(RELIEF, 30, D3, "b"),
        report("c", "Outlet c", telling(ARMY, status="denied")),
    ]
    names = {s.id: s.name for s in corroborate(reports).sources}
    sayings = [s for c in contest(reports) for v in c.values for s in v.sayings]
    assert all(names[s.source] == s.name for s in sayings)


def dated(source: object, *when: object) -> list[Report]:
    return [report(f"d{n}{source}", f"Outlet {n}{source}", telling(source, time=w)) for n, w in enumerate(when)]  # type: ignore[arg-type]


def test_two_dates_of_independent_sources_contest_it() -> None:
    reports = [*dated(POLICE, day(D3)), *dated(RELIEF, day(D6))]
    assert field(reports, "date").contested
    assert kinds(field(reports, "date")) == {(D3, "contradictory", D6)}


def test_a_date_within_a_month_is_more_precise() -> None:
    reports = [*dated(POLICE, day("2021-05-01", "2021-05-31")), *dated(RELIEF, day(D3))]
    assert kinds(field(reports, "date")) == {(D3, "more precise", "2021-05-01 to 2021-05-31")}


@pytest.mark.parametrize("basis", ["tense", "inherited"])
def test_a_day_that_no_words_tell_of_it_is_no_value(basis: str) -> None:
    guessed = Interval(start=D3, end=D5, precision="range", basis=basis, span=(0, 1))
    assert not [c for c in contest(dated(POLICE, guessed)) if c.field == "date"]


HERE, THERE = spot("Marlow", (48.0, 2.0)), spot("Selm", (50.7, 2.0))


def test_places_far_apart_contest_it() -> None:
    reports = [report("a", "A", telling(POLICE, spots=(HERE,))), report("b", "B", telling(RELIEF, spots=(THERE,)))]
    assert kinds(field(reports, "place")) == {("Marlow", "contradictory", "Selm")}
    assert is_contested(contest(reports))


@pytest.mark.parametrize("precision", ["country", "region", "unknown"])
def test_a_whole_country_is_a_place_without_a_point(precision: PlacePrecision) -> None:
    wide = spot("Marlovia", (48.0, 2.0), precision=precision)
    reports = [report("a", "A", telling(POLICE, spots=(HERE,))), report("b", "B", telling(RELIEF, spots=(wide,)))]
    points = {value.text: (value.latitude, value.precision) for value in field(reports, "place").values}
    assert points == {"Marlow": (48.0, "place"), "Marlovia": (None, precision)}


def test_places_told_together_do_not_contradict_each_other() -> None:
    reports = [
        report("a", "A", telling(POLICE, spots=(HERE, THERE))),
        report("b", "B", telling(RELIEF, spots=(THERE,))),
    ]
    assert not field(reports, "place").contested
    assert {kind for _, kind, _ in kinds(field(reports, "place"))} == {"different"}


def test_one_source_alone_contests_nothing() -> None:
    reports = [report("a", "A", telling(POLICE, spots=(HERE,))), report("b", "B", telling(POLICE, spots=(THERE,)))]
    assert {kind for _, kind, _ in kinds(field(reports, "place"))} == {"contradictory"}
    assert not is_contested(contest(reports))


def test_two_actors_each_named_are_different() -> None:
    other = body("the Harwick Front", "REB", "FRA")
    reports = [report("a", "A", telling(POLICE, actors=(FRONT,))), report("b", "B", telling(RELIEF, actors=(other,)))]
    assert {kind for _, kind, _ in kinds(field(reports, "actor"))} == {"different"}
    assert not is_contested(contest(reports))


def test_pronouns_and_things_do_nothing() -> None:
    told = telling(POLICE, actors=(party("They"), party("the blast")), recipients=(party("him"),))
    assert not {"actor", "recipient"} & {c.field for c in contest([report("a", "A", told)])}


def test_a_denial_in_another_document_contests_it() -> None:
    reports = [report("a", "A", telling(POLICE)), report("b", "B", telling(ARMY, status="denied"))]
    status = field(reports, "status")
    assert [(d.by.name, [s.name for s in d.of]) for d in status.denials] == [("an army spokesman", ["police"])]
    assert ("actual", "contradictory", "denied") in kinds(status)
    assert status.contested


def test_a_denial_in_one_document_is_of_those_whom_it_denies() -> None:
    tellings = (telling(POLICE, denied_by=(says(ARMY),)), telling(WITNESSES))
    status = field([report("a", "A", *tellings)], "status")
    assert [(d.by.name, [s.name for s in d.of]) for d in status.denials] == [("an army spokesman", ["police"])]


def test_nobody_denies_themselves() -> None:
    reports = [report("a", "A", telling(ARMY)), report("b", "B", telling(ARMY, status="denied"))]
    assert [d.of for d in field(reports, "status").denials] == [()]


def test_that_nobody_was_hurt_denies_nothing() -> None:
    none_hurt = telling(POLICE, status="did_not_happen", counts=(count(0, what="wounded"),))
    assert not is_contested(contest([report("a", "A", telling(POLICE), none_hurt)]))


def test_what_one_outlet_tells_as_not_so_with_nobody_who_tells_it_is_no_contest() -> None:
    assert not is_contested(contest([report("a", "A", telling(status="did_not_happen"))]))


def test_the_order_of_arrival_changes_nothing() -> None:
    reports = [r for found, _, _ in RUNNING[9:13] for r in found[:1]] + [
        report("z", "Z", telling(ARMY, status="denied"))
    ]
    assert contest(reports) == contest(reports[::-1])


def test_a_contest_is_json() -> None:
    found = field([by(POLICE, 12, D3, "a")], "killed").to_dict()
    assert found["values"][0]["sayings"][0]["name"] == "police"
