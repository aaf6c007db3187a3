"""`xuefa run`: the bot as a process, from settings to a clean stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys

from bot.app import App
from bot.settings import Settings
from bot.transport import redaction
from bot.transport.tasks import Tasks
from storage.database import Database
from storage.upgrade import prepare

SWITCH_SECONDS = 0.0005


def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; raises the house's errors where it can't."""
    log_to_stderr()
    # The writer thread takes turns with a busy event loop; at the default 5 ms it waits too long.
    sys.setswitchinterval(SWITCH_SECONDS)
    redaction.install(settings.token.get_secret_value())
    prepare(settings.database_url)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    database = Database.open(settings.database_url)
    app = App(settings, database)
    try:
        if await _start(app, stop):
            await app.run(stop)
    finally:
        await app.close()
        await database.close()


async def _start(app: App, stop: asyncio.Event) -> bool:
    """Whether it started before it was asked to stop: a server away is waited for without end."""

    async def cut_short() -> None:
        await stop.wait()
        limit.reschedule(asyncio.get_running_loop().time())

    try:
        async with asyncio.timeout(None) as limit:
            watch = Tasks().start(cut_short(), "stop while starting")
            try:
                await app.start()
            finally:
                watch.cancel()
    except TimeoutError:
        if not stop.is_set():
            raise
        return False
    return True


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)


def log_to_stderr() -> None:
    """One line a record, for a service manager to keep."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
