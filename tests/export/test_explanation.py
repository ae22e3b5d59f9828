"""How an event came about, as a person reads it."""

import io

from rich.console import Console

import byline
from byline.export.explanation import explain


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
