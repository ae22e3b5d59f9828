"""An ontology's files: their tables, checked, and the line on which each entry stands.

The form is described in docs/ontology.md.
"""

import re
import tomllib
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from byline.errors import OntologyError


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file, in which no unknown key may stand."""


class Frame(_Strict, frozen=True):
    """A named pattern of roles that entries share."""

    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None


class WordClass(_Strict, frozen=True):
    """Words for conditions, written "@name"; entity labels, tags, actors' sectors and kinds may stand for words.

    ``nouns`` are words that count only where they are no verbs: a fire kills, who fires at somebody does not burn.
    """

    words: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
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


class Line(_Strict, frozen=True):
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

    verbs: tuple[Line | str, ...] = ()
    nouns: tuple[Line | str, ...] = ()
    adjectives: tuple[Line | str, ...] = ()


class File(_Strict, frozen=True):
    """All that may stand in a file; an ontology in several has its name in one of them."""

    name: str = ""
    version: str = ""
    extends: str | None = None
    types: dict[str, EventType] = {}
    frames: dict[str, Frame] = {}
    classes: dict[str, WordClass] = {}
    triggers: dict[str, _Triggers] = {}
    speech_acts: SpeechActs | None = None


class Source:
    """An ontology file: its tables, and where each entry stands."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        try:
            self.file = msgspec.convert(tomllib.loads(text), File)
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
            msgspec.convert(entry, Line)
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


def sources(wanted: str | Path) -> list[list[Source]]:
    """Return the files of an ontology, after those of the one that it extends."""
    own = _own(wanted)
    if not any(s.file.name and s.file.version for s in own):
        raise OntologyError(f"{wanted}: the ontology has no name and version. Add both at its top.")
    extends = next((s.file.extends for s in own if s.file.extends is not None), None)
    if extends is None:
        return [own]
    if extends not in _shipped():
        raise OntologyError(f'{wanted}: extends = "{extends}" is not known. Byline knows: {_listed()}.')
    return [_sources_of(extends), own]


def located(wanted: str) -> str:
    """Return the name of one of Byline's own, or a path that is the same from every folder."""
    return wanted if wanted in _shipped() else str(Path(wanted).absolute())


def words_of(wanted: str | Path) -> list[str]:
    """Return what the files of an ontology and of the one that it extends say: the same words are the same ontology."""
    return [source.text for ontology in sources(wanted) for source in ontology]


def _own(wanted: str | Path) -> list[Source]:
    return _sources_of(str(wanted)) if wanted in _shipped() else [_source(p) for p in _files(Path(wanted))]


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


def _source(path: Path) -> Source:
    try:
        return Source(str(path), path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"Cannot read the ontology {path}: {error}. Give a TOML file in UTF-8.") from error


def _sources_of(name: str) -> list[Source]:
    found = (f for f in _shipped()[name].iterdir() if f.name.endswith(".toml"))
    return [Source(f.name, f.read_text("utf-8")) for f in sorted(found, key=lambda f: f.name)]


def _bare_lemmas(line: str) -> int:
    return len(re.findall(r'"[^"]*"', line)) if re.match(r'\s*"', line) else 0
