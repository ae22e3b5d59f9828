import json

import pytest

from byline.errors import ConfigurationError
from byline.ingest import Columns, Options, interval_of
from tests.ingest.containers.reading import OTHER, STORY, documents, kinds, read_all, words

FIRST, SECOND = json.dumps({"text": STORY}), json.dumps({"text": OTHER})
BOTH = [("-!/1", STORY), ("-!/2", OTHER)]


@pytest.mark.parametrize(
    "data",
    [
        f"{FIRST}\n{SECOND}\n",
        f"\ufeff{FIRST}\r\n\r\n{SECOND}",
        f"[{FIRST},{SECOND}]",
        f"\ufeff[{FIRST},{SECOND}]",
        json.dumps([json.loads(FIRST), json.loads(SECOND)], indent=2),
        f'{{"status": "ok", "articles": [{FIRST}, {SECOND}]}}',
        f"{json.dumps(json.loads(FIRST), indent=2)}\n{json.dumps(json.loads(SECOND), indent=2)}",
    ],
)
def test_records_are_read_however_they_stand(data: str) -> None:
    assert words(data.encode()) == BOTH


def test_marks_inside_of_strings_are_words() -> None:
    text = 'He said: "} ] {\\" and left\n\nthe [town].'
    assert words(json.dumps([{"a": {"b": [1, {}]}, "text": text}, {"text": OTHER}]).encode()) == [
        ("-!/1", text),
        BOTH[1],
    ]


def test_a_record_of_many_pieces_is_read() -> None:
    text = STORY + "\n\n" + "word " * 150_000
    assert words(json.dumps([{"text": text}, {"text": OTHER}]).encode(), piped=True) == [("-!/1", text), BOTH[1]]


def test_a_record_tells_of_its_document() -> None:
    record = {
        "text": ["The army left.", "It was over."],
        "title": "A march",
        "published": {"start": "2008-03-16", "end": "2008-04-15", "precision": "range", "basis": "age notice"},
        "authors": ["Ida Holm", "Jo Venn"],
        "id": 7,
    }
    (document,) = documents(json.dumps(record).encode())
    assert (document.text, document.title, document.id) == ("The army left.\n\nIt was over.", "A march", "7")
    assert (document.published, document.authors) == (
        interval_of("2008-03-16/2008-04-15", basis="metadata"),
        ("Ida Holm", "Jo Venn"),
    )


@pytest.mark.parametrize("data", [f"{FIRST}\n{SECOND}\n", json.dumps([{"text": STORY}, {"text": OTHER}], indent=1)])
def test_a_record_tells_where_its_bytes_stand(data: str) -> None:
    for document in documents(data.encode()):
        assert document.origin
        start = document.origin.offset or 0
        assert json.loads(data.encode()[start : start + (document.origin.length or 0)]) == {"text": document.text}


def test_a_damaged_line_costs_itself_alone() -> None:
    assert kinds(f'{FIRST}\n{{"text": "broken\n[1, 2]\n{{"headline": "x"}}\n{SECOND}\n'.encode()) == [
        ("-!/1", STORY),
        ("-!/2", "damaged"),
        ("-!/3", "damaged"),
        ("-!/4", "empty"),
        ("-!/5", OTHER),
    ]


def test_a_damaged_record_of_an_array_costs_itself_alone() -> None:
    assert kinds(f'[{FIRST},{{"text": "bro"ken, {{"x":1}}}},{SECOND}]'.encode()) == [
        ("-!/1", STORY),
        ("-!/2", "damaged"),
        ("-!/3", OTHER),
    ]


def test_an_array_that_is_cut_off_gives_the_records_before() -> None:
    assert kinds(f"[{FIRST},{SECOND[:20]}".encode()) == [("-!/1", STORY), ("-!/2", "damaged")]


@pytest.mark.parametrize("data", ['{"a": 1}', "[]", '[{"a": [1]}]', '{"a": 1}\n{"b": 2}'])
def test_json_without_text_is_no_news(data: str) -> None:
    assert words(data.encode()) == [("-", "This is JSON, not a news text. Give its articles as text or HTML.")]


def test_a_column_that_the_first_record_has_not_stops_the_run() -> None:
    with pytest.raises(ConfigurationError) as error:
        read_all(f"{FIRST}\n".encode(), options=Options(columns=Columns(date="seen")))
    assert str(error.value) == "There is no column 'seen'. The columns are: text."


def test_a_later_record_may_be_without_a_named_column() -> None:
    lines = f'{{"text": "no", "words": "{STORY}"}}\n{{"text": "no"}}\n'
    found = kinds(lines.encode(), options=Options(columns=Columns(text="words")))
    assert found == [("-!/1", STORY), ("-!/2", "empty")]


def test_brackets_nested_without_end_are_a_failure() -> None:
    assert kinds(f"{FIRST}\n".encode() + b'{"text": ' + b"[" * 100_000 + b"\n") == [
        ("-!/1", STORY),
        ("-!/2", "damaged"),
    ]
    assert [kind for _, kind in kinds(b'[{"text": ' + b"[" * 100_000)] == ["damaged", "unreadable"]


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert words(b'{"text": "The army \\ud83d left.", "title": "\\udfff"}\n') == [("-!/1", "The army ? left.")]
