"""What an archive has of a name, and of an outlet beside the others."""

from collections.abc import Iterator

import msgspec
import pytest

from byline.records import CodedDocument, Copy, Document, Interval
from byline.run.job import Settings, coder_of
from byline.run.linking import link
from byline.store import Archive, Edition, actors, outlets
from byline.store.actors import Period
from byline.store.outlets import Copied

GUARD, ALL = "Home Guard", Period()
TEXTS = {  # outlet: what it says
    "The Ferry": "Rebels killed four soldiers of the Home Guard in Tampere on Monday. Rebels attacked a bridge "
    "in Tampere on Monday, the Home Guard said.",
    "The Lantern": "Rebels killed nine soldiers of the Home Guard in Tampere on Monday.",
    "The Anchor": "Rebels killed nine soldiers of the Home Guard in Tampere on Monday. Ilona Varga praised the rebels.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("profiles") / "made.byline"
    with Archive.open(path, write=True) as archive, archive.batch():
        edition = archive.add_edition(Edition("0", "program", "PLOVER 1", "ontology", "pipeline", "1"))
        run = archive.begin_run(edition, "{}", "2024-05-01T00:00:00+00:00")
        for document in coder_of(Settings()).code_all(made(*one) for one in TEXTS.items()):
            assert isinstance(document, CodedDocument)
            archive.add(copied(document), edition, run)
    with Archive.open(path, write=True) as archive:
        link(archive)
    with Archive.open(path) as archive:
        yield archive


def made(outlet: str, text: str) -> Document:
    day = Interval(start="2024-03-06", end="2024-03-06", basis="given")
    return Document(id=outlet, source=outlet, text=text, body=((0, len(text)),), publication=outlet, published=day)


def copied(document: CodedDocument) -> CodedDocument:
    copy = Copy(of="The Lantern", source="The Lantern", kind="near", shared=0.9)
    return msgspec.structs.replace(document, copy=copy) if document.id == "The Anchor" else document


def test_names_are_listed_with_how_often_they_act(archive: Archive) -> None:
    found = {one.name: one for one in actors.actors(archive)}
    assert (found["Ilona Varga"].acts, found["Ilona Varga"].acted_upon) == (1, 0)


def test_a_part_of_a_name_is_found_in_any_case(archive: Archive) -> None:
    assert [one.name for one in actors.actors(archive, "VARGA")] == ["Ilona Varga"]


@pytest.mark.parametrize("part", ["%", "_", "nobody at all", "'"])
def test_signs_of_sql_are_letters(archive: Archive, part: str) -> None:
    assert actors.actors(archive, part) == []


def test_deeds_name_the_other_side(archive: Archive) -> None:
    (deed,) = actors.deeds(archive, "Ilona Varga", "actor", ALL)
    assert (deed.other, deed.events, deed.happened) == ("Rebels", 1, 1)


def test_a_period_leaves_out_other_days(archive: Archive) -> None:
    assert actors.deeds(archive, "Rebels", "actor", Period("2024-03-01", "2024-03-05"))
    assert actors.deeds(archive, "Rebels", "actor", Period("2024-03-05", None)) == []


def test_sayings_have_the_events_that_they_tell_of(archive: Archive) -> None:
    (said,) = actors.sayings(archive, GUARD, ALL)
    assert said.outlet == "The Ferry"
    assert [type_ for _, type_, _ in said.about]


def test_who_tells_of_a_names_events(archive: Archive) -> None:
    assert {None, GUARD} <= {one.source for one in actors.tellings(archive, "Rebels", ALL)}


def test_an_outlet_is_counted_by_voice(archive: Archive) -> None:
    kinds = outlets.kinds(archive, "The Ferry")
    assert sum(k.own for k in kinds) == 1
    assert sum(k.attributed for k in kinds) == 1
    assert all(k.own + k.attributed == k.happened for k in kinds)


def test_copies_are_told_from_both_sides(archive: Archive) -> None:
    assert outlets.copied(archive, "The Anchor") == [Copied(outlet="The Lantern", from_other=1, by_other=0)]
    assert outlets.copied(archive, "The Lantern") == [Copied(outlet="The Anchor", from_other=0, by_other=1)]


def test_a_toll_that_no_other_outlet_gives(archive: Archive) -> None:
    alone = {one.field: one for one in outlets.compared(archive, "The Ferry").alone}
    assert (alone["killed"].values, alone["killed"].others) == (("4",), ("9",))
    assert "killed" not in {one.field for one in outlets.compared(archive, "The Lantern").alone}


def test_two_outlets_that_differ_do_so_from_both_sides(archive: Archive) -> None:
    one = {s.outlet: s.differ for s in outlets.compared(archive, "The Ferry").shared}
    other = {s.outlet: s.differ for s in outlets.compared(archive, "The Lantern").shared}
    assert one["The Lantern"] == other["The Ferry"] == 1
    assert other["The Anchor"] == 0


def test_who_is_not_there_has_nothing(archive: Archive) -> None:
    assert outlets.outlet(archive, "Nobody") is None
    assert actors.codes(archive, "Nobody") == []
