"""Every error that Byline raises on purpose.

BylineError
├── ConfigurationError     a setting, option or lexicon is wrong: the run stops at once
│   ├── OntologyError      a user's ontology does not hold; names file and line
│   └── PipelineError      the language pipeline is missing or unfit; names the install command
├── StorageError           the archive cannot be written or is damaged: the run stops, what was committed stays
├── DocumentError          one document cannot be read or coded: recorded, skipped, the run goes on
│   └── FetchError         a server does not give it, or it may not be asked; tells whether to ask again
└── DeliveryError          a digest was not sent, or nobody knows whether it was

A message says what was found, where, and what to do next.
"""

import traceback
from datetime import datetime
from typing import Literal

FailureKind = Literal["unreadable", "damaged", "wall", "empty", "internal", "time", "memory", "crash"]


class BylineError(Exception):
    """The root: catch this to catch everything that Byline raises on purpose."""


class ConfigurationError(BylineError):
    """A setting, option or lexicon is wrong."""


class OntologyError(ConfigurationError):
    """An ontology file does not hold."""


class PipelineError(ConfigurationError):
    """The language pipeline is missing or unfit."""


class StorageError(BylineError):
    """The archive cannot be written, or is damaged; what was committed before is in it."""


class DocumentError(BylineError):
    """One document cannot be read or coded; `kind` is that of the Failure which records it."""

    def __init__(self, message: str, *, kind: FailureKind = "unreadable") -> None:
        super().__init__(message)
        self.kind: FailureKind = kind


class FetchError(DocumentError):
    """A page cannot be had from its server.

    `again`: another time it may be. `until`: the `server` asks that nothing be fetched from it before.
    """

    def __init__(
        self, message: str, *, again: bool = False, server: str | None = None, until: datetime | None = None
    ) -> None:
        super().__init__(message)
        self.again, self.server, self.until = again, server, until


class DeliveryError(BylineError):
    """A digest was not sent; `unknown`: the connection ended before the server said whether it has it."""

    def __init__(self, message: str, *, unknown: bool = False) -> None:
        super().__init__(message)
        self.unknown = unknown


def mistake(error: Exception, what: str) -> str:
    """Return what an error that nobody foresaw says of itself, for the Failure of the `what` that shows it."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {where.name}, line {where.lineno}: {error}. Please report it with the {what}."
