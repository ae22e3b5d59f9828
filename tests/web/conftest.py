"""The demo archive, served."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from byline.store import Archive, Asked, incidents
from tests.helpers import demo
from tests.web.browser import chromium
from tests.web.server import Client, archive_of, served

__all__ = ["chromium"]  # a fixture
FEW = 3  # documents of an archive that a test writes to


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo archive, coded, as a file."""
    return archive_of(tmp_path_factory.mktemp("web") / "demo.byline", demo())


@pytest.fixture(scope="session")
def address(archive: Path) -> Iterator[str]:
    """Yield where the demo archive is served."""
    with served(archive) as found:
        yield found


@pytest.fixture(scope="session")
def incident(archive: Path) -> str:
    """Return the id of the incident with most reports."""
    with Archive.open(archive) as opened:
        return max(incidents(opened, Asked()), key=lambda one: one.reports).id


@pytest.fixture
def client(address: str) -> Client:
    """Return a client of that server with no cookies yet."""
    return Client(address)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of the first documents of the demo archive."""
    return archive_of(tmp_path_factory.mktemp("few") / "few.byline", demo()[:FEW])


@pytest.fixture
def path(few: Path, tmp_path: Path) -> Path:
    """Return an archive of few documents that the test may write to."""
    own = tmp_path / "own.byline"
    own.write_bytes(few.read_bytes())
    return own


@pytest.fixture
def where(path: Path) -> Iterator[str]:
    """Yield where the test's own archive is served."""
    with served(path) as found:
        yield found
