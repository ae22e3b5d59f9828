"""The matcher of the hard sentences, on documents built by hand."""

import msgspec
import pytest

from byline.records import Actor, Attribution, CodedDocument, Count, Event, Interval, Mention, Toponym
from tests.matching import Expected, faults, find_words, head, is_named, told_as_happened

TEXT = "Colonel Ada Brink said police arrested nine of the dockers in Leeds on Sunday. She praised them."


def mention(words: str, actor: str | None = None) -> Mention:
    return Mention(span=find_words(words, TEXT), text=words, actor=actor)


def document(**changes: object) -> CodedDocument:
    """Return one arrest, said by a colonel; `changes` are to the event."""
    arrest = Event(
        id="e1",
        type="COERCE",
        trigger=mention("arrested"),
        status="actual",
        actors=(mention("police", "a1"),),
        recipients=(mention("nine of the dockers", "a2"),),
        toponyms=(0,),
        time=Interval(start="2011-05-01", end="2011-05-01", basis="text"),
        counts=(Count(what="arrested", low=9, high=9, span=find_words("nine", TEXT), text="nine"),),
        attributions=("s1",),
        evidence=(0, len(TEXT)),
        confidence=1.0,
    )
    brink = Actor(
        id="a3", name="Ada Brink", mentions=(find_words("Colonel Ada Brink", TEXT),), country=None, sector=None
    )
    said = Attribution(
        id="s1",
        source=mention("She", "a3"),
        cue=mention("said"),
        content=(find_words("police arrested nine", TEXT),),
        quoted="indirect",
        rule="test",
    )
    leeds = Toponym(
        span=find_words("Leeds", TEXT),
        text="Leeds",
        latitude=None,
        longitude=None,
        geonames_id=None,
        country=None,
        precision="place",
    )
    return CodedDocument(
        id="d",
        source="test",
        text=TEXT,
        actors=(brink,),
        attributions=(said,),
        toponyms=(leeds,),
        events=(msgspec.structs.replace(arrest, **changes),),
    )


def expected(**fields: object) -> Expected:
    return msgspec.convert({"trigger": "arrested", "type": ["COERCE"], "status": "actual", **fields}, Expected)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("three union leaders", "leader"),
        ("Yusuf Dare, leader of the Delta Volunteers", "dare"),
        ("soldiers of the Coastal Brigade", "soldier"),
        ("two of our lads", "lad"),
        ("More than 120 students", "student"),
        ("a couple of hundred tenants", "tenant"),
        ("tens of thousands of pensioners", "pensioner"),
        ("the lieutenant-governor", "governor"),
        ("the mayor’s brother", "brother"),
        ("the boss", "boss"),
        ("", ""),
    ],
)
def test_the_head_of_a_name_is_its_last_word_before_what_hangs_on_it(name: str, word: str) -> None:
    assert head(name) == word


def test_a_shared_word_that_is_no_head_is_no_match() -> None:
    assert not is_named("officials", ["official cars"])
    assert not is_named("army", ["army doctors"])


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "ongoing"},
        {"status": ["planned", "actual"]},
        {"type": ["ASSAULT", "COERCE"]},
        {"actors": ["officers|police"], "recipients": ["dockers"]},
        {"source": "Brink"},
        {"places": ["Bradford|leeds"]},
        {"time": ["2011-04-25", "2011-05-01"]},
        {"counts": {"arrested": [9, 9]}},
        {"counts": {"arrested": [5, 12]}},
    ],
)
def test_a_right_event_has_no_faults(fields: dict[str, object]) -> None:
    assert faults(expected(**fields), document()) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"status": "planned"}, "arrested: status: actual"),
        ({"type": ["ASSAULT"]}, "arrested: type: COERCE"),
        ({"actors": ["police", "soldiers"]}, "arrested: actors: [['police']]"),
        ({"recipients": ["strikers"]}, "arrested: recipients: [['nine of the dockers']]"),
        ({"source": None}, "arrested: source: ['She']"),
        ({"source": "police"}, "arrested: source: ['She']"),
        ({"places": ["Leeds", "Hull"]}, "arrested: places: ['Leeds']"),
        ({"trigger": "praised"}, "praised: no event"),
    ],
)
def test_a_wrong_field_is_named_with_what_was_found(fields: dict[str, object], fault: str) -> None:
    assert faults(expected(**fields), document()) == [fault]


@pytest.mark.parametrize(
    "fields",
    [
        {"time": ["2011-05-02", "2011-05-03"]},
        {"counts": {"arrested": [9, None]}},
        {"counts": {"arrested": [10, 12]}},
        {"counts": {"killed": [9, 9]}},
    ],
)
def test_another_day_or_number_is_one_fault(fields: dict[str, object]) -> None:
    assert len(faults(expected(**fields), document())) == 1


def test_an_event_without_a_source_is_the_documents_own() -> None:
    assert faults(expected(source=None), document(attributions=())) == []


def test_a_field_that_is_left_out_is_not_asked() -> None:
    assert faults(expected(), document(actors=(), toponyms=(), time=None, counts=())) == []


def test_words_are_told_as_happened_only_by_an_event_that_did() -> None:
    assert told_as_happened("arrested", document()) == ["COERCE"]
    assert told_as_happened("arrested", document(status="feared")) == []
    assert told_as_happened("praised", document()) == []


@pytest.mark.parametrize("words", ["Hull", "the"])
def test_words_that_do_not_stand_exactly_once_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="unpack"):
        find_words(words, "the dockers in the port")
