"""Pages of review: a queue of events, one at a time, and what is written of them."""

import re
from urllib.parse import parse_qsl, urlencode

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from byline import store
from byline.lookup import uid_of, uids_of
from byline.records import CodedDocument, DecisionKind
from byline.reviews import Facts, Review, changed, facts_of
from byline.store import Archive, Item
from byline.store.filters import QueryError
from byline.web.answers import JSON, page
from byline.web.editing import COUNTED, STATUSES, facts, given, trigger_of
from byline.web.requests import document_of, lent
from byline.web.review import Wanted, view, wanted_of
from byline.web.review import article as read_article
from byline.web.safety import check_token
from byline.web.streams import table
from byline.web.writing import enter, now, reviewer_of, written

_PAGE = 50  # events of a queue as data
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,80}")


def refuse(request: Request) -> Response:
    """Refuse to review where an archive is shown for reading only."""
    del request
    raise HTTPException(403, "This archive is shown for reading only: nobody reviews here.")


def next_event(request: Request) -> Response:
    """Show an event of the queue; first ask who reviews."""
    reviewer = reviewer_of(request)
    if reviewer is None:
        return page(request, "reviewer.html", {"query": request.url.query})
    wanted = wanted_of(reviewer, request.query_params.multi_items())
    with lent(request) as archive:
        found = store.beside(archive, wanted.queue, wanted.event, back=wanted.way == "back") if wanted.way else None
        if found:
            return RedirectResponse(f"/review{wanted.address(event=found.uid)}", 303)
        return page(request, "review.html", {"view": view(archive, wanted), **choices(archive)})


def queue_data(request: Request) -> Response:
    """Give a page of the queue, and how far the reviewer is with it."""
    wanted = _wanted(request)
    with lent(request) as archive:
        found = store.queued(archive, wanted.queue, 0, _PAGE)
        progress = store.progress(archive, wanted.queue)
    return JSON({"reviewer": wanted.queue.reviewer, **progress._asdict(), "events": [one._asdict() for one in found]})


def queue_csv(request: Request) -> Response:
    """Give all of the queue as CSV."""
    wanted = _wanted(request)
    with lent(request) as archive:
        found = store.queued(archive, wanted.queue, 0, -1)
    return table((one._asdict() for one in found), Item._fields, "queue.csv")


async def sign(request: Request) -> Response:
    """Take the name of who reviews, for this session."""
    await check_token(request)
    form = await request.form()
    name = " ".join(given(form, "name").split())
    if name and not _NAME.fullmatch(name):
        raise QueryError("The name is longer than 80 letters, or has some that cannot be shown. Give a shorter one.")
    request.session["reviewer"] = name or None
    return RedirectResponse(f"/review{_query(form)}", 303)


async def judge(request: Request) -> Response:
    """Take what a reviewer says of an event, and go on to the next."""
    uid = request.path_params["uid"]

    def write(archive: Archive, reviewer: str, form: FormData) -> Response:
        item = store.item(archive, uid)
        document = store.document(archive, item.document) if item else None
        if item is None or document is None:
            raise HTTPException(404, f"There is no event {uid} in this archive.")
        had = next(facts_of(document, e) for e in document.events if e.id == item.event)
        enter(archive, _review(form, reviewer, uid, document, had))
        return RedirectResponse(f"/review{_query(form, event=uid, way='next')}", 303)

    return await written(request, write)


async def undo(request: Request) -> Response:
    """Take back the last that this reviewer has said, and show its event again."""

    def write(archive: Archive, reviewer: str, form: FormData) -> Response:
        last = store.last_review(archive, reviewer)
        if last is None:
            raise QueryError("There is nothing that you could take back.")
        enter(archive, Review(kind="undo", event=last.event, document=last.document, undoes=last.id, reviewer=reviewer,
                              time=now(), reason=given(form, "reason")))  # fmt: skip
        if store.item(archive, last.event):
            return RedirectResponse(f"/review{_query(form, event=last.event)}", 303)
        row = store.row_of(archive, last.document)
        return RedirectResponse(f"/review/documents/{row}" if row else "/review", 303)

    return await written(request, write)


async def correct(request: Request) -> Response:
    """Take a decision about the incident of an event: merge it with another, or take the event out of it."""
    uid = request.path_params["uid"]

    def write(archive: Archive, reviewer: str, form: FormData) -> Response:
        kind: DecisionKind = "merge" if given(form, "kind") == "merge" else "split"
        reason, other = given(form, "reason"), given(form, "other") or given(form, "listed")
        if not reason:
            raise QueryError("A decision about incidents needs a reason that others can judge.")
        ids = [store.incident_of(archive, uid), other] if kind == "merge" else [uid]
        if kind == "merge" and not other:
            raise QueryError("Which incident is it one with? Choose one of the list, or write its id.")
        request.app.state.work.correct(archive, kind, ids, reviewer=reviewer, reason=reason, time=now())
        return RedirectResponse(f"/review{_query(form, event=uid)}", 303)

    return await written(request, write)


def article(request: Request) -> Response:
    """Show a whole article, to look for events that are missed."""
    reviewer = reviewer_of(request)
    if reviewer is None:
        return RedirectResponse("/review", 303)
    with lent(request) as archive:
        document = document_of(request)
        shown = {"article": read_article(archive, reviewer, document), "number": request.path_params["number"]}
        return page(request, "review_article.html", shown | {"query": request.url.query, **choices(archive)})


async def add(request: Request) -> Response:
    """Take an event that the machine has missed."""

    def write(archive: Archive, reviewer: str, form: FormData) -> Response:
        document = document_of(request)
        trigger = trigger_of(form, document)
        made = facts(form, document, trigger)
        uid = uid_of(document, made.type, trigger.span[0])
        if uid in uids_of(document):
            raise QueryError(f"The machine has a {made.type} at “{trigger.text}” already. Judge that one.")
        enter(archive, Review(kind="add", event=uid, document=document.id, facts=made, reviewer=reviewer, time=now(),
                              reason=given(form, "reason")))  # fmt: skip
        return RedirectResponse(f"/review/documents/{request.path_params['number']}{_query(form)}", 303)

    return await written(request, write)


def choices(archive: Archive) -> dict[str, object]:
    """Return what forms offer: types and modes that the archive knows, outlets, statuses, what is counted."""
    known = {"types": store.known(archive, "type"), "modes": store.known(archive, "mode")}
    return {**known, "outlets": store.known(archive, "outlet"), "statuses": STATUSES, "counted": COUNTED}


def _review(form: FormData, reviewer: str, uid: str, document: CodedDocument, had: Facts) -> Review:
    """Return what a form says of an event; what was edited into what it was is accepted."""
    kind = given(form, "kind")
    said = Review(
        kind="skip", event=uid, document=document.id, reviewer=reviewer, time=now(), reason=given(form, "reason")
    )
    match kind:
        case "edit":
            made = facts(form, document, had.trigger, had)
            return replace(said, kind="edit" if changed(had, made) else "accept", facts=made)
        case "accept" | "reject":
            return replace(said, kind=kind, facts=had)
        case "skip":
            return said
    raise QueryError("Say what you hold of it: accept, reject, edit or skip.")


def _wanted(request: Request) -> Wanted:
    reviewer = reviewer_of(request)
    if reviewer is None:
        raise HTTPException(403, "Say first who reviews: /review.")
    return wanted_of(reviewer, request.query_params.multi_items())


def _query(form: FormData, **place: str) -> str:
    """Return the queue that a form was sent from, as a query string, with a place in it."""
    kept = [(name, value) for name, value in parse_qsl(given(form, "query")) if name not in {"event", "way"}]
    said = urlencode([*kept, *place.items()])
    return f"?{said}" if said else ""
