"""The HTTP client under every Bot API call: one aiohttp session, kept alive, lean on CPU."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.transport.errors import TooLargeError, answer_error, wire_error

POOL = 256
CONNECT_SECONDS = 10.0
READ_SECONDS = 25.0
KEEPALIVE_SECONDS = 15.0
# A slow drip keeps resetting the read timeout; this much longer may a whole exchange take.
TOTAL_EXTRA_SECONDS = 95.0

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_JSON = {"Content-Type": "application/json"}


def environment_proxy(url: str) -> str | None:
    """The HTTP proxy HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for `url`; never for loopback."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in _LOOPBACK or proxy_bypass(host):
        return None
    return getproxies().get(parts.scheme)


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's request on aiohttp; raises its errors with the cause attached.

    `__cause__` is the aiohttp error: connect errors and pool timeouts surely never reached the
    server, read timeouts and cuts may have (bot.transport.outcome tells them apart).
    """

    def __init__(
        self,
        pool: int = POOL,
        *,
        read_seconds: float = READ_SECONDS,
        connect_seconds: float = CONNECT_SECONDS,
        proxy: str | None = None,
    ) -> None:
        self._pool = pool
        self._read = read_seconds
        self._connect = connect_seconds
        self._proxy = proxy
        self._timeout = _timeout(read_seconds, connect_seconds)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds a call may wait for its answer."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; calling it again does nothing."""
        if self._session is not None:
            return
        connector = aiohttp.TCPConnector(
            limit=self._pool, ttl_dns_cache=300, keepalive_timeout=KEEPALIVE_SECONDS
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"Accept-Encoding": "identity", "User-Agent": "xuefa"},
            proxy=self._proxy,
        )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request as JSON, or multipart when it carries files; (status, payload).

        Raises the wire's faults (see the class) and, for an answer other than 2xx, the errors
        of bot.transport.errors. One limit holds for connecting, the wait for a free connection
        included.
        """
        timeout = self._timeout
        if isinstance(read_timeout, int | float) and read_timeout != self._read:
            timeout = _timeout(read_timeout, self._connect)
        body, headers = _body(request_data)
        return await self._exchange(method, url, body, headers, timeout)

    async def call(
        self, url: str, parameters: dict[str, Any], read_seconds: float | None = None
    ) -> Any:
        """POST `parameters` as JSON; the `result`, plain. Raises what `do_request` raises.

        It builds no library objects, which halves the CPU of a tap. `read_seconds` replaces the
        read timeout.
        """
        timeout = self._timeout
        if read_seconds is not None:
            timeout = _timeout(read_seconds, self._connect)
        body = _encode(parameters).encode()
        _, payload = await self._exchange("POST", url, body, _JSON, timeout)
        try:
            return json.loads(payload)["result"]
        except (ValueError, TypeError, KeyError) as error:
            raise TelegramError("Invalid server response") from error

    async def _exchange(
        self,
        method: str,
        url: str,
        body: Any,
        headers: dict[str, str] | None,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109  (aiohttp keeps it)
    ) -> tuple[int, bytes]:
        try:
            async with self._open.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                payload = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise wire_error(error) from error
        if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
            raise answer_error(response.status, payload)
        return response.status, payload

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes at `url`; raises TooLargeError as soon as they exceed `limit`."""
        taken = bytearray()
        try:
            async with self._open.get(url, timeout=self._timeout) as response:
                async for chunk in response.content.iter_chunked(1 << 16):
                    taken += chunk
                    if len(taken) > limit:
                        raise TooLargeError
        except (aiohttp.ClientError, TimeoutError) as error:
            raise wire_error(error) from error
        if response.status != HTTPStatus.OK:
            raise answer_error(response.status, bytes(taken))
        return bytes(taken)

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("this AiohttpRequest is not initialized")
        return self._session


def _timeout(read: float, connect: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=connect + read + TOTAL_EXTRA_SECONDS,
        connect=connect,
        sock_connect=connect,
        sock_read=read,
    )


def _body(data: RequestData | None) -> tuple[Any, dict[str, str] | None]:
    if data is None:
        return None, None
    if not data.contains_files:
        return _encode(data.parameters).encode(), _JSON
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, mimetype) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form, None
