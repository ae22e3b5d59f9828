"""What language models say of events beside what the coder has: how often they agree, and what asking them took."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import msgspec

from byline import store
from byline.export.agreement import VERDICT, Agreement, agreement
from byline.lookup import uids_of
from byline.records import Record
from byline.reviews import Review, facts_of
from byline.store import Answer, Archive

CODER = "Byline"
_BY = ("type", "status")
_NOT_ASKED = frozenset({"start", "end"})  # a model leaves the days as they are


class Tally(Record, frozen=True, kw_only=True):
    """What a model says of the coder's events of one type or status; `added` are its own."""

    model: str
    field: str
    value: str
    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    added: int = 0


class Spending(Record, frozen=True, kw_only=True):
    """How many questions a model has answered, of how many answers something was refused, and the tokens they took.

    `untold` answers came without a word on their tokens.
    """

    model: str
    answers: int
    refused: int
    untold: int
    tokens_in: int
    tokens_out: int


def agreements(archive: Archive) -> list[Agreement]:
    """Return how far models agree with the coder and with one another, by field.

    The coder holds all its events for events, so that of the verdict no more can be said than how often it is the same.
    """
    rows = agreement([*store.opinions(archive), *_coder(archive).values()])
    return [
        msgspec.structs.replace(row, kappa=None, alpha=None) if row.field == VERDICT and CODER in row.reviewers else row
        for row in rows
        if row.field not in _NOT_ASKED
    ]


def tallies(archive: Archive) -> list[Tally]:
    """Return what models say of the coder's events by type and by status, and what they add."""
    coder = _coder(archive)
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for review in store.opinions(archive):
        judged = review if review.kind == "add" else coder.get(review.event)
        if judged and judged.facts:
            for field in _BY:
                key = review.reviewer, field, str(getattr(judged.facts, field))
                counts.setdefault(key, Counter())[review.kind] += 1
    return [
        Tally(
            model=model,
            field=field,
            value=value,
            accepted=found["accept"],
            edited=found["edit"],
            rejected=found["reject"],
            added=found["add"],
        )
        for (model, field, value), found in sorted(counts.items(), key=lambda item: _order(item[0]))
    ]


def spending(archive: Archive) -> Iterator[Spending]:
    """Yield what asking each model took."""
    by_model = sorted(store.answers(archive), key=_asked)
    for model, group in groupby(by_model, key=_asked):
        found = list(group)
        yield Spending(
            model=model,
            answers=len(found),
            refused=sum(bool(one.refused) for one in found),
            untold=sum(one.tokens_in is None for one in found),
            tokens_in=sum(one.tokens_in or 0 for one in found),
            tokens_out=sum(one.tokens_out or 0 for one in found),
        )


def _coder(archive: Archive) -> dict[str, Review]:
    """Return as a review, by uid, each event of the coder that a model has judged, if the latest edition has it."""
    wanted: dict[str, set[str]] = {}
    for review in store.opinions(archive):
        wanted.setdefault(review.document, set()).add(review.event)
    found = {}
    for name, uids in wanted.items():
        row = store.row_of(archive, name)
        document = store.document(archive, row) if row is not None else None
        if document is None:
            continue
        for uid, event in zip(uids_of(document), document.events, strict=True):
            if uid in uids:
                facts = facts_of(document, event)
                found[uid] = Review(kind="accept", event=uid, document=name, facts=facts, reviewer=CODER, time="")
    return found


def _order(key: tuple[str, str, str]) -> tuple[str, int, str]:
    model, field, value = key
    return model, _BY.index(field), value


def _asked(answer: Answer) -> str:
    return f"{answer.model} at {answer.endpoint}"
