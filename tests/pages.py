"""Hand-made pages: shapes of sites filled with invented stories, and what each of their paragraphs is.

tests/cases/pages/ holds one shape a file. `$first` and `$rest` stand for the halves of a story: the element that holds
one, marked with data-gold, is repeated for every paragraph. What has no data-gold is furniture; "standfirst", "quote",
"row" and "time" may be in the body or not.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html

PAGES = Path(__file__).parent / "cases" / "pages"
STORIES: list[dict[str, Any]] = tomllib.loads((PAGES / "stories.toml").read_text("utf-8"))["stories"]
_TWICE = 20  # shapes that are filled with a second story
_REPEATED = re.compile(r"<(\w+)[^<>]*>\$(first|rest)</\1>(?:<br>)*")


class Page(NamedTuple):
    """A page's name and markup, and its paragraphs by what they are."""

    name: str
    markup: str
    gold: dict[str, list[str]]


def read_pages() -> Iterator[Page]:
    """Yield every shape with one story, and the first ones with another."""
    shapes = sorted(PAGES.glob("*.html"))
    for number, path in enumerate([*shapes, *shapes[:_TWICE]]):
        story = (number + number // len(shapes)) % len(STORIES)
        yield _filled(f"{path.stem}, story {story}", path.read_text("utf-8"), story)


def _filled(name: str, shape: str, number: int) -> Page:
    story, others = STORIES[number], [*STORIES[number + 1 :], *STORIES[:number]]
    half = len(story["paragraphs"]) // 2
    parts = {"first": story["paragraphs"][:half], "rest": story["paragraphs"][half:]}
    markup = _REPEATED.sub(lambda m: "\n".join(m[0].replace(f"${m[2]}", p) for p in parts[m[2]]), shape)
    words = {key: value for key, value in story.items() if key != "paragraphs"} | {"year": story["iso"][:4]}
    for i, other in enumerate(others[:3], 1):
        words |= {f"other{i}": other["title"], f"tease{i}": other["paragraphs"][0]}
    markup = re.sub(r"\$([a-z]+\d?)", lambda m: words[m[1]], markup)
    gold: dict[str, list[str]] = {}
    for element in lxml.html.fromstring(markup).iter():
        if kind := element.get("data-gold"):
            gold.setdefault(kind, []).append(" ".join(" ".join(element.itertext()).split()))
    return Page(name, markup, gold)
