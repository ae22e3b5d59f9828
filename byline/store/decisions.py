"""Decisions of reviewers in the archive: one after the other, none changed, each tied to the one before it."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from byline.errors import ConfigurationError
from byline.records import Decision, DecisionKind, Record
from byline.store import chain
from byline.store.archive import Archive

_KNOWN = "SELECT 1 FROM decisions WHERE id = ?"
Standing = Literal["in force", "undone"]


class Decided(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A decision as it stands in an archive; `missing` are the uids that no event of the archive has now."""

    number: int
    id: str
    kind: DecisionKind
    events: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    undoes: str | None = None
    reviewer: str
    time: str
    reason: str
    standing: Standing
    missing: tuple[str, ...] = ()


def add_decision(archive: Archive, decision: Decision) -> bool:
    """Enter a decision inside of `Archive.batch`; False if it is there already.

    ConfigurationError if it undoes one that is not there.
    """
    if archive.execute(_KNOWN, (decision.id,)).fetchone():
        return False
    if decision.undoes and not archive.execute(_KNOWN, (decision.undoes,)).fetchone():
        raise ConfigurationError(
            f"{archive.path} has no decision {decision.undoes}. List them: byline decisions {archive.path}"
        )
    row = {name: getattr(decision, name) for name in ("id", "kind", "reviewer", "time", "reason")}
    chain.add(archive, "decisions", decision, row)
    return True


def decisions(archive: Archive) -> list[Decided]:
    """Return all decisions, the first first, each with how it stands."""
    found = list(_read(archive))
    undone = _undone([decision for _, decision in found])
    return [_decided(archive, number, decision, decision.id in undone) for number, decision in found]


def in_force(archive: Archive) -> list[Decision]:
    """Return the decisions that hold, in the order of their time, without those that are undone or undo others."""
    found = sorted((decision for _, decision in _read(archive)), key=lambda d: (d.time, d.id))
    undone = _undone(found)
    return [d for d in found if d.kind != "undo" and d.id not in undone]


def named_by(archive: Archive, decision: Decision) -> set[str]:
    """Return the uids of the events that a decision is about: of one that undoes another, those of that one."""
    if decision.undoes is None:
        return {*decision.events, *decision.others}
    found = archive.execute("SELECT record FROM decisions WHERE id = ?", (decision.undoes,)).fetchone()
    return named_by(archive, msgspec.json.decode(found[0], type=Decision))


def faults(archive: Archive) -> list[str]:
    """Return what shows that decisions were changed or taken out behind Byline's back; nothing if all is well."""
    return list(chain.faults(archive, "decisions", Decision))


def _read(archive: Archive) -> Iterator[tuple[int, Decision]]:
    for number, record in archive.execute("SELECT number, record FROM decisions ORDER BY number"):
        yield number, msgspec.json.decode(record, type=Decision)


def _undone(found: list[Decision]) -> set[str]:
    """Return the ids of decisions that are undone by one which is not undone itself."""
    undoing: dict[str, list[str]] = {}
    for decision in found:
        if decision.undoes:
            undoing.setdefault(decision.undoes, []).append(decision.id)

    def is_undone(decision: str) -> bool:
        return any(not is_undone(other) for other in undoing.get(decision, ()))

    return {decision.id for decision in found if is_undone(decision.id)}


def _decided(archive: Archive, number: int, decision: Decision, is_undone: bool) -> Decided:  # noqa: FBT001
    named = (*decision.events, *decision.others)
    known = "SELECT 1 FROM events WHERE uid = ?"
    return Decided(
        number=number,
        id=decision.id,
        **msgspec.structs.asdict(decision),
        standing="undone" if is_undone else "in force",
        missing=tuple(uid for uid in named if not archive.execute(known, (uid,)).fetchone()),
    )
