"""Several replicas of the bot behind a balancer, any of which may die at any moment."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from bot.transport.health import Server
from bot.transport.webhook import HEADER
from tests.bot.chaos.process import Process
from tests.bot.chaos.town import Town

SECRET = "a-secret-of-ours"
PATIENCE_SECONDS = 30.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Balancer:
    """Gives each call of the server to a replica at random, whether or not it is alive.

    Some it gives to two at once, as a balancer that lost its patience would. A call nobody
    answers gets 502, so that the server makes it again.
    """

    def __init__(self, targets: list[str], rng: random.Random, twice: float = 0.1) -> None:
        self._targets, self._rng, self._twice = targets, rng, twice
        app = web.Application()
        app.router.add_post("/telegram", self._pass_on)
        self._server = Server(app, 0)
        self._session: aiohttp.ClientSession | None = None
        self.refused = 0

    @property
    def url(self) -> str:
        """What the server is told."""
        return f"http://127.0.0.1:{self._server.port}"

    async def start(self) -> None:
        """Listen."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout)
        await self._server.start()

    async def stop(self) -> None:
        """Close."""
        if self._session is not None:
            await self._session.close()
        await self._server.stop()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), {HEADER: request.headers.get(HEADER, "")}
        count = 2 if self._rng.random() < self._twice else 1
        chosen = self._rng.sample(self._targets, count)
        statuses = await asyncio.gather(*(self._post(to, body, headers) for to in chosen))
        self.refused += statuses[0] != 200
        return web.Response(status=statuses[0])

    async def _post(self, target: str, body: bytes, headers: dict[str, str]) -> int:
        assert self._session is not None
        try:
            async with self._session.post(target, data=body, headers=headers) as response:
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return 502


class Fleet:
    """The replicas, some of them dead."""

    def __init__(self, town: Town, bots: list[Process], balancer: Balancer, seed: int) -> None:
        self._town, self.bots, self.balancer = town, bots, balancer
        self._rng = random.Random(seed)

    async def start(self) -> None:
        """Start all; the server knows where to bring updates when this returns."""
        await asyncio.gather(*(bot.start() for bot in self.bots))
        await self.until(lambda: self._town.calls("setWebhook") >= len(self.bots))

    async def kill_one(self, shortest: float, longest: float) -> None:
        """Wait a while, kill any one that runs, and start those that died before."""
        await asyncio.sleep(self._rng.uniform(shortest, longest))
        victim = self._rng.choice([bot for bot in self.bots if bot.is_running])
        await victim.kill()
        for bot in self.bots:
            # One may stay dead until the next dies, but never all.
            if not bot.is_running and (bot is not victim or self._rng.random() < 0.7):
                await bot.start()

    async def revive(self) -> None:
        """Start whoever is dead."""
        for bot in self.bots:
            if not bot.is_running:
                await bot.start()

    async def stop(self) -> list[int]:
        """End all as a service manager would; their exit statuses."""
        return list(await asyncio.gather(*(bot.stop() for bot in self.bots)))

    async def until(
        self, condition: Callable[[], bool], seconds: float = 60.0, every: float = 0.02
    ) -> None:
        """Wait for something the replicas bring about."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await asyncio.sleep(every)
        except TimeoutError:
            logs = "\n".join(bot.log[-1500:] for bot in self.bots)
            raise AssertionError(f"not within {seconds} s; {logs}") from None

    async def settled(self, seconds: float) -> None:
        """Wait until no update waits and no delivery is under way."""
        await self.until(lambda: not self._town.server.pending_updates, seconds)
        await self.until(lambda: not self._town.ledger.unsent(), seconds, every=0.1)


@asynccontextmanager
async def a_fleet(town: Town, size: int, seed: int, **settings: object) -> AsyncIterator[Fleet]:
    """So many replicas of the town's bot, not started, and their balancer; none outlives it."""
    places = [f"127.0.0.1:{free_port()}" for _ in range(size)]
    targets = [f"http://{place}/telegram" for place in places]
    balancer = Balancer(targets, random.Random(seed + 1))
    await balancer.start()
    said = {"webhook_url": balancer.url, "webhook_secret": SECRET, **settings}
    bots = [town.bot(listen=place, **said) for place in places]
    try:
        yield Fleet(town, bots, balancer, seed)
    finally:
        for bot in bots:
            await bot.clear()
        await balancer.stop()
