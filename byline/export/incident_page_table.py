"""The page of one incident for people: who tells of it, where they disagree, and report after report in their words."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from byline.accounts import Contest, Denial, Relation, Source, Standing, Use, Value
from byline.export.incident_page import IncidentPage
from byline.export.incidents import hurt, told
from byline.export.terminal import MARKS, days, printable, status_mark
from byline.lookup import OUTLET
from byline.store.incidents import IncidentSummary, Passage

_LONGEST = 400  # characters of a sentence
_MANY = 12  # sayers of a value, or uses of a source, that are named


def render(page: IncidentPage) -> RenderableType:
    """Return the page, part by part."""
    blocks: list[RenderableType] = [_head(page), *_wholes(page)]
    blocks += [_title("Who tells of it"), _sources(page.corroboration.sources)]
    blocks += [_title("What is said of it"), _contests(page.contests)]
    blocks += [_title("Report after report"), *_timeline(page)]
    return Group(*blocks)


def _head(page: IncidentPage) -> Text:
    one, counted = page.incident, page.corroboration
    what = [one.type, days(one.start, one.end), ", ".join(filter(None, (one.place, one.country)))]
    head = Text(printable(" · ".join(filter(None, what))), style="bold reverse")
    texts = f" ({counted.texts} without copies)" if counted.texts < counted.reports else ""
    counts = [
        f"{_many(counted.reports, 'report')}{texts}",
        _many(counted.outlets, "outlet"),
        f"{_many(counted.independent, 'independent source')}",
        *told(one),
        *hurt(one),
    ]
    for line in (one.id, ", ".join(counts)):
        head.append("\n" + printable(line), style="not reverse not bold")
    return head


def _wholes(page: IncidentPage) -> Iterator[Text]:
    if page.whole:
        yield Text(printable(f"part of {_named(page.whole)}"))
    yield from (Text(printable(f"has as a part {_named(part)}")) for part in page.parts)


def _named(one: IncidentSummary) -> str:
    known = [one.type, days(one.start, one.end), one.place or one.country]
    return f"{one.id}: {', '.join(filter(None, known))}"


def _title(words: str) -> Text:
    return Text("\n" + words, style="bold underline")


def _sources(sources: Iterable[Source]) -> Table:
    table = _table(("source", 5), ("counts", 5), ("tells in", 7), ("denies in", 4))
    for source in sources:
        code = " ".join(filter(None, (source.country, source.sector)))
        who = f"{source.name} ({code})" if code else source.name
        counts = f"{MARKS['happened']} independent" if source.independent else source.why or "does not count"
        _add(table, who, counts, _uses(source.tells), _uses(source.denies))
    return table


def _uses(uses: tuple[Use, ...]) -> str:
    """Return in which reports a source is found, with why a report does not count again."""
    lines = [f"{use.outlet or use.file}{f': {use.again}' if use.again else ''}" for use in uses[:_MANY]]
    return "\n".join(dict.fromkeys(lines)) + _rest(len(uses)) or "—"


def _contests(contests: Iterable[Contest]) -> Table:
    table = _table(("field", 3), ("value", 5), ("who says it", 8), ("how it stands to the others", 7))
    for contest in contests:
        names = {value.id: value.text for value in contest.values}
        for number, value in enumerate(contest.values):
            field = f"{contest.field}{' ≠' if contest.contested else ''}" if number == 0 else ""
            mark = f"\n{value.mark}" if value.mark and len(contest.values) > 1 else ""
            _add(table, field, value.text + mark, _sayers(value), "\n".join(_relations(value, contest, names)) or "—")
        for denial in contest.denials:
            _add(table, "", "✕ denied", denial.by.name, f"what is told by {_tellers(denial)}")
    return table


def _sayers(value: Value) -> str:
    lines = [", ".join(filter(None, (s.name, s.outlet if s.outlet != s.name else None))) for s in value.sayings]
    lines = list(dict.fromkeys(lines))
    return "\n".join(lines[:_MANY]) + _rest(len(lines))


def _relations(value: Value, contest: Contest, names: dict[str, str]) -> Iterator[str]:
    """Yield how a value stands to those before it in the table."""
    yield from (_related(r, names[r.one]) for r in contest.relations if r.other == value.id and r.kind != "same")


def _related(relation: Relation, one: str) -> str:
    return f"{relation.kind}: {one} ({relation.why})"


def _tellers(denial: Denial) -> str:
    return ", ".join(dict.fromkeys(saying.name for saying in denial.of)) or OUTLET


def _timeline(page: IncidentPage) -> Iterator[RenderableType]:
    standings: dict[str, list[Standing]] = {}
    for standing in page.corroboration.standings:
        standings.setdefault(standing.file, []).append(standing)
    for file, group in groupby(page.passages, key=lambda p: p.file):
        found = list(group)
        known = [days(found[0].published, found[0].published), found[0].outlet, file]
        head = Text(printable(" · ".join(filter(None, known))), style="bold")
        head.append("".join("\n" + printable(words) for words in _standing(standings.get(file, []))), style="not bold")
        yield head
        for evidence, here in groupby(found, key=lambda p: p.evidence):
            yield Padding(_passage(evidence, here), (0, 0, 0, 2))


def _standing(found: list[Standing]) -> list[str]:
    """Return what a document does, and why it does not count again."""
    does = [name for name in ("asserts", "attributes", "denies") if any(getattr(s, name) for s in found)]
    again = found[0].again if found and all(s.again for s in found) else None
    return [": ".join(filter(None, (", ".join(does), again)))] if does or again else []


def _passage(evidence: str, found: Iterable[Passage]) -> Text:
    """Return a sentence, and above it a line for each way in which it is told."""
    ways: dict[str, list[str]] = {}
    for one in found:
        stance = f" ({one.stance})" if one.stance and one.stance != "reported" else ""
        denied = ", denied" if one.denied else ""
        way = f"{status_mark(one.status)}, says {one.said_by or OUTLET}{stance}{denied}"
        ways.setdefault(way, []).append(f"{one.type} {one.number} “{' '.join(one.trigger_text.split())}”")
    lines = Text("".join(printable(f"{way}: {', '.join(told)}") + "\n" for way, told in ways.items()))
    words = " ".join(evidence.split())
    lines.append(printable(f"“{words if len(words) <= _LONGEST else words[:_LONGEST] + '…'}”"), style="italic")
    return lines


def _table(*columns: tuple[str, int]) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    for _, ratio in columns:
        table.add_column(ratio=ratio, overflow="fold")
    table.add_row(*(Text(name, style="bold") for name, _ in columns))
    return table


def _add(table: Table, *cells: str) -> None:
    table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in cells))


def _rest(number: int) -> str:
    return f"\nand {number - _MANY} more" if number > _MANY else ""


def _many(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
