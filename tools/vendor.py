"""Fetch again what the pages of `byline serve` use of others: packages of npm, checked against their digests.

    python tools/vendor.py

Writes byline/web/static/vendor/, where vendor.toml has versions and digests; files are taken as they are published.
"""

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "byline" / "web" / "static" / "vendor"


def main() -> None:
    """Fetch, check and unpack each package of vendor.toml."""
    for package in tomllib.loads((VENDOR / "vendor.toml").read_text("utf-8"))["packages"]:
        archive = fetched(f"{package['name']}@{package['version']}")
        digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
        if package["integrity"] != f"sha512-{digest}":
            sys.exit(f"{package['name']} is not what it was: sha512-{digest}")
        unpack(archive, package["files"])


def fetched(name: str) -> bytes:
    """Return the archive of a package, as npm has it."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch packages (Debian's package npm).")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- names stand in vendor.toml
        return next(Path(folder).iterdir()).read_bytes()


def unpack(archive: bytes, files: dict[str, str]) -> None:
    """Write files of a package under the names that the pages know."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        for name, ours in files.items():
            member = opened.extractfile(f"package/{name}")
            assert member is not None
            (VENDOR / ours).write_bytes(member.read())


if __name__ == "__main__":
    main()
