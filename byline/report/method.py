"""The note on method: what was read, coded with what, counted how, and what it cannot tell."""

from collections import Counter
from collections.abc import Sequence

from byline.report.records import Section
from byline.report.tables import RULES
from byline.report.wording import WORDS, days, many
from byline.store import Archive, EditionSummary, failures
from byline.store.totals import read


def method(archive: Archive, coded: Sequence[EditionSummary], *, roles: bool) -> tuple[Section, ...]:
    """Return the sections of the note; `coded` are the editions, `roles`: names of private persons are covered."""
    told = {
        "read": _read(archive),
        "failures": _failures(archive),
        "rules": "; ".join(f"{rule['name']} ({rule['means']})" for rule in RULES.values()),
        "people": WORDS["people"]["roles" if roles else "names"],
    }
    return tuple(
        Section(title=part["title"], paragraphs=tuple(p for text in part["text"] for p in _filled(text, told, coded)))
        for part in WORDS["method"]
    )


def _filled(text: str, told: dict[str, str], coded: Sequence[EditionSummary]) -> list[str]:
    """Return a paragraph with its gaps filled; one about an edition for each."""
    if "{edition}" in text:
        return [text.format(edition=one.id, **one.to_dict()) for one in coded if one.documents]
    return [text.format(**told)]


def _read(archive: Archive) -> str:
    found = read(archive)
    when = f", published {days(found.first, found.last)}" if found.first else ""
    copies = f"{found.copies:,} of them copy another" if found.copies else "none of them is known to copy another"
    whose = many(found.outlets, "named outlet")
    return f"The archive holds {many(found.documents, 'text')} of {whose}{when}; {copies}."


def _failures(archive: Archive) -> str:
    kinds = Counter(failure.kind for failure in failures(archive))
    if not kinds:
        return "Everything that was given could be read and coded."
    listed = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items()))
    return f"{many(sum(kinds.values()), 'source')} could not be read or coded, and what they tell is missing: {listed}."
