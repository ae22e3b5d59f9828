"""The invented archive, and what a layout writes of it."""

import io
from collections.abc import Callable, Iterator

import msgspec
import pytest

from byline.export.chosen import OfArchive
from byline.export.layouts import layout
from byline.store import Archive, Filter
from tests.export.invented import make

Cells = Callable[[str], list[dict[str, object]]]


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("invented") / "invented.byline"
    make(path)
    with Archive.open(path) as opened:
        yield opened


@pytest.fixture
def chosen(archive: Archive) -> OfArchive:
    return OfArchive(archive, Filter())


@pytest.fixture
def written(chosen: OfArchive) -> Callable[[str, str], bytes]:
    def write(name: str, form: str) -> bytes:
        out = io.BytesIO()
        layout(name).forms[form](chosen, out)
        return out.getvalue()

    return write


@pytest.fixture
def cells(written: Callable[[str, str], bytes]) -> Cells:
    """Return what gives the rows of a layout, each with the cells that are not blank."""

    def known(name: str) -> list[dict[str, object]]:
        rows = map(msgspec.json.decode, written(name, "jsonl").splitlines())
        return [{column: cell for column, cell in row.items() if cell is not None} for row in rows]

    return known
