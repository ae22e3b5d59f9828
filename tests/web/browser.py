"""Real Chromium for tests: pages that are watched while they are used."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

PHONE, LAPTOP, DESK = 390, 1024, 1440  # pixels wide
_WAIT = 120_000  # milliseconds at most for whatever is waited for, on a machine that does much else
_ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]

expect.set_options(timeout=_WAIT)

_BROKEN_WORDS = r"""() => [...document.querySelectorAll('td')].flatMap(cell => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = new Range(), found = [];
  while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[\p{L}\p{N}]+/gu)) {
    range.setStart(texts.currentNode, word.index);
    range.setEnd(texts.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0]);
  }
  return found;
})"""


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium. Without one the tests are passed over, but fail where CI is set."""
    found = shutil.which("chromium")
    if found is None:
        missing = "there is no chromium on the PATH: install Debian's package chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS, timeout=_WAIT)
        yield browser
        browser.close()


@contextmanager
def opened(
    chromium: Browser,
    address: str,
    *,
    width: int = DESK,
    dark: bool = False,
    status: int = 200,
    script: bool = True,
) -> Iterator[Page]:
    """Yield a page at an address with cookies of its own; at the end nothing was wrong and nothing left the machine.

    A page that is answered with another `status` has an error in the console that says so. `script`: whether it runs.
    """
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        is_the_page = message.location["url"] == address and f"status of {status} " in message.text
        if message.type == "error" and not is_the_page:
            wrong.append(message.text)

    viewport = {"width": width, "height": 844}
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    context = chromium.new_context(viewport=viewport, color_scheme=scheme, java_script_enabled=script)
    context.set_default_timeout(_WAIT)
    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(_near(address)) else None)
    try:
        answer = page.goto(address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == status
        yield page
        assert wrong == []
    finally:
        context.close()


def has_map(page: Page) -> None:
    """Wait until the map of a selection is drawn with what is chosen, and the page below it no longer moves."""
    expect(page.locator("#wide")).to_contain_text("Filled: a place.")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds against a page: the rule, and the elements that break it."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[node['target'] for node in v['nodes']]}" for v in found]


def is_too_wide(page: Page) -> bool:
    """Tell whether the page has to be scrolled sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


def broken_words(page: Page) -> list[str]:
    """Return the words of tables that begin on one line and end on another."""
    found: list[str] = page.evaluate(_BROKEN_WORDS)
    return found


def _near(address: str) -> tuple[str, ...]:
    scheme, _, rest = address.partition("://")
    return (f"{scheme}://{rest.partition('/')[0]}/", "data:", "blob:")
