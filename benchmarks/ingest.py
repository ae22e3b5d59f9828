"""Article bodies out of web pages: quality and speed beside other libraries.

    python benchmarks/ingest.py FOLDER GOLD [ROUNDS]

FOLDER holds ID.html or ID.html.gz files, GOLD is a JSON file of {ID: {"articleBody": text}}; neither is part of this
repository. Quality is the mean precision and recall of four-word shingles over the pages, and F1 of these two means.
Speed is pages a CPU-second in the best of ROUNDS rounds (3), all contenders in turns, from decoded markup. Byline and
the contenders with "metadata" also read title, authors, outlet and date. What is not installed is left out with a note.
The last line is JSON.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from byline.errors import DocumentError
from byline.ingest.encoding import decode
from byline.ingest.html import from_html

Cut = Callable[[str], str]
ROUNDS = 3
SHINGLE = 4


def byline(markup: str) -> str:
    """Return the body by Byline."""
    try:
        document = from_html(markup)
    except DocumentError:
        return ""
    return "\n\n".join(document.text[slice(*span)] for span in document.body)


def trafilatura(options: dict[str, bool]) -> Cut:
    """Return trafilatura with some options."""
    extract = import_module("trafilatura").bare_extraction

    def cut(markup: str) -> str:
        found = extract(markup, include_comments=False, **options)
        return str(found.text or "") if found else ""

    return cut


def readability() -> Cut:
    """Return readability-lxml."""
    summary, parse = import_module("readability").Document, import_module("lxml.html").fromstring
    return lambda markup: str(parse(summary(markup).summary()).text_content())


def newspaper() -> Cut:
    """Return newspaper4k, without a download."""
    article = import_module("newspaper").Article

    def cut(markup: str) -> str:
        page = article("https://example.org/")
        page.download(input_html=markup)
        page.parse()
        return str(page.text)

    return cut


def resiliparse() -> Cut:
    """Return resiliparse."""
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda markup: str(extract(markup, main_content=True, alt_texts=False, links=False))


def goose() -> Cut:
    """Return goose3."""
    reader = import_module("goose3").Goose()
    return lambda markup: str(reader.extract(raw_html=markup).cleaned_text)


def justext() -> Cut:
    """Return jusText with its English words."""
    module = import_module("justext")
    words = module.get_stoplist("English")
    return lambda markup: "\n".join(p.text for p in module.justext(markup, words) if not p.is_boilerplate)


CONTENDERS: dict[str, Callable[[], Cut]] = {
    "Byline, with metadata": lambda: byline,
    "trafilatura, with metadata": partial(trafilatura, {"with_metadata": True}),
    "trafilatura": partial(trafilatura, {}),
    "trafilatura, precision": partial(trafilatura, {"favor_precision": True}),
    "trafilatura, fast": partial(trafilatura, {"fast": True}),
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "resiliparse": resiliparse,
    "goose3": goose,
    "jusText": justext,
}


def read(folder: Path, ids: Iterable[str]) -> dict[str, str]:
    """Return the decoded markup of each page."""
    pages = {}
    for name in ids:
        packed = folder / f"{name}.html.gz"
        data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / f"{name}.html").read_bytes()
        pages[name] = decode(data, markup=True)
    return pages


def installed() -> Iterator[tuple[str, Cut]]:
    """Yield the contenders that are there, and say which are not."""
    for name, make in CONTENDERS.items():
        try:
            yield name, make()
        except ImportError as error:
            sys.stderr.write(f"{name} is left out: {error}\n")


def body_or_nothing(cut: Cut, markup: str) -> str:
    """Return a body; a contender that fails on a page has found none."""
    try:
        return cut(markup)
    except Exception:  # noqa: BLE001 -- whatever another library raises
        return ""


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text, counted."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words)


def quality(bodies: dict[str, str], gold: dict[str, str]) -> dict[str, float]:
    """Return precision, recall and F1 of bodies."""
    precisions, recalls = [], []
    for name, wanted in gold.items():
        truth, found = shingles(wanted), shingles(bodies[name])
        both = (truth & found).total()
        precisions += [both / found.total()] if found else []
        recalls += [both / truth.total()] if truth else []
    precision, recall = (sum(x) / len(x) if x else 0.0 for x in (precisions, recalls))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def main() -> None:
    """Measure all contenders and print a line for each."""
    folder, rows = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else ROUNDS  # noqa: PLR2004 -- the third argument
    gold = {name: str(row["articleBody"]) for name, row in rows.items()}
    pages = read(folder, gold)
    cuts = dict(installed())
    best: dict[str, float] = {}
    figures: dict[str, dict[str, Any]] = {}
    for _ in range(rounds):
        for name, cut in cuts.items():
            start = time.process_time()
            bodies = {page: body_or_nothing(cut, markup) for page, markup in pages.items()}
            best[name] = max(best.get(name, 0.0), len(pages) / (time.process_time() - start))
            figures.setdefault(name, quality(bodies, gold))
    for name, found in figures.items():
        found["pages_per_second"] = best[name]
        shown = (f"{found[key]:.4f}" for key in ("precision", "recall", "f1"))
        sys.stdout.write(f"{name:28} {'  '.join(shown)} {best[name]:8.1f} pages/s\n")
    sys.stdout.write(json.dumps({"pages": len(pages), "contenders": figures}) + "\n")


if __name__ == "__main__":
    main()
