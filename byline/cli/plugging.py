"""The verb that lists what other packages plug in."""

from typing import Annotated

import typer

from byline.cli.output import print_rows
from byline.cli.verbs import app


@app.command(epilog="Examples:\n\n  byline plugins\n\n  byline plugins --check")
def plugins(
    *,
    check: Annotated[bool, typer.Option("--check", help="Load each, and end with one that is broken.")] = False,
) -> None:
    """List the plug-ins: readers of formats, finders, gazetteers and layouts that other packages have installed.

    What is installed is active. BYLINE_WITHOUT_PLUGINS=1 in the environment turns all of it off.
    """
    from byline import plugged  # noqa: PLC0415 - loaded when needed

    found = [plugin for group in plugged.GROUPS for plugin in plugged.plugins(group)]
    if check:
        for plugin in found:
            plugin.load()
    print_rows(
        ("group", "name", "package", "what it names", "digest"),
        ((p.group, p.name, f"{p.package} {p.version}", p.value, p.digest) for p in found),
    )
