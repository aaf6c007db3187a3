"""The history of the tables: complete, walkable both ways, and checked without alembic."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    create_engine,
    inspect,
    text,
)

import storage.migrations.draft
from storage.database import Database
from storage.errors import SchemaError, SchemaTooNew, SchemaTooOld, Unavailable
from storage.migrations.configuration import configuration
from storage.migrations.draft import draft
from storage.schema import HEAD
from storage.tables import metadata
from storage.tables.base import Instant, RowId
from storage.upgrade import migrate, prepare

REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()
][::-1]


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tables(url: str) -> set[str]:
    with connected(url) as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def set_version(url: str, version: str) -> None:
    with connected(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_the_constant_names_the_newest_script() -> None:
    assert REVISIONS[-1] == HEAD
    assert [f"{number:04d}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_the_scripts_make_exactly_the_tables_of_the_house(empty_url: str) -> None:
    assert migrate(empty_url) == (None, HEAD)
    with connected(empty_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert tables(empty_url) == set(metadata.tables)


def test_every_step_can_be_taken_forward_back_and_forward_again(empty_url: str) -> None:
    with connected(empty_url) as connection:
        config = configuration(connection)
        for revision in REVISIONS:
            command.upgrade(config, revision)
            command.downgrade(config, "-1")
            command.upgrade(config, revision)
        command.downgrade(config, "base")
    assert tables(empty_url) == set()


def test_questions_brought_before_they_could_be_searched_are_laid_out(empty_url: str) -> None:
    said = (
        '{"stem": "２ 问？", "options": ["Ａ项", "B 项"], "answers": [],'
        ' "tags": ["执法", "执法"], "basis": {"law": "水法"}}'
    )
    with connected(empty_url) as connection:
        command.upgrade(configuration(connection), "0002")
        for statement in (
            "INSERT INTO banks (id, name, created_at) VALUES (1, '甲', '2026-01-01')",
            "INSERT INTO documents (id, title, sha256, chars) VALUES ('d', '甲', '0', 9)",
            "INSERT INTO questions (id, bank_id, uid, status, version)"
            " VALUES (7, 1, 'u', 'published', 2)",
            "INSERT INTO question_versions"
            " (id, question_id, number, kind, payload, document_id, created_at)"
            " VALUES (1, 7, 1, 'judge', '{}', 'd', '2026-01-01')",
        ):
            connection.execute(text(statement))
        connection.execute(
            text(
                "INSERT INTO question_versions"
                " (id, question_id, number, kind, payload, document_id, created_at)"
                " VALUES (2, 7, 2, 'single', :said, 'd', '2026-01-01')"
            ),
            {"said": said},
        )

    migrate(empty_url)

    with connected(empty_url) as connection:
        row = connection.execute(text("SELECT kind, law, words FROM questions")).one()
        tags = connection.execute(text("SELECT question_id, tag FROM question_tags")).all()
    assert tuple(row) == ("single", "水法", "2问?a项b项")
    assert [tuple(tag) for tag in tags] == [(7, "执法")]


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert migrate(database_url) == (HEAD, HEAD)


def test_migrating_from_several_processes_at_once_works(empty_url: str) -> None:
    with ThreadPoolExecutor(3) as threads:
        ended = list(threads.map(migrate, [empty_url] * 3))
    assert sorted(ended, key=str) == sorted([(None, HEAD), (HEAD, HEAD), (HEAD, HEAD)], key=str)


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(empty_url: str) -> None:
    with connected(empty_url) as connection:
        command.upgrade(configuration(connection), REVISIONS[0])
    before = tables(empty_url)
    clash = (set(metadata.tables) - before).pop()
    with connected(empty_url) as connection:
        connection.execute(text(f"CREATE TABLE {clash} (id INTEGER)"))

    with pytest.raises(Exception, match=clash):
        migrate(empty_url)

    assert tables(empty_url) == before | {clash}
    with connected(empty_url) as connection:
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            == (REVISIONS[0])
        )


def test_a_brand_new_database_is_prepared_and_a_used_one_left_alone(empty_url: str) -> None:
    assert prepare(empty_url)
    assert tables(empty_url) == set(metadata.tables)
    set_version(empty_url, "0000")
    assert not prepare(empty_url)
    with pytest.raises(SchemaTooOld):
        Database.open(empty_url)


def test_an_older_schema_is_refused_with_the_command_to_run(database_url: str) -> None:
    set_version(database_url, "0000")
    with pytest.raises(SchemaTooOld, match="xuefa migrate"):
        Database.open(database_url)


def test_a_newer_schema_is_refused_by_start_and_by_migrate(database_url: str) -> None:
    set_version(database_url, "9999")
    with pytest.raises(SchemaTooNew, match="更新程序"):
        Database.open(database_url)
    with pytest.raises(SchemaTooNew, match="更新程序"):
        migrate(database_url)


def test_another_programs_tables_are_not_touched(empty_url: str) -> None:
    with connected(empty_url) as connection:
        connection.execute(text("CREATE TABLE people (id INTEGER)"))
    with pytest.raises(SchemaError, match="people"):
        migrate(empty_url)
    assert tables(empty_url) == {"people"}


def test_migrating_where_there_is_no_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="打不开"):
        migrate(f"sqlite:///{tmp_path}/none/xuefa.db")


def test_an_ordinary_start_does_not_load_alembic(sqlite_url: str) -> None:
    code = (
        "import sys; from storage.database import Database; Database.open(sys.argv[1]);"
        "sys.exit('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, sqlite_url], timeout=30)
    assert done.returncode == 0


def test_migrations_run_from_an_installed_copy_in_another_folder(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for package in ("storage", "questions"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / package, site / package, ignore=ignored)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import storage;"
        "assert storage.__file__.startswith(sys.argv[1]);"
        "from storage.upgrade import migrate; print(migrate('sqlite:///here.db')[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(site)],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == HEAD, done.stderr
    assert (elsewhere / "here.db").exists()


def test_drafting_finds_nothing_left_to_write(tmp_path: Path) -> None:
    assert draft("nothing changed", tmp_path) == []


def test_a_change_of_the_tables_is_drafted_as_a_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(changed)
    Table("novelties", changed, Column("id", RowId, primary_key=True), Column("at", Instant))
    changed.tables["departments"].append_column(Column("floor", Integer))
    monkeypatch.setattr(storage.migrations.draft, "metadata", changed)

    (path,) = draft("novelties come", tmp_path)

    source = path.read_text(encoding="utf-8")
    assert path.name == f"{int(HEAD) + 1:04d}_novelties_come.py"
    assert f'down_revision = "{HEAD}"' in source
    assert 'batch_op.add_column(sa.Column("floor", sa.Integer(), nullable=True))' in source
    assert 'sa.Column("id", ROW_ID, nullable=False)' in source
    assert "storage" not in source
    compile(source, str(path), "exec")


def test_totals_of_an_older_database_are_counted_anew(empty_url: str) -> None:
    at = "'2026-11-23 01:00:00'"
    with connected(empty_url) as connection:
        command.upgrade(configuration(connection), "0003")
        yes = "true" if connection.dialect.name == "postgresql" else "1"
        no = "false" if connection.dialect.name == "postgresql" else "0"
        for statement in (
            "INSERT INTO departments (id, name, created_at) VALUES (5, '法规处', {at})",
            "INSERT INTO people (id, chat_id, name, department_id, role, is_active, shows_name,"
            " lot, joined_at) VALUES (1, 1, '小安', 5, 'staff', {yes}, {no}, 9, {at})",
            "INSERT INTO banks (id, name, created_at) VALUES (1, '甲', {at})",
            "INSERT INTO documents (id, title, sha256, chars) VALUES ('d', '甲', '0', 9)",
            "INSERT INTO questions (id, bank_id, uid, status, version, kind, law, words, findings)"
            " VALUES (1, 1, 'u', 'published', 1, 'judge', '', '', '[]')",
            "INSERT INTO question_versions (id, question_id, number, kind, payload, document_id,"
            " created_at) VALUES (1, 1, 1, 'judge', '{{}}', 'd', {at})",
            "INSERT INTO plans (id, name, days, at, timezone, question_count, catch_up_days,"
            " is_active, starts_on, created_at) VALUES (3, '每日学法', 'workdays', '08:45',"
            " 'Asia/Shanghai', 1, 3, {yes}, '2026-11-01', {at})",
            "INSERT INTO rounds (id, plan_id, day, opens_at, closes_at, settles_at, settled_at)"
            " VALUES (1, 3, '2026-11-23', {at}, {at}, {at}, {at}),"
            " (2, 3, '2026-11-24', {at}, {at}, {at}, {at})",
            "INSERT INTO round_questions (round_id, position, version_id)"
            " VALUES (1, 0, 1), (2, 0, 1)",
            "INSERT INTO deliveries (round_id, person_id, kind, state, due_at, attempts)"
            " VALUES (1, 1, 'round', 'sent', {at}, 1), (2, 1, 'round', 'sent', {at}, 1)",
            "INSERT INTO sittings (id, person_id, round_id, mode, size, position, is_finished)"
            " VALUES (1, 1, 1, 'daily', 1, 1, {yes})",
            "INSERT INTO answers (sitting_id, position, version_id, option_order, picked, outcome,"
            " points, offered, answered_at) VALUES (1, 0, 1, '[0]', 0, 'right', 10, 10, {at})",
            "INSERT INTO person_totals (period, person_id, points, offered, answered,"
            " right_count, rate) VALUES ('all', 1, 10, 20, 1, 1, 500000)",
        ):
            connection.execute(text(statement.format(at=at, yes=yes, no=no)))

    migrate(empty_url)

    with connected(empty_url) as connection:
        people = connection.execute(
            text("SELECT period, points, offered, department_id FROM person_totals ORDER BY 1")
        ).all()
        places = connection.execute(
            text("SELECT people, took_part, rate_sum FROM department_totals WHERE period = 'P3'")
        ).all()
        rolls = connection.execute(
            text("SELECT due, began, finished, points, offered FROM round_totals ORDER BY 1")
        ).all()
    found = {tuple(row) for row in people}
    assert found == {
        (period, 10, 20, 5) for period in ("W2026-48", "M2026-11", "Q2026-4", "Y2026", "all", "P3")
    }
    assert [tuple(row) for row in places] == [(1, 1, 500_000)]
    assert sorted(tuple(row) for row in rolls) == [(1, 0, 0, 0, 10), (1, 1, 1, 10, 10)]
