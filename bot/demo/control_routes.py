"""The test's side: faults, journal, limits, clock, and what people's accounts suffer."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from aiohttp import web

from bot.demo import groups
from bot.demo.errors import PageError
from bot.demo.faults import Fault
from bot.demo.network import Network
from bot.demo.page_routes import read_json
from bot.demo.people import Json, Limits, Player

_CHAT_STATES = ("is_open", "is_deactivated", "is_missing")


class ControlRoutes:
    """Everything under /control/."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.add_routes(
            [
                web.post("/control/people", self.add_people),
                web.post(r"/control/chats/{person:-?\d{1,18}}", self.change_chat),
                web.post("/control/groups", self.add_group),
                web.post(r"/control/groups/{group:-\d{1,18}}", self.change_group),
                web.post("/control/faults", self.add_fault),
                web.delete("/control/faults", self.clear_faults),
                web.get("/control/journal", self.journal),
                web.delete("/control/journal", self.clear_journal),
                web.post("/control/limits", self.change_limits),
                web.post("/control/clock", self.skew),
                web.post("/control/updates", self.inject),
            ]
        )

    async def add_people(self, request: web.Request) -> web.Response:
        """{"people": [{"id", "name", "note"}]}."""
        for entry in (await read_json(request)).get("people", []):
            self._network.add_player(_made(Player, entry))
        return _done()

    async def change_chat(self, request: web.Request) -> web.Response:
        """{"is_open"?, "is_blocked"?, "is_deactivated"?, "is_missing"?}."""
        body, person = await read_json(request), int(request.match_info["person"])
        change_chat(self._network, person, **body)
        return _done()

    async def add_group(self, request: web.Request) -> web.Response:
        """{"id", "title", "members", "by"?}; with "by" that member has brought the bot."""
        add_group(self._network, **await _fields(request, "id", "title", "members", "by"))
        return _done()

    async def change_group(self, request: web.Request) -> web.Response:
        """{"by", "status"?, "is_upgraded"?}: the bot's status changes, or the group's kind."""
        body = await _fields(request, "by", "status", "is_upgraded")
        change_group(self._network, int(request.match_info["group"]), **body)
        return _done()

    async def add_fault(self, request: web.Request) -> web.Response:
        """A Fault's fields; `kind` is required."""
        try:
            self._network.faults.add(Fault.parse(await read_json(request)))
        except (KeyError, TypeError, ValueError) as error:
            raise PageError(400, f"fault: {error}") from None
        return _done()

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """No more faults."""
        self._network.faults.clear()
        return _done()

    async def journal(self, request: web.Request) -> web.Response:
        """The calls so far; ?method= and ?chat= choose."""
        try:
            chat = int(request.query["chat"]) if "chat" in request.query else None
        except ValueError:
            raise PageError(400, "chat: a number expected") from None
        calls = self._network.journal.calls(request.query.get("method"), chat)
        return web.json_response({"calls": [call.to_json() for call in calls]})

    async def clear_journal(self, _request: web.Request) -> web.Response:
        """Forget the calls so far."""
        self._network.journal.clear()
        return _done()

    async def change_limits(self, request: web.Request) -> web.Response:
        """Some fields of Limits."""
        change_limits(self._network, **await read_json(request))
        return _done()

    async def skew(self, request: web.Request) -> web.Response:
        """{"skew": seconds the server's clock is ahead}."""
        try:
            self._network.skew = float((await read_json(request))["skew"])
        except (KeyError, TypeError, ValueError):
            raise PageError(400, "skew: seconds expected") from None
        return _done()

    async def inject(self, request: web.Request) -> web.Response:
        """Any update without its id, as {"kind": {…}}, to see what a bot does with odd ones."""
        inject(self._network, await read_json(request))
        return _done()


def change_chat(network: Network, person: int, **states: bool) -> None:
    """Set states of a chat by name; raises PageError on an unknown one."""
    chat = network.person(person)
    for name, value in states.items():
        if name == "is_blocked":
            network.block(person, is_blocked=bool(value))
        elif name in _CHAT_STATES:
            setattr(chat, name, bool(value))
        else:
            raise PageError(400, f"{name}: no such state")


def add_group(
    network: Network,
    id: int = 0,  # noqa: A002  (its name in the Bot API)
    title: str = "",
    members: Sequence[int] = (),
    by: int | None = None,
) -> None:
    """Make a group of people; with `by` that member has brought the bot."""
    group = groups.make_group(network, id, title, members)
    if by is not None:
        groups.change_status(network, group, "member", by)


def change_group(
    network: Network, group: int, by: int, status: str | None = None, is_upgraded: bool = False
) -> None:
    """Let a member change what the bot is in a group, or turn it into a supergroup."""
    found = network.groups.get(group)
    if found is None:
        raise PageError(404, "没有这个群")
    if status is not None:
        groups.change_status(network, found, status, by)
    if is_upgraded:
        groups.upgrade(network, found, by)


def change_limits(network: Network, **changes: Any) -> None:
    """Replace some limits; raises PageError on an unknown or impossible one."""
    known = {field.name for field in fields(Limits)}
    if unknown := changes.keys() - known:
        raise PageError(400, f"no such limit: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        may_be_none = value is None and name in {"per_second", "per_chat_per_second"}
        is_number = isinstance(value, int | float) and value >= 0
        if not may_be_none and not is_number:
            raise PageError(400, f"{name}: a number expected")
    network.limits = replace(network.limits, **changes)
    network.rates.reset()


def inject(network: Network, update: Json) -> None:
    """Queue a raw update of one kind."""
    if len(update) != 1:
        raise PageError(400, "one kind of update expected")
    [(kind, payload)] = update.items()
    sender = payload.get("from", {}) if isinstance(payload, dict) else {}
    key = sender.get("id", 0) if isinstance(sender, dict) else 0
    network.updates.put(kind, payload, key=key, life=network.limits.update_life)


async def _fields(request: web.Request, *names: str) -> Json:
    body = await read_json(request)
    if unknown := body.keys() - set(names):
        raise PageError(400, f"no such field: {', '.join(sorted(unknown))}")
    return body


def _made(kind: type[Player], given: Any) -> Player:
    try:
        return kind(**given)
    except TypeError as error:
        raise PageError(400, str(error)) from None


def _done() -> web.Response:
    return web.json_response({"ok": True})
