"""Running headers, footers and page numbers: lines at the edge of a page that other pages have at the same height."""

import re
from collections import defaultdict
from collections.abc import Sequence

from byline import knowledge
from byline.ingest.furniture import folded
from byline.ingest.pdf.layout import cells, rows, spoken
from byline.ingest.pdf.words import Page, Word

_COUNTS = knowledge.load("pdf.toml")["counts"]
_EDGE: int = _COUNTS["edge"]
_HEIGHT: float = _COUNTS["height"]
_NUMBERS = re.compile(r"\d+")
_PAGE = re.compile(r"\W*(?:page\b|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|[-–])\s*\d{1,4})?\W*", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·]\s*")
Row = list[Word]


def without_running(pages: Sequence[Page]) -> tuple[list[list[Word]], list[str]]:
    """Return the words of each page without its running lines, and what these say, each part of a line once.

    Numbers in them may differ. What is nothing but a page number at the very edge needs no other page. Where all
    words would go, they stay: pages of a line or two, which are the same.
    """
    lines = [_edge(page) for page in pages]
    places: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, edge in enumerate(lines):
        for row in edge:
            places[_key(row)].add((number, round(row[0].y / _HEIGHT)))
    found = [[row for row in edge if _is_running(row, n, places[_key(row)])] for n, edge in enumerate(lines)]
    words = [_without(page, edge, running) for page, edge, running in zip(pages, lines, found, strict=True)]
    if not any(words):
        return [page.words for page in pages], []
    said = (part for running in found for row in running for cell in cells(row) for part in _PARTS.split(spoken(cell)))
    return words, list(dict.fromkeys(part for part in said if part and not _PAGE.fullmatch(part)))


def _edge(page: Page) -> list[Row]:
    """Return the lines at the top and the bottom of a page."""
    found = rows(page.words)
    return found[:_EDGE] + found[max(_EDGE, len(found) - _EDGE) :]


def _key(row: Row) -> str:
    return _NUMBERS.sub("#", folded(spoken(row)))


def _is_running(row: Row, page: int, places: set[tuple[int, int]]) -> bool:
    """Whether a line stands at about the same height on another page."""
    height = round(row[0].y / _HEIGHT)
    return any(number != page and abs(other - height) <= 1 for number, other in places)


def _without(page: Page, edge: Sequence[Row], running: Sequence[Row]) -> list[Word]:
    numbers = [row for row in (edge[0], edge[-1]) if _PAGE.fullmatch(spoken(row))] if edge else []
    dropped = {id(word) for row in (*running, *numbers) for word in row}
    return [word for word in page.words if id(word) not in dropped]
