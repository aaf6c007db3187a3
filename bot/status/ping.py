"""The dead-man's ping: a monitor elsewhere is called when a push has ended, and misses it else."""

from __future__ import annotations

import logging

import aiohttp

from bot.transport.client import environment_proxy

log = logging.getLogger(__name__)

SECONDS = 10.0
TRIES = 3


class Ping:
    """Calls one address; without one, nothing."""

    def __init__(self, url: str | None) -> None:
        self._url = url

    @property
    def is_wanted(self) -> bool:
        """Whether there is anything to call."""
        return self._url is not None

    async def send(self) -> None:
        """Call it, a few times where it fails; the monitor, not the bot, makes the alarm."""
        if self._url is None:
            return
        said = ""
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            for _ in range(TRIES):
                try:
                    proxy = environment_proxy(self._url)
                    async with session.get(self._url, proxy=proxy) as answer:
                        if answer.status < 400:
                            return
                        said = f"HTTP {answer.status}"
                except (aiohttp.ClientError, TimeoutError) as error:
                    said = type(error).__name__
        # The address itself is a secret of sorts: whoever has it can keep the monitor quiet.
        log.warning("the end of a push could not be reported to XUEFA_PING_URL: %s", said)
