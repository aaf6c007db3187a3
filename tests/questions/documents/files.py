"""Real files for the readers: Word documents, PDF pages, archives of all sorts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

TITLE = "甲省水利厅2023年法治政府建设情况报告"
LINES = (
    TITLE,
    "一、强化水行政执法",
    "2023年，全省共查处水事违法案件1029起，罚没金额2835.4万元，开展普法活动560余场，"
    "受众达到12.5万人次。",
    "印发《甲省水利厅行政规范性文件管理办法》，全年审查规范性文件37件，组织执法人员培训16期，"
    "参训人员2350人次。",
    "二、下一步工作打算",
    "检查企业90家。",
)
FONT = "STSong-Light"
NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="9"/><w:numFmt w:val="chineseCountingThousand"/>
<w:suff w:val="space"/><w:lvlText w:val="第%3条"/></w:lvl>
</w:abstractNum>"""


def saved(document: WordDocument) -> bytes:
    """A Word document's bytes."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def word(lines: Sequence[str] = LINES) -> bytes:
    """A .docx of plain paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def numbered_word(rows: Sequence[tuple[int | None, str]]) -> bytes:
    """A .docx whose paragraphs Word numbers itself, on the given levels."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    number = numbering.add_num(90)
    for level, text in rows:
        paragraph = document.add_paragraph(text)
        if level is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = level
            properties.get_or_add_numId().val = number.numId
    return saved(document)


def printed(
    lines: Sequence[str] = LINES,
    *,
    width: int = 34,
    head: str = "",
    encrypted: pdfencrypt.StandardEncryption | None = None,
    per_page: int = 36,
) -> bytes:
    """A PDF of paragraphs wrapped at `width` Chinese characters, with heads and page numbers."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    data = io.BytesIO()
    sheet = canvas.Canvas(data, encrypt=encrypted)
    rows = [
        part
        for line in lines
        for whole in ("\u3000\u3000" + line,)
        for part in wrapped(whole, 2 * width)
    ]
    for number, first in enumerate(range(0, len(rows), per_page), start=1):
        sheet.setFont(FONT, 12)
        if head:
            sheet.drawString(72, 815, head)
        for at, row in enumerate(rows[first : first + per_page]):
            sheet.drawString(72, 790 - 20 * at, row)
        sheet.drawString(290, 30, f"— {number} —")
        sheet.showPage()
    sheet.save()
    return data.getvalue()


def wrapped(text: str, columns: int) -> list[str]:
    """A paragraph's lines; a Chinese character takes two columns."""
    rows, room = [""], columns
    for sign in text:
        room -= 1 if sign.isascii() else 2
        if room < 0:
            rows.append("")
            room = columns - (1 if sign.isascii() else 2)
        rows[-1] += sign
    return rows


def scan() -> bytes:
    """A PDF of pages without text."""
    data = io.BytesIO()
    sheet = canvas.Canvas(data)
    for _ in range(3):
        sheet.rect(50, 50, 400, 600, fill=1)
        sheet.showPage()
    sheet.save()
    return data.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def with_body(xml: str) -> bytes:
    """An archive that holds nothing but this word/document.xml."""
    return zipped({"word/document.xml": xml.encode()})
