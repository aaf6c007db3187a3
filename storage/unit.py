"""One unit of work: a transaction seen through the repositories."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from storage.repositories.banks import Banks
from storage.repositories.calendar_days import CalendarDays
from storage.repositories.currency import Currency
from storage.repositories.deliveries import Deliveries
from storage.repositories.documents import Documents
from storage.repositories.editions import Editions
from storage.repositories.groups import Groups
from storage.repositories.house import House
from storage.repositories.imports import Imports, Uploads
from storage.repositories.intake import Intake
from storage.repositories.invites import Invites, Prompts
from storage.repositories.known import Known
from storage.repositories.laws import Laws
from storage.repositories.leaves import Leaves
from storage.repositories.ledger import Ledger
from storage.repositories.notices import Notices
from storage.repositories.objections import Objections
from storage.repositories.participation import Participation
from storage.repositories.people import People
from storage.repositories.plans import Plans
from storage.repositories.polls import Polls
from storage.repositories.questions import Questions
from storage.repositories.reports import Reports
from storage.repositories.roll import Roll
from storage.repositories.seasons import Seasons
from storage.repositories.sittings import Sittings
from storage.repositories.snoozes import Snoozes
from storage.repositories.standings import Standings
from storage.repositories.statistics import Statistics
from storage.repositories.totals import Totals
from storage.repositories.totals_recount import Recount
from storage.repositories.voids import Voids
from storage.repositories.watching import Watching


class Unit:
    """What a service works with; it commits or rolls back as a whole, around the service."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def people(self) -> People:
        """人员 and 处室."""
        return People(self._connection)

    @cached_property
    def invites(self) -> Invites:
        """邀请."""
        return Invites(self._connection)

    @cached_property
    def prompts(self) -> Prompts:
        """What chats are being asked."""
        return Prompts(self._connection)

    @cached_property
    def banks(self) -> Banks:
        """题库 and what a plan may ask of them."""
        return Banks(self._connection)

    @cached_property
    def documents(self) -> Documents:
        """文件."""
        return Documents(self._connection)

    @cached_property
    def questions(self) -> Questions:
        """题 as they stand."""
        return Questions(self._connection)

    @cached_property
    def editions(self) -> Editions:
        """Writing 题."""
        return Editions(self._connection)

    @cached_property
    def known(self) -> Known:
        """题 as an import compares with them."""
        return Known(self._connection)

    @cached_property
    def imports(self) -> Imports:
        """What was brought, and its undoing."""
        return Imports(self._connection)

    @cached_property
    def uploads(self) -> Uploads:
        """Files between dry run and import."""
        return Uploads(self._connection)

    @cached_property
    def objections(self) -> Objections:
        """题目有误."""
        return Objections(self._connection)

    @cached_property
    def currency(self) -> Currency:
        """The law behind 题."""
        return Currency(self._connection)

    @cached_property
    def voids(self) -> Voids:
        """作废."""
        return Voids(self._connection)

    @cached_property
    def notices(self) -> Notices:
        """Word to be given."""
        return Notices(self._connection)

    @cached_property
    def leaves(self) -> Leaves:
        """请假."""
        return Leaves(self._connection)

    @cached_property
    def snoozes(self) -> Snoozes:
        """10分钟后."""
        return Snoozes(self._connection)

    @cached_property
    def calendar(self) -> CalendarDays:
        """Days an admin has marked."""
        return CalendarDays(self._connection)

    @cached_property
    def laws(self) -> Laws:
        """Rows admins added to the law registry."""
        return Laws(self._connection)

    @cached_property
    def plans(self) -> Plans:
        """训练计划, 期 and the calendar."""
        return Plans(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """推送."""
        return Deliveries(self._connection)

    @cached_property
    def roll(self) -> Roll:
        """Whom a round is for."""
        return Roll(self._connection)

    @cached_property
    def groups(self) -> Groups:
        """群."""
        return Groups(self._connection)

    @cached_property
    def polls(self) -> Polls:
        """The day's question in groups."""
        return Polls(self._connection)

    @cached_property
    def sittings(self) -> Sittings:
        """答题."""
        return Sittings(self._connection)

    @cached_property
    def totals(self) -> Totals:
        """Scores per person and period."""
        return Totals(self._connection)

    @cached_property
    def intake(self) -> Intake:
        """Updates among replicas."""
        return Intake(self._connection)

    @cached_property
    def statistics(self) -> Statistics:
        """What answers say about 题."""
        return Statistics(self._connection)

    def recount(self, now: datetime | None) -> Recount:
        """Totals counted anew; only compared where `now` is None."""
        return Recount(self._connection, now)

    @cached_property
    def seasons(self) -> Seasons:
        """赛季."""
        return Seasons(self._connection)

    @cached_property
    def house(self) -> House:
        """Updates, leases, audit."""
        return House(self._connection)

    @cached_property
    def reports(self) -> Reports:
        """What reports are made of."""
        return Reports(self._connection)

    @cached_property
    def participation(self) -> Participation:
        """Who took part."""
        return Participation(self._connection)

    @cached_property
    def ledger(self) -> Ledger:
        """台账."""
        return Ledger(self._connection)

    @cached_property
    def standings(self) -> Standings:
        """How 期 stand."""
        return Standings(self._connection)

    @cached_property
    def watching(self) -> Watching:
        """How the house does."""
        return Watching(self._connection)
