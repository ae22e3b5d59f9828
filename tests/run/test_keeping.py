"""What is kept of earlier runs: records are the same from a kept parse, an earlier coding or from scratch."""

import re
from pathlib import Path
from typing import NoReturn

import pytest

import byline
from byline.records import Document
from byline.run import program
from byline.run.archiving import Archiving, Outcome
from byline.run.job import Coder, Settings, coder_of
from byline.run.task import Done, Kept, Task
from byline.store import Archive, documents
from byline.store.projection import rows_of
from tests.helpers import demo, document, originals
from tests.run import poison
from tests.run.test_archiving import EDITION

TEXTS = (
    "Soldiers shelled the port of Lima on Sunday, killing nine.",
    "Rebels said they had varnished the bridge. The minister denied it.",
    "The mayor praised the teachers of Lisbon.",
)
MINE = 'extends = "plover"\nname = "mine"\nversion = "1"\n[triggers.ASSAULT]\nverbs = ["varnish"]\n'
PLAIN = coder_of(Settings())
KEEPING = Coder(Settings(keep_parses=True))


class Unparsing(Coder):
    """A coder that may not parse."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._pipeline.parse = refuse  # type: ignore[method-assign]


def refuse(_: Document) -> NoReturn:
    raise AssertionError("It was parsed.")


@pytest.fixture
def mine(tmp_path: Path) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    return str(path)


def done(coder: Coder, *tasks: Task) -> list[Done]:
    found = list(coder.code_tasks(tasks))
    assert all(isinstance(d, Done) for d in found)
    return [d for d in found if isinstance(d, Done)]


def test_the_records_are_the_same_from_kept_parses_and_from_scratch() -> None:
    first = done(KEEPING, *map(Task, originals()))
    again = done(Unparsing(Settings()), *(Task(d, one.kept) for d, one in zip(originals(), first, strict=True)))
    assert [d.rows for d in again] == [rows_of(d) for d in demo()]
    assert [d.rows for d in again] == [d.rows for d in first]


def test_what_was_found_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = done(KEEPING, Task(document(TEXTS[0])))
    monkeypatch.setattr("byline.coding.findings.find", lambda *_: pytest.fail("It was looked for."))
    (two,) = done(PLAIN, Task(document(TEXTS[0]), one.kept))
    assert two == one._replace(kept=Kept())


def test_findings_are_kept_where_a_parse_was_kept_before() -> None:
    (one,) = done(KEEPING, Task(document(TEXTS[0])))
    (two,) = done(KEEPING, Task(document(TEXTS[0]), one.kept._replace(findings=None)))
    assert two.kept == one.kept._replace(parse=None)


def test_nothing_is_kept_unless_that_is_asked_for() -> None:
    (one,) = done(PLAIN, Task(document(TEXTS[0])))
    assert one.kept == Kept()


def test_a_parse_that_is_kept_already_is_not_kept_again() -> None:
    (one,) = done(KEEPING, Task(document(TEXTS[0])))
    (two,) = done(KEEPING, Task(document(TEXTS[0]), one.kept))
    assert two == one._replace(kept=Kept())


def test_a_document_with_a_damaged_parse_is_parsed() -> None:
    (one,) = done(KEEPING, Task(document(TEXTS[0])))
    (two,) = done(KEEPING, Task(document(TEXTS[0]), Kept(b"damaged", b"damaged")))
    assert two == one


def test_a_document_is_coded_again_only_if_the_ontology_says_something_else_of_its_words(mine: str) -> None:
    before = done(PLAIN, *(Task(document(text)) for text in TEXTS))
    known = tuple(d.lexicon for d in before)
    after = done(Coder(Settings(mine)), *(Task(document(text), known=known) for text in TEXTS))
    assert [d.rows is None for d in after] == [True, False, True]
    anew = done(Coder(Settings(mine)), *(Task(document(text)) for text in TEXTS))
    assert [anew[0].rows, anew[2].rows] == [before[0].rows, before[2].rows]


def archived(
    path: Path, settings: Settings, load: object, edition: object = EDITION, texts: tuple[str, ...] = TEXTS
) -> list[Outcome]:
    with Archive.open(path, write=True) as archive:
        run = Archiving(archive, settings, workers=2, load=load, edition=edition)  # type: ignore[arg-type]
        return [outcome for batch in run.code(map(document, texts)) for outcome in batch]


def types(path: Path) -> list[str]:
    with Archive.open(path) as archive:
        return [e.type for d in documents(archive) for e in d.events]


OTHER = EDITION._replace(ontology="mine 1")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (poison.keeping, poison.telling, "FROM THE KEPT"),
        (poison.antidote, poison.telling, "FROM SCRATCH"),
    ],
)
def test_what_was_kept_is_given_to_who_codes_the_document_again(
    tmp_path: Path, first: object, second: object, told: str
) -> None:
    path = tmp_path / "a.byline"
    archived(path, Settings(), first)
    archived(path, Settings(), second, OTHER)
    assert types(path) == [told] * 3


def test_a_parse_of_another_parser_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.byline"
    archived(path, Settings(), poison.keeping)
    monkeypatch.setattr("byline.run.program.parsing_of", lambda _: "another")
    archived(path, Settings(), poison.telling, OTHER)
    assert types(path) == ["FROM SCRATCH"] * 3


def test_an_earlier_coding_is_taken_over_by_an_edition_of_the_same_program(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    archived(path, Settings(), poison.keeping)
    outcomes = archived(path, Settings(), poison.knowing, OTHER)
    assert [type(o) for o in outcomes] == [Document] * 3
    with Archive.open(path) as archive:
        assert [d.to_json() for d in documents(archive, 1)] == [d.to_json() for d in documents(archive, 2)]
        assert archive.execute("SELECT DISTINCT edition FROM events").fetchall() == [(2,)]


@pytest.mark.parametrize("what", ["program", "pipeline", "pipeline_version", "version"])
def test_an_earlier_coding_of_another_program_or_pipeline_is_not_taken_over(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.byline"
    archived(path, Settings(), poison.keeping)
    archived(path, Settings(), poison.knowing, EDITION._replace(**{what: "other"}))
    assert types(path) == ["NOT KNOWN"] * 3


def test_every_list_that_parsing_reads_decides_whether_a_parse_is_used() -> None:
    language = Path(byline.__file__).parent / "language"
    read = {
        f"knowledge/{n}" for p in language.glob("*.py") for n in re.findall(r'load\("([^"]+)"', p.read_text("utf-8"))
    }
    assert read == {name for name in program.PARSING if name.endswith(".toml")}


def test_a_program_apart_from_its_ontologies_is_one(mine: str) -> None:
    before = program.edition_of(Settings())
    after = program.edition_of(Settings(mine))
    assert (after.program, after.ontology_digest != before.ontology_digest) == (before.program, True)
