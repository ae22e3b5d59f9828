"""Write the generated pages of docs/: the command line and the record. `--check` fails if they are stale."""

import inspect
import sys
from pathlib import Path
from typing import Any

import click
import msgspec
import typer.main

from byline import cli, records
from byline.coding.ontology import default_ontology

DOCS = Path(__file__).parents[1] / "docs"
_NOTE = "<!-- Written by `make docs`; do not edit. -->\n\n"


def main() -> int:
    """Write each page, or with --check name those that are stale."""
    pages = {"cli.md": command_line(), "record.md": record(), "plover.md": ontology()}
    stale = [name for name, text in pages.items() if _read(DOCS / name) != text]
    if "--check" in sys.argv:
        for name in stale:
            sys.stderr.write(f"docs/{name} is stale. Run: make docs\n")
        return bool(stale)
    for name in stale:
        (DOCS / name).write_text(pages[name], "utf-8")
    return 0


def command_line() -> str:
    """Return docs/cli.md: every verb with its options and examples."""
    group = typer.main.get_command(cli.app)
    parts = ["# The command line\n", *(_command(name, c) for name, c in sorted(group.commands.items()))]  # type: ignore[attr-defined]
    exits = "\n## Exit codes\n\n0: all documents coded. 1: some could not be read; each is named on standard error. 2: a wrong option, path or configuration; nothing was done.\n"
    return _NOTE + "\n".join(parts) + exits


def _command(name: str, command: click.Command) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    usage = " ".join([f"byline {name}", *(p.make_metavar(click.Context(command)) for p in arguments), "[OPTIONS]" if options else ""])
    rows = "".join(f"| `{', '.join(p.opts)}` | {_help(p)} |\n" for p in options)
    table = f"\n| option | what it does |\n|---|---|\n{rows}" if rows else ""
    examples = "\n".join(line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  "))
    example = f"\n```\n{examples}\n```\n" if examples else ""
    return f"\n## byline {name}\n\n{command.help}\n\n    {usage.strip()}\n{table}{example}"


def _help(parameter: click.Parameter) -> str:
    text = getattr(parameter, "help", None) or ""
    choices = getattr(parameter.type, "choices", None)
    return f"{text} ({', '.join(str(getattr(c, 'value', c)) for c in choices)})" if choices else text


def record() -> str:
    """Return docs/record.md: every struct with its fields and types."""
    structs = [s for _, s in inspect.getmembers(records, inspect.isclass) if issubclass(s, records.Record)]
    structs = [s for s in structs if s is not records.Record]
    structs.sort(key=lambda s: inspect.getsourcelines(s)[1])
    head = "# The record\n\n" + inspect.cleandoc(records.__doc__ or "").split("\n\n", 1)[1] + "\n"
    return _NOTE + head + "".join(_struct(s) for s in structs)


def _struct(struct: type[msgspec.Struct]) -> str:
    rows = "".join(f"| `{f.name}` | {_type(f.type)} |\n" for f in msgspec.structs.fields(struct))
    return f"\n## {struct.__name__}\n\n{inspect.getdoc(struct)}\n\n| field | type |\n|---|---|\n{rows}"


def _type(kind: Any) -> str:  # noqa: ANN401 - a type in any of Python's forms
    text = kind.__name__ if isinstance(kind, type) else str(kind)
    for noise in ("byline.records.", "typing.", "datetime."):
        text = text.replace(noise, "")
    return f"`{text}`".replace("|", "\\|")


def ontology() -> str:
    """Return docs/plover.md: the event types, their modes, and how many entries tell of each."""
    found = default_ontology()
    parts = [f"# {found.name} {found.version}\n\n{len(found.entries)} entries in `byline/knowledge/ontology/plover.toml`.\n"]
    for name, kind in found.types.items():
        entries = sum(e.type == name for e in found.entries)
        modes = "".join(f"- `{mode}`: {about}\n" for mode, about in kind.modes.items())
        parts.append(f"\n## {name}\n\n{kind.about} CAMEO {kind.cameo}; {entries} entries.\n\n{modes}")
    return _NOTE + "".join(parts).rstrip() + "\n"


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
