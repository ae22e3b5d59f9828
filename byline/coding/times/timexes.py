"""Finds time expressions and says what they mean: TIMEX3 spans, types, values, days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from byline import knowledge
from byline.coding.times.dates import Period
from byline.coding.times.grammar import Grammar, Piece, Reading, pieces
from byline.coding.times.setting import UNKNOWN, Setting, Value
from byline.coding.times.tense import looks_ahead, tense_of
from byline.coding.times.values import resolve
from byline.language.parsed import Parsed
from byline.records import Timex, TimexType

_DATA: dict[str, Any] = knowledge.load("times.toml")
_NOT_YEAR_AFTER = frozenset(_DATA["not_year"]["after"])
_PEOPLE = frozenset(knowledge.load("counts.toml")["people"]["words"])
_NAMES = frozenset(_DATA["names"]["entities"])
_NOT_YEAR_BEFORE = frozenset(_DATA["not_year"]["before"])
_CLOCK_BEFORE = frozenset(_DATA["clock"]["before"])
_AGE_BETWEEN, _AGE_AFTER = frozenset(_DATA["age"]["between"]), frozenset(_DATA["age"]["after"])
_SOON = frozenset(_DATA["soon"]["words"])
_TOLD_BY = frozenset(_DATA["told_by"]["after"])
_AHEAD = frozenset(_DATA["ahead"]["before"])
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})
_FIRST_YEAR, _LAST_YEAR = 1200, 2100  # below and above, four digits are rarely years in news
_ABOUT = 4  # sentences from one that names a quarter to one that compares it with "a year ago"
_NOT_ALONE = frozenset({"WE", "Q"})  # a single weekend is a date, a single quarter mostly a part
_ARTICLES = frozenset({"a", "an"})
_AMOUNTS = frozenset({"MONEY", "QUANTITY", "PERCENT"})


def find_timexes(parsed: Parsed) -> list[Timex]:
    """Return the time expressions of a document, in text order, none overlapping another.

    Extents follow TimeML: no preposition, but "last", "early", "ago", "nearly". Relative
    expressions are resolved against the document's date; where that is several days long,
    so is the answer. Without a date they have no days.
    """
    grammar = Grammar(pieces(parsed.tokens), _holds)
    days = _published(parsed)
    found: list[Timex] = []
    before: Period | None = None
    quarter: tuple[int, Period] | None = None
    for form in grammar.readings():
        reading = _counted_from_now(form, grammar.pieces)
        sentence = grammar.pieces[reading.first].token.sentence
        about = quarter[1] if quarter and sentence - quarter[0] <= _ABOUT else None
        setting = Setting(None, before, _tense(reading, grammar.pieces), about)
        value = _resolved(reading, days, setting) if not _is_told_by(reading, grammar.pieces) else UNKNOWN
        found.append(_timex(parsed, grammar.pieces, reading, value))
        if reading.type in {"DATE", "TIME"}:
            before = _named(value, before)
        if before and (reading.sense == "quarter" or (reading.sense == "unit" and reading.features["unit"] == "Q")):
            quarter = sentence, before
    return found


def _published(parsed: Parsed) -> tuple[date, date] | None:
    published = parsed.document.published
    return (date.fromisoformat(published.start), date.fromisoformat(published.end)) if published else None


def _named(value: Value, before: Period | None) -> Period | None:
    """Return the time that a following "that evening" counts from; none after a time that stays unresolved."""
    if value.value is None or not value.value.endswith("_REF"):
        return Period(value.value or "", value.start, value.end) if value.start and value.end else None
    return before


def _tense(reading: Reading, words: Sequence[Piece]) -> str:
    """Return on which side of the present a time lies, as far as its clause says."""
    following = _next(reading, words)
    owner = following is not None and following.token.dep == "case"
    if reading.first and words[reading.first - 1].lower in _AHEAD and not owner:
        return "future"
    inside = [w.token for w in words[reading.first : reading.stop]]
    top = next((t for t in inside if t.head not in inside or t.is_root), inside[0])
    return "future" if looks_ahead(top) else tense_of(words[reading.first].token)


def _resolved(reading: Reading, days: tuple[date, date] | None, setting: Setting) -> Value:
    """Return the value; one for the first and the last day of a long date of publication, joined."""
    if days is None:
        return resolve(reading.sense, reading.features, setting)
    first, last = (resolve(reading.sense, reading.features, setting._replace(today=day)) for day in days)
    if first == last or not (first.start and last.end):
        return first if first == last else Value(None)
    return Value(first.value if first.value == last.value else None, first.start, last.end)


def _timex(parsed: Parsed, words: Sequence[Piece], reading: Reading, value: Value) -> Timex:
    span = (words[reading.first].start, words[reading.stop - 1].end)
    kind: TimexType = reading.type  # type: ignore[assignment]
    days = (value.start, value.end) if value.start and value.end else None  # at the ends of the calendar one may lack
    return Timex(
        span=span,
        text=parsed.words(span),
        type=kind,
        value=value.value,
        start=days[0].isoformat() if days else None,
        end=days[1].isoformat() if days else None,
    )


def _holds(reading: Reading, words: Sequence[Piece]) -> bool:
    check = _CHECKS.get(reading.guard)
    named = reading.stop == reading.first + 1 and words[reading.first].token.entity in _NAMES
    return not named and (check is None or check(reading, words))


def _next(reading: Reading, words: Sequence[Piece]) -> Piece | None:
    following = words[reading.stop] if reading.stop < len(words) else None
    return following if following and following.token.sentence == words[reading.first].token.sentence else None


def _is_year(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether four digits are a year and no number of things."""
    if reading.stop > reading.first + 1:
        return True
    piece, following = words[reading.first], _next(reading, words)
    before = words[reading.first - 1].lower if reading.first else ""
    if before in _NOT_YEAR_BEFORE or piece.token.entity in _AMOUNTS:
        return False
    if not _FIRST_YEAR <= reading.features["year"] <= _LAST_YEAR or (following and _is_counted(following)):
        return False
    counted = piece.token.dep == "nummod" and piece.token.head.tag == "NNS"
    return not (counted and reading.features["year"] % 100 == 0)


def _is_counted(following: Piece) -> bool:
    """Whether the word after four digits makes them a number: "1900 people", "2000 km"."""
    people = following.token.lemma in _PEOPLE and following.token.tag == "NNS"
    return people or following.lower in _NOT_YEAR_AFTER or following.lower[:1].isdigit()


def _is_clock(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether "6:30" is a time of day and no score or verse."""
    before = words[reading.first - 1].lower if reading.first else ""
    return reading.stop > reading.first + 1 or ":" not in words[reading.first].lower or before in _CLOCK_BEFORE


def _is_reference(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether "recent" stands before a noun, and "soon" is said of what is to come, not in "it was soon over"."""
    word, following = words[reading.first], _next(reading, words)
    if word.lower in _SOON:
        return tense_of(word.token) == "future"
    if reading.stop > reading.first + 1 or word.lower not in _DATA["words"]["ADJ"]:
        return True
    return following is not None and following.token.pos in _NOUNS


def _is_final(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether "two days before" ends there: "before the vote" would say before what."""
    following = _next(reading, words)
    last = words[reading.stop - 1].lower
    return last not in {"before", "after"} or following is None or not following.lower[0].isalnum()


def _is_decade(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether "30s" is no age: "in his 30s", "in her early to mid-30s"."""
    before = reversed(words[max(0, reading.first - 6) : reading.first])
    owner = next((p for p in before if p.lower not in _AGE_BETWEEN and not p.lower[0].isdigit()), None)
    return owner is None or owner.token.tag != "PRP$"


def _is_told_by(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether what follows says which day or night is meant: "the night of the raid"."""
    features, following = reading.features, _next(reading, words)
    bare = reading.sense in {"unit", "nearby"} and not features.keys() & {"shift", "near", "compared", "clock", "hour"}
    return bare and following is not None and following.lower in _TOLD_BY


def _counted_from_now(reading: Reading, words: Sequence[Piece]) -> Reading:
    """Return a length as the date to which it counts: "the bond will be paid back in five years"."""
    after_in = reading.sense == "duration" and reading.first and words[reading.first - 1].lower == "in"
    if after_in and tense_of(words[reading.first].token) == "future":
        return reading._replace(sense="ahead", type="DATE")
    return reading


def _is_unit(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether "the Century" is no name: capital only in its last word."""
    first, last = words[reading.first].token.text, words[reading.stop - 1].token.text
    return first[0].isupper() or not last[0].isupper()


def _is_duration(reading: Reading, words: Sequence[Piece]) -> bool:
    """Whether "a week" is no rate ("four flights a week"), no weekend and no age ("24 years old", "24-year-old")."""
    number = reading.features.get("number")
    if any(p.lower in _AGE_AFTER for p in words[reading.stop : reading.stop + 2] if p.lower != "-"):
        return False
    if reading.features["unit"] in _NOT_ALONE and (number is None or number.high == 1):
        return False
    before = words[reading.first - 1].token if reading.first else None
    if before is None or words[reading.first].lower not in _ARTICLES or reading.stop > reading.first + 2:
        return True
    return before.tag not in {"NN", "NNS", "CD", "$"}


_CHECKS = {
    "clock": _is_clock,
    "decade": _is_decade,
    "duration": _is_duration,
    "final": _is_final,
    "reference": _is_reference,
    "unit": _is_unit,
    "year": _is_year,
}
