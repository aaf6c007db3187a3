"""A call's parameters: query, form, JSON or multipart, each value typed when it is read."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.demo.errors import bad_request

_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart call."""

    name: str
    mime_type: str
    content: bytes


class Parameters:
    """Typed access to what a bot sent; absent and empty values are alike, as on Telegram."""

    __slots__ = ("uploads", "values")

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def has(self, name: str) -> bool:
        """Whether the parameter was given at all."""
        return name in self.values

    def text(self, name: str) -> str:
        """A string, empty when absent; raises ApiError 400 on lone surrogates."""
        value = self.values.get(name)
        if value is None:
            return ""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; anything else counts as absent."""
        try:
            return int(self.values[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        """True for true, True, 1 and yes."""
        value = self.values.get(name)
        return value.lower() in _TRUE if isinstance(value, str) else bool(value)

    def structure(self, name: str) -> Any:
        """A JSON value, sent as JSON or as a string of JSON; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


async def read_parameters(request: web.Request) -> Parameters:
    """All parameters of a call; raises ApiError 400 on a body that is not what it claims."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if not request.can_read_body:
        return Parameters(values)
    if kind.startswith("multipart/"):
        return await _read_multipart(request, values)
    body = await request.read()
    try:
        if kind == "application/json":
            given = json.loads(body)
            if not isinstance(given, dict):
                raise bad_request("expected an Object")
            values.update(given)
        else:
            values.update(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise bad_request("can't parse request body") from None
    return Parameters(values)


async def _read_multipart(request: web.Request, values: dict[str, Any]) -> Parameters:
    uploads: dict[str, Upload] = {}
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise bad_request("can't parse request body")
            content = bytes(await part.read(decode=True))
            if part.filename is None:
                values[part.name] = content.decode()
            else:
                mime_type = part.headers.get("Content-Type", "")
                uploads[part.name] = Upload(part.filename, mime_type, content)
    except (ValueError, AssertionError):
        raise bad_request("can't parse request body") from None
    return Parameters(values, uploads)
