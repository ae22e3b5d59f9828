"""One request to a real server: bounded in time and size, to an address that may be asked."""

import gzip
import socket
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from byline.errors import FetchError
from byline.watch.client import Client
from tests.watch.servers import HERE, Reply, Site, bomb, closed_port, site


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as found:
        yield found


def client(seconds: float = 30, most: int = 100_000) -> Client:
    return Client("Byline/0 (+desk@example.org)", seconds, most, [HERE])


def test_the_answer_is_status_head_and_body(server: Site) -> None:
    url = server.put("/a", "words", 203, ETag='"1"')
    answer = client().get(url, {"If-None-Match": '"0"'})
    assert (answer.status, answer.head["etag"], answer.body) == (203, '"1"', b"words")
    assert server.heads[0]["user-agent"] == "Byline/0 (+desk@example.org)"
    assert server.heads[0]["if-none-match"] == '"0"'


def test_what_a_server_calls_its_version_goes_back_as_it_came(server: Site) -> None:
    answer = client().get(server.put("/a", "words", ETag='"\xe4"'))
    client().get(server.url + "/a", {"If-None-Match": answer.head["etag"]})
    assert server.heads[1]["if-none-match"] == '"\xe4"'


def test_a_packed_body_is_unpacked(server: Site) -> None:
    url = server.put("/a", gzip.compress(b"words"), Content_Encoding="gzip")
    assert client().get(url).body == b"words"


def test_a_redirect_is_an_answer_and_not_followed(server: Site) -> None:
    url = server.put("/a", "", 302, Location="/b")
    assert client().get(url).status == 302
    assert server.asked == ["/a"]


def test_a_body_that_is_too_large_is_not_read_to_its_end(server: Site) -> None:
    with pytest.raises(FetchError, match="more than 100,000 bytes"):
        client().get(server.put("/a", bytes(50_000_000)))


def test_a_body_that_grows_too_large_when_it_is_unpacked_is_refused(server: Site) -> None:
    url = server.put("/a", bomb(20_000_000), Content_Encoding="gzip")
    with pytest.raises(FetchError, match="more than 100,000 bytes"):
        client().get(url)


def test_one_that_would_fill_the_memory_is_refused(server: Site) -> None:
    url = server.put("/a", bomb(60_000_000), Content_Encoding="gzip")
    with pytest.raises(FetchError, match="grows to more than"):
        client().get(url)


def test_a_body_that_ends_before_its_time_is_refused(server: Site) -> None:
    server.pages["/a"] = Reply(200, {"Content-Length": "100"}, b"short")
    with pytest.raises(FetchError, match="does not answer as it should") as caught:
        client().get(server.url + "/a")
    assert caught.value.again


def test_a_server_that_is_gone_is_said_to_be_so() -> None:
    with closed_port() as port, pytest.raises(FetchError, match="does not answer") as caught:
        client().get(f"http://{HERE}:{port}")
    assert caught.value.again


def test_a_private_address_is_refused_before_anything_is_sent(server: Site) -> None:
    with pytest.raises(FetchError, match=r"127\.0\.0\.1, which is no address of the public internet"):
        Client("Byline", 30, 1000).get(server.put("/a", "secret"))
    assert server.asked == []


def test_the_address_that_was_judged_is_the_one_that_is_asked(server: Site) -> None:
    """A name that stands for another address at each look-up gains nothing: it is looked up once."""
    port = int(server.url.rpartition(":")[2])
    looked_up: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        looked_up.append(host)
        return [HERE] if len(looked_up) == 1 else ["10.255.255.1"]

    server.put("/a", "words")
    found = Client("Byline", 30, 1000, ["news.example"], rebinding).get(f"http://news.example:{port}/a")
    assert (found.body, looked_up, server.heads[0]["host"]) == (b"words", ["news.example"], f"news.example:{port}")


def test_a_name_that_turns_private_is_refused_at_the_next_request(server: Site) -> None:
    port = int(server.url.rpartition(":")[2])
    found = Client("Byline", 30, 1000, [], lambda *_: [HERE])
    with pytest.raises(FetchError, match="no address of the public internet"):
        found.get(f"http://news.example:{port}/a")
    assert server.asked == []


def test_a_server_that_sends_a_byte_at_a_time_is_given_no_more_time_for_it() -> None:
    """Each byte would come soon enough; all of them together do not."""
    ended = Event()

    def drip(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            while not ended.wait(0.02):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    with socket.create_server((HERE, 0)) as listening:
        thread = Thread(target=drip, args=(listening,))
        thread.start()
        with pytest.raises(FetchError, match=r"more than 0\.3 seconds|does not answer"):
            client(seconds=0.3).get(f"http://{HERE}:{listening.getsockname()[1]}/")
        ended.set()
        thread.join()
