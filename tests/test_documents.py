"""Short documents in many styles: whether each event happened, whose voice tells it, and who says what.

They are data, in tests/cases/documents.toml. What fails today stands in known_failures.txt as ID:FINDER with a reason.
"""

from functools import cache

import pytest

import byline
from tests.documents import Fault, ShortDocument, faults, read_documents, span_of
from tests.matching import read_known_failures

DOCUMENTS = read_documents()
FINDERS = ("status", "voices", "claims")
KNOWN = {case: reason for case, reason in read_known_failures().items() if ":" in case}
BY_ID = {document.id: document for document in DOCUMENTS}


def params() -> list[object]:
    """Return pytest's parameters, one a document and finder; a known failure is a strict one."""
    return [
        pytest.param(
            document,
            finder,
            id=(case := f"{document.id}:{finder}"),
            marks=[pytest.mark.xfail(reason=KNOWN[case], strict=True, raises=AssertionError)] if case in KNOWN else [],
        )
        for document in DOCUMENTS
        for finder in FINDERS
    ]


@cache
def faults_of(case: str) -> list[Fault]:
    asked = BY_ID[case]
    return list(faults(asked, byline.code(asked.text, published=asked.published)))


@pytest.mark.parametrize(("document", "finder"), params())
def test_a_short_document_is_read_as_a_person_reads_it(document: ShortDocument, finder: str) -> None:
    wrong = [fault.what for fault in faults_of(document.id) if fault.finder == finder]
    assert not wrong, f"{document.label}: " + "; ".join(wrong)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.id)
def test_what_is_asked_stands_once_in_the_document(document: ShortDocument) -> None:
    claimed = [claim.words for claim in document.claims]
    for words in (*(event.trigger for event in document.events), *document.never, *claimed):
        span_of(words, document.text)


def test_no_two_documents_share_an_id_or_a_text() -> None:
    assert len(BY_ID) == len({d.text for d in DOCUMENTS}) == len(DOCUMENTS)


def test_every_known_failure_is_a_document_and_a_finder() -> None:
    assert set(KNOWN) <= {f"{d.id}:{finder}" for d in DOCUMENTS for finder in FINDERS}
