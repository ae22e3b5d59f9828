"""The program run over a set's documents, on all cores, its output kept until input or program change."""

import hashlib
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from pathlib import Path

from byline import ingest
from byline.evaluation import muc4
from byline.language.parsed import Parsed
from byline.progress import with_progress
from byline.records import CodedDocument
from byline.run.job import Settings, coder_of
from byline.run.program import folder_digest, program_version

SHARD = 32  # documents that a process takes at a time
Line = Callable[[Parsed, CodedDocument], bytes]


def default_cache() -> Path:
    """Return where runs are kept: the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "byline" / "evaluation"


class Predictor:
    """Codes folders of documents to files of JSON lines below `cache`, in the order of the folder.

    A line is the contract's record; with `templates` it is the document's MUC-4 templates.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._program = program_version()
        self._pool: Executor = ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn"))

    def predictions(self, name: str, inputs: Path, settings: Settings, *, templates: bool = False) -> Path:
        """Return the file with a line for each document that could be read; coded only if no such run is kept."""
        digest = hashlib.sha256(self._program + repr(settings).encode() + folder_digest(inputs)).hexdigest()[:20]
        kept = self._cache / f"{name}-{digest}.jsonl"
        if not kept.exists():
            self._cache.mkdir(parents=True, exist_ok=True)
            for old in self._cache.glob(f"{name}-{'?' * 20}.jsonl"):
                old.unlink()
            unfinished = kept.with_suffix(".part")
            unfinished.write_bytes(b"".join(self._code(name, inputs, settings, _templates if templates else _record)))
            unfinished.rename(kept)
        return kept

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _code(self, name: str, inputs: Path, settings: Settings, line: Line) -> Iterator[bytes]:
        files = sorted(str(p) for p in inputs.iterdir() if p.name != "manifest.jsonl")
        shards = [files[i : i + SHARD] for i in range(0, len(files), SHARD)]
        coded = self._pool.map(partial(_code_shard, inputs / "manifest.jsonl", settings, line), shards)
        for result in with_progress((result for results in coded for result in results), len(files), name):
            if isinstance(result, bytes):
                yield result
            else:
                sys.stderr.write(f"byline: {result.source}: {result.reason}\n")


def _code_shard(manifest: Path, settings: Settings, line: Line, files: Sequence[str]) -> list[bytes | ingest.Failure]:
    found = ingest.read(files, manifest=ingest.read_manifest(manifest))
    results = coder_of(settings).code_with_parse(found)
    return [result if isinstance(result, ingest.Failure) else line(*result) + b"\n" for result in results]


def _record(_: Parsed, coded: CodedDocument) -> bytes:
    return coded.to_json()


def _templates(parsed: Parsed, coded: CodedDocument) -> bytes:
    return json.dumps({"doc": coded.id, "templates": muc4.templates_of(parsed, coded)}).encode()
