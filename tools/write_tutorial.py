"""Write docs/tutorial/week.wacz: the demo's pages that have an address, as a crawl of 16 March 2006 would hold them."""

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from byline.demo import MANIFEST

PACKAGE = Path(__file__).parents[1] / "docs" / "tutorial" / "week.wacz"
WHEN = "2006-03-16T07:00:00Z"
MADE = (2006, 3, 16, 7, 0, 0)  # of each file in the package: the same bytes whenever it is written
TYPES = {".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8"}


def main() -> None:
    """Write the package."""
    rows = map(json.loads, MANIFEST.read_text("utf-8").splitlines())
    pages = {row["url"]: MANIFEST.parent / row["file"] for row in rows if row["url"]}
    files = {"archive/week.warc.gz": warc(pages), "pages/pages.jsonl": listed(pages)}
    about = {"profile": "data-package", "wacz_version": "1.1.1", "created": WHEN, "title": "A week, invented"}
    about |= {"resources": [resource(name, data) for name, data in files.items()]}
    with zipfile.ZipFile(PACKAGE, "w") as package:
        for name, data in {**files, "datapackage.json": json.dumps(about, indent=2).encode()}.items():
            package.writestr(zipfile.ZipInfo(name, MADE), data)


def warc(pages: dict[str, Path]) -> bytes:
    """Return a response for each page, by its address."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, path in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", TYPES[path.suffix])], protocol="HTTP/1.1")
        told = {"WARC-Date": WHEN, "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, url)}>"}
        body = BytesIO(path.read_bytes())
        writer.write_record(
            writer.create_warc_record(url, "response", body, http_headers=headers, warc_headers_dict=told)
        )
    return out.getvalue()


def listed(pages: dict[str, Path]) -> bytes:
    """Return the list of pages."""
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
    lines += [{"url": url, "ts": WHEN} for url in pages]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def resource(path: str, data: bytes) -> dict[str, object]:
    """Return what a package says of one of its files."""
    name = path.rpartition("/")[2]
    return {"name": name, "path": path, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}


if __name__ == "__main__":
    main()
