"""Takes updates by webhook, and answers 200 only for those that are settled."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.transport.api import Api
from bot.transport.polling import ALLOWED, PATIENCE_SECONDS
from bot.transport.turns import StoppingError, Turn, Turns

HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_BYTES = 1 << 20
SETTLE_SECONDS = 25.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Webhook:
    """Checks the secret, admits the update, and waits until it is settled.

    200: handled or parked. 400: not an update. 403: wrong or missing secret. 413: too long.
    500: not settled in time, so the server sends it again. 503: full, or stopping.
    """

    def __init__(
        self,
        turns: Turns,
        secret: str,
        *,
        body_bytes: int = BODY_BYTES,
        settle_seconds: float = SETTLE_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """Raises ValueError for a secret that is empty or that Telegram would not take."""
        if not _SECRET.fullmatch(secret):
            raise ValueError("a webhook secret is 1 to 256 of A-Z a-z 0-9 _ -")
        self._turns = turns
        self._secret = secret
        self._body_bytes = body_bytes
        self._settle_seconds = settle_seconds
        self._patience_seconds = patience_seconds

    def add_to(self, app: web.Application, path: str) -> None:
        """Serve POSTs to `path` of `app`."""
        app.router.add_post(path, self.receive)

    async def register(self, api: Api, url: str, *, allowed: Sequence[str] = ALLOWED) -> None:
        """Tell the server to send updates to `url`, with the secret."""
        await api.call(
            "setWebhook",
            {"url": url, "secret_token": self._secret, "allowed_updates": list(allowed)},
        )

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one call of the server; see the class for the statuses."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=403)
        body = await self._read(request)
        if body is None:
            return web.Response(status=413)
        raw = _update(body)
        if raw is None:
            return web.Response(status=400)
        if self._turns.is_full:
            return web.Response(status=503)
        try:
            turn = await self._turns.admit(raw)
        except StoppingError:
            return web.Response(status=503)
        return web.Response(status=200 if await self._is_done(turn) else 500)

    async def _read(self, request: web.Request) -> bytes | None:
        if (request.content_length or 0) > self._body_bytes:
            return None
        body = bytearray()
        async for chunk in request.content.iter_chunked(1 << 16):
            body += chunk
            if len(body) > self._body_bytes:
                return None
        return bytes(body)

    async def _is_done(self, turn: Turn) -> bool:
        for seconds in (self._patience_seconds, self._settle_seconds):
            if not turn.is_over:
                await asyncio.wait([turn.over], timeout=seconds)
            if turn.is_settled or turn.is_committed:
                return True
        return False


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except ValueError:
        return None
    is_update = isinstance(raw, dict) and type(raw.get("update_id")) is int
    return raw if is_update else None
