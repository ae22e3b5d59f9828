"""The layouts, one a file, each as `LAYOUT`; those of other packages come by the entry points `byline.layouts`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from byline.errors import ConfigurationError
from byline.export.layout import Layout
from byline.plugged import plugins


@cache
def layouts() -> dict[str, Layout]:
    """Return all layouts by their names, sorted; ConfigurationError if one of another package does not hold."""
    own = [import_module(f"{__name__}.{module.name}").LAYOUT for module in iter_modules(__path__)]
    found = {layout.name: layout for layout in own}
    for plugin in plugins("byline.layouts"):
        layout = plugin.load()
        if layout.name in found:
            raise ConfigurationError(f"The plug-in {plugin} is a second layout {layout.name!r}. Rename it.")
        found[layout.name] = layout
    return dict(sorted(found.items()))


def layout(name: str) -> Layout:
    """Return a layout by its name; ConfigurationError if there is none."""
    known = layouts()
    if name not in known:
        raise ConfigurationError(f"There is no layout {name!r}. There are: {', '.join(known)}.")
    return known[name]
