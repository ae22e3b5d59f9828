"""The verbs of a second opinion: ask a language model about sentences, and list what it has said."""

import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from byline.cli.ending import ending_cleanly
from byline.cli.options import ArchiveFile, Filters, People, Rows, WithPeople, with_filters, with_group
from byline.cli.output import print_rows, write_lines
from byline.cli.verbs import app
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.opinions.settings import Settings
    from byline.records import Record
    from byline.run.opinions import Opinion, Plan, SecondOpinion
    from byline.store import Archive

Item = TypeVar("Item")
_STOPPED = "Stopped. What was answered is in {path}; the same command goes on from there."


class Shown(StrEnum):
    """What `byline opinions` lists."""

    opinions = "opinions"
    agreement = "agreement"
    tallies = "tallies"
    refused = "refused"
    costs = "costs"


class Endpoint(NamedTuple):
    """The options that say which model is asked."""

    endpoint: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="An endpoint that speaks OpenAI's protocol: https://api.example.org/v1."),
    ] = None
    model: Annotated[str | None, typer.Option(metavar="NAME", help="The model, as the endpoint calls it.")] = None
    key: Annotated[
        str | None, typer.Option(metavar="VARIABLE", help="The variable of the environment that holds the key.")
    ] = None
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file with all this and more: docs/second-opinion.md.")
    ] = None

    def settings(self) -> "Settings":
        """Return all that is to be known of it; ConfigurationError if it is too little."""
        from byline.opinions.settings import read_settings  # noqa: PLC0415 - loaded when needed

        return read_settings(self.config, endpoint=self.endpoint, model=self.model, key=self.key)


class Questions(NamedTuple):
    """The options that say what is asked."""

    check: Annotated[
        bool, typer.Option("--check/--add", help="Have the events that were found judged, or look for missed ones.")
    ] = True
    document: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="In this document, by id or source; may be repeated.")
    ] = None
    max_confidence: Annotated[
        float | None, typer.Option(metavar="P", min=0, max=1, help="Of events that are no surer than this: 0.6.")
    ] = None
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="So many sentences; of those with events the least sure.")
    ] = None
    ontology: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="Where the archive's ontology is, if its last run does not say."),
    ] = None
    retry: Annotated[bool, typer.Option("--retry", help="Ask again where something of an answer was refused.")] = False

    def of(self, archive: "Archive", settings: "Settings", filters: Filters, people: People) -> "SecondOpinion":
        """Return them as they are put to an archive."""
        from byline.export.people import withhold_names  # noqa: PLC0415 - loaded when needed
        from byline.run.opinions import SecondOpinion  # noqa: PLC0415
        from byline.store import Chosen  # noqa: PLC0415

        return SecondOpinion(
            archive,
            settings,
            "check" if self.check else "add",
            Chosen(filters.filter(), self.max_confidence, self.document or ()),
            covered=withhold_names if people is People.roles else lambda found: found,
            ontology=self.ontology,
            limit=self.limit,
            retry=self.retry,
        )


_HEADS = {
    Shown.opinions: ("says", "of", "reason", "model", "time"),
    Shown.agreement: ("who", "field", "events", "same", "kappa", "alpha"),
    Shown.tallies: ("model", "by", "value", "accepted", "edited", "rejected", "added"),
    Shown.refused: ("task", "where", "why", "model", "time"),
    Shown.costs: ("model", "answers", "with refusals", "tokens untold", "tokens in", "tokens out"),
}


@app.command(
    name="second-opinion",
    epilog="Examples:\n\n"
    "  byline second-opinion events.byline --endpoint http://localhost:11434/v1 --model llama3.1 --limit 100\n\n"
    "  byline second-opinion events.byline --config opinion.toml --add --document report-17\n\n"
    "  byline second-opinion events.byline --config opinion.toml --max-confidence 0.6 --budget 200000 --yes",
)
@with_filters
@with_group("questions", Questions)
@with_group("endpoint", Endpoint)
def second_opinion(
    archive: ArchiveFile,
    *,
    endpoint: Endpoint = Endpoint(),  # noqa: B008 -- it is frozen
    questions: Questions = Questions(),  # noqa: B008 -- it is frozen
    budget: Annotated[
        int | None, typer.Option(metavar="TOKENS", min=1, help="Stop before so many tokens are used up by this run.")
    ] = None,
    people: WithPeople = People.roles,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    filters: Filters = Filters(),  # noqa: B008 -- it is frozen
) -> None:
    """Ask a language model of your choice about sentences of an archive. They leave this machine, unless it runs here.

    Filters choose events: --check asks about the sentences that tell of them, --add about all of their documents. How
    many go where is said before. Opinions stay beside the events, signed, and never take their place: byline opinions
    """
    try:
        from byline.opinions.asking import Asker  # noqa: PLC0415 - an extra, needed here alone
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what this needs with: pip install 'byline[llm]'") from error
    from byline.store import Archive  # noqa: PLC0415 - loaded when needed

    settings = endpoint.settings()
    Archive.open(archive).close()  # there has to be one
    with ending_cleanly(_STOPPED.format(path=archive)), Archive.open(archive, write=True) as opened:
        asking = questions.of(opened, settings, filters, people)
        asker, plan = Asker(settings, asking.prompt, budget), asking.plan(partial(_watched, total=0, what="counting"))
        _announce(settings, plan, people)
        if not plan.questions:
            asking.enter_known()
            return
        if not yes:
            _confirm()
        failed = _asked(archive, settings, _watched(asking.ask(asker), plan.questions, "asking"))
    if asker.is_spent:
        typer.echo(f"The budget of {budget:,} tokens is spent. The same command goes on with the rest.", err=True)
    if failed:
        typer.echo(f"{failed:,} were not answered; the same command asks them again", err=True)
        raise typer.Exit(1)


def _asked(path: Path, settings: "Settings", opinions: "Iterator[Opinion]") -> int:
    """Have the questions asked, tell what came of them, and return how many were not answered."""
    tally = _Tally(settings, path)
    try:
        tally.count(opinions)
    finally:
        tally.tell()
    return tally.failed


def _announce(settings: "Settings", plan: "Plan", people: People) -> None:
    """Say what would be sent where, before anything is."""
    if not plan.questions:
        typer.echo(f"{_sentences(plan.sentences)}: nothing is to be asked that has no answer yet.", err=True)
        return
    where = "on this machine" if settings.is_local else "over the network"
    open_ = "" if settings.is_local or settings.is_encrypted else ", not encrypted"
    known = plan.sentences - plan.questions
    cost = settings.cost(plan.tokens_in, plan.tokens_out)
    names = "are covered" if people is People.roles else "are sent, too"
    told = [
        f"{_sentences(plan.questions)} would be sent to {settings.host}, {where}{open_}, for {settings.model}.",
        f"About {plan.tokens_in:,} tokens go out, at most {plan.tokens_out:,} come back"
        + (f": {cost:,.2f} {settings.currency} at most." if cost is not None else "."),
        f"Names of private persons {names}, as far as Byline knows them.",
    ]
    if known:
        told.insert(1, f"{known:,} more are answered already, or have the same words.")
    for line in told:
        typer.echo(line, err=True)


def _confirm() -> None:
    if not sys.stdin.isatty():
        raise ConfigurationError("Nothing was sent. Add --yes to send without being asked.")
    if not typer.confirm("Send?", err=True):
        raise ConfigurationError("Nothing was sent.")


def _watched(items: "Iterator[Item]", total: int, what: str) -> "Iterator[Item]":
    from byline.progress import with_progress  # noqa: PLC0415 - loaded when needed

    return with_progress(items, total, what) if sys.stderr.isatty() else items


class _Tally:
    """What became of the questions of a run, summed up."""

    def __init__(self, settings: "Settings", archive: Path) -> None:
        self._settings, self._archive = settings, archive
        self.answered = self.taken = self.refused = self.failed = self.tokens_in = self.tokens_out = 0

    def count(self, opinions: "Iterator[Opinion]") -> None:
        """Go through what comes of each question; tell of those that were not answered."""
        for one in opinions:
            if one.answer is None:
                self.failed += 1
                _say(f"byline: {one.question.subject.document.source}: not answered: {one.failed}.")
                continue
            self.answered += 1
            self.taken += one.taken
            self.refused += len(one.answer.refused)
            self.tokens_in += one.answer.tokens_in or 0
            self.tokens_out += one.answer.tokens_out or 0

    def tell(self) -> None:
        cost = self._settings.cost(self.tokens_in, self.tokens_out)
        money = f", {cost:,.4f} {self._settings.currency}" if cost is not None else ""
        refused = f", {self.refused:,} refused: byline opinions {self._archive} --show refused" if self.refused else ""
        _say(f"{self._archive}: {self.answered:,} answered, {self.taken:,} opinions{refused}")
        _say(f"{self.tokens_in:,} tokens went out, {self.tokens_out:,} came back{money}, as the endpoint counts")


def _say(words: str) -> None:
    from byline.export.terminal import printable  # noqa: PLC0415 - loaded when needed

    typer.echo(printable(words), err=True)


def _sentences(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number:,} sentences"


@app.command(
    epilog="Examples:\n\n  byline opinions events.byline\n\n"
    "  byline opinions events.byline --show agreement\n\n"
    "  byline opinions events.byline --format jsonl > opinions.jsonl"
)
def opinions(
    archive: ArchiveFile,
    *,
    show: Annotated[
        Shown,
        typer.Option(
            help="What models said last of each event; how far they agree with Byline and one another, by field; what "
            "they say by type and status; what was refused, and why; what it took."
        ),
    ] = Shown.opinions,
    format: Annotated[Rows, typer.Option(help="A table for people, or JSON lines.")] = Rows.table,
) -> None:
    """List what language models have said of events; exit with 1 if opinions or reviews were changed or taken out."""
    from byline.store import Archive, review_faults  # noqa: PLC0415 - loaded when needed

    with Archive.open(archive) as opened:
        found = _found(opened, show)
        if format is Rows.jsonl:
            write_lines(found)
        else:
            print_rows(_HEADS[show], map(_row, found))
        faults = review_faults(opened)
    for fault in faults:
        typer.echo(f"byline: {archive}: {fault}.", err=True)
    if faults:
        raise typer.Exit(1)


def _found(archive: "Archive", show: Shown) -> "Iterable[Record]":
    from byline import store  # noqa: PLC0415 - loaded when needed
    from byline.export import opinions as told  # noqa: PLC0415

    match show:
        case Shown.opinions:
            return store.opinions(archive)
        case Shown.agreement:
            return told.agreements(archive)
        case Shown.tallies:
            return told.tallies(archive)
        case Shown.refused:
            return (answer for answer in store.answers(archive) if answer.refused)
        case Shown.costs:
            return told.spending(archive)


def _row(record: "Record") -> tuple[object, ...]:
    from byline.export.agreement import Agreement  # noqa: PLC0415 - loaded when needed
    from byline.export.opinions import Spending, Tally  # noqa: PLC0415
    from byline.reviews import Review  # noqa: PLC0415
    from byline.store import Answer  # noqa: PLC0415

    match record:
        case Review(facts=facts) if facts:
            about = f"{facts.type} {facts.status} “{facts.trigger.text}”\n{record.event}"
            return record.kind, about, record.reason, record.reviewer, record.time
        case Agreement():
            return (
                " and ".join(record.reviewers),
                record.field,
                record.events,
                record.same,
                *map(_share, (record.kappa, record.alpha)),
            )
        case Tally(model=model, field=field, value=value):
            return model, field, value, record.accepted, record.edited, record.rejected, record.added
        case Answer():
            why = "\n".join(record.refused)
            return record.task, f"{record.document}\nat {record.sentence[0]}", why, record.model, record.time
        case Spending():
            return record.model, record.answers, record.refused, record.untold, record.tokens_in, record.tokens_out
    raise AssertionError(record)


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
