"""“Strict Open XML” workbooks made such as everybody writes them: other names, the same parts."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from questions.formats import packages

# ISO/IEC 29500: part 1 (strict) and part 4 (transitional) name the same things differently.
_NAMES: Final = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
_MARK: Final = b"http://purl.oclc.org/ooxml/"


def transitional(data: bytes, package: zipfile.ZipFile) -> bytes:
    """The workbook with transitional names; unchanged where it has them. Raises FormatError."""
    if _MARK not in packages.read_part(package, "xl/workbook.xml"):
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in packages.xml_parts(package):
            for strict, usual in _NAMES:
                part = part.replace(strict, usual)
            new.writestr(name, part)
    return target.getvalue()
