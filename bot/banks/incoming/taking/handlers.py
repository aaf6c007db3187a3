"""Handlers of files and pasted text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import callbacks
from bot.banks.incoming.taking import service, views
from bot.banks.incoming.taking.service import LARGEST_BYTES, Sent
from bot.banks.incoming.taps import DropText, FinishText
from bot.banks.incoming.views import received
from bot.context import QuizContext
from bot.prompts import TextHandler
from bot.texts import label
from bot.transport.errors import MessageGone

PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
OTHER_KINDS = (
    filters.PHOTO
    | filters.VIDEO
    | filters.VOICE
    | filters.AUDIO
    | filters.VIDEO_NOTE
    | filters.Sticker.ALL
    | filters.ANIMATION
)


async def file(update: Update, context: QuizContext) -> None:
    """Accept a file; the reader does the rest."""
    sent, size = _announced(update)
    if not await context.read(service.may_send, context.chat_id):
        await context.say(views.staff())
    elif size > LARGEST_BYTES:
        await context.say(views.too_large(sent.name))
    else:
        await _take(context, sent)


async def _take(context: QuizContext, sent: Sent) -> None:
    house, chat_id = context.house, context.chat_id
    message_id = await house.talk.send(chat_id, received(sent.name))
    upload_id = await context.run(
        service.take,
        chat_id,
        sent,
        message_id,
        update_id=context.request.update_id,
        now=context.now,
    )
    if upload_id is None:
        await house.talk.edit(chat_id, message_id, views.taken_before())
    house.wake_reader()


async def no_file(update: Update, context: QuizContext) -> None:
    """Say what may be sent, once an album."""
    if not await context.read(service.may_send, context.chat_id):
        await context.say(views.staff())
        return
    is_first = await context.run(
        service.is_first_of_album, context.chat_id, update.update_id, now=context.now
    )
    if is_first or update.message is None or update.message.media_group_id is None:
        await context.say(views.not_a_file())


async def import_(update: Update, context: QuizContext) -> None:
    """Wait for a bank."""
    await context.run(service.ask_text, context.chat_id, is_document=False, now=context.now)
    await context.show(views.ask_text(is_document=False))


async def document(update: Update, context: QuizContext) -> None:
    """Wait for a document."""
    await context.run(service.ask_text, context.chat_id, is_document=True, now=context.now)
    await context.show(views.ask_text(is_document=True))


async def piece_pasted(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Take one piece of text; the button to finish stays at the bottom."""
    chat_id, talk = context.chat_id, context.house.talk
    pasted = await context.run(
        service.add_piece,
        chat_id,
        context.message_text,
        update_id=context.request.update_id,
        now=context.now,
    )
    if pasted is None:
        return
    message_id = await talk.send(chat_id, views.pieces(pasted))
    await context.run(service.note_message, chat_id, message_id, now=context.now)
    if pasted.former:
        await _edit(context, pasted)


async def _edit(context: QuizContext, pasted: service.Pasted) -> None:
    try:
        screen = views.former_pieces(pasted)
        await context.house.talk.edit(context.chat_id, pasted.former, screen)
    except MessageGone:
        return  # deleted by the person, which takes its buttons away just as well


async def finish(update: Update, context: QuizContext) -> None:
    """Have the pasted text read."""
    context.tap(FinishText)
    await context.run(
        service.finish,
        context.chat_id,
        message_of(update),
        timezone=context.house.settings.timezone,
        now=context.now,
    )
    context.house.wake_reader()
    await context.show(None, toast=label("incoming.toast_reading"))


async def drop_text(update: Update, context: QuizContext) -> None:
    """Forget the pasted text."""
    context.tap(DropText)
    await context.run(service.drop_text, context.chat_id)
    await context.show(views.text_dropped())


def message_of(update: Update) -> int:
    """The message whose button was tapped; 0 where it is too old to be told."""
    query = update.callback_query
    return query.message.message_id if query is not None and query.message is not None else 0


def _announced(update: Update) -> tuple[Sent, int]:
    message = update.message
    sent = message.document if message is not None else None
    if message is None or sent is None:
        return Sent("", ""), 0
    name = " ".join((sent.file_name or "file").split())
    return Sent(sent.file_id, name, message.caption or ""), sent.file_size or 0


PROMPTS: Mapping[str, TextHandler] = {service.TEXT: piece_pasted}


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What taking listens to."""
    return [
        MessageHandler(PRIVATE & OTHER_KINDS, no_file),
        MessageHandler(PRIVATE & filters.Document.ALL, file),
        CommandHandler("import", import_, PRIVATE),
        CommandHandler("document", document, PRIVATE),
        CallbackQueryHandler(finish, callbacks.pattern(FinishText)),
        CallbackQueryHandler(drop_text, callbacks.pattern(DropText)),
    ]
