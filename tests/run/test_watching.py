"""A watch: what is new in feeds and folders gets into the archive, once, whatever servers do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from byline.records import Document, Failure
from byline.run.archiving import Archiving, Outcome, Tally
from byline.run.job import Settings
from byline.run.watching import Watch, fetcher_of
from byline.store import Archive, documents, failures
from byline.store.visits import visit
from byline.watch.watchlist import Feed, Folder, Watchlist
from tests.run import poison
from tests.run.test_archiving import EDITION
from tests.watch.servers import HERE, Reply, Site, Time, closed_port, site

STORY = "The guard closed the bridge of {name} on Monday, and nobody was hurt when it did. " * 20


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as found:
        yield found


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.byline", write=True) as opened:
        yield opened


@pytest.fixture
def time() -> Time:
    return Time()


def item(server: Site, name: str, words: str | None = None, link: str | None = None) -> str:
    link = link if link is not None else f"{server.url}/{name}.html"
    day = format_datetime(datetime(2026, 1, 4, tzinfo=UTC))
    told = STORY.format(name=name) if words is None else words
    return (
        f"<item><title>Bridge of {name} closed</title><link>{link}</link><pubDate>{day}</pubDate>"
        f"<description><![CDATA[{told}]]></description></item>"
    )


def feed(*items: str) -> str:
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>The Courier</title>{''.join(items)}</channel></rss>"
    )


def page(name: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{name}</title></head><body><article><p>Page of {STORY.format(name=name)}"


def watch(archive: Archive, time: Time, *sources: Feed | Folder, private: tuple[str, ...] = (HERE,)) -> Watch:
    feeds = tuple(one for one in sources if isinstance(one, Feed))
    folders = tuple(one for one in sources if isinstance(one, Folder))
    known = Watchlist(
        to=str(archive.path), contact="desk@example.org", every="1 hour", feed=feeds, folder=folders, private=private
    )
    archiving = Archiving(archive, Settings(), workers=1, load=poison.poisoned, edition=EDITION)
    return Watch(archive, known, archiving, fetcher_of(archive, known, "0", time.clock, time.wait), time.clock)


def once(found: Watch) -> list[Outcome]:
    return [outcome for batch in found.once() for outcome in batch]


def tally(found: Watch) -> Tally:
    return Tally().with_all(once(found))


def runs(archive: Archive) -> int:
    (number,) = archive.execute("SELECT count(*) FROM runs").fetchone()
    return int(number)


def test_the_items_of_a_feed_are_in_the_archive_under_their_own_addresses(
    archive: Archive, server: Site, time: Time
) -> None:
    url = server.put("/feed", feed(item(server, "Arlen"), item(server, "Bonn")))
    assert tally(watch(archive, time, Feed(url=url, publication="Courier"))) == Tally(coded=2)
    found = list(documents(archive))
    assert [d.source for d in found] == [f"{server.url}/Arlen.html", f"{server.url}/Bonn.html"]
    assert {(d.publication, d.published.start if d.published else None) for d in found} == {("Courier", "2026-01-04")}
    assert found[0].url == f"{server.url}/Arlen.html"
    assert server.asked == ["/robots.txt", "/feed"]
    assert server.heads[1]["user-agent"] == "Byline/0 (+desk@example.org)"


def test_a_feed_that_has_not_changed_is_not_sent_again_and_makes_no_run(
    archive: Archive, server: Site, time: Time
) -> None:
    body = feed(item(server, "Arlen"))

    def answer(head: dict[str, str]) -> Reply:
        same = head.get("if-none-match") == '"v1"' and head.get("if-modified-since") == "yesterday"
        return Reply(304) if same else Reply(200, {"ETag": '"v1"', "Last-Modified": "yesterday"}, body.encode())

    server.pages["/feed"] = answer
    source = Feed(url=server.url + "/feed")
    assert tally(watch(archive, time, source)) == Tally(coded=1)
    assert tally(watch(archive, time, source)) == Tally()
    assert runs(archive) == 1


def test_the_same_bytes_from_a_server_that_knows_no_versions_make_no_run(
    archive: Archive, server: Site, time: Time
) -> None:
    source = Feed(url=server.put("/feed", feed(item(server, "Arlen"))))
    assert tally(watch(archive, time, source)) == Tally(coded=1)
    assert tally(watch(archive, time, source)) == Tally()
    assert runs(archive) == 1


def test_what_is_new_alone_is_coded_and_what_moves_down_leaves_no_trace(
    archive: Archive, server: Site, time: Time
) -> None:
    source = Feed(url=server.put("/feed", feed(item(server, "Arlen"), item(server, "Bonn", link=""))))
    assert tally(watch(archive, time, source)) == Tally(coded=2)
    server.put("/feed", feed(item(server, "Celle"), item(server, "Arlen"), item(server, "Bonn", link="")))
    assert tally(watch(archive, time, source)) == Tally(coded=1, known=2)
    assert archive.execute("SELECT count(*) FROM appearances").fetchone() == (0,)


def test_articles_are_fetched_only_where_they_are_asked_for(archive: Archive, server: Site, time: Time) -> None:
    server.put("/Arlen.html", page("Arlen"))
    url = server.put("/feed", feed(item(server, "Arlen", words="In short.")))
    tally(watch(archive, time, Feed(url=url)))
    assert "/Arlen.html" not in server.asked
    server.put("/feed", feed(item(server, "Arlen", words="In short."), item(server, "Bonn", words="Short.")))
    server.put("/Bonn.html", page("Bonn"))
    assert tally(watch(archive, time, Feed(url=url, articles=True))) == Tally(coded=2)
    assert server.asked[-2:] == ["/Arlen.html", "/Bonn.html"]
    texts = [d.text for d in documents(archive)]
    assert "In short." in texts[0]
    assert "Page of The guard closed the bridge of Bonn" in texts[2]


def test_an_article_is_fetched_once(archive: Archive, server: Site, time: Time) -> None:
    server.put("/Arlen.html", page("Arlen"))
    source = Feed(url=server.put("/feed", feed(item(server, "Arlen"), item(server, "Arlen"))), articles=True)
    assert tally(watch(archive, time, source)) == Tally(coded=1)
    server.put("/feed", feed(item(server, "Arlen", words="Changed.")))
    assert tally(watch(archive, time, source)) == Tally()
    assert server.asked.count("/Arlen.html") == 1


def test_where_an_article_is_kept_by_robots_txt_the_feeds_own_words_are_coded(
    archive: Archive, server: Site, time: Time
) -> None:
    server.put("/robots.txt", "User-agent: *\nDisallow: /*.html\n")
    source = Feed(url=server.put("/feed", feed(item(server, "Arlen"))), articles=True)
    failed, coded = once(watch(archive, time, source))
    assert isinstance(failed, Failure)
    assert "keeps it from robots" in failed.reason
    assert isinstance(coded, Document)
    assert coded.source == failed.source == f"{server.url}/Arlen.html"
    server.put("/feed", feed(item(server, "Arlen"), "<item/>"))
    once(watch(archive, time, source))
    assert "/Arlen.html" not in server.asked


def test_an_article_that_cannot_be_had_is_tried_three_times_though_the_feed_stays_the_same(
    archive: Archive, server: Site, time: Time
) -> None:
    server.put("/Arlen.html", "", 500)
    source = Feed(url=server.put("/feed", feed(item(server, "Arlen")), ETag='"v1"'), articles=True)
    for _ in range(5):
        once(watch(archive, time, source))
    assert server.asked.count("/Arlen.html") == 3


def test_one_that_can_be_had_the_next_time_is_no_failure_any_more(archive: Archive, server: Site, time: Time) -> None:
    server.put("/Arlen.html", "", 500)
    source = Feed(url=server.put("/feed", feed(item(server, "Arlen"))), articles=True)
    once(watch(archive, time, source))
    assert [f.source for f in failures(archive)] == [f"{server.url}/Arlen.html"]
    server.put("/Arlen.html", page("Arlen"))
    assert tally(watch(archive, time, source)) == Tally(coded=1)
    assert failures(archive) == []


@pytest.fixture
def gone() -> Iterator[int]:
    with closed_port() as port:
        yield port


def test_a_bad_feed_is_a_failure_and_does_not_stop_the_others(
    archive: Archive, server: Site, time: Time, gone: int
) -> None:
    good = Feed(url=server.put("/good", feed(item(server, "Arlen"))))
    bad = [
        Feed(url=f"http://{HERE}:{gone}/feed"),
        Feed(url=server.url + "/nowhere"),
        Feed(url=server.put("/page", page("Bonn"))),
        Feed(url=server.put("/huge", bytes(11_000_000))),
        Feed(url="http://127.0.0.9/feed"),
    ]
    found = once(watch(archive, time, *bad, good))
    assert [type(one) for one in found] == [Failure] * 5 + [Document]
    reasons = [one.reason for one in found if isinstance(one, Failure)]
    for reason, words in zip(
        reasons,
        ["does not answer", "404 Not Found", "no feed but a page", "more than 10,000,000", "public"],
        strict=True,
    ):
        assert words in reason
    assert {f.source for f in failures(archive)} == {one.url for one in bad}


def test_a_feed_that_can_be_read_again_is_no_failure_any_more(archive: Archive, server: Site, time: Time) -> None:
    body = feed(item(server, "Arlen"))
    source = Feed(url=server.put("/feed", body, ETag='"v1"'))
    once(watch(archive, time, source))
    server.put("/feed", "", 500)
    assert tally(watch(archive, time, source)) == Tally(failed=1)
    server.put("/feed", body, ETag='"v1"')
    assert tally(watch(archive, time, source)) == Tally()
    assert failures(archive) == []


def test_hostile_text_comes_through_as_text(archive: Archive, server: Site, time: Time) -> None:
    words = "<script>alert(1)</script><p>The guard &lt;closed&gt; the bridge.</p>\x1b[2J"
    body = feed(
        item(server, "Arlen", words=words, link="javascript:alert(1)"),
        item(server, "Bonn", link="http://127.0.0.9/credentials"),
        item(server, "Celle", words="&lol9;" * 1000, link="file:///etc/passwd"),
    ).replace("<rss", "<!DOCTYPE rss [<!ENTITY lol9 'boom'><!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss")
    source = Feed(url=server.put("/feed", body), articles=True)
    found = once(watch(archive, time, source))
    texts = [one.text for one in found if isinstance(one, Document)]
    assert not any("alert" in text or "root:" in text or "boom" in text for text in texts)
    assert any("The guard <closed> the bridge." in text for text in texts)
    refused = [one for one in found if isinstance(one, Failure) and "public internet" in one.reason]
    assert [one.source for one in refused] == ["http://127.0.0.9/credentials"]


def test_a_server_that_asks_for_it_is_left_alone_by_the_next_watch_too(
    archive: Archive, server: Site, time: Time
) -> None:
    source = Feed(url=server.put("/feed", "", 429, Retry_After="7200"))
    assert tally(watch(archive, time, source)) == Tally(failed=1)
    asked = len(server.asked)
    server.put("/feed", feed(item(server, "Arlen")))
    assert tally(watch(archive, time, source)) == Tally(failed=1)
    assert len(server.asked) == asked
    time.now += timedelta(hours=2)
    assert tally(watch(archive, time, source)) == Tally(coded=1)
    assert failures(archive) == []


def test_of_many_articles_of_a_server_that_asks_for_it_no_other_is_asked_for(
    archive: Archive, server: Site, time: Time
) -> None:
    names = ["Arlen", "Bonn", "Celle"]
    for name in names:
        server.put(f"/{name}.html", "", 429, Retry_After="600")
    source = Feed(url=server.put("/feed", feed(*(item(server, name, "") for name in names))), articles=True)
    assert tally(watch(archive, time, source)) == Tally(failed=1)
    for name in names:
        server.put(f"/{name}.html", page(name))
    time.now += timedelta(minutes=11)
    assert tally(watch(archive, time, source)) == Tally(coded=3)


def test_a_long_feed_is_gone_through_a_part_at_a_time(archive: Archive, server: Site, time: Time) -> None:
    names = [f"Town{n}" for n in range(60)]
    for name in names:
        server.put(f"/{name}.html", page(name))
    source = Feed(url=server.put("/feed", feed(*(item(server, name) for name in names)), ETag='"v1"'), articles=True)
    assert tally(watch(archive, time, source)) == Tally(coded=50)
    assert tally(watch(archive, time, source)) == Tally(coded=10)
    assert tally(watch(archive, time, source)) == Tally()


def test_a_watch_that_is_killed_goes_on_where_it_was(archive: Archive, server: Site, time: Time) -> None:
    """What was committed is not fetched again; what was not is, and nothing is coded twice."""
    names = [f"Town{n}" for n in range(40)]
    for name in names:
        server.put(f"/{name}.html", page(name))
    source = Feed(url=server.put("/feed", feed(*(item(server, name) for name in names)), ETag='"v1"'), articles=True)
    killed = watch(archive, time, source).once()
    first = next(killed)
    killed.close()  # type: ignore[attr-defined]
    assert len(first) == 16
    assert visit(archive, source.url) is None
    asked = [path for path in server.asked if path.endswith(".html")]
    assert tally(watch(archive, time, source)) == Tally(coded=24)
    again = [path for path in server.asked if path.endswith(".html")][len(asked) :]
    assert not {f"/{name}.html" for name in names[:16]} & set(again)
    assert len(list(documents(archive))) == 40


def test_the_files_of_a_folder_are_read_when_they_have_changed(archive: Archive, time: Time, tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    for name in ("Arlen", "Bonn"):
        (folder / f"{name}.txt").write_text(STORY.format(name=name), "utf-8")
    source = Folder(path=str(folder), publication="Courier")
    assert tally(watch(archive, time, source)) == Tally(coded=2)
    assert tally(watch(archive, time, source)) == Tally()
    (folder / "Arlen.txt").write_text(STORY.format(name="Arlen on the Wey"), "utf-8")
    (folder / "Celle.txt").write_text(STORY.format(name="Celle"), "utf-8")
    assert tally(watch(archive, time, source)) == Tally(coded=2)


def test_an_empty_folder_is_no_failure_and_one_that_is_gone_is(archive: Archive, time: Time, tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    found = watch(archive, time, Folder(path=str(folder)))
    assert tally(found) == Tally()
    folder.rmdir()
    assert tally(found) == Tally(failed=1)
    assert runs(archive) == 1


def test_a_file_that_is_not_opened_is_told_once(archive: Archive, time: Time, tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "passwords").symlink_to("/etc/passwd")
    found = watch(archive, time, Folder(path=str(folder)))
    assert tally(found) == Tally(failed=1)
    assert tally(found) == Tally()


class _EnoughError(Exception):
    pass


def rounds(found: Watch, time: Time, number: int) -> list[tuple[Tally, datetime]]:
    """Return what so many rounds of a watch that goes on and on came to, and when each said that the next one is."""
    told: list[tuple[Tally, datetime]] = []

    def tell(tally: Tally, due: datetime) -> None:
        told.append((tally, due))
        if len(told) == number:
            raise _EnoughError

    with pytest.raises(_EnoughError):
        for _ in found.forever(time.wait, tell):
            pass
    return told


def test_each_feed_is_read_at_its_own_times(archive: Archive, server: Site, time: Time) -> None:
    often = Feed(url=server.put("/often", feed(item(server, "Arlen"))), every="20 minutes")
    seldom = Feed(url=server.put("/seldom", feed(item(server, "Bonn"))), every="1 hour")
    begun = time.now
    told = rounds(watch(archive, time, often, seldom), time, 5)
    assert [one for one, _ in told] == [Tally(coded=2), *[Tally()] * 4]
    assert [round((due - begun).total_seconds() / 60) for _, due in told] == [20, 40, 60, 60, 80]
    assert (server.asked.count("/often"), server.asked.count("/seldom")) == (4, 2)


def test_a_feed_that_fails_is_tried_again_at_its_next_time_and_not_at_once(
    archive: Archive, server: Site, time: Time
) -> None:
    source = Feed(url=server.put("/feed", "", 500))
    told = rounds(watch(archive, time, source), time, 3)
    assert [one.failed for one, _ in told] == [1, 1, 1]
    assert server.asked.count("/feed") == 3


def test_a_feed_of_a_server_that_asks_for_it_is_due_when_it_may_be_asked(
    archive: Archive, server: Site, time: Time
) -> None:
    source = Feed(url=server.put("/feed", "", 503, Retry_After="36000"))
    ((_, due),) = rounds(watch(archive, time, source), time, 1)
    assert (due - time.now) == timedelta(hours=10)


def test_another_watch_keeps_the_times_of_the_one_before(archive: Archive, server: Site, time: Time) -> None:
    source = Feed(url=server.put("/feed", feed(item(server, "Arlen"))))
    rounds(watch(archive, time, source), time, 1)
    ((found, due),) = rounds(watch(archive, time, source), time, 1)
    assert found == Tally()
    assert server.asked.count("/feed") == 1
    assert due > time.now
