"""Write the pictures of docs/report.md: pages of a briefing of the demo archive.

python tools/write_report_pictures.py
"""

import sys
import tempfile
from pathlib import Path
from subprocess import run

from pypdfium2 import PdfDocument, PdfPage

from byline.demo import MANIFEST, PAGES

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 700  # pixels
_BYLINE = [sys.executable, "-c", "from byline.cli import main; main()"]
_TITLE = "Attacks in southern Portugal, March 2006"
_FILTERS = ["--type", "ASSAULT", "--first", "2006-03", "--last", "2006-03"]


def main() -> None:
    """Code the demo pages, make a briefing of them, and draw its first page, its map and its first incident."""
    with tempfile.TemporaryDirectory() as folder:
        archive, file = f"{folder}/demo.byline", f"{folder}/demo.pdf"
        pages, manifest = (str(path.relative_to(ROOT)) for path in (PAGES, MANIFEST))
        byline("code", pages, "--manifest", manifest, "--to", archive)
        byline("report", archive, "--to", file, "--title", _TITLE, *_FILTERS)
        document = PdfDocument(file)
        draw(document[0], "first")
        draw(page_with(document, "Where, closer"), "map")
        draw(page_with(document, "stands against another figure"), "incident")


def byline(*words: str) -> None:
    """Run the program."""
    run([*_BYLINE, *words], check=True, cwd=ROOT)  # noqa: S603 -- our own words


def page_with(pages: PdfDocument, words: str) -> PdfPage:
    """Return the first page with these words."""
    return next(page for page in pages if words in page.get_textpage().get_text_range())


def draw(page: PdfPage, name: str) -> None:
    """Write a picture of a page, in greys."""
    picture = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()
    picture.save(PICTURES / f"report-{name}.png", optimize=True)


if __name__ == "__main__":
    main()
