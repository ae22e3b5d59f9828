"""MUC-4 incident templates: Byline's incidents mapped to templates, and scored by the rules of 1992.

    python benchmarks/muc4.py SHARED [dev] [tst1] [tst2]

SHARED is the folder of scorers and gold data; without names all three sets are
measured. Prints a JSON line a figure: F of ALL TEMPLATES with its interval, and
the F of the strict judge. The mapping is byline/evaluation/muc4, its words
knowledge/muc4.toml.
"""

import sys
from pathlib import Path

from byline.evaluation import chosen_sets, default_cache, evaluate
from byline.evaluation.table import json_lines

SETS = ("dev", "tst1", "tst2")


def main() -> None:
    """Measure the named sets and print their figures as they come."""
    shared, names = Path(sys.argv[1]), sys.argv[2:] or SETS
    sets = chosen_sets(shared, [f"muc4_{name}" for name in names])
    for line in json_lines(evaluate(sets, shared, default_cache())):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
