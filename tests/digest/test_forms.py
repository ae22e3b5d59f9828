"""A digest as text, page, mail and feed: everything is in them, escaped, and nothing comes from elsewhere."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import msgspec
import pytest
from lxml import etree, html

from byline.digest import atom, forms
from byline.digest.items import Change, Digest, Item, Quote
from byline.ingest.containers import feeds
from byline.ingest.facts import Facts
from byline.ingest.source import Source
from byline.records import Origin
from byline.store.incidents import IncidentSummary
from tests.digest.archives import HOSTILE

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LETTER = forms.Letter(
    "Byline <byline@example.org>", ("a@example.org", "b@example.org"), "key", datetime(2026, 1, 5, tzinfo=UTC)
)


def item(name: str = "u1", *changes: Change, hostile: str = "") -> Item:
    one = IncidentSummary(
        id=f"i{name}", start="2026-01-04", end="2026-01-04", place=f"Leeds{hostile}", country="GBR", latitude=None,
        longitude=None, type="ASSAULT", actors=(f"Gunmen{hostile}",), recipients=("fishermen",), reports=2, outlets=2,
        sources=2, asserting=1, attributing=1, denying=0, killed_low=3, killed_high=5, contested=True, part_of=None,
    )  # fmt: skip
    return Item(id=name, time="2026-01-05T07:00:00+00:00", incident=one, changes=changes or (new(hostile),))


def new(hostile: str = "", url: str | None = "https://news.example/a?b=1&c=2") -> Change:
    quote = Quote(
        name=f"the police{hostile}",
        outlet=f"The Courier{hostile}",
        published="2026-01-04",
        via=(f"a spokesman{hostile}",),
        sentence=f"Three\nwere killed{hostile}.",
        title=f"Attack{hostile}",
        url=url,
        file="a.txt",
    )
    return Change(what="new", quotes=(quote,))


def digest(*items: Item, left: int = 0) -> Digest:
    return Digest(first="2026-01-04T00:00:00+00:00", last="2026-01-05T07:00:00+00:00", items=items, left=left)


ROSE = Change(what="killed", text="5", before=3, quotes=new().quotes)


def test_the_text_has_heading_counts_and_who_says_what() -> None:
    told = forms.text(digest(item(), item("u2", ROSE), left=1200))
    assert told.startswith("1 new incident, 1 changed\n2026-01-04 00:00 to 2026-01-05 07:00 UTC\n")
    for words in (
        "ASSAULT · Gunmen → fishermen · Leeds, GBR · 4 Jan 2026",
        "2 reports, 2 outlets, 2 independent sources, 3–5 killed, contested, iu1",
        "the police, passed on by a spokesman, in The Courier, 4 Jan 2026:",
        "“Three were killed.”",
        "https://news.example/a?b=1&c=2",
        "Killed: 5, before 3",
        "1,200 more incidents",
    ):
        assert words in told


def test_the_page_says_the_same_and_loads_nothing() -> None:
    told = digest(item(), item("u2", ROSE))
    page = forms.page(told)
    plain = " ".join(html.fromstring(page).text_content().split())
    assert "Killed: 5, before 3" in plain
    assert "the police, passed on by a spokesman, in The Courier, 4 Jan 2026: Three were killed. Attack" in plain
    tree = html.fromstring(page)
    assert tree.xpath("//img | //script | //link | //iframe | //@src | //style") == []
    assert "url(" not in page
    assert set(tree.xpath("//@href")) == {"https://news.example/a?b=1&c=2"}


def test_an_incident_that_nobody_tells_as_having_happened_is_headed_so() -> None:
    told = msgspec.structs.replace(item(), status="planned")
    assert "ASSAULT (planned) · Gunmen" in forms.text(digest(told))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://example.org/\u202e", "http://[", None]
)
def test_only_addresses_of_the_web_are_links(url: str | None) -> None:
    told = digest(item("u1", new(url=url)))
    assert html.fromstring(forms.page(told)).xpath("//a") == []
    assert "javascript:" not in forms.text(told) + atom.feed(told.items, "k", told.first).decode()


def test_hostile_words_are_words() -> None:
    hostile = HOSTILE + "\"'><img src=x onerror=alert(1)>\x1b[2J\x00\r\nBcc: victim@example.org\r\n\r\n"
    told = digest(item("u1", hostile=hostile))
    tree = html.fromstring(forms.page(told))
    assert tree.xpath("//script | //img | //*[@onerror]") == []
    assert "<script>alert(1)</script>" in tree.text_content()
    text = forms.text(told)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", text)
    assert not any(line.startswith("Bcc:") for line in text.splitlines())
    raw = forms.mail(told, LETTER).as_bytes()
    assert "Bcc" not in message_from_bytes(raw, policy=default)
    feed = etree.fromstring(atom.feed(told.items, "k", told.first))
    (content,) = feed.xpath("//a:content", namespaces=ATOM)
    assert html.fromstring(content.text).xpath("//script | //img") == []


def test_a_mail_has_both_parts_and_is_the_same_each_time() -> None:
    told = digest(item(hostile=" ö €"))
    raw = forms.mail(told, LETTER).as_bytes()
    assert raw == forms.mail(told, LETTER).as_bytes()
    message = message_from_bytes(raw, policy=default)
    assert message.get_content_type() == "multipart/alternative"
    plain, page = message.iter_parts()  # type: ignore[attr-defined]
    assert (plain.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == forms.text(told)
    assert page.get_content().replace("\r\n", "\n") == forms.page(told)
    assert message["To"] == "a@example.org, b@example.org"
    assert message["Message-ID"].endswith("@example.org>")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert forms.mail(told, LETTER._replace(key="other"))["Message-ID"] != message["Message-ID"]


def test_a_feed_has_what_atom_asks_for_and_its_ids_stay() -> None:
    items = (item("u2", ROSE), item())
    raw = atom.feed(items, "key", "2026-01-04T00:00:00+00:00")
    feed = etree.fromstring(raw)
    for part in (feed, *feed.xpath("a:entry", namespaces=ATOM)):
        for name in ("id", "title", "updated"):
            assert len(part.xpath(f"a:{name}", namespaces=ATOM)) == 1
    assert feed.xpath("a:author/a:name/text()", namespaces=ATOM) == ["Byline"]
    ids = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == 2
    assert all(one.startswith("urn:uuid:") for one in ids)
    again = etree.fromstring(atom.feed(items[1:], "key", "2026-01-05T00:00:00+00:00"))
    assert again.xpath("a:entry/a:id/text()", namespaces=ATOM) == ids[1:]
    assert again.xpath("a:id/text()", namespaces=ATOM) == feed.xpath("a:id/text()", namespaces=ATOM)
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM)[0].endswith(
        "Leeds, GBR · 4 Jan 2026: Killed: 5, before 3"
    )


def test_a_feed_without_news_is_one_still() -> None:
    feed = etree.fromstring(atom.feed((), "key", "2026-01-04T00:00:00+00:00"))
    assert feed.xpath("a:updated/text()", namespaces=ATOM) == ["2026-01-04T00:00:00+00:00"]


def test_byline_reads_its_own_feed() -> None:
    raw = atom.feed((item(),), "key", "2026-01-04T00:00:00+00:00")
    from io import BytesIO  # noqa: PLC0415

    (found,) = feeds.items(Source("feed", BytesIO(raw), Facts(), Origin(container="feed")))
    assert isinstance(found, feeds.Item)
    assert "Three were killed." in found.words
