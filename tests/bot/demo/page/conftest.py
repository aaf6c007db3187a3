"""The page in a browser, and the bot's side of what it shows."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, Api
from tests.browser import PageFactory

OpenChat = Callable[..., Awaitable[Page]]


@pytest.fixture
def open_chat(server: DemoServer, open_page: PageFactory) -> OpenChat:
    """Open the chat page as one person and wait until it is connected."""

    async def open_chat(person: int = AN, **options: Any) -> Page:
        page = await open_page(f"{server.url}/#person={person}", **options)
        await expect(page.locator("#status")).to_have_text("@xuefa_bot")
        return page

    return open_chat


async def send(api: Api, text: str, chat_id: int = AN, **params: Any) -> int:
    """Let the bot write HTML; the message's id."""
    message = await api.ok("sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **params)
    return int(message["message_id"])


def keyboard(*rows: list[str]) -> dict[str, Any]:
    """A reply markup whose buttons carry their labels as data."""
    return {
        "inline_keyboard": [[{"text": label, "callback_data": label} for label in r] for r in rows]
    }


def bubble(page: Page, message_id: int) -> Locator:
    """A message on the page, in whosever chat it is."""
    return page.locator(f'[data-message-id="{message_id}"]')


def chat(page: Page) -> Locator:
    """The messages of the chat in view."""
    return page.locator(".chat:not([inert]) .scroller")


async def tapped(api: Api) -> dict[str, Any]:
    """The next tap the bot hears of, confirmed."""
    updates = await api.ok("getUpdates", timeout=5, allowed_updates=["callback_query"])
    await api.ok("getUpdates", offset=updates[-1]["update_id"] + 1, timeout=0)
    query: dict[str, Any] = updates[-1]["callback_query"]
    return query
