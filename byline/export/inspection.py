"""What an archive holds, read but not coded: for `byline inspect`."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import NamedTuple

from byline.records import INSIDE, Document, Failure, Interval, Record

_STRONG = frozenset(
    {"given", "metadata", "url", "dateline", "text"}
)  # constraints and changes of a page exclude nothing
_EXAMPLES = 3  # failures of a kind that are shown with their reason


class Sources(Record, frozen=True, kw_only=True):
    """The files of one format: how many, and what was read from them."""

    format: str
    files: int
    documents: int
    failures: int


class Publication(Record, frozen=True, kw_only=True):
    """An outlet's documents, how many of them have a day of publication, and the days from the first to the last."""

    name: str | None
    documents: int
    dated: int
    first: str | None
    last: str | None


class FailuresOfKind(Record, frozen=True, kw_only=True):
    """What could not be read or was set aside for one kind of reason, with the first few."""

    kind: str
    count: int
    examples: tuple[Failure, ...]


class Inspection(Record, frozen=True, kw_only=True):
    """What was found: counts of documents by format, publication, basis of the date, language, copies, failures.

    ``furniture`` is the share of the texts' characters that are neither title, article, heading nor caption.
    ``disputed_dates`` counts the documents for which two strong bases name days that exclude each other, ``aside``
    those in languages that are not coded. ``bases`` has "none" for undated documents, ``languages`` "unknown" for those
    too short to tell. ``copies`` counts by kind, ``partial`` by reason. ``calendars`` says of each publication with
    numbered issues how well its numbers date them.
    """

    documents: int
    characters: int
    furniture: float | None
    sources: tuple[Sources, ...]
    publications: tuple[Publication, ...]
    first: str | None
    last: str | None
    bases: dict[str, int]
    disputed_dates: int
    aside: int
    languages: dict[str, int]
    copies: dict[str, int]
    partial: dict[str, int]
    failures: tuple[FailuresOfKind, ...]
    calendars: dict[str, str]


class _Days(NamedTuple):
    documents: int = 0
    dated: int = 0
    first: str | None = None
    last: str | None = None

    def with_day(self, published: Interval | None) -> "_Days":
        if published is None:
            return self._replace(documents=self.documents + 1)
        first = min(filter(None, (self.first, published.start)))
        last = max(filter(None, (self.last, published.end)))
        return _Days(self.documents + 1, self.dated + 1, first, last)


def inspect(
    found: Iterable[Document | Failure],
    format_of: Callable[[str], str],
    calendars: Callable[[], dict[str, str]] = dict,
) -> Inspection:
    """Return what the documents and failures are, in memory that does not grow with their number.

    `format_of` names the format of a file; `calendars`, asked when all is read, says how well issues date documents.
    """
    seen = _Seen(format_of)
    for item in found:
        if isinstance(item, Failure):
            seen.failure(item)
        else:
            seen.document(item)
    return seen.inspection(calendars())


class _Seen:
    """Running counts."""

    def __init__(self, format_of: Callable[[str], str]) -> None:
        self.format_of = format_of
        self.characters = self.inside = self.disputed = self.aside = 0
        self.file: tuple[str, str] | None = None
        self.by_format: dict[str, Counter[str]] = {}
        self.publications: dict[str | None, _Days] = {}
        self.bases: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.copies: Counter[str] = Counter()
        self.partial: Counter[str] = Counter()
        self.failures: dict[str, tuple[int, tuple[Failure, ...]]] = {}

    def document(self, document: Document) -> None:
        self._counts_of(document.source)["documents"] += 1
        self.characters += len(document.text)
        own = {*document.body, *document.headings, *document.captions}
        self.inside += sum(end - start for start, end in own) + len(document.title or "")
        days = self.publications.get(document.publication, _Days())
        self.publications[document.publication] = days.with_day(document.published)
        self.bases[document.published.basis if document.published else "none"] += 1
        self.languages[document.language or "unknown"] += 1
        self.disputed += _is_disputed(document)
        self.aside += document.aside is not None
        if document.copy:
            self.copies[document.copy.kind] += 1
        if document.partial:
            self.partial[document.partial] += 1

    def failure(self, failure: Failure) -> None:
        self._counts_of(failure.source)["failures"] += 1
        count, examples = self.failures.get(failure.kind, (0, ()))
        self.failures[failure.kind] = (count + 1, (*examples, failure)[:_EXAMPLES])

    def _counts_of(self, source: str) -> Counter[str]:
        """Return the counts of a source's format; files come one after another, so only the last is remembered."""
        path = source.partition(INSIDE)[0]
        if self.file is None or self.file[0] != path:
            self.file = (path, self.format_of(path))
            self.by_format.setdefault(self.file[1], Counter())["files"] += 1
        return self.by_format[self.file[1]]

    def inspection(self, calendars: dict[str, str]) -> Inspection:
        whole = [days for days in self.publications.values() if days.dated]
        ordered = sorted(self.publications.items(), key=lambda p: (-p[1].documents, p[0] or ""))
        return Inspection(
            documents=sum(days.documents for days in self.publications.values()),
            characters=self.characters,
            furniture=max(0.0, 1 - self.inside / self.characters) if self.characters else None,
            sources=tuple(
                Sources(format=name, files=n["files"], documents=n["documents"], failures=n["failures"])
                for name, n in sorted(self.by_format.items())
            ),
            publications=tuple(Publication(name=name, **days._asdict()) for name, days in ordered),
            first=min((days.first for days in whole if days.first), default=None),
            last=max((days.last for days in whole if days.last), default=None),
            bases=_sorted(self.bases),
            disputed_dates=self.disputed,
            aside=self.aside,
            languages=_sorted(self.languages),
            copies=_sorted(self.copies),
            partial=_sorted(self.partial),
            failures=tuple(FailuresOfKind(kind=k, count=n, examples=e) for k, (n, e) in sorted(self.failures.items())),
            calendars=calendars,
        )


def _is_disputed(document: Document) -> bool:
    """Whether two strong bases name days of publication that exclude each other."""
    strong = [d for d in document.dates if d.basis in _STRONG]
    return any(a.end < b.start or b.end < a.start for a, b in combinations(strong, 2))


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
