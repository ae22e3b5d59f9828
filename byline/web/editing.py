"""What a reviewer writes into a form, read as an event: whatever has words in the text points to them."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar, get_args

from starlette.datastructures import FormData

from byline.quoting import quoted
from byline.records import CodedDocument, Count, CountOf, Mention, Status
from byline.reviews import Facts
from byline.store.filters import QueryError, day_first, day_last

Choice = TypeVar("Choice")
STATUSES: tuple[Status, ...] = get_args(Status)
COUNTED: tuple[CountOf, ...] = get_args(CountOf)
_NAME = re.compile(r"\w[\w .:-]{0,59}")
_NUMBER = re.compile(r"[0-9]{1,9}")


def given(form: FormData, name: str) -> str:
    """Return one value of a form, "" if it has none."""
    value = form.get(name)
    return value.replace("\0", "").strip() if isinstance(value, str) else ""


def facts(form: FormData, document: CodedDocument, trigger: Mention, former: Facts | None = None) -> Facts:
    """Return the event of a form; QueryError for what has no meaning or does not stand in the document.

    Words that the event had before keep their place; others are looked for nearest to those that tell of the event.
    """
    near = trigger.span[0]
    start, end = _days(form)
    return Facts(
        type=_name("type", given(form, "type")),
        trigger=trigger,
        mode=_name("mode", given(form, "mode")) if given(form, "mode") else None,
        status=_one_of(STATUSES, "status", given(form, "status")),
        actors=_mentions(form, "actors", document, near, former.actors if former else ()),
        recipients=_mentions(form, "recipients", document, near, former.recipients if former else ()),
        places=_mentions(form, "places", document, near, former.places if former else ()),
        start=start,
        end=end,
        counts=tuple(_counts(form, document, near, former.counts if former else ())),
    )


def trigger_of(form: FormData, document: CodedDocument) -> Mention:
    """Return the words that tell of an event which is added; `at` is where they were selected, if they were."""
    at = given(form, "at")
    return found(document, given(form, "words"), int(at) if _NUMBER.fullmatch(at) else 0)


def found(document: CodedDocument, words: str, near: int) -> Mention:
    """Return where words stand in a document, nearest to an offset; in capitals or not where they do not as written."""
    if not words:
        raise QueryError(
            "Which words tell of the event? Select them in the article, or write them as they stand there."
        )
    for any_case in (False, True):
        spans = list(quoted(document.text, words, any_case=any_case))
        if spans:
            span = min(spans, key=lambda s: (abs(s[0] - near), s))
            return Mention(span=span, text=document.text[slice(*span)])
    raise QueryError(f"“{words[:80]}” does not stand in the article. Write words as they stand there.")


def _mentions(
    form: FormData, name: str, document: CodedDocument, near: int, former: Sequence[Mention]
) -> tuple[Mention, ...]:
    kept = {mention.text: mention for mention in former}
    lines = (line.strip() for line in given(form, name).splitlines())
    return tuple(kept.get(line) or found(document, line, near) for line in dict.fromkeys(lines) if line)


def _counts(form: FormData, document: CodedDocument, near: int, former: Sequence[Count]) -> Iterator[Count]:
    columns = [form.getlist(f"count_{name}") for name in ("what", "low", "high", "words")]
    for row in zip(*columns, strict=False):
        what, low, high, words = (str(cell).strip() for cell in row)
        if not (low or words):
            continue
        bounds = _number("at least", low), _number("at most", high) if high else None
        if bounds[1] is not None and bounds[1] < bounds[0]:
            raise QueryError(f"At least {bounds[0]} and at most {bounds[1]}: the second is less.")
        kept = [c for c in former if (c.what, c.low, c.high, c.text) == (what, *bounds, words)]
        yield kept[0] if kept else _count(what, bounds, found(document, words, near))


def _count(what: str, bounds: tuple[int, int | None], words: Mention) -> Count:
    low, high = bounds
    return Count(what=_one_of(COUNTED, "what is counted", what), low=low, high=high, span=words.span, text=words.text)


def _days(form: FormData) -> tuple[str | None, str | None]:
    start, end = given(form, "start"), given(form, "end")
    if not start and not end:
        return None, None
    days = day_first("from", [start or end]), day_last("to", [end or start])
    if days[0] > days[1]:
        raise QueryError(f"It begins on {days[0]} and ends on {days[1]}: the second is earlier.")
    return days


def _name(field: str, value: str) -> str:
    if not _NAME.fullmatch(value):
        raise QueryError(f"{field} is {value[:40]!r}. Give a name such as ASSAULT, of at most 60 letters.")
    return value


def _number(field: str, value: str) -> int:
    if not _NUMBER.fullmatch(value):
        raise QueryError(f"{field} is {value[:40]!r}. Give a whole number; leave the upper one empty where it is open.")
    return int(value)


def _one_of(known: Sequence[Choice], field: str, value: str) -> Choice:
    if value not in known:
        raise QueryError(f"{field} is {value[:40]!r}. It is one of: {', '.join(map(str, known))}.")
    return next(one for one in known if one == value)
