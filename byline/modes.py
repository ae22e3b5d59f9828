"""Which modes of events go together: one shooting is told as firearms and as beating, one march as a blocked road."""

from byline import knowledge

_WORDS = knowledge.load("incidents.toml")
_LINE = {mode: n for n, modes in enumerate(_WORDS["together"]) for mode in modes}
_BESIDE = frozenset(_WORDS["beside"])


def are_apart(mode: str | None, other: str | None) -> bool:
    """Whether two modes are of two happenings; a mode that is not known, or goes with any, never is."""
    if mode is None or other is None or not _BESIDE.isdisjoint({mode, other}):
        return False
    return mode != other and _LINE.get(mode, mode) != _LINE.get(other, other)
