"""One request to the server: bounded in time and size, its failures told in Chinese."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import aiohttp

LARGEST: Final = 256 << 10  # bytes of a reply
TRIES: Final = 3  # where the server asks to come back later
PAUSE_SECONDS: Final = 1.0
_CHUNK: Final = 16 << 10
_LATER: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_KNOWN: Final[Mapping[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "密钥不对（401），请检查 XUEFA_WRITER_KEY",
    HTTPStatus.FORBIDDEN: "没有权限（403），请检查 XUEFA_WRITER_KEY",
    HTTPStatus.NOT_FOUND: "没有这个地址或模型（404），请检查设置",
    HTTPStatus.TOO_MANY_REQUESTS: "请求太多（429）",
}


class Failed(Exception):
    """No answer; the message is the reason, fit to be shown. What the server said is not in it."""


async def post(session: aiohttp.ClientSession, url: str, body: Any, seconds: float) -> bytes:
    """The payload of a 2xx answer, `seconds` at most for all tries; raises Failed."""
    try:
        async with asyncio.timeout(seconds):
            for _ in range(TRIES - 1):
                try:
                    return await _once(session, url, body)
                except _Busy as busy:
                    await asyncio.sleep(busy.seconds)
            return await _once(session, url, body)
    except TimeoutError as error:
        raise Failed(f"{seconds:g} 秒内没有答复") from error
    except aiohttp.ClientConnectorError as error:
        raise Failed("连不上服务器") from error
    except (aiohttp.ClientError, OSError) as error:
        raise Failed("连接中断") from error


class _Busy(Failed):
    """The server asks to come back after some seconds."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


async def _once(session: aiohttp.ClientSession, url: str, body: Any) -> bytes:
    async with session.post(url, json=body, allow_redirects=False) as response:
        status = response.status
        reason = _KNOWN.get(status, f"服务器答复 {status}")
        if status in _LATER:
            raise _Busy(reason, _pause(response.headers.get("Retry-After", "")))
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise Failed(reason)
        payload = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            payload += chunk
            if len(payload) > LARGEST:
                raise Failed("答复太长")
        return bytes(payload)


def _pause(said: str) -> float:
    return float(said) if said.isascii() and said.isdigit() else PAUSE_SECONDS
