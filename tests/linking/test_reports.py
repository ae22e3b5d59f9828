"""What one document says of one happening, written out for comparison with other documents."""

import msgspec

from byline.linking.reports import Report, reports_of
from byline.lookup import Index, uids_of
from tests.helpers import demo


def test_each_incident_is_a_report_with_its_events() -> None:
    for document in demo():
        found = [(r.incident, tuple(t.event for t in r.tellings)) for r in reports_of(document)]
        assert found == [(i.id, i.events) for i in document.incidents]


def test_a_report_bears_the_id_of_its_first_event() -> None:
    for document in demo():
        uids = dict(zip((e.id for e in document.events), uids_of(document), strict=True))
        assert [r.id for r in reports_of(document)] == [uids[i.events[0]] for i in document.incidents]


def test_voices_are_those_of_the_event() -> None:
    told = 0
    for document in demo():
        index = Index(document)
        events = {e.id: e for e in document.events}
        for telling in (t for r in reports_of(document) for t in r.tellings):
            names = [v.source.name if v.source else None for v in telling.voices]
            said = [index.attributions[i].source for i in events[telling.event].attributions]
            assert names == [index.name(s) if s else None for s in said]
            told += len(names)
    assert told


def test_words_of_parties_and_places_are_quoted() -> None:
    for document in demo():
        for telling in (t for r in reports_of(document) for t in r.tellings):
            assert all(document.text[slice(*p.span)] == p.text for p in (*telling.actors, *telling.recipients))


def test_a_copy_names_its_original() -> None:
    copies = [d for d in demo() if d.copy]
    assert copies
    assert {r.original for d in copies for r in reports_of(d)} <= {d.id for d in demo()}


def test_a_report_survives_json() -> None:
    reports = [r for d in demo() for r in reports_of(d)]
    assert reports
    assert [msgspec.json.decode(r.to_json(), type=Report) for r in reports] == reports
