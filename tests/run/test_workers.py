"""Processes that code: whatever a document does to them, it costs that document alone."""

import re
import sys

import pytest

from byline.errors import BylineError, PipelineError
from byline.ingest import Facts, Page
from byline.ingest.opening import read_pages
from byline.records import Document, Failure, Origin
from byline.run.orders import CHUNK, Chunk
from byline.run.task import Done
from byline.run.worker import Limits
from byline.run.workers import Workers
from tests.run import poison


def documents(*texts: str) -> list[Document]:
    return [Document(id=text, source=f"{number}.txt", text=text) for number, text in enumerate(texts)]


def results(items: list[object], number: int = 2, limits: Limits = Limits()) -> list[object]:  # noqa: B008
    with Workers(number, poison.poisoned, limits) as workers:
        return [result for pairs in workers.code_all(items) for _, result in pairs]


def told(found: list[object]) -> list[str]:
    """Return the text of what was coded, the kind of what was not."""
    return [r.kind if isinstance(r, Failure) else text_of(r) for r in found if isinstance(r, Failure | Done)]


def waits(workers: Workers) -> bool:
    """Whether documents are not coded yet."""
    return bool(workers._later) or any(worker.orders for worker in workers._workers)  # noqa: SLF001


def text_of(done: Done) -> str:
    assert done.rows is not None
    return str(done.rows.document["text"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("crash", "Coding it ended the process 3 times (SIGKILL). Please report it with the text."),
        ("hang", "Coding it takes longer than 2 seconds. Allow more: --time-limit."),
        ("memory", "Coding it takes more than 2,000 MB of memory. Allow more: --memory-limit."),
        ("mistake", "KeyError in code_tasks, line 1: 'colour'. Please report it with the text."),
    ],
)
def test_a_bad_document_is_set_aside_and_its_neighbours_are_kept(text: str, reason: str) -> None:
    found = results([*documents("one", text, "two")], limits=Limits(2 if text == "hang" else 600, 2_000))
    kind = {"hang": "time", "mistake": "internal"}.get(text, text)
    assert isinstance(found[1], Failure)
    assert re.sub(r"line \d+", "line 1", found[1].reason) == reason
    assert told(found) == ["one", kind, "two"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses memory")
def test_a_document_gets_no_more_memory_than_is_allowed() -> None:
    assert told(results(documents("one", "greedy", "two"), limits=Limits(600, 1_000))) == ["one", "memory", "two"]


@pytest.mark.parametrize("number", [1, 3])
def test_results_come_in_the_order_of_the_input_whatever_the_number_of_workers(number: int) -> None:
    texts = [f"text {n}" for n in range(5 * CHUNK + 3)]
    texts[20] = "mistake"
    assert told(results([*documents(*texts)], number)) == [*texts[:20], "internal", *texts[21:]]


def test_workers_get_more_to_do_while_something_else_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("byline.run.workers._PAUSE", 0.0)
    with Workers(1, poison.poisoned) as workers:
        chunks = workers.code_all(documents(*map(str, range(3 * CHUNK))))
        next(chunks)
        while waits(workers):
            workers.look_after()
        assert [told([result for _, result in pairs]) for pairs in chunks] == [
            [str(n) for n in range(first, first + CHUNK)] for first in (CHUNK, 2 * CHUNK)
        ]


def test_a_process_that_does_not_listen_is_ended_whatever_it_is_sent() -> None:
    texts = [f"{n} {'large ' * 4_000}" for n in range(3 * CHUNK)]
    texts[CHUNK] = "stuck"
    found = told(results([*documents(*texts)], 1, Limits(2, 2_000)))
    assert found == [*texts[:CHUNK], "time", *texts[CHUNK + 1 :]]


def test_other_work_is_done_while_documents_wait() -> None:
    with Workers(1, poison.poisoned) as workers:
        chunks = workers.code_all(documents(*map(str, range(3 * CHUNK))))
        next(chunks)
        assert workers.do(poison.twice, [b"a", b"b"]) == [b"aa", b"bb"]
        assert len([told([result for _, result in pairs]) for pairs in chunks]) == 2


def test_work_that_no_worker_takes_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("byline.run.workers._PATIENCE", 0.0)
    with Workers(1, poison.poisoned) as workers:
        assert workers.do(poison.twice, [b"crash", b"mistake"]) == [b"crashcrash", b"mistakemistake"]
        assert all(worker.process.is_alive() for worker in workers._workers)  # noqa: SLF001


@pytest.mark.parametrize("work", [b"crash", b"hang", b"mistake"])
def test_work_that_fails_in_a_worker_is_done_here(work: bytes) -> None:
    with Workers(2, poison.poisoned, Limits(0.5, 2_000)) as workers:
        assert workers.do(poison.twice, [b"a", work, b"b"]) == [b"aa", 2 * work, b"bb"]
        assert told([result for pairs in workers.code_all(documents("one")) for _, result in pairs]) == ["one"]


def page(source: str, words: str) -> Page:
    return Page(source, words.encode(), Facts(), Origin(container=source), languages=("en",))


WORDS = "Nobody was hurt when the mill at the river burned down on Friday, the mayor said."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("crash", "Reading it ended the process 3 times (SIGKILL). Please report it with the text."),
        ("hang", "Reading it takes longer than 2 seconds. Allow more: --time-limit."),
        ("memory", "Reading it takes more than 2,000 MB of memory. Allow more: --memory-limit."),
        ("mistake", "KeyError in read, line 1: 'colour'. Please report it with the text."),
    ],
)
def test_a_bad_page_is_set_aside_and_its_neighbours_are_read(
    words: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("byline.run.orders.read_pages", poison.read)
    pages = [page("1.txt", WORDS), page("2.txt", words), page("3.txt", WORDS)]
    with Workers(2, poison.poisoned, Limits(2 if words == "hang" else 600, 2_000)) as workers:
        first, second, third = workers.read(pages)
    assert isinstance(second, Failure)
    assert (second.source, re.sub(r"line \d+", "line 1", second.reason)) == ("2.txt", reason)
    assert [one.text for one in (first, third) if isinstance(one, Document)] == [WORDS, WORDS]


@pytest.mark.parametrize("number", [1, 3])
def test_what_pages_hold_comes_in_the_order_of_the_input_among_what_is_none(number: int) -> None:
    blog = "Live: the flood\n\n" + "\n\n".join(
        f"{hour}:00\n\nThe water stands {hour} feet high at the weir, and the mill was cleared. " + WORDS
        for hour in (23, 22, 21, 4, 3)
    )
    failure = Failure(source="a", reason="b")
    pages: list[Page | Failure] = [
        page("1.txt", blog),
        failure,
        *(page(f"{n}.txt", f"{n}. {WORDS}") for n in range(40)),
        failure,
    ]
    with Workers(number, poison.poisoned) as workers:
        assert list(workers.read(pages)) == list(read_pages(pages))


def test_a_chunk_of_large_pages_is_full_early() -> None:
    chunk = Chunk(Page)
    chunk.add(page("1.txt", "a" * 600_000))
    assert not chunk.is_full
    chunk.add(page("2.txt", "a" * 600_000))
    assert chunk.is_full


def test_what_is_no_document_passes() -> None:
    failure = Failure(source="a", reason="b")
    assert results([failure, *documents("one"), "known"])[::2] == [failure, "known"]


def test_chunks_are_cut_by_their_documents_alone() -> None:
    items: list[object] = [*documents(*map(str, range(CHUNK))), "known", *documents(*map(str, range(CHUNK)))]
    with Workers(1, poison.poisoned) as workers:
        found = [[result for _, result in pairs] for pairs in workers.code_all(items)]
    assert [sum(isinstance(r, Done) for r in chunk) for chunk in found] == [CHUNK, CHUNK]


def test_a_coder_that_cannot_be_loaded_stops_the_run() -> None:
    with Workers(1, poison.missing) as workers, pytest.raises(PipelineError, match=r"^There is none\.$"):
        list(workers.code_all(documents("one")))


def test_workers_that_never_begin_stop_the_run() -> None:
    with (
        Workers(1, poison.stillborn) as workers,
        pytest.raises(BylineError, match=r"before they begin \(exit code 7\)"),
    ):
        list(workers.code_all(documents("one")))


def test_no_worker_is_left_when_a_run_ends() -> None:
    with Workers(2, poison.poisoned) as workers:
        list(workers.code_all(documents("one")))
        processes = [w.process for w in workers._workers]  # noqa: SLF001
    assert [p.is_alive() for p in processes] == [False, False]
