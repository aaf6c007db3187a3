"""A house with a group: 法规处's, bound; short ways to open rounds, vote and answer."""

from __future__ import annotations

from typing import Any

from bot.daily import service as daily
from bot.groups import service
from bot.plans.opening import Opened, open_round
from questions.models import Question
from storage.database import Database
from storage.repositories.polls import SentPoll
from storage.repositories.totals import TotalRow
from storage.states import DepartmentId, PersonId, RoundId
from storage.unit import Unit
from tests.cast import NINE, XIAOAN, Cast, furnish

GROUP, OTHER_GROUP = -4100, -4200
POLL = "7700001"


class Club:
    """A furnished database whose plan polls groups, with 法规处's group bound."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast
        self.round_id = RoundId(0)

    async def run(self, work: Any, *args: Any, **kwargs: Any) -> Any:
        return await self.database.run(lambda unit: work(unit, *args, **kwargs))

    async def open(self, now: Any = NINE) -> RoundId:
        """Open today's round."""
        opened = await self.run(open_round, self.cast.plan, now=now)
        assert isinstance(opened, Opened)
        self.round_id = opened.round_id
        return self.round_id

    async def ask(self, position: int) -> SentPoll:
        """Have the group asked the question at a position of the open round."""

        def work(unit: Unit) -> None:
            group = unit.groups.find(GROUP)
            assert group is not None
            version = unit.plans.list_round_versions(self.round_id)[position]
            order = range(len(unit.banks.list_versions([version])[version].options))
            assert unit.polls.add(self.round_id, group.id, position, version, order[::-1], NINE)

        await self.database.run(work)
        return await self.send()

    async def send(self, poll_id: str = POLL) -> SentPoll:
        """As if the poll had been sent; what its votes need."""

        def work(unit: Unit) -> SentPoll:
            (due,) = unit.polls.claim("me", NINE, NINE, 5)
            assert unit.polls.begin(due.id, "me")
            unit.polls.mark_sent(due.id, 5, poll_id)
            sent = unit.polls.find_sent(poll_id)
            assert sent is not None
            return sent

        return await self.database.run(work)

    async def vote(
        self, *options: int, who: int = XIAOAN, poll: str = POLL, now: Any = NINE
    ) -> Any:
        """Vote for options as authored."""
        sent = await self.database.read(lambda unit: unit.polls.find_sent(poll))
        order = sent.option_order if sent is not None else tuple(range(4))
        places = [order.index(option) for option in options]
        return await self.run(service.vote, who, poll, places, now=now)

    async def choose(self, position: int, option: int, who: int = XIAOAN) -> Any:
        """Answer a position in the chat with an option as authored."""
        item = await self.item(position, who)
        place = item.option_order.index(option)
        return await self.run(daily.choose, who, item.sitting.id, position, place, now=NINE)

    async def item(self, position: int, who: int = XIAOAN) -> Any:
        def work(unit: Unit) -> Any:
            person = unit.people.find_by_chat(who)
            assert person is not None
            sitting = unit.sittings.find(self.round_id, person.id)
            return sitting and unit.sittings.find_item(sitting.id, position)

        return await self.database.read(work)

    async def begin(self, who: int = XIAOAN) -> Any:
        return await self.run(daily.begin, who, self.round_id, now=NINE)

    async def go_on(self, position: int, who: int = XIAOAN) -> Any:
        item = await self.item(0, who)
        return await self.run(daily.go_on, who, item.sitting.id, position, now=NINE)

    async def total(self, person: PersonId | None = None) -> TotalRow | None:
        wanted = person or self.cast.xiaoan
        return await self.database.read(lambda unit: unit.totals.find(wanted, "all"))


async def a_club(database: Database, *questions: Question, **plan: Any) -> Club:
    """The house, its round not open yet."""

    def work(unit: Unit) -> Cast:
        cast = furnish(unit, *questions, **{"has_polls": True, **plan})
        unit.groups.bind(GROUP, "法规处学法群", cast.department, cast.xiaobai, NINE)
        return cast

    return Club(database, await database.run(work))


def a_department(unit: Unit, name: str = "办公室") -> DepartmentId:
    """One more department."""
    return unit.people.add_department(name, NINE)
