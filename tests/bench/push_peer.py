"""The push bench's peer: python-telegram-bot's own client sends, without a database or limit.

`python -m tests.bench.push_peer API_URL TOKEN COUNT FIRST_CHAT`, 32 sends at a time.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder

from bot.daily.taps import Begin

AT_A_TIME = 32
TEXT = "<b>每日学法</b> · 11月23日\n\n今天有 1 道题，每题 10 分。"
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("开始答题", callback_data=f"{Begin.VERB}:1")]]
)


async def push(api_url: str, token: str, count: int, first: int) -> None:
    """Send one card to each of `count` chats."""
    application = ApplicationBuilder().token(token).base_url(f"{api_url}/bot").build()

    async def work(chats: Iterator[int]) -> None:
        for chat in chats:
            await application.bot.send_message(
                chat, TEXT, parse_mode="HTML", reply_markup=KEYBOARD
            )

    async with application:
        chats = iter(range(first, first + count))
        await asyncio.gather(*(work(chats) for _ in range(AT_A_TIME)))


def main() -> None:
    """Read the command line and push."""
    api_url, token, count, first = sys.argv[1:]
    asyncio.run(push(api_url, token, int(count), int(first)))


if __name__ == "__main__":
    main()
