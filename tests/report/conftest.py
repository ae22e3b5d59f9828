"""Archives to be told of, and a briefing of each: the demo's, and one whose every word means harm."""

from pathlib import Path

import pytest

from byline.report import Briefing, Scope, brief
from byline.run.accounts import account
from byline.store import Archive
from tests.helpers import demo
from tests.web.hostile import DOCUMENTS
from tests.web.server import archive_of


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_of(tmp_path_factory.mktemp("report") / "demo.byline", demo())


@pytest.fixture(scope="session")
def briefing(archive: Path) -> Briefing:
    return made(archive)


@pytest.fixture(scope="session")
def harm(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """Return a briefing of documents whose every field means harm."""
    return made(archive_of(tmp_path_factory.mktemp("report") / "hostile.byline", DOCUMENTS))


def made(path: Path, scope: Scope = Scope()) -> Briefing:  # noqa: B008 -- it is frozen
    """Return a briefing of an archive."""
    with Archive.open(path) as opened:
        return brief(opened, scope, account)
