"""`xuefa generate --writer` against a server that is late, broken, hostile or not there."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from bot.writer import client, exchange
from tests.bot.writer.conftest import KEY, Run
from tests.bot.writer.pens import bank, plain, smooth
from tests.bot.writer.standin import StandIn, Told, reply


def answering(make: Callable[[web.Request, list[Told]], Any]) -> Any:
    async def answer(request: web.Request, told: list[Told]) -> web.StreamResponse:
        made = make(request, told)
        return (await made) if asyncio.iscoroutine(made) else made  # type: ignore[no-any-return]

    return answer


async def huge(request: web.Request, told: list[Told]) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    for _ in range(50):
        await response.write(b" " * (1 << 20))
    return response


async def never(request: web.Request, told: list[Told]) -> web.StreamResponse:
    await asyncio.sleep(20)
    return web.Response()


def cut(request: web.Request, told: list[Told]) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


def rows(*rows: Any) -> Callable[[web.Request, list[Told]], web.Response]:
    return lambda request, told: reply(json.dumps({"wordings": rows}))


WRONG = {
    "error": (lambda r, t: web.Response(status=500, text=KEY), "500"),
    "key": (lambda r, t: web.Response(status=401), "XUEFA_WRITER_KEY"),
    "model": (lambda r, t: web.Response(status=404), "404"),
    "elsewhere": (lambda r, t: web.Response(status=302, headers={"Location": "/x"}), "302"),
    "page": (lambda r, t: web.Response(text="<html>登录</html>"), "不合格式"),
    "binary": (lambda r, t: web.Response(body=bytes(range(256)) * 9), "不合格式"),
    "nested": (lambda r, t: web.Response(text="[" * 100_000), "不合格式"),
    "chat": (lambda r, t: reply("好的，以下是改写后的题目：……"), "不合格式"),
    "no choice": (lambda r, t: web.json_response({"choices": []}), "不合格式"),
    "no text": (
        lambda r, t: web.json_response({"choices": [{"message": {"content": None}}]}),
        "不合格式",
    ),
    "list": (lambda r, t: reply("[]"), "不合格式"),
    "other rows": (rows({"number": 1, "stem": "题", "key": 0}), "不合格式"),
    "number": (rows({"number": 99, "stem": "题"}), "不合格式"),
    "truth": (rows({"number": True, "stem": "题"}), "不合格式"),
    "twice": (rows({"number": 1, "stem": "题"}, {"number": 1, "stem": "题"}), "不合格式"),
    "no stem": (rows({"number": 1, "stem": ["题"]}), "不合格式"),
    "long stem": (rows({"number": 1, "stem": "题" * 9000}), "不合格式"),
    "huge": (huge, "太长"),
    "cut": (cut, "中断"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_goes_wrong_the_rules_wording_stays_and_one_line_says_so(
    xuefa: Run, server: StandIn, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    make, word = WRONG[wrong]
    server.answer = answering(make)
    with caplog.at_level(logging.DEBUG):
        result = xuefa("a.txt", "--writer")
    assert result.exit_code == 0
    assert result.stdout_bytes == plain()
    assert word in result.stderr
    assert f"127.0.0.1:{server.port}" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert KEY not in result.stderr + caplog.text


def test_a_slow_server_costs_no_more_than_its_time(
    xuefa: Run, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUEFA_WRITER_TIMEOUT", "0.3")
    server.answer = answering(never)
    begun = time.monotonic()
    result = xuefa("a.txt", "--writer")
    assert time.monotonic() - begun < 5
    assert result.exit_code == 0
    assert result.stdout_bytes == plain()
    assert "0.3 秒内没有答复" in result.stderr


def test_a_drip_is_cut_off_at_its_time(
    xuefa: Run, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def drip(request: web.Request, told: list[Told]) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(200):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    monkeypatch.setenv("XUEFA_WRITER_TIMEOUT", "0.3")
    server.answer = drip
    begun = time.monotonic()
    assert xuefa("a.txt", "--writer").exit_code == 0
    assert time.monotonic() - begun < 5


def test_a_server_that_is_down_is_told_in_one_line(
    xuefa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUEFA_WRITER_URL", "http://127.0.0.1:1/v1")
    result = xuefa("a.txt", "--writer")
    assert result.exit_code == 0
    assert result.stdout_bytes == plain()
    assert "127.0.0.1:1：连不上服务器" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_busy_server_is_asked_again(
    xuefa: Run, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "PAUSE_SECONDS", 0.01)
    seen: set[str] = set()

    def busy_once(request: web.Request, told: list[Told]) -> web.Response:
        name = json.dumps(told, ensure_ascii=False)
        if name not in seen:
            seen.add(name)
            return web.Response(status=429, headers={"Retry-After": "0"})
        return reply(server.worded(told))

    server.pen = smooth
    server.answer = answering(busy_once)
    result = xuefa("a.txt", "--writer")
    assert result.stderr == ""
    assert result.stdout_bytes != plain()


def test_a_server_that_stays_busy_is_left_alone(
    xuefa: Run, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "PAUSE_SECONDS", 0.01)
    server.answer = answering(lambda r, t: web.Response(status=503))
    result = xuefa("a.txt", "--writer")
    assert result.exit_code == 0
    assert result.stdout_bytes == plain()
    assert "503" in result.stderr
    assert len(server.requests) <= exchange.TRIES * (client.FAILURES + client.AT_ONCE)


def test_what_some_batches_got_is_kept_when_others_fail(
    xuefa: Run, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "BATCH", 4)
    monkeypatch.setattr(client, "AT_ONCE", 1)

    def every_other(request: web.Request, told: list[Told]) -> web.Response:
        if len(server.requests) % 2:
            return reply(server.worded(told))
        return web.Response(status=500)

    server.pen = smooth
    server.answer = answering(every_other)
    result = xuefa("a.txt", "--writer")
    assert result.stdout_bytes != plain()
    assert re.search(r"500 \d+ 次；\d+ 题没有答复", result.stderr)


def test_only_a_few_requests_are_in_flight(
    xuefa: Run, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def soon(request: web.Request, told: list[Told]) -> web.StreamResponse:
        await asyncio.sleep(0.05)
        return reply(server.worded(told))

    monkeypatch.setattr(client, "BATCH", 1)
    server.answer = soon
    assert xuefa("a.txt", "--writer").stderr == ""
    assert 1 < server.most <= client.AT_ONCE
    assert len(server.requests) == len(bank(plain()).questions)


def test_thinking_and_a_code_fence_around_the_answer_are_read(xuefa: Run, server: StandIn) -> None:
    def dressed(request: web.Request, told: list[Told]) -> web.Response:
        return reply(f"<think>\n先看第1题{{}}\n</think>\n\n```json\n{server.worded(told)}\n```")

    server.pen = smooth
    server.answer = answering(dressed)
    result = xuefa("a.txt", "--writer")
    assert result.stderr == ""
    assert result.stdout_bytes != plain()
