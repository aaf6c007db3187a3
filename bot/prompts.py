"""Plain messages: each answers what its chat was last asked, else the question in front of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

from telegram import Update

from bot.context import QuizContext
from storage.repositories.invites import PromptRow
from storage.unit import Unit

TextHandler = Callable[[QuizContext, Mapping[str, object]], Awaitable[None]]
PATIENCE = timedelta(minutes=30)
# A blank may wait over lunch; a wizard that was left should not take words meant otherwise.
LONGER = {"answer": timedelta(hours=12)}


def find_prompt(unit: Unit, chat_id: int, *, now: datetime) -> PromptRow | None:
    """What the chat is being asked, unless that was too long ago."""
    prompt = unit.prompts.find(chat_id)
    if prompt is None or now - prompt.asked_at > LONGER.get(prompt.kind, PATIENCE):
        return None
    return prompt


def route(
    prompts: Mapping[str, TextHandler],
    otherwise: Callable[[Update, QuizContext], Awaitable[None]],
) -> Callable[[Update, QuizContext], Coroutine[Any, Any, None]]:
    """A handler that gives a message to the prompt it answers, or to `otherwise`."""

    async def handle(update: Update, context: QuizContext) -> None:
        prompt = await context.read(find_prompt, context.chat_id, now=context.now)
        handler = prompts.get(prompt.kind) if prompt is not None else None
        if prompt is None or handler is None:
            await otherwise(update, context)
        else:
            await handler(context, prompt.payload)

    return handle
