"""Documents as citations: CSL-JSON and Zotero."""

import json
from collections.abc import Callable

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

ZOTERO = {
    "itemType", "title", "creators", "abstractNote", "publicationTitle", "place", "edition", "date", "section", "pages",
    "language", "shortTitle", "ISSN", "url", "accessDate", "archive", "archiveLocation", "libraryCatalog", "callNumber",
    "rights", "extra", "tags", "collections", "relations",
}  # fmt: skip


@pytest.fixture
def csl(written: Callable[[str, str], bytes]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(written("csl", "json"))
    return found


@pytest.fixture
def zotero(written: Callable[[str, str], bytes]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(written("zotero", "json"))
    return found


def test_a_document_is_an_article_of_a_newspaper(csl: list[dict[str, object]]) -> None:
    assert csl[0] == {
        "id": "lamp-1", "type": "article-newspaper", "title": "Velmara bleeds", "container-title": "The Lamp",
        "author": [{"literal": "Ada Tarsk"}, {"literal": "Ilo Venn"}], "language": "en",
        "issued": {"date-parts": [[2016, 5, 11]]}, "accessed": {"date-parts": [[2020, 2, 3]]},
        "URL": "https://lamp.example/velmara?a=1&b=2", "note": "Byline document lamp-1",
    }  # fmt: skip


def test_a_citation_processor_sets_them(csl: list[dict[str, object]]) -> None:
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(csl[:1]), formatter.plain)
    bibliography.register(Citation([CitationItem("lamp-1")]))
    (lamp,) = map(str, bibliography.bibliography())
    assert lamp.startswith("Ada Tarsk and Ilo Venn (2016) “Velmara bleeds”, The Lamp, 11 May.")


def test_several_days_are_a_range_and_unknown_is_not_there(csl: list[dict[str, object]]) -> None:
    assert csl[1]["issued"] == {"date-parts": [[2016, 5, 12], [2016, 5, 13]]}
    assert csl[2].keys() == {"id", "type", "container-title", "note"}


def test_an_address_that_is_none_of_the_web_is_left_out(
    csl: list[dict[str, object]], zotero: list[dict[str, object]]
) -> None:
    assert "URL" not in csl[3]
    assert zotero[3]["url"] == ""


def test_ids_are_the_documents_and_each_stands_once(csl: list[dict[str, object]]) -> None:
    assert [item["id"] for item in csl] == ["lamp-1", "harbour-1", "mill-1", "hostile 1/<é>"]


def test_an_item_of_zotero_has_all_fields_of_a_newspaper_article(zotero: list[dict[str, object]]) -> None:
    assert all(item.keys() == ZOTERO for item in zotero)
    known = {name: value for name, value in zotero[0].items() if value}
    assert known == {
        "itemType": "newspaperArticle", "title": "Velmara bleeds", "publicationTitle": "The Lamp", "date": "2016-05-11",
        "creators": [{"creatorType": "author", "name": "Ada Tarsk"}, {"creatorType": "author", "name": "Ilo Venn"}],
        "language": "en", "url": "https://lamp.example/velmara?a=1&b=2", "accessDate": "2020-02-03",
        "extra": "Byline document: lamp-1",
    }  # fmt: skip
    assert zotero[1]["date"] == "2016-05-12/2016-05-13"
