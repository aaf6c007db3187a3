"""The weeks before the demo: rounds opened, pushed and answered through the real services.

What happens is drawn by person and round alone, so that every demo of a day shows the same.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from bot.banks.objections import service as objections
from bot.boards import service as boards
from bot.daily import service as daily
from bot.daily.steps import Card, NotAnAnswer, NumberWanted, Step, Verdict
from bot.plans.calendar import Calendar, local_day, moment
from bot.plans.opening import Opened, open_round, settle_round, unsettled_rounds
from bot.preferences import absence
from bot.reports.ledger import service as ledger
from bot.showcase.house import COLLEAGUES, MEMBERS, XIAOBAI, XIAOCHENG, Member
from questions.models import Kind
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow
from storage.repositories.sittings import ItemRow
from storage.states import RoundId
from storage.unit import Unit

_Done: TypeAlias = Step | NumberWanted | NotAnAnswer

WORKDAYS = 12  # how far the past reaches back
OPEN_ROUNDS = 3  # of these, left to those who are played to catch up on
HORIZON = timedelta(days=40)  # more than so many workdays take, whatever the holidays
LUCK = 0.15  # how far what somebody knows strays from their skill
HOLDER = "showcase"
ON_LEAVE = 2004
OBJECTOR, OBJECTION = 2006, "想核对一下：题干里的时间范围和原文是否一致？"
# What the ledger was told, so many workdays ago.
ENTRIES = (
    (XIAOBAI, 10, "行政执法案卷评查培训 80余人"),
    (XIAOCHENG, 8, "民法典专题讲座 120余人"),
    (XIAOBAI, 6, "旁听环境资源案件庭审 25人"),
    (XIAOCHENG, 3, "发放宪法宣传手册 1200余份"),
)


def begin_of_past(now: datetime) -> datetime:
    """When everybody has joined: before the first round."""
    return now - HORIZON


def live(unit: Unit, now: datetime) -> None:
    """Have the past happen, once; the newest rounds await the answers of those who are played."""
    plan = unit.plans.list_all()[0]
    if unit.plans.has_rounds(plan.id):
        return
    days = _workdays(unit, plan, now)
    unit.plans.change(plan.id, starts_on=days[0])
    _prepare(unit, days, plan.timezone)
    for index, day in enumerate(days):
        opens_at = moment(day, plan.at, plan.timezone)
        _settle(unit, opens_at)
        opened = open_round(unit, plan.id, now=opens_at)
        if isinstance(opened, Opened):
            _push(unit, opens_at)
            who = MEMBERS if index < len(days) - OPEN_ROUNDS else COLLEAGUES
            answer_all(unit, who, opened, opens_at, until=now)
    _settle(unit, now)
    _write_ledger(unit, days, plan.timezone)
    _object(unit, plan.timezone, now)


def answer_all(
    unit: Unit, members: Sequence[Member], opened: Opened, opens_at: datetime, *, until: datetime
) -> None:
    """Those of the members who take part answer, some of them only in part, none after `until`."""
    for member in members:
        rng = random.Random(f"{member.chat_id}:{opened.round_id}")  # noqa: S311  (a play)
        at = min(opens_at + timedelta(minutes=rng.randrange(2, 420)), until)
        takes_part = rng.random() < member.diligence
        person = unit.people.find_by_chat(member.chat_id)
        if takes_part and person is not None and not _is_away(unit, person, opened.day):
            _answer_round(unit, member, opened.round_id, at, rng)


def _workdays(unit: Unit, plan: PlanRow, now: datetime) -> list[date]:
    """The last workdays before today, oldest first."""
    calendar = Calendar(unit.plans.read_calendar())
    today = local_day(now, plan.timezone)
    past = [today - timedelta(days=offset) for offset in range(1, HORIZON.days)]
    return [day for day in past if calendar.is_workday(day)][:WORKDAYS][::-1]


def _prepare(unit: Unit, days: Sequence[date], timezone: str) -> None:
    """Who wants to be named is, and somebody is away for two days."""
    now = moment(days[0], time(8), timezone)
    for member in MEMBERS:
        if member.shows_name:
            boards.set_name_shown(unit, member.chat_id, is_wanted=True, today=days[0], now=now)
    person = unit.people.find_by_chat(ON_LEAVE)
    if person is not None:
        absence.grant_leave(
            unit, XIAOCHENG, person.id, days[4], days[5], timezone=timezone, now=now
        )


def _settle(unit: Unit, now: datetime) -> None:
    for round_id in unsettled_rounds(unit, now=now):
        settle_round(unit, round_id, now=now)


def _push(unit: Unit, now: datetime) -> None:
    """Take the round's pushes as arrived: nobody of the demo has that day's chat."""
    due = unit.deliveries.claim(HOLDER, now, now + timedelta(minutes=1), 2 * len(MEMBERS))
    for delivery in due:
        if unit.deliveries.begin(delivery.id, HOLDER):
            unit.deliveries.mark_sent(delivery.id, delivery.id)


def _is_away(unit: Unit, person: PersonRow, day: date) -> bool:
    return any(
        leave.first_day <= day <= leave.last_day for leave in unit.leaves.list_of(person.id, day)
    )


def _answer_round(
    unit: Unit, member: Member, round_id: RoundId, at: datetime, rng: random.Random
) -> None:
    """Question by question; sometimes they leave before the last one."""
    step: Step = daily.begin(unit, member.chat_id, round_id, now=at)
    while isinstance(step, Card):
        item = step.item
        if item.position and rng.random() > (1 + member.diligence) / 2:
            return
        done = _answer(unit, member, item, at, rng)
        if not isinstance(done, Verdict):
            return
        step = daily.go_on(unit, member.chat_id, item.sitting.id, item.position + 1, now=at)


def _answer(unit: Unit, member: Member, item: ItemRow, at: datetime, rng: random.Random) -> _Done:
    """What they choose: the key where they know it, else something near it, or 不确定."""
    chat_id, sitting, position = member.chat_id, item.sitting.id, item.position
    knows = rng.gauss(member.skill, LUCK) > _difficulty(item)
    if not knows and (item.question.kind is Kind.BLANK or rng.random() < 0.1):
        return daily.give_up(unit, chat_id, sitting, position, now=at)
    if item.question.kind is Kind.BLANK:
        # Below zero no server counts, so none of its updates is taken for one of these.
        update_id, said = -100 * sitting - position, item.question.answers[0]
        return daily.answer_text(unit, chat_id, sitting, position, said, update_id, now=at)
    chosen = _chosen(item, rng, knows=knows)
    places = [item.option_order.index(option) for option in chosen]
    if item.question.kind is not Kind.MULTIPLE:
        return daily.choose(unit, chat_id, sitting, position, places[0], now=at)
    for place in places:
        daily.tick(unit, chat_id, sitting, position, place, is_ticked=True, now=at)
    return daily.submit(unit, chat_id, sitting, position, now=at)


def _difficulty(item: ItemRow) -> float:
    return random.Random(item.question.id).uniform(0.2, 0.9)  # noqa: S311  (a play)


def _chosen(item: ItemRow, rng: random.Random, *, knows: bool) -> tuple[int, ...]:
    key = item.question.key
    if knows:
        return key
    if item.question.kind is Kind.MULTIPLE:
        return key[:-1]
    return (rng.choice([i for i in range(len(item.question.options)) if i not in key]),)


def _write_ledger(unit: Unit, days: Sequence[date], timezone: str) -> None:
    """What was held beside the bot, typed and confirmed the same day."""
    for number, (chat_id, back, said) in enumerate(ENTRIES, start=1):
        day = days[-back]
        now = moment(day, time(17), timezone)
        draft = ledger.take(unit, chat_id, said, -number, today=day, now=now)
        if isinstance(draft, ledger.Draft):
            ledger.save(unit, chat_id, draft.token, today=day, now=now)


def _object(unit: Unit, timezone: str, now: datetime) -> None:
    """Somebody doubts a question of the newest round they have begun."""
    person = unit.people.find_by_chat(OBJECTOR)
    for round_ in unit.plans.list_answerable(now):
        sitting = unit.sittings.find(round_.id, person.id) if person is not None else None
        if sitting is not None and sitting.position:
            raised = objections.raise_objection(
                unit, OBJECTOR, sitting.id, 0, timezone=timezone, now=now
            )
            if isinstance(raised, objections.Raised):
                objections.add_note(
                    unit,
                    OBJECTOR,
                    raised.objection_id,
                    OBJECTION,
                    update_id=-len(ENTRIES) - 1,
                    timezone=timezone,
                    now=now,
                )
            return
