"""Bot API methods by name: plain JSON in, plain JSON out, no library objects in between."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from telegram import Bot

from bot.transport.client import AiohttpRequest


class Api:
    """Calls methods of one bot's API; building and parsing no objects halves the CPU of a tap."""

    def __init__(self, request: AiohttpRequest, base_url: str, base_file_url: str = "") -> None:
        """`base_url` ends in the token, as `Bot.base_url` does."""
        self._request = request
        self._base_url = base_url
        self._base_file_url = base_file_url

    @classmethod
    def of(cls, bot: Bot) -> Api:
        """The API `bot` speaks to, over the bot's own connections."""
        request = bot.request
        if not isinstance(request, AiohttpRequest):
            raise TypeError("the bot must be built with AiohttpRequest")
        return cls(request, bot.base_url, bot.base_file_url)

    async def call(
        self, method: str, parameters: dict[str, Any], read_seconds: float | None = None
    ) -> Any:
        """The `result` of one call; raises telegram.error's classes.

        `read_seconds` replaces the client's read timeout (long polls wait longer).
        """
        return await self._request.call(f"{self._base_url}/{method}", parameters, read_seconds)

    async def download(self, file_path: str, limit: int) -> bytes:
        """The file getFile named; raises TooLargeError over `limit` bytes."""
        return await self._request.download(f"{self._base_file_url}/{quote(file_path)}", limit)
