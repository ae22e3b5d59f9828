"""Days of publication: Byline against htmldate, on invented pages whose day is known and on a folder of real ones.

    python benchmarks/dating.py [FOLDER] [--shapes]

1. Pages of many shapes, twelve of each. "right": the answer is the day, or, for an answer of several days, holds it;
   on a page that bears no day, none is right. `--shapes` prints the shapes that somebody gets wrong.
2. Two hundred pages that bear no day but a notice of their age, an issue's number among dated issues, or both:
   how many of the answers hold the true day, and of how many days they are.
3. For the pages in FOLDER (.html or .html.gz, without gold): how often both agree, and where not.
"""

import gzip
import random
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median
from string import Template
from typing import Any, NamedTuple

from htmldate import find_date

from byline.errors import DocumentError
from byline.ingest import Facts, Failure, dated, from_text, interval_of
from byline.ingest.html import from_html
from byline.records import Document, Interval

EACH = 12
STORY = (
    "Police arrested four people in the old town on Monday after a march against the new water law, officials said. "
    "The marchers had blocked two bridges for several hours, and the mayor called for calm in the whole city."
)


PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Four held after march</title>{head}</head><body>"
    "<nav><a href='/'>Home</a></nav><article><h1>Four held after march</h1>{above}<p>{story}" + STORY + "</p>"
    "<p>" + STORY + "</p></article>{below}<footer><p>© 2014 The Meridian Post</p></footer></body></html>"
)
PARTS = {
    "article": '"@type":"NewsArticle","datePublished":"$day$clock","dateModified":"$later$clock"',
    "modified": '<meta property="article:modified_time" content="$later$clock">',
    "aside": '<aside class="related"><a>Old story</a> <time datetime="$other">x</time></aside>',
}


class Page(NamedTuple):
    """An invented page, its address, and the day on which it appeared, None if nothing on it tells."""

    markup: str
    day: date | None
    url: str | None = None


def shown(shape: dict[str, Any], rng: random.Random) -> Page:
    """Return a page of one shape that appeared on a day of chance."""
    day = date(2001, 1, 1) + timedelta(rng.randrange(6000))
    if shape.get("figures"):
        day = day.replace(day=rng.choice([n for n in range(1, 13) if n != day.month]))
    known = _ways("day", day) | _ways("later", day + timedelta(rng.randrange(2, 700)))
    known |= _ways("other", day - timedelta(rng.randrange(9, 400))) | {"next": (day + timedelta(1)).isoformat()}
    known |= {"clock": "T09:30:00" + rng.choice(("Z", "+00:00", "+02:00", "-05:00")), "month_path": f"{day:%Y/%m}"}
    known |= {"ld": '<script type="application/ld+json">', "end": "</script>"}
    for name, part in PARTS.items():
        known[name] = Template(part).substitute(known)
    parts = {k: Template(v).substitute(known) for k, v in shape.items() if isinstance(v, str)}
    address = parts.pop("address", None)
    markup = PAGE.format_map(defaultdict(str, parts))
    return Page(markup, None if shape.get("undated") else day, address)


def _ways(name: str, day: date) -> dict[str, str]:
    ways = {"words": f"{day.day} {day:%B %Y}", "path": f"{day:%Y/%m/%d}", "named": f"{day:%Y/%b/%d}".lower(),
            "compact": f"{day:%Y%m%d}", "slashes": f"{day:%d/%m/%Y}", "american": f"{day:%m/%d/%Y}"}  # fmt: skip
    return {name: day.isoformat()} | {f"{name}_{way}": written for way, written in ways.items()}


def made() -> list[tuple[str, Page]]:
    """Return all invented pages with the names of their shapes."""
    shapes = tomllib.loads(Path(__file__).with_name("dating_shapes.toml").read_text("utf-8"))
    rng = random.Random(1)  # noqa: S311 -- reproducible, no secret
    return [(name, shown(shape, rng)) for _ in range(EACH) for name, shape in shapes.items()]


def by_byline(markup: str, url: str | None = None) -> Interval | None:
    """Return Byline's answer."""
    return from_html(markup, facts=Facts(url=url)).published


def by_htmldate(*, extensive: bool) -> Callable[[str, str | None], Interval | None]:
    """Return htmldate's answer as an interval of one day."""
    options: dict[str, Any] = {
        "extensive_search": extensive,
        "original_date": True,
        "min_date": "1900-01-01",
        "max_date": "2999-12-31",
    }

    def answer(markup: str, url: str | None = None) -> Interval | None:
        found = find_date(markup, url=url, **options)
        return interval_of(found, basis="htmldate") if found else None

    return answer


READERS = {
    "Byline": by_byline,
    "htmldate, fast": by_htmldate(extensive=False),
    "htmldate, extensive": by_htmldate(extensive=True),
}


def mark(answer: Interval | None, day: date | None) -> str:
    """Return how an answer stands to the truth; several days that hold the true one are right, and counted apart."""
    if day is None or answer is None:
        return "right" if answer is day else "invented" if day is None else "none"
    if not answer.start <= day.isoformat() <= answer.end:
        return "wrong"
    return "right" if answer.start == answer.end else "right, several days"


def compare(*, by_shape: bool) -> None:
    """Print the marks of each reader."""
    pages = made()
    missed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sys.stdout.write(f"{len(pages)} invented pages\n")
    for name, reader in READERS.items():
        start = time.process_time()
        marks = Counter(_marked(reader, name, shape, found, missed) for shape, found in pages)
        sys.stdout.write(f"  {name:22}{dict(sorted(marks.items()))}  {time.process_time() - start:.1f} s\n")
    for shape, counts in missed.items() if by_shape else ():
        sys.stdout.write(f"    {shape:32}{dict(counts)}\n")


def _marked(
    reader: Callable[[str, str | None], Interval | None],
    name: str,
    shape: str,
    found: Page,
    missed: defaultdict[str, Counter[str]],
) -> str:
    result = mark(reader(found.markup, found.url), found.day)
    if not result.startswith("right"):
        missed[shape][f"{name}: {result}"] += 1
    return result


def constrained(seed: int = 1, pages: int = 200) -> tuple[list[Document], dict[str, tuple[str, date]]]:
    """Return pages of one weekly, a third of them dated, and of the others by id what dates them, and their day."""
    rng = random.Random(seed)  # noqa: S311
    documents: list[Document] = []
    truth: dict[str, tuple[str, date]] = {}
    for turn in range(pages + pages // 2):
        number = rng.randrange(120)
        day, id_ = date(2006, 3, 2) + timedelta(7 * number), f"p{turn}"
        kind = rng.choice(("age", "issue", "both")) if turn % 3 else "dated"
        retrieved = day + timedelta(rng.randrange(1, 5000))
        notice = age_notice(rng, day, retrieved) if kind in {"age", "both"} else ""
        issue = f"Issue {1900 + number}" if kind != "age" else ""
        stamp = _ways("day", day)["day_words"] if kind == "dated" else ""
        lines = [line for line in (issue, stamp, notice, "Four held after march", STORY) if line]
        facts = Facts(id=id_, publication="The Lantern", retrieved=interval_of(retrieved.isoformat()))
        documents.append(from_text("\n\n".join(lines), facts=facts))
        kind += " in years" * (notice.endswith(("year old", "years old")))
        if kind != "dated":
            truth[id_] = (kind, day)
    return documents, truth


def age_notice(rng: random.Random, day: date, retrieved: date) -> str:
    """Return a notice of age in whole units, counted as some programs do or as others."""
    months = 12 * (retrieved.year - day.year) + retrieved.month - day.month
    last = (retrieved + timedelta(1)).day == 1
    short = retrieved.day < day.day and not (last and rng.random() < 0.5)  # noqa: PLR2004 -- the 31st in a short month
    months -= short
    days = (retrieved - day).days
    years = f"{months // 12} year{'s' * (months >= 24)}"  # noqa: PLR2004
    if months >= 12:  # noqa: PLR2004
        rest = months % 12
        full = f"{years}, {rest} month{'s' * (rest > 1)}" if rest and rng.random() < 0.7 else years  # noqa: PLR2004
        return rng.choice((f"This article is over {full} old", f"This article is more than {years} old"))
    if months:
        return f"Published {months} month{'s' * (months > 1)} ago"
    return f"Published {days // 7} weeks ago" if days > 13 else f"Published {days} day{'s' * (days > 1)} ago"  # noqa: PLR2004


def constraints() -> None:
    """Print how the answers for pages that bear no day hold."""
    documents, truth = constrained()
    held: Counter[str] = Counter()
    widths: defaultdict[str, list[int]] = defaultdict(list)
    for found in dated(iter(documents)):
        if isinstance(found, Failure) or found.id not in truth:
            continue
        kind, day = truth[found.id]
        if found.published:
            held[kind] += found.published.start <= day.isoformat() <= found.published.end
            first, last = (date.fromisoformat(d) for d in (found.published.start, found.published.end))
            widths[kind].append((last - first).days + 1)
    sys.stdout.write(f"{len(truth)} pages that bear no day\n")
    for kind in sorted(widths):
        asked = sum(k == kind for k, _ in truth.values())
        days = f"mean {mean(widths[kind]):.1f}, median {median(widths[kind]):.0f}"
        sys.stdout.write(f"  {kind:16}{held[kind]} of {asked} held; days: {days}\n")


def agreement(folder: Path) -> None:
    """Print how often Byline and htmldate's fast search agree on real pages, and each page on which they do not."""
    counts: Counter[str] = Counter()
    reader = READERS["htmldate, fast"]
    for path in sorted(p for p in folder.iterdir() if ".html" in p.name):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        markup = data.decode("utf-8", "replace")
        try:
            found = from_html(markup)
        except DocumentError:
            continue
        ours, theirs = found.published, reader(markup, None)
        same = (ours and ours.start) == (theirs and theirs.start)
        kind = (
            "the same" if same else "both, differing" if ours and theirs else "Byline only" if ours else "htmldate only"
        )
        counts[kind] += 1
        if not same:
            told = ", ".join(f"{d.start} {d.basis}" for d in found.dates[:4]) or "nothing"
            sys.stdout.write(f"  {path.name[:16]} {kind}: {told}; htmldate {theirs.start if theirs else 'nothing'}\n")
    sys.stdout.write(f"{counts.total()} real pages: {dict(counts)}\n")


def main() -> None:
    """Compare on invented pages, then on those of a folder."""
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    compare(by_shape="--shapes" in sys.argv)
    constraints()
    for folder in folders:
        agreement(Path(folder))


if __name__ == "__main__":
    main()
