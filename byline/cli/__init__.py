"""The command line: `byline code`, `claims`, `explain`, `inspect`, `demo`, `evaluate`, and those of archives.

Data goes to standard output, everything else to standard error. Exit codes:
0 all documents read, 1 some could not be read (each is named), or whoever reads the output has gone, 2 a wrong
option, path or configuration: nothing was done. Of a run into an archive also 3:
the archive cannot be written or is damaged, the disk is full; 130 and 143: ended by Ctrl-C or
SIGTERM. What was committed is kept in all cases.

What takes long to load (spaCy, the gazetteer) is imported by the verb that
needs it, so that `byline --help` answers at once.
"""

import sys

import typer

from byline.cli import archive as _archive  # noqa: F401 -- its verbs are registered
from byline.cli import digesting as _digesting  # noqa: F401 -- as above
from byline.cli import exporting as _exporting  # noqa: F401 -- as above
from byline.cli import importing as _importing  # noqa: F401 -- as above
from byline.cli import incidents as _incidents  # noqa: F401 -- as above
from byline.cli import opinions as _opinions  # noqa: F401 -- as above
from byline.cli import plugging as _plugging  # noqa: F401 -- as above
from byline.cli import reporting as _reporting  # noqa: F401 -- as above
from byline.cli import reviewing as _reviewing  # noqa: F401 -- as above
from byline.cli import serving as _serving  # noqa: F401 -- as above
from byline.cli import watching as _watching  # noqa: F401 -- as above
from byline.cli.verbs import app
from byline.errors import BylineError, StorageError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; a user's mistake is one line on standard error."""
    try:
        app(standalone_mode=True)
    except BylineError as error:
        typer.echo(f"byline: {error}", err=True)
        sys.exit(3 if isinstance(error, StorageError) else 2)
