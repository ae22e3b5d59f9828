"""What other packages plug in, found by entry points: installed is active. It is loaded when it is first asked for.

BYLINE_WITHOUT_PLUGINS=1 in the environment turns all of it off, in workers, too. docs/plugins.md tells of the groups.
"""

import os
import traceback
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

from byline.errors import ConfigurationError

Group = Literal["byline.sources", "byline.finders", "byline.gazetteers", "byline.layouts"]
OFF = "BYLINE_WITHOUT_PLUGINS"
_WANTED: dict[Group, tuple[str, tuple[str, ...]]] = {  # what a plug-in is, and what it has
    "byline.sources": ("an object with `recognises` and `read`", ("recognises", "read")),
    "byline.finders": ("a function of the parse and the coded document", ("__call__",)),
    "byline.gazetteers": ("a function that returns places", ("__call__",)),
    "byline.layouts": ("a Layout", ("forms", "columns", "losses")),
}
GROUPS: tuple[Group, ...] = tuple(_WANTED)


class Plugin(NamedTuple):
    """What a package plugs in: its name, `module:attribute`, and the package that it comes with."""

    group: Group
    name: str
    value: str
    package: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} of {self.package} {self.version}"

    @property
    def digest(self) -> str:
        """A digest of the files of its package or module, compiled ones apart."""
        total = sha256()
        for home, path in _files(self.value.partition(":")[0].partition(".")[0]):
            total.update(f"{path.relative_to(home)}\n".encode() + sha256(path.read_bytes()).digest())
        return total.hexdigest()[:16]

    def load(self) -> Any:  # noqa: ANN401 - whatever its group is for
        """Return what it plugs in; ConfigurationError if it cannot be loaded or is something else."""
        return loaded(self)

    def mistake(self, error: Exception) -> str:
        """Return what is told of an error that it has raised."""
        where = traceback.extract_tb(error.__traceback__)[-1]
        return (
            f"The plug-in {self} fails ({type(error).__name__} in {where.name}, line {where.lineno}: {error}). {_REST}"
        )


_REST = f"Mend or uninstall it, or run without plug-ins: {OFF}=1"


@cache
def installed() -> tuple[Plugin, ...]:
    """Return all plug-ins that are installed, sorted by group and name; ConfigurationError if two have one name."""
    found = sorted({_plugin(group, point) for group in GROUPS for point in entry_points(group=group)})
    for one, other in pairwise(found):
        if one[:2] == other[:2]:
            raise ConfigurationError(f"Two plug-ins of {one.group} have one name: {one}, {other}. Uninstall one.")
    return tuple(found)


def plugins(group: Group) -> tuple[Plugin, ...]:
    """Return the active plug-ins of a group, sorted by name."""
    is_off = os.environ.get(OFF, "0") not in {"", "0"}
    return () if is_off else tuple(plugin for plugin in installed() if plugin.group == group)


def told(*groups: Group) -> str:
    """Return the active plug-ins of some groups with their versions and digests: what decides what they do."""
    active = (plugin for group in groups for plugin in plugins(group))
    return ", ".join(f"{plugin.name} {plugin.version} {plugin.digest}" for plugin in active)


def _plugin(group: Group, point: EntryPoint) -> Plugin:
    package, version = (point.dist.name, point.dist.version) if point.dist else ("?", "?")
    return Plugin(group, point.name, point.value, package, version)


@cache
def loaded(plugin: Plugin) -> Any:  # noqa: ANN401 - as above
    """Return what `Plugin.load` does, once a process."""
    try:
        thing = EntryPoint(plugin.name, plugin.value, plugin.group).load()
    except Exception as error:
        raise ConfigurationError(
            f"The plug-in {plugin} cannot be loaded ({type(error).__name__}: {error}). {_REST}"
        ) from error
    what, parts = _WANTED[plugin.group]
    if not all(hasattr(thing, part) for part in parts):
        raise ConfigurationError(f"The plug-in {plugin} is not {what}. {_REST}")
    return thing


def _files(module: str) -> Iterator[tuple[Path, Path]]:
    """Yield the files of a top-level module or package, each with the folder above."""
    spec = find_spec(module)
    if spec is None:
        return
    homes = [Path(place) for place in spec.submodule_search_locations or ()]
    if not homes and spec.origin:
        yield Path(spec.origin).parent, Path(spec.origin)
    for home in homes:
        for path in sorted(home.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield home, path
