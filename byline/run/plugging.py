"""What is plugged into coding: places for the gazetteer; finders, whose findings are checked before they are kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from byline.coding.places.gazetteer import Gazetteer
from byline.errors import ConfigurationError, DocumentError
from byline.language.parsed import Parsed
from byline.plugged import Plugin, plugins
from byline.records import Actor, Attribution, CodedDocument, Count, Event, Incident, Mention, Timex, Toponym

if TYPE_CHECKING:
    from byline.plugins import Finding

_FIELDS: dict[type, str] = {
    Event: "events",
    Attribution: "attributions",
    Actor: "actors",
    Toponym: "toponyms",
    Timex: "timexes",
}


def gazetteer() -> Gazetteer:
    """Return Byline's gazetteer with the places of plug-ins; ConfigurationError if they are none."""
    found = Gazetteer.load()
    for plugin in plugins("byline.gazetteers"):
        try:
            found = found.with_places(plugin.load()())
        except ConfigurationError:
            raise
        except Exception as error:
            raise ConfigurationError(plugin.mistake(error)) from error
    return found


def finders() -> tuple[Plugin, ...]:
    """Return the finders, loaded; ConfigurationError if one is broken."""
    found = plugins("byline.finders")
    for plugin in found:
        plugin.load()
    return found


def with_findings(parsed: Parsed, coded: CodedDocument, finders: Iterable[Plugin]) -> CodedDocument:
    """Return a coded document with what finders add, each seeing what those before it have added.

    DocumentError if a finder fails, or if what it adds does not hold.
    """
    for plugin in finders:
        try:
            coded = _with(coded, list(plugin.load()(parsed, coded)))
        except MemoryError:
            raise
        except DocumentError as error:
            raise DocumentError(f"The plug-in {plugin}: {error}", kind="internal") from error
        except Exception as error:
            raise DocumentError(plugin.mistake(error), kind="internal") from error
    return coded


def _with(coded: CodedDocument, added: "list[Finding]") -> CodedDocument:
    """Return a document with findings behind its own records, an incident for each event that is in none."""
    fields = {
        field: (*getattr(coded, field), *(one for one in added if isinstance(one, kind)))
        for kind, field in _FIELDS.items()
    }
    more = msgspec.structs.replace(coded, **fields)
    events = [one for one in added if isinstance(one, Event)]
    alone = [Incident(id=f"i-{event.id}", type=event.type, events=(event.id,), counts=event.counts) for event in events]
    _check(more, added)
    return msgspec.structs.replace(more, incidents=(*coded.incidents, *alone))


def _check(document: CodedDocument, added: "Iterable[Finding]") -> None:
    """Raise DocumentError if what was added quotes or refers to what is not there, or has an id of another record."""
    for field in ("events", "attributions", "actors"):
        times = Counter(one.id for one in getattr(document, field))
        if twice := [name for name, number in times.items() if number > 1]:
            raise DocumentError(f"Several {field} have the id {twice[0]!r}.")
    actors = {actor.id for actor in document.actors}
    voices = {said.id for said in document.attributions}
    for one in added:
        for quoted in _quotations(one):
            if document.text[slice(*quoted.span)] != quoted.text:
                raise DocumentError(f"{quoted.text!r} does not stand at {quoted.span} of the text.")
            if isinstance(quoted, Mention) and quoted.actor is not None and quoted.actor not in actors:
                raise DocumentError(f"There is no actor {quoted.actor!r}.")
        if isinstance(one, Event):
            _check_event(one, document, voices)


def _check_event(event: Event, document: CodedDocument, voices: set[str]) -> None:
    if unknown := {*event.attributions, *event.denied_by} - voices:
        raise DocumentError(f"The event {event.id} has attributions that are not there: {', '.join(sorted(unknown))}.")
    if any(not 0 <= place < len(document.toponyms) for place in event.toponyms):
        raise DocumentError(f"The event {event.id} has toponyms that are not there: {event.toponyms}.")
    start, end = event.evidence
    if not 0 <= start < end <= len(document.text):
        raise DocumentError(f"The event {event.id} has no evidence at {event.evidence}.")


def _quotations(one: "Finding") -> Iterator[Mention | Count | Toponym | Timex]:
    """Yield all parts of a record that quote words."""
    match one:
        case Event():
            yield from chain((one.trigger,), one.actors, one.recipients, one.instruments, one.counts)
        case Attribution():
            yield from (said for said in (one.source, one.cue, one.via) if said is not None)
        case Toponym() | Timex():
            yield one
        case Actor():
            return
