"""What reviewers decide about incidents: put in the terms of events, entered, and applied at once."""

from collections.abc import Iterable, Sequence

from byline.errors import ConfigurationError
from byline.records import Decision, DecisionKind
from byline.run.linking import link
from byline.store import Archive, add_decision, incident_of, linkage, named_by, reports_of_event, reports_of_incident


def decision(
    archive: Archive, kind: DecisionKind, ids: Sequence[str], *, reviewer: str, reason: str, time: str
) -> Decision:
    """Return a decision by what is shown to a reviewer: ids of incidents or events, or of the decision to undo.

    It names reports, each by its first event. `merge` is about all reports of the incidents; `split` about those
    with the events and the others of their incident; `exclude` about those with the events. ConfigurationError if
    there is no such event or decision, or the ids do not go with the kind.
    """
    _check(kind, ids)
    events: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    if kind == "merge":
        first, *rest = (reports_of_incident(archive, incident_of(archive, i)) for i in ids)
        events, others = tuple(first), tuple(uid for group in rest for uid in group if uid not in first)
        if not others:
            raise ConfigurationError(f"{' and '.join(ids)} are one incident already.")
    elif kind != "undo":
        events = tuple(dict.fromkeys(uid for i in ids for uid in reports_of_event(archive, i)))
    if kind == "split":
        others = _rest(archive, events)
    undoes = ids[0] if kind == "undo" else None
    return Decision(kind=kind, events=events, others=others, undoes=undoes, reviewer=reviewer, time=time, reason=reason)


def correct(
    archive: Archive, kind: DecisionKind, ids: Sequence[str], *, reviewer: str, reason: str, time: str
) -> Decision:
    """Make a `decision` and enter it; ConfigurationError as theirs."""
    made = decision(archive, kind, ids, reviewer=reviewer, reason=reason, time=time)
    decide(archive, [made])
    return made


def decide(archive: Archive, decisions: Iterable[Decision]) -> list[Decision]:
    """Enter decisions that the archive does not have, and link anew what they are about; return those entered.

    ConfigurationError if one undoes a decision that is not there: then none is entered.
    """
    with archive.batch():
        new = [one for one in decisions if add_decision(archive, one)]
        linkage.unlink(archive, {uid for one in new for uid in named_by(archive, one)})
    link(archive)
    return new


def _check(kind: DecisionKind, ids: Sequence[str]) -> None:
    if kind == "merge" and len(ids) < 2:  # noqa: PLR2004 -- two are the fewest that can be one
        raise ConfigurationError("To merge takes two ids or more: byline correct ARCHIVE merge ID ID --reason TEXT")
    if not ids or (kind == "undo" and len(ids) > 1):
        one = "one decision's id" if kind == "undo" else "the ids of events"
        raise ConfigurationError(f"To {kind} takes {one}: byline correct ARCHIVE {kind} ID --reason TEXT")


def _rest(archive: Archive, events: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other reports of the incident that these are all of."""
    incidents = sorted({incident_of(archive, uid) for uid in events})
    if len(incidents) > 1:
        raise ConfigurationError(f"The events are of several incidents: {', '.join(incidents)}. Split one at a time.")
    others = tuple(uid for uid in reports_of_incident(archive, incidents[0]) if uid not in events)
    if not others:
        raise ConfigurationError(f"These are all reports of {incidents[0]}: name those that are of another happening.")
    return others
