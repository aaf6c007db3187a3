"""The demo server: one bot, its people, their chats, on one HTTP port."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from aiohttp import web

from bot.demo import control_routes
from bot.demo.bot_routes import BotRoutes
from bot.demo.control_routes import ControlRoutes
from bot.demo.errors import PageError
from bot.demo.faults import Fault, Journal
from bot.demo.network import Network
from bot.demo.page_routes import PageRoutes
from bot.demo.people import Json, Limits, Player

MAX_BODY = 64 << 20
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DemoServer:
    """A Bot-API-compatible server for one bot; everything is in memory and bounded.

    `token` must begin with the bot's numeric id, as real ones do. The journal keeps the last
    `remembered` calls.
    """

    def __init__(
        self,
        people: Sequence[Player],
        *,
        token: str,
        bot_name: str,
        bot_username: str,
        limits: Limits | None = None,
        has_control: bool = True,
        remembered: int = 50_000,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": bot_name, "username": bot_username}
        self._network = Network(people, bot, limits or Limits(), remembered)
        self._app = web.Application(middlewares=[_refuse], client_max_size=MAX_BODY)
        BotRoutes(self._network, token).add_to(self._app)
        PageRoutes(self._network).add_to(self._app)
        if has_control:
            ControlRoutes(self._network).add_to(self._app)
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `url` is known from here on. Raises OSError when the port is taken."""
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        address = self._runner.addresses[0]
        self.url = f"http://{address[0]}:{address[1]}"

    async def stop(self) -> None:
        """Let every waiting poll and page go, and stop listening."""
        await self._network.webhook.clear()
        self._network.updates.interrupt()
        self._network.events.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # For tests in the same process; the same is offered over HTTP under /control/.

    @property
    def journal(self) -> Journal:
        """Every call but getUpdates."""
        return self._network.journal

    @property
    def pending_updates(self) -> int:
        """How many updates are not confirmed yet."""
        return self._network.updates.pending

    def add_player(self, player: Player) -> None:
        """Let one more person in."""
        self._network.add_player(player)

    def open_chats(self) -> None:
        """As if everybody had written to the bot, without the updates."""
        for chat in self._network.chats.values():
            chat.is_open = True

    def change_chat(self, person: int, **states: bool) -> None:
        """Set `is_open`, `is_blocked`, `is_deactivated` or `is_missing`."""
        control_routes.change_chat(self._network, person, **states)

    def add_group(
        self, group: int, title: str, members: Sequence[int], by: int | None = None
    ) -> None:
        """Make a group of people; with `by` that member has brought the bot."""
        control_routes.add_group(self._network, group, title, members, by)

    def change_group(
        self, group: int, by: int, status: str | None = None, *, is_upgraded: bool = False
    ) -> None:
        """Let a member change what the bot is in a group, or make it a supergroup."""
        control_routes.change_group(self._network, group, by, status, is_upgraded)

    def change_limits(self, **changes: float | None) -> None:
        """Replace some fields of Limits."""
        control_routes.change_limits(self._network, **changes)

    def add_fault(self, fault: Fault) -> None:
        """Let something go wrong with the next calls."""
        self._network.faults.add(fault)

    def clear_faults(self) -> None:
        """Let everything go well again."""
        self._network.faults.clear()

    def skew_clock(self, seconds: float) -> None:
        """Set how far the server's clock is ahead."""
        self._network.skew = seconds

    def say(self, person: int, text: str, group: int | None = None) -> int:
        """Let a person write without a phone; the message's id."""
        return self._network.say(person, text, group).message_id

    def tap(self, person: int, message_id: int, data: str) -> str:
        """Let a person tap without a phone; the callback query's id."""
        return self._network.tap(person, message_id, data, person)

    def inject(self, update: Json) -> None:
        """Queue a raw update of one kind."""
        control_routes.inject(self._network, update)


@web.middleware
async def _refuse(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Word refusals as JSON, and keep other sites' pages away from people and control."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        return web.json_response({"error": "请求来自别的网站"}, status=403)
    try:
        return await handler(request)
    except PageError as error:
        return web.json_response({"error": error.message}, status=error.status)
