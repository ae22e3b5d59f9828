"""Review over HTTP: who may write what, and what becomes of it. All of it works without script."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from byline.lookup import uids_of
from byline.records import CodedDocument
from byline.reviews import Review, facts_of
from byline.store import Archive, Queue, decisions, judgements, queued, reviews
from tests.helpers import demo
from tests.web import hostile
from tests.web.conftest import FEW
from tests.web.server import Answer, Client, archive_of, served

DOCUMENTS = demo()[:FEW]
ADA, BEN = "Ada Quill", "Ben Marsh"


class Reviewer(Client):
    """A client who has said who reviews."""

    def __init__(self, address: str, name: str = ADA) -> None:
        super().__init__(address)
        self._token = self.token("/review")
        assert self.send("/review/reviewer", name=name).status == 303

    def send(self, path: str, **form: str) -> Answer:
        return self.post(path, {"token": self._token, **form})


def held(path: Path) -> list[Review]:
    with Archive.open(path) as archive:
        return judgements(archive)


def first(path: Path, name: str = ADA) -> str:
    with Archive.open(path) as archive:
        return queued(archive, Queue(name), 0, 1)[0].uid


def of(uid: str) -> tuple[CodedDocument, int]:
    return next((d, uids_of(d).index(uid)) for d in DOCUMENTS if uid in uids_of(d))


def editing(uid: str, **changed: str) -> dict[str, str]:
    """Return the form of an event as the page has it, with some fields changed."""
    document, number = of(uid)
    facts = facts_of(document, document.events[number])
    lists = {name: "\n".join(m.text for m in getattr(facts, name)) for name in ("actors", "recipients", "places")}
    plain = {"type": facts.type, "mode": facts.mode or "", "status": facts.status}
    return {"kind": "edit", **plain, **lists, "start": facts.start or "", "end": facts.end or "", **changed}


def test_who_reviews_is_asked_first(where: str) -> None:
    client = Client(where)
    assert "Your name" in client.get("/review").text
    assert client.get("/review.json").status == 403
    token = client.token("/review")
    assert client.post("/review/events/u1", {"token": token, "kind": "accept"}).status == 403


def test_nothing_is_written_without_the_token_of_the_session(where: str, path: Path) -> None:
    client = Reviewer(where)
    answer = client.post(f"/review/events/{first(path)}", {"kind": "accept"})
    assert answer.status == 403
    assert "another session" in answer.text
    assert held(path) == []


def test_a_read_only_archive_is_not_reviewed(path: Path) -> None:
    with served(path, read_only=True) as address:
        client = Client(address)
        assert "/review" not in client.get("/").text
        for found in (
            client.get("/review"),
            client.get("/review.json", Accept="application/json"),
            client.post(f"/review/events/{first(path)}", {"kind": "accept"}),
        ):
            assert found.status == 403
            assert "reading only" in found.text
    assert held(path) == []


def test_the_least_sure_is_first_and_judging_leads_to_the_next(where: str, path: Path) -> None:
    client, uid = Reviewer(where), first(path)
    assert f"/review/events/{uid}" in client.get("/review").text
    answer = client.send(f"/review/events/{uid}", kind="accept", reason="as it says")
    assert answer.status == 303
    assert f"event={uid}" in answer.headers["location"]
    following = client.get(answer.headers["location"])
    assert following.headers["location"] == f"/review?event={first(path)}"
    (review,) = held(path)
    assert (review.kind, review.event, review.reviewer, review.reason) == ("accept", uid, ADA, "as it says")
    document, number = of(uid)
    assert review.facts == facts_of(document, document.events[number])


def test_progress_is_told_on_the_page_and_as_data(where: str, path: Path) -> None:
    client = Reviewer(where)
    client.send(f"/review/events/{first(path)}", kind="reject")
    client.send(f"/review/events/{first(path)}", kind="skip")
    total = sum(len(d.events) for d in DOCUMENTS)
    assert f"<b>1</b> of {total} judged, 1 skipped" in client.get("/review").text
    data = client.get("/review.json").json()
    assert (data["judged"], data["skipped"], data["total"]) == (1, 1, total)
    assert client.get("/review.csv").text.count("\n") == total - 2 + 1


def test_an_edit_holds_the_fields_with_their_words(where: str, path: Path) -> None:
    client, uid = Reviewer(where), first(path)
    document, number = of(uid)
    word = document.text[slice(*document.body[0])].split()[0].strip("“,.")
    count = {"count_what": "killed", "count_low": "3", "count_high": "", "count_words": word}
    form = editing(uid, type="CONSULT", actors=word, start="2006-03", end="", **count)
    assert client.send(f"/review/events/{uid}", **form).status == 303
    (review,) = held(path)
    assert review.facts is not None
    assert (review.kind, review.facts.type) == ("edit", "CONSULT")
    assert (review.facts.start, review.facts.end) == ("2006-03-01", "2006-03-31")
    (actor,) = review.facts.actors
    assert document.text[slice(*actor.span)] == actor.text == word
    (found,) = review.facts.counts
    assert (found.what, found.low, found.high, found.text) == ("killed", 3, None, word)
    assert review.facts.trigger.span == document.events[number].trigger.span


def test_an_edit_that_changes_nothing_accepts(where: str, path: Path) -> None:
    uid = next(u for d in DOCUMENTS for u, e in zip(uids_of(d), d.events, strict=True) if not e.counts)
    assert Reviewer(where).send(f"/review/events/{uid}", **editing(uid)).status == 303
    assert [review.kind for review in held(path)] == ["accept"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"actors": "nobody of this name"}, "does not stand in the article"),
        ({"type": "<b>"}, "Give a name"),
        ({"status": "maybe"}, "It is one of"),
        ({"start": "soon"}, "Give a day"),
        ({"start": "2006-03-02", "end": "2006-03-01"}, "the second is earlier"),
        ({"count_what": "killed", "count_low": "many", "count_high": "", "count_words": "a"}, "Give a whole number"),
        ({"count_what": "killed", "count_low": "4", "count_high": "3", "count_words": "a"}, "the second is less"),
        ({"kind": "praise"}, "Say what you hold of it"),
    ],
)
def test_what_has_no_meaning_is_refused(where: str, path: Path, changed: dict[str, str], message: str) -> None:
    uid = first(path)
    answer = Reviewer(where).send(f"/review/events/{uid}", **editing(uid, **changed))
    assert answer.status == 400
    assert message in answer.text
    assert held(path) == []


def test_an_event_that_is_not_there_is_not_judged(where: str) -> None:
    assert Reviewer(where).send("/review/events/u0", kind="accept").status == 404


def test_undo_takes_back_the_last_and_shows_it_again(where: str, path: Path) -> None:
    client, uid = Reviewer(where), first(path)
    client.send(f"/review/events/{uid}", kind="reject")
    answer = client.send("/review/undo")
    assert answer.headers["location"] == f"/review?event={uid}"
    assert held(path) == []
    with Archive.open(path) as archive:
        assert [one.review.kind for one in reviews(archive)] == ["reject", "undo"]
    assert client.send("/review/undo").status == 400


def test_the_queue_keeps_its_filter(where: str) -> None:
    client = Reviewer(where)
    kind = DOCUMENTS[0].events[0].type
    shown = client.get(f"/review?type={kind}&order=time").text
    uid = re.findall(r"/review/events/(\w+)", shown)[0]
    answer = client.send(f"/review/events/{uid}", kind="skip", query=f"type={kind}&order=time&event=u9")
    assert answer.headers["location"] == f"/review?type={kind}&order=time&event={uid}&way=next"
    assert client.get("/review?order=whatever").status == 400
    assert client.get("/review?colour=red").status == 400


def test_a_missed_event_is_added_where_its_words_stand(where: str, path: Path) -> None:
    client, document = Reviewer(where), DOCUMENTS[0]
    words = document.text[slice(*document.body[-1])].split()[-1].strip("”.")
    at = document.text.rindex(words)
    form = {"words": words, "at": str(at), "type": "SUPPORT", "status": "actual", "actors": "", "recipients": ""}
    assert client.send("/review/documents/1", **form).headers["location"] == "/review/documents/1"
    (review,) = held(path)
    assert (review.kind, review.document) == ("add", document.id)
    assert review.facts is not None
    assert review.facts.trigger.span == (at, at + len(words))
    assert "added by you" in client.get("/review/documents/1").text


def test_what_the_machine_has_is_not_added(where: str, path: Path) -> None:
    event = DOCUMENTS[0].events[0]
    form = {"words": event.trigger.text, "at": str(event.trigger.span[0]), "type": event.type, "status": "actual"}
    answer = Reviewer(where).send("/review/documents/1", **form)
    assert answer.status == 400
    assert "already" in answer.text
    assert held(path) == []


def test_a_second_reviewer_does_not_see_what_the_first_said(where: str, path: Path) -> None:
    uid = first(path)
    Reviewer(where).send(f"/review/events/{uid}", kind="reject", reason="a quarrel of words")
    client = Reviewer(where, BEN)
    shown = client.get("/review?double=yes").text
    assert f"/review/events/{uid}" in shown
    assert "of 1 judged" in shown
    assert "quarrel" not in shown
    assert ADA not in shown


def test_what_two_differ_on_is_settled_by_a_third(where: str, path: Path) -> None:
    uid = first(path)
    Reviewer(where).send(f"/review/events/{uid}", kind="reject")
    Reviewer(where, BEN).send(f"/review/events/{uid}", kind="accept")
    client = Reviewer(where, "Cleo Hart")
    assert "accept or reject" in client.get("/review/differences").text
    (reject, accept) = held(path)
    assert client.send(f"/review/differences/{uid}", take=accept.id).status == 400  # without a reason
    assert client.send(f"/review/differences/{uid}", take=accept.id, reason="the lede says so").status == 303
    assert "settled: accept" in client.get("/review/differences").text
    settled = held(path)[-1]
    assert (settled.kind, settled.verdict, settled.facts) == ("adjudicate", "accept", accept.facts)
    assert held(path)[:2] == [reject, accept]
    assert client.send("/review/differences/u0", take="reject", reason="none").status == 404


def test_agreement_is_a_page_and_data(where: str, path: Path) -> None:
    uid = first(path)
    client = Reviewer(where)
    assert "Nobody has judged" in client.get("/review/agreement").text
    for one in (client, Reviewer(where, BEN)):
        one.send(f"/review/events/{uid}", kind="accept")
    assert "Krippendorff" in client.get("/review/agreement").text
    rows = client.get("/review/agreement.json").text
    assert '"field":"accept or reject","events":1,"same":1' in rows
    _, row, *_ = client.get("/review/agreement.csv").text.splitlines()
    assert row.startswith("Ada Quill; Ben Marsh,accept or reject,1,1")


def test_decisions_are_a_page_and_data_and_formulas_are_guarded(where: str, path: Path) -> None:
    client = Reviewer(where)
    client.send(f"/review/events/{first(path)}", kind="reject", reason="=1+1 <script>alert(1)</script>")
    shown = client.get("/review/decisions").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    assert "'=1+1" in client.get("/review/decisions.csv").text
    assert '"kind":"reject"' in client.get("/review/decisions.json").text


def test_what_cannot_be_written_is_told(where: str, path: Path) -> None:
    uid, client = first(path), Reviewer(where)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE reviews")
    answer = client.send(f"/review/events/{uid}", kind="accept")
    assert answer.status == 503
    assert "cannot be written" in answer.text


def test_an_incident_is_split_and_merged_again(where: str, path: Path) -> None:
    with Archive.open(path) as archive:
        query = "SELECT max(uid) FROM reports GROUP BY incident HAVING count(DISTINCT uid) > 1"
        found = archive.execute(query).fetchone()
        (incident,) = archive.execute("SELECT incident FROM reports WHERE uid = ?", found or ("",)).fetchone() or ("",)
    assert found, "the demo archive has an incident of two reports"
    client = Reviewer(where)
    assert client.send(f"/review/incidents/{found[0]}", kind="split").status == 400  # without a reason
    assert client.send(f"/review/incidents/{found[0]}", kind="split", reason="another day").status == 303
    assert client.send(f"/review/incidents/{found[0]}", kind="merge", other=incident, reason="the same").status == 303
    with Archive.open(path) as archive:
        assert [(d.kind, d.reviewer) for d in decisions(archive)] == [("split", ADA), ("merge", ADA)]


def test_text_that_means_harm_is_text_in_review(tmp_path: Path) -> None:
    with served(archive_of(tmp_path / "hostile.byline", hostile.DOCUMENTS)) as address:
        client = Reviewer(address, "<b>\u202eEve</b>")
        found = [
            client.get("/review"),
            *(client.get(f"/review/documents/{n + 1}") for n in range(len(hostile.DOCUMENTS))),
        ]
        assert {answer.status for answer in found} == {200}
        for answer in found:
            assert not re.search(r"<script>|<img|<svg onload|<b>\u202e", answer.text)


def test_a_number_that_is_too_large_for_a_row_is_none(where: str) -> None:
    assert Reviewer(where).get(f"/review/documents/{'9' * 30}").status == 404
