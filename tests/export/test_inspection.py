"""What an archive holds, counted and shown."""

import io

from rich.console import Console

from byline.export.inspection import Inspection, inspect
from byline.export.inspection_table import render
from byline.records import Copy, Document, Failure, Interval


def interval(day: str, basis: str) -> Interval:
    return Interval(start=day, end=day, basis=basis)


def documents() -> list[Document | Failure]:
    text = "Raid\n\nGuards shot nine men.\n\nShare this"
    told = {"text": text, "title": "Raid", "body": ((6, 27),), "publication": "The Lamp"}
    first = interval("2006-03-07", "metadata")
    other = interval("2006-03-09", "url")
    return [
        Document(id="d1", source="a.warc!/0", published=first, dates=(first,), language="en", **told),
        Document(id="d2", source="a.warc!/99", published=first, dates=(first, other), language="en", **told),
        Document(
            id="d3",
            source="b.html",
            copy=Copy(of="d1", source="a.warc!/0", kind="near", shared=0.9),
            partial="cut",
            **told,
        ),
        Document(id="d4", source="c.html", text=text, body=((6, 27),), language="nl", aside="Dutch"),
        Failure(source="a.warc!/700", reason="12 bytes are lost.", kind="damaged"),
    ]


def format_of(path: str) -> str:
    return path.rpartition(".")[2]


def inspected() -> Inspection:
    return inspect(documents(), format_of)


def test_files_are_counted_by_format_with_what_was_read_from_them() -> None:
    found = [(s.format, s.files, s.documents, s.failures) for s in inspected().sources]
    assert found == [("html", 2, 2, 0), ("warc", 2, 2, 1)]  # the failure comes behind another file


def test_publications_have_their_days() -> None:
    found = [(p.name, p.documents, p.dated, p.first, p.last) for p in inspected().publications]
    assert found == [("The Lamp", 3, 2, "2006-03-07", "2006-03-07"), (None, 1, 0, None, None)]


def test_dates_languages_copies_and_parts_are_counted() -> None:
    found = inspected()
    assert found.bases == {"metadata": 2, "none": 2}
    assert found.disputed_dates == 1
    assert found.languages == {"en": 2, "nl": 1, "unknown": 1}
    assert (found.aside, found.copies, found.partial) == (1, {"near": 1}, {"cut": 1})


def test_furniture_is_what_is_neither_title_nor_article() -> None:
    (one, *_) = documents()
    assert inspect([one], format_of).furniture == 1 - 25 / 39


def test_failures_are_told_by_kind_with_examples() -> None:
    (kind,) = inspected().failures
    assert (kind.kind, kind.count, [e.source for e in kind.examples]) == ("damaged", 1, ["a.warc!/700"])


def test_nothing_at_all_is_an_inspection_too() -> None:
    found = inspect([], format_of)
    assert (found.documents, found.furniture, found.first, found.sources) == (0, None, None, ())


def test_the_page_for_people_tells_it_all() -> None:
    console = Console(width=120, file=io.StringIO(), record=True)
    console.print(render(inspected()))
    shown = console.export_text()
    assert "4 documents, 2006-03-07 to 2006-03-07" in shown
    assert "1 with dates that contradict each other" in shown
    assert "a.warc!/700: 12 bytes are lost." in shown
