"""What owners are told of questions that pause."""

from __future__ import annotations

from collections.abc import Mapping

from bot.banks import display
from bot.banks.notices import Source, Word
from bot.banks.owners import owners_of
from bot.banks.taps import ShowAlerts
from bot.items.service import Sieve
from bot.items.taps import ShowItems
from bot.keyboards import button
from bot.screen import Screen
from bot.texts import text
from storage.repositories.questions import Filter
from storage.states import Alert, BankId, QuestionStatus
from storage.unit import Unit

MOST_LINES = 5


def paused(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """Questions of a bank that pause, with the reasons, to those who answer for the bank."""
    bank_id = int(subject.partition(":")[0])
    screen = _screen(unit, bank_id)
    if screen is None:
        return []
    people = owners_of(unit, bank_id)
    return [Word(person.id, person.chat_id, screen) for person in people if person.id > after]


def _screen(unit: Unit, bank_id: int) -> Screen | None:
    """The notice, unless its questions were all seen to meanwhile."""
    bank = unit.banks.find(bank_id)
    weak = Filter(bank_id=BankId(bank_id), statuses=(QuestionStatus.PUBLISHED,), alert=Alert.WEAK)
    count = unit.questions.count(weak)
    if bank is None or not count:
        return None
    lines = [text("items.notice", bank=bank.name, count=count)]
    for row in unit.questions.search(weak, limit=MOST_LINES):
        stem = display.short(row.question, 60)
        lines.append(text("items.notice_line", stem=stem, reason=row.alert_detail or ""))
    if count > MOST_LINES:
        lines.append(text("items.notice_more", count=count - MOST_LINES))
    look = button("items.button_alerts", ShowAlerts(bank_id, 0))
    analysis = button("items.button_paused", ShowItems(Sieve.PAUSED, 0))
    return Screen("\n".join(lines), ((look, analysis),))


WORDS: Mapping[str, Source] = {"w": paused}
