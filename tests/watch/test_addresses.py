"""Which addresses may be asked."""

import pytest

from byline.errors import FetchError
from byline.watch.addresses import allowed, is_public


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_the_public_internet_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep credentials
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",  # 127.0.0.1 by way of NAT64
        "2002:7f00:1::",  # and of 6to4
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "localhost",
    ],
)
def test_what_is_inside_of_a_network_may_not(address: str) -> None:
    assert not is_public(address)


def test_a_host_with_a_private_address_beside_a_public_one_is_refused() -> None:
    with pytest.raises(FetchError, match=r"news\.example is at 10\.0\.0\.1.*private"):
        allowed("news.example", 80, (), lambda *_: ["93.184.215.14", "10.0.0.1"])


def test_a_host_that_the_user_allows_may_be_private() -> None:
    assert allowed("intranet.example", 80, ["intranet.example"], lambda *_: ["10.0.0.1"]) == ["10.0.0.1"]


def test_a_host_that_is_not_known_is_said_to_be_so() -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(FetchError, match=r"There is no server news\.example") as caught:
        allowed("news.example", 80, (), unknown)
    assert caught.value.again
