"""Readable data: lexicons, ontologies, number words, cue lists. No grammar."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return a TOML file of this folder, read once; callers must not change it."""
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))
