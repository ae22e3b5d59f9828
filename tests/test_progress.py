"""What a progress bar says, and where."""

import pytest

from byline.progress import with_progress


@pytest.mark.parametrize(("total", "what"), [(2, "linking"), (3, "coding")])
def test_when_all_have_come_it_says_what_is_still_to_be_done(
    total: int, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(with_progress(iter("ab"), total, "coding", then="linking")) == ["a", "b"]
    shown = capsys.readouterr()
    assert what in shown.err.splitlines()[-1]
    assert shown.out == ""
