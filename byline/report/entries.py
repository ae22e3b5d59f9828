"""One incident as a briefing tells it: field after field, who says what, who denies it, and on which words it rests."""

from collections.abc import Iterator, Mapping, Sequence

from byline.accounts import Contest, Corroboration, Denial, Saying, Value
from byline.export.incident_page import IncidentPage
from byline.report.notes import Notes
from byline.report.records import Entry, Line, Row, Sayer
from byline.report.wording import MOST, WORDS, days, kind, listed, many, number, short, where
from byline.store import IncidentSummary

_FIELDS: dict[str, str] = WORDS["fields"]
_ALWAYS_NAMED = ("status",)  # fields of which it is told who says it even if nobody says otherwise
Numbers = Mapping[str, int]  # of entries, by the id of an incident


def entry(page: IncidentPage, texts: Mapping[str, str], numbers: Numbers, first_note: int) -> Entry:
    """Return the entry of an incident; `texts` are those that tell of it, by their files.

    `numbers` are those of all entries; its notes are numbered from the first on.
    """
    one, notes = page.incident, Notes(page.passages, texts, first_note)
    rows = [_row(contest, notes) for contest in _in_order(page)]
    rows += [_told(one, page.corroboration, notes), *_relatives(page, numbers)]
    return Entry(
        number=numbers[one.id],
        id=one.id,
        title=f"{kind(one.type)} · {short(where(one.place, one.country))}",
        when=days(one.start, one.end),
        contested=one.contested,
        tolls="; ".join(_tolls(one)),
        sources=one.sources,
        rows=tuple(rows),
        notes=notes.all(),
    )


def _in_order(page: IncidentPage) -> list[Contest]:
    """Return what is said of each field, in the order in which fields are told, but for what the title has already."""
    order = list(_FIELDS)
    counts = order.index("status") + 0.5
    found = [c for c in page.contests if not _is_in_title(c, page.incident)]
    return sorted(found, key=lambda c: order.index(c.field) if c.field in order else counts)


def _is_in_title(contest: Contest, one: IncidentSummary) -> bool:
    """Whether all agree on a day or place that the title has, or on the kind of event."""
    if len(contest.values) > 1 or contest.denials:
        return False
    (value,) = contest.values
    titles = {"date": days(one.start, one.end), "place": one.place, "type": _words(value, "type")}
    return contest.field in titles and _words(value, contest.field) == titles[contest.field]


def _row(contest: Contest, notes: Notes) -> Row:
    lines = [_line(value, contest, notes) for value in contest.values[: MOST["values"]]]
    if len(contest.values) > len(lines):
        lines.append(Line(words=f"and {many(len(contest.values) - len(lines), 'other value')}"))
    if not any(value.text == "denied" for value in contest.values):
        lines += [_denied(denial, notes) for denial in contest.denials[: MOST["values"]]]
    return Row(label=_label(contest.field), lines=tuple(lines), contested=contest.contested)


def _label(field: str) -> str:
    return _FIELDS.get(field, field.capitalize())


def _line(value: Value, contest: Contest, notes: Notes) -> Line:
    is_toll = value.low is not None
    is_named = is_toll or contest.contested or contest.field in _ALWAYS_NAMED
    by = tuple(_sayers(value.sayings, notes)) if is_named else (Sayer(name="", notes=notes.cite(value.sayings)),)
    mark = WORDS["marks"][value.mark] if value.mark and len(contest.values) > 1 else None
    return Line(words=_words(value, contest.field), by=by, mark=mark, why="; ".join(_against(value, contest)) or None)


def _words(value: Value, field: str) -> str:
    if field == "date" and value.start:
        return days(value.start, value.end)
    if field == "status":
        return str(WORDS["statuses"].get(value.text, short(value.text)))
    return kind(value.text) if field == "type" else short(value.text)


def _against(value: Value, contest: Contest) -> Iterator[str]:
    """Yield which values before it a value contradicts, and why."""
    names = {other.id: _words(other, contest.field) for other in contest.values[: MOST["values"]]}
    found: dict[str, list[str]] = {}
    for relation in contest.relations:
        if relation.other == value.id and relation.kind == "contradictory" and relation.one in names:
            found.setdefault(short(relation.why), []).append(f"“{names[relation.one]}”")
    yield from (f"contradicts {listed(others, MOST['sayers'])}: {why}" for why, others in found.items())


def _denied(denial: Denial, notes: Notes) -> Line:
    tellers = dict.fromkeys(short(saying.name) for saying in denial.of)
    of = f"what is told by {listed(tellers, MOST['sayers'])}" if tellers else "what nobody here tells"
    return Line(words="denied", by=tuple(_sayers([denial.by], notes)), why=of)


def _sayers(sayings: Sequence[Saying], notes: Notes) -> Iterator[Sayer]:
    """Yield who says something, each once for an outlet; of too many the first, and how many there are more."""
    groups: dict[tuple[str, str | None], list[Saying]] = {}
    for saying in sayings:
        groups.setdefault((saying.name, saying.outlet), []).append(saying)
    for found in list(groups.values())[: MOST["sayers"]]:
        yield Sayer(name=_sayer(found[0]), notes=notes.cite(found))
    if len(groups) > MOST["sayers"]:
        yield Sayer(name=f"and {len(groups) - MOST['sayers']:,} more", notes=())


def _sayer(saying: Saying) -> str:
    outlet = saying.outlet if saying.outlet and saying.outlet != saying.name else None
    via = f" by way of {listed(map(short, saying.via), MOST['sayers'])}" if saying.via else ""
    day = f", {days(saying.published.start, saying.published.end)}" if saying.published else ""
    return short(saying.name) + via + (f", in {short(outlet)}" if outlet else "") + day


def _told(one: IncidentSummary, found: Corroboration, notes: Notes) -> Row:
    """Return who tells of it: how many, which of them are independent, and why others do not count."""
    independent = [short(source.name) for source in found.sources if source.independent]
    texts = f" ({many(found.texts, 'text')} without copies)" if found.texts < found.reports else ""
    counts = f"{many(one.reports, 'report')}{texts} of {many(one.outlets, 'outlet')}"
    who = f": {listed(independent, MOST['sayers'])}" if independent else ""
    lines = [Line(words=f"{counts}; {many(one.sources, 'independent source')}{who}")]
    if one.reports > 1:
        lines.append(Line(words=", ".join(_standing(one))))
    dependent = [(short(s.name), short(s.why)) for s in found.sources if s.why and not s.independent]
    lines += [Line(words=f"{name} does not count", why=why) for name, why in dependent[: MOST["sayers"]]]
    if rest := notes.cite_rest():
        lines.append(Line(words="Also told", by=(Sayer(name="", notes=rest),)))
    return Row(label="Told by", lines=tuple(line for line in lines if line.words))


def _standing(one: IncidentSummary) -> Iterator[str]:
    for reports, verbs in (
        (one.asserting, ("asserts it", "assert it")),
        (one.attributing, ("attributes it to somebody", "attribute it to somebody")),
        (one.denying, ("denies it", "deny it")),
    ):
        if reports:
            yield f"{many(reports, 'report')} {verbs[reports > 1]}"


def _relatives(page: IncidentPage, numbers: Numbers) -> Iterator[Row]:
    if page.whole:
        yield Row(label="Part of", lines=(_relative(page.whole, numbers),))
    if page.parts:
        parts = [_relative(part, numbers) for part in page.parts[: MOST["values"]]]
        more = [Line(words=f"and {len(page.parts) - len(parts):,} more")] if len(page.parts) > len(parts) else []
        yield Row(label="Parts", lines=(*parts, *more))


def _relative(one: IncidentSummary, numbers: Numbers) -> Line:
    words = f"{kind(one.type)}, {short(where(one.place, one.country))}, {days(one.start, one.end)}"
    return Line(words=words, to=numbers.get(one.id))


def _tolls(one: IncidentSummary) -> Iterator[str]:
    if one.killed_low is not None:
        yield f"{number(one.killed_low, one.killed_high)} killed"
    if one.wounded_low is not None:
        yield f"{number(one.wounded_low, one.wounded_high)} wounded"
