"""Renew requirements/*.lock from pyproject.toml: every package pinned, with its hashes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_OPTIONS = [
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-annotate",
    "--only-binary=pyicu",  # it has to be compiled against ICU, which users do not have
]


def lock(name: str, *more: str) -> None:
    """Write requirements/NAME.lock."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *_OPTIONS, *more]
    command += ["--output-file", f"requirements/{name}.lock", "pyproject.toml", "requirements/build.in"]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - a fixed command


if __name__ == "__main__":
    lock("runtime")
    lock("dev", "--group", "dev", "--constraint", "requirements/runtime.lock")
