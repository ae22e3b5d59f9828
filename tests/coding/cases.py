"""Reads the tables of tests/cases: one hard sentence a line, what is known to fail marked as such."""

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent.parent / "cases"


def cases(name: str) -> list[Any]:
    """Return a table as parameters; a case with "fails" is a strict expected failure."""
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else [],
        )
        for case in json.loads((CASES / name).read_text("utf-8"))
    ]
