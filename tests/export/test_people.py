"""Names withheld: whose, and that nothing else changes."""

import re

import msgspec
import pytest

from byline.export.people import is_public, withhold_names
from byline.records import Actor, Basis, CodedDocument, Mention

TEXT = "Orla Venn, a baker, said Venn’s oven burned. Premier Dag Holm wept."


def actor(number: str, name: str, sector: str | None, words: str | None = None) -> Actor:
    spans = tuple(m.span() for m in re.finditer(name.rsplit(maxsplit=1)[-1], TEXT))
    basis = Basis(rule="noun", text=words) if words else None
    return Actor(id=number, name=name, mentions=spans, country=None, sector=sector, kind="person", basis=basis)


def document(*actors: Actor) -> CodedDocument:
    return CodedDocument(
        id="d1", source="page.txt", text=TEXT, title="Venn’s oven", authors=("Orla Venn",), body=((0, len(TEXT)),),
        published=None, timexes=(), toponyms=(), actors=actors, attributions=(), events=(), incidents=(),
    )  # fmt: skip


def test_a_private_name_is_covered_letter_by_letter() -> None:
    found = withhold_names(document(actor("a1", "Orla Venn", "BUS"), actor("a2", "Dag Holm", "GOV")))
    assert found.text == "████ ████, a baker, said ████’s oven burned. Premier Dag Holm wept."
    assert found.title == "████’s oven"


def test_the_words_of_a_description_are_no_name() -> None:
    given = document(actor("a1", "The 45-year-old Orla Venn’s", "BUS"))
    assert withhold_names(given).text == "████ ████, a baker, said ████’s oven burned. Premier Dag Holm wept."


def test_an_actor_goes_by_role_and_spans_stay() -> None:
    before = actor("a1", "Orla Venn", "BUS")
    after = withhold_names(document(before)).actors[0]
    assert (after.name, after.mentions) == ("person a1 BUS", before.mentions)


def test_authors_keep_their_names() -> None:
    assert withhold_names(document(actor("a1", "Orla Venn", "BUS"))).authors == ("Orla Venn",)


def test_without_private_persons_the_document_is_the_same() -> None:
    given = document(actor("a2", "Dag Holm", "GOV"))
    assert withhold_names(given) is given


@pytest.mark.parametrize(
    ("sector", "words", "public"),
    [
        ("GOV", None, True),
        ("LEG", None, True),
        ("MIL", "General", True),
        ("REB", "rebel commander", True),
        ("MIL", "soldier", False),
        ("CRM", "thief", False),
        ("CVL", "baker", False),
        (None, None, False),
    ],
)
def test_public_are_those_who_hold_office_or_lead(sector: str | None, words: str | None, *, public: bool) -> None:
    assert is_public(actor("a1", "Orla Venn", sector, words)) is public


def test_a_quotation_is_cut_from_the_covered_text() -> None:
    given = document(actor("a1", "Orla Venn", "BUS"))
    mention = Mention(span=(0, 9), text="Orla Venn", actor="a1")
    assert given.text[slice(*mention.span)] == mention.text
    assert withhold_names(given).text[0:9] == "████ ████"


@pytest.mark.parametrize(
    ("text", "name", "noun", "covered"),
    [
        ("Gunmen fled. Baker Orla Venn hid.", "Gunmen", "Gunmen", "Gunmen fled. Baker ████ ████ hid."),
        ("Guard on the gate slept. Orla Venn hid.", "Guard", "Guard", "Guard on the gate slept. ████ ████ hid."),
        ("The aide of the Guard fled. Orla Venn hid.", "The aide of the Guard", "Guard",
         "The aide of the Guard fled. ████ ████ hid."),
        ("Baker Orla Baker fled. Orla Venn hid.", "Orla Baker", "Baker", "█████ ████ █████ fled. ████ ████ hid."),
        ("The baker, Orla Baker, fled. Orla Venn hid.", "Orla Baker", "baker",
         "The baker, ████ █████, fled. ████ ████ hid."),
        ("GUARD ORLA PENN fled. Orla Venn hid.", "Guard Orla Penn", "GUARD", "GUARD ████ ████ fled. ████ ████ hid."),
    ],
)  # fmt: skip
def test_a_description_is_no_name_but_a_name_beside_it_is(text: str, name: str, noun: str, covered: str) -> None:
    start = text.lower().index(name.lower())
    at = text.index(noun)
    described = Actor(
        id="a1", name=name, mentions=((start, start + len(name)),), country=None, sector="CVL", kind="person",
        basis=Basis(rule=f"context; noun: {noun.lower()}", span=(at, at + len(noun)), text=noun),
    )  # fmt: skip
    at = text.index("Orla Venn")
    named = Actor(id="a2", name="Orla Venn", mentions=((at, at + 9),), country=None, sector=None, kind="person")
    given = msgspec.structs.replace(document(described, named), text=text, body=((0, len(text)),), title=None)
    assert withhold_names(given).text == covered


def test_who_has_no_name_keeps_the_description() -> None:
    guard = Actor(
        id="a2", name="a baker", mentions=((11, 18),), country=None, sector="BUS", kind="person",
        basis=Basis(rule="noun: baker", span=(13, 18), text="baker"),
    )  # fmt: skip
    names = [a.name for a in withhold_names(document(actor("a1", "Orla Venn", None), guard)).actors]
    assert names == ["person a1", "a baker"]
