"""Questions sent to a real server that answers, refuses, is busy, says too much or nothing at all."""

from collections.abc import Callable, Iterator
from threading import Barrier
from typing import Any

import pytest

from byline.errors import ConfigurationError
from byline.opinions.asking import Asker, Failed, Reply
from byline.opinions.prompts import Question
from byline.opinions.settings import Settings
from tests.opinions.endpoint import Answered, Endpoint, accepting, completion, endpoint
from tests.opinions.made import prompt, subject
from tests.watch.servers import HERE, closed_port

SAID = completion({"judgements": []})
WAIT = 300  # seconds at most, on a machine that does much else


class Waits:
    """Notes for how long it was to be waited, and does not wait."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def questions(number: int) -> Iterator[Question]:
    for n in range(number):
        yield Question.of(prompt(), f"m{n}", subject())._replace(tokens=100)


def asker(server: Endpoint, waits: Waits | None = None, budget: int | None = None, **more: Any) -> Asker:  # noqa: ANN401
    settings = Settings(**{"endpoint": server.address, "model": "m", "timeout": 2.0 * WAIT, "max_tokens": 50} | more)
    return Asker(settings, prompt(), budget, waits or Waits())


def ask(
    answer: Callable[[dict[str, Any], int], Answered],
    number: int = 1,
    waits: Waits | None = None,
    **more: Any,  # noqa: ANN401
) -> list[Reply | Failed]:
    with endpoint(answer) as server:
        return [reply for _, reply in asker(server, waits, **more).ask(questions(number))]


def once(first: Answered) -> Callable[[dict[str, Any], int], Answered]:
    """Return a server that answers the first request thus, and the others well."""
    return lambda _, number: first if number == 1 else SAID


def test_an_answer_comes_with_its_tokens() -> None:
    assert ask(lambda *_: completion("words")) == [Reply("words", 100, 20)]


def test_an_endpoint_need_not_say_how_many_tokens_it_took() -> None:
    assert ask(lambda *_: completion("words", used=None)) == [Reply("words", None, None)]


def test_what_is_sent_is_what_the_protocol_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "secret")
    with endpoint() as server:
        list(asker(server, key="MY_KEY").ask(questions(1)))
    (sent,) = server.sent
    assert [message["role"] for message in sent.body["messages"]] == ["system", "user"]
    assert (sent.body["model"], sent.body["max_tokens"], sent.body["temperature"]) == ("m", 50, 0)
    assert sent.body["response_format"]["json_schema"]["schema"] == prompt().schema
    assert sent.headers["Authorization"] == "Bearer secret"
    assert sent.headers["Accept-Encoding"] == "identity"


def test_what_goes_to_this_machine_goes_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert isinstance(ask(accepting)[0], Reply)


def test_a_server_that_knows_no_schema_or_other_names_is_asked_in_its_way() -> None:
    with endpoint() as server:
        told = {"answers": "object", "limit": "max_completion_tokens", "request": {"reasoning_effort": "low"}}
        list(asker(server, **told).ask(questions(1)))
    body = server.sent[0].body
    assert body["response_format"] == {"type": "json_object"}
    assert (body["max_completion_tokens"], body["reasoning_effort"]) == (50, "low")
    assert not {"max_tokens", "temperature"} & body.keys()
    assert "Authorization" not in server.sent[0].headers


@pytest.mark.parametrize(
    ("answered", "fault"),
    [
        (completion('{"judgem', finish="length"), "cut off at the largest number of tokens"),
        (completion("", finish="content_filter"), "withheld by the endpoint's filter"),
        (completion(""), "no words"),
        (Answered(b'{"choices": [{"message": {"content": null}}]}'), "no words"),
    ],
)
def test_what_is_no_whole_answer_says_so(answered: Answered, fault: str) -> None:
    (reply,) = ask(lambda *_: answered)
    assert isinstance(reply, Reply)
    assert reply.fault == fault


@pytest.mark.parametrize("status", [429, 500, 502, 503, 408])
def test_a_busy_server_is_asked_again(status: int) -> None:
    waits = Waits()
    (reply,) = ask(once(Answered(b"busy", status)), waits=waits)
    assert isinstance(reply, Reply)
    assert waits.seconds == [2.0]


def test_it_is_waited_longer_each_time_and_not_for_ever() -> None:
    waits = Waits()
    (reply,) = ask(lambda *_: Answered(b"over\nloaded", 503), waits=waits)
    assert reply == Failed("503 over loaded")
    assert waits.seconds == [2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("-3", 0.0), ("Thu, 01 Jan 2015 00:00:00 GMT", 0.0), ("soon", 2.0), ("nan", 0.0)],
)
def test_it_is_waited_as_long_as_the_server_asks(value: str, seconds: float) -> None:
    waits = Waits()
    ask(once(Answered(b"", 429, {"Retry-After": value})), waits=waits)
    assert waits.seconds == [seconds]


@pytest.mark.parametrize("value", ["3600", "inf", "Thu, 01 Jan 2099 00:00:00 GMT"])
def test_a_server_that_asks_for_too_long_a_pause_is_not_waited_for(value: str) -> None:
    waits = Waits()
    assert ask(once(Answered(b"later", 429, {"Retry-After": value})), waits=waits) == [Failed("429 later")]
    assert waits.seconds == []


def test_a_server_that_never_answers_is_given_up() -> None:
    waits = Waits()
    assert ask(lambda *_: Answered(None), waits=waits, timeout=0.2, attempts=2) == [
        Failed("no answer within 0.2 seconds")
    ]
    assert waits.seconds == [2.0]


def test_a_server_that_is_not_there_is_given_up() -> None:
    with closed_port() as port:
        settings = Settings(endpoint=f"http://{HERE}:{port}/v1", model="m", attempts=2)
        ((_, reply),) = Asker(settings, prompt(), None, Waits()).ask(questions(1))
    assert isinstance(reply, Failed)
    assert reply.reason.startswith("ConnectError: ")


@pytest.mark.parametrize(
    ("answered", "reason"),
    [
        (Answered(b"x" * 1_500_000), "an answer of over 1,000,000 bytes"),
        (Answered(b"<html>Hello</html>"), "it does not speak the protocol: "),
        (Answered(b'{"choices": []}'), "an answer without a choice"),
        (Answered(b'{"choices": [{"message": {"content": 7}}]}'), "it does not speak the protocol: "),
        (
            Answered(b'{"choices": [{"message": {}}], "usage": {"prompt_tokens": -1}}'),
            "it does not speak the protocol: ",
        ),
        (Answered(b"\x1f\x8b\x08", 200, {"Content-Encoding": "gzip"}), "it does not speak the protocol: "),
        (Answered(b'{"error": {"message": "response_format"}}', 400), '400 {"error": {"message": "response_format"}}'),
        (Answered(b"x" * 1_500_000, 400), "400 "),
    ],
)
def test_what_is_no_answer_of_the_protocol_is_not_asked_again(answered: Answered, reason: str) -> None:
    waits = Waits()
    (reply,) = ask(lambda *_: answered, waits=waits)
    assert isinstance(reply, Failed)
    assert reply.reason.startswith(reason)
    assert waits.seconds == []


@pytest.mark.parametrize("status", [301, 401, 403, 404])
def test_a_wrong_key_address_or_model_ends_it_at_once(status: int) -> None:
    answered = Answered(b"no such model", status, {"Location": "http://127.0.0.1:1/v1"})
    with endpoint(lambda *_: answered) as server, pytest.raises(ConfigurationError, match=f"{status} no such model"):
        list(asker(server, at_once=1).ask(questions(3)))
    assert len(server.sent) == 1


def test_a_key_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "secret")
    with endpoint(lambda *_: Answered(b"", 401)) as server, pytest.raises(ConfigurationError) as raised:
        list(asker(server, key="MY_KEY").ask(questions(1)))
    assert "secret" not in str(raised.value)


def test_questions_that_fail_one_after_the_other_end_it() -> None:
    with (
        endpoint(lambda *_: Answered(b"no", 400)) as server,
        pytest.raises(ConfigurationError, match=r"fails: 400 no\. 5 questions in a row"),
    ):
        list(asker(server, at_once=1).ask(questions(9)))
    assert len(server.sent) == 5


def test_questions_that_fail_now_and_then_do_not() -> None:
    found = ask(lambda _, number: Answered(b"no", 400) if number % 2 else SAID, 12, at_once=1)
    assert sum(isinstance(reply, Failed) for reply in found) == 6


def test_so_many_are_asked_at_once_and_no_more() -> None:
    together = Barrier(3)  # each answer waits until three questions are there

    def answer(question: dict[str, Any], number: int) -> Answered:
        together.wait(timeout=WAIT)
        return accepting(question, number)

    assert len(ask(answer, 6, at_once=3)) == 6
    with endpoint() as server:
        asked = asker(server, at_once=2).ask(questions(9))
        next(asked)
        asked.close()
    assert len(server.sent) <= 3  # the two, and the one after the first that was answered


@pytest.mark.parametrize(("budget", "answered"), [(149, 0), (150, 1), (269, 1), (270, 2), (390, 3), (9_999, 5)])
def test_no_more_is_asked_than_the_budget_may_hold(budget: int, answered: int) -> None:
    """A question takes 100 tokens and at most 50 for its answer; the server says that it took 120."""
    with endpoint() as server:
        one = asker(server, budget=budget)
        assert len(list(one.ask(questions(5)))) == answered == len(server.sent)
        assert one.is_spent is (answered < 5)


def test_what_nobody_says_and_what_failed_counts_with_all_that_it_may_take() -> None:
    for answer in (lambda *_: completion("words", used=None), lambda *_: Answered(b"no", 400)):
        with endpoint(answer) as server:
            assert len(list(asker(server, budget=449).ask(questions(5)))) == 2


def test_what_is_under_way_counts_too() -> None:
    assert len(ask(lambda *_: completion("words", used=(900, 100)), 5, budget=400, at_once=5)) == 2
