"""Screens of groups, and what their quiz looks like to the Bot API."""

from __future__ import annotations

from datetime import datetime

from bot.groups.quiz import Quiz
from bot.groups.service import Bound, Choice, Unbound
from bot.groups.taps import BindTo, TurnDepartments
from bot.people import keyboards
from bot.screen import Screen
from bot.texts import text

# Seconds a poll may stay open, by the Bot API.
SHORTEST, LONGEST = 5, 2_628_000


def choose(choice: Choice, page: int = 0) -> Screen:
    """The departments to bind the group to; the buttons are the asker's alone."""
    if not choice.departments:
        return Screen(text("groups.no_department"))
    rows = keyboards.departments(
        choice.departments,
        page,
        lambda row: BindTo(row.id, choice.asker_id),
        lambda wanted: TurnDepartments(wanted, choice.asker_id),
    )
    if choice.bound_to is None:
        return Screen(text("groups.choose"), rows)
    return Screen(text("groups.choose_again", department=choice.bound_to), rows)


def bound(result: Bound) -> Screen:
    """The group is bound."""
    return Screen(text("groups.bound", department=result.department))


def unbound(result: Unbound) -> Screen:
    """The group is bound no more."""
    if result.department is None:
        return Screen(text("groups.not_bound"))
    return Screen(text("groups.unbound", department=result.department))


def how_to(bot_username: str) -> Screen:
    """How to bind a group, said in a private chat."""
    return Screen(text("groups.how_to", link=f"https://t.me/{bot_username}?startgroup=bind"))


def poll(quiz: Quiz, closes_at: datetime, now: datetime) -> dict[str, object]:
    """The parameters of sendPoll: a quiz with names, which can't be forwarded with its answer."""
    parameters: dict[str, object] = {
        "question": quiz.stem,
        "options": [{"text": option} for option in quiz.options],
        "type": "quiz",
        "is_anonymous": False,
        "allows_multiple_answers": quiz.has_several,
        "correct_option_ids": list(quiz.correct),
        "explanation": quiz.explanation,
        "protect_content": True,
    }
    if SHORTEST <= (closes_at - now).total_seconds() <= LONGEST:
        parameters["close_date"] = int(closes_at.timestamp())
    return parameters
