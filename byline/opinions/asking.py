"""Questions sent to an endpoint: so many at once, again where it is busy, and never beyond a budget."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, Literal, NamedTuple

import httpx
import msgspec

from byline import __version__, knowledge
from byline.errors import ConfigurationError
from byline.opinions.prompts import Prompt, Question
from byline.opinions.settings import Settings

_LIMITS = knowledge.load("second_opinion.toml")["limits"]
_OF_THE_USER = frozenset({301, 302, 303, 307, 308, 401, 402, 403, 404, 405})  # nothing that is asked will be answered
_BUSY = frozenset({408, 409, 425, 429})
_SAID = 200  # characters of what an endpoint says of an error
Wait = Callable[[float], Awaitable[None]]
_Tokens = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]


class Reply(NamedTuple):
    """What a model has said; how many tokens that took, None where the endpoint does not say.

    `fault`: why it is no whole answer, if it is none.
    """

    content: str
    tokens_in: int | None
    tokens_out: int | None
    fault: str | None = None


class Failed(NamedTuple):
    """A question that was not answered, and why."""

    reason: str


class _Again(Exception):  # noqa: N818 -- no mistake
    """An attempt that may succeed later, and after how many seconds, if the endpoint says so."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: _Tokens
    completion_tokens: _Tokens


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class Budget:
    """How many tokens may be used in all; None is no limit. What is under way counts with all that it may take."""

    def __init__(self, most: int | None) -> None:
        self._most, self._spent, self._held = most, 0, 0

    def has_room(self, tokens: int) -> bool:
        return self._most is None or self._spent + self._held + tokens <= self._most

    def hold(self, tokens: int) -> None:
        self._held += tokens

    def settle(self, held: int, used: int) -> None:
        self._held -= held
        self._spent += used


class Asker:
    """Asks an endpoint; what is not asked for want of budget is left, and `is_spent` then says so.

    ConfigurationError if the endpoint refuses every question, or so many fail one after the other that it will.
    """

    def __init__(self, settings: Settings, prompt: Prompt, budget: int | None, wait: Wait = asyncio.sleep) -> None:
        self._settings, self._prompt, self._wait = settings, prompt, wait
        self._secret = settings.secret()
        self._budget, self._in_a_row = Budget(budget), 0
        self.is_spent = False

    def ask(self, questions: Iterable[Question]) -> Iterator[tuple[Question, Reply | Failed]]:
        """Yield questions with what comes of them, as it comes. Ending this ends what is under way."""
        with asyncio.Runner() as runner:
            stream = self._all(iter(questions))

            async def following() -> tuple[Question, Reply | Failed] | None:
                return await anext(stream, None)

            while found := runner.run(following()):
                yield found

    async def _all(self, questions: Iterator[Question]) -> AsyncIterator[tuple[Question, Reply | Failed]]:
        under_way: set[asyncio.Task[tuple[Question, Reply | Failed]]] = set()
        following = next(questions, None)
        async with self._client() as client:
            while following or under_way:
                if (
                    following
                    and len(under_way) < self._settings.at_once
                    and self._budget.has_room(self._most(following))
                ):
                    self._budget.hold(self._most(following))
                    under_way.add(asyncio.create_task(self._asked(client, following)))
                    following = next(questions, None)
                    continue
                if not under_way:
                    self.is_spent = True
                    return
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    yield self._settled(*task.result())

    def _most(self, question: Question) -> int:
        return question.tokens + self._settings.max_tokens

    def _settled(self, question: Question, reply: Reply | Failed) -> tuple[Question, Reply | Failed]:
        """Count what a question took; one that says nothing of it, or failed, as what it may take."""
        most = self._most(question)
        used = _used(reply) if isinstance(reply, Reply) else None
        self._budget.settle(most, most if used is None else used)
        self._in_a_row = self._in_a_row + 1 if isinstance(reply, Failed) else 0
        if isinstance(reply, Failed) and self._in_a_row >= _LIMITS["in_a_row"]:
            raise ConfigurationError(
                f"{self._settings.host} fails: {reply.reason}. {self._in_a_row} questions in a row were not answered. "
                "What was answered is kept; give the same command again when it works."
            )
        return question, reply

    async def _asked(self, client: httpx.AsyncClient, question: Question) -> tuple[Question, Reply | Failed]:
        """Ask until there is an answer, as often as may be tried."""
        pause: float = _LIMITS["wait"]
        for left in reversed(range(self._settings.attempts)):
            try:
                async with asyncio.timeout(self._settings.timeout):
                    return question, await self._attempt(client, question)
            except TimeoutError:
                again = _Again(f"no answer within {self._settings.timeout:g} seconds")
            except httpx.HTTPError as error:
                again = _Again(f"{type(error).__name__}: {_plain(str(error))}")
            except _Again as error:
                again = error
            after = pause if again.after is None else again.after
            if not left or after > _LIMITS["longest_wait"]:
                break
            await self._wait(after)
            pause *= 2
        return question, Failed(str(again))

    async def _attempt(self, client: httpx.AsyncClient, question: Question) -> Reply | Failed:
        async with client.stream("POST", self._settings.address, json=self._body(question)) as response:
            body = await _bounded(response)
        if response.status_code == httpx.codes.OK:
            return _reply(body) if body is not None else Failed(f"an answer of over {_LIMITS['largest']:,} bytes")
        said = f"{response.status_code} {_plain((body or b'').decode('utf-8', 'replace'))}"
        if response.status_code in _OF_THE_USER:
            raise ConfigurationError(
                f"{self._settings.address} answers {said}. Check the address, the model and the key."
            )
        if response.status_code in _BUSY or response.is_server_error:
            raise _Again(said, _retry_after(response))
        return Failed(said)

    def _body(self, question: Question) -> dict[str, Any]:
        settings = self._settings
        messages = [("system", self._prompt.text), ("user", question.message)]
        return {
            **settings.request,
            "model": settings.model,
            "messages": [{"role": role, "content": content} for role, content in messages],
            "response_format": _form(settings.answers, self._prompt.schema),
            settings.limit: settings.max_tokens,
        }

    def _client(self) -> httpx.AsyncClient:
        """Return a client that follows nobody elsewhere, with the key, and takes no compressed answers.

        What goes to this machine goes through no proxy, whatever the environment says.
        """
        headers = {"User-Agent": f"byline/{__version__}", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self._secret:
            headers["Authorization"] = f"Bearer {self._secret}"
        limits = httpx.Limits(max_connections=self._settings.at_once)
        proxies = not self._settings.is_local
        return httpx.AsyncClient(headers=headers, timeout=self._settings.timeout, limits=limits, trust_env=proxies)


def _form(answers: Literal["schema", "object"], schema: dict[str, Any]) -> dict[str, Any]:
    if answers == "object":
        return {"type": "json_object"}
    return {"type": "json_schema", "json_schema": {"name": "opinion", "strict": True, "schema": schema}}


async def _bounded(response: httpx.Response) -> bytes | None:
    """Return a body; None if it is larger than an answer can be, of which no more is read."""
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        if len(body) > _LIMITS["largest"]:
            return None
    return bytes(body)


def _reply(body: bytes) -> Reply | Failed:
    try:
        found = msgspec.json.decode(body, type=_Completion)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Failed(f"it does not speak the protocol: {_plain(str(error))}")
    if not found.choices:
        return Failed("an answer without a choice")
    choice, usage = found.choices[0], found.usage
    return Reply(
        content=choice.message.content or "",
        tokens_in=usage.prompt_tokens if usage else None,
        tokens_out=usage.completion_tokens if usage else None,
        fault=_fault(choice),
    )


def _used(reply: Reply) -> int | None:
    """Return how many tokens an answer took, None where the endpoint does not say."""
    if reply.tokens_in is None or reply.tokens_out is None:
        return None
    return reply.tokens_in + reply.tokens_out


def _fault(choice: _Choice) -> str | None:
    """Return why a choice is no whole answer; None if it is one."""
    if choice.finish_reason == "length":
        return "cut off at the largest number of tokens"
    if choice.finish_reason == "content_filter":
        return "withheld by the endpoint's filter"
    return None if choice.message.content else "no words"


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that an endpoint asks to wait for, given as such or as a time; None if it does not ask."""
    value = response.headers.get("Retry-After", "").strip()
    with contextlib.suppress(ValueError):
        return max(0.0, float(value))
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    return None


def _plain(said: str) -> str:
    """Return the beginning of what an endpoint says, as one line."""
    return " ".join(said.split())[:_SAID]
