"""Writing a printout as PDF: in a process of its own.

Text layout needs Qt objects, which a worker thread may not own, and takes longer than the
GUI thread can spare.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from widgets.case.printout import Printout

PROJECT = Path(__file__).parents[2]
LONGEST_S = 60
DPI = 96
FOOT = 40
_STYLE = """
h1 { font-size: 17px; margin: 0 } h2 { font-size: 13px; margin: 14px 0 4px 0 }
p { margin: 2px 0 } td { padding: 3px 12px 3px 0; vertical-align: top }
.grey { color: #555555 } .demo { color: #8a6100 }
"""


def write_apart(page: Printout, path: Path) -> None:
    """Have a child write the PDF and wait for it. Runs in the pool.

    Raises OSError if the file cannot be written, subprocess.SubprocessError if the child fails.
    """
    with path.open("wb"):  # the writer itself would fail without a word
        pass
    frozen = getattr(sys, "frozen", False)
    start = [sys.executable, "--pdf"] if frozen else [sys.executable, "-m", "widgets.case.pdf"]
    screenless = {"QT_QPA_PLATFORM": "offscreen"} if sys.platform.startswith("linux") else {}
    subprocess.run(  # noqa: S603 - our own program
        [*start, str(path)],
        input=json.dumps(asdict(page)).encode(),
        cwd=None if frozen else PROJECT,
        env={**os.environ, **screenless},
        timeout=LONGEST_S,
        check=True,
    )


def main(path: str) -> int:
    """The child: a printout as JSON comes in, the PDF goes to `path`."""
    page = Printout(**json.load(sys.stdin))
    application = QGuiApplication(sys.argv[:1])
    write_pdf(page, Path(path))
    application.quit()
    return 0


def write_pdf(page: Printout, path: Path) -> None:
    """Lay out and write the pages, with the Qt of this process."""
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(15, 15, 15, 12),
            QPageLayout.Unit.Millimeter,
        )
    )
    font = QFont(page.family)
    font.setPixelSize(12)
    text = QTextDocument()
    text.setDefaultFont(font)
    text.setDefaultStyleSheet(_STYLE)
    body = QSizeF(writer.width(), writer.height() - FOOT)
    text.setPageSize(body)
    text.setHtml(page.html)
    painter = QPainter(writer)
    try:
        _paint(painter, writer, text, page.foot, font)
    finally:
        painter.end()


def _paint(
    painter: QPainter, writer: QPdfWriter, text: QTextDocument, foot: str, font: QFont
) -> None:
    size, pages = text.pageSize(), text.pageCount()
    painter.setFont(font)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * size.height())
        text.drawContents(painter, QRectF(0, number * size.height(), size.width(), size.height()))
        painter.restore()
        line = QRectF(0, size.height() + FOOT / 2, size.width(), FOOT / 2)
        painter.setPen(QColor("#555555"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, foot)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{number + 1} / {pages}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
