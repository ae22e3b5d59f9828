"""A server on a socket of this machine that speaks the chat-completions protocol, for tests."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from typing import Any, NamedTuple

Question = dict[str, Any]


class Sent(NamedTuple):
    """A request as the server got it: what the model was asked, the whole body, the headers."""

    question: Question
    body: dict[str, Any]
    headers: Mapping[str, str]


class Answered(NamedTuple):
    """What the server answers; no body: nothing, until the server ends."""

    body: bytes | None
    status: int = 200
    headers: Mapping[str, str] = {}


class Endpoint:
    """What was asked of a server, and how it answers: by a function of the question, or of its number, from 1."""

    def __init__(self, answer: Callable[[Question, int], Answered]) -> None:
        self._answer, self._coming = answer, Condition()
        self.ended = Event()
        self.sent: list[Sent] = []
        self.address = ""

    def asked(self, body: dict[str, Any], headers: Mapping[str, str]) -> Answered:
        question = json.loads(body["messages"][-1]["content"])
        with self._coming:
            self.sent.append(Sent(question, body, headers))
            number = len(self.sent)
            self._coming.notify_all()
        return self._answer(question, number)

    def wait_for(self, number: int) -> None:
        """Wait until so many requests are there."""
        with self._coming:
            assert self._coming.wait_for(lambda: len(self.sent) >= number, timeout=600)

    @property
    def sentences(self) -> list[str]:
        return [sent.question["sentence"] for sent in self.sent]


def completion(content: object, *, finish: str = "stop", used: tuple[int, int] | None = (100, 20)) -> Answered:
    """Return an answer of the protocol; what is no text goes in as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    usage = {"usage": {"prompt_tokens": used[0], "completion_tokens": used[1]}} if used else {}
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Answered(json.dumps({"id": "c1", "object": "chat.completion", "choices": [choice], **usage}).encode())


def accepting(question: Question, _: int) -> Answered:
    """Accept every event."""
    return completion({"judgements": [judged(event["number"]) for event in question["events"]]})


def judged(number: int, verdict: str = "accept", reason: str = "It says so.", event: object = None) -> Question:
    return {"number": number, "verdict": verdict, "reason": reason, "event": event}


@contextmanager
def endpoint(answer: Callable[[Question, int], Answered] = accepting) -> Iterator[Endpoint]:
    """Serve on a free port."""
    told = Endpoint(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/v1/chat/completions"
            answered = told.asked(body, dict(self.headers))
            if answered.body is None:
                told.ended.wait()
                self.close_connection = True
                return
            self.send_response(answered.status)
            for name, value in {"Content-Length": str(len(answered.body)), **answered.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answered.body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # clients go away

    with Server(("127.0.0.1", 0), Handler) as server:
        told.address = f"http://127.0.0.1:{server.server_port}/v1"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield told
        finally:
            told.ended.set()
            server.shutdown()
            thread.join()
