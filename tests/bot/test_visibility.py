"""Who sees whose data: every screen of boards, items and reports, as staff, trainer and admin.

Each walks through all buttons from the commands on; then the others send every button an admin
has seen, whether it is theirs or not.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from datetime import timedelta

import pytest

from storage.states import Role
from storage.unit import Unit
from tests.bot.boards.house import score
from tests.bot.conftest import Street
from tests.bot.items.house import FIRST_CHAT, Town, _ids, answer_round, knowing
from tests.bot.reports.house import JIA, TODAY, YI, build
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG
from tests.phone import Phone, Shown

COMMANDS = ("/board", "/me", "/items", "/participation", "/report", "/ledger", "/annual")
ROOMS = ("b", "l", "m")  # how the verbs of boards, items and reports begin
# Files and pictures have tests of their own; what changes something is no look at anything.
NOT_WALKED = {
    *("bi", "bn", "mf", "mh", "mt", "mx", "myw", "mya", "mbs"),
    *("mka", "mks", "mkr", "lp", "lu", "lx"),
}
STRETCH = re.compile(r"[wmqy]\d{4}(_\d+)?")
OWN = {XIAOAN: "小安", XIAOBAI: "小白", XIAOCHENG: "小程"}
LAW = {"小安", "小白", "小程"}
OTHERS = {"小甲", "小乙", "小丙", "老李", "外处"}  # of 大气处, and of none
LAST_WEEK = MONDAY - timedelta(days=7)
NOW = {"m2026_11", "y2026"}  # one of a kind will do
MOST_TAPS = 3000


def furnish(unit: Unit) -> None:
    """Both rounds, and enough answers for everybody to have a rank; nobody wants to be named."""
    made = build(unit)
    staff = tuple(
        unit.people.add(FIRST_CHAT + i, f"外处{i}", made.air, Role.STAFF, NINE) for i in range(12)
    )
    town = Town(made.cast, staff, *_ids(unit))
    answer_round(unit, town, ["q0", "q1", "q2"], knowing(q0="reversed"), day=LAST_WEEK)
    for chat, right in ((XIAOAN, 12), (XIAOBAI, 11), (JIA, 10), (YI, 9)):
        score(unit, chat, right, 12, day=TODAY)
    for department, title in ((1, "法规处讲座"), (2, "大气处讲座")):
        person = unit.people.find_by_chat(XIAOCHENG)
        assert person is not None
        where = unit.people.list_departments()[department - 1].id
        unit.ledger.add(TODAY, "lecture", title, 120, "人", "余", where, person.id, NINE)


class Walk:
    """One person's way through everything they can reach."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.texts: list[str] = []
        self.seen: dict[str, str] = {}  # data, and the text it was found on

    async def everywhere(self) -> None:
        """From each command to every screen behind it."""
        for command in COMMANDS:
            await self.phone.say(command)
            shown = await self.phone.wait_for("")
            waiting = self._note(shown)
            while waiting:
                shown = await self.tap(waiting.pop(), shown)
                waiting += self._note(shown)
                assert len(self.seen) < MOST_TAPS

    async def tap(self, data: str, shown: Shown) -> Shown:
        """Send a button and read what the message has become."""
        tap = await self.phone.forge(data, shown)
        toast = await self.phone.toast(tap)
        self.texts.append(toast.text or "")
        await asyncio.sleep(0.01)
        for one in await self.phone.messages():
            if one.message_id == shown.message_id:
                shown = one
        self.texts.append(shown.text)
        return shown

    def _note(self, shown: Shown) -> list[str]:
        self.texts.append(shown.text)
        found = [data for data in shown.data.values() if is_walked(data) and data not in self.seen]
        self.seen |= dict.fromkeys(found, shown.text)
        return found

    async def forge(self, taps: Iterable[str]) -> None:
        """Send buttons of somebody else."""
        await self.phone.say("/me")
        shown = await self.phone.wait_for("")
        for data in taps:
            shown = await self.tap(data, shown)

    def names(self, names: Iterable[str]) -> set[str]:
        """Those of the names that were read anywhere."""
        return {name for name in names if any(name in said for said in self.texts)}


async def counted(street: Street) -> None:
    """Wait until the answers are counted for the analysis of items."""
    async with asyncio.timeout(10):
        while not await street.database.read(lambda unit: unit.statistics.last_computed()):
            await asyncio.sleep(0.05)


def is_walked(data: str) -> bool:
    """Whether a button is one of these rooms', and only looks."""
    verb, *fields = data.split(":")
    stretches = NOW - {"y2026"} if verb in ("mg", "ml", "mn", "mp") else NOW
    is_now = all(field in stretches for field in fields if STRETCH.fullmatch(field))
    return verb.startswith(ROOMS) and verb not in NOT_WALKED and is_now


async def walk(street: Street, person: int) -> Walk:
    made = Walk(await street.phone(person))
    await made.everywhere()
    return made


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_everybody_sees_what_is_theirs_to_see(street: Street) -> None:
    await street.database.run(furnish)
    street.clock.now = NINE + timedelta(days=1)
    await street.start()
    assert street.app is not None
    await counted(street)
    admin = await walk(street, XIAOCHENG)
    assert admin.names(LAW | OTHERS) >= LAW | OTHERS - {"外处"}
    assert admin.names({"法规处讲座", "大气处讲座"}) == {"法规处讲座", "大气处讲座"}
    verbs = {data.partition(":")[0] for data in admin.seen}
    assert {"mp", "mg", "ml", "mn", "mb", "mk", "mke", "my", "mys", "myl", "ll", "lc"} <= verbs

    trainer = await walk(street, XIAOBAI)
    await trainer.forge(data for data in admin.seen if data not in trainer.seen)
    assert trainer.names(LAW) == LAW
    assert trainer.names(OTHERS) == set()
    assert trainer.names({"法规处讲座", "大气处讲座"}) == {"法规处讲座"}

    staff = await walk(street, XIAOAN)
    assert not any(data.startswith(("m", "l")) for data in staff.seen)
    await staff.forge(data for data in admin.seen if data not in staff.seen)
    assert staff.names(LAW | OTHERS) == {OWN[XIAOAN]}
    assert staff.names({"讲座", "覆盖率", "区分度"}) == set()
