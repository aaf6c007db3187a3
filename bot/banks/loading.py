"""`xuefa import` and `xuefa export`: banks between files and the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.banks.generating import write_whole
from bot.clock import utc_now
from bot.plans.service import ensure_plan
from bot.settings import Settings
from questions.errors import FormatError
from questions.formats import FORMATS
from questions.models import Bank
from storage.database import Database
from storage.repositories.editions import Put
from storage.states import QuestionStatus
from storage.unit import Unit
from storage.upgrade import prepare

T = TypeVar("T")

LONGEST_NAME = 64


def import_file(settings: Settings, path: Path, name: str) -> Put:
    """Publish a bank file's questions in the bank `name`; all of them or none."""
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise FormatError(f"题库名应为 1 至 {LONGEST_NAME} 个字。")
    try:
        bank = FORMATS["json"].read(path.read_bytes(), path.name).bank
    except FormatError as error:
        raise FormatError(f"{path}：{error}") from error
    return _once(settings, lambda unit: publish(unit, bank, name, settings.timezone))


def publish(unit: Unit, bank: Bank, name: str, timezone: str) -> Put:
    """Put questions into a bank, published; a new bank joins the first plan."""
    now = utc_now()
    is_new = unit.banks.find_by_name(name) is None
    bank_id = unit.banks.add(name, now)
    put = unit.editions.put(bank_id, bank, QuestionStatus.PUBLISHED, now)
    ensure_plan(unit, timezone, now=now)
    if is_new:
        unit.plans.link_bank(unit.plans.list_all()[0].id, bank_id)
    detail = {"bank": name, "added": len(put.added), "changed": len(put.changed)}
    unit.house.record(None, "bank.import", f"bank:{bank_id}", detail, now)
    return put


def export_file(settings: Settings, name: str, path: Path) -> int:
    """Write the published questions of the bank `name`; how many there are."""

    def read(unit: Unit) -> Bank:
        bank_id = unit.banks.find_by_name(name)
        if bank_id is None:
            raise FormatError(f"没有名为“{name}”的题库。")
        return unit.banks.read_bank(bank_id)

    bank = _once(settings, read)
    write_whole(path, FORMATS["json"].write(bank))
    return len(bank.questions)


def _once(settings: Settings, work: Callable[[Unit], T]) -> T:
    async def run() -> T:
        prepare(settings.database_url)
        database = Database.open(settings.database_url)
        try:
            return await database.run(work)
        finally:
            await database.close()

    return asyncio.run(run())
