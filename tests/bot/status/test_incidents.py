"""Incidents: each is told once at its beginning and once when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.status.service import follow, note_refusal
from bot.status.words import words
from storage.database import Database
from storage.repositories.watching import Pulse
from storage.unit import Unit
from tests.cast import NINE, XIAOCHENG, furnish

LATER = NINE + timedelta(days=1)
KINDS = words("Asia/Shanghai")


async def notices(database: Database) -> list[str]:
    """What was to be told, in order."""
    due = await database.read(lambda unit: unit.notices.list_due(LATER))
    return [":".join(notice.name.split(":")[:2]) for notice in due]


async def look(database: Database, minute: float, *wrong: str) -> None:
    """A look that finds so much wrong."""
    now = NINE + timedelta(minutes=minute)
    await database.run(lambda unit: follow(unit, wrong, now=now))


async def test_what_comes_and_goes_is_one_incident(database: Database) -> None:
    for minute in range(0, 30, 2):
        await look(database, minute, *(["tick"] if minute % 4 else []))
    assert await notices(database) == ["alert:tick"]
    await look(database, 32)
    await look(database, 40)
    await look(database, 41)
    assert await notices(database) == ["alert:tick", "well:tick"]
    await look(database, 60, "tick")
    assert (await notices(database)).count("alert:tick") == 2


async def test_incidents_of_several_kinds_go_their_own_ways(database: Database) -> None:
    await look(database, 0, "tick", "late")
    await look(database, 3, "late")
    await look(database, 6, "late")
    assert sorted(await notices(database)) == ["alert:late", "alert:tick", "well:tick"]


async def test_an_alert_that_is_over_before_it_was_told_is_left_out(database: Database) -> None:
    await database.run(furnish)
    await look(database, 0, "taps")

    def told(unit: Unit) -> list[tuple[int, str]]:
        found = []
        for notice in unit.notices.list_due(LATER):
            kind, _, subject = notice.name.partition(":")
            found += [(w.chat_id, w.screen.text) for w in KINDS[kind](unit, subject, 0, 10)]
        return found

    [(chat, said)] = await database.read(told)
    assert chat == XIAOCHENG
    assert "消息没有处理" in said
    assert "09:00 起" in said
    await look(database, 5)
    [(chat, said)] = await database.read(told)
    assert said == "🟢 已恢复：消息没有处理。从 11月23日（周一）09:00 起，约 1 分钟。"


async def test_a_token_that_works_again_is_told_at_once(database: Database) -> None:
    await database.run(lambda unit: note_refusal(unit, now=NINE))
    assert await notices(database) == []
    await look(database, 90)
    assert await notices(database) == ["well:token"]


async def test_names_of_notices_fit_their_column(database: Database) -> None:
    for kind in ("tick", "taps", "late", "token"):
        await look(database, 0, kind)
    await look(database, 60 * 24 * 9)
    due = await database.read(lambda unit: unit.notices.list_due(LATER + timedelta(days=9)))
    assert max(len(f"word:{notice.name}") for notice in due) <= 32


async def test_a_pulse_is_read_as_it_was_given(database: Database) -> None:
    at = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    for pulse in (Pulse(at), Pulse(at, at, at, 999_999, 99_999, 99_999)):

        def beat(unit: Unit, pulse: Pulse = pulse) -> list[Pulse]:
            unit.watching.beat("a" * 16, pulse, at)
            return [replica.pulse for replica in unit.watching.list_replicas()]

        assert await database.run(beat) == [pulse]
