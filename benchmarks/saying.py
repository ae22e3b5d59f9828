"""What benchmarks print, at once: a line of words, or of figures as JSON."""

import json
import sys
from collections.abc import Mapping


def say(words: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def show(figures: Mapping[str, object]) -> None:
    """Print figures as a line of JSON."""
    say(json.dumps(figures))
