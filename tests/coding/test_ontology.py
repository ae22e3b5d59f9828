"""The ontology: what is read, what is refused and how."""

from pathlib import Path

import pytest

from byline.coding.ontology import PartOfSpeech, default_ontology, read_ontology
from byline.errors import OntologyError

GOOD = """\
name = "Fish"
version = "1"
{extends}
[types.BLOCKADE]
about = "Boats close a harbour."
modes = {{ harbour = "By sea" }}

[classes.boat]
words = ["boat"]

[triggers.BLOCKADE]
verbs = [
  {{ lemma = "block harbour|port", mode = "harbour" }},
  {line}
]
"""

SUPERSENSES = read_ontology("supersenses")


def ontology(folder: Path, line: str = '{ lemma = "blockade" },', extends: str = "") -> Path:
    path = folder / "mine.toml"
    path.write_text(GOOD.format(line=line, extends=extends), "utf-8")
    return path


def test_a_file_replaces_the_default(tmp_path: Path) -> None:
    assert [e.lemma for e in read_ontology(ontology(tmp_path)).entries] == ["block harbour|port", "blockade"]


def test_a_file_that_extends_the_default_adds_to_it(tmp_path: Path) -> None:
    found = read_ontology(ontology(tmp_path, extends='extends = "plover"'))
    assert len(found.entries) == len(default_ontology().entries) + 2
    assert {"BLOCKADE", "ASSAULT"} <= set(found.types)


def test_a_folder_of_files_is_one_ontology(tmp_path: Path) -> None:
    ontology(tmp_path)
    more = '[triggers.BLOCKADE]\nverbs = [ { lemma = "shut", object = ["@boat"] } ]\n'
    (tmp_path / "more.toml").write_text(more, "utf-8")
    assert [e.lemma for e in read_ontology(tmp_path).entries] == ["block harbour|port", "blockade", "shut"]


def test_of_equal_entries_the_type_that_stands_first_wins(tmp_path: Path) -> None:
    types = '[types.B]\nabout = "b"\n[types.A]\nabout = "a"\n'
    entries = "".join(f'[triggers.{kind}]\nverbs = [ {{ lemma = "moor" }} ]\n' for kind in "AB")
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\nversion = "1"\n' + types + entries, "utf-8")
    assert [e.type for e in read_ontology(path).by_head["verbs", "moor"]] == ["B", "A"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no ontology. Put files that end in .toml there."),
        ({"a.toml": 'name = "x"\n'}, "the ontology has no name and version. Add both at its top."),
    ],
)
def test_a_folder_without_an_ontology_is_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(OntologyError, match=message):
        read_ontology(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{ lemma = "blockade", mode = "road" },', "line 14: mode 'road' is not a mode of BLOCKADE."),
        ('{ lemma = "blockade", frame = "on" },', "line 14: frame 'on' is not known. Frames are: ."),
        ('{ lemma = "blockade", object = ["@ship"] },', "line 14: class '@ship' is not known. Classes are: boat."),
        ('{ lemma = "" },', "line 14: lemma '' has an empty word."),
        ('{ lemma = "blockade", objekt = ["boat"] },', "line 14: Object contains unknown field `objekt`"),
        ("{ lemma = 3 },", "line 14: Expected `str`, got `int`"),
        ('{ lemma = "blockade" ', "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(OntologyError) as error:
        read_ontology(ontology(tmp_path, line))
    assert message in str(error.value)


def test_a_trigger_list_of_an_unknown_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\nversion = "1"\n[triggers.NOPE]\nverbs = []\n', "utf-8")
    with pytest.raises(OntologyError, match=r"\[triggers.NOPE\] has no \[types.NOPE\]"):
        read_ontology(path)


def test_a_missing_file_is_a_mistake_of_configuration(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match='a folder of them, or one of: "plover", "supersenses"'):
        read_ontology(tmp_path / "none.toml")


def test_a_file_that_is_no_text_is_a_mistake_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(OntologyError, match="Give a TOML file in UTF-8"):
        read_ontology(tmp_path / "a.toml")


def test_only_an_ontology_of_bylines_own_can_be_extended(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r'"nope" is not known\. Byline knows: "plover", "supersenses"'):
        read_ontology(ontology(tmp_path, extends='extends = "nope"'))


def test_a_bare_lemma_is_an_entry(tmp_path: Path) -> None:
    found = read_ontology(ontology(tmp_path, line='"blockade", "seal off",')).by_head
    assert [e.lemma for e in (*found["verbs", "blockade"], *found["verbs", "seal"])] == ["blockade", "seal off"]


def test_a_mistake_behind_bare_lemmas_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="line 15: lemma '' has an empty word"):
        read_ontology(ontology(tmp_path, line='"blockade", "seal off",\n  { lemma = "" },'))


@pytest.mark.parametrize(
    ("part", "lemma", "kind"),
    [
        ("verbs", "sell", "POSSESSION"),
        ("verbs", "rain", "WEATHER"),
        ("nouns", "announcement", "COMMUNICATION"),
        ("nouns", "election", "SOCIAL"),
        ("nouns", "accident", "EVENT"),
    ],
)
def test_supersenses_tell_of_happenings_of_any_kind(part: PartOfSpeech, lemma: str, kind: str) -> None:
    assert [e.type for e in SUPERSENSES.by_head[part, lemma]] == [kind]


@pytest.mark.parametrize("noun", ["table", "company", "man", "city", "week", "price"])
def test_supersenses_leave_things_people_and_times_out(noun: str) -> None:
    assert ("nouns", noun) not in SUPERSENSES.by_head


def test_the_default_has_the_sixteen_types_and_entries_for_each() -> None:
    found = default_ontology()
    assert len(found.types) == 16
    assert set(found.types) <= {e.type for e in found.entries}
    assert len(found.entries) >= 900


def test_the_default_lists_no_entry_twice() -> None:
    keys = [(e.type, e.part, e.lemma, str(e.conditions), e.transitive) for e in default_ontology().entries]
    assert len(keys) == len(set(keys))
