"""One unit of work: a transaction seen through the repositories."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import Connection

from storage.repositories.banks import Banks
from storage.repositories.currency import Currency
from storage.repositories.deliveries import Deliveries
from storage.repositories.documents import Documents
from storage.repositories.editions import Editions
from storage.repositories.house import House
from storage.repositories.imports import Imports, Uploads
from storage.repositories.invites import Invites, Prompts
from storage.repositories.known import Known
from storage.repositories.laws import Laws
from storage.repositories.notices import Notices
from storage.repositories.objections import Objections
from storage.repositories.people import People
from storage.repositories.plans import Plans
from storage.repositories.questions import Questions
from storage.repositories.sittings import Sittings
from storage.repositories.totals import Totals
from storage.repositories.voids import Voids


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
    def sittings(self) -> Sittings:
        """答题."""
        return Sittings(self._connection)

    @cached_property
    def totals(self) -> Totals:
        """Scores per person and period."""
        return Totals(self._connection)

    @cached_property
    def house(self) -> House:
        """Updates, leases, audit."""
        return House(self._connection)
