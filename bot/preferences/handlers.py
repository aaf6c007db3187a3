"""Handlers of wishes and leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.plans.calendar import local_day
from bot.preferences import absence, service, views
from bot.preferences.hours import minutes_of, read_hours
from bot.preferences.spans import Span, read_span
from bot.preferences.taps import (
    AskGrant,
    AskLeave,
    AskPush,
    AskQuiet,
    CancelLeave,
    LeaveToday,
    Mute,
    SetPush,
    SetQuiet,
    ShowSettings,
    Snooze,
)
from bot.prompts import TextHandler
from bot.texts.dates import read_time


async def settings(update: Update, context: QuizContext) -> None:
    """Show the settings card."""
    result = await context.run(
        service.show, context.chat_id, timezone=_zone(context), now=context.now
    )
    await context.show(views.settings(result))


async def snooze(update: Update, context: QuizContext) -> None:
    """Bring a round once more in ten minutes."""
    tap, zone = context.tap(Snooze), _zone(context)
    result = await context.run(service.snooze, context.chat_id, tap.round_id, now=context.now)
    screen = views.snoozed(result, zone) if isinstance(result, service.Snoozed) else None
    await context.show(screen, toast=views.snooze_toast(result, zone))


async def leave_today(update: Update, context: QuizContext) -> None:
    """Take leave for the day of the card."""
    tap = context.tap(LeaveToday)
    result = await context.run(
        absence.leave_today,
        context.chat_id,
        tap.round_id,
        timezone=_zone(context),
        now=context.now,
    )
    if isinstance(result, absence.TooLate):
        await context.show(None, toast=views.too_late(result))
    else:
        await context.show(views.taken(result, tap.round_id))


async def cancel_leave(update: Update, context: QuizContext) -> None:
    """Take a leave back."""
    tap = context.tap(CancelLeave)
    result = await context.run(
        absence.cancel_leave,
        context.chat_id,
        tap.leave_id,
        timezone=_zone(context),
        now=context.now,
    )
    context.house.wake_sender()
    await context.show(views.cancelled(result))


async def ask_push(update: Update, context: QuizContext) -> None:
    """Offer push times."""
    context.tap(AskPush)
    await context.show(views.ask_push(await _ask(context, service.PUSH_PROMPT)))


async def ask_quiet(update: Update, context: QuizContext) -> None:
    """Offer quiet hours."""
    context.tap(AskQuiet)
    await _ask(context, service.QUIET_PROMPT)
    await context.show(views.ask_quiet())


async def ask_leave(update: Update, context: QuizContext) -> None:
    """Ask for the days of a leave."""
    context.tap(AskLeave)
    await _ask(context, service.LEAVE_PROMPT)
    await context.show(views.ask_leave())


async def _ask(context: QuizContext, kind: str) -> service.Settings:
    return await context.run(
        service.ask, context.chat_id, kind, timezone=_zone(context), now=context.now
    )


async def set_push(update: Update, context: QuizContext) -> None:
    """Keep the chosen push time."""
    await _set_push(context, context.tap(SetPush).minutes)


async def push_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Keep the typed push time, or ask again."""
    at = read_time(context.message_text)
    if at is None:
        await context.say(views.not_understood("time"))
        return
    await _set_push(context, minutes_of(at))


async def _set_push(context: QuizContext, minutes: int) -> None:
    result = await context.run(
        service.set_push, context.chat_id, minutes, timezone=_zone(context), now=context.now
    )
    await context.show(views.settings(result))


async def set_quiet(update: Update, context: QuizContext) -> None:
    """Keep the chosen quiet hours."""
    tap = context.tap(SetQuiet)
    await _set_quiet(context, tap.begins, tap.ends)


async def quiet_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Keep the typed quiet hours, or ask again."""
    hours = read_hours(context.message_text)
    if hours is None:
        await context.say(views.not_understood("hours"))
        return
    await _set_quiet(context, minutes_of(hours[0]), minutes_of(hours[1]))


async def _set_quiet(context: QuizContext, begins: int, ends: int) -> None:
    result = await context.run(
        service.set_quiet,
        context.chat_id,
        begins,
        ends,
        timezone=_zone(context),
        now=context.now,
    )
    await context.show(views.settings(result))


async def mute(update: Update, context: QuizContext) -> None:
    """Have no more reminders this week, or have them again."""
    tap = context.tap(Mute)
    result = await context.run(
        service.mute,
        context.chat_id,
        is_wanted=bool(tap.wanted),
        timezone=_zone(context),
        now=context.now,
    )
    await context.show(views.muted(result) if tap.is_card else views.settings(result))


async def leave_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Take leave for the typed days, or ask again."""
    span = _span(context)
    if span is None:
        await context.say(views.not_understood("days"))
        return
    result = await context.run(
        absence.take_leave,
        context.chat_id,
        span,
        context.request.update_id,
        timezone=_zone(context),
        now=context.now,
    )
    if result is not None:
        await context.say(views.taken(result))


async def ask_grant(update: Update, context: QuizContext) -> None:
    """Ask for the days of somebody else's leave."""
    tap = context.tap(AskGrant)
    today = local_day(context.now, _zone(context))
    result = await context.run(
        absence.ask_grant, context.chat_id, tap.person_id, today=today, now=context.now
    )
    await context.show(views.ask_grant(result))


async def grant_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Enter the typed days for somebody and tell them, or ask again."""
    span = _span(context)
    if span is None:
        await context.say(views.not_understood("days"))
        return
    result = await context.run(
        absence.grant_leave,
        context.chat_id,
        int(str(payload["person_id"])),
        span.first,
        span.last,
        timezone=_zone(context),
        now=context.now,
        update_id=context.request.update_id,
    )
    await _say_granted(context, result)


async def _say_granted(context: QuizContext, result: absence.Taken | None) -> None:
    if result is None:
        return
    await context.say(views.granted(result))
    if result.is_new and result.person.chat_id != context.chat_id:
        await context.tell(result.person.chat_id, views.told_granted(result))


def _span(context: QuizContext) -> Span | None:
    return read_span(context.message_text, local_day(context.now, _zone(context)))


def _zone(context: QuizContext) -> str:
    return context.house.settings.timezone


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What this feature listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("settings", settings, private),
        CallbackQueryHandler(settings, callbacks.pattern(ShowSettings)),
        CallbackQueryHandler(snooze, callbacks.pattern(Snooze)),
        CallbackQueryHandler(leave_today, callbacks.pattern(LeaveToday)),
        CallbackQueryHandler(cancel_leave, callbacks.pattern(CancelLeave)),
        CallbackQueryHandler(ask_push, callbacks.pattern(AskPush)),
        CallbackQueryHandler(set_push, callbacks.pattern(SetPush)),
        CallbackQueryHandler(ask_quiet, callbacks.pattern(AskQuiet)),
        CallbackQueryHandler(set_quiet, callbacks.pattern(SetQuiet)),
        CallbackQueryHandler(mute, callbacks.pattern(Mute)),
        CallbackQueryHandler(ask_leave, callbacks.pattern(AskLeave)),
        CallbackQueryHandler(ask_grant, callbacks.pattern(AskGrant)),
    ]


PROMPTS: Mapping[str, TextHandler] = {
    service.PUSH_PROMPT: push_typed,
    service.QUIET_PROMPT: quiet_typed,
    service.LEAVE_PROMPT: leave_typed,
    absence.GRANT_PROMPT: grant_typed,
}
