"""Plug-ins: the example is installed, does what it says, makes an edition of its own; a broken one stops at once."""

import importlib
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import byline
from byline import plugged
from byline.cli import app
from byline.export import layouts
from byline.ingest import read
from byline.ingest.source import Options
from byline.records import CodedDocument, Document, Failure
from byline.run import program, shards
from byline.run.job import Coder, Settings, coder_of
from byline.store import Archive, Edition
from byline.store import editions as editions_of
from tests.helpers import demo, parsed

EXAMPLE = Path(__file__).parent / "plugin"
PROJECT = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
GROUNDED = "The ferry ran aground near Porto Salgado on Tuesday."
LOG = f"#harbour-log Salgado Log\n== 2006-03-07\n{GROUNDED}\n== 2006-03-08\nFog.\n"
Install = Callable[..., Path]


def forget() -> None:
    """Forget what is kept of plug-ins for the time of a process."""
    for kept in (plugged.installed, plugged.loaded, layouts.layouts, program.edition_of, coder_of):
        kept.cache_clear()
    for name in [n for n in sys.modules if n.partition(".")[0] in {"byline_harbours", "broken"}]:
        del sys.modules[name]
    importlib.invalidate_caches()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Give what installs a package with entry points, as pip would, into a folder that Python looks into."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv(plugged.OFF, raising=False)

    def installed(points: dict[str, dict[str, str]], *, name: str = "mine", version: str = "1") -> Path:
        info = tmp_path / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        lines = [f"[{group}]\n" + "".join(f"{n} = {v}\n" for n, v in given.items()) for group, given in points.items()]
        (info / "entry_points.txt").write_text("\n".join(lines))
        forget()
        return tmp_path

    yield installed
    monkeypatch.undo()
    forget()


@pytest.fixture
def example(install: Install, tmp_path: Path) -> Path:
    """Return the folder into which the example is installed."""
    shutil.copytree(EXAMPLE / "byline_harbours", tmp_path / "byline_harbours")
    return install(PROJECT["entry-points"], name=PROJECT["name"], version=PROJECT["version"])


def module(folder: Path, words: str) -> None:
    (folder / "broken.py").write_text(words)
    forget()


# The example


@pytest.mark.usefixtures("example")
def test_all_groups_are_found() -> None:
    assert {p.group for p in plugged.installed() if p.package == "byline-harbours"} == set(plugged.GROUPS)


def test_a_reader_reads_its_format_with_what_is_known_of_each_part(example: Path) -> None:
    path = example / "log.txt"
    path.write_text(LOG)
    found = [d for d in read([str(path)]) if isinstance(d, Document)]
    assert [(d.source, d.publication, d.published and d.published.start) for d in found] == [
        (f"{path}!/1", "Salgado Log", "2006-03-07"),
        (f"{path}!/2", "Salgado Log", "2006-03-08"),
    ]


def test_an_error_of_a_reader_is_a_failure_of_its_file(example: Path) -> None:
    (example / "log.txt").write_text("#harbour-log Empty\n")
    (failure,) = read([str(example / "log.txt")])
    assert isinstance(failure, Failure)
    assert "no entries" in failure.reason


@pytest.mark.usefixtures("example")
def test_a_finder_adds_events_with_their_words_and_an_incident() -> None:
    doc = byline.code(GROUNDED, published="2006-03-08")
    (event,) = [e for e in doc.events if e.type == "GROUNDING"]
    assert (event.trigger.text, [a.text for a in event.actors]) == ("ran aground", ["The ferry"])
    assert [i.events for i in doc.incidents if event.id in i.events] == [(event.id,)]


@pytest.mark.usefixtures("example")
def test_a_gazetteer_knows_more_places() -> None:
    (place,) = byline.code(GROUNDED).toponyms
    assert (place.name, place.country, place.latitude) == ("Porto Salgado", "PRT", 37.95)


def test_without_it_the_place_is_not_known() -> None:
    assert not [t for t in byline.code(GROUNDED).toponyms if t.name == "Porto Salgado"]


@pytest.mark.usefixtures("example")
def test_a_layout_is_one_of_all() -> None:
    assert layouts.layout("ship-news").title == "A board of ship news"


def test_the_verb_lists_what_is_plugged_in(example: Path) -> None:
    found = CliRunner().invoke(app, ["plugins", "--check"])
    assert found.exit_code == 0
    assert not [name for points in PROJECT["entry-points"].values() for name in points if name not in found.output]
    (example / "byline_harbours" / "places.py").write_text("1 / 0")
    forget()
    broken = CliRunner().invoke(app, ["plugins", "--check"])
    assert isinstance(broken.exception, byline.ConfigurationError)


def test_the_page_shows_the_example_as_it_is() -> None:
    page = (EXAMPLE.parents[1] / "docs" / "plugins.md").read_text("utf-8")
    shown = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n<!-- end of file -->", page, re.DOTALL))
    assert len(shown) == 5
    assert not [n for n, words in shown.items() if words != (EXAMPLE.parents[1] / n).read_text("utf-8")], "make docs"


# Editions


@pytest.mark.usefixtures("example")
def test_the_edition_names_what_decides_records_and_changes_with_it(example: Path) -> None:
    before = program.edition_of(Settings())
    assert [part.split()[:2] for part in before.plugins.split(", ")] == [["groundings", "0.1"], ["harbours", "0.1"]]
    (example / "byline_harbours" / "places.py").write_text("def places():\n    return ()\n")
    forget()
    assert program.edition_of(Settings()).digest != before.digest


@pytest.mark.usefixtures("example")
def test_reading_for_a_lake_names_the_readers() -> None:
    assert "harbour-log 0.1" in shards.edition_of(Settings(), Options()).reading


def test_no_plug_ins_no_mention(install: Install) -> None:
    install({})
    assert program.edition_of(Settings()).plugins == ""


def test_an_archive_keeps_the_plug_ins_of_an_edition_apart(tmp_path: Path) -> None:
    without = Edition("1", "p", "o", "d", "en", "3")
    with Archive.open(tmp_path / "a.byline", write=True) as archive, archive.batch():
        numbers = [archive.add_edition(e) for e in (without, without._replace(plugins="ports 1 ab"), without)]
        told = [e.plugins for e in editions_of(archive)]
    assert numbers == [1, 2, 1]
    assert told == ["", "ports 1 ab"]


def test_a_coding_without_a_plug_in_is_not_taken_for_one_with_it(tmp_path: Path) -> None:
    document, edition = demo()[0], Edition("1", "p", "o", "d", "en", "3")
    with Archive.open(tmp_path / "a.byline", write=True) as archive, archive.batch():
        first = archive.add_edition(edition)
        archive.add(document, first, archive.begin_run(first, "{}", "2026-01-01T00:00:00+00:00"), "lexicon")
        (key,) = archive.execute("SELECT key FROM documents").fetchone()
        other = archive.add_edition(edition._replace(plugins="ports 1 ab"))
        same = archive.add_edition(edition._replace(ontology="other"))
        assert archive.lexicons(key, same) == ("lexicon",)
        assert archive.lexicons(key, other) == ()


# What turns them off


@pytest.mark.usefixtures("example")
def test_a_word_in_the_environment_turns_all_of_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(plugged.OFF, "1")
    forget()
    assert plugged.told(*plugged.GROUPS) == ""
    assert not [e for e in byline.code(GROUNDED).events if e.type == "GROUNDING"]


# What is broken

BROKEN = {
    "byline.finders": ("x = 1 / 0", "ZeroDivisionError"),
    "byline.sources": ("plug = object()", "`recognises` and `read`"),
    "byline.gazetteers": ("plug = 7", "a function that returns places"),
    "byline.layouts": ("plug = 7", "a Layout"),
}


@pytest.mark.parametrize("group", BROKEN)
def test_a_broken_plug_in_stops_at_once_and_is_named(install: Install, group: plugged.Group) -> None:
    words, why = BROKEN[group]
    module(install({group: {"bad": "broken:plug"}}), words)
    (plugin,) = [p for p in plugged.plugins(group) if p.name == "bad"]
    with pytest.raises(byline.ConfigurationError, match="The plug-in bad of mine 1 ") as error:
        plugin.load()
    assert why in str(error.value)
    assert f"{plugged.OFF}=1" in str(error.value)


@pytest.mark.parametrize("group", ["byline.finders", "byline.gazetteers"])
def test_nothing_is_coded_with_a_broken_one(install: Install, group: str) -> None:
    module(install({group: {"bad": "broken:plug"}}), "x = 1 / 0")
    with pytest.raises(byline.ConfigurationError, match="The plug-in bad of mine 1 cannot be loaded"):
        Coder(Settings())


def test_nothing_is_read_with_a_broken_one(install: Install, tmp_path: Path) -> None:
    module(install({"byline.sources": {"bad": "broken:plug"}}), "x = 1 / 0")
    (tmp_path / "page.txt").write_text(GROUNDED)
    with pytest.raises(byline.ConfigurationError, match="The plug-in bad of mine 1 cannot be loaded"):
        list(read([str(tmp_path / "page.txt")]))


def test_places_that_are_none_are_told(install: Install) -> None:
    module(
        install({"byline.gazetteers": {"bad": "broken:plug"}}),
        "from byline.plugins import Place\n"
        "def plug():\n    yield Place('Nowhere', 'region', None, '', 0, None, None, None), ('Nowhere',)\n",
    )
    with pytest.raises(byline.ConfigurationError, match="no place of a gazetteer"):
        Coder(Settings())


def test_two_plug_ins_of_one_name_are_told(install: Install) -> None:
    install({"byline.finders": {"one": "broken:plug"}}, name="mine")
    install({"byline.finders": {"one": "other:plug"}}, name="yours")
    with pytest.raises(byline.ConfigurationError, match="one of mine 1, one of yours 1"):
        plugged.installed()


EVENT = (
    "from byline.plugins import Event, Mention\n"
    "def plug(parsed, coded):\n"
    "    ferry = Mention(span=(4, 9), text='{text}')\n"
    "    return [Event(id='{id}', type='X', trigger=ferry, status='actual', actors=(), recipients=(), time=None, "
    "counts=(), toponyms={toponyms}, attributions={voices}, evidence={evidence}, confidence=1)]\n"
)
GOOD = {"id": "e99", "text": "ferry", "toponyms": "()", "voices": "()", "evidence": "(0, 20)"}


def coded_with(install: Install, **changed: str) -> CodedDocument | Failure:
    module(install({"byline.finders": {"bad": "broken:plug"}}), EVENT.format(**{**GOOD, **changed}))
    (found,) = Coder(Settings()).code_marked([parsed(GROUNDED).document])
    return found


def test_findings_that_hold_are_kept(install: Install) -> None:
    found = coded_with(install)
    assert isinstance(found, CodedDocument)
    assert found.events[-1].id == "e99"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text": "barge"}, "'barge' does not stand at"),
        ({"toponyms": "(40,)"}, "toponyms that are not there"),
        ({"voices": "('s9',)"}, "attributions that are not there: s9"),
        ({"evidence": "(0, 9000)"}, "no evidence at"),
    ],
)
def test_findings_that_do_not_hold_cost_their_document(install: Install, changed: dict[str, str], why: str) -> None:
    found = coded_with(install, **changed)
    assert isinstance(found, Failure)
    assert why in found.reason
    assert "The plug-in bad of mine 1" in found.reason


def test_a_finder_that_fails_costs_its_document_and_is_named(install: Install) -> None:
    module(install({"byline.finders": {"bad": "broken:plug"}}), "def plug(parsed, coded):\n    return {}['x']\n")
    (found,) = Coder(Settings()).code_marked([parsed(GROUNDED).document])
    assert isinstance(found, Failure)
    assert found.reason.startswith("The plug-in bad of mine 1 fails (KeyError in plug, line 2: 'x').")
