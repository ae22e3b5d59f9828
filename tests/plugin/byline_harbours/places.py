"""Small harbours that gazetteers leave out."""

from collections.abc import Iterator, Sequence

from byline.plugins import Place


def places() -> Iterator[tuple[Place, Sequence[str]]]:
    harbour = Place(
        name="Porto Salgado", kind="place", country="PRT", province="", population=900, latitude=37.95,
        longitude=-8.87, geonames_id=None,
    )  # fmt: skip
    yield harbour, ("Porto Salgado", "Salgado Harbour")
