"""Addresses of pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.errors import ConfigurationError
from byline.watch.urls import checked, joined, server_of


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/a b#part", "https://example.org/a%20b"),
        ("http://example.org:8080/a?q=ö&r=%20", "http://example.org:8080/a?q=%C3%B6&r=%20"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2001:db8::1]:81/a", "http://[2001:db8::1]:81/a"),
        ("http://example.org/a!/b", "http://example.org/a%21/b"),
    ],
)
def test_an_address_is_written_as_it_is_asked(url: str, asked: str) -> None:
    assert checked(url) == asked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/feed",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http://example.org:99999/",
        "http://[::1/",
        "http://user:secret@example.org/",
        "http://example.org/" + "a" * 5000,
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        checked(url)
    assert joined("mailto:a@example.org", url) is None


@given(st.text(max_size=80))
def test_whatever_a_feed_links_to_is_asked_in_ascii_or_not_at_all(link: str) -> None:
    found = joined("https://example.org/news/feed.xml", link)
    if found is not None:
        assert found.isascii()
        assert found == checked(found)
        assert " " not in found
        assert server_of(found).scheme in {"http", "https"}
