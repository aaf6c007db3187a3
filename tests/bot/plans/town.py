"""What the tests of plans in chat have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.plans.cards import PlanCard
from bot.plans.editing import service as editing
from bot.plans.making import service as making
from bot.plans.service import show_plan
from storage.database import Database
from storage.repositories.audience import Audience
from storage.repositories.plans import PlanRow
from storage.states import DepartmentId, PersonId, PlanId, Role
from storage.unit import Unit
from tests.cast import NINE, XIAOBAI, XIAOCHENG, Cast, furnish

LAOLI, LAOWANG = 1011, 1012  # trainers of another department, and of none
ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Town:
    """A house with an admin's plan for all and a trainer's own draft."""

    cast: Cast
    water: DepartmentId
    laoli: PersonId
    everyones: PlanId  # an admin's, for everybody
    own: PlanId  # 小白's draft


def build(unit: Unit) -> Town:
    """The town."""
    cast = furnish(unit)
    water = unit.people.add_department("水处", NINE)
    laoli = unit.people.add(LAOLI, "老李", water, Role.TRAINER, NINE)
    unit.people.add(LAOWANG, "老王", None, Role.TRAINER, NINE)
    card = making.make_named(unit, XIAOBAI, "处内学法", 900, ZONE, now=NINE)
    return Town(cast, water, laoli, cast.plan, card.plan.id)


async def built(database: Database) -> Town:
    """The town in a database."""
    return await database.run(build)


def seen(unit: Unit, plan_id: int) -> int:
    """The mark of the state an admin sees now."""
    return card(unit, plan_id).seen


def card(unit: Unit, plan_id: int) -> PlanCard:
    """The plan as an admin sees it now."""
    return show_plan(unit, XIAOCHENG, plan_id, now=NINE)


def plan(unit: Unit, plan_id: int) -> PlanRow:
    """The plan as it is stored."""
    found = unit.plans.find(plan_id)
    assert found is not None
    return found


def reach(unit: Unit, plan_id: PlanId, *departments: DepartmentId) -> None:
    """Have a plan reach these departments."""
    unit.plans.change(plan_id, audience=Audience(departments))


def audited(unit: Unit, plan_id: int) -> list[tuple[str, Any]]:
    """What the audit says of a plan, oldest first."""
    rows = unit.house.list_audit(limit=99, subjects=(f"plan:{plan_id}",))
    return [(row.action, row.detail) for row in reversed(rows)]


def type_(
    unit: Unit, chat: int, plan_id: int, field: str, said: str, *, update: int = 7, mark: int = 0
) -> editing.Section:
    """Answer the request for a field."""
    payload = {"plan_id": plan_id, "seen": mark or seen(unit, plan_id), "field": field}
    return editing.reply(unit, chat, payload, said, update, now=NINE)


def tap(unit: Unit, chat: int, plan_id: int, field: str, value: int) -> PlanCard:
    """Tap a field's button as it is shown now."""
    mark = seen(unit, plan_id)
    return editing.set_field(unit, chat, plan_id, mark, field, value, now=NINE).card
