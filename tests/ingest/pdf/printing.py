"""Sets invented stories as printed pages: PDF files for the tests."""

import io
from collections.abc import Sequence

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

WIDTH, HEIGHT = A4
LEFT, TOP = 60.0, 760.0
_WHO = ("Police", "The harbour guild", "Two councillors", "Residents of Orvale", "The Tarsk militia", "Nurses")
_DID = ("closed the old bridge", "marched to the town hall", "met the governor", "refused to leave the square")
_WHEN = ("on Monday", "before dawn", "after the vote", "during the night", "late on Friday")
_WHY = (
    "because the water had been cut",
    "as the talks went on",
    "although nobody had asked them",
    "to the surprise of all",
)


def prose(number: int, sentences: int = 4) -> str:
    """Return an invented paragraph; another number gives another one."""
    said = (
        f"{_WHO[k % 6]} {_DID[k % 4]} {_WHEN[k % 5]} {_WHY[(k // 3) % 4]}, said {_WHO[(k + 2) % 6].lower()} near"
        f" house {k}."
        for k in (number * 7 + i * 5 for i in range(sentences))
    )
    return " ".join(said)


def story(count: int, first: int = 1) -> list[str]:
    """Return some paragraphs of different lengths."""
    return [prose(first + i, 2 + (first + i) % 3) for i in range(count)]


class Press:
    """A file of pages that grows by what is set on them; y is counted from the bottom in points."""

    def __init__(self, *, encrypt: StandardEncryption | None = None, compress: bool = True) -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=A4, invariant=True, encrypt=encrypt, pageCompression=int(compress))

    def line(self, text: str, x: float = LEFT, y: float = TOP, *, size: float = 10, font: str = "Times-Roman") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def lines(self, text: str, x: float = LEFT, y: float = TOP, *, size: float = 10, leading: float = 12) -> None:
        """Set lines as they are given."""
        for i, line in enumerate(text.split("\n")):
            self.line(line, x, y - i * leading, size=size)

    def columns(
        self,
        paragraphs: Sequence[str | Paragraph],
        boxes: Sequence[tuple[float, float, float, float]],
        *,
        indent: float = 0,
        after: float = 6,
        size: float = 10,
        even: bool = True,
    ) -> list[Paragraph]:
        """Set paragraphs into boxes (left, top, width, height), one after another; return what found no room."""
        set_in = ParagraphStyle(
            "story",
            firstLineIndent=indent,
            fontName="Times-Roman",
            fontSize=size,
            leading=1.2 * size,
            alignment=TA_JUSTIFY if even else TA_LEFT,
        )
        rest = [Paragraph(p, set_in) if isinstance(p, str) else p for p in paragraphs]
        for left, top, width, height in boxes:
            y = top
            while rest:
                parts = rest[0].split(width, y - (top - height))
                if not parts:
                    break
                _, used = parts[0].wrap(width, HEIGHT)
                parts[0].drawOn(self.canvas, left, y - used)
                y -= used + after
                rest[:1] = parts[1:]
                if len(parts) > 1:
                    break
        return rest

    def page(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.save()
        return self._file.getvalue()


def newspaper() -> tuple[bytes, list[str]]:
    """Return two pages of three columns with a headline, an indented story, heads and feet; and its paragraphs."""
    told = story(26)
    press = Press()
    rest: Sequence[str | Paragraph] = told
    for number in (1, 2):
        top = 690.0 if number == 1 else 760.0
        press.line("THE MERIDIAN POST", LEFT, 800, size=9, font="Helvetica")
        press.line(f"Tuesday 3 May 2011 | Page {number}", 420, 800, size=9, font="Helvetica")
        if number == 1:
            press.line("Bridge closed as talks in Orvale go on", LEFT, 735, size=26, font="Times-Bold")
            press.line("Nobody was hurt, the harbour guild said", LEFT, 710, size=14, font="Times-Italic")
        boxes = [(LEFT + i * 163, top, 150, top - 80) for i in range(3)]
        rest = press.columns(rest, boxes, indent=10, after=0, size=9)
        press.line(f"meridian.example {number}", 260, 40, size=8)
        press.page()
    assert not rest
    return press.bytes(), told
