"""A source: bytes that can be read once, and what is known of them before they are read."""

from io import BytesIO
from typing import BinaryIO, NamedTuple

from byline.errors import DocumentError
from byline.ingest.facts import Facts
from byline.records import INSIDE, Origin

LARGEST = 40_000_000  # bytes of a page: the largest one in the widest encoding
DEEPEST = 5  # containers inside of containers


def shown(name: str) -> str:
    """Return a name as it can be printed: what would move a cursor, turn lines round or be no character is replaced."""
    return name if name.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in name)


class Columns(NamedTuple):
    """Which columns of a table hold what; None: the usual names are looked for."""

    text: str | None = None
    date: str | None = None
    title: str | None = None
    url: str | None = None
    publication: str | None = None
    id: str | None = None


class Options(NamedTuple):
    """What a user may choose about reading.

    `any_status`: also responses of a web archive that are no success. `check_digests`: compare what a
    web archive says of its payloads with the bytes. `languages`: ISO 639-1 codes of what is read,
    the rest is set aside; none: all is read.
    """

    columns: Columns = Columns()
    any_status: bool = False
    check_digests: bool = False
    languages: tuple[str, ...] = ("en",)


class Source(NamedTuple):
    """A page or a container of pages: a stream at its beginning, its name, and what is known of it.

    `stream` is buffered (it has `peek` or can be sought back); `name` is what a user sees:
    the path, and inside of containers the way to it. `facts` hold for all that is read from it.
    `charset` is what was said on the way of the page's encoding, where the page itself says nothing.
    `is_page`: it is one, whatever it begins with, as the cell of a table is.
    """

    name: str
    stream: BinaryIO
    facts: Facts
    origin: Origin
    depth: int = 0
    charset: str | None = None
    is_page: bool = False

    def member(
        self, name: str, stream: BinaryIO, *, facts: Facts | None = None, origin: Origin | None = None
    ) -> "Source":
        """Return what stands inside of this source under a name; its own facts win over this source's."""
        name = shown(name)
        way = f"{self.origin.member}{INSIDE}{name}" if self.origin.member else name
        return Source(
            name=f"{self.name}{INSIDE}{name}",
            stream=stream,
            facts=facts.over(self.facts) if facts else self.facts,
            origin=origin or Origin(container=self.origin.container, member=way),
            depth=self.depth + 1,
        )

    def words(self, name: str, data: bytes, *, facts: Facts | None = None, origin: Origin | None = None) -> "Source":
        """Return a member whose bytes are at hand."""
        return self.member(name, BytesIO(data), facts=facts, origin=origin)

    def read(self) -> bytes:
        """Return all bytes; DocumentError if they are more than a page has."""
        data = self.stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise DocumentError(f"The file has more than {LARGEST:,} bytes. Split it into one file an article.")
        return data
