"""Who says what, as schema.org's Claim."""

import json
from collections.abc import Callable

from byline.export.chosen import OfArchive
from byline.store import Archive, Filter
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import rows

ABOUT = [
    {
        "@type": "Event", "@id": "urn:byline:event:u669a88616be4925b", "name": "ASSAULT (actual)",
        "startDate": "2016-05-09", "endDate": "2016-05-09", "location": {"@type": "Place", "name": "Velmara"},
    }
]  # fmt: skip
ARTICLE = {
    "@type": "NewsArticle", "identifier": "harbour-1", "headline": "Miners fell",
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
}  # fmt: skip


def test_a_claim_has_its_words_who_says_them_and_what_they_are_about(cells: Cells) -> None:
    assert cells("claims") == [
        {
            "@context": "https://schema.org", "@type": "Claim", "@id": "urn:byline:claim:harbour-1:s1",
            "text": "Soldiers killed at least six miners at Velmara on Monday",
            "author": {"@type": "Organization", "name": "the union"}, "about": ABOUT, "appearance": ARTICLE,
            "keywords": ["claimed", "indirect quotation"],
        },
        {
            "@context": "https://schema.org", "@type": "Claim", "@id": "urn:byline:claim:harbour-1:s2", "text": "it",
            "author": {"@type": "Person", "name": "Renko"}, "about": ABOUT, "appearance": ARTICLE,
            "keywords": ["denied", "indirect quotation"],
        },
    ]  # fmt: skip


def test_the_graph_has_the_same_claims_under_one_context(written: Callable[[str, str], bytes], cells: Cells) -> None:
    graph = json.loads(written("claims", "jsonld"))
    assert graph.keys() == {"@context", "@graph"}
    assert [{"@context": graph["@context"], **claim} for claim in graph["@graph"]] == cells("claims")


def test_no_claim_is_judged(written: Callable[[str, str], bytes]) -> None:
    assert b"Review" not in written("claims", "jsonld")


def test_claims_are_about_the_chosen_events(archive: Archive) -> None:
    assert rows("claims", OfArchive(archive, Filter(types=["PROTEST"]))) == []
