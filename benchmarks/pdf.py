"""Pages a second from PDF files to documents, and how much of it pdfium takes.

    python benchmarks/pdf.py FILE...

Each file is read three times in one process; the best round counts, in seconds of the processor.
The last line is JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium

from byline.ingest.pdf import from_pdf

ROUNDS = 3


def main() -> None:
    """Measure and print."""
    files = [Path(name).read_bytes() for name in sys.argv[1:]]
    pages = sum(len(pdfium.PdfDocument(data)) for data in files)
    letters = sum(len(from_pdf(data).text) for data in files)
    whole, bare = (_best(files, read) for read in (from_pdf, _loaded))
    figures = {
        "pages": pages,
        "letters": letters,
        "pages_a_second": round(pages / whole, 1),
        "letters_a_second": round(letters / whole),
        "share_of_pdfium": round(bare / whole, 2),
    }
    for name, figure in figures.items():
        sys.stdout.write(f"{name:20}{figure:>12}\n")
    sys.stdout.write(json.dumps(figures) + "\n")


def _best(files: list[bytes], read: Callable[[bytes], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for data in files:
            read(data)
        rounds.append(time.process_time() - start)
    return min(rounds)


def _loaded(data: bytes) -> int:
    """Return how many characters pdfium finds, without their places."""
    with pdfium.PdfDocument(data) as pdf:
        return sum(page.get_textpage().count_chars() for page in pdf)


if __name__ == "__main__":
    main()
