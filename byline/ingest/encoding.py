"""Bytes to text: byte order mark, declared charset, UTF-8, then a guess."""

import codecs
import re

from charset_normalizer import from_bytes

from byline import knowledge
from byline.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 1 << 16
_ALLOWED = frozenset(b"\t\n\v\f\r\x1b")
_CONTROLS = bytes(b for b in range(32) if b not in _ALLOWED)
_TABLES = knowledge.load("files.toml")
_MAGIC = {bytes.fromhex(row["starts"]): str(row["name"]) for row in _TABLES["magic"]}
_LABELS: dict[str, str] = _TABLES["labels"]


def decode(data: bytes, *, markup: bool = False) -> str:
    """Return the bytes as text; with `markup`, a charset that the page declares is tried first.

    A few damaged bytes in UTF-8 become U+FFFD rather than turn the whole text
    into another charset. DocumentError if the bytes are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    _refuse_binary(data)
    for name in [*(_declared(data) if markup else ()), "utf-8"]:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    lenient = data.decode("utf-8", "replace")
    return lenient if _mostly_right(lenient) else _guess(data)


def _refuse_binary(data: bytes) -> None:
    kind = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if kind:
        raise DocumentError(f"This is {kind}, not text. Convert it to text or HTML first.")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls * 50 > len(sample) and not _wide(sample):
        raise DocumentError("This is binary data, not text. Convert it to text or HTML first.")


def _wide(sample: bytes) -> bool:
    """Tell UTF-16 without a mark: every other byte is zero, none of the rest."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) * 5 > len(sample) // 2 * 4 and min(even, odd) * 50 < len(sample)


def _declared(data: bytes) -> list[str]:
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return []
    name = found[1].decode("ascii", "replace").lower()
    return [_LABELS.get(name, name)]


def _mostly_right(text: str) -> bool:
    """Whether UTF-8 with holes is UTF-8: far more good characters beyond ASCII than damaged ones."""
    damaged = text.count("\ufffd")
    good = len(text) - damaged - len(text.encode("ascii", "ignore"))
    return good > 2 * damaged


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if _wide(sample):
        return data.decode("utf-16-be" if sample[:1] == b"\0" else "utf-16-le", "replace")
    best = from_bytes(sample, cp_exclusion=_TABLES["unlikely"]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")
