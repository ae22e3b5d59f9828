"""Withholding the names of private persons, offsets kept.

A name is covered letter by letter, so that every span still points to its
words. Persons who hold an office or lead a force or party act in public: their
names stay. Everybody else's go, authors of the page excepted. Who has no name
but a description ("Gunmen", "a doctor") keeps that.
"""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from byline import knowledge
from byline.records import Actor, CodedDocument, Record

_PUBLIC = knowledge.load("people.toml")
_OFFICES, _FORCES = frozenset(_PUBLIC["offices"]), frozenset(_PUBLIC["forces"])
_RANKS, _NOT_NAMES = frozenset(_PUBLIC["ranks"]), frozenset(_PUBLIC["not_names"])
_WORD = re.compile(r"\w[\w'’-]+")
_COVER = "█"
_KEPT = frozenset({"id", "source", "url", "authors", "publication", "copy", "file", "outlet"})
AnyRecord = TypeVar("AnyRecord", bound=Record)


def withhold_names(document: CodedDocument) -> CodedDocument:
    """Return the document with the names of private persons covered and their roles as names."""
    private = _private(document)
    pattern = _pattern(private.values())
    if pattern is None:
        return document
    plain = _covered(document.to_dict(), pattern)
    text = plain["text"]
    roles = {a.id: _role(a) for a in document.actors if a.id in private}
    for actor in plain["actors"]:
        actor["name"] = roles.get(actor["id"], actor["name"])
    return msgspec.convert(_quoted_again(plain, text), CodedDocument)


def cover_names(record: AnyRecord, documents: Iterable[CodedDocument]) -> AnyRecord:
    """Return a record about some documents with the names of private persons in them covered, whoever else has them."""
    pattern = _pattern(names for document in documents for names in _private(document).values())
    return msgspec.convert(_covered(record.to_dict(), pattern), type(record)) if pattern else record


def is_public(actor: Actor) -> bool:
    """Whether somebody acts in public: holds an office, is of public note, or leads a force."""
    if actor.sector in _OFFICES or (actor.basis is not None and actor.basis.rule.startswith("dictionary")):
        return True
    words = actor.basis.text.lower().split() if actor.basis is not None and actor.basis.text else []
    return actor.sector in _FORCES and not _RANKS.isdisjoint(words)


def _private(document: CodedDocument) -> dict[str, list[str]]:
    """Return the words of the names of those who do not act in public and have a name, by the ids of the actors."""
    persons = (a for a in document.actors if a.kind == "person" and not is_public(a))
    return {a.id: names for a in persons if (names := _names(a, document.text))}


def _pattern(private: Iterable[list[str]]) -> re.Pattern[str] | None:
    """Return what finds the words of names, in a line of capitals, too; None if there are none."""
    words = sorted({form for names in private for word in names for form in (word, word.upper())})
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)") if words else None


def _names(actor: Actor, text: str) -> list[str]:
    """Return the words of a name that would tell who it is."""
    described = _described(actor, text)
    found = (m for m in _WORD.finditer(actor.name) if m.start() not in described)
    words = (re.sub(r"['’]s?$", "", m[0]) for m in found)
    return [w for w in words if any(c.isupper() for c in w) and w.lower() not in _NOT_NAMES]


def _described(actor: Actor, text: str) -> range:
    """Return where a noun of the lexicon stands in what somebody goes by: "Gunmen", "the leader of the Guard".

    A noun beside a name ("Baker Orla Baker") is no part of it.
    """
    basis = actor.basis
    if basis is None or basis.span is None or not basis.rule.rpartition("; ")[2].startswith("noun: "):
        return range(0)
    first, stop = basis.span
    named = (m for m in actor.mentions if text[slice(*m)].casefold() == actor.name.casefold())
    start = next((m[0] for m in named if m[0] <= first and stop <= m[1]), None)
    return range(0) if start is None else range(first - start, stop - start)


def _role(actor: Actor) -> str:
    return " ".join(filter(None, ("person", actor.id, actor.country, actor.sector)))


def _covered(value: Any, pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 - plain JSON values
    if isinstance(value, str):
        return pattern.sub(lambda m: _COVER * len(m[0]), value)
    if isinstance(value, list):
        return [_covered(v, pattern) for v in value]
    if isinstance(value, dict):
        return {k: v if k in _KEPT else _covered(v, pattern) for k, v in value.items()}
    return value


def _quoted_again(value: Any, text: str) -> Any:  # noqa: ANN401 - plain JSON values
    """Return the value with every quotation cut from the covered text."""
    if isinstance(value, list | tuple):
        return [_quoted_again(v, text) for v in value]
    if isinstance(value, dict):
        copy = {k: _quoted_again(v, text) for k, v in value.items()}
        if copy.get("span") and copy.get("text") is not None:
            copy["text"] = text[slice(*copy["span"])]
        return copy
    return value
