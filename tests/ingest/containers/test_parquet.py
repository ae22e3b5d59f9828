import io
import sys
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from byline.errors import ConfigurationError
from byline.ingest import Columns, Options, interval_of
from tests.ingest.containers.reading import OTHER, STORY, documents, kinds, read_all, words


def table(columns: dict[str, Any], **options: object) -> bytes:
    file = io.BytesIO()
    parquet.write_table(pa.table(columns), file, **options)
    return file.getvalue()


@pytest.mark.parametrize("piped", [False, True])
def test_each_row_is_a_page_under_its_number(piped: bool) -> None:  # noqa: FBT001
    assert words(table({"id": ["a", "b"], "text": [STORY, OTHER]}), piped=piped) == [("-!/1", STORY), ("-!/2", OTHER)]


@pytest.mark.parametrize(
    "value",
    [
        "2011-05-03",
        date(2011, 5, 3),
        datetime(2011, 5, 3, 10, tzinfo=UTC),
        pa.scalar(1304416800123456789, pa.timestamp("ns")),
        1304416800,
    ],
)
def test_a_date_may_be_of_any_type(value: object) -> None:
    (document,) = documents(table({"text": [STORY], "published": pa.array([value])}))
    assert document.published == interval_of("2011-05-03", basis="metadata")


def test_a_row_without_text_is_named_and_the_rest_is_read() -> None:
    assert kinds(table({"text": [None, OTHER]})) == [("-!/1", "empty"), ("-!/2", OTHER)]


def test_columns_of_lists_and_numbers_are_no_text_that_breaks_the_run() -> None:
    assert kinds(table({"text": [[1, 2], None], "url": [{"a": 1}, None]})) == [("-!/1", "empty"), ("-!/2", "empty")]


def test_a_missing_column_is_named() -> None:
    data = table({"words": [STORY], "n": [1]})
    assert words(data)[0][1].endswith("The columns are: words, n.")
    with pytest.raises(ConfigurationError, match=r"There is no column 'body'\. The columns are: words, n\."):
        read_all(data, options=Options(columns=Columns(text="body")))


def test_a_damaged_group_of_rows_costs_itself_alone() -> None:
    data = bytearray(table({"text": [f"{STORY} {n}" for n in range(40)]}, row_group_size=20, compression="gzip"))
    data[20:60] = b"\xff" * 40
    found = kinds(bytes(data))
    assert found[0] == ("-!/1", "damaged")
    assert len([text for _, text in found if text.startswith(STORY)]) == 20


def test_a_file_that_is_cut_off_says_so() -> None:
    ((_, reason),) = words(table({"text": [STORY]})[:-20])
    assert reason.startswith("The Parquet file is damaged or cut off (")


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = table({"text": [STORY]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert words(data) == [("-", 'This is a Parquet file. Reading it needs an extra: pip install "byline[parquet]"')]
