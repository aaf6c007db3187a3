"""A round that people have answered, for tests of objections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.daily import service as daily
from bot.plans.opening import Opened, open_round
from questions.models import Question
from storage.repositories.sittings import ItemRow
from storage.states import PersonId, RoundId
from storage.unit import Unit
from tests.cast import NINE, Cast, furnish

LATER = NINE + timedelta(minutes=5)
ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Quiz:
    """The cast and an open round of their questions, sent to everybody."""

    cast: Cast
    round_id: RoundId

    @property
    def cast_ids(self) -> tuple[PersonId, ...]:
        return self.cast.xiaoan, self.cast.xiaobai, self.cast.xiaocheng


def open_quiz(unit: Unit, *questions: Question) -> Quiz:
    cast = furnish(unit, *questions)
    opened = open_round(unit, cast.plan, now=NINE)
    assert isinstance(opened, Opened)
    for delivery in unit.deliveries.claim("me", NINE, LATER, 10):
        assert unit.deliveries.begin(delivery.id, "me")
        unit.deliveries.mark_sent(delivery.id, 1)
    return Quiz(cast, opened.round_id)


def answer_wrong(unit: Unit, quiz: Quiz, chat: int) -> ItemRow:
    """Answer the question in front of a person with 不确定."""
    step = daily.begin(unit, chat, quiz.round_id, now=LATER)
    assert isinstance(step, daily.Card)
    place = (step.item.sitting.id, step.item.position)
    verdict = daily.give_up(unit, chat, *place, now=LATER)
    assert isinstance(verdict, daily.Verdict)
    return verdict.item
