"""A digest: what is new in a period, told once to each who is to be told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from byline.digest.items import Digest
from byline.digest.period import period
from byline.digest.sending import Mail
from byline.errors import ConfigurationError, DeliveryError
from byline.run.digesting import Wanted, look, post, unknown, write, write_feed
from byline.store import Archive, Asked
from tests.digest.archives import come

NONE = Asked()
DESK = Mail(sender="byline@example.org", to=("desk@example.org",), server="mail.example.org")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.byline"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path, write=True) as opened:
        yield opened


def at(hour: int = 7, day: int = 5, since: str = "today", asked: Asked = NONE, *, again: bool = False) -> Wanted:
    now = datetime(2026, 1, day, hour, tzinfo=UTC)
    return Wanted(period(since, None, now), asked, now, again=again)


def told(digest: Digest) -> list[list[str]]:
    """Return what is new of each incident."""
    return [[f"{change.what} {change.text or ''}".strip() for change in item.changes] for item in digest.items]


class Post:
    """Takes the mails that are sent."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> list[str]:
        self.taken.append(message)
        return []


# What is new


def test_an_incident_that_came_in_the_period_is_new_with_who_says_so_in_which_words(
    path: Path, archive: Archive
) -> None:
    come(path, "2026-01-05", "three")
    (item,) = look(archive, at()).items
    assert [change.what for change in item.changes] == ["new", "killed"]
    new, killed = item.changes
    assert killed.text == "3"
    quote = killed.quotes[0]
    assert (quote.name, quote.outlet, quote.published) == ("the police", "The Courier", "2026-01-04")
    assert quote.sentence == (
        "Gunmen attacked a ferry at the harbour of Leeds on Sunday and killed three fishermen, the police said."
    )
    assert quote.url == "https://news.example/three?a=1&b=2"
    assert new.quotes == ()  # all that there is to quote is quoted for the toll


def test_what_nobody_tells_as_having_happened_says_so(path: Path, archive: Archive) -> None:
    come(path, "2026-01-05", "denial", "arrest")
    statuses = {item.incident.type: item.status for item in look(archive, at()).items}
    assert statuses["ASSAULT"] == "denied"
    assert statuses["COERCE"] is None


def test_what_came_before_the_period_is_not_new_however_late_it_happened(path: Path, archive: Archive) -> None:
    come(path, "2026-01-04", "three")
    assert look(archive, at()).items == ()
    assert told(look(archive, at(since="yesterday"))) == [["new", "killed 3"]]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("five", [["killed 5"]]),
        ("also", []),  # nothing that was not known
        ("denial", [["denied"]]),
    ],
)
def test_what_has_changed_since_the_period_began_is_told(
    path: Path, archive: Archive, name: str, changes: list[list[str]]
) -> None:
    come(path, "2026-01-04", "three")
    come(path, "2026-01-05", name)
    assert [one for one in told(look(archive, at())) if "new" not in one] == changes


def test_a_toll_that_rose_says_what_was_known_before_and_who_says_more(path: Path, archive: Archive) -> None:
    come(path, "2026-01-04", "three")
    come(path, "2026-01-05", "five")
    (item,) = look(archive, at()).items
    (killed,) = item.changes
    assert (killed.before, killed.text, [quote.name for quote in killed.quotes]) == (3, "5", ["the hospital"])


def test_who_contradicts_whom_is_quoted_with_what_each_says(path: Path, archive: Archive) -> None:
    come(path, "2026-01-05", "five", "also")
    (item,) = look(archive, at()).items
    (contested,) = [change for change in item.changes if change.what == "contested"]
    told = {(quote.name, quote.claim) for quote in contested.quotes}
    assert told == {("the harbour master", "killed: 3"), ("the hospital", "killed: 5")}


def test_who_denies_is_quoted(path: Path, archive: Archive) -> None:
    come(path, "2026-01-04", "three")
    come(path, "2026-01-05", "denial")
    (item,) = [one for one in look(archive, at()).items if not one.is_new]
    (denied,) = [change for change in item.changes if change.what == "denied"]
    assert [quote.name for quote in denied.quotes] == ["The army"]
    assert (denied.quotes[0].sentence or "").startswith("The army denied that gunmen had attacked a ferry")


def test_a_run_that_goes_over_midnight_is_of_both_days(path: Path, archive: Archive) -> None:
    come(path, "2026-01-04", "three", finished=False)
    assert len(look(archive, at()).items) == 1
    come(path, "2026-01-05", "arrest")  # the one before had ended by then
    assert len(look(archive, at(day=6)).items) == 0


def test_the_filters_are_those_of_incidents(path: Path, archive: Archive) -> None:
    come(path, "2026-01-05", "three", "arrest")
    assert len(look(archive, at()).items) == 2
    (item,) = look(archive, at(asked=Asked(country="prt"))).items
    assert item.incident.country == "PRT"
    assert look(archive, at(asked=Asked(min_sources=2))).items == ()
    with pytest.raises(ConfigurationError, match="cannot be looked for"):
        look(archive, at(asked=Asked(text='"')))


# Told once


def test_what_was_written_once_is_not_written_again(path: Path, archive: Archive, tmp_path: Path) -> None:
    come(path, "2026-01-05", "three")
    assert len(write(archive, at(), tmp_path / "one.html").items) == 1
    assert write(archive, at(hour=8), tmp_path / "two.html").items == ()
    assert not (tmp_path / "two.html").exists()
    assert write(archive, at(day=6, since="yesterday"), tmp_path / "one.html").items == ()
    assert "Gunmen" in (tmp_path / "one.html").read_text("utf-8")


def test_again_tells_it_again(path: Path, archive: Archive, tmp_path: Path) -> None:
    come(path, "2026-01-05", "three")
    write(archive, at(), tmp_path / "one.txt")
    assert len(write(archive, at(again=True), tmp_path / "two.txt").items) == 1
    assert (tmp_path / "one.txt").read_bytes() == (tmp_path / "two.txt").read_bytes()


def test_only_what_is_new_since_is_told_of_what_was_told(path: Path, archive: Archive, tmp_path: Path) -> None:
    come(path, "2026-01-05", "three")
    write(archive, at(hour=4), tmp_path / "a.txt")
    come(path, "2026-01-05", "five", "also")
    assert told(write(archive, at(hour=5), tmp_path / "a.txt")) == [["killed 5", "contested"]]
    assert told(write(archive, at(hour=6), tmp_path / "a.txt")) == []


def test_an_incident_that_gets_another_id_is_not_told_again(path: Path, archive: Archive, tmp_path: Path) -> None:
    come(path, "2026-01-05", "five")
    (before,) = write(archive, at(hour=4), tmp_path / "a.txt").items
    come(path, "2026-01-05", "three")  # published a day earlier: the incident is called by it
    (after,) = look(archive, at(hour=5)).items
    assert after.incident.id != before.incident.id
    assert told(write(archive, at(hour=5), tmp_path / "a.txt")) == []


def test_each_series_is_told_on_its_own(path: Path, archive: Archive, tmp_path: Path) -> None:
    come(path, "2026-01-05", "three", "arrest")
    box = Post()
    assert len(write(archive, at(asked=Asked(country="PRT")), tmp_path / "a.txt").items) == 1
    assert len(write(archive, at(), tmp_path / "a.txt").items) == 2
    assert len(post(archive, at(), DESK, box.send)[0].items) == 2
    others = Mail(sender="byline@example.org", to=("editor@example.org",), server="mail.example.org")
    assert len(post(archive, at(), others, box.send)[0].items) == 2
    assert len(box.taken) == 2


def test_what_cannot_be_written_is_not_noted(path: Path, archive: Archive, tmp_path: Path) -> None:
    come(path, "2026-01-05", "three")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        write(archive, at(), tmp_path / "nowhere" / "a.txt")
    assert len(write(archive, at(), tmp_path / "a.txt").items) == 1


# By mail


def test_a_mail_is_sent_once(path: Path, archive: Archive) -> None:
    come(path, "2026-01-05", "three")
    box = Post()
    post(archive, at(), DESK, box.send)
    post(archive, at(hour=8), DESK, box.send)
    (message,) = box.taken
    assert message["Subject"] == "Byline: 1 new incident"


def test_one_that_was_surely_not_sent_is_sent_the_next_time(path: Path, archive: Archive) -> None:
    def refuse(_: EmailMessage) -> list[str]:
        raise DeliveryError("No.")

    come(path, "2026-01-05", "three")
    with pytest.raises(DeliveryError):
        post(archive, at(), DESK, refuse)
    box = Post()
    assert unknown(archive, at(), DESK) == []
    post(archive, at(hour=8), DESK, box.send)
    assert len(box.taken) == 1


def test_one_that_may_have_been_sent_is_never_sent_again_and_that_is_said(path: Path, archive: Archive) -> None:
    def lose(_: EmailMessage) -> list[str]:
        raise DeliveryError("Nobody knows.", unknown=True)

    come(path, "2026-01-05", "three")
    with pytest.raises(DeliveryError):
        post(archive, at(), DESK, lose)
    box = Post()
    assert unknown(archive, at(), DESK) == []  # it was said already
    post(archive, at(hour=8), DESK, box.send)
    assert box.taken == []


def test_after_a_crash_while_it_was_sent_it_is_not_sent_again_and_that_is_said_once(
    path: Path, archive: Archive
) -> None:
    class _CrashError(Exception):
        pass

    def crash(_: EmailMessage) -> list[str]:
        raise _CrashError

    come(path, "2026-01-05", "three")
    with pytest.raises(_CrashError):
        post(archive, at(), DESK, crash)
    box = Post()
    assert [one.begun for one in unknown(archive, at(hour=8), DESK)] == ["2026-01-05T07:00:00+00:00"]
    assert unknown(archive, at(hour=9), DESK) == []
    post(archive, at(hour=9), DESK, box.send)
    assert box.taken == []
    post(archive, at(hour=9, again=True), DESK, box.send)
    assert len(box.taken) == 1


# As a feed


def test_a_feed_keeps_what_it_told_and_adds_what_is_new(path: Path, archive: Archive, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    come(path, "2026-01-04", "three")
    assert write_feed(archive, at(day=4), feed) == 1
    first = feed.read_bytes()
    assert write_feed(archive, at(day=4, hour=9), feed) == 0
    assert feed.read_bytes() == first
    come(path, "2026-01-05", "five", "arrest")
    assert write_feed(archive, at(since="yesterday"), feed) == 2
    assert feed.read_text("utf-8").count("<entry>") == 3
    assert write_feed(archive, at(day=6, since="yesterday"), feed) == 0
    assert feed.read_text("utf-8").count("<entry>") == 2  # that of the fourth is out of the period
