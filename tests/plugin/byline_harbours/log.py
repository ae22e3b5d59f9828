"""Reads the log of a harbour office: a first line `#harbour-log NAME`, then entries, each under a line `== DAY`."""

import re
from collections.abc import Iterator

from byline.errors import DocumentError
from byline.plugins import Facts, Failure, Options, Source, interval_of

_FIRST = b"#harbour-log "
_ENTRY = re.compile(r"^== (\d{4}-\d{2}-\d{2})\n", re.MULTILINE)


def recognises(head: bytes) -> bool:
    return head.startswith(_FIRST)


def read(source: Source, options: Options) -> Iterator[Source | Failure]:  # noqa: ARG001 - the shape of all readers
    text = source.read().decode("utf-8", "replace")
    first, _, rest = text.partition("\n")
    name = first.removeprefix(_FIRST.decode()).strip()
    _, *parts = _ENTRY.split(rest)
    if not parts:
        raise DocumentError("The log has no entries. Write a line == DAY above each.")
    for number, (day, words) in enumerate(zip(parts[::2], parts[1::2], strict=True), 1):
        facts = Facts(published=interval_of(day), publication=name)
        yield source.words(str(number), words.encode(), facts=facts)
