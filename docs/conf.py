"""The site of these pages: `make site` writes it to build/site. It needs no server, and fetches nothing."""

from byline import __version__

project = "Byline"
copyright = "Byline's developers, Apache 2.0"  # noqa: A001 -- Sphinx calls it so
version = release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["notebooks", "pictures", "tutorial"]
myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure"]  # of languages that Pygments does not know, as CSV
html_theme = "furo"
html_title = "Byline"
html_show_sourcelink = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#7a3b12", "color-brand-content": "#7a3b12"},
    "dark_css_variables": {"color-brand-primary": "#e8a87c", "color-brand-content": "#e8a87c"},
}
