"""Entities, held against the model of Follow the Money."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from followthemoney import model

Written = Callable[[str, str], bytes]


@pytest.fixture
def entities(written: Written) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in written("ftm", "jsonl").splitlines()]


def test_the_model_takes_every_entity_as_it_is(entities: list[dict[str, Any]]) -> None:
    assert {entity["schema"] for entity in entities} >= {"Article", "Event", "LegalEntity"}
    for entity in entities:
        model.get(entity["schema"]).validate(entity)
        cleaned = model.get_proxy(entity, cleaned=False)
        assert cleaned.to_dict()["properties"].keys() == entity["properties"].keys(), entity
        for name, values in entity["properties"].items():
            assert sorted(cleaned.get(name)) == sorted(values)


def test_what_an_entity_refers_to_is_there(entities: list[dict[str, Any]]) -> None:
    known = {entity["id"] for entity in entities}
    for entity in entities:
        named = [one for name in ("proof", "involved") for one in entity["properties"].get(name, [])]
        assert set(named) <= known


def test_what_did_not_happen_says_so_in_its_name(entities: list[dict[str, Any]]) -> None:
    names = [entity["properties"]["name"][0] for entity in entities if entity["schema"] == "Event"]
    assert any(name.startswith("planned: ") for name in names)
    assert any(name.startswith("actual: ") for name in names)


def test_an_event_says_who_tells_it(entities: list[dict[str, Any]]) -> None:
    told = [entity["properties"]["description"][0] for entity in entities if entity["schema"] == "Event"]
    assert any(words.endswith("as told by the outlet itself") for words in told)
    assert any("union" in words.rpartition("as told by ")[2] for words in told)
