"""A file stands under its name when it is whole."""

from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.writing import whole


def fill(path: Path) -> None:
    with whole(path) as out:
        out.write(b"ne")
        raise OSError(28, "No space left on device")


def test_what_was_written_stands_alone_under_its_name(tmp_path: Path) -> None:
    with whole(tmp_path / "events.csv") as out:
        out.write(b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"events.csv": b"new"}


def test_where_writing_fails_the_former_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"former")
    with pytest.raises(ConfigurationError, match="No space left"):
        fill(path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"events.csv": b"former"}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"cannot be written .* Name another file\."), whole(tmp_path) as out:
        out.write(b"new")
    assert list(tmp_path.parent.glob("*.part")) == []
