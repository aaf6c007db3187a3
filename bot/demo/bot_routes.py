"""The bot's side: /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>."""

import asyncio
import json
from inspect import isawaitable
from typing import Any

from aiohttp import web

from bot.demo.errors import ApiError, bad_request, too_many_requests
from bot.demo.faults import Call, Fault, FaultKind
from bot.demo.methods import METHODS, NAMES, RATED
from bot.demo.network import Network
from bot.demo.parameters import Parameters, read_parameters

_GARBAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
_PAID = "allow_paid_broadcast"
_NOT_UTF8 = bad_request("strings must be encoded in UTF-8")
_REFUSED = frozenset({FaultKind.FLOOD, FaultKind.ERROR, FaultKind.CUT_BEFORE})


class BotRoutes:
    """Answers the bot, with the faults and limits asked for, and journals every call."""

    def __init__(self, network: Network, token: str) -> None:
        self._network = network
        self._token = token

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_get("/file/bot{token}/{path:.+}", self.download)
        app.router.add_route("*", "/bot{token}/{method}", self.call)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method call."""
        if request.match_info["token"] != self._token:
            return _answer(ApiError(401, "Unauthorized"))
        method = NAMES.get(request.match_info["method"].lower())
        if method is None:
            return _answer(ApiError(404, "Not Found: method not found"))
        try:
            parameters = await read_parameters(request)
        except ApiError as error:
            return _answer(error)
        network = self._network
        call = self._open_call(method, parameters)
        fault = network.faults.take(method, call.chat)
        delay = network.limits.latency
        if fault is not None and fault.kind is FaultKind.DELAY:
            delay += fault.seconds
        if delay:
            await asyncio.sleep(delay)
        response = await self._process(call, parameters, fault)
        if fault is not None and fault.kind is FaultKind.DELAY_AFTER:
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind in {FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER}:
            _cut(request)
        call.ended_at = asyncio.get_running_loop().time()
        return response

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file that getFile named."""
        if request.match_info["token"] != self._token:
            return _answer(ApiError(401, "Unauthorized"))
        file = self._network.files.find_path(request.match_info["path"])
        if file is None:
            return _answer(ApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _open_call(self, method: str, parameters: Parameters) -> Call:
        network, now = self._network, asyncio.get_running_loop().time()
        chat: int | None = parameters.integer("chat_id") or None
        if chat is None and method == "answerCallbackQuery":
            callback = network.callbacks.get(parameters.text("callback_query_id"))
            chat = callback.person if callback else None
        call = Call(now, method, chat, parameters.values)
        is_paid = parameters.flag(_PAID)
        call.is_early = method in RATED and network.rates.is_shut(chat, now, is_paid=is_paid)
        if method != "getUpdates":
            network.journal.add(call)
        return call

    async def _process(
        self, call: Call, parameters: Parameters, fault: Fault | None
    ) -> web.Response:
        try:
            if fault is not None and fault.kind in _REFUSED:
                if fault.kind is FaultKind.FLOOD and call.method in RATED:
                    self._network.rates.tell(call.at + fault.retry_after)
                raise _refusal(fault)
            result = await self._run(call, parameters)
        except (ApiError, UnicodeEncodeError) as problem:
            error = problem if isinstance(problem, ApiError) else _NOT_UTF8
            is_cut = fault is not None and fault.kind is FaultKind.CUT_BEFORE
            call.status = 0 if is_cut else error.status
            call.description = error.description
            return _answer(error)
        call.status = 200
        if fault is not None and fault.kind is FaultKind.CUT_AFTER:
            call.status = 0
        if fault is not None and fault.kind is FaultKind.GARBAGE:
            call.status = fault.status
            return web.Response(body=_GARBAGE, status=fault.status, content_type="text/html")
        return _json({"ok": True, "result": result})

    async def _run(self, call: Call, parameters: Parameters) -> Any:
        network = self._network
        if call.method in RATED:
            now = asyncio.get_running_loop().time()
            is_paid = parameters.flag(_PAID)
            network.rates.check(network.limits, call.chat, now, is_paid=is_paid)
        result = METHODS[call.method](network, parameters)
        return await result if isawaitable(result) else result


def _refusal(fault: Fault) -> ApiError:
    if fault.kind is FaultKind.FLOOD:
        return too_many_requests(fault.retry_after)
    if fault.kind is FaultKind.CUT_BEFORE:
        return ApiError(500, "connection cut")
    return ApiError(fault.status, fault.description)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _answer(error: ApiError) -> web.Response:
    return _json(error.to_json(), error.status)


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(body).encode(), status=status, content_type="application/json"
    )
