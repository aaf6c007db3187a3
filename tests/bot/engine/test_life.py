"""Whatever happens in the house, in whatever order, its promises hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Connection, make_url, text

from storage import postgres, sqlite
from tests.bot.engine.machine import Life
from tests.bot.engine.town import Town


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    url = make_url(database_url)
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = (
        sqlite.engine_of(url)
        if is_sqlite
        else postgres.engine_of(url, patience=timedelta(seconds=5))
    )
    with engine.connect() as opened:
        if is_sqlite:
            opened.execute(text("BEGIN"))
        Town(opened).open_house()
        yield opened
        if is_sqlite:
            opened.execute(text("ROLLBACK"))
        else:
            opened.rollback()
    engine.dispose()


def test_every_promise_holds_through_random_lives(connection: Connection) -> None:
    run_state_machine_as_test(
        lambda: Life(connection),  # type: ignore[arg-type]
        settings=settings(
            max_examples=8 if connection.dialect.name == "sqlite" else 3,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            database=None,
            phases=(Phase.generate, Phase.shrink),
        ),
    )
