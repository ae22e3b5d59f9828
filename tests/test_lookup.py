"""What a coded document is made of, by its ids."""

import msgspec
import pytest

from byline.lookup import outlet_of
from tests.helpers import document


@pytest.mark.parametrize(
    ("publication", "url", "outlet"),
    [
        ("The Marlow Times", "https://gazette.example/1", "The Marlow Times"),
        (None, "https://www.Gazette.example:8080/world/1?page=2", "gazette.example"),
        (None, "https://gazette.example", "gazette.example"),
        (None, "gazette.example/1", None),
        (None, "https://[gazette", None),
        (None, "mailto:desk@gazette.example", None),
        (None, None, None),
    ],
)
def test_an_outlet_without_a_name_is_the_host_of_its_address(
    publication: str | None, url: str | None, outlet: str | None
) -> None:
    assert outlet_of(msgspec.structs.replace(document("Rain."), publication=publication, url=url)) == outlet
