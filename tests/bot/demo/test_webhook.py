"""Webhook delivery: the secret, repetition, order, and polling kept out."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, BAI, Api


class Hook:
    """A bot's end of the webhook; `answers` are the statuses it gives, 200 once they run out."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, str]] = []
        self.answers: list[int] = []
        self.url = ""
        self.news = asyncio.Event()

    async def receive(self, request: web.Request) -> web.Response:
        message = (await request.json())["message"]
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        self.got.append((message["from"]["first_name"], message["text"], secret))
        self.news.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def wait(self, count: int) -> list[tuple[str, str, str]]:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.news.clear()
                await self.news.wait()
        return self.got


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_come_with_the_secret(api: Api, server: DemoServer, hook: Hook) -> None:
    server.say(AN, "早")
    await api.ok("setWebhook", url=hook.url, secret_token="s_1-x")
    server.say(AN, "好")
    assert await hook.wait(2) == [("小安", "早", "s_1-x"), ("小安", "好", "s_1-x")]
    async with asyncio.timeout(5):
        while (await api.ok("getWebhookInfo"))["pending_update_count"]:
            pass  # the last answer is still on its way
    assert (await api.ok("getWebhookInfo"))["url"] == hook.url


async def test_a_refused_update_is_repeated_before_the_next(
    api: Api, server: DemoServer, hook: Hook
) -> None:
    server.change_limits(webhook_retry=0.01)
    hook.answers = [500, 403]
    await api.ok("setWebhook", url=hook.url)
    server.say(AN, "一")
    server.say(AN, "二")
    assert [text for _, text, _ in await hook.wait(4)] == ["一", "一", "一", "二"]
    info: dict[str, Any] = await api.ok("getWebhookInfo")
    assert "403" in info["last_error_message"]


async def test_one_persons_trouble_holds_up_nobody_else(
    api: Api, server: DemoServer, hook: Hook
) -> None:
    server.change_limits(webhook_retry=30.0)
    hook.answers = [500]
    await api.ok("setWebhook", url=hook.url)
    server.say(AN, "一")
    await hook.wait(1)
    server.say(BAI, "二")
    assert [who for who, _, _ in await hook.wait(2)] == ["小安", "小白"]
    assert server.pending_updates >= 1


async def test_polling_and_a_webhook_exclude_each_other(
    api: Api, server: DemoServer, hook: Hook
) -> None:
    poll = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await api.ok("setWebhook", url=hook.url)
    assert (await poll).startswith("409 Conflict: terminated by setWebhook request")
    assert "while webhook is active" in await api.refused("getUpdates")
    await api.ok("deleteWebhook")
    server.say(AN, "早")
    assert len(await api.ok("getUpdates", timeout=2)) == 1
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert server.pending_updates == 0


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("http://example.org/hook", ""),
        ("ftp://127.0.0.1/", ""),
        ("nowhere", ""),
        ("https://example.org/hook", "空格 不行"),
        ("https://example.org/hook", "x" * 257),
    ],
)
async def test_a_bad_webhook_is_refused(api: Api, url: str, secret: str) -> None:
    assert (await api.refused("setWebhook", url=url, secret_token=secret)).startswith("400 ")
