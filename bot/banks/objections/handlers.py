"""Handlers of objections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot import callbacks
from bot.banks.objections import service, settling, views, voiding
from bot.banks.objections.taps import AskKept, AskVoid, Settle, ShowCase, SkipNote, Void
from bot.banks.taps import ShowObjections
from bot.context import QuizContext
from bot.daily.taps import Object
from bot.prompts import TextHandler


async def raise_objection(update: Update, context: QuizContext) -> None:
    """Note that something is wrong, and ask what."""
    tap = context.tap(Object)
    result = await context.run(
        service.raise_objection,
        context.chat_id,
        tap.sitting_id,
        tap.position,
        timezone=context.house.settings.timezone,
        now=context.now,
    )
    await context.show(None, toast=views.raised_toast(result))
    if isinstance(result, service.Raised) and result.is_new:
        await context.say(views.raised(result))


async def note_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Keep what is said to be wrong."""
    await context.run(
        service.add_note,
        context.chat_id,
        int(str(payload["objection_id"])),
        context.message_text,
        update_id=context.request.update_id,
        timezone=context.house.settings.timezone,
        now=context.now,
    )
    await context.say(views.thanks())


async def skip_note(update: Update, context: QuizContext) -> None:
    """Leave it at the objection."""
    tap, zone = context.tap(SkipNote), context.house.settings.timezone
    await context.run(
        service.skip_note, context.chat_id, tap.objection_id, timezone=zone, now=context.now
    )
    await context.show(views.thanks())


async def show_list(update: Update, context: QuizContext) -> None:
    """Show what was objected to, as a new message."""
    await context.say(views.cases(await context.read(settling.show_list, context.chat_id, 0)))


async def turn(update: Update, context: QuizContext) -> None:
    """Show another page of it."""
    tap = context.tap(ShowObjections)
    await context.show(
        views.cases(await context.read(settling.show_list, context.chat_id, tap.page))
    )


async def show_case(update: Update, context: QuizContext) -> None:
    """Show what was said against a question."""
    tap = context.tap(ShowCase)
    result = await context.run(settling.show_case, context.chat_id, tap.question_id)
    await context.show(views.case(result))


async def settle(update: Update, context: QuizContext) -> None:
    """Answer the objections."""
    tap = context.tap(Settle)
    result = await context.run(
        settling.settle, context.chat_id, tap.question_id, tap.outcome, now=context.now
    )
    await context.show(views.case(result))


async def ask_kept(update: Update, context: QuizContext) -> None:
    """Ask why nothing is wrong."""
    tap = context.tap(AskKept)
    result = await context.run(
        settling.ask_reason, context.chat_id, tap.question_id, now=context.now
    )
    await context.show(views.ask_kept(result))


async def reason_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Answer that nothing is wrong, with the reason typed."""
    result = await context.run(
        settling.settle,
        context.chat_id,
        int(str(payload["question_id"])),
        settling.Settlement.KEPT,
        context.message_text,
        now=context.now,
    )
    await context.say(views.case(result))


async def ask_void(update: Update, context: QuizContext) -> None:
    """Say what voiding would do."""
    tap = context.tap(AskVoid)
    result = await context.run(voiding.ask, context.chat_id, tap.question_id, tap.version)
    await context.show(views.prospect(result))


async def void(update: Update, context: QuizContext) -> None:
    """Void it."""
    tap = context.tap(Void)
    result = await context.run(
        voiding.void, context.chat_id, tap.question_id, tap.version, now=context.now
    )
    await context.show(views.voided(result))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What objections listen to."""
    return [
        CommandHandler("objections", show_list),
        CallbackQueryHandler(raise_objection, callbacks.pattern(Object)),
        CallbackQueryHandler(skip_note, callbacks.pattern(SkipNote)),
        CallbackQueryHandler(turn, callbacks.pattern(ShowObjections)),
        CallbackQueryHandler(show_case, callbacks.pattern(ShowCase)),
        CallbackQueryHandler(settle, callbacks.pattern(Settle)),
        CallbackQueryHandler(ask_kept, callbacks.pattern(AskKept)),
        CallbackQueryHandler(ask_void, callbacks.pattern(AskVoid)),
        CallbackQueryHandler(void, callbacks.pattern(Void)),
    ]


PROMPTS: Mapping[str, TextHandler] = {
    service.NOTE: note_typed,
    settling.REASON: reason_typed,
}
