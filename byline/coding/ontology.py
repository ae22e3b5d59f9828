"""Event types and the words that tell of them, read from TOML and checked.

The form is described in docs/ontology.md. An ontology is data, in a file or a
folder of files. Two come with Byline: "plover", the default, and "supersenses",
for news of any kind. A user's own stands alone or, with ``extends = "plover"``,
adds to one of them; its entries then win over equally specific ones of that.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from byline.errors import OntologyError

NONE = "NONE"
DEFAULT = "plover"
PartOfSpeech = Literal["verbs", "nouns", "adjectives"]
_PARTS: tuple[PartOfSpeech, ...] = ("verbs", "nouns", "adjectives")
_PREPOSITIONS = frozenset(
    ["of", "in", "on", "for", "against", "to", "from", "with", "by", "between", "at", "over", "into"]
)
_CONDITIONS = ("subject", "object", "modifier", "with")


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file, in which no unknown key may stand."""


class Frame(_Strict, frozen=True):
    """A named pattern of roles that entries share."""

    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None


class WordClass(_Strict, frozen=True):
    """Words for conditions, written "@name"; entity labels, tags, actors' sectors and kinds may stand for words."""

    words: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


class EventType(_Strict, frozen=True):
    """An event type: what it means, its CAMEO root, its class of four, its modes.

    Of a ``material`` type a thing itself is the recipient ("bombed the army's
    barracks"), of others whose thing it is ("praised the army's plan").
    """

    about: str
    cameo: str | None = None
    penta: int | None = None
    material: bool = False
    modes: dict[str, str] = {}


class SpeechActs(_Strict, frozen=True):
    """Which types plain speech performs: words that oblige, intend or announce, and what becomes of them.

    A promise of a ``hostile`` type is a threat, unless its verb is a ``consenting`` one; one of a ``friendly``
    type stays a promise; others ("will investigate") are neither.
    """

    obliging: frozenset[str]
    intending: frozenset[str]
    announcing: frozenset[str]
    consenting: frozenset[str]
    hostile: frozenset[str]
    friendly: frozenset[str]
    demand: str
    promise: str
    threat: str
    refusal: str


class _Line(_Strict, frozen=True):
    """An entry as it stands in the file."""

    lemma: str
    mode: str | None = None
    cameo: str | None = None
    context: str | None = None
    frame: str | None = None
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    modifier: tuple[str, ...] = ()
    with_: tuple[str, ...] = msgspec.field(default=(), name="with")
    not_subject: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    not_modifier: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    transitive: bool | None = None


class _Triggers(_Strict, frozen=True):
    """The entries of a type; a bare lemma is an entry that has nothing else to say."""

    verbs: tuple[_Line | str, ...] = ()
    nouns: tuple[_Line | str, ...] = ()
    adjectives: tuple[_Line | str, ...] = ()


class _File(_Strict, frozen=True):
    name: str = ""
    version: str = ""
    extends: str | None = None
    types: dict[str, EventType] = {}
    frames: dict[str, Frame] = {}
    classes: dict[str, WordClass] = {}
    triggers: dict[str, _Triggers] = {}
    speech_acts: SpeechActs | None = None


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
        file: _File,
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
    return _build(_read(wanted))


def _read(wanted: str | Path) -> "list[list[_Source]]":
    """Return the files of an ontology, after those of the one that it extends."""
    if wanted in _shipped():
        return [_sources_of(str(wanted))]
    own = [_source(p) for p in _files(Path(wanted))]
    if not any(s.file.name and s.file.version for s in own):
        raise OntologyError(f"{wanted}: the ontology has no name and version. Add both at its top.")
    extends = next((s.file.extends for s in own if s.file.extends is not None), None)
    if extends is None:
        return [own]
    if extends not in _shipped():
        raise OntologyError(f'{wanted}: extends = "{extends}" is not known. Byline knows: {_listed()}.')
    return [_sources_of(extends), own]


def words_of(wanted: str | Path) -> list[str]:
    """Return what the files of an ontology and of the one that it extends say: the same words are the same ontology."""
    return [source.text for ontology in _read(wanted) for source in ontology]


def _shipped() -> dict[str, Traversable]:
    """Return the folders of Byline's own ontologies by name."""
    return {f.name: f for f in files("byline.knowledge").joinpath("ontology").iterdir() if f.is_dir()}


def _listed() -> str:
    return ", ".join(f'"{name}"' for name in sorted(_shipped()))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise OntologyError(f"There is no ontology {path}. Give a TOML file, a folder of them, or one of: {_listed()}.")
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not found:
        raise OntologyError(f"The folder {path} holds no ontology. Put files that end in .toml there.")
    return found


def _source(path: Path) -> "_Source":
    try:
        return _Source(str(path), path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"Cannot read the ontology {path}: {error}. Give a TOML file in UTF-8.") from error


def _sources_of(name: str) -> "list[_Source]":
    found = (f for f in _shipped()[name].iterdir() if f.name.endswith(".toml"))
    return [_Source(f.name, f.read_text("utf-8")) for f in sorted(found, key=lambda f: f.name)]


class _Source:
    """An ontology file: its tables, and where each entry stands."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        try:
            self.file = msgspec.convert(tomllib.loads(text), _File)
        except tomllib.TOMLDecodeError as error:
            raise OntologyError(f"{path}: not valid TOML: {error}.") from error
        except msgspec.ValidationError as error:
            raise OntologyError(f"{path}{self._line_of(str(error))}: {error}. See docs/ontology.md.") from error

    def wrong(self, kind: str, part: str, number: int, message: str) -> OntologyError:
        line = self._lines.get((kind, part, number))
        where = f", line {line}" if line else f", [triggers.{kind}] {part}[{number}]"
        return OntologyError(f"{self.path}{where}: {message}")

    def _line_of(self, message: str) -> str:
        found = re.search(r"\$\.triggers\.?\[?[\"']?(\w+|\.\.\.)[\"']?\]?\.(\w+)\[(\d+)\]", message)
        if found and found[1] == "...":
            lines = [n for (_, part, i), n in self._lines.items() if (part, i) == (found[2], int(found[3]))]
            lines = [n for n in lines if self._suspect(n)] or lines
            return f", line {lines[0]}" if len(lines) == 1 else ""
        line = self._lines.get((found[1], found[2], int(found[3]))) if found else None
        return f", line {line}" if line else ""

    def _suspect(self, number: int) -> bool:
        """Whether the entry on a line fails by itself."""
        try:
            entry = tomllib.loads("x = " + self.text.splitlines()[number - 1].strip().rstrip(","))["x"]
            msgspec.convert(entry, _Line)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError):
            return True
        return False

    @cached_property
    def _lines(self) -> dict[tuple[str, str, int], int]:
        """The line on which each entry stands: (type, part, number) → line."""
        places: dict[tuple[str, str, int], int] = {}
        kind, part, count = "", "", 0
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\[triggers\.(\w+)\]", line):
                kind = header[1]
            elif opening := re.match(r"(\w+)\s*=\s*\[", line):
                part, count = opening[1], 0
            entries = 1 if re.match(r"\s*\{", line) else _bare_lemmas(line)
            places |= {(kind, part, n): number for n in range(count, count + entries)}
            count += entries
        return places


def _bare_lemmas(line: str) -> int:
    return len(re.findall(r'"[^"]*"', line)) if re.match(r'\s*"', line) else 0


class _Tables(NamedTuple):
    """The types, classes and frames of all files of an ontology."""

    types: dict[str, EventType]
    classes: dict[str, WordClass]
    frames: dict[str, Frame]


def _build(ontologies: "list[list[_Source]]") -> Ontology:
    """Return one ontology of several, the later ones first; of equally specific entries the first type's wins."""
    tables, sources = _Tables({}, {}, {}), [s for ontology in ontologies for s in ontology]
    for source in sources:
        tables.types.update(source.file.types)
        tables.classes.update(source.file.classes)
        tables.frames.update(source.file.frames)
    entries = [e for order, ontology in enumerate(ontologies) for s in ontology for e in _entries(s, order, tables)]
    place = {kind: number for number, kind in enumerate((*tables.types, NONE))}
    entries.sort(key=lambda e: place[e.type])
    acts = next((s.file.speech_acts for s in reversed(sources) if s.file.speech_acts), None)
    named = next(s.file for s in reversed(sources) if s.file.name)
    return Ontology(named, tables.types, tables.classes, entries, acts)


def _entries(source: _Source, order: int, tables: _Tables) -> Iterator[Entry]:
    for kind, triggers in source.file.triggers.items():
        if kind != NONE and kind not in tables.types:
            known = ", ".join(sorted(tables.types))
            raise OntologyError(f"{source.path}: [triggers.{kind}] has no [types.{kind}]. Types are: {known}.")
        for part in _PARTS:
            for number, entry in enumerate(getattr(triggers, part)):
                line = _Line(entry) if isinstance(entry, str) else entry
                try:
                    yield _entry(kind, part, line, order, tables)
                except OntologyError as error:
                    raise source.wrong(kind, part, number, str(error)) from None


def _entry(kind: str, part: PartOfSpeech, line: _Line, order: int, tables: _Tables) -> Entry:
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


def _conditions(line: _Line, classes: dict[str, WordClass]) -> Iterator[Condition]:
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
        entities=frozenset().union(*(c.entities for c in used)),
        tags=frozenset().union(*(c.tags for c in used)),
        sectors=frozenset().union(*(c.sectors for c in used)),
        kinds=frozenset().union(*(c.kinds for c in used)),
    )
