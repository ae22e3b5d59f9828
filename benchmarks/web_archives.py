"""Measure the reading of web archives beside FastWARC and warcio, on pages that this script writes.

    python benchmarks/web_archives.py [--records 10000] [--kilobytes 60] [--keep FOLDER]

Speed is in records a CPU-second of one process: pages are taken out with their codings undone, no HTML is read.
Memory is the peak of a process of its own that reads 1,000 and 50,000 records.
"""

import argparse
import gzip
import random
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli

from byline.ingest.containers import warc
from byline.ingest.containers.transfer import Response, payload
from byline.ingest.facts import Facts
from byline.ingest.source import Options, Source
from byline.records import Failure, Origin

WORDS = (Path(__file__).parent.parent / "README.md").read_text("utf-8").split()
CODINGS: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress}
CODINGS["br"] = lambda data: brotli.compress(data, quality=4)


def page(number: int, size: int) -> bytes:
    """Return a page of about that many bytes, half of it markup and script, as on the web."""
    chosen = random.Random(number)  # noqa: S311 -- the same pages every time
    parts = [f"<!DOCTYPE html><html><head><title>Report {number}</title>"]
    length = 0
    while length < size:
        words = " ".join(chosen.choices(WORDS, k=60)).replace("<", "&lt;")
        key = f"{chosen.getrandbits(64):x}"
        script = f'<script>p.push({{"k":"{key}"}})</script>'
        parts.append(f'<div class="item c{key[:3]}" data-id="{key}">{script}<p>{words}</p></div>\n')
        length += len(parts[-1])
    return "".join([*parts, "</body></html>"]).encode()


def record(number: int, size: int) -> bytes:
    """Return a response; every other one is coded, and half of these are sent in chunks as well."""
    coding = ("", "gzip", "", "br", "", "gzip", "", "deflate")[number % 8]
    body = CODINGS[coding](page(number, size))
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: example\r\n"
    head += f"Content-Encoding: {coding}\r\n" if coding else ""
    if number % 4 == 1:
        head += "Transfer-Encoding: chunked\r\n"
        body = b"".join(b"%x\r\n%b\r\n" % (len(c), c) for c in (body[:8000], body[8000:]) if c) + b"0\r\n\r\n"
    block = head.encode() + b"\r\n" + body
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"WARC-Date: 2020-01-02T03:04:05Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def write(path: Path, count: int, size: int) -> None:
    """Write a WARC with a gzip member for each record; pages repeat after a thousand, to be written fast."""
    members = [gzip.compress(record(n, size), 6) for n in range(min(count, 1000))]
    with path.open("wb") as file:
        for number in range(count):
            file.write(members[number % len(members)])


def ours(path: Path) -> Iterator[int]:
    """Yield the bytes of each page, as Byline reads it."""
    with path.open("rb") as stream:
        for found in warc.read(Source(str(path), stream, Facts(), Origin(container=str(path))), Options()):
            assert not isinstance(found, Failure), found
            yield len(found.stream.read())


def fastwarc(path: Path) -> Iterator[int]:
    """Yield the bytes of each body: FastWARC undoes chunks, and we codings, for its own way loses those in chunks."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 -- its import is no part of our memory

    with path.open("rb") as stream:
        for found in ArchiveIterator(stream, record_types=WarcRecordType.response, auto_decode="transfer"):
            head = {"content-encoding": found.http_headers.get("content-encoding", "")}
            yield len(payload(Response(200, head, found.reader.read())).data)


def fastwarc_transfer(path: Path) -> Iterator[int]:
    """Yield the bytes of each body, as FastWARC reads it, with chunks undone and codings left."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 -- as above

    with path.open("rb") as stream:
        for found in ArchiveIterator(stream, record_types=WarcRecordType.response, auto_decode="transfer"):
            yield len(found.reader.read())


def warcio(path: Path) -> Iterator[int]:
    """Yield the bytes of each body, as warcio reads it."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 -- as above

    with path.open("rb") as stream:
        for found in ArchiveIterator(stream):
            try:
                yield len(found.content_stream().read())
            except AttributeError:  # it sets attributes that decoders of brotli 1.2 do not have
                yield 0


READERS = {"byline": ours, "fastwarc": fastwarc, "fastwarc, codings left": fastwarc_transfer, "warcio": warcio}


def speeds(path: Path, rounds: int) -> dict[str, tuple[float, int]]:
    """Return each reader's records a CPU-second, the best of its rounds, and the bytes that it read.

    The readers take turns, for other work on the machine slows all of them.
    """
    found = dict.fromkeys(READERS, (0.0, 0))
    for name, reader in list(READERS.items()) * rounds:
        start, count, total = time.process_time(), 0, 0
        for size in reader(path):
            count, total = count + 1, total + size
        found[name] = max(found[name], (count / (time.process_time() - start), total))
    return found


def peak(path: Path) -> int:
    """Return the peak memory, in kilobytes, of a process that reads a file."""
    code = (
        "import resource, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]); import web_archives\n"
        "sum(web_archives.ours(Path(sys.argv[1])))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, str(path), str(Path(__file__).parent)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 -- this script


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--records", type=int, default=10_000)
    options.add_argument("--kilobytes", type=int, default=60, help="of a page, unpacked")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--memory", action="store_true", help="measure memory as well")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pages.warc.gz")
        write(path, chosen.records, chosen.kilobytes * 1000)
        sys.stdout.write(f"{chosen.records:,} responses, {path.stat().st_size / 1e6:.0f} MB packed\n")
        found = speeds(path, chosen.rounds)
        for name, (rate, total) in found.items():
            ratio = found["byline"][0] / rate
            line = f"{name:24}{rate:10,.0f} records/CPU-s{total / 1e6:8,.0f} MB of bodies  byline/{name}: {ratio:.2f}"
            sys.stdout.write(line + "\n")
        for count in (1_000, 50_000) if chosen.memory else ():
            write(path, count, chosen.kilobytes * 1000)
            sys.stdout.write(f"peak memory, {count:6,} records: {peak(path) / 1000:.1f} MB\n")


if __name__ == "__main__":
    main()
