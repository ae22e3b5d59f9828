"""The figures of `byline evaluate`, written into the table of docs/method.md.

    python benchmarks/accuracy.py SHARED

SHARED holds the scorers (`score`) and their gold (`gold`), which are not part of
this repository. Runs are kept until the program or the texts change.
"""

import re
import sys
from pathlib import Path

from byline.evaluation import chosen_sets, default_cache, evaluate
from byline.evaluation.table import markdown

METHOD = Path(__file__).parents[1] / "docs" / "method.md"
_TABLE = re.compile(r"(<!-- accuracy -->\n).*?(<!-- end of accuracy -->)", re.DOTALL)


def main() -> None:
    """Measure all sets, write the table, and print it."""
    shared = Path(sys.argv[1])
    table = markdown(evaluate(chosen_sets(shared), shared, default_cache()))
    text = METHOD.read_text("utf-8")
    METHOD.write_text(_TABLE.sub(lambda found: found[1] + table + found[2], text), "utf-8")
    sys.stdout.write(table)


if __name__ == "__main__":
    main()
