"""Pages of what reviewers say together: all decisions, where they differ and what settles it, how far they agree."""

from typing import NamedTuple

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from byline import store
from byline.export import agreement as agreeing
from byline.export.agreement import Difference
from byline.export.columns import Cell
from byline.records import CodedDocument
from byline.reviews import FIELDS, Facts, Review, Verdict, value_of
from byline.store import Archive, Reviewed
from byline.store.filters import QueryError
from byline.web.answers import JSON, page
from byline.web.editing import facts, given
from byline.web.requests import lent
from byline.web.review_pages import choices
from byline.web.streams import table
from byline.web.writing import enter, now, written

_COLUMNS = (
    "id",
    "kind",
    "verdict",
    "standing",
    "event",
    "document",
    "reviewer",
    "time",
    "reason",
    "undoes",
    "trigger",
    *FIELDS,
)
_LATEST = 200  # decisions on a page


class Dispute(NamedTuple):
    """An event on which reviewers differ, its document's row, the sentence or paragraph, and each field's values."""

    difference: Difference
    row: int | None
    title: str
    words: str
    facts: Facts
    fields: list[tuple[str, list[str]]]


def decisions(request: Request) -> Response:
    """Show what reviewers have said, the latest first."""
    found = _reviews(request)
    return page(request, "decisions.html", {"total": len(found), "reviews": found[::-1][:_LATEST]})


def decisions_data(request: Request) -> Response:
    """Give all that reviewers have said, the first first."""
    return JSON(_reviews(request))


def decisions_csv(request: Request) -> Response:
    """Give all that reviewers have said as CSV."""
    return table(map(_row, _reviews(request)), _COLUMNS, "decisions.csv")


def differences(request: Request) -> Response:
    """Show where reviewers differ, what is not settled first."""
    with lent(request) as archive:
        found = [_dispute(archive, one) for one in agreeing.differences(store.judgements(archive))]
        offered = choices(archive)
    found.sort(key=lambda dispute: dispute.difference.settled is not None)
    shown = {"disputes": found, "open": sum(d.difference.settled is None for d in found)}
    return page(request, "differences.html", shown | offered)


def differences_data(request: Request) -> Response:
    """Give where reviewers differ, and what settles it."""
    with lent(request) as archive:
        return JSON(list(agreeing.differences(store.judgements(archive))))


async def settle(request: Request) -> Response:
    """Take a third decision on an event on which reviewers differ: as one of them has it, or otherwise."""
    uid = request.path_params["uid"]

    def write(archive: Archive, reviewer: str, form: FormData) -> Response:
        said = [review for review in store.judgements(archive, uid) if review.kind != "adjudicate"]
        if not said:
            raise HTTPException(404, f"Nobody has judged an event {uid} in this archive.")
        if not given(form, "reason"):
            raise QueryError("What settles a difference needs a reason that others can judge.")
        verdict, made = _settled(archive, form, said)
        enter(archive, Review(kind="adjudicate", event=uid, document=said[0].document, facts=made, verdict=verdict,
                              reviewer=reviewer, time=now(), reason=given(form, "reason")))  # fmt: skip
        return RedirectResponse("/review/differences", 303)

    return await written(request, write)


def agreement(request: Request) -> Response:
    """Show how far reviewers agree, by field."""
    with lent(request) as archive:
        judged = store.judgements(archive)
    rows, differing = agreeing.agreement(judged), list(agreeing.differences(judged))
    open_ = sum(one.settled is None for one in differing)
    by = {name: sum(r.reviewer == name for r in judged) for name in sorted({r.reviewer for r in judged})}
    return page(request, "agreement.html", {"rows": rows, "by": by, "differing": len(differing), "open": open_})


def agreement_data(request: Request) -> Response:
    """Give how far reviewers agree, by field."""
    with lent(request) as archive:
        return JSON(agreeing.agreement(store.judgements(archive)))


def agreement_csv(request: Request) -> Response:
    """Give how far reviewers agree, by field, as CSV."""
    with lent(request) as archive:
        found = agreeing.agreement(store.judgements(archive))
    rows = ({**one.to_dict(), "reviewers": "; ".join(one.reviewers)} for one in found)
    return table(rows, agreeing.Agreement.__struct_fields__, "agreement.csv")


def _reviews(request: Request) -> list[Reviewed]:
    with lent(request) as archive:
        return list(store.reviews(archive))


def _row(one: Reviewed) -> dict[str, Cell]:
    review = one.review
    own = {
        name: getattr(review, name) for name in ("kind", "event", "document", "reviewer", "time", "reason", "undoes")
    }
    told = {field: value_of(review.facts, field) if review.facts else None for field in FIELDS}
    words = review.facts.trigger.text if review.facts else None
    return {"id": one.id, "standing": one.standing, "verdict": review.judged, "trigger": words, **own, **told}


def _dispute(archive: Archive, difference: Difference) -> Dispute:
    row = store.row_of(archive, difference.document)
    document = store.document(archive, row) if row is not None else None
    made = [r.facts for r in difference.reviews if r.facts]
    words = _paragraph(document, made[0].trigger.span[0]) if document else made[0].trigger.text
    fields = [(f, [value_of(r.facts, f) if r.facts else "" for r in difference.reviews]) for f in FIELDS]
    title = (document.title or document.source) if document else difference.document
    return Dispute(difference, row, title, words, made[0], [(f, values) for f, values in fields if any(values)])


def _paragraph(document: CodedDocument, at: int) -> str:
    span = next((span for span in document.body if span[0] <= at < span[1]), (at, at))
    return document.text[slice(*span)]


def _settled(archive: Archive, form: FormData, said: list[Review]) -> tuple[Verdict, Facts | None]:
    """Return what a form says: reject, edit, or the id of the review that is right."""
    take = given(form, "take")
    chosen = next((review for review in said if review.id == take), None)
    if chosen is not None:
        return chosen.judged or "reject", chosen.facts
    had = next(review.facts for review in said if review.facts)
    if take == "reject":
        return "reject", had
    row = store.row_of(archive, said[0].document)
    document = store.document(archive, row) if row is not None else None
    if take != "edit" or document is None:
        raise QueryError("Say who is right, or what is.")
    return "accept", facts(form, document, had.trigger, had)
