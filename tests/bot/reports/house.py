"""A house with two departments and two rounds that were really opened, answered and settled.

By hand: seven people; on Monday six are due (小丙 is on leave) and 小安, 小白, 小甲 answer, on
Tuesday seven are due and 小安, 小乙 answer. So 5 of 13 人次 and 4 of 7 人 took part; in 法规处
(小安, 小白, 小程) 3 of 6 人次 and 2 of 3 人.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import update

from bot.daily import service as daily
from bot.daily.steps import Card
from bot.plans.opening import Opened, open_round, settle_round
from bot.preferences import absence
from questions.models import Basis
from storage.states import DeliveryState, DepartmentId, Role, RoundId
from storage.tables import deliveries
from storage.unit import Unit
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, Cast, a_question, furnish

LAOLI, JIA, YI, BING = 1011, 3001, 3002, 3003
TUESDAY = MONDAY + timedelta(days=1)
TODAY = TUESDAY
WEEK, MONTH, YEAR = "w2026_48", "m2026_11", "y2026"
ZONE = "Asia/Shanghai"
LAWS = ("排污许可管理条例", "生物安全法", "民法典")


@dataclass(frozen=True)
class Rounds:
    """What `build` made."""

    cast: Cast
    law: DepartmentId
    air: DepartmentId
    first: RoundId
    second: RoundId


def build(unit: Unit) -> Rounds:
    """Both rounds, settled."""
    made = open_both(unit)
    for round_id in (made.first, made.second):
        assert settle_round(unit, round_id, now=NINE + timedelta(days=9))
    return made


def open_both(unit: Unit) -> Rounds:
    """Both rounds, answered and open still."""
    questions = [a_question(f"q{n}", basis=Basis(LAWS[n % 3], "第一条")) for n in range(6)]
    cast = furnish(unit, *questions)
    air = unit.people.add_department("大气处", NINE)
    unit.people.add(LAOLI, "老李", air, Role.TRAINER, NINE)
    unit.people.add(JIA, "小甲", air, Role.STAFF, NINE)
    unit.people.add(YI, "小乙", air, Role.STAFF, NINE)
    bing = unit.people.add(BING, "小丙", None, Role.STAFF, NINE)
    absence.grant_leave(unit, XIAOCHENG, bing, MONDAY, MONDAY, timezone=ZONE, now=NINE)
    first = _open(unit, cast, MONDAY)
    answer(unit, first, XIAOAN, "rrr", MONDAY)
    answer(unit, first, XIAOBAI, "r", MONDAY)
    answer(unit, first, JIA, "www", MONDAY)
    second = _open(unit, cast, TUESDAY)
    answer(unit, second, XIAOAN, "rrw", TUESDAY)
    answer(unit, second, YI, "rrr", TUESDAY)
    return Rounds(cast, cast.department, air, first, second)


def _open(unit: Unit, cast: Cast, day: date) -> RoundId:
    opened = open_round(unit, cast.plan, now=NINE + (day - MONDAY))
    assert isinstance(opened, Opened)
    unit._connection.execute(  # as the sender leaves them
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.PENDING)
        .values(state=DeliveryState.SENT)
    )
    return opened.round_id


def answer(unit: Unit, round_id: RoundId, chat: int, said: str, day: date) -> None:
    """Answer right (r) or wrong (w), one letter a question."""
    now = NINE + (day - MONDAY) + timedelta(minutes=5)
    for position, letter in enumerate(said):
        step = daily.begin(unit, chat, round_id, now=now)
        assert isinstance(step, Card), step
        right = step.item.option_order.index(1)
        place = right if letter == "r" else (right + 1) % 4
        daily.choose(unit, chat, step.item.sitting.id, position, place, now=now)
