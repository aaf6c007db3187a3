"""What those who answer for a plan are told of its supply."""

from __future__ import annotations

from collections.abc import Mapping

from bot.banks.notices import Source, Word
from bot.banks.taps import ShowBanks
from bot.keyboards import button
from bot.plans import wording
from bot.plans.supply.service import KIND, Supply, answerable, find_low
from bot.plans.taps import ShowPlan
from bot.screen import Screen
from bot.texts import text
from storage.unit import Unit


def screen(supply: Supply) -> Screen:
    """How far the questions go, and what can be done about it."""
    plan = supply.plan
    lines: list[str] = [text("supply.head", name=plan.name)]
    if supply.rounds < supply.wanted:
        lines.append(
            text(
                "supply.low",
                rested=supply.rested,
                count=plan.question_count,
                rounds=supply.rounds,
            )
        )
    lines += [wording.stock(stock) for stock in supply.short]
    lines += ["", text("supply.what_to_do")]
    return Screen(
        "\n".join(lines),
        (
            (
                button("supply.button_banks", ShowBanks()),
                button("supply.button_plan", ShowPlan(plan.id)),
            ),
        ),
    )


def low(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """A plan that runs low in a month, unless somebody has seen to it since."""
    plan_id, _, _month = subject.partition(":")
    supply = find_low(unit, int(plan_id))
    if supply is None:
        return []
    people = [person for person in answerable(unit, supply.plan) if person.id > after]
    return [Word(person.id, person.chat_id, screen(supply)) for person in people[:limit]]


WORDS: Mapping[str, Source] = {KIND: low}
