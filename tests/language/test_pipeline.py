"""A document parsed: offsets, lemmas, names; the pipeline's errors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.errors import PipelineError
from byline.language.parsed import Parsed
from byline.language.pipeline import Pipeline
from tests.helpers import document, parsed, pipeline


def test_a_missing_pipeline_names_the_command_that_installs_it() -> None:
    with pytest.raises(PipelineError) as error:
        Pipeline("xx-no-such-pipeline")
    assert str(error.value) == (
        "The language pipeline 'xx_no_such_pipeline' is not installed. Install it with: pip install xx-no-such-pipeline"
    )


def test_a_place_before_a_dash_is_a_dateline() -> None:
    text = "LIMA, 3 May (Agency) -- Gunmen fled.\n\nThe police gave chase.\n\nThey fled."
    body = ((0, 4), (24, 36), (38, 60), (62, 72))
    found = pipeline().parse(document(text).__class__(id="x", source="x", text=text, body=body))
    assert found.datelines == {0}


def test_records_quote_capitals_as_printed() -> None:
    found = parsed("GUNMEN SHOT THE MAYOR OF LIMA IN THE PORT.")
    words = found.tokens[5]
    assert (words.text, found.read(words.span), found.words(words.span)) == ("Lima", "Lima", "LIMA")


def test_words_outside_the_body_are_not_parsed() -> None:
    text = "Subscribe now\n\nPolice fired."
    found = pipeline().parse(document(text).__class__(id="x", source="x", text=text, body=((15, 28),)))
    assert [t.text for t in found.tokens] == ["Police", "fired", "."]


def test_a_soft_hyphen_is_in_the_span_and_not_in_the_word() -> None:
    token = parsed("The pro\u00adtest ended.").tokens[1]
    assert (token.text, token.span) == ("protest", (4, 12))


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Troops were shot.", ["troop", "be", "shoot", "."]),
        ("Chileans took cover.", ["chilean", "take", "cover", "."]),
        ("Texas voted.", ["texas", "vote", "."]),
        ("They hoped and need.", ["they", "hope", "and", "need", "."]),
        ("They hopped.", ["they", "hop", "."]),
        ("They’re to lay arms down.", ["they", "be", "to", "lay", "arm", "down", "."]),
    ],
)
def test_lemmas_are_lower_case_and_names_keep_their_form(text: str, lemmas: list[str]) -> None:
    assert [t.lemma for t in parsed(text).tokens] == lemmas


def test_a_parse_does_not_depend_on_what_was_parsed_before() -> None:
    texts = [f"Rebels attacked village number {n} on Sunday." for n in range(40)]
    together = [[(t.tag, t.dep) for t in p.tokens] for p in map(pipeline().parse, map(document, texts))]
    assert together == [[(t.tag, t.dep) for t in parsed(text).tokens] for text in texts]


def test_a_long_document_is_analysed_in_pieces_with_its_offsets_kept() -> None:
    found = parsed("\n\n".join(["Soldiers burned the market and two boats at Moura."] * 300))
    assert all(found.words(t.span) == t.text for t in found.tokens)
    assert all(t.head.sentence == t.sentence for t in found.tokens)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_every_token_is_the_words_of_its_span(text: str) -> None:
    found = parsed(text)
    assert all(found.words(t.span).replace("\u00ad", "").strip() == t.text for t in found.tokens)


def test_a_parse_is_the_same_whatever_was_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("byline.language.pipeline._MOST_STRINGS", 10)
    forgetful, texts = Pipeline(), [f"Dockers in Vel{a}mar struck the {a}ning works." for a in ("a", "ou", "e")]
    found = [forgetful.parse(document(text)) for text in (*texts, *texts)]
    assert [shape(p) for p in found] == [shape(pipeline().parse(document(text))) for text in (*texts, *texts)]
    assert len(forgetful._nlp.vocab.strings) < len(Pipeline()._nlp.vocab.strings) + 60  # noqa: SLF001 -- spaCy's count


def shape(found: Parsed) -> list[tuple[str, str, str, str, int]]:
    return [(t.text, t.lemma, t.tag, t.dep, t.head.i) for t in found.tokens]


def test_sentences_stand_where_a_parse_has_them() -> None:
    text = "Police met Mr. Quill in Sines. “Go,” he said.\n\nNobody went. It rained"
    assert pipeline().sentences(document(text)) == [sentence.span for sentence in parsed(text).sentences]


def test_a_document_without_words_has_no_sentences() -> None:
    assert pipeline().sentences(document("")) == []
