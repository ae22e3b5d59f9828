"""What is known of each file: a manifest in JSON lines or CSV."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from byline.errors import ConfigurationError
from byline.ingest.dates.dating import interval_of
from byline.ingest.facts import Facts
from byline.records import Interval

COLUMNS = ("file", "id", "published", "retrieved", "publication", "url")


class Manifest:
    """Facts by file; a file is named by its path from the manifest's folder."""

    def __init__(self, path: Path, rows: Mapping[Path, Facts]) -> None:
        self.path, self._rows = path, rows

    def facts(self, path: Path) -> Facts:
        """Return what the manifest knows of a file; nothing is known of a file that it does not name."""
        return self._rows.get(path.resolve(), Facts())


def read_manifest(path: str | Path) -> Manifest:
    """Read a manifest: `file` and any of id, published, retrieved, publication, url; other columns are passed over.

    ConfigurationError names the file and line of what does not hold.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"The manifest {path} cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"The manifest {path} cannot be read ({error}). Give JSONL or CSV in UTF-8."
        ) from error
    rows: dict[Path, Facts] = {}
    for line, row in _rows(path, text):
        where = f"{path}, line {line}"
        name = row.get("file")
        if not isinstance(name, str) or not name:
            raise ConfigurationError(f"{where}: no file is named. Give each row a `file`.")
        target = (path.parent / name).resolve()
        if target in rows:
            raise ConfigurationError(f"{where}: {name} is listed a second time. Keep one row a file.")
        rows[target] = _facts(where, row)
    return Manifest(path, rows)


def _rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield line number and row; JSON lines are told by their opening brace."""
    if not text.lstrip().startswith("{"):
        reader = csv.DictReader(io.StringIO(text, newline=""))
        if "file" not in (reader.fieldnames or ()):
            raise ConfigurationError(f"{path}, line 1: no column `file`. Name the columns: {','.join(COLUMNS)}.")
        for row in reader:
            yield reader.line_num, row
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                value = json.loads(line)
            except ValueError as error:
                raise ConfigurationError(
                    f"{path}, line {number}: no JSON ({error}). Write one object a line."
                ) from error
            if not isinstance(value, dict):
                raise ConfigurationError(f"{path}, line {number}: no object. Write one object a line, with a `file`.")
            yield number, value


def _facts(where: str, row: Mapping[str, object]) -> Facts:
    words = {column: _words(where, column, row.get(column)) for column in COLUMNS}
    return Facts(
        id=words["id"],
        publication=words["publication"],
        url=words["url"],
        published=_date(where, "published", words),
        retrieved=_date(where, "retrieved", words),
    )


def _words(where: str, column: str, value: object) -> str | None:
    if isinstance(value, (list, dict, bool)):
        raise ConfigurationError(f"{where}: `{column}` is {value!r}. Write it as text.")
    return None if value is None else str(value).strip() or None


def _date(where: str, column: str, words: Mapping[str, str | None]) -> Interval | None:
    option = words[column]
    try:
        return interval_of(option) if option else None
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}, `{column}`: {error}") from error
