"""Who says what, a row a claim."""

import csv
import io
import json

import msgspec
import pytest
from rich.console import Console

import byline
from byline.export.claims import Claim, by_source, claims
from byline.export.claims_table import show, show_by_source
from byline.export.csv import write_claims
from byline.records import CodedDocument

TEXT = (
    "Soldiers shot four miners at Velmara on Monday, the union said. Colonel Adisa Renko denied that soldiers had shot "
    "miners.\n\n“Our men were asleep,” Renko said. The so-called shooting was discussed in parliament."
)


@pytest.fixture(scope="module")
def document() -> CodedDocument:
    return byline.code(TEXT, published="2016-05-11", publication="The Lamp")


@pytest.fixture(scope="module")
def found(document: CodedDocument) -> list[Claim]:
    return list(claims([document]))


def claim_of(words: str, found: list[Claim]) -> Claim:
    (one,) = [c for c in found if words in c.words and not c.within]
    return one


def test_a_claim_has_its_source_its_stance_its_words_and_its_events(found: list[Claim]) -> None:
    claim = claim_of("four miners", found)
    assert (claim.source, claim.sector, claim.stance, claim.quoted) == ("the union", "LAB", "reported", "indirect")
    assert claim.words == "Soldiers shot four miners at Velmara on Monday"
    assert [(e.trigger, e.type, e.status) for e in claim.events] == [("shot", "ASSAULT", "actual")]


def test_a_claim_names_who_denies_it_and_a_denial_what_it_denies(found: list[Claim]) -> None:
    told, denial = claim_of("four miners", found), claim_of("soldiers had shot", found)
    assert told.denied_by == ("Adisa Renko",)
    assert denial.denies == (told.events[0].id,)
    assert (denial.stance, denial.denied_by) == ("denied", ())


def test_what_nobody_denies_or_doubts_is_not_disputed(found: list[Claim]) -> None:
    assert {c.words: c.disputed for c in found if c.source == "Adisa Renko"} == {
        "that soldiers had shot miners": True,
        "Our men were asleep": False,
    }
    assert claim_of("four miners", found).disputed
    assert claim_of("shooting", found).disputed


def test_the_words_of_a_claim_are_those_of_its_spans(document: CodedDocument, found: list[Claim]) -> None:
    for claim in found:
        assert claim.words == " … ".join(" ".join(document.text[slice(*span)].split()) for span in claim.spans)


def test_claims_by_source_join_the_documents_and_put_the_unnamed_last(document: CodedDocument) -> None:
    again = msgspec.structs.replace(document, id="d2")
    groups = by_source(claims([document, again]))
    assert [(g[0].source, len(g), len({c.document for c in g})) for g in groups] == [
        ("Adisa Renko", 4, 2),
        ("the union", 2, 2),
        (None, 2, 2),
    ]


def test_claims_as_csv_have_a_column_a_field(found: list[Claim]) -> None:
    out = io.StringIO()
    write_claims(found, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert list(rows[0]) == list(Claim.__struct_fields__)
    assert rows[0]["events"] == f"{found[0].events[0].id} ASSAULT actual"
    assert (rows[0]["disputed"], rows[0]["denied_by"], rows[0]["spans"]) == ("yes", "Adisa Renko", "0-46")


def test_a_claim_as_json_is_the_record(found: list[Claim]) -> None:
    assert msgspec.json.decode(found[0].to_json(), type=Claim) == found[0]
    assert json.loads(found[0].to_json())["events"][0]["trigger"] == "shot"


def shown(found: list[Claim], *, grouped: bool) -> str:
    console = Console(width=120, file=io.StringIO(), record=True)
    if grouped:
        show_by_source(by_source(found), console)
    else:
        show(found, console)
    return console.export_text()


def test_the_table_tells_the_stance_by_a_mark_and_a_word(found: list[Claim]) -> None:
    text = shown(found, grouped=False)
    assert text.startswith("The Lamp · 2016-05-11 · -")
    assert "✕ denied, indirect" in text
    assert "denied by Adisa Renko" in text


def test_the_table_by_source_counts_claims_and_documents(found: list[Claim]) -> None:
    text = shown(found, grouped=True)
    assert "Adisa Renko (MIL): 2 claims, 1 denied, in 1 document" in text
    assert "The Lamp, 2016-05-11" in text


def test_hostile_words_do_not_steer_a_terminal() -> None:
    document = byline.code("\x1b[31mMiners burned the gate, police said.")
    assert "\x1b[31m" not in shown(list(claims([document])), grouped=False)
