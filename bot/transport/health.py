"""`/healthz`: whether the bot can work, for a service manager or a monitor."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.transport.turns import Turns

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
SHUTDOWN_SECONDS = 15.0


DATABASE = "database"


class Health:
    """Reports 200 while the bot can work, else 503; the JSON holds numbers and fixed words."""

    def __init__(
        self,
        turns: Turns,
        is_database_well: Callable[[], Awaitable[bool]],
        faults: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`faults` are other reasons why it can't work, in single words."""
        self._turns = turns
        self._is_database_well = is_database_well
        self._faults = faults
        self._is_away = False

    def add_to(self, app: web.Application, path: str = "/healthz") -> None:
        """Serve GETs of `path` of `app`."""
        app.router.add_get(path, self.report)

    async def report(self, request: web.Request) -> web.Response:
        """ok, reasons, last_handled_at (ISO 8601 or null), in_flight, waiting, database."""
        is_database_well = await self._database()
        reasons = [*([] if is_database_well else [DATABASE]), *self._faults()]
        is_well = not reasons
        handled_at = self._turns.last_handled_at
        body = {
            "ok": is_well,
            "reasons": reasons,
            "last_handled_at": None if handled_at is None else handled_at.isoformat(),
            "in_flight": self._turns.in_flight,
            "waiting": self._turns.waiting,
            "database": is_database_well,
        }
        return web.json_response(body, status=200 if is_well else 503)

    async def _database(self) -> bool:
        try:
            is_well = await self._is_database_well()
        except Exception as error:
            if not self._is_away:
                log.warning("health: the database check failed: %s", type(error).__name__)
            self._is_away = True
            return False
        self._is_away = False
        return is_well


class Server:
    """An aiohttp application on a port of its own, on loopback unless told otherwise."""

    def __init__(self, app: web.Application, port: int, host: str = LOOPBACK) -> None:
        self._runner = web.AppRunner(
            app, access_log=None, handle_signals=False, shutdown_timeout=SHUTDOWN_SECONDS
        )
        self._host = host
        self._port = port

    @property
    def port(self) -> int:
        """The port in use; asked for as 0, it is known once started."""
        return self._port

    async def start(self) -> None:
        """Listen; raises OSError when the port is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Answer what is open, then close."""
        await self._runner.cleanup()
