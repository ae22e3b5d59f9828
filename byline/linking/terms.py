"""The rare words of a passage: names, numbers and uncommon nouns, by which two tellings of one happening are known."""

import re
from collections.abc import Sequence

from byline import knowledge
from byline.records import Document, Span

_WORDS = knowledge.load("words.toml")
_EVERYDAY = frozenset(_WORDS["everyday"].split())
_MOST = knowledge.load("linking.toml")["terms"]["most"]
_TERM = re.compile(r"[^\W_]{2,}")


def terms_of(document: Document, evidence: Sequence[Span]) -> tuple[str, ...]:
    """Return the words of the paragraphs that hold the evidence, each once, in text order, without everyday ones."""
    paragraphs = [p for p in document.body if any(p[0] < end and start < p[1] for start, end in evidence)]
    words = (w for start, end in paragraphs or evidence for w in _TERM.findall(document.text[start:end].lower()))
    return tuple(dict.fromkeys(w for w in words if w not in _EVERYDAY))[:_MOST]
