"""A page to its documents: one, or one for each of its entries; walls are refused."""

from byline.errors import DocumentError
from byline.ingest import walls
from byline.ingest.facts import Facts
from byline.ingest.html import from_tree, tree_of
from byline.records import Document


def from_page(markup: str, *, source: str, facts: Facts) -> list[Document]:
    """Return what a page in HTML holds."""
    tree = tree_of(markup)
    gate = walls.gate_of(tree)
    try:
        whole = from_tree(tree, source=source, facts=facts)
    except DocumentError:
        walls.refuse(gate)
        raise
    return [walls.judged(whole, gate)]
