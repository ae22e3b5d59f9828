"""How many independent sources tell of a happening, and why a report does not count again."""

from itertools import permutations

import pytest

from byline.accounts import Corroboration, Source
from byline.linking.reports import Report
from byline.linking.sources import corroborate
from tests.linking.made import POLICE, body, count, group, party, person, report, says, telling

BRUNE = person("Ada Brune", "COP", "FRA", "Lt. Ada Brune of the Marlow police")
WITNESSES = group("witnesses", "CVL", "FRA")
HOLT = person("Jan Holt", "CVL", "FRA", "Jan Holt, a baker")
RELIEF = body("the Harbour Relief Committee", "NGO")
WIRE = body("the Meridian Wire", "JRN")
ARMY, OTHER_ARMY = (party("an army spokesman", "MIL", c, "person") for c in ("FRA", "ESP"))
LIND, FALK = (person(n, "GOV", "FRA", f"Mayor {n}") for n in ("Eva Lind", "Mia Falk"))

# what is told, and how many independent sources that is
ONLY_NAMED = [report("a", "Courier", telling(person("Ada Brune")))]

COUNTS: list[tuple[list[Report], int]] = [
    ([report("a", "Courier")], 1),
    ([report("a", "Courier"), report("b", "Post")], 2),
    ([report("a", "Courier"), report("b", "The Courier")], 1),
    ([report("a", "Courier"), report("b", "www.courier.example")], 1),
    ([report("a", None), report("b", None)], 1),
    ([report("a", "Courier"), report("b", None)], 2),
    ([report("a", "Courier"), report("b", "Post", copies="a")], 1),
    ([report("a", "Courier"), report("b", "Post", copies="a"), report("c", "Echo", copies="b")], 1),
    ([report("b", "Post", copies="gone"), report("c", "Echo", copies="gone")], 1),
    ([report("a", "Courier"), report("b", "Post", copies="a"), report("c", "Post")], 2),
    ([report("a", "Courier"), report("b", "Post", telling(), telling(RELIEF), copies="a")], 1),
    ([report("a", "Courier", telling(POLICE)), report("b", "Post", telling(POLICE))], 1),
    ([report("a", "Courier", telling(POLICE)), report("b", "Post", telling(BRUNE))], 1),
    ([report("a", "Courier", telling(POLICE)), report("b", "Post", telling(RELIEF))], 2),
    ([report("a", "Courier", telling(POLICE), telling(RELIEF))], 2),
    ([report("a", "Courier", telling(POLICE), telling())], 1),
    ([report("a", "Courier", telling(POLICE)), report("b", "Courier")], 1),
    ([report("a", "Courier", telling(POLICE)), report("b", "Post")], 2),
    ([report("a", "Courier", telling(ARMY)), report("b", "Post", telling(OTHER_ARMY))], 2),
    ([report("a", "Courier", telling(LIND)), report("b", "Post", telling(FALK))], 2),
    ([report("a", "Courier", telling(LIND)), report("b", "Post", telling(LIND))], 1),
    ([report("a", "Courier", telling(WITNESSES)), report("b", "Post", telling(WITNESSES))], 1),
    ([report("a", "Courier", telling(), telling(WITNESSES))], 1),
    ([report("a", "Courier", telling(), telling(WITNESSES)), report("b", "Post", telling(), telling(WITNESSES))], 2),
    ([report("a", "Courier", telling(), telling(HOLT)), report("b", "Post", telling(HOLT))], 1),
    ([report("a", "Courier", telling(HOLT)), report("b", "Post", telling(person("Mia Falk", "CVL", "FRA")))], 2),
    ([report("a", "Courier", telling(POLICE), telling(WITNESSES))], 2),
    ([report("a", "Courier", telling(says())), report("b", "Post", telling(says()))], 1),
    ([report("a", "Courier", telling(says())), report("b", "Post", telling(POLICE))], 1),
    ([report("a", "Courier", telling(party("the indictment"))), report("b", "Post", telling(POLICE))], 1),
    ([report("a", "Courier", telling(party("the indictment"))), report("b", "Post", telling(party("a video")))], 1),
    ([report("a", "Courier", telling(party("the Harwick Wire", None))), report("b", "The Harwick Wire")], 1),
    ([report("a", "Courier", telling(party("the Harwick Wire"), POLICE))], 1),
    ([report("a", "Courier", telling(party("records seen by the Echo")), telling(POLICE))], 1),
    ([report("a", "Courier", telling(says(POLICE, via=WIRE))), report("b", "Post", telling(POLICE))], 1),
    ([report("a", "Courier", telling(POLICE, WIRE)), report("b", "Post", telling(BRUNE))], 1),
    ([report("a", "Courier", telling(WIRE, POLICE)), report("b", "Post", telling(BRUNE))], 1),
    ([report("a", "Courier", telling(WIRE)), report("b", "Post", telling(says(via=WIRE)))], 1),
    ([report("a", "Courier", telling(WIRE)), report("b", "The Meridian Wire")], 1),
    ([report("a", "Courier", telling(person("Meridian Wire"))), report("b", "The Meridian Wire")], 1),
    ([*ONLY_NAMED, report("b", "Post", telling(BRUNE)), report("c", "Echo", telling(POLICE))], 1),
    ([report("a", "Courier", telling(WIRE)), report("b", "Meridian Wire", telling(POLICE))], 1),
    ([report("a", "Courier", telling(POLICE)), report("b", "Post", telling(RELIEF, status="denied"))], 1),
    ([report("a", "Courier", telling(POLICE)), report("b", "Post", telling(RELIEF, status="planned"))], 1),
    ([report("a", "Courier", telling(POLICE, status="planned")), report("b", "Post", telling(status="planned"))], 2),
    ([report("a", "Courier", telling(POLICE, status="did_not_happen"))], 0),
]  # fmt: skip


@pytest.mark.parametrize(("reports", "independent"), COUNTS)
def test_independent_sources(reports: list[Report], independent: int) -> None:
    for order in list(permutations(reports))[:6]:
        assert corroborate(order).independent == independent


def test_the_order_of_arrival_changes_nothing() -> None:
    reports = [r for n, (found, _) in enumerate(COUNTS[:12]) for r in _numbered(found, n)]
    assert corroborate(reports) == corroborate(reports[::-1])


def _numbered(reports: list[Report], number: int) -> list[Report]:
    return [
        report(f"{number}{r.document}", r.publication, *r.tellings, copies=f"{number}{r.original}") for r in reports
    ]


def test_reports_texts_and_outlets_are_counted_apart() -> None:
    found = corroborate([report("a", "Courier"), report("b", "Post", copies="a"), report("c", "The Courier")])
    assert (found.reports, found.texts, found.outlets, found.independent) == (3, 2, 2, 1)


def test_exact_copies_are_reports_of_their_own() -> None:
    one, other = report("a", "Courier"), report("a", "Post")
    found = corroborate([one, Report(**{**_fields(other), "source": "elsewhere.txt"})])
    assert (found.reports, found.texts, found.outlets, found.independent) == (2, 1, 2, 1)


def _fields(made: Report) -> dict[str, object]:
    return {name: getattr(made, name) for name in made.__struct_fields__}


def _source(found: Corroboration, name: str) -> Source:
    return next(s for s in found.sources if s.name == name)


def test_a_source_goes_by_its_fullest_name_and_shows_what_reports_call_it() -> None:
    found = corroborate([report("a", "Courier", telling(POLICE)), report("b", "Post", telling(BRUNE))])
    assert [(u.outlet, u.called) for u in _source(found, "Ada Brune").tells] == [
        ("Courier", "police"),
        ("Post", "Ada Brune"),
    ]


def test_reports_say_why_they_do_not_count_again() -> None:
    reports = [
        report("a", "Courier", telling(POLICE), published="2021-05-04"),
        report("b", "Post", telling(POLICE), copies="a"),
        report("c", "The Courier", telling(BRUNE), published="2021-05-06"),
        report("d", "Echo", telling(BRUNE), published="2021-05-07"),
        report("e", "Star", telling(RELIEF), published="2021-05-08"),
    ]
    assert [s.again for s in corroborate(reports).standings] == [
        None,
        "copy of Courier, 2021-05-04",
        "same outlet as Courier, 2021-05-04",
        "quotes the same source as Courier, 2021-05-04",
        None,
    ]


def test_an_outlet_that_quotes_the_police_may_have_all_from_them() -> None:
    found = corroborate([report("a", "Courier", telling(POLICE), telling())])
    own = _source(found, "Courier")
    assert (own.independent, own.why) == (False, "may have it from police, whom it quotes")


def test_who_passes_words_on_is_shown_and_is_no_source() -> None:
    found = corroborate([report("a", "Courier", telling(says(POLICE, via=WIRE)))])
    assert [(s.name, s.tells[0].via) for s in found.sources] == [("police", ("the Meridian Wire",))]


# what a report tells, and whether it asserts, attributes, denies
STANDINGS = [
    ((telling(),), (True, False, False)),
    ((telling(POLICE),), (True, True, False)),
    ((telling(says()),), (True, True, False)),
    ((telling(), telling(POLICE)), (True, True, False)),
    ((telling(POLICE, denied_by=(says(ARMY),)),), (False, True, True)),
    ((telling(denied_by=(says(ARMY),)),), (True, False, True)),
    ((telling(ARMY, status="denied"),), (False, False, True)),
    ((telling(status="did_not_happen"),), (False, False, True)),
    ((telling(), telling(status="did_not_happen", counts=(count(0, what="wounded"),))), (True, False, False)),
]


@pytest.mark.parametrize(("tellings", "stands"), STANDINGS)
def test_reports_assert_attribute_or_deny(tellings: tuple, stands: tuple[bool, bool, bool]) -> None:  # type: ignore[type-arg]
    found = corroborate([report("a", "Courier", *tellings)]).standings[0]
    assert (found.asserts, found.attributes, found.denies) == stands


def test_who_denies_is_counted_apart() -> None:
    reports = [
        report("a", "Courier", telling(POLICE)),
        report("b", "Post", telling(ARMY, status="denied")),
        report("c", "Echo", telling(POLICE, denied_by=(says(ARMY),))),
    ]
    found = corroborate(reports)
    assert (found.independent, found.denying) == (1, 1)
    assert [u.document for u in _source(found, "an army spokesman").denies] == ["b", "c"]


def test_a_count_that_no_event_has_brings_its_own_source() -> None:
    made = report("a", "Courier", telling(POLICE))
    told = Report(**{**_fields(made), "counts": (count(30),), "counted_by": ((says(WITNESSES),),)})
    assert corroborate([told]).independent == 2
