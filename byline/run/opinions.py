"""A second opinion on an archive: sentences are chosen, asked about, and what is taken of the answers is entered.

Each answer is committed as it comes, with all that is taken of it: if this is ended in between, the next call goes on,
and no question is asked again that was answered.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import msgspec

from byline.coding.ontology import DEFAULT, Ontology, read_ontology
from byline.errors import ConfigurationError
from byline.language.pipeline import Pipeline
from byline.lookup import uids_of
from byline.opinions.answers import Verdicts, read
from byline.opinions.asking import Asker, Failed, Reply
from byline.opinions.prompts import Prompt, Question, Type
from byline.opinions.settings import Settings
from byline.opinions.subject import Subject, Task, is_worth_asking
from byline.records import CodedDocument, Event, Span
from byline.reviews import Model, Review
from byline.run.archiving import now
from byline.store import (
    Answer,
    Archive,
    Chosen,
    LastRun,
    Sentence,
    add_answer,
    add_review,
    answer,
    document,
    documents_with,
    last_run,
    sentences,
)

_HELD = 64  # documents that are kept in memory
_BATCH = 200  # questions of which what is known is entered at once


class Plan(NamedTuple):
    """What would be sent: sentences, questions among them without an answer yet, and tokens, roughly and at most."""

    sentences: int
    questions: int
    tokens_in: int
    tokens_out: int


class Opinion(NamedTuple):
    """What came of a question: the answer and how many reviews were taken of it, or why there is none."""

    question: Question
    answer: Answer | None = None
    taken: int = 0
    failed: str = ""


class _Read(NamedTuple):
    """A document, as it may be sent, and its events with their uids, by sentence."""

    document: CodedDocument
    sent: CodedDocument
    events: dict[Span, tuple[tuple[str, Event], ...]]


class SecondOpinion:
    """What is asked of a model about an archive, and what becomes of its answers.

    `covered` returns a document as it may be sent, offsets kept. `limit`: so many sentences at most, of those with
    events the least sure. `retry`: answers of which something was refused are as good as none. ConfigurationError if
    the ontology is not the archive's.
    """

    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        task: Task,
        chosen: Chosen,
        *,
        covered: Callable[[CodedDocument], CodedDocument],
        ontology: str | None = None,
        limit: int | None = None,
        retry: bool = False,
    ) -> None:
        self._archive, self._settings, self._task, self._chosen = archive, settings, task, chosen
        self._limit, self._retries = limit, retry
        self._run = last_run(archive)
        types = _ontology(archive, self._run, ontology).types
        self.prompt = Prompt(task, {name: Type(one.about, one.modes) for name, one in types.items()})
        self._documents = lru_cache(maxsize=_HELD)(lambda row: _read(archive, row, covered))
        self._is_repeated = False

    def plan(self, watched: Callable[[Iterator[Question]], Iterator[Question]] = iter) -> Plan:
        """Return what would be sent; nothing is. `watched` sees the questions as they are counted."""
        total, new, size = 0, set(), 0
        for question in watched(self._questions()):
            total += 1
            if question.id not in new and self._is_open(question):
                new.add(question.id)
                size += question.tokens
        return Plan(total, len(new), size, len(new) * self._settings.max_tokens)

    def ask(self, asker: Asker) -> Iterator[Opinion]:
        """Ask what has no answer yet, and yield what comes of it; of other sentences what is known is entered."""
        for question, reply in asker.ask(self._new()):
            yield (
                Opinion(question, failed=reply.reason) if isinstance(reply, Failed) else self._opinion(question, reply)
            )
        if self._is_repeated:
            self.enter_known()

    def enter_known(self) -> None:
        """Enter what is taken of answers that are there: of the same words in other documents, too."""
        questions = self._questions()
        while batch := list(islice(questions, _BATCH)):
            self._enter_known(batch)

    def _enter_known(self, questions: Iterable[Question]) -> None:
        with self._archive.batch():
            for question in questions:
                found = answer(self._archive, question.id)
                if found is not None:
                    self._enter(question, found, self._verdicts(question, found.content))

    def _new(self) -> Iterator[Question]:
        """Yield the questions without an answer, each once."""
        asked = set()
        for question in self._questions():
            if question.id in asked:
                self._is_repeated = True
            elif self._is_open(question):
                asked.add(question.id)
                yield question
            else:
                self._enter_known([question])

    def _is_open(self, question: Question) -> bool:
        found = answer(self._archive, question.id)
        return found is None or (self._retries and bool(found.refused))

    def _opinion(self, question: Question, reply: Reply) -> Opinion:
        """Enter an answer with what is taken of it."""
        verdicts = Verdicts((), (reply.fault,)) if reply.fault else self._verdicts(question, reply.content)
        found = Answer(
            question=question.id,
            task=self._task,
            document=question.subject.document.id,
            sentence=question.subject.sentence,
            model=self._settings.model,
            prompt=self.prompt.digest,
            endpoint=self._settings.host,
            time=now(),
            tokens_in=reply.tokens_in,
            tokens_out=reply.tokens_out,
            content="" if reply.fault else reply.content,
            refused=verdicts.refused,
        )
        with self._archive.batch():
            add_answer(self._archive, found)
            self._enter(question, found, verdicts)
        return Opinion(question, found, len(verdicts.taken))

    def _verdicts(self, question: Question, content: str) -> Verdicts:
        return read(content, question.subject, self.prompt.modes)

    def _enter(self, question: Question, found: Answer, verdicts: Verdicts) -> None:
        """Enter what is taken of an answer, as reviews of the model's; what is there already stays as it is."""
        model = Model(
            name=found.model,
            prompt=found.prompt,
            question=found.question,
            endpoint=found.endpoint,
            tokens_in=found.tokens_in,
            tokens_out=found.tokens_out,
        )
        for taken in verdicts.taken:
            review = Review(
                kind=taken.kind,
                event=taken.event,
                document=question.subject.document.id,
                facts=taken.facts,
                reviewer=model.reviewer,
                time=found.time,
                reason=taken.reason,
                model=model,
            )
            add_review(self._archive, review)

    def _questions(self) -> Iterator[Question]:
        for row, span in islice(self._sentences(), self._limit):
            found = self._documents(row)
            subject = Subject(self._task, found.document, found.sent, span, found.events.get(span, ()))
            yield Question.of(self.prompt, self._settings.model, subject)

    def _sentences(self) -> Iterator[Sentence]:
        """Yield the sentences to be asked about: to check events those that tell of them, else all of the documents."""
        if self._task == "check":
            yield from sentences(self._archive, self._chosen, self._limit)
            return
        pipeline = Pipeline(self._run.pipeline) if self._run else Pipeline()
        for row in documents_with(self._archive, self._chosen):
            found = self._documents(row).document
            spans = pipeline.sentences(found)
            yield from (Sentence(row, span) for span in spans if is_worth_asking(found.text, span))


def _read(archive: Archive, row: int, covered: Callable[[CodedDocument], CodedDocument]) -> _Read:
    found = document(archive, row)
    assert found is not None
    events: dict[Span, tuple[tuple[str, Event], ...]] = {}
    for uid, event in zip(uids_of(found), found.events, strict=True):
        events[event.evidence] = (*events.get(event.evidence, ()), (uid, event))
    return _Read(found, covered(found), events)


def _ontology(archive: Archive, run: LastRun | None, wanted: str | None) -> Ontology:
    """Return the ontology that an archive was coded with last, or the wanted one if it has the same name."""
    settings = msgspec.json.decode(run.settings) if run else {}
    found = read_ontology(wanted or settings.get("ontology", DEFAULT))
    if run and found.name != run.ontology.rpartition(" ")[0]:
        raise ConfigurationError(
            f"{archive.path} was coded with {run.ontology}, and this is {found.name} {found.version}. "
            "Say where that is: --ontology"
        )
    return found
