"""Bytes to text: byte order mark, UTF-8, declared charset, then a guess."""

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
_PRINTED = bytes(b for b in range(9, 127) if b not in _CONTROLS)
_TABLES = knowledge.load("files.toml")
_MAGIC = {bytes.fromhex(row["starts"]): str(row["name"]) for row in _TABLES["magic"]}
_LABELS: dict[str, str] = _TABLES["labels"]
_NO_CHARSETS = frozenset(_TABLES["no_charsets"])


def decode(data: bytes, *, markup: bool = False, charset: str | None = None) -> str:
    """Return the bytes as text; with `markup`, the charset that the page declares is tried too, then `charset`.

    What reads as UTF-8 with letters beyond ASCII is UTF-8, whatever it declares.
    A few damaged bytes in UTF-8 become U+FFFD rather than turn the whole text
    into another charset. DocumentError if the bytes are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    wide = _wide(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    _refuse_binary(data)
    declared = [*(_declared(data) if markup else []), *([_named(charset)] if charset else [])]
    for name in [*declared, "utf-8"] if data.isascii() else ["utf-8", *declared]:
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    lenient = data.decode("utf-8", "replace")
    return lenient if _mostly_right(lenient) else data.decode(guessed(data), "replace")


def _refuse_binary(data: bytes) -> None:
    kind = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if kind:
        raise DocumentError(f"This is {kind}, not text. Convert it to text or HTML first.")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls * 50 > len(sample):
        raise DocumentError("This is binary data, not text. Convert it to text or HTML first.")


def _wide(sample: bytes) -> str | None:
    """Name the UTF-16 that Western text without a mark is in: of every two bytes one is zero, the other ASCII."""
    even, odd = sample[::2], sample[1::2]
    for zeros, letters, name in ((even, odd, "utf-16-be"), (odd, even, "utf-16-le")):
        if zeros.count(0) * 5 > len(zeros) * 4 and len(letters.translate(None, _PRINTED)) * 5 < len(letters):
            return name
    return None


def _declared(data: bytes) -> list[str]:
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return []
    return [_named(found[1].decode("ascii", "replace"))]


def _named(label: str) -> str:
    name = label.lower()
    return _LABELS.get(name, "" if name.replace("-", "_") in _NO_CHARSETS else name)


def _mostly_right(text: str) -> bool:
    """Whether UTF-8 with holes is UTF-8: far more good characters beyond ASCII than damaged ones."""
    damaged = text.count("\ufffd")
    good = len(text) - damaged - len(text.encode("ascii", "ignore"))
    return good > 2 * damaged


def guessed(data: bytes) -> str:
    """Name the old code page that a text is in; where the Western European one fits as well as any, it is that."""
    fits = from_bytes(data[:_SAMPLE], cp_exclusion=_TABLES["unlikely"])
    best = fits.best()
    alike = {name for fit in fits if best and fit.chaos == best.chaos for name in fit.could_be_from_charset}
    return best.encoding if best and "cp1252" not in alike else "cp1252"
