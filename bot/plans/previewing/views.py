"""Screens of looking ahead; those on trial say so first."""

from __future__ import annotations

from datetime import date

from bot.daily import views as daily
from bot.keyboards import Row, button
from bot.plans.cards import PlanState
from bot.plans.opening import Planned
from bot.plans.previewing.service import Preview, Trial, TrialItem, TrialOver
from bot.plans.previewing.taps import TrialAnswer, TrialCard
from bot.plans.service import Act
from bot.plans.taps import Move, ShowPlan, Try
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import day_label, moment_label
from questions.models import JUDGE_OPTIONS, Kind, Question
from storage.repositories.plans import PlanRow

LONGEST_STEM = 110  # of a question in the preview: ten of them fit a message
LONGEST_KEY = 60


def preview(result: Preview) -> Screen:
    """The next rounds, and what the first asks."""
    plan = result.card.plan
    lines: list[str] = [text("plans_preview.head", name=plan.name, count=len(result.rounds)), ""]
    if not result.rounds:
        lines.append(text("plans_preview.no_round"))
    lines += [_round(plan, planned) for planned in result.rounds]
    if result.unknown_years:
        years = "、".join(str(year) for year in result.unknown_years)
        lines.append(text("plans_preview.unknown_years", years=years))
    if result.rounds:
        first = day_label(result.rounds[0].day)
        lines += ["", text("plans_preview.first", day=first), *_questions(result)]
    return Screen("\n".join(lines), _rows(result))


def _round(plan: PlanRow, planned: Planned) -> Markup:
    key = "plans_preview.round_makeup" if planned.is_weekend_workday else "plans_preview.round"
    return text(key, moment=moment_label(planned.opens_at, plan.timezone))


def _questions(result: Preview) -> list[str]:
    if not result.questions:
        return [text("plans.needs_question")]
    return [
        text(
            "plans_preview.question",
            number=number,
            kind=label(f"daily.kind_{question.kind}"),
            stem=_short(question.stem, LONGEST_STEM),
            key=_short(_key(question), LONGEST_KEY),
        )
        for number, question in enumerate(result.questions, start=1)
    ]


def _key(question: Question) -> str:
    if question.kind is Kind.BLANK:
        return question.answers[0]
    return "；".join(question.options[index] for index in question.key)


def _short(said: str, longest: int) -> str:
    return said if len(said) <= longest else said[: longest - 1] + "…"


def _rows(result: Preview) -> tuple[Row, ...]:
    card = result.card
    row: Row = (button("common.button_back", ShowPlan(card.plan.id)),)
    if result.rounds and result.questions:
        row = (button("plans.button_try", Try(card.plan.id)), *row)
    may_start = card.may_change and not card.plan.is_active and card.state is not PlanState.OVER
    if may_start:
        name = "plans.button_start" if card.state is PlanState.DRAFT else "plans.button_resume"
        row = (button(name, Move(card.plan.id, card.seen, Act.START)), *row)
    return (row,)


def trial(result: Trial) -> Screen:
    """The push as staff see it, under its mark."""
    begin = TrialCard(result.plan.id, _number(result.delivery.day), 0, 0)
    said = daily.push(result.delivery).text
    return _marked(result.plan, said, ((button("plans_preview.button_begin", begin),),))


def item(result: TrialItem | TrialOver) -> Screen:
    """A question as staff see it, or that the trial is over."""
    if isinstance(result, TrialOver):
        back = button("plans.button_to_plan", ShowPlan(result.plan.id))
        return Screen(text("plans_preview.over", name=result.plan.name), ((back,),))
    said = daily.card(result.item).text
    if result.item.question.kind is Kind.BLANK:
        said = "\n".join([said, text("plans_preview.blank")])
    return _marked(result.plan, said, _answers(result))


def _answers(result: TrialItem) -> tuple[Row, ...]:
    shown, plan, kind = result.item, result.plan, result.item.question.kind
    day = _number(shown.day)

    def answer(picked: int) -> TrialAnswer:
        return TrialAnswer(plan.id, day, shown.position, shown.version_id, picked)

    if kind is Kind.BLANK:
        return ((button("plans_preview.button_key", answer(0)),),)
    unsure = button("daily.button_unsure", answer(0))
    names = [JUDGE_OPTIONS[i] for i in shown.option_order] if kind is Kind.JUDGE else daily.LETTERS
    named = tuple(zip(names, shown.option_order, strict=False))
    if kind is Kind.MULTIPLE:
        ticks = tuple(
            button(
                "daily.button_ticked" if shown.picked >> index & 1 else "daily.button_unticked",
                TrialCard(plan.id, day, shown.position, shown.picked ^ 1 << index),
                letter=name,
            )
            for name, index in named
        )
        return (*_wrapped(ticks), (unsure, button("daily.button_submit", answer(shown.picked))))
    letters = tuple(
        button("daily.button_option", answer(1 << index), letter=name) for name, index in named
    )
    return (*_wrapped(letters), (unsure,))


def _wrapped(buttons: tuple[Button, ...], width: int = 4) -> tuple[Row, ...]:
    return tuple(buttons[i : i + width] for i in range(0, len(buttons), width))


def verdict(result: TrialItem) -> Screen:
    """The verdict with its source, as staff see it."""
    shown = result.item
    following = TrialCard(result.plan.id, _number(shown.day), shown.position + 1, 0)
    is_last = shown.position + 1 == shown.sitting.size
    name = "plans_preview.button_finish" if is_last else "daily.button_next"
    return _marked(result.plan, daily.verdict(shown).text, ((button(name, following),),))


def _marked(plan: PlanRow, said: str, rows: tuple[Row, ...]) -> Screen:
    return Screen("\n".join([text("plans_preview.mark", name=plan.name), "", said]), rows)


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
