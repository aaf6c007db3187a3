"""Handlers of the law registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import callbacks
from bot.banks.currency.laws import service, views
from bot.banks.currency.laws.taps import (
    Adopt,
    AskDrop,
    AskRows,
    Drop,
    GetTemplate,
    Refuse,
    ShowLaws,
)
from bot.context import QuizContext
from bot.prompts import TextHandler
from bot.transport.errors import TooLargeError
from questions.laws import is_law_table
from questions.laws.rows import LARGEST_BYTES


class TableFile(filters.MessageFilter):
    """A file that is called like the template; other names are told by their content."""

    def filter(self, message: Any) -> bool:
        """Whether the message brings one."""
        name = str(message.document.file_name or "") if message.document is not None else ""
        stem = views.template_name().removesuffix(".csv")
        return name.startswith(stem) and name.lower().endswith(".csv")


async def show(update: Update, context: QuizContext) -> None:
    """Show the registry, as a new message."""
    await context.say(views.overview(await context.run(service.show, context.chat_id, 0)))


async def turn(update: Update, context: QuizContext) -> None:
    """Show another page of the added rows."""
    tap = context.tap(ShowLaws)
    await context.show(views.overview(await context.run(service.show, context.chat_id, tap.page)))


async def send_template(update: Update, context: QuizContext) -> None:
    """Send the table to fill in."""
    content = await context.read(service.template, context.chat_id)
    await context.show(None)
    await context.house.talk.send_document(
        context.chat_id, views.template_name(), content, views.template_caption()
    )


async def ask_rows(update: Update, context: QuizContext) -> None:
    """Wait for a table."""
    context.tap(AskRows)
    await context.run(service.ask_rows, context.chat_id, now=context.now)
    await context.show(views.ask_rows())


async def file(update: Update, context: QuizContext) -> None:
    """Look a sent table over."""
    await context.read(service.check, context.chat_id)
    document = update.message.document if update.message is not None else None
    if document is None:
        return
    try:
        content = await context.house.talk.get_file(document.file_id, LARGEST_BYTES)
    except TooLargeError:
        content = b""
    await take(context, document.file_name or views.template_name(), content)


async def rows_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Look a pasted table over."""
    await take(context, views.template_name(), context.message_text.encode())


async def take(context: QuizContext, name: str, content: bytes) -> None:
    """Look a table over, wherever it came from."""
    if not is_law_table(content):
        await context.say(views.no_table())
        return
    result = await context.run(
        service.take,
        context.chat_id,
        name,
        content,
        update_id=context.request.update_id,
        timezone=context.house.settings.timezone,
        now=context.now,
    )
    if result is not None:
        await context.say(views.survey(result))


async def adopt(update: Update, context: QuizContext) -> None:
    """Take the rows into the registry."""
    tap, zone = context.tap(Adopt), context.house.settings.timezone
    result = await context.run(
        service.adopt, context.chat_id, tap.upload_id, timezone=zone, now=context.now
    )
    await context.show(views.adopted(result))


async def refuse(update: Update, context: QuizContext) -> None:
    """Forget a table."""
    await context.run(service.refuse, context.chat_id, context.tap(Refuse).upload_id)
    await context.show(views.refused())


async def ask_drop(update: Update, context: QuizContext) -> None:
    """Ask before a row is taken away."""
    tap = context.tap(AskDrop)
    title = await context.read(service.find_added, context.chat_id, tap.law)
    await context.show(views.ask_drop(title))


async def drop(update: Update, context: QuizContext) -> None:
    """Take a row away."""
    tap, zone = context.tap(Drop), context.house.settings.timezone
    title = await context.run(
        service.drop, context.chat_id, tap.law, timezone=zone, now=context.now
    )
    await context.show(views.dropped(title))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the registry listens to."""
    here = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("laws", show),
        MessageHandler(here & TableFile(), file),
        CallbackQueryHandler(turn, callbacks.pattern(ShowLaws)),
        CallbackQueryHandler(send_template, callbacks.pattern(GetTemplate)),
        CallbackQueryHandler(ask_rows, callbacks.pattern(AskRows)),
        CallbackQueryHandler(adopt, callbacks.pattern(Adopt)),
        CallbackQueryHandler(refuse, callbacks.pattern(Refuse)),
        CallbackQueryHandler(ask_drop, callbacks.pattern(AskDrop)),
        CallbackQueryHandler(drop, callbacks.pattern(Drop)),
    ]


PROMPTS: Mapping[str, TextHandler] = {service.ROWS: rows_typed}
