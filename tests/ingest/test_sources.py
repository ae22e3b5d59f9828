import io
import os
from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.ingest import Facts, Failure, count, from_bytes, interval_of, read, read_manifest
from byline.records import Document

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
