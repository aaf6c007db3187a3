"""Uploaded files, kept in memory within a budget."""

import mimetypes
import secrets
import struct
from collections import OrderedDict
from dataclasses import dataclass

from bot.demo.people import Json

MAX_BYTES_KEPT = 256 << 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file's bytes and the names it is known by; width and height are 0 unless a picture."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    content: bytes
    path: str
    width: int = 0
    height: int = 0

    def to_document(self) -> Json:
        """The file as the Bot API's Document."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": len(self.content),
        }

    def to_photo(self) -> list[Json]:
        """The file as the Bot API's list of PhotoSize."""
        size = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "width": self.width,
            "height": self.height,
        }
        return [size]


class FileStore:
    """All files of the network; the oldest go once the budget is spent."""

    def __init__(self, max_bytes: int = MAX_BYTES_KEPT) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._paths: dict[str, StoredFile] = {}
        self._bytes = 0
        self._max_bytes = max_bytes

    def add(
        self, name: str, content: bytes, *, is_photo: bool = False, mime_type: str | None = None
    ) -> StoredFile:
        """Keep a file under a new id."""
        number = len(self._paths) + 1
        name = name.replace("\\", "/").rsplit("/", 1)[-1] or "file"
        suffix = name.rsplit(".", 1)[-1] if "." in name else "bin"
        folder = "photos" if is_photo else "documents"
        width, height = picture_size(content) or (0, 0)
        file = StoredFile(
            file_id=f"F{secrets.token_urlsafe(18)}",
            unique_id=f"U{secrets.token_hex(6)}",
            name=name,
            mime_type=mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
            content=content,
            path=f"{folder}/file_{number}_{secrets.token_hex(4)}.{suffix}",
            width=width,
            height=height,
        )
        self._files[file.file_id] = file
        self._paths[file.path] = file
        self._bytes += len(content)
        while self._bytes > self._max_bytes and len(self._files) > 1:
            _, oldest = self._files.popitem(last=False)
            self._bytes -= len(oldest.content)
            self._paths.pop(oldest.path, None)
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """The file with this id."""
        return self._files.get(file_id)

    def find_path(self, path: str) -> StoredFile | None:
        """The file under this download path."""
        return self._paths.get(path)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG or GIF in pixels; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None
