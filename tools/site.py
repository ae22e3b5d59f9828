"""What MkDocs is told beside mkdocs.yml: links out of docs/ lead to files that a site does not have."""

import re

_OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+[^)]+\)")


def on_page_markdown(markdown: str, **_: object) -> str:
    """Return a page in which such links are plain words; MkDocs calls this for each page."""
    return _OUTSIDE.sub(r"\1", markdown)
