"""Handlers of the card of an upload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.banks.incoming import views as cards
from bot.banks.incoming.deciding import importing, service, views
from bot.banks.incoming.taking.handlers import message_of
from bot.banks.incoming.taps import (
    AsDocument,
    Bring,
    ChooseBank,
    DropUpload,
    NameBank,
    Preview,
    Retitle,
    SendSkips,
    SetBank,
    ShowCard,
)
from bot.context import QuizContext
from bot.errors import BotError, StaleTap
from bot.plans.calendar import local_day
from bot.prompts import TextHandler
from bot.screen import Screen
from bot.texts import label, text

LARGE = 500  # questions whose import takes long enough to say so


def today(context: QuizContext) -> date:
    """The local day."""
    return local_day(context.now, context.house.settings.timezone)


async def show(update: Update, context: QuizContext) -> None:
    """Show the card."""
    tap = context.tap(ShowCard)
    await context.run(service.stop_typing, context.chat_id)
    card = await context.read(service.show, context.chat_id, tap.upload, today=today(context))
    await context.show(cards.card(card, context.house.settings))


async def preview(update: Update, context: QuizContext) -> None:
    """Show a question as it would be."""
    tap = context.tap(Preview)
    page = await context.read(
        service.preview, context.chat_id, tap.upload, tap.at, today=today(context)
    )
    await context.show(views.preview(page))


async def choose(update: Update, context: QuizContext) -> None:
    """Offer the banks."""
    tap = context.tap(ChooseBank)
    choice = await context.read(service.choose_bank, context.chat_id, tap.upload, tap.page)
    await context.show(views.choose(choice))


async def set_bank(update: Update, context: QuizContext) -> None:
    """Choose a bank."""
    tap = context.tap(SetBank)
    await context.run(service.set_bank, context.chat_id, tap.upload, tap.bank_id)
    card = await context.read(service.show, context.chat_id, tap.upload, today=today(context))
    await context.show(cards.card(card, context.house.settings))


async def ask_name(update: Update, context: QuizContext) -> None:
    """Ask for a new bank's name."""
    tap = context.tap(NameBank)
    upload = await context.run(service.ask_name, context.chat_id, tap.upload, now=context.now)
    await context.show(views.ask_name(upload))


async def name_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Take the typed name and show the card."""
    upload = cast(int, payload["upload"])
    await context.run(
        service.name_bank,
        context.chat_id,
        upload,
        context.message_text,
        update_id=context.request.update_id,
        now=context.now,
    )
    card = await context.read(service.show, context.chat_id, upload, today=today(context))
    await context.show(cards.card(card, context.house.settings))


async def ask_title(update: Update, context: QuizContext) -> None:
    """Ask for a document's title."""
    tap = context.tap(Retitle)
    upload = await context.run(service.ask_title, context.chat_id, tap.upload, now=context.now)
    await context.show(views.ask_title(upload))


async def title_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Have the document read again under the typed title."""
    house = context.house
    title = service.read_title(context.message_text)
    message_id = await house.talk.send(context.chat_id, cards.received(title))
    await context.run(
        service.retitle,
        context.chat_id,
        cast(int, payload["upload"]),
        title,
        message_id,
        update_id=context.request.update_id,
        now=context.now,
    )
    house.wake_reader()


async def as_document(update: Update, context: QuizContext) -> None:
    """Have the file read as a document."""
    tap = context.tap(AsDocument)
    await context.run(service.as_document, context.chat_id, tap.upload, message_of(update))
    context.house.wake_reader()
    await context.show(None, toast=label("incoming.toast_reading"))


async def skips(update: Update, context: QuizContext) -> None:
    """Send the table of errors."""
    tap = context.tap(SendSkips)
    table = await context.read(service.skips, context.chat_id, tap.upload)
    await context.show(None)
    await _send(context, table)
    await context.run(service.note_table, context.chat_id, tap.upload)


async def drop(update: Update, context: QuizContext) -> None:
    """Forget the file."""
    tap = context.tap(DropUpload)
    name = await context.run(service.drop, context.chat_id, tap.upload)
    await context.show(Screen(text("incoming.dropped_upload", name=name)))


async def bring(update: Update, context: QuizContext) -> None:
    """Import; a large bank says that it takes a while."""
    tap = context.tap(Bring)
    if tap.way not in ("draft", "publish"):
        raise StaleTap
    planned = await context.read(
        importing.plan, context.chat_id, tap.upload, tap.way, today=today(context)
    )
    done = await _carry_out(context, planned, message_of(update))
    await context.show(views.brought(done))
    if planned.table is not None:
        await _send(context, planned.table)


async def _carry_out(
    context: QuizContext, planned: importing.Plan, message_id: int
) -> importing.Brought:
    is_told = planned.size >= LARGE and message_id > 0
    settings, talk, chat_id = context.house.settings, context.house.talk, context.chat_id
    if is_told:
        await talk.edit(chat_id, message_id, views.importing(planned))
    try:
        return await context.run(
            importing.bring,
            chat_id,
            planned,
            timezone=settings.timezone,
            is_two_person=settings.two_person_approval,
            now=context.now,
        )
    except BotError:
        if is_told:
            await talk.edit(chat_id, message_id, cards.card(planned.card, settings))
        raise


async def _send(context: QuizContext, table: service.Table) -> None:
    caption = text("incoming.table_caption", count=table.count)
    await context.house.talk.send_document(context.chat_id, table.name, table.content, caption)


PROMPTS: Mapping[str, TextHandler] = {service.NAME: name_typed, service.TITLE: title_typed}


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the cards listen to."""
    return [
        CallbackQueryHandler(handler, callbacks.pattern(tap))
        for handler, tap in (
            (show, ShowCard),
            (preview, Preview),
            (choose, ChooseBank),
            (set_bank, SetBank),
            (ask_name, NameBank),
            (ask_title, Retitle),
            (as_document, AsDocument),
            (skips, SendSkips),
            (drop, DropUpload),
            (bring, Bring),
        )
    ]
