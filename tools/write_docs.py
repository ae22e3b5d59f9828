"""Write the generated pages of docs/ and the example in the README. `--check` fails if they are stale."""

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from typer.models import ArgumentInfo, CommandInfo, OptionInfo

import byline
from byline import cli, records
from byline.coding.ontology import default_ontology
from byline.export.columns import Columns
from byline.export.layout import Layout
from byline.export.layouts import layouts
from byline.records import CodedDocument

ROOT = Path(__file__).parents[1]
PAGE = ("byline/demo/pages/meridian-0311-bridge.txt", "--manifest", "byline/demo/manifest.jsonl")
SHOWN = 4  # events in the README
_NOTE = "<!-- Written by `make docs`; do not edit. -->\n\n"
_BLOCK = re.compile(r"(<!-- example: .*? -->\n).*?(<!-- end of example -->)", re.DOTALL)
_NAMES = re.compile(r"(<!-- names: .*? -->\n).*?(<!-- end of names -->)", re.DOTALL)
_HOMES = re.compile(r"\b(?:byline|collections|datetime|pathlib|typing)\.(?:\w+\.)*")
_PARTS = re.compile(r", (?=\w+: |\*)")  # between the parameters of a signature
_IN_RECORD = "\nIts fields: [the record](record.md).\n"
_WIDE = 100  # characters of a signature in one line
_FILE = re.compile(r"(<!-- file: (\S+) -->\n).*?(<!-- end of file -->)", re.DOTALL)
_EVENT = re.compile(r" [A-Z]+ e\d+ ")


def main() -> int:
    """Write each page, or with --check name those that are stale."""
    docs = {"cli.md": command_line(), "record.md": record(), "plover.md": ontology()}
    docs |= {"layouts.md": layouts_page()}
    readme, python, plugins = ROOT / "README.md", ROOT / "docs" / "python.md", ROOT / "docs" / "plugins.md"
    pages = {ROOT / "docs" / name: text for name, text in docs.items()}
    pages |= {
        readme: with_example(_read(readme)),
        python: with_names(_read(python)),
        plugins: with_files(_read(plugins)),
    }
    stale = {path: text for path, text in pages.items() if _read(path) != text}
    if "--check" in sys.argv:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale. Run: make docs\n")
        return bool(stale)
    for path, text in stale.items():
        path.write_text(text, "utf-8")
    return 0


def with_example(readme: str) -> str:
    """Return the README with its example made anew; all else stays."""
    shown = "```\n$ byline code " + " \\\n      ".join((PAGE[0], " ".join(PAGE[1:]))) + f"\n{example()}\n```\n"
    return _BLOCK.sub(lambda found: found[1] + shown + found[2], readme)


def with_names(page: str) -> str:
    """Return docs/python.md with all public names and their signatures made anew; all else stays."""
    parts = "\n".join(f"### {name}\n\n{_described(name)}" for name in sorted(byline.__all__, key=str.lower))
    return _NAMES.sub(lambda found: found[1] + parts + found[2], page)


def with_files(page: str) -> str:
    """Return a page with the files that it shows as they are; all else stays."""

    def shown(found: re.Match[str]) -> str:
        language = {".py": "python", ".toml": "toml"}[Path(found[2]).suffix]
        return f"{found[1]}```{language}\n{_read(ROOT / found[2])}```\n{found[3]}"

    return _FILE.sub(shown, page)


def _described(name: str) -> str:
    thing = getattr(byline, name)
    if not inspect.isclass(thing):
        return f"{_signed(f'byline.{name}', thing)}\n{inspect.getdoc(thing)}\n"
    if issubclass(thing, records.Record):
        return f"{inspect.getdoc(thing)}\n" + (_fields(thing) if thing not in _structs() else _IN_RECORD)
    methods = [(part, method) for part, method in vars(thing).items() if inspect.isfunction(method)]
    return f"{inspect.getdoc(thing)}\n" + "".join(
        f"\n{_signed(f'{name}.{part}', method)}\n{inspect.getdoc(method)}\n"
        for part, method in methods
        if not part.startswith("_")
    )


def _signed(name: str, function: Callable[..., Any]) -> str:
    return f"```text\n{name}{signature_of(function)}\n```\n"


def signature_of(function: Callable[..., Any]) -> str:
    """Return a function's signature without `self`, a line a parameter where it is long."""
    own = inspect.signature(function)
    own = own.replace(parameters=[p for p in own.parameters.values() if p.name != "self"])
    whole = _HOMES.sub("", str(own)).replace("'", "")
    if len(whole) <= _WIDE:
        return whole
    inside, _, returned = whole.removeprefix("(").rpartition(") -> ")
    return "(\n" + "".join(f"    {part},\n" for part in _PARTS.split(inside)) + f") -> {returned}"


def example() -> str:
    """Return what `byline code` prints of the demo page, cut to the first event of each status."""
    (record,) = printed("--format", "jsonl").splitlines()
    statuses = [event.status for event in CodedDocument.from_json(record).events]
    lines = [line.rstrip() for line in printed().rstrip().splitlines()]
    starts = [n for n, line in enumerate(lines) if _EVENT.search(line)]
    kept = sorted(statuses.index(status) for status in dict.fromkeys(statuses))[:SHOWN]
    blocks = [lines[: starts[0]], *(lines[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True))]
    return "\n".join(line for block in (blocks[0], *(blocks[n + 1] for n in kept)) for line in block)


def printed(*options: str) -> str:
    """Return what the program itself prints of the demo page."""
    command = [Path(sys.executable).with_name("byline"), "code", *PAGE, *options]
    env = os.environ | {"COLUMNS": "120"}
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=env).stdout.decode()  # noqa: S603


def command_line() -> str:
    """Return docs/cli.md: every verb with its options and examples."""
    verbs = sorted(cli.app.registered_commands, key=_name)
    exits = (
        "\n## Exit codes\n\n0: all documents coded. 1: some could not be read; each is named on standard error. "
        "2: a wrong option, path or configuration; nothing was done. With `--to`, also 3: the archive cannot be "
        "written or is damaged, the disk is full; 130: ended by Ctrl-C; 143: ended by SIGTERM. What was committed "
        "before is kept. What reads the output and goes away, as `head` does, ends it with 1, in silence.\n"
    )
    return _NOTE + "# The command line\n" + "".join(_command(verb) for verb in verbs) + exits


def _name(verb: CommandInfo) -> str:
    return verb.name or getattr(verb.callback, "__name__", "")


def _command(verb: CommandInfo) -> str:
    hints = get_type_hints(verb.callback, include_extras=True)
    found = {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Annotated}
    arguments = [a.metavar or name.upper() + "..." for name, (_, a) in found.items() if isinstance(a, ArgumentInfo)]
    rows = "".join(_option(name, *o) for name, o in found.items() if isinstance(o[1], OptionInfo))
    examples = "\n".join(line.strip() for line in (verb.epilog or "").splitlines() if line.startswith("  "))
    usage = " ".join(["byline", _name(verb), *arguments, "[OPTIONS]"])
    return (
        f"\n## byline {_name(verb)}\n\n{inspect.getdoc(verb.callback)}\n\n    {usage}\n"
        f"\n| option | what it does |\n|---|---|\n{rows}\n```\n{examples}\n```\n"
    )


def _option(name: str, kind: Any, option: OptionInfo) -> str:  # noqa: ANN401 - a type in any of Python's forms
    flags = ", ".join(option.param_decls or ["--" + name.replace("_", "-")])
    choices = ", ".join(c.value for c in kind) if isinstance(kind, type) and issubclass(kind, Enum) else ""
    return f"| `{flags}` | {option.help}{f' ({choices})' if choices else ''} |\n"


def record() -> str:
    """Return docs/record.md: every struct with its fields and types."""
    head = "# The record\n\n" + inspect.cleandoc(records.__doc__ or "").split("\n\n", 1)[1] + "\n"
    return _NOTE + head + "".join(_struct(s) for s in _structs())


def _structs() -> list[type[records.Record]]:
    structs = [s for _, s in inspect.getmembers(records, inspect.isclass) if issubclass(s, records.Record)]
    return sorted((s for s in structs if s is not records.Record), key=lambda s: inspect.getsourcelines(s)[1])


def _struct(struct: type[msgspec.Struct]) -> str:
    return f"\n## {struct.__name__}\n\n{inspect.getdoc(struct)}\n{_fields(struct)}"


def _fields(struct: type[msgspec.Struct]) -> str:
    rows = "".join(f"| `{f.name}` | {_type(f.type)} |\n" for f in msgspec.structs.fields(struct))
    return f"\n| field | type |\n|---|---|\n{rows}"


def _type(kind: Any) -> str:  # noqa: ANN401 - a type in any of Python's forms
    text = kind.__name__ if isinstance(kind, type) else str(kind)
    return f"`{_HOMES.sub('', text)}`".replace("|", "\\|")


def ontology() -> str:
    """Return docs/plover.md: the event types, their modes, and how many entries tell of each."""
    found = default_ontology()
    head = f"{len(found.entries)} entries in `byline/knowledge/ontology/plover/`."
    parts = [f"# {found.name} {found.version}\n\n{head}\n"]
    for name, kind in found.types.items():
        entries = sum(e.type == name for e in found.entries)
        modes = "".join(f"- `{mode}`: {about}\n" for mode, about in kind.modes.items())
        parts.append(f"\n## {name}\n\n{kind.about} CAMEO {kind.cameo}; {entries} entries.\n\n{modes}")
    return _NOTE + "".join(parts).rstrip() + "\n"


def layouts_page() -> str:
    """Return docs/layouts.md: each layout with its forms, its columns and what it loses."""
    found = layouts().values()
    rows = (f"| [`{one.name}`](#{one.name}) | {one.level} | {', '.join(one.forms)} | {one.title} |\n" for one in found)
    head = (
        "# Layouts\n\n`byline export ARCHIVE --layout NAME --to FILE` writes events, incidents or documents in the "
        "shape of another tool. The ending of the file, or `--format`, says which form. What is not known stays empty. "
        "Each layout says below what it cannot hold.\n\n"
    )
    table = "| layout | a row is | forms | what it is |\n|---|---|---|---|\n" + "".join(rows)
    return _NOTE + head + table + "".join(map(_layout, found))


def _layout(layout: Layout) -> str:
    losses = "".join(f"- {loss}\n" for loss in layout.losses) or "- Nothing.\n"
    return f"\n## {layout.name}\n\n{layout.title}.\n\n{_columns(layout.columns)}What it cannot hold:\n\n{losses}"


def _columns(columns: Columns) -> str:
    rows = "".join(f"| `{name}` | {column.kind} | {_cell(column.meaning)} |\n" for name, column in columns.items())
    return f"| column | kind | holds |\n|---|---|---|\n{rows}\n" if rows else ""


def _cell(words: str) -> str:
    return " ".join(words.replace("|", "\\|").split())


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
