"""What the command line of a benchmark asks for."""

import argparse
from pathlib import Path


def arguments(what: str | None, **numbers: float) -> argparse.Namespace:
    """Return a folder, and a number an option, each with what it is unless it is given."""
    parser = argparse.ArgumentParser(description=what, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, number in numbers.items():
        parser.add_argument(f"--{name}", type=type(number), default=number, help="%(default)s")
    return parser.parse_args()
