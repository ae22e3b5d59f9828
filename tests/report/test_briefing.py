"""What a briefing tells of an archive."""

import re
from pathlib import Path

import pytest

from byline.records import CodedDocument
from byline.report import Briefing, Scope
from byline.report.records import Entry, Line
from byline.report.wording import MOST
from byline.store import Filter
from tests.helpers import demo
from tests.report.conftest import made


def longest(briefing: Briefing) -> Entry:
    return max(briefing.entries, key=lambda entry: len(entry.notes))


def lines(entry: Entry, label: str) -> list[Line]:
    return [line for row in entry.rows if row.label == label for line in row.lines]


def table(briefing: Briefing, title: str) -> dict[str, tuple[str, ...]]:
    (found,) = (table for table in briefing.tables if table.title == title)
    return {row[0]: row[1:] for row in found.rows}


def flat(words: str) -> str:
    return " ".join(words.split())


def test_all_incidents_are_told_in_order_of_number_and_counted(briefing: Briefing) -> None:
    assert [entry.number for entry in briefing.entries] == list(range(1, len(briefing.entries) + 1))
    assert briefing.figures[0].words == str(len(briefing.entries))
    kinds = table(briefing, "Kinds of incidents")
    assert sum(int(cells[0]) for cells in kinds.values()) == len(briefing.entries)


def test_every_footnote_has_the_exact_words_of_a_text_with_its_outlet_and_address(briefing: Briefing) -> None:
    texts: dict[str, CodedDocument] = {document.source: document for document in demo()}
    notes = [note for entry in briefing.entries for note in entry.notes]
    assert notes
    for note in notes:
        document = texts[note.file]
        assert note.words.removesuffix("…") in flat(document.text)
        assert note.outlet == document.publication
        assert note.url == document.url


def test_every_citation_has_its_footnote_in_the_same_entry_numbered_as_met(briefing: Briefing) -> None:
    for entry in briefing.entries:
        cited = [number for row in entry.rows for line in row.lines for sayer in line.by for number in sayer.notes]
        assert list(dict.fromkeys(cited)) == [note.number for note in entry.notes]
    numbers = [note.number for entry in briefing.entries for note in entry.notes]
    assert numbers == list(range(1, len(numbers) + 1))


def test_who_says_a_toll_is_named_and_the_footnote_has_the_figure(briefing: Briefing) -> None:
    entry = longest(briefing)
    words = {note.number: note.words for note in entry.notes}
    found = {line.words: line for line in lines(entry, "Killed")}
    (sayer,) = found["at least 9"].by
    assert sayer.name.startswith("nurses, in Red Furrow")
    assert all("At least nine" in words[number] for number in sayer.notes)


def test_a_disagreement_is_told_with_its_reason_and_who_denies(briefing: Briefing) -> None:
    entry = longest(briefing)
    assert entry.contested
    assert any(line.why and "no number fits both" in line.why for line in lines(entry, "Wounded"))
    denied = next(line for line in lines(entry, "Status") if line.words == "denied")
    assert any("Alentejo Free Column" in sayer.name for sayer in denied.by)


def test_who_does_not_count_as_a_source_is_told_with_the_reason(briefing: Briefing) -> None:
    told = lines(longest(briefing), "Told by")
    assert any(line.words == "Meridian Wire does not count" and "whom it quotes" in (line.why or "") for line in told)


def test_a_filter_leaves_out_what_does_not_meet_it_and_is_told(archive: Path, briefing: Briefing) -> None:
    chosen = made(archive, Scope(Filter(types=["ASSAULT"], hurt=True)))
    assert 0 < len(chosen.entries) < len(briefing.entries)
    assert {fact.name: fact.words for fact in chosen.covers} == {"Kinds": "Assault", "Killed or wounded": "somebody"}
    assert chosen.title.startswith("Assault")


def test_the_incidents_of_most_sources_are_told_and_all_are_counted(archive: Path, briefing: Briefing) -> None:
    few = made(archive, Scope(most=3))
    ranked = sorted((entry.sources for entry in briefing.entries), reverse=True)
    assert sorted((entry.sources for entry in few.entries), reverse=True) == ranked[:3]
    assert few.figures == briefing.figures
    assert "the 3 that most independent sources tell" in few.told


def test_nothing_found_is_said(archive: Path) -> None:
    none = made(archive, Scope(Filter(countries=["NOR"])))
    assert none.told == "Nothing in this archive is what this briefing covers."
    assert (none.entries, none.drawings, none.title) == ((), (), "Incidents in Norway")
    assert none.method


def test_the_same_archive_gives_the_same_briefing(archive: Path, briefing: Briefing) -> None:
    assert made(archive).to_json() == briefing.to_json()


def test_names_of_private_persons_are_covered_everywhere(archive: Path) -> None:
    scope = Scope(Filter(actor="Valadão"))
    assert "Valadão" in made(archive, scope).to_json().decode()
    covered = made(archive, scope._replace(roles=True)).to_json().decode()
    assert "Valadão" not in re.sub(r"https?://\S+", "", covered)


def test_the_note_on_method_names_the_program_and_what_was_read(briefing: Briefing) -> None:
    note = " ".join(paragraph for section in briefing.method for paragraph in section.paragraphs)
    for words in (
        "26 texts",
        "program digest program",
        "digest ontology",
        "Lowest indep. (",
        "could be read and coded",
    ):
        assert words in note


def test_words_that_mean_harm_are_bounded_and_cannot_turn_the_text(harm: Briefing) -> None:
    words = harm.to_json().decode()
    assert len(words) < 300_000
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", words)


@pytest.mark.parametrize(
    ("filter", "title"),
    [
        (Filter(), "Incidents, 5 May 2021"),
        (Filter(first="2021-05-01", last="2021-05-31"), "Incidents, 1–31 May 2021"),
        (Filter(names=["Harbour Guard"]), "Incidents with Harbour Guard, 5 May 2021"),
        (Filter(types=["PROTEST", "ASSAULT"], countries=["PRT"]), "Protest, Assault in Portugal, 5 May 2021"),
    ],
)
def test_a_title_says_what_is_covered(filter: Filter, title: str) -> None:
    from byline.report.covering import title as title_of  # noqa: PLC0415 - beside its cases

    assert flat(title_of(filter, "2021-05-05", "2021-05-05")) == title


def test_the_documentation_has_the_limits_of_the_program() -> None:
    page = (Path(__file__).parents[2] / "docs" / "report.md").read_text("utf-8")
    for limit in ("incidents", "quotation", "notes"):
        assert f" {MOST[limit]} " in page
