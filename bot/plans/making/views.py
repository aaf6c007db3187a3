"""Screens of making a plan."""

from __future__ import annotations

from bot.keyboards import Row, button
from bot.plans.editing.replies import LONGEST_NAME
from bot.plans.making.suggestions import SUGGESTIONS
from bot.plans.making.taps import Suggest
from bot.plans.taps import ShowPlans
from bot.screen import Screen
from bot.texts import text


def ask_name() -> Screen:
    """What is the new plan called?"""
    offers = [
        button("plans.button_suggest", Suggest(place), name=one.name)
        for place, one in enumerate(SUGGESTIONS)
    ]
    rows: list[Row] = [tuple(offers[i : i + 2]) for i in range(0, len(offers), 2)]
    back = button("common.button_back", ShowPlans(0, 0))
    return Screen(text("plans.ask_name", longest=LONGEST_NAME), (*rows, (back,)))
