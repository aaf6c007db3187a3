"""The peer of `start`: the same libraries and nothing else, `python lean_bot.py API_URL TOKEN`."""

from __future__ import annotations

import sys
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes


async def hello(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer /start."""
    assert update.message is not None
    await update.message.reply_text("您好")


async def open_all(application: Application) -> None:  # type: ignore[type-arg]
    """Open the database and start the clock."""
    async with create_async_engine(f"sqlite+aiosqlite:///{Path('lean.db')}").connect() as open_:
        await open_.execute(text("SELECT 1"))
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(print, "interval", seconds=3600)
    scheduler.start()


def main() -> None:
    """Poll until stopped."""
    api_url, token = sys.argv[1:]
    builder = ApplicationBuilder().token(token).base_url(f"{api_url}/bot").post_init(open_all)
    application = builder.build()
    application.add_handler(CommandHandler("start", hello))
    application.run_polling()


if __name__ == "__main__":
    main()
