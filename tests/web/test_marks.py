"""A text cut at the ends of its marks."""

from hypothesis import given
from hypothesis import strategies as st

from byline.web.marks import Mark, Segment, segments

TEXT = "The guard fired twice on the quay."
Spans = st.tuples(st.integers(-3, 40), st.integers(0, 40)).map(sorted).filter(lambda s: s[0] < s[1])
Marks = st.lists(Spans.map(lambda s: Mark(*s, "event", "e1")), max_size=8)
Inside = st.tuples(st.integers(0, 34), st.integers(0, 34)).map(sorted)


@given(marks=Marks, span=Inside)
def test_segments_make_up_the_text(marks: list[Mark], span: list[int]) -> None:
    start, end = span
    assert "".join(s.text for s in segments(TEXT, (start, end), marks)) == TEXT[start:end]


@given(marks=Marks, span=Inside)
def test_each_mark_covers_its_words_and_no_others(marks: list[Mark], span: list[int]) -> None:
    start, end = span
    at = start
    for segment in segments(TEXT, (start, end), marks):
        stop = at + len(segment.text)
        assert set(segment.marks) == {m for m in marks if m.start < stop and m.end > at}
        at = stop


@given(marks=Marks, span=Inside)
def test_each_mark_begins_and_ends_once(marks: list[Mark], span: list[int]) -> None:
    start, end = span
    found = list(segments(TEXT, (start, end), marks))
    inside = [m for m in marks if start < end and m.start < end and m.end > start]
    assert sorted(m for s in found for m in s.begins) == sorted(inside)
    assert sorted(m for s in found for m in s.ends) == sorted(inside)


def test_overlapping_marks_share_a_segment() -> None:
    one, other = Mark(4, 15, "said", "s1"), Mark(10, 21, "trigger", "e1")
    assert list(segments(TEXT, (0, 25), [one, other])) == [
        Segment("The ", (), (), ()),
        Segment("guard ", (one,), (one,), ()),
        Segment("fired", (one, other), (other,), (one,)),
        Segment(" twice", (other,), (), (other,)),
        Segment(" on ", (), (), ()),
    ]
