from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.ingest import Facts, interval_of, read_manifest


def write(folder: Path, text: str, name: str = "manifest.jsonl") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


EXPECTED = Facts(
    id="a1",
    publication="The Lamp",
    url="https://example.org/a",
    published=interval_of("2008-04"),
    retrieved=interval_of("2024-07-15"),
)


def test_json_lines_are_read(tmp_path: Path) -> None:
    line = (
        '{"file": "a.txt", "id": "a1", "published": "2008-04", "retrieved": "2024-07-15", "publication": "The Lamp",'
        ' "url": "https://example.org/a", "country": "FR"}'
    )
    manifest = read_manifest(write(tmp_path, f"\n{line}\n"))
    assert manifest.facts(tmp_path / "a.txt") == EXPECTED


def test_csv_is_read(tmp_path: Path) -> None:
    text = (
        "file,id,published,retrieved,publication,url,country\r\n"
        'a.txt,a1,2008-04,2024-07-15,"The Lamp",https://example.org/a,FR\r\nsub/b.txt,,,,,,\r\n'
    )
    manifest = read_manifest(write(tmp_path, "\ufeff" + text, "m.csv"))
    assert manifest.facts(tmp_path / "a.txt") == EXPECTED
    assert manifest.facts(tmp_path / "sub/b.txt") == Facts()


def test_null_is_unknown_and_a_year_may_be_a_number(tmp_path: Path) -> None:
    manifest = read_manifest(write(tmp_path, '{"file": "a.txt", "id": null, "published": 2008}'))
    assert manifest.facts(tmp_path / "a.txt") == Facts(published=interval_of("2008"))


def test_nothing_is_known_of_a_file_that_is_not_named(tmp_path: Path) -> None:
    assert read_manifest(write(tmp_path, '{"file": "a.txt"}')).facts(tmp_path / "b.txt") == Facts()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"file": "a"}\n{"file": "b"', "line 2: no JSON"),
        ('{"file": "a"}\n[1]', "line 2: no object. Write one object a line, with a `file`."),
        ('{"id": "a"}', "line 1: no file is named. Give each row a `file`."),
        ('{"file": "a"}\n{"file": "a"}', "line 2: a is listed a second time. Keep one row a file."),
        ('{"file": "a", "url": ["x"]}', "line 1: `url` is ['x']. Write it as text."),
        ('{"file": "a", "published": "May"}', "line 1, `published`: 'May' is no date."),
        ("file,published\na,2008\nb,soon", "line 3, `published`: 'soon' is no date."),
        (
            "name,published\na,2008",
            "line 1: no column `file`. Name the columns: file,id,published,retrieved,publication,url.",
        ),
        ("", "line 1: no column `file`."),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigurationError) as error:
        read_manifest(path)
    assert str(error.value).startswith(f"{path}, {message}")


def test_a_manifest_that_is_missing_or_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_manifest(path)
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_manifest(path)
