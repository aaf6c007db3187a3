"""Handlers of approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.banks.approving import service, views
from bot.banks.approving.taps import Approve, ApproveAll, AskReason, LookAtSample, Return
from bot.banks.taps import Review
from bot.context import QuizContext
from bot.prompts import TextHandler


def _is_two_person(context: QuizContext) -> bool:
    return context.house.settings.two_person_approval


async def review(update: Update, context: QuizContext) -> None:
    """Show the next draft."""
    tap, two = context.tap(Review), _is_two_person(context)
    result = await context.run(
        service.review,
        context.chat_id,
        tap.bank_id,
        tap.after,
        is_two_person=two,
        now=context.now,
    )
    await context.show(views.step(result))


async def approve(update: Update, context: QuizContext) -> None:
    """Publish the draft shown and show the next."""
    tap, two = context.tap(Approve), _is_two_person(context)
    result = await context.run(
        service.approve,
        context.chat_id,
        tap.question_id,
        tap.version,
        is_two_person=two,
        now=context.now,
    )
    await context.show(views.step(result))


async def ask_reason(update: Update, context: QuizContext) -> None:
    """Ask why the draft goes back."""
    tap = context.tap(AskReason)
    result = await context.run(
        service.ask_reason, context.chat_id, tap.question_id, tap.version, now=context.now
    )
    await context.show(views.reasons(result))


async def send_back(update: Update, context: QuizContext) -> None:
    """Return the draft for the reason tapped."""
    tap = context.tap(Return)
    reason = views.reason_words(service.known_reason(tap.reason))
    await _send_back(context, tap.question_id, tap.version, reason)


async def reason_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Return the draft for the reason typed."""
    question_id, version = int(str(payload["question_id"])), int(str(payload["version"]))
    await _send_back(context, question_id, version, context.message_text)


async def _send_back(context: QuizContext, question_id: int, version: int, reason: str) -> None:
    result = await context.run(
        service.send_back,
        context.chat_id,
        question_id,
        version,
        reason,
        is_two_person=_is_two_person(context),
        now=context.now,
    )
    if isinstance(result, service.Beaten):
        await context.show(views.beaten(result))
        return
    await context.show(views.step(result.then))
    if result.author_chat is not None:
        await context.tell(result.author_chat, views.to_author(result))


async def look_at_sample(update: Update, context: QuizContext) -> None:
    """Show one of the drafts that passed every check."""
    tap, two = context.tap(LookAtSample), _is_two_person(context)
    result = await context.read(
        service.look_at_sample,
        context.chat_id,
        tap.bank_id,
        tap.upto,
        tap.place,
        is_two_person=two,
    )
    await context.show(views.sample(result))


async def approve_all(update: Update, context: QuizContext) -> None:
    """Publish every draft that passed every check."""
    tap, two = context.tap(ApproveAll), _is_two_person(context)
    result = await context.run(
        service.approve_all,
        context.chat_id,
        tap.bank_id,
        tap.upto,
        is_two_person=two,
        now=context.now,
    )
    await context.show(views.published(result))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What approval listens to."""
    return [
        CallbackQueryHandler(review, callbacks.pattern(Review)),
        CallbackQueryHandler(approve, callbacks.pattern(Approve)),
        CallbackQueryHandler(ask_reason, callbacks.pattern(AskReason)),
        CallbackQueryHandler(send_back, callbacks.pattern(Return)),
        CallbackQueryHandler(look_at_sample, callbacks.pattern(LookAtSample)),
        CallbackQueryHandler(approve_all, callbacks.pattern(ApproveAll)),
    ]


PROMPTS: Mapping[str, TextHandler] = {service.REASON: reason_typed}
