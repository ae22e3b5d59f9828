"""Outlets and texts: what one outlet is called, and which reports are copies of one text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from byline import knowledge
from byline.linking.reports import Report

_NAMES = 10_000  # of outlets that are remembered
_WORDS = knowledge.load("sources.toml")
_HOSTS, _AGENCIES = _WORDS["hosts"], _WORDS["agencies"]
_PREFIXES, _SECOND = frozenset(_HOSTS["prefixes"]), frozenset(_HOSTS["second"])
_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/].*)?", re.IGNORECASE)


@lru_cache(_NAMES)
def outlet_key(name: str | None) -> str:
    """Return what is the same for all spellings of an outlet's name, "" for an unknown outlet.

    "The Marlow Times", "marlow times" and "www.marlowtimes.example" are one.
    """
    words = (name or "").strip()
    host = _HOST.fullmatch(words)
    if host:
        words = _label(host[1].lower().split("."))
    plain = unicodedata.normalize("NFKD", words.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in plain if not unicodedata.combining(c)).removeprefix("the "))


def _label(labels: list[str]) -> str:
    """Return the part of a host's name that names its owner."""
    while len(labels) > 2 and labels[0] in _PREFIXES:  # noqa: PLR2004 - a name and its ending
        labels = labels[1:]
    ending = 2 if len(labels) > 2 and labels[-2] in _SECOND else 1  # noqa: PLR2004
    return labels[-ending - 1]


def in_order(reports: Sequence[Report]) -> list[Report]:
    """Return the reports in canonical order, the earliest published first, those without a date last."""
    return sorted(reports, key=_rank)


def _rank(report: Report) -> tuple[str, str, str, str]:
    return report.published.start if report.published else "~", report.document, report.source, report.id


def originals(reports: Sequence[Report]) -> dict[str, str]:
    """Return for each document the one whose text it has in the end: copies of copies are followed."""
    of = {r.document: r.original for r in reports}
    return {document: _root(document, of) for document in of}


def homes(reports: Sequence[Report], original: Mapping[str, str]) -> dict[str, str]:
    """Return for each text, by its original, the key of the outlet whose words it is; `reports` in canonical order.

    A text that several outlets have is an agency's if one is among them. Else it is that outlet's which has most of
    such texts, then the original's: texts that have an outlet in common may all be from one agency that is not here.
    """
    firsts = sorted(reports, key=lambda r: r.document != original[r.document])
    outlets: dict[str, dict[str, None]] = {}
    for report in firsts:
        outlets.setdefault(original[report.document], {})[outlet_key(report.publication)] = None
    agencies = {outlet_key(r.publication) for r in reports if r.publication and is_agency(r.publication)}
    shared = {text: list(keys) for text, keys in outlets.items() if len(keys) > 1 and not agencies & keys.keys()}
    printed = Counter(key for keys in shared.values() for key in keys)
    found = {text: next((k for k in keys if k in agencies), next(iter(keys))) for text, keys in outlets.items()}
    return found | {text: max(keys, key=lambda k: (printed[k], -keys.index(k))) for text, keys in shared.items()}


@lru_cache(_NAMES)
def is_agency(name: str) -> bool:
    """Return whether an outlet's name is that of a news agency, whose texts others print."""
    plain = " ".join(re.findall(r"\w+", name.lower()))
    words = set(plain.split())
    return (
        bool(words.intersection(_AGENCIES["words"]))
        or plain in _AGENCIES["names"]
        or any(phrase in plain for phrase in _AGENCIES["phrases"])
    )


def _root(document: str, of: Mapping[str, str]) -> str:
    seen = set[str]()
    while document not in seen and of.get(document, document) != document:
        seen.add(document)
        document = of[document]
    return document if document not in seen else min(seen)
