"""A selection as a file, of any size: rows are sent as they are read."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from starlette.responses import Response, StreamingResponse

from byline.export.columns import Cell
from byline.export.csv import guarded
from byline.export.geo import geojson
from byline.store.finding import Told

COLUMNS = (
    "uid", "type", "mode", "cameo", "status", "happened", "start", "end", "time_basis", "who", "whom", "place",
    "country", "latitude", "longitude", "place_precision", "killed_low", "killed_high", "wounded_low", "wounded_high",
    "said_by", "denied", "confidence", "publication", "published_start", "title", "url", "source", "event",
    "trigger_text", "evidence",
)  # fmt: skip
_CSV = "text/csv; charset=utf-8"
_ROWS = 200  # that are sent at once


def as_csv(rows: Iterator[Told]) -> StreamingResponse:
    """Return rows as CSV; cells that a spreadsheet would take for formulas are guarded."""
    return _sent(_csv(rows), _CSV, "events.csv")


def as_geojson(rows: Iterator[Told]) -> StreamingResponse:
    """Return rows as GeoJSON: of those with a point, the others have no geometry."""
    return _sent(geojson(rows, COLUMNS, "uid"), "application/geo+json", "events.geojson")


def table(rows: Iterable[Mapping[str, Cell]], columns: Sequence[str], name: str) -> Response:
    """Return some rows as CSV, under a name for the file."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([guarded(row[column]) for column in columns] for row in rows)
    return Response(_emptied(buffer), media_type=_CSV, headers=_named(name))


def _csv(rows: Iterator[Told]) -> Iterator[bytes]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows, 1):
        writer.writerow([guarded(_cell(row[name])) for name in COLUMNS])
        if number % _ROWS == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _cell(value: Cell | list[str]) -> Cell:
    """Return a value of a cell; of several names each is parted by "; "."""
    return "; ".join(value) if isinstance(value, list) else value


def _emptied(buffer: StringIO) -> bytes:
    said = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return said


def _sent(parts: Iterator[bytes], media: str, name: str) -> StreamingResponse:
    return StreamingResponse(parts, media_type=media, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="{name}"'}
