"""Manners: robots.txt, pauses, what a server says of itself, and redirects that lead nowhere good."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from byline.errors import FetchError
from byline.watch.client import Client
from byline.watch.fetching import Fetcher, Version
from tests.watch.servers import HERE, Reply, Site, Time, closed_port, site


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as found:
        yield found


def fetcher(time: Time, delay: float = 5) -> Fetcher:
    return Fetcher(Client("Byline/0", 30, 100_000, [HERE]), delay, time.clock, time.wait)


def test_what_robots_txt_keeps_is_not_asked_for(server: Site) -> None:
    server.put("/robots.txt", "User-agent: Byline\nDisallow: /*private\n")
    url = server.put("/a/private/page", "secret")
    with pytest.raises(FetchError, match=r"robots\.txt keeps it") as caught:
        fetcher(Time()).fetch(url)
    assert not caught.value.again
    assert server.asked == ["/robots.txt"]


def test_what_it_does_not_keep_is_fetched_and_robots_txt_read_once(server: Site) -> None:
    server.put("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /\n")
    found = fetcher(Time())
    for path in ("/a", "/b"):
        assert found.fetch(server.put(path, path)).data == path.encode()  # type: ignore[union-attr]
    assert server.asked == ["/robots.txt", "/a", "/b"]


def test_robots_txt_is_read_again_after_a_day(server: Site) -> None:
    time, url = Time(), server.put("/a", "a")
    found = fetcher(time)
    found.fetch(url)
    time.now += timedelta(hours=25)
    server.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    with pytest.raises(FetchError, match="keeps it"):
        found.fetch(url)


def test_nothing_is_fetched_while_robots_txt_cannot_be_read(server: Site) -> None:
    server.put("/robots.txt", "", 500)
    url, found = server.put("/a", "a"), fetcher(Time())
    for _ in range(2):
        with pytest.raises(FetchError, match=r"500 Internal Server Error") as caught:
            found.fetch(url)
        assert caught.value.again
    assert server.asked == ["/robots.txt"]


def test_there_is_a_pause_between_two_requests_to_one_server(server: Site) -> None:
    time = Time()
    found = fetcher(time, delay=5)
    for path in ("/a", "/b"):
        found.fetch(server.put(path, path))
    assert time.waited == [5, 5]  # robots.txt, a, b


def test_the_pause_that_robots_txt_asks_for_is_kept_within_reason(server: Site) -> None:
    time = Time()
    server.put("/robots.txt", "User-agent: *\nCrawl-delay: 20\n")
    found = fetcher(time)
    for path in ("/a", "/b"):
        found.fetch(server.put(path, path))
    assert time.waited == [5, 20]
    server.put("/robots.txt", "User-agent: *\nCrawl-delay: 1000000\n")
    time.now += timedelta(days=2)
    found.fetch(server.url + "/a")
    found.fetch(server.url + "/b")
    assert max(time.waited) == 300


def test_a_version_that_is_known_is_not_sent_again(server: Site) -> None:
    def answer(head: dict[str, str]) -> Reply:
        return Reply(304) if head.get("if-none-match") == '"v1"' else Reply(200, {"ETag": '"v1"'}, b"words")

    server.pages["/a"] = answer
    found = fetcher(Time())
    page = found.fetch(server.url + "/a")
    assert page is not None
    assert page.version == Version('"v1"', None)
    assert found.fetch(server.url + "/a", page.version) is None


def test_not_modified_that_nobody_asked_for_is_an_error(server: Site) -> None:
    with pytest.raises(FetchError, match="304"):
        fetcher(Time()).fetch(server.put("/a", "", 304))


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("Mon, 05 Jan 2026 09:00:05 GMT", timedelta(hours=2)),
        ("99999999999999", timedelta(days=7)),
        ("soon", timedelta(hours=1)),
        ("-5", timedelta(hours=1)),
        ("", timedelta(hours=1)),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_be_left_alone_is_left_alone(
    server: Site, status: int, asked: str, pause: timedelta
) -> None:
    time = Time()
    url = server.put("/a", "", status, Retry_After=asked)
    found = fetcher(time)
    with pytest.raises(FetchError, match="asks to be left alone until") as caught:
        found.fetch(url)
    assert caught.value.until is not None
    assert abs(caught.value.until - (time.now + pause)) <= timedelta(seconds=5)
    server.put("/b", "b")
    with pytest.raises(FetchError, match="left alone"):
        found.fetch(server.url + "/b")
    assert not found.is_open(server.url + "/b")
    assert server.asked == ["/robots.txt", "/a"]
    time.now = caught.value.until
    page = found.fetch(server.url + "/b")
    assert page is not None
    assert page.data == b"b"


def test_a_server_that_is_gone_is_not_tried_for_every_page() -> None:
    found = fetcher(Time())
    with closed_port() as port:
        with pytest.raises(FetchError, match="does not answer"):
            found.fetch(f"http://{HERE}:{port}/a")
        assert not found.is_open(f"http://{HERE}:{port}/b")


def test_a_redirect_is_followed_and_robots_txt_holds_where_it_leads(server: Site) -> None:
    server.put("/robots.txt", "User-agent: *\nDisallow: /kept\n")
    page = fetcher(Time()).fetch(server.put("/a", "", 301, Location=server.put("/b", "words")))
    assert page is not None
    assert page.data == b"words"
    with pytest.raises(FetchError, match="keeps it"):
        fetcher(Time()).fetch(server.put("/c", "", 302, Location=server.put("/kept", "secret")))
    assert "/kept" not in server.asked


def test_a_redirect_to_a_private_address_is_refused(server: Site) -> None:
    with site("127.0.0.2") as inside:
        url = server.put("/a", "", 302, Location=inside.put("/credentials", "secret"))
        with pytest.raises(FetchError, match=r"127\.0\.0\.2, which is no address of the public internet"):
            fetcher(Time()).fetch(url)
        assert inside.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "", "javascript:alert(1)"])
def test_a_redirect_out_of_the_web_is_refused(server: Site, target: str) -> None:
    with pytest.raises(FetchError, match="moved to where nothing can be fetched"):
        fetcher(Time()).fetch(server.put("/a", "", 302, Location=target))


def test_redirects_in_a_circle_come_to_an_end(server: Site) -> None:
    with pytest.raises(FetchError, match="moves on more than 5 times"):
        fetcher(Time()).fetch(server.put("/a", "", 302, Location="/a"))
    assert server.asked.count("/a") == 6


@pytest.mark.parametrize(("status", "again"), [(404, False), (410, False), (403, False), (500, True), (599, True)])
def test_an_error_of_the_server_is_told_with_whether_to_ask_again(server: Site, status: int, again: bool) -> None:  # noqa: FBT001
    with pytest.raises(FetchError, match=str(status)) as caught:
        fetcher(Time()).fetch(server.put("/a", "", status))
    assert caught.value.again == again
