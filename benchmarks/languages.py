"""Count the English texts that would be set aside as foreign, and time the guess.

    python benchmarks/languages.py FOLDER|FILE...

Reads .jsonl (`text`), .json (values with `articleBody`), .toml (`documents`) and any other file as one text.
Prints each text that is set aside, so that a person can see whether it is English.
"""

import json
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from byline.errors import DocumentError
from byline.ingest.languages import with_language
from byline.ingest.text import from_text


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a file, or of all files below a folder."""
    if path.is_dir():
        for inner in sorted(p for p in path.rglob("*") if p.is_file() and p.suffix not in {".md", ".gz"}):
            yield from texts(inner)
        return
    words = path.read_text("utf-8", "replace")
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in words.split("\n") if line.strip()]
    elif path.suffix == ".json":
        found = json.loads(words)
        rows = list(found.values()) if isinstance(found, dict) else found
    elif path.suffix == ".toml":
        rows = tomllib.loads(words).get("documents", [])
    else:
        rows = [{"text": words}]
    for row in rows:
        text = row.get("text") or row.get("articleBody") if isinstance(row, dict) else None
        if isinstance(text, str) and text.strip():
            yield text


def main() -> None:
    """Print the counts, the time a text, and what is set aside."""
    told: dict[str, int] = {}
    aside: list[tuple[str, str]] = []
    seconds = 0.0
    for text in (t for name in sys.argv[1:] for t in texts(Path(name))):
        try:
            document = from_text(text)
        except DocumentError:
            continue
        start = time.perf_counter()
        try:
            code = with_language(document, ["en"]).language or "none"
        except DocumentError as error:
            code = "aside"
            aside.append((str(error).split(".")[0], document.text[:90].replace("\n", " ")))
        seconds += time.perf_counter() - start
        told[code] = told.get(code, 0) + 1
    for reason, words in aside:
        sys.stdout.write(f"{reason}: {words}\n")
    sys.stdout.write(f"{told} of {sum(told.values())}; {1000 * seconds / max(1, sum(told.values())):.2f} ms a text\n")


if __name__ == "__main__":
    main()
