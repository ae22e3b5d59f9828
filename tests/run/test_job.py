"""What happens to documents on their way to the coder."""

from byline.demo import MANIFEST, PAGES
from byline.ingest import Failure, read, read_manifest
from byline.records import Document
from byline.run.job import with_copies
from tests.helpers import document


def test_the_demo_s_copies_are_traced_to_the_agency() -> None:
    found = with_copies(read([str(PAGES)], manifest=read_manifest(MANIFEST)))
    copies = {d.id: (d.copy.of, d.copy.kind) for d in found if isinstance(d, Document) and d.copy}
    assert copies == {
        "courier-0308-moura": ("meridian-0308-moura", "truncated"),
        "courier-0313-truce": ("meridian-0312-truce", "near"),
    }


def test_documents_and_failures_come_as_they_were_read() -> None:
    found = [document("No words that matter."), Failure(source="a", reason="b"), document("Others.")]
    assert list(with_copies(found)) == found
