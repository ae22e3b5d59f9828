"""Sentences of an archive are asked about once, and what is taken of the answers stands beside the events."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from byline.errors import ConfigurationError
from byline.export.people import withhold_names
from byline.language.package import DEFAULT
from byline.lookup import uids_of
from byline.opinions.asking import Asker
from byline.opinions.settings import Settings
from byline.opinions.subject import Task
from byline.records import Actor, CodedDocument
from byline.run.opinions import Opinion, Plan, SecondOpinion
from byline.store import Archive, Chosen, Edition, Filter, answers, document, opinions, review_faults
from tests.opinions.endpoint import Answered, Endpoint, accepting, completion, endpoint, judged
from tests.opinions.made import BEATEN, DOCUMENT, PRAISE, SENTENCE, TEXT, UIDS, mention, said, span

EDITION = Edition("0", "program", "PLOVER 1", "ontology", DEFAULT, "1")
RESIGN = replace(
    PRAISE, id="e3", type="RETREAT", trigger=mention("resign"), status="promised", actors=(), evidence=(116, len(TEXT)),
    confidence=0.9,
)  # fmt: skip
FIRST = replace(DOCUMENT, events=(*DOCUMENT.events, RESIGN))
ALL = Chosen()
SECOND = replace(FIRST, id="d2", source="d2.txt")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.byline", write=True) as opened:
        enter(opened, FIRST)
        yield opened


def enter(archive: Archive, *documents: CodedDocument, edition: Edition = EDITION) -> None:
    with archive.batch():
        number = archive.add_edition(edition)
        run = archive.begin_run(number, "{}", "2024-05-01T00:00:00+00:00")
        for one in documents:
            archive.add(one, number, run)


def asking(
    archive: Archive,
    server: Endpoint,
    task: Task = "check",
    chosen: Chosen = ALL,
    **more: Any,  # noqa: ANN401
) -> tuple[SecondOpinion, Asker]:
    settings = Settings(endpoint=server.address, model="m", at_once=1, max_tokens=500)
    made = SecondOpinion(archive, settings, task, chosen, **{"covered": lambda found: found} | more)
    return made, Asker(settings, made.prompt, None)


def ask(archive: Archive, server: Endpoint, **more: Any) -> list[Opinion]:  # noqa: ANN401
    made, asker = asking(archive, server, **more)
    return list(made.ask(asker))


def test_what_a_model_says_stands_beside_the_events(archive: Archive) -> None:
    with endpoint() as server:
        found = ask(archive, server)
    assert [one.taken for one in found] == [2, 1]
    told = list(opinions(archive))
    assert [(review.kind, review.event) for review in told] == [("accept", uid) for uid in uids_of(FIRST)]
    model = told[0].model
    assert model is not None
    assert (model.name, model.tokens_in, model.tokens_out) == ("m", 100, 20)
    assert told[0].reviewer == f"m at {server.address.removeprefix('http://').removesuffix('/v1')}"
    assert document(archive, 1) == FIRST
    assert review_faults(archive) == []


def test_an_answer_is_kept_as_it_came(archive: Archive) -> None:
    with endpoint() as server:
        ask(archive, server)
        made, _ = asking(archive, server)
    first, _ = answers(archive)
    assert (first.document, first.sentence, first.task, first.refused) == ("d1", SENTENCE, "check", ())
    assert json.loads(first.content)["judgements"][0]["verdict"] == "accept"
    assert (first.model, first.prompt, first.tokens_in) == ("m", made.prompt.digest, 100)


def test_it_is_planned_before_anything_is_sent(archive: Archive) -> None:
    with endpoint() as server:
        made, _ = asking(archive, server)
        plan = made.plan()
        assert (plan.sentences, plan.questions, plan.tokens_out) == (2, 2, 1_000)
        assert plan.tokens_in > 2 * len(made.prompt.text) / 4
        assert server.sent == []
        ask(archive, server)
        assert made.plan() == Plan(2, 0, 0, 0)


def test_no_question_is_asked_twice(archive: Archive) -> None:
    with endpoint() as server:
        first = [one.question.id for one in ask(archive, server)]
        again = ask(archive, server)
    assert (len(first), again, len(server.sent)) == (2, [], 2)
    assert len(list(opinions(archive))) == 3


def test_what_was_ended_goes_on(archive: Archive) -> None:
    enter(archive, *(replace(FIRST, id=f"n{n}", source=f"n{n}", text=f"{TEXT} {n}") for n in range(3)))
    with endpoint() as server:
        made, asker = asking(archive, server)
        stopped = made.ask(asker)
        list(islice(stopped, 1))
        stopped.close()
        kept = {answer.question for answer in answers(archive)}
        rest = ask(archive, server)
    assert len(kept) == 1
    assert kept.isdisjoint(one.question.id for one in rest)
    assert len(list(opinions(archive))) == 4 * 3


def test_the_same_words_elsewhere_are_asked_about_once(archive: Archive) -> None:
    enter(archive, SECOND)
    with endpoint() as server:
        made, _ = asking(archive, server)
        assert made.plan()[:2] == (4, 2)
        ask(archive, server)
        enter(archive, replace(FIRST, id="d3", source="d3.txt"))
        ask(archive, server)
    assert len(server.sent) == 2
    assert [review.document for review in opinions(archive)].count("d2") == 3
    assert [review.document for review in opinions(archive)].count("d3") == 3


def test_events_that_were_coded_anew_are_asked_about_anew(archive: Archive) -> None:
    with endpoint() as server:
        ask(archive, server)
        enter(archive, replace(FIRST, events=FIRST.events[1:]), edition=EDITION._replace(program="other"))
        ask(archive, server)
    assert [len(sent.question["events"]) for sent in server.sent] == [2, 1, 1]


@pytest.mark.parametrize(
    ("answered", "refused"),
    [
        (completion("no JSON"), "not of the form that was asked for: "),
        (completion('{"judgements": []}', finish="length"), "cut off at the largest number of tokens"),
        (
            completion({"judgements": [judged(1, "edit", event=BEATEN | {"actors": ["the army"]})]}),
            "“the army” does not",
        ),
    ],
)
def test_what_is_refused_is_kept_with_its_reason_and_asked_again_on_demand(
    archive: Archive, answered: Answered, refused: str
) -> None:
    chosen = Chosen(Filter(types=["ASSAULT"]))
    with endpoint(lambda question, number: answered if number < 3 else accepting(question, number)) as server:
        (first,) = ask(archive, server, chosen=chosen)
        assert first.taken == 0
        assert ask(archive, server, chosen=chosen) == []
        ask(archive, server, chosen=chosen, retry=True)
        (kept,) = answers(archive)
        assert kept.refused[0].startswith(refused)
        assert list(opinions(archive)) == []
        ask(archive, server, chosen=chosen, retry=True)
        ask(archive, server, chosen=chosen, retry=True)
    (kept,) = answers(archive)
    assert (len(server.sent), kept.refused, kept.tokens_in, kept.tokens_out) == (3, (), 300, 60)
    assert len(list(opinions(archive))) == 2


def test_what_was_not_answered_is_asked_again(archive: Archive) -> None:
    with endpoint(lambda question, number: accepting(question, 0) if number > 1 else Answered(b"no", 400)) as server:
        found = ask(archive, server)
        assert [one.failed for one in found] == ["400 no", ""]
        assert len(ask(archive, server)) == 1


@pytest.mark.parametrize(
    ("chosen", "limit", "asked"),
    [
        (Chosen(), 1, [SENTENCE]),  # the least sure
        (Chosen(Filter(types=["RETREAT"])), None, [RESIGN.evidence]),
        (Chosen(confidence=0.6), None, [SENTENCE]),
        (Chosen(documents=["d1.txt"]), None, [SENTENCE, RESIGN.evidence]),
        (Chosen(Filter(types=["RETREAT"]), confidence=0.6), None, []),
        (Chosen(documents=["d1"]), None, [SENTENCE, RESIGN.evidence]),
    ],
)
def test_sentences_of_chosen_events_are_asked_about(
    archive: Archive, chosen: Chosen, limit: int | None, asked: list[tuple[int, int]]
) -> None:
    enter(archive, replace(FIRST, id="o", source="o.txt", text=TEXT.replace("Orla", "Olga"), events=()))
    with endpoint() as server:
        ask(archive, server, chosen=chosen, limit=limit)
    assert server.sentences == [TEXT[slice(*where)] for where in asked]


def test_a_document_that_is_not_there_is_named(archive: Archive) -> None:
    with endpoint() as server, pytest.raises(ConfigurationError, match="has no document 'd9'"):
        ask(archive, server, chosen=Chosen(documents=["d9"]))


def test_another_ontology_than_the_archive_s_is_not_taken(archive: Archive) -> None:
    with endpoint() as server, pytest.raises(ConfigurationError, match="was coded with PLOVER 1, and this is "):
        ask(archive, server, ontology="supersenses")


def test_names_of_private_persons_stay_here(archive: Archive) -> None:
    quill = Actor(id="a1", name="Orla Quill", mentions=(span("Orla Quill"),), country=None, sector=None, kind="person")
    told = replace(mention("Orla Quill"), actor="a1")
    private = replace(
        FIRST, id="p", source="p", title="P", actors=(quill,), events=(replace(FIRST.events[0], actors=(told,)),)
    )
    enter(archive, private)

    def answer(question: dict[str, Any], _: int) -> Answered:
        (event,) = question["events"]
        return completion({"judgements": [judged(1, "edit", event=BEATEN | {"recipients": event["actors"]})]})

    with endpoint(answer) as server:
        ask(archive, server, chosen=Chosen(documents=["p"]), covered=withhold_names)
    assert "Quill" not in json.dumps(server.sent[0].body, ensure_ascii=False)
    (review,) = opinions(archive)
    assert review.facts is not None
    assert review.facts.recipients[0] == mention("Orla Quill")


def adding(event: dict[str, Any]) -> Callable[[dict[str, Any], int], Answered]:
    return lambda question, _: completion({"events": [event] if event["trigger"] in question["sentence"] else []})


def test_events_are_looked_for_in_all_sentences_of_documents(archive: Archive) -> None:
    with endpoint(adding(said("PROTEST", mode="demo", trigger="march", actors=["Orla Quill"]))) as server:
        ask(archive, server, task="add", limit=3)
    assert server.sentences == ["Orla Quill led the march on Dunmere.", TEXT[slice(*SENTENCE)], "He will resign."]
    assert [len(sent.question["events"]) for sent in server.sent] == [0, 2, 1]
    (review,) = opinions(archive)
    assert (review.kind, review.document) == ("add", "d1")
    assert review.event not in UIDS
    assert review.facts is not None
    assert review.facts.trigger == mention("march")
