"""The configuration of a watch: what holds, and what is said of what does not."""

from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.watch.watchlist import Feed, Folder, Watchlist, read_watchlist

SAMPLE = Path(__file__).parents[2] / "docs" / "feeds.toml"
LEAST = "to = 'a.byline'\ncontact = 'desk@example.org'\n"
FEED = "[[feed]]\nurl = 'https://example.org/feed'\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_sample_holds_and_its_paths_are_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "incoming").mkdir()
    found = read_watchlist(written(tmp_path, SAMPLE.read_text("utf-8")))
    assert found.to == str(tmp_path / "events.byline")
    assert found.folder == (Folder(path=str(tmp_path / "incoming"), every="10 minutes"),)
    assert found.feed[1] == Feed(url="https://wire.example.org/atom.xml")
    assert [found.period(one) for one in found.sources] == [600, 900, 3600]
    assert (found.delay, found.seconds, found.megabytes) == (5, 60, 10)


def test_everything_that_the_sample_leaves_out_holds_too(tmp_path: Path) -> None:
    (tmp_path / "incoming").mkdir()
    (tmp_path / "ours.toml").write_text("", "utf-8")
    lines = SAMPLE.read_text("utf-8").splitlines()
    found = read_watchlist(written(tmp_path, "\n".join(line.removeprefix("# ") for line in lines[2:])))
    assert found.ontology == str(tmp_path / "ours.toml")
    assert found.private == ("intranet.example.org",)


def test_all_that_can_be_set_is_described() -> None:
    page = (SAMPLE.parent / "watch.md").read_text("utf-8")
    for struct in (Watchlist, Feed, Folder):
        for name in struct.__struct_fields__:
            assert f"`{name}`" in page or f"[[{name}]]" in page or f"`{name} = " in page, name


def test_an_ontology_that_is_no_file_is_one_that_byline_knows(tmp_path: Path) -> None:
    assert read_watchlist(written(tmp_path, LEAST + "ontology = 'supersenses'\n" + FEED)).ontology == "supersenses"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("to = ", "is no TOML"),
        ("contact = 'a@b.org'\n" + FEED, "it lacks the field `to`"),
        ("to = 'a.byline'\n" + FEED, "it lacks the field `contact`"),
        (LEAST, "names nothing to read"),
        (LEAST.replace("desk@example.org", "me") + FEED, "the contact 'me'"),
        (LEAST.replace("desk@example.org", "büro@example.org") + FEED, "the contact"),
        (LEAST + "evry = '1 hour'\n" + FEED, "unknown field `evry`"),
        (LEAST + FEED + "article = true\n", "unknown field `article` (at feed 1)"),
        (LEAST + FEED + "articles = 'yes'\n", "(at feed 1.articles)"),
        (LEAST + "delay = -1\n" + FEED, "(at delay)"),
        (LEAST + "megabytes = 500\n" + FEED, "(at megabytes)"),
        (LEAST + FEED + "every = 'hourly'\n", "`every` is 'hourly'"),
        (LEAST + FEED + "every = '5 seconds'\n", "60 seconds or more"),
        (LEAST + "every = 'often'\n" + FEED, "`every` is 'often'"),
        (LEAST + FEED + FEED, "is there twice"),
        (LEAST + "[[feed]]\nurl = 'file:///etc/passwd'\n", "no address of the web"),
        (LEAST + "[[feed]]\nurl = 'https://me:secret@example.org/'\n", "a name or password"),
        (LEAST + "[[folder]]\npath = 'nowhere'\n", "there is no such folder"),
    ],
)
def test_what_does_not_hold_is_said_with_where_and_what_to_do(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        read_watchlist(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert "me:secret" not in str(caught.value)


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_watchlist(tmp_path / "none.toml")
