"""How an event came about, as a person reads it."""

import io

import msgspec
from rich.console import Console

import byline
from byline.export.explanation import explain
from byline.records import Interval


def explained(text: str) -> str:
    document = byline.code(text, published="2011-05-03")
    console = Console(file=io.StringIO(), width=200, color_system=None)
    console.print(explain(document, document.events[0]))
    shown: str = console.file.getvalue()  # type: ignore[attr-defined]
    return shown


def test_places_of_the_same_name_are_shown_as_rejected() -> None:
    row = next(line for line in explained("Police arrested three men in Leeds.").splitlines() if "toponyms" in line)
    assert "Leeds" in row
    assert "pop." in row


def test_the_words_that_settle_the_status_are_shown() -> None:
    row = next(line for line in explained("The army denied attacking the crowd.").splitlines() if "status" in line)
    assert "asserted" in row


def test_a_claimed_event_shows_its_voice_and_cue() -> None:
    shown = explained("Soldiers burned the market, a witness said.")
    assert "says who" in shown
    assert "cue “said”" in shown


def test_the_outlets_own_voice_is_named() -> None:
    assert "the outlet itself" in explained("Soldiers burned the market.")


def test_the_toll_of_the_incident_is_shown_with_its_words() -> None:
    shown = explained("Gunmen shot two farmers. Both farmers died. The attack killed two people.")
    assert "incident i1" in shown
    assert "killed 2 to 2" in shown


def test_an_event_that_hurt_nobody_shows_no_toll() -> None:
    assert "incident i1" not in explained("Police arrested three men in Leeds.")


def published_row(**known: object) -> str:
    document = msgspec.structs.replace(byline.code("Police arrested three men in Leeds."), **known)
    console = Console(file=io.StringIO(), width=900, color_system=None)
    console.print(explain(document, document.events[0]))
    shown: str = console.file.getvalue()  # type: ignore[attr-defined]
    return next(line for line in shown.splitlines() if "published" in line)


def test_the_day_of_publication_is_shown_with_its_basis_and_how_others_differ() -> None:
    days = [("2011-05-03", "metadata"), ("2011-05-02", "url"), ("2011-05-03", "dateline"), ("2011-07-01", "updated")]
    dates = [Interval(start=day, end=day, basis=basis) for day, basis in days]
    dates.append(Interval(start="2011-05-01", end="2011-05-31", precision="month", basis="text"))
    row = published_row(published=dates[0], dates=tuple(dates))
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells[:3] == ["published", "2011-05-03", "metadata"]
    assert cells[4].startswith("2011-05-02 (url), earlier by 1 day; 2011-05-03 (dateline), the same;")


def test_days_that_were_refused_say_why() -> None:
    late = Interval(start="2012-05-03", end="2012-05-03", basis="text")
    retrieved = Interval(start="2011-05-03", end="2011-05-03", basis="given")
    row = published_row(published=None, dates=(late,), retrieved=retrieved)
    assert "nothing tells when the document appeared" in row
    assert "2012-05-03 (text), after the page" in row


def test_the_words_of_the_day_are_shown() -> None:
    day = Interval(start="2011-05-03", end="2011-05-03", basis="text", span=(0, 6))
    assert "Police" in published_row(published=day, dates=(day,))
