"""How GDELT's files are written: tab-separated without a header or quotes; and the numbers that they have for ids."""

from collections.abc import Mapping
from typing import BinaryIO

from byline.export.columns import Cell, Columns
from byline.export.csv import guarded
from byline.export.foreign import filled, one_line
from byline.export.layout import Chosen, Write
from byline.export.tables import Rows, text


def gdelt_id(uid: str) -> int:
    """Return a uid ("u" and sixteen hexadecimal digits) as a positive number of 63 bits."""
    return int(uid.removeprefix("u"), 16) >> 1


def forms(rows: Rows, columns: Columns) -> Mapping[str, Write]:
    """Return the forms of a file of GDELT's; that of its own first, which has no header."""
    own = filled(rows, columns)

    def write(chosen: Chosen, out: BinaryIO) -> None:
        with text(out, "utf-8") as stream:
            stream.writelines("\t".join(_cell(row.get(name)) for name in columns) + "\n" for row in rows(chosen))

    return {"tsv": write, "jsonl": own["jsonl"], "parquet": own["parquet"]}


def _cell(cell: Cell) -> str:
    return "" if cell is None else one_line(str(guarded(cell)))
