"""What is looked at in an upload before any library opens it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Final

from questions.documents import archive, decoding, word
from questions.errors import DocumentError, FormatError

LARGEST_BYTES: Final = 20 << 20
LARGEST_XML: Final = 96 << 20  # bytes unpacked, all parts together
_XML: Final = (".xml", ".rels", ".vml")
_TYPE: Final = b"<!DOCTYPE"
_ENCODING: Final = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']*)", re.DOTALL)

TOO_LARGE: Final = "文件太大（{size} MB），请拆成不超过 {limit} MB 的几个文件再导入。"
_OLD: Final = "这是旧版 Office 文件（.xls、.doc 等），读不了。请另存为 .xlsx 或 .docx 再导入。"
_LOCKED: Final = "文件有密码保护，读不了。请在 Excel 或 WPS 中取消密码后再导入。"
_UNSAFE: Final = (
    "文件里有不安全的内容（XML 实体），不予读取。请在 Excel 或 WPS 中另存为新文件后再导入。"
)
_BURSTS: Final = "文件解压后大得异常，为安全起见不予读取。请把题目复制到新文件中保存后再导入。"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def check_size(data: bytes) -> None:
    """Raise FormatError where a file is empty or larger than we take."""
    if not data:
        raise FormatError("文件是空的。请换一份有题目的文件。")
    if len(data) > LARGEST_BYTES:
        size, limit = -(-len(data) >> 20), LARGEST_BYTES >> 20
        raise FormatError(TOO_LARGE.format(size=abs(size), limit=limit))


def is_office(data: bytes) -> bool:
    """Whether the bytes are an old Office file, or a new one under a password."""
    return data.startswith(word.OLD_MAGIC)


def refuse_old(data: bytes) -> None:
    """Raise FormatError for an old or locked Office file, saying what to do."""
    if is_office(data):
        raise FormatError(_LOCKED if _ENCRYPTED in data else _OLD)


def names(data: bytes) -> list[str]:
    """The parts of an archive, none where the bytes are no archive that we would open."""
    if not data.startswith(archive.MAGIC) or len(data) > LARGEST_BYTES:
        return []
    try:
        return archive.open_archive(data).namelist()
    except DocumentError:
        return []


def open_package(data: bytes) -> zipfile.ZipFile:
    """The archive of an Office file; raises FormatError where it is damaged or would burst."""
    try:
        return archive.open_archive(data)
    except DocumentError as error:
        raise FormatError(str(error)) from error


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes, empty where there is none; raises FormatError where it is unsafe."""
    try:
        part = archive.read_part(package, name) or b""
    except DocumentError as error:
        raise FormatError(str(error)) from error
    declared = _ENCODING.match(part[:200])
    is_utf8 = declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
    if _TYPE in part or b"\x00" in part[:8] or not is_utf8:
        raise FormatError(_UNSAFE)
    return part


def xml_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """All XML of an Office file, each part looked at; raises FormatError as `read_part`."""
    whole = 0
    for info in package.infolist():
        if info.filename.lower().endswith(_XML):
            part = read_part(package, info.filename)
            whole += len(part)
            if whole > LARGEST_XML:
                raise FormatError(_BURSTS)
            yield info.filename, part


def decode(data: bytes) -> str:
    """The text of a file in any encoding that people use; raises FormatError."""
    check_size(data)
    try:
        return decoding.decode(data)
    except DocumentError as error:
        message = "文件读不出文字。请用记事本或 WPS 打开，另存为 UTF-8 编码的文件再导入。"
        raise FormatError(message) from error


def head(data: bytes) -> str:
    """The text of a file's first lines; empty where it is none."""
    sample = data[: 1 << 14]
    if not decoding.is_text(sample) or data.startswith((b"%PDF", b"{\\rtf", *archive.MAGIC)):
        return ""
    if len(data) > len(sample):
        if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
            sample = sample[: len(sample) // 2 * 2]
        elif (end := sample.rfind(b"\n")) > 0:
            sample = sample[: end + 1]
    try:
        return decoding.decode(sample)
    except DocumentError:
        return ""
