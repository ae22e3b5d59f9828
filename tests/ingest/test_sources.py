import io
import os
from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.ingest import Facts, Failure, count, from_bytes, interval_of, read, read_manifest
from byline.records import Document
from tests.ingest.containers.reading import zipped

STORY = "The army left the town on Monday."


def sources(paths: list[str], **options: object) -> list[tuple[str, str]]:
    """Return each source with its text or its failure's reason."""
    found = read(paths, **options)  # type: ignore[arg-type]
    return [(Path(d.source).name, d.reason if isinstance(d, Failure) else d.text) for d in found]


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(STORY.encode() + b"\r\n")
    (document,) = read([str(path)])
    assert isinstance(document, Document)
    assert (document.source, document.text, document.body) == (str(path), STORY + "\r\n", ((0, len(STORY)),))


def test_a_folder_is_read_in_order_with_what_is_below_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert sources([str(tmp_path)]) == [("a.txt", "a.txt"), ("b.txt", "b.txt"), ("c.txt", "sub/c.txt")]
    assert count([str(tmp_path), "-"]) == 4


def test_standard_input_is_a_dash() -> None:
    (document,) = read(["-"], stdin=io.BytesIO(STORY.encode()))
    assert isinstance(document, Document)
    assert (document.source, document.text) == ("-", STORY)


def test_a_page_on_standard_input_is_recognised() -> None:
    page = f"<!DOCTYPE html><html><head><title>A title</title></head><body><p>{STORY}</p></body></html>"
    assert sources(["-"], stdin=io.BytesIO(page.encode())) == [("-", f"A title\n\n{STORY}")]


def test_a_bad_file_costs_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 99)
    (tmp_path / "c.txt").write_text(STORY)
    (tmp_path / "d.json").write_text('{"a": 1}')
    (tmp_path / "e.html").write_text("<html></html>")
    (tmp_path / "f").write_text(STORY)
    assert sources([str(tmp_path)]) == [
        ("a.txt", "The document is empty. Check that the file holds the article's text."),
        ("b.txt", "This is binary data, not text. Convert it to text or HTML first."),
        ("c.txt", STORY),
        ("d.json", "This is JSON, not a news text. Give its articles as text or HTML."),
        ("e.html", "The page holds no readable text. Give the text that a browser shows."),
        ("f", STORY),
    ]


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    assert list(read([str(tmp_path)])) == [
        Failure(source=str(tmp_path), reason="The folder holds no files. Check the path.")
    ]


def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(read([str(tmp_path)])) == [
        Failure(source=str(tmp_path), reason="The folder cannot be read (Permission denied). Check its permissions.")
    ]


def test_a_file_that_vanishes_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    found = read([str(path)])
    path.unlink()
    assert [type(d) for d in found] == [Failure]


def test_a_file_that_is_too_large_is_reported() -> None:
    assert sources(["-"], stdin=io.BytesIO(b"x" * 40_000_001)) == [
        ("-", "The file has more than 40,000,000 bytes. Split it into one file an article.")
    ]


def tree(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("**/*.html", ["a.html", "b/c.html", "b/d/e.html"]),
        ("*.html", ["a.html"]),
        ("b/**", ["b/c.html", "b/f.txt", "b/d/e.html"]),
        ("b*", ["b/c.html", "b/f.txt", "b/d/e.html"]),
        ("**/[ef].*", ["b/f.txt", "b/d/e.html"]),
        ("b/?.txt", ["b/f.txt"]),
    ],
)
def test_a_pattern_is_the_files_that_fit_it_in_order(tmp_path: Path, pattern: str, found: list[str]) -> None:
    tree(tmp_path, "a.html", "b/c.html", "b/d/e.html", "b/f.txt", ".git/g.html")
    assert [text for _, text in sources([str(tmp_path / pattern)])] == found


def test_a_pattern_that_nothing_fits_stops_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        read([str(tmp_path / "**" / "*.html")])
    assert (
        str(error.value)
        == f"No file matches {tmp_path}/**/*.html. Check the pattern; ** stands for folders of any depth."
    )


def test_a_file_with_the_signs_of_a_pattern_in_its_name_is_a_file(tmp_path: Path) -> None:
    tree(tmp_path, "a[1].txt", "a1.txt")
    assert sources([str(tmp_path / "a[1].txt")]) == [("a[1].txt", "a[1].txt")]


def test_links_are_followed_to_files_of_the_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    tree(folder, "a.txt", "sub/b.txt", ".store/c.txt")
    tree(tmp_path, "outside/d.txt")
    (folder / "again.txt").symlink_to("a.txt")
    (folder / "kept.txt").symlink_to(".store/c.txt")
    (folder / "leaves.txt").symlink_to("../outside/d.txt")
    (folder / "leaving").symlink_to("../outside")
    (folder / "loop").symlink_to(".")
    (folder / "nowhere").symlink_to("nothing")
    (folder / "round").symlink_to("round")
    leaves = "This is a link to {}, outside of the folder. Give that path itself if you want it read."
    nowhere = "This is a link that leads nowhere. Remove it."
    outside = tmp_path / "outside"
    assert sources([str(folder)]) == [
        ("leaving", leaves.format(outside)),
        ("a.txt", "a.txt"),
        ("kept.txt", ".store/c.txt"),
        ("leaves.txt", leaves.format(outside / "d.txt")),
        ("nowhere", nowhere),
        ("round", nowhere),
        ("b.txt", "sub/b.txt"),
    ]


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / "link").symlink_to("a.txt")
    assert sources([str(tmp_path / "link")]) == [("link", "a.txt")]


def test_pipes_and_devices_in_a_folder_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    special = "This is no file but a device, pipe or socket. It is not opened."
    assert sources([str(tmp_path)]) == [("pipe", special)]
    assert sources(["/dev/null"]) == [("null", special)]


def test_a_pipe_that_the_user_names_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, STORY.encode())
    os.close(writing)
    assert sources([f"/dev/fd/{reading}"]) == [(str(reading), STORY)]
    os.close(reading)


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("a.txt", [("-", STORY)]),
        ("sub", [("b.txt", STORY)]),
        ("t.csv", [("1", STORY), ("2", STORY)]),
        ("t.csv!/2", [("2", STORY)]),
    ],
)
def test_a_path_may_name_what_stands_in_a_container(tmp_path: Path, inside: str, found: list[tuple[str, str]]) -> None:
    table = f"id,text\n1,{STORY}\n2,{STORY}\n".encode()
    path = tmp_path / "z.zip"
    path.write_bytes(zipped({"a.txt": STORY.encode(), "t.csv": table, "sub!/b.txt": STORY.encode()}))
    names = [(name if found[0][0] != "-" else "-", text) for name, text in sources([f"{path}!/{inside}"])]
    assert names == found


def test_a_member_that_is_not_there_stops_the_run_and_names_some_that_are(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    path.write_bytes(zipped({"a.txt": STORY.encode()}))
    with pytest.raises(ConfigurationError) as error:
        sources([f"{path}!/b.txt"])
    assert str(error.value) == f"There is no {path}!/b.txt. The first that are there: {path}!/a.txt."


def test_what_keeps_a_member_from_being_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(50))
    ((name, reason),) = sources([f"{path}!/b.txt"])
    assert (name, reason[:29]) == ("z.zip", "The archive is damaged or cut")


def test_an_unknown_path_stops_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        read([str(tmp_path), "no/such/file"])
    assert str(error.value) == "There is no file or folder no/such/file. Check the path; `-` is standard input."


def test_the_manifest_wins_over_what_holds_for_all_and_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    (tmp_path / "m.jsonl").write_text('{"file": "a.txt", "publication": "The Lamp"}')
    facts = Facts(publication="Daily", published=interval_of("2008"))
    documents = list(read([str(tmp_path)], facts=facts, manifest=read_manifest(tmp_path / "m.jsonl")))
    assert [(d.publication, d.published) for d in documents if isinstance(d, Document)] == [
        ("The Lamp", interval_of("2008")),
        ("Daily", interval_of("2008")),
    ]


def test_a_thousand_broken_files_are_a_thousand_failures(tmp_path: Path) -> None:
    for i in range(1000):
        (tmp_path / f"{i}.txt").write_bytes(b"\x00\xff" * 50)
    assert sum(isinstance(d, Failure) for d in read([str(tmp_path)])) == 1000


def test_a_text_that_looks_like_markup_is_text_by_its_name() -> None:
    assert from_bytes(b"<p> is a tag.", source="a.txt")[0].text == "<p> is a tag."
