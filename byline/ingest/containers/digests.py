"""What an archive says of the bytes of its records, and whether it holds."""

import base64
import hashlib
from collections.abc import Mapping

from byline.ingest.containers.captures import Capture
from byline.ingest.containers.transfer import transferred

KINDS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


def wrong(fields: Mapping[str, str], block: bytes, capture: Capture) -> str | None:
    """Say which digest of a record does not hold, None if all do, or none can be checked.

    The payload's may be taken before or after chunks are joined: both are found in archives.
    """
    bodies = (capture.response.raw, transferred(capture.response).data)
    for name, candidates in (("block", (block,)), ("payload", bodies)):
        stated = fields.get(f"warc-{name}-digest")
        if stated and all(holds(stated, data) is False for data in candidates):
            return (
                f"The {name} is not what the archive took the digest {stated} of, and is not read. "
                "Compare the file with its checksum, or read it without checking digests."
            )
    return None


def holds(stated: str, data: bytes) -> bool | None:
    """Whether a digest is that of bytes, in hexadecimal or base 32 behind ``sha1:``; None if it cannot be told."""
    name, _, value = stated.strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in KINDS:
        return None
    found = hashlib.new(name, data, usedforsecurity=False)
    plain = value.strip().rstrip("=").lower()
    return plain in {found.hexdigest(), base64.b32encode(found.digest()).decode().rstrip("=").lower()}
