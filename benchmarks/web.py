"""How fast an archive of many events is shown: to one reader in a browser, and to many while it is written.

    python benchmarks/web.py FOLDER [--events 200000] [--readers 50] [--seconds 60] [--pause 5.0]

The archive is made up (see made_up.py), its documents linked, and served by `byline serve`. Filters and brushes are
asked for one after the other, with other values each time; the browser is Debian's Chromium without a window. Then so
many readers ask at once for pages of all kinds, each waiting `pause` seconds on average before the next, while a
process adds documents. Besides the time by the clock it shows the processor time that the server spends on an answer,
and that of the longest task of the browser's main thread: other work on the machine changes them little (Linux only).
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import islice
from multiprocessing import Event, get_context
from multiprocessing.synchronize import Event as Ended
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from archive import BATCH, box, linked, two_words, window, write
from asking import arguments
from made_up import COUNTRIES, EACH, OUTLETS, STATUSES, TYPES, documents, who
from playwright.sync_api import Browser, Page, expect, sync_playwright
from saying import say

from byline.store import Archive, Edition

_SERVE = "from byline.cli import main; main()"
_ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
_LONG = """
const kept = (list) => window.blocks.push(...list.getEntries().map((entry) => entry.duration));
window.blocks = [];
new PerformanceObserver(kept).observe({type: "longtask", buffered: true});
"""
Ask = Callable[[random.Random], str]


def query(**values: object) -> str:
    """Return the address of a selection."""
    return f"/?{urlencode(values)}"


def span(rng: random.Random) -> dict[str, str]:
    """Return a time, as a brush chooses it."""
    return dict(zip(("first", "last"), window(rng, rng.choice([60, 400, 2_000])), strict=True))


FILTERS: dict[str, Ask] = {
    "no filter": lambda _: "/",
    "a brush": lambda r: query(**span(r)),
    "a type": lambda r: query(type=r.choice(TYPES)),
    "a status": lambda r: query(status=r.choice(STATUSES)),
    "a country": lambda r: query(country=r.choice(COUNTRIES)),
    "an outlet": lambda r: query(outlet=r.choice(OUTLETS)),
    "a name": lambda r: query(actor=who(r)),
    "two words": lambda r: query(text=two_words(r)),
    "a box": lambda r: query(box=",".join(f"{x:.3f}" for x in box(r))),
    "type, status and a brush": lambda r: query(type=r.choice(TYPES), status=STATUSES[0], **span(r)),
}
PAGES: dict[str, Ask] = {
    **FILTERS,
    "the map": lambda r: f"/map.json{query(**span(r))[1:]}&zoom=3",
    "a document": lambda r: f"/documents/{r.randrange(1, 10_000)}",
    "a page of names": lambda r: f"/actors?page={r.randrange(1, 20)}",
    "a page of a name": lambda r: f"/actor?name={quote(who(r))}",
    "a page of an outlet": lambda r: f"/outlet?name={quote(r.choice(OUTLETS))}",
    "incidents": lambda r: f"/incidents?{urlencode(span(r))}",
}


def main() -> None:
    """Make the archive if it is not there, and show what was measured."""
    given = arguments(__doc__, events=200_000, asked=100, readers=50, seconds=60, pause=5.0, seed=1)
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / f"web_{given.events}.byline"
    if not path.exists():
        write(path, given.events, given.seed)
        linked(path)
    say(f"load before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    with served(path) as (address, server):
        one_by_one(address, server, given)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
            in_browser(browser, address)
            browser.close()
        began = spent(server)
        answers = at_once(path, address, given)
        say(
            f"                             {(spent(server) - began) / answers * 1000:.0f} ms of the processor an answer"
        )
    say(f"load after: {os.getloadavg()[0]:.1f}")


@contextmanager
def served(path: Path) -> Iterator[tuple[str, int]]:
    """Serve an archive as users do; yield the address and the process."""
    command = [sys.executable, "-c", _SERVE, "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 -- our own words
        assert process.stderr is not None
        found = re.match(r"http://\S+", process.stderr.readline())
        assert found is not None
        try:
            yield found[0].rstrip("/"), process.pid
        finally:
            process.terminate()


def spent(server: int) -> float:
    """Return how many seconds of the processor a server and its processes have spent."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ticks = 0
    for process in (str(server), *children):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def one_by_one(address: str, server: int, given: argparse.Namespace) -> None:
    """Show for each kind of page how long the server takes when nobody else asks."""
    rng, all_filters = random.Random(given.seed), []  # noqa: S311 -- no secret
    connection = connected(address)
    for name, ask in PAGES.items():
        began = spent(server)
        took = sorted(answered(connection, ask(rng))[0] for _ in range(given.asked))
        each = (spent(server) - began) / given.asked * 1000
        all_filters += took if name in FILTERS else []
        say(f"{name:<28} {spread(took)}   processor {each:5.0f} ms")
    say(f"{'all filters and brushes':<28} {spread(sorted(all_filters))}")


def in_browser(browser: Browser, address: str) -> None:
    """Show when the first view can be used, and how long a brush keeps the browser busy."""
    firsts, maps, brushes, blocks, busy = [], [], [], [0.0], [0.0]
    for _ in range(5):
        page = browser.new_page()
        page.add_init_script(_LONG)
        page.goto(address, wait_until="domcontentloaded")
        firsts.append(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
        page.locator("#wide:not(:empty)").wait_for(timeout=60_000)
        maps.append(page.evaluate("performance.now()"))
        page.evaluate("() => { window.blocks = []; }")
        browser.start_tracing(page=page, categories=["toplevel"])
        brushes.append(brushed(page))
        page.wait_for_timeout(1_000)
        busy.append(longest(browser.stop_tracing()))
        blocks += page.evaluate("window.blocks")
        page.close()
    say(f"first view usable            {min(firsts):.0f} to {max(firsts):.0f} ms; its map {max(maps):.0f} ms at most")
    say(f"a brush until it is shown    {min(brushes):.0f} to {max(brushes):.0f} ms")
    say(f"longest block of a brush     {max(blocks):.0f} ms, {max(busy):.0f} ms of the processor")


def longest(trace: bytes) -> float:
    """Return the milliseconds of processor time of the longest task of a page's main thread."""
    events = json.loads(trace)["traceEvents"]
    names = {(e["pid"], e["tid"]): e["args"]["name"] for e in events if e["name"] == "thread_name"}
    main = (e for e in events if names.get((e["pid"], e["tid"])) == "CrRendererMain")
    return max(e.get("tdur", 0) for e in main) / 1000


def brushed(page: Page) -> float:
    """Drag over a part of the timeline; return how many milliseconds pass until its events are shown."""
    place = page.locator(".timeline").bounding_box()
    assert place is not None
    before, y = page.locator("h1").inner_text(), place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.6, y, steps=10)
    began = time.perf_counter()
    page.mouse.up()
    expect(page.locator("h1")).not_to_have_text(before, timeout=60_000)
    return (time.perf_counter() - began) * 1000


def at_once(path: Path, address: str, given: argparse.Namespace) -> int:
    """Show how long readers wait who ask at the same time, while documents are added; return how many answers came."""
    ended, context = Event(), get_context("fork")
    writer = context.Process(target=add, args=(path, ended))
    writer.start()
    crowd = Crowd(address, time.monotonic() + given.seconds, given.pause, [], [])
    readers = [threading.Thread(target=crowd.read, args=(given.seed + n,)) for n in range(given.readers)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    ended.set()
    writer.join()
    say(f"{given.readers} readers, {given.seconds} s           {spread(sorted(crowd.took))}")
    say(f"                             {len(crowd.took):,} answers, {len(crowd.wrong)} errors {crowd.wrong[:5]}")
    return len(crowd.took)


class Crowd(NamedTuple):
    """Readers of one server until some time: how long they waited, and what went wrong."""

    address: str
    until: float
    pause: float
    took: list[float]
    wrong: list[str]

    def read(self, seed: int) -> None:
        """Ask for pages of all kinds, one after the other, until it is time."""
        rng = random.Random(seed)  # noqa: S311 -- no secret
        connection = connected(self.address)
        time.sleep(rng.random() * self.pause)
        while time.monotonic() < self.until:
            asked = rng.choice(list(PAGES.values()))(rng)
            try:
                seconds, status = answered(connection, asked)
            except OSError as error:
                self.wrong.append(f"{type(error).__name__} {asked}")
                connection = connected(self.address)
                continue
            self.took.append(seconds)
            if status not in {200, 404}:
                self.wrong.append(f"{status} {asked}")
            time.sleep(rng.uniform(0.5, 1.5) * self.pause)


def add(path: Path, ended: Ended) -> None:
    """Add documents, a transaction of sixteen at a time, with a breath between, as a run does that has to code them."""
    made = documents(1_000_000 // EACH, seed=7, first=10_000_000)
    with Archive.open(path, write=True) as archive:
        with archive.batch():
            edition = archive.add_edition(Edition("0", "made up", "made up", "", "none", ""))
            run = archive.begin_run(edition, "{}", "2026-01-02T00:00:00+00:00")
        while not ended.wait(0.5):
            with archive.batch():
                for document in islice(made, BATCH):
                    archive.add(document, edition, run)


def connected(address: str) -> HTTPConnection:
    """Return a connection that is kept."""
    host = urlsplit(address)
    return HTTPConnection(host.hostname or "", host.port, timeout=60)


def answered(connection: HTTPConnection, asked: str) -> tuple[float, int]:
    """Return how many seconds it takes to have all of an answer, and its status."""
    began = time.perf_counter()
    connection.request("GET", asked, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    answer.read()
    return time.perf_counter() - began, answer.status


def spread(took: list[float]) -> str:
    """Return the median and the 95th of a hundred of sorted times."""
    middle, most = took[len(took) // 2] * 1000, took[len(took) * 95 // 100] * 1000
    return f"median {middle:7.1f} ms   p95 {most:7.1f} ms"


if __name__ == "__main__":
    main()
