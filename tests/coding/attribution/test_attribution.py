"""Who says so: sources, cues and contents of whole sentences, and what is no attribution."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.coding.attribution.attributions import Attributions, find_attributions
from byline.language.parsed import Parsed
from tests.helpers import parsed

_CASES = Path(__file__).parents[2] / "cases"


def _cases(name: str) -> list[Any]:
    """Read labelled sentences; one that says why it fails is a strict expected failure."""
    rows = json.loads((_CASES / name).read_text("utf-8"))
    return [
        pytest.param(
            r, id=r["text"][:60], marks=[pytest.mark.xfail(reason=r["fails"], strict=True)] if "fails" in r else []
        )
        for r in rows
    ]


def _found(words: Parsed, attributions: Attributions) -> list[dict[str, Any]]:
    number = {s.attribution.id: n for n, s in enumerate(attributions.said)}
    rows = []
    for said in attributions.said:
        record = said.attribution
        row: dict[str, Any] = {
            "source": record.source.text if record.source else None,
            "cue": record.cue.text if record.cue else None,
            "content": [words.words(s) for s in record.content],
            "quoted": record.quoted,
            "speaker": said.speaker.text if said.speaker else None,
            "stance": record.stance,
            "via": record.via.text if record.via else None,
            "inside": number[record.inside] if record.inside else None,
            "told": bool(said.told),
        }
        rows.append(row)
    return rows


@pytest.mark.parametrize("case", _cases("attribution.json"))
def test_a_sentence_gives_its_attributions(case: dict[str, Any]) -> None:
    words = parsed(case["text"])
    usual = {"speaker": None, "stance": "reported", "via": None, "inside": None, "told": True}
    assert _found(words, find_attributions(words)) == [usual | e for e in case["expected"]]


@pytest.mark.parametrize("case", _cases("attribution_none.json"))
def test_a_sentence_without_a_speaker_gives_none(case: dict[str, Any]) -> None:
    assert _found(parsed(case["text"]), find_attributions(parsed(case["text"]))) == []


def test_a_word_stands_under_its_attributions_innermost_first() -> None:
    words = parsed("State radio said the minister had said that rebels burned the bridge.")
    burned = next(t for t in words.tokens if t.text == "burned")
    said = find_attributions(words).over(burned)
    assert [s.attribution.source.text for s in said if s.attribution.source] == ["the minister", "State radio"]


def test_whoever_is_cited_is_the_innermost_voice() -> None:
    words = parsed("Nine guards were killed, Harbour Radio reported, citing doctors.")
    killed = next(t for t in words.tokens if t.text == "killed")
    said = find_attributions(words).over(killed)
    assert [s.attribution.source.text for s in said if s.attribution.source] == ["doctors", "Harbour Radio"]


@pytest.mark.parametrize("text", ["Keld ordered the raid.", "Keld promised to attack.", "Keld condemned the attack."])
def test_what_a_source_wants_or_judges_is_not_told_by_it(text: str) -> None:
    words = parsed(text)
    assert find_attributions(words).over(words.tokens[-2]) == []


def test_the_author_of_a_letter_speaks_in_it() -> None:
    words = parsed("Mira Sand sent a letter to the council on Monday.\n\n“The camp was burned,” the letter says.")
    (said,) = find_attributions(words).said
    assert (said.attribution.source.text if said.attribution.source else "", said.speaker and said.speaker.text) == (
        "the letter",
        "Sand",
    )


_WORDS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "said",
        "told",
        "that",
        "the",
        "army",
        "Keld",
        ",",
        ".",
        ":",
        "fled",
        "claim",
        "\n\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=40).map(" ".join))
def test_every_span_quotes_the_text_and_nesting_has_no_circle(text: str) -> None:
    words = parsed(text)
    found = {s.attribution.id: s.attribution for s in find_attributions(words).said}
    for record in found.values():
        mentions = [m for m in (record.source, record.cue, record.via) if m]
        assert all(words.words(m.span) == m.text for m in mentions)
        assert all(0 <= a < b <= len(text) for a, b in record.content)
        assert all(before[1] <= after[0] for before, after in pairwise(record.content))
        above, seen = record.inside, {record.id}
        while above:
            assert above not in seen
            seen.add(above)
            above = found[above].inside
