"""What a page says of itself in JSON-LD: the objects that publishers give to search engines, read as plain data."""

import json
from collections.abc import Iterator
from typing import Any

import lxml.html

_LARGEST = 5_000_000  # characters of one script: that of a live blog holds all of its entries
_SCRIPTS = 50
_OBJECTS = 10_000


def objects(tree: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    """Return all JSON objects on the page, outer ones first; what is no JSON is passed over."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:_SCRIPTS]:
        words = (script.text or "").strip()
        if len(words) <= _LARGEST:
            found += _walk(_read(words))
    return found[:_OBJECTS]


def is_a(item: dict[str, Any], kind: str) -> bool:
    """Whether an object is of a schema.org type, by its name without the address."""
    kinds = item.get("@type")
    return any(str(k).rpartition("/")[2] == kind for k in (kinds if isinstance(kinds, list) else [kinds]))


def _read(words: str) -> Any:  # noqa: ANN401 -- whatever the page holds
    try:
        return json.loads(words, strict=False)  # pages have line ends inside of strings
    except (ValueError, RecursionError):
        return None


def _walk(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- whatever the page holds
    queue = [value]
    for item in queue:
        if len(queue) > _OBJECTS:
            return
        if isinstance(item, dict):
            yield item
            queue += item.values()
        elif isinstance(item, list):
            queue += item
