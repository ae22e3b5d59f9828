"""Event types and the words that tell of them.

The form is described in docs/ontology.md. An ontology is data, in a file or a
folder of files. Two come with Byline: "plover", the default, and "supersenses",
for news of any kind. A user's own stands alone or, with ``extends = "plover"``,
adds to one of them; its entries then win over equally specific ones of that.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from byline.coding.ontology_files import EventType, File, Frame, Line, Source, SpeechActs, WordClass, sources
from byline.errors import OntologyError

NONE = "NONE"
DEFAULT = "plover"
PartOfSpeech = Literal["verbs", "nouns", "adjectives"]
_PARTS: tuple[PartOfSpeech, ...] = ("verbs", "nouns", "adjectives")
_PREPOSITIONS = frozenset(
    ["of", "in", "on", "for", "against", "to", "from", "with", "by", "between", "at", "over", "into"]
)
_CONDITIONS = ("subject", "object", "modifier", "with")


class Condition(NamedTuple):
    """What must (or must not) fill a place around the trigger."""

    place: str
    wanted: bool
    words: WordClass


class Entry(NamedTuple):
    """One line of the ontology, ready for matching.

    ``words[head]`` is the trigger's head; each word is a set of alternative
    lemmas. ``rank`` orders entries that match the same words: more words, then
    more conditions win.
    """

    type: str
    part: PartOfSpeech
    lemma: str
    words: tuple[frozenset[str], ...]
    head: int
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    conditions: tuple[Condition, ...]
    transitive: bool | None
    mode: str | None
    cameo: str | None
    context: str | None
    material: bool
    rank: tuple[int, int, int]


_DEFAULTS: dict[PartOfSpeech, Frame] = {
    "verbs": Frame(actor=("subject",), recipient=("object", "dative")),
    "nouns": Frame(actor=("possessive", "by", "modifier"), recipient=("on", "against", "of")),
    "adjectives": Frame(actor=("subject",), recipient=("to", "with", "of", "about")),
}


class Ontology:
    """Event types and trigger entries, found by part of speech and head lemma."""

    def __init__(
        self,
        file: File,
        types: dict[str, EventType],
        classes: dict[str, WordClass],
        entries: list[Entry],
        speech_acts: SpeechActs | None,
    ) -> None:
        self.name, self.version = file.name, file.version
        self.types, self.classes, self.entries, self.speech_acts = types, classes, entries, speech_acts

    @cached_property
    def by_head(self) -> dict[tuple[PartOfSpeech, str], list[Entry]]:
        """Entries by part of speech and lemma of the head, the most specific first."""
        table: dict[tuple[PartOfSpeech, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for lemma in sorted(entry.words[entry.head]):
                table[entry.part, lemma].append(entry)
        for found in table.values():
            found.sort(key=lambda e: e.rank, reverse=True)
        return dict(table)

    @property
    def weapons(self) -> WordClass:
        """The class of things that are no actors but what they act with."""
        return self.classes.get("weapon", WordClass())


def default_ontology() -> Ontology:
    """Return the PLOVER ontology that comes with Byline."""
    return read_ontology(DEFAULT)


def read_ontology(wanted: str | Path) -> Ontology:
    """Return one of Byline's own ontologies by name, or the one in a file, or in the TOML files of a folder.

    OntologyError names the file and the line of a mistake.
    """
    return _build(sources(wanted))


class _Tables(NamedTuple):
    """The types, classes and frames of all files of an ontology."""

    types: dict[str, EventType]
    classes: dict[str, WordClass]
    frames: dict[str, Frame]


def _build(ontologies: list[list[Source]]) -> Ontology:
    """Return one ontology of several, the later ones first; of equally specific entries the first type's wins."""
    tables, found = _Tables({}, {}, {}), [s for ontology in ontologies for s in ontology]
    for source in found:
        tables.types.update(source.file.types)
        tables.classes.update(source.file.classes)
        tables.frames.update(source.file.frames)
    entries = [e for order, ontology in enumerate(ontologies) for s in ontology for e in _entries(s, order, tables)]
    place = {kind: number for number, kind in enumerate((*tables.types, NONE))}
    entries.sort(key=lambda e: place[e.type])
    acts = next((s.file.speech_acts for s in reversed(found) if s.file.speech_acts), None)
    named = next(s.file for s in reversed(found) if s.file.name)
    return Ontology(named, tables.types, tables.classes, entries, acts)


def _entries(source: Source, order: int, tables: _Tables) -> Iterator[Entry]:
    for kind, triggers in source.file.triggers.items():
        if kind != NONE and kind not in tables.types:
            known = ", ".join(sorted(tables.types))
            raise OntologyError(f"{source.path}: [triggers.{kind}] has no [types.{kind}]. Types are: {known}.")
        for part in _PARTS:
            for number, entry in enumerate(getattr(triggers, part)):
                line = Line(entry) if isinstance(entry, str) else entry
                try:
                    yield _entry(kind, part, line, order, tables)
                except OntologyError as error:
                    raise source.wrong(kind, part, number, str(error)) from None


def _entry(kind: str, part: PartOfSpeech, line: Line, order: int, tables: _Tables) -> Entry:
    types, classes, frames = tables
    words = tuple(frozenset(word.split("|")) for word in line.lemma.split())
    if not words or any("" in word for word in words):
        raise OntologyError(f"lemma {line.lemma!r} has an empty word.")
    if line.frame is not None and line.frame not in frames:
        raise OntologyError(f"frame {line.frame!r} is not known. Frames are: {', '.join(sorted(frames))}.")
    event_type = types.get(kind)
    if line.mode is not None and (event_type is None or line.mode not in event_type.modes):
        raise OntologyError(f"mode {line.mode!r} is not a mode of {kind}.")
    frame, default = frames.get(line.frame or "", Frame()), _DEFAULTS[part]
    conditions = tuple(_conditions(line, classes))
    return Entry(
        kind,
        part,
        line.lemma,
        words,
        _head_of(part, words),
        _first(line.actor, frame.actor, default.actor),
        _first(line.recipient, frame.recipient, default.recipient),
        conditions,
        line.transitive,
        line.mode,
        line.cameo or (event_type.cameo if event_type else None),
        line.context,
        event_type is not None and event_type.material,
        (len(words), len(conditions) + (line.transitive is not None), order),
    )


def _first(*choices: tuple[str, ...] | None) -> tuple[str, ...]:
    return next(c for c in choices if c is not None)


def _head_of(part: PartOfSpeech, words: tuple[frozenset[str], ...]) -> int:
    """The head is the first word; of a noun the last one before a preposition."""
    if part != "nouns":
        return 0
    return next((i - 1 for i, w in enumerate(words) if i and w <= _PREPOSITIONS), len(words) - 1)


def _conditions(line: Line, classes: dict[str, WordClass]) -> Iterator[Condition]:
    for place in _CONDITIONS:
        for key, wanted in ((place, True), (f"not_{place}", False)):
            names: tuple[str, ...] = getattr(line, "with_" if key == "with" else key)
            if names:
                yield Condition(place, wanted, _word_class(names, classes))


def _word_class(names: tuple[str, ...], classes: dict[str, WordClass]) -> WordClass:
    used = []
    for name in names:
        if not name.startswith("@"):
            used.append(WordClass(words=frozenset({name})))
        elif name[1:] in classes:
            used.append(classes[name[1:]])
        else:
            raise OntologyError(f"class {name!r} is not known. Classes are: {', '.join(sorted(classes))}.")
    return WordClass(
        words=frozenset().union(*(c.words for c in used)),
        nouns=frozenset().union(*(c.nouns for c in used)),
        entities=frozenset().union(*(c.entities for c in used)),
        tags=frozenset().union(*(c.tags for c in used)),
        sectors=frozenset().union(*(c.sectors for c in used)),
        kinds=frozenset().union(*(c.kinds for c in used)),
    )
