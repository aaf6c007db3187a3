"""Screens to choose banks, departments and quotas from."""

from __future__ import annotations

from bot.keyboards import Row, button, pager
from bot.plans import wording
from bot.plans.editing.service import Choices, QuotaValues, Shares
from bot.plans.editing.taps import Choose, ChooseQuota, ChooseShare, Set, SetQuota
from bot.plans.taps import ShowSection
from bot.screen import Screen
from bot.texts import text
from storage.repositories.banks import BankRow

_SECTION_OF = {"bank": "what", "department": "who"}


def choices(result: Choices) -> Screen:
    """Banks or departments, two a row, each to be ticked or cleared."""
    plan = result.card.plan
    key = f"plans_edit.choose_{result.facet}" if result.rows else f"plans_edit.no_{result.facet}"
    said = text(key, name=plan.name, count=len(result.chosen), reached=result.card.reached)
    ticks = [
        button(
            "plans_edit.ticked_of" if row.id in result.chosen else "plans_edit.unticked_of",
            Set(
                plan.id,
                result.card.seen,
                f"{result.facet}_off" if row.id in result.chosen else f"{result.facet}_on",
                row.id,
            ),
            name=row.name,
            size=row.published if isinstance(row, BankRow) else row.size,
        )
        for row in result.rows
    ]
    rows: list[Row] = [tuple(ticks[i : i + 2]) for i in range(0, len(ticks), 2)]
    rows += pager(result.page, result.pages, lambda page: Choose(plan.id, result.facet, page))
    back = button("common.button_back", ShowSection(plan.id, _SECTION_OF[result.facet]))
    lines = [*wording.meanwhile(result.card.meanwhile, plan.timezone), said]
    return Screen("\n".join(lines), (*rows, (back,)))


def quota_values(result: QuotaValues) -> Screen:
    """Tags, kinds of fact or banks, with how many questions have each."""
    plan = result.card.plan
    key = "plans_edit.choose_quota" if result.values else "plans_edit.no_quota"
    offers = [
        button(
            "plans_edit.quota_of",
            ChooseShare(plan.id, result.feature, value),
            name=wording.feature("fact", name) if result.feature == "fact" else name,
            count=count,
        )
        for value, name, count in result.values
    ]
    rows: list[Row] = [tuple(offers[i : i + 2]) for i in range(0, len(offers), 2)]
    back = button("common.button_back", ShowSection(plan.id, "what"))
    return Screen(text(key, name=plan.name), (*rows, (back,)))


def shares(result: Shares) -> Screen:
    """How many questions of a round."""
    plan = result.card.plan
    name = wording.feature(result.feature, result.name)
    key = "plans_edit.choose_share" if result.most > 0 else "plans_edit.no_share"
    said = text(key, name=name, available=result.available, count=plan.question_count)
    numbers = [
        button(
            "plans_edit.share",
            SetQuota(plan.id, result.card.seen, result.feature, result.value, count),
            count=count,
            rounds=result.available // count,
        )
        for count in range(1, result.most + 1)
    ]
    rows: list[Row] = [tuple(numbers[i : i + 2]) for i in range(0, len(numbers), 2)]
    back = button("common.button_back", ChooseQuota(plan.id, result.feature))
    return Screen(said, (*rows, (back,)))
