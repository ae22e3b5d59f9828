"""The layouts, one a file, each as `LAYOUT`; those of other packages come by the entry points `byline.layouts`."""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

from byline.errors import ConfigurationError
from byline.export.layout import Layout

_GROUP = "byline.layouts"


@cache
def layouts() -> dict[str, Layout]:
    """Return all layouts by their names, sorted; ConfigurationError if one of another package does not hold."""
    own = [import_module(f"{__name__}.{module.name}").LAYOUT for module in iter_modules(__path__)]
    found = {layout.name: layout for layout in own}
    for point in entry_points(group=_GROUP):
        layout = point.load()
        if not isinstance(layout, Layout):
            raise ConfigurationError(f"The plug-in {point.value} is no Layout. Mend or uninstall it.")
        if layout.name in found:
            raise ConfigurationError(f"The plug-in {point.value} is a second layout {layout.name!r}. Rename it.")
        found[layout.name] = layout
    return dict(sorted(found.items()))


def layout(name: str) -> Layout:
    """Return a layout by its name; ConfigurationError if there is none."""
    known = layouts()
    if name not in known:
        raise ConfigurationError(f"There is no layout {name!r}. There are: {', '.join(known)}.")
    return known[name]
