"""Write the pictures of docs/web.md: every page of the demo archive, on a phone and a desk, by day and by night.

    python tools/write_pictures.py

Needs Debian's chromium. A picture is what is on the screen at first.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from byline.demo import MANIFEST, PAGES
from byline.store import Archive, Asked, incidents

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SHOWN = {
    "explore": "/",
    "incidents": "/incidents",
    "incident": "/incidents/{incident}",
    "document": "/documents/1",
    "names": "/actors",
    "name": "/actor?name=Alentejo%20Free%20Column",
    "outlets": "/outlets",
    "outlet": "/outlet?name=Red%20Furrow",
    "review": "/review",
}
SCREENS = {390: 844, 1440: 900}
_BYLINE = [sys.executable, "-c", "from byline.cli import main; main()"]
_ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]


def main() -> None:
    """Code the demo pages into an archive, serve it, and take a picture of every page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        archive = Path(folder) / "demo.byline"
        subprocess.run([*_BYLINE, "code", str(PAGES), "--manifest", str(MANIFEST), "--to", str(archive)], check=True)  # noqa: S603
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
        with served(archive) as address:
            for name, path in SHOWN.items():
                picture(browser, address + path.format(incident=incident(archive)), name)
        browser.close()


def picture(browser: Browser, address: str, name: str) -> None:
    """Take the pictures of one page."""
    for width, height in SCREENS.items():
        for scheme in ("light", "dark"):
            viewport = {"width": width, "height": height}
            page = browser.new_page(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(address, wait_until="networkidle")
            if page.locator("#map").count():
                page.locator("#wide:not(:empty)").wait_for(timeout=60_000)
                page.wait_for_timeout(1_000)
            page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png")
            page.close()


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """Serve an archive; yield the address."""
    command = [*_BYLINE, "serve", str(archive), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 -- our own words
        assert process.stderr is not None
        try:
            yield process.stderr.readline().split()[0].rstrip("/")
        finally:
            process.terminate()


def incident(archive: Path) -> str:
    """Return the id of the incident with most reports."""
    with Archive.open(archive) as opened:
        return max(incidents(opened, Asked()), key=lambda one: one.reports).id


if __name__ == "__main__":
    main()
