"""What a selection comes to, as figures and tables."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from byline.accounts import Rule
from byline.report.records import Align, Fact, Table
from byline.report.wording import MOST, WORDS, country, kind, many, number
from byline.store.totals import Coverage, Listed, Toll

RULES: dict[Rule, dict[str, str]] = WORDS["rules"]
_ALIGNED: tuple[Align, ...] = ("left", "right", "right", "right", "right", "right", "right", "right")
Tolls = Mapping[Rule, Sequence[Toll]]


def figures(found: Sequence[Listed], cover: Coverage) -> tuple[Fact, ...]:
    """Return the numbers that stand first."""
    texts = f"in {many(cover.documents, 'text')}" + (f", {cover.copies:,} of them copies" if cover.copies else "")
    numbers = (
        (len(found), "incidents"),
        (cover.reports, f"reports {texts}"),
        (cover.outlets, "outlets"),
        (sum(one.sources > 1 for one in found), "incidents of two or more independent sources"),
        (sum(one.contested for one in found), "contested incidents"),
    )
    return tuple(Fact(name=words, words=f"{count:,}") for count, words in numbers)


def toll_table(found: Sequence[Listed], tolls: Tolls) -> Table:
    """Return what is said of each toll, summed by each rule."""
    within = {one.id: one.part_of for one in found if one.part_of}
    sums = {rule: _sums(of_rule, within) for rule, of_rule in tolls.items()}
    fields = sorted(sums["range"], key=lambda field: (field not in _FIRST, _FIRST.get(field, 0), field))
    rows = [
        (field.capitalize(), f"{sums['range'][field][0]:,}", *(_cell(rule, sums[rule].get(field)) for rule in RULES))
        for field in fields
    ]
    return Table(
        title="Tolls, as sources say",
        columns=("", "Incidents", *(rule["name"] for rule in RULES.values())),
        aligned=_ALIGNED,
        rows=tuple(rows),
        note="Figures are what sources say, summed over the incidents of which they say something; the rules are "
        "explained under How it was counted." if rows else "Nothing is said of how many were hurt or took part.",
    )  # fmt: skip


_FIRST = {"killed": 0, "wounded": 1}
_Sum = tuple[int, int, int, int | None]  # incidents, low, best, high


def _sums(tolls: Iterable[Toll], within: Mapping[str, str]) -> dict[str, _Sum]:
    """Return the sums of tolls by field; what is a part of another incident with that toll is left out."""
    known = {(toll.incident, toll.field) for toll in tolls}
    sums: dict[str, _Sum] = {}
    for toll in tolls:
        if (within.get(toll.incident), toll.field) not in known:
            count, low, best, high = sums.get(toll.field, (0, 0, 0, 0))
            top = None if high is None or toll.high is None else high + toll.high
            sums[toll.field] = count + 1, low + toll.low, best + (toll.best or 0), top
    return sums


def _cell(rule: Rule, found: _Sum | None) -> str:
    if found is None:
        return "–"
    return number(found[1], found[3]) if rule == "range" else f"{found[2]:,}"


def kinds(found: Sequence[Listed], tolls: Tolls) -> Table:
    """Return how many incidents there are of each kind."""
    return _counted("Kinds of incidents", "Kind", found, tolls, lambda one: kind(one.type))


def countries(found: Sequence[Listed], tolls: Tolls) -> Table:
    """Return how many incidents there are in each country."""
    return _counted("Countries", "Country", found, tolls, lambda one: country(one.country) or "not known")


def _counted(title: str, name: str, found: Sequence[Listed], tolls: Tolls, of: Callable[[Listed], str]) -> Table:
    """Return a table with a row for each group of incidents, the largest first."""
    sizes = Counter(map(of, found))
    ranked = sorted(sizes, key=lambda group: (-sizes[group], group))
    shown = ranked if len(ranked) <= MOST["rows"] else ranked[: MOST["rows"] - 1]
    rest = f"{len(ranked) - len(shown)} others"
    groups: dict[str, list[Listed]] = {group: [] for group in (*shown, *([rest] if len(shown) < len(ranked) else []))}
    for one in found:
        groups.get(of(one), groups.get(rest, [])).append(one)
    return Table(
        title=title,
        columns=(name, "Incidents", "Reports", "Two or more sources", "Contested", "Denied", "Killed", "Wounded"),
        aligned=_ALIGNED,
        rows=tuple((group, *_counts(inside, tolls["range"])) for group, inside in groups.items()),
        note="",
    )


def _counts(found: Sequence[Listed], ranges: Iterable[Toll]) -> tuple[str, ...]:
    ids = {one.id: one.part_of for one in found}
    within = {one: whole for one, whole in ids.items() if whole}
    sums = _sums([toll for toll in ranges if toll.incident in ids], within)
    numbers = (
        len(found),
        sum(one.reports for one in found),
        sum(one.sources > 1 for one in found),
        sum(one.contested for one in found),
        sum(one.denying > 0 for one in found),
    )
    return (*(f"{count:,}" for count in numbers), *(_cell("range", sums.get(field)) for field in _FIRST))
