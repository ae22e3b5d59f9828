"""A board of ship news: a line an event, as `DAY: sentence`."""

from typing import BinaryIO

from byline.plugins import Chosen, Layout


def _write(chosen: Chosen, out: BinaryIO) -> None:
    for told in chosen.events():
        document = told.index.document
        day = document.published.start if document.published else "?"
        words = " ".join(document.text[slice(*told.event.evidence)].split())
        out.write(f"{day}: {words}\n".encode())


LAYOUT = Layout(
    name="ship-news",
    title="A board of ship news",
    level="event",
    columns={},
    forms={"txt": _write},
    losses=("Only the day of publication and the sentence are there.",),
)
