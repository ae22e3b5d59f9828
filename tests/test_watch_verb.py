"""The verb of a watch, as a user meets it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from byline.store import Archive, documents
from tests.test_cli import byline
from tests.watch.servers import HERE, Reply, Site, site

WORDS = "Soldiers killed three fishermen in Leeds on Sunday, the police said. The army denied that anybody was killed."


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as found:
        yield found


def written(tmp_path: Path, url: str) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(
        f"to = 'news.byline'\ncontact = 'desk@example.org'\ndelay = 0\nprivate = ['{HERE}']\n[[feed]]\nurl = '{url}'\n",
        "utf-8",
    )
    return path


def test_what_is_new_in_a_feed_is_coded_once(tmp_path: Path, server: Site) -> None:
    item = f"<item><title>Fishermen killed</title><link>/a</link><description>{WORDS}</description></item>"
    feeds = written(tmp_path, server.put("/feed", f"<rss version='2.0'><channel>{item}</channel></rss>"))
    log = tmp_path / "log"
    done = byline("watch", str(feeds), "--once", "--workers", "1", "--log", str(log))
    assert done.returncode == 0, done.stderr
    assert b"1 coded" in done.stderr
    again = byline("watch", str(feeds), "--once", "--workers", "1", "--log", str(log))
    assert (again.returncode, again.stderr.count(b"0 coded")) == (0, 1)
    assert [json.loads(line)["event"] for line in log.read_text().splitlines()] == [
        "begin", "batch", "end", "begin", "end",
    ]  # fmt: skip
    listed = byline("incidents", str(tmp_path / "news.byline"), "--format", "jsonl").stdout.splitlines()
    assert "fishermen" in str([json.loads(line)["recipients"] for line in listed])


def test_a_watch_that_is_killed_loses_nothing_and_fetches_nothing_again_that_it_had_coded(
    tmp_path: Path, server: Site
) -> None:
    number, last = 40, 35
    asked, killed = Event(), Event()

    def hang(_: dict[str, str]) -> Reply:
        asked.set()
        killed.wait(600)
        return Reply(200, {}, page(last))

    items = "".join(f"<item><link>/{n}</link></item>" for n in range(number))
    for n in range(number):
        server.put(f"/{n}", page(n))
    server.pages[f"/{last}"] = hang
    feeds = written(tmp_path, server.put("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>"))
    feeds.write_text(feeds.read_text("utf-8") + "articles = true\n", "utf-8")
    program = Path(sys.executable).with_name("byline")
    with subprocess.Popen([program, "watch", str(feeds), "--once", "--workers", "1"]) as process:  # noqa: S603
        try:
            assert asked.wait(600)
        finally:
            process.kill()
            killed.set()
    before, fetched = sources(tmp_path), len(server.asked)
    server.put(f"/{last}", page(last))
    done = byline("watch", str(feeds), "--once", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert sources(tmp_path) == sorted(f"{server.url}/{n}" for n in range(number))
    again = {server.url + path for path in server.asked[fetched:]}
    assert not again & set(before)


def page(number: int) -> bytes:
    story = f"Police arrested {number + 2} students in the town of Leeds on Monday, a lawyer of theirs said. " * 5
    return f"<!DOCTYPE html><html><body><article><p>{story}</p></article></body></html>".encode()


def sources(tmp_path: Path) -> list[str]:
    """Return the sources of the documents that were coded, sorted."""
    with Archive.open(tmp_path / "news.byline") as archive:
        return sorted(document.source for document in documents(archive))


def test_a_feed_that_cannot_be_had_is_told_and_the_exit_code_says_so(tmp_path: Path, server: Site) -> None:
    url = server.url + "/nowhere"
    done = byline("watch", str(written(tmp_path, url)), "--once", "--workers", "1")
    assert done.returncode == 1
    assert f"{url}: The server answers 404 Not Found." in done.stderr.decode()
    assert url in byline("failures", str(tmp_path / "news.byline")).stdout.decode()


def test_a_wrong_configuration_stops_at_once_and_makes_no_file(tmp_path: Path, server: Site) -> None:
    feeds = written(tmp_path, server.url + "/feed")
    feeds.write_text(feeds.read_text("utf-8").replace("delay", "dealy"), "utf-8")
    done = byline("watch", str(feeds), "--once")
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert "unknown field `dealy`" in done.stderr.decode()
    assert not (tmp_path / "news.byline").exists()
    assert server.asked == []
