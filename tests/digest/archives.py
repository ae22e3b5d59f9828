"""An archive whose reports come day by day, for tests of what is new."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from byline.ingest import Facts, from_text, interval_of
from byline.records import CodedDocument
from byline.run.job import Settings, coder_of
from byline.run.linking import link
from byline.store import Archive, Edition

HOSTILE = "<script>alert(1)</script>&\u202e"
_TOLD = "Gunmen attacked a ferry at the harbour of Leeds on Sunday and killed {} fishermen, the {} said."
# Name of a report: its outlet, day and text. All but `arrest` and `hostile` are of one happening.
REPORTS: Mapping[str, tuple[str, str, str]] = {
    "three": ("The Courier", "2026-01-04", _TOLD.format("three", "police")),
    "five": ("The Herald", "2026-01-05", _TOLD.format("five", "hospital")),
    "also": ("The Echo", "2026-01-05", _TOLD.format("three", "harbour master")),
    "denial": (
        "The Gazette",
        "2026-01-05",
        "The army denied that gunmen had attacked a ferry at the harbour of Leeds on Sunday and killed three men.",
    ),
    "arrest": ("The Courier", "2026-01-05", "Police arrested two students in Porto on Monday, a lawyer said."),
    "hostile": (HOSTILE, "2026-01-05", f"Soldiers arrested nine miners in Bergen on Monday, a priest said {HOSTILE}."),
}


@cache
def coded(name: str) -> CodedDocument:
    """Return a report, coded."""
    outlet, day, text = REPORTS[name]
    facts = Facts(
        publication=outlet,
        published=interval_of(day),
        title=f"{HOSTILE} {name}",
        url="javascript:alert(1)" if name == "hostile" else f"https://news.example/{name}?a=1&b=2",
    )
    (found,) = coder_of(Settings()).code_all(iter([from_text(text, source=f"{name}.txt", facts=facts)]))
    assert isinstance(found, CodedDocument)
    return found


def come(path: Path, day: str, *names: str, finished: bool = True) -> None:
    """Have reports come into an archive on a day, at three in the morning."""
    with Archive.open(path, write=True) as archive:
        with archive.batch():
            edition = archive.add_edition(Edition("0.1.0", "abc", "PLOVER 1", "def", "en", "3.8"))
            run = archive.begin_run(edition, "{}", f"{day}T03:00:00+00:00")
            for name in names:
                archive.add(coded(name), edition, run)
        link(archive)
        if finished:
            with archive.batch():
                archive.end_run(run, f"{day}T03:10:00+00:00")
