"""How questions get into a bank, and a bank into the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.plans.service import welcome_bank
from questions.models import Bank, QuestionId
from questions.proofing import Finding
from storage.repositories.editions import Put
from storage.states import BankId, PersonId, QuestionStatus
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and how much of it staff will be asked without an approval."""

    put: Put
    published: int


def open_bank(
    unit: Unit, name: str, timezone: str, *, owner_id: PersonId | None = None, now: datetime
) -> BankId:
    """The bank of this name; a new one belongs to its owner and joins the plans that ask all."""
    found = unit.banks.find_by_name(name)
    if found is not None:
        return found
    bank_id = unit.banks.add(name, now, owner_id)
    welcome_bank(unit, bank_id, timezone, now=now)
    return bank_id


def write(
    unit: Unit,
    bank_id: BankId,
    bank: Bank,
    findings: Mapping[QuestionId, tuple[Finding, ...]],
    *,
    is_published: bool,
    is_trusted: bool = False,
    author_id: PersonId | None = None,
    now: datetime,
) -> Written:
    """Bring questions as drafts, or publish those without faults; all where `is_trusted`."""
    codes = {key: [finding.value for finding in some] for key, some in findings.items()}
    put, published = Put(), 0
    for status in (QuestionStatus.PUBLISHED, QuestionStatus.DRAFT):
        wanted = tuple(
            question
            for question in bank.questions
            if (is_published and (is_trusted or question.id not in codes))
            is (status is QuestionStatus.PUBLISHED)
        )
        if not wanted:
            continue
        part = replace(bank, questions=wanted)
        done = unit.editions.put(bank_id, part, status, now, author_id=author_id, findings=codes)
        put = Put(
            put.added + done.added, put.changed + done.changed, put.unchanged + done.unchanged
        )
        if status is QuestionStatus.PUBLISHED:
            published = len(done.added) + len(done.changed)
    return Written(put, published)
