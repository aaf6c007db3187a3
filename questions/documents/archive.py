"""Zipped files opened with care: sizes and ratios are looked at before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from questions.errors import DocumentError

MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
MOST_PARTS: Final = 20_000
LARGEST_PART: Final = 48 << 20  # bytes unpacked; a thousand pages take about 20 MB
LARGEST_WHOLE: Final = 1 << 30
STEEPEST: Final = 120  # unpacked over packed, for parts above a megabyte; text reaches 40

DAMAGED: Final = "文件已损坏，不是完整的 Office 文件。请在 Word 或 WPS 中打开并重新保存后再试。"
_BOMB: Final = "文件解压后大得异常，为安全起见不予读取。请把正文复制到新文档中保存后再试。"
_LOCKED: Final = "文件有密码保护，读不了。请取消密码后再试。"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`; DocumentError where it is damaged, locked or made to burst."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError) as error:
        raise DocumentError(DAMAGED) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise DocumentError(_BOMB)
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One part unpacked, None where there is none of that name."""
    try:
        part = archive.getinfo(name)
    except KeyError:
        return None
    if part.flag_bits & 0x1:
        raise DocumentError(_LOCKED)
    steep = part.file_size > max(1 << 20, STEEPEST * part.compress_size)
    if part.file_size > LARGEST_PART or steep:
        raise DocumentError(_BOMB)
    try:
        with archive.open(part) as stream:
            data = stream.read(LARGEST_PART + 1)
    # zipfile tells of methods and versions it can't unpack by NotImplementedError.
    except (
        zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError,
        NotImplementedError, RuntimeError, UnicodeError,
    ) as error:  # fmt: skip
        raise DocumentError(DAMAGED) from error
    if len(data) > LARGEST_PART:
        raise DocumentError(_BOMB)
    return data
