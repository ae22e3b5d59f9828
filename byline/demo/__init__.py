"""The demo archive: invented pages, and what is known of each."""

from pathlib import Path

PAGES = Path(__file__).parent / "pages"
MANIFEST = Path(__file__).parent / "manifest.jsonl"
