"""Members of archives that are no pages, by their names."""

import re

from byline import knowledge

_LITTER = frozenset(knowledge.load("files.toml")["litter"])
_HERE = frozenset({"", ".", ".."})
_PARTS = re.compile(r"[/\\]")


def is_litter(name: str) -> bool:
    """Whether a member is hidden, or one that a system put there for its own use."""
    return any(part in _LITTER or (part.startswith(".") and part not in _HERE) for part in _PARTS.split(name))
