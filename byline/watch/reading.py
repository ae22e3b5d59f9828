"""A feed that was fetched to its documents: each item under the address of its article."""

from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from byline import knowledge
from byline.errors import DocumentError
from byline.ingest.containers import feeds
from byline.ingest.facts import Facts
from byline.ingest.formats import recognise
from byline.ingest.opening import documents
from byline.ingest.source import Options, Source
from byline.records import Document, Failure, Origin
from byline.watch.fetching import Page
from byline.watch.urls import joined

_MOST: int = knowledge.load("watch.toml")["items"]
_NO_FEED = "This is no feed but {}. Look for the address of the site's RSS or Atom feed."


class Entry(NamedTuple):
    """An item of a feed: the address of its article, if it has one, and what the feed itself holds of it."""

    url: str | None
    source: Source | Failure
    facts: Facts


def entries(url: str, data: bytes, publication: str | None = None) -> Iterator[Entry | Failure]:
    """Yield the items of a feed, at most so many, and what is damaged in it; DocumentError if it is none.

    `publication` wins over what the feed is called.
    """
    feed = Source(url, BytesIO(data), Facts(), Origin(container=url))
    if (found := recognise(feed.stream)) != "feed":
        raise DocumentError(_NO_FEED.format("a page" if found == "page" else found))
    for item in islice(feeds.items(feed), _MOST):
        yield item if isinstance(item, Failure) else _entry(item, feed, publication)


def _entry(item: feeds.Item, feed: Source, publication: str | None) -> Entry:
    url = joined(feed.name, item.facts.url)
    facts = Facts(publication=publication, url=url).over(item.facts)
    page = feeds.page_of(item._replace(facts=facts), feed, _name(item))
    named = page._replace(name=url, origin=Origin(container=url)) if url and isinstance(page, Source) else page
    return Entry(url, named, facts)


def _name(item: feeds.Item) -> str:
    """Return a name that stays when other items come before it."""
    return blake2b((item.facts.title or "").encode() + item.words.encode(), digest_size=6).hexdigest()


def of_entry(entry: Entry) -> Iterator[Document | Failure]:
    """Yield what a feed itself holds of an item."""
    if isinstance(entry.source, Failure):
        yield entry.source
    else:
        yield from documents(entry.source, Options())


def of_article(url: str, page: Page, facts: Facts) -> Iterator[Document | Failure]:
    """Yield the documents of an article's page; what the feed says of it wins over the page."""
    source = Source(url, BytesIO(page.data), facts, Origin(container=url), charset=page.charset)
    yield from documents(source, Options())
