"""What decides Byline's output: digests of its own files, of an ontology, and of what is installed beside it."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distributions, version
from pathlib import Path

import byline
from byline import plugged
from byline.coding.ontology import read_ontology
from byline.coding.ontology_files import words_of
from byline.language.package import installed_version
from byline.run.job import Settings
from byline.store import Edition

_HOME = Path(byline.__file__).parent
# What a document's coding depends on beside the ontology. What reading makes of a page is in the document itself.
_DECIDING = (
    "coding",
    "language",
    "knowledge",
    "records.py",
    "distance.py",
    "modes.py",
    "run/job.py",
    "run/plugging.py",
)
# What the incidents of an archive depend on, beside its documents and decisions.
_LINKING = (
    "linking",
    "knowledge",
    "lookup.py",
    "distance.py",
    "modes.py",
    "records.py",
    "run/linking.py",
    "run/placing.py",
    "run/preparing.py",
    "run/incident_rows.py",
)
_KNOWLEDGE = _HOME / "knowledge"
# Of knowledge, what has a digest of its own, and what exports, briefings, watches and second opinions alone read.
_APART = {
    _KNOWLEDGE / name
    for name in (
        "ontology", "layouts", "country_codes.toml", "croissant.toml", "digest.toml", "report.toml",
        "second_opinion.toml", "watch.toml",
    )
}  # fmt: skip
# What a document's parse depends on beside the pipeline: the code, and the lists that it reads.
PARSING = (
    "language",
    "records.py",
    "knowledge/__init__.py",
    "knowledge/capitals.toml",
    "knowledge/countries.toml",
    "knowledge/editorial.toml",
    "knowledge/first_names.toml",
    "knowledge/organisations.toml",
    "knowledge/places/regions.toml",
    "knowledge/sentences.toml",
    "knowledge/tags.toml",
    "knowledge/tokens.toml",
    "knowledge/words.toml",
)
_BESIDE = ("spacy", "numpy")


@cache
def edition_of(settings: Settings) -> Edition:
    """Return what decides how documents are coded with these settings.

    OntologyError if the ontology does not hold, PipelineError if the pipeline is not installed.
    """
    found, words = read_ontology(settings.ontology), words_of(settings.ontology)
    return Edition(
        version=byline.__version__,
        program=_program_digest(_DECIDING),
        ontology=f"{found.name} {found.version}",
        ontology_digest=_short("\0".join(words).encode()),
        pipeline=settings.pipeline.replace("-", "_"),
        pipeline_version=installed_version(settings.pipeline),
        plugins=plugged.told("byline.finders", "byline.gazetteers"),
    )


@cache
def linking_digest() -> str:
    """Return a digest of Byline's files that decide how reports become incidents."""
    return _program_digest(_LINKING)


@cache
def parsing_of(pipeline: str) -> str:
    """Return a digest of what decides how documents are parsed; PipelineError if the pipeline is not installed."""
    name = pipeline.replace("-", "_")
    return _short(f"{name} {installed_version(name)} {_program_digest(PARSING)}".encode())


def keeping_of(pipeline: str, edition: Edition) -> dict[str, str]:
    """Return digests of what decides what is kept of documents: of their parses, and of what is found in these."""
    parsing = parsing_of(pipeline)
    return {"parse": parsing, "findings": _short(f"{parsing} {edition.program} {edition.plugins}".encode())}


def program_version() -> bytes:
    """Return a digest of all of Byline's files and of the versions of all that is installed beside it."""
    installed = sorted(f"{d.name}=={d.version}" for d in distributions())
    return folder_digest(_HOME) + "\n".join([*installed, plugged.told(*plugged.GROUPS)]).encode()


def folder_digest(folder: Path) -> bytes:
    """Return a digest of the names and the content of a folder's files, compiled ones apart."""
    return _files_digest(folder, sorted(folder.rglob("*")))


def _program_digest(names: Iterable[str]) -> str:
    """Return a digest of some of Byline's files, and of the libraries whose version decides."""
    paths = (path for name in names for path in _below(_HOME / name) if _APART.isdisjoint({path, *path.parents}))
    return _short(_files_digest(_HOME, paths) + _versions(_BESIDE).encode())


def _below(path: Path) -> Iterable[Path]:
    return sorted(path.rglob("*")) if path.is_dir() else [path]


def _files_digest(home: Path, paths: Iterable[Path]) -> bytes:
    total = hashlib.sha256()
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(home)}\n".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.digest()


def _versions(names: Iterable[str]) -> str:
    return "\n".join(f"{name}=={version(name)}" for name in names)


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
