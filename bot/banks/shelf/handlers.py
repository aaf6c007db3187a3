"""Handlers of the shelf."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.banks.shelf import browsing, exporting, service, views
from bot.banks.shelf.taps import (
    AskDelete,
    AskMoveBank,
    Browse,
    ChooseFacet,
    ChooseFormat,
    Export,
    Move,
    MoveBank,
    Narrow,
)
from bot.banks.taps import ShowBank, ShowBanks, ShowQuestion
from bot.context import QuizContext
from bot.prompts import TextHandler


async def banks(update: Update, context: QuizContext) -> None:
    """Show every bank."""
    await context.show(views.banks(await context.read(service.show_banks, context.chat_id)))


async def bank(update: Update, context: QuizContext) -> None:
    """Show one bank."""
    tap = context.tap(ShowBank)
    card = await context.read(service.show_bank, context.chat_id, tap.bank_id, now=context.now)
    await context.show(views.bank(card))


async def question(update: Update, context: QuizContext) -> None:
    """Show one question."""
    tap = context.tap(ShowQuestion)
    card = await context.read(
        service.show_question, context.chat_id, tap.question_id, now=context.now
    )
    await context.show(views.question(card))


async def browse(update: Update, context: QuizContext) -> None:
    """Show a page of questions."""
    tap = context.tap(Browse)
    found = await context.run(
        browsing.browse, context.chat_id, tap.bank_id, tap.page, now=context.now
    )
    await context.show(views.listing(found))


async def choose(update: Update, context: QuizContext) -> None:
    """Ask what to narrow the list to."""
    tap = context.tap(ChooseFacet)
    result = await context.read(browsing.choose, context.chat_id, tap.bank_id, tap.facet)
    await context.show(views.choices(result))


async def narrow(update: Update, context: QuizContext) -> None:
    """Narrow the list."""
    tap = context.tap(Narrow)
    found = await context.run(
        browsing.narrow, context.chat_id, tap.bank_id, tap.facet, tap.place, now=context.now
    )
    await context.show(views.listing(found))


async def search(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Look for the words typed."""
    found = await context.run(
        browsing.search, context.chat_id, payload, context.message_text, now=context.now
    )
    await context.show(views.listing(found))


async def move(update: Update, context: QuizContext) -> None:
    """Retire, restore or delete a question."""
    tap = context.tap(Move)
    result = await context.run(
        service.move,
        context.chat_id,
        tap.question_id,
        tap.version,
        tap.act,
        is_two_person=context.house.settings.two_person_approval,
        now=context.now,
    )
    await context.show(views.question(result))


async def ask_delete(update: Update, context: QuizContext) -> None:
    """Ask whether a draft is to go."""
    tap = context.tap(AskDelete)
    card = await context.read(
        service.show_question, context.chat_id, tap.question_id, now=context.now
    )
    await context.show(views.ask_delete(card))


async def ask_move_bank(update: Update, context: QuizContext) -> None:
    """Ask whether a bank is to be taken out of use, or to come back."""
    tap = context.tap(AskMoveBank)
    row = await context.read(service.ask_move_bank, context.chat_id, tap.bank_id)
    await context.show(views.ask_move_bank(row))


async def move_bank(update: Update, context: QuizContext) -> None:
    """Take a bank out of use, or bring it back."""
    tap = context.tap(MoveBank)
    card = await context.run(
        service.move_bank,
        context.chat_id,
        tap.bank_id,
        is_retired=bool(tap.is_retired),
        now=context.now,
    )
    await context.show(views.bank(card))


async def choose_format(update: Update, context: QuizContext) -> None:
    """Ask in which form the bank is wanted."""
    tap = context.tap(ChooseFormat)
    row = await context.read(service.ask_move_bank, context.chat_id, tap.bank_id)
    await context.show(views.formats(row))


async def export(update: Update, context: QuizContext) -> None:
    """Send the bank as a file, once its losses are told."""
    tap = context.tap(Export)
    taken = await context.read(service.take, context.chat_id, tap.bank_id)
    wanted = exporting.format_at(tap.place)
    lost = () if tap.is_sure else wanted.losses(taken.bank)
    if lost:
        await context.show(views.losses(taken.row, tap.place, lost))
        return
    file = await asyncio.to_thread(exporting.written, taken, wanted)
    if file is None:
        await context.show(views.nothing_to_export(taken.row))
        return
    await _send(context, taken, wanted.name, file)


async def _send(
    context: QuizContext, taken: service.Taken, name: str, file: exporting.File
) -> None:
    count = len(taken.bank.questions)
    await context.run(
        service.note_export, context.chat_id, taken.row.id, name, count, now=context.now
    )
    await context.show(None)
    caption = views.exported(taken.row, count)
    await context.house.talk.send_document(context.chat_id, file.name, file.content, caption)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the shelf listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("banks", banks, private),
        CallbackQueryHandler(banks, callbacks.pattern(ShowBanks)),
        CallbackQueryHandler(bank, callbacks.pattern(ShowBank)),
        CallbackQueryHandler(question, callbacks.pattern(ShowQuestion)),
        CallbackQueryHandler(browse, callbacks.pattern(Browse)),
        CallbackQueryHandler(choose, callbacks.pattern(ChooseFacet)),
        CallbackQueryHandler(narrow, callbacks.pattern(Narrow)),
        CallbackQueryHandler(move, callbacks.pattern(Move)),
        CallbackQueryHandler(ask_delete, callbacks.pattern(AskDelete)),
        CallbackQueryHandler(ask_move_bank, callbacks.pattern(AskMoveBank)),
        CallbackQueryHandler(move_bank, callbacks.pattern(MoveBank)),
        CallbackQueryHandler(choose_format, callbacks.pattern(ChooseFormat)),
        CallbackQueryHandler(export, callbacks.pattern(Export)),
    ]


PROMPTS: Mapping[str, TextHandler] = {browsing.SEARCH: search}
