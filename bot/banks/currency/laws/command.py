"""`xuefa laws`: the law registry on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from bot.banks.currency.laws import service
from bot.banks.currency.laws.errors import BadTable
from bot.banks.currency.laws.service import Adopted, Survey
from bot.banks.registry import registry_of
from bot.clock import utc_now
from bot.offline import once
from bot.settings import Settings
from questions import laws
from storage.unit import Unit

T = TypeVar("T")


def count(settings: Settings) -> tuple[int, int, str]:
    """How many laws are known, how many of them were added, and why those can't be used."""

    def work(unit: Unit) -> tuple[int, int, str]:
        known = registry_of(unit)
        return len(known.registry.laws), len(unit.laws.list_all()), known.trouble

    return once(settings, work)


def add_file(settings: Settings, path: Path) -> tuple[Survey, Adopted]:
    """Take a table's good rows; raises LawError where it is none or contradicts the registry."""
    data = path.read_bytes()
    if not laws.is_law_table(data):
        raise laws.LawError(f"{path}：不是法规表，第一行应有“标题”“效力位阶”“来源”等列名。")

    def work(unit: Unit) -> tuple[Survey, Adopted]:
        now, zone = utc_now(), settings.timezone
        found = service.survey(unit, None, path.name, data, timezone=zone, now=now)
        return found, service.add(unit, None, data, timezone=zone, now=now)

    try:
        return once(settings, work)
    except BadTable as error:
        raise laws.LawError(f"{path}：{error}") from error
