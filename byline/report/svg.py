"""Parts of drawings as SVG, for screen and grey print."""

from collections.abc import Iterable
from html import escape

WIDTH = 680.0
_FONT = "Libertinus Serif, Georgia, serif"  # of the PDF, and what a screen has


def svg(height: float, parts: Iterable[str]) -> str:
    """Return a drawing that is `WIDTH` wide."""
    size = f'viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONT}" font-size="11">{"".join(parts)}</svg>'


def text(x: float, y: float, words: str, style: str = "") -> str:
    """Return words that stand at a point; they are escaped, the style is taken as it is."""
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def box(left: float, top: float, wide: float, high: float, style: str) -> str:
    """Return a rectangle."""
    return f'<rect x="{left:.2f}" y="{top:.1f}" width="{wide:.2f}" height="{high:.1f}" {style}/>'


def path(points: str, style: str) -> str:
    """Return a line or an area."""
    return f'<path d="{points}" {style}/>'
