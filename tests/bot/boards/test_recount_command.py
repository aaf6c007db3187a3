"""`xuefa recount` on a database with scores in it."""

from __future__ import annotations

import asyncio

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from bot.cli import main
from storage.database import Database
from storage.unit import Unit
from tests.bot.boards.test_seasons import lived


async def _live(url: str) -> None:
    database = Database.open(url)
    await database.run(lived_in)
    await database.close()


def lived_in(unit: Unit) -> None:
    lived(unit)


def test_a_check_tells_what_is_wrong_and_a_recount_puts_it_right(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(_live(database_url))
    monkeypatch.setenv("XUEFA_DATABASE_URL", database_url)

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["recount", *arguments])
        return done.exit_code, done.output

    assert run("--check")[0] == 0
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE person_totals SET points = 99 WHERE person_id = 2"))
        connection.execute(text("UPDATE round_totals SET began = 77"))
    status, said = run("--check")
    assert status == 1
    assert "应为" in said
    assert run("--check")[0] == 1  # it has written nothing
    status, said = run()
    assert (status, "已改正" in said) == (0, True)
    assert "全部合计与记录相符" in run("--check")[1]
    with engine.begin() as connection:
        logged = connection.execute(
            text("SELECT subject FROM audit WHERE action = 'season.correct'")
        ).scalars()
        assert set(logged) == {"season:M2026-11"}
    engine.dispose()
