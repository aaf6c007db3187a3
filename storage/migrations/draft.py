"""For developers: write the script that takes the newest version to what storage/tables says.

python -m storage.migrations.draft "what changed"
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import DropTableOp, MigrationScript, UpgradeOps
from sqlalchemy import create_engine

import storage.schema
from storage.migrations.configuration import configuration
from storage.tables import metadata
from storage.tables.base import Instant, RowId

TABLES = 12  # in one script, so that its file stays readable
VERSIONS = Path(__file__).parent / "versions"
_HEAD = re.compile(r'^HEAD = "\d+"', re.MULTILINE)
_SCRIPT = '''"""{message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = {previous}

{row_id}
def upgrade() -> None:
    """Step forward."""
{upgrade}


def downgrade() -> None:
    """Step back."""
{downgrade}


{functions}
'''


def draft(message: str, folder: Path = VERSIONS) -> list[Path]:
    """Write the next script, or as many as keep each readable, into `folder`."""
    latest = max((int(path.name[:4]) for path in VERSIONS.glob("[0-9]*.py")), default=0)
    words = re.sub(r"\W+", "_", message.lower()).strip("_")
    paths = []
    with tempfile.TemporaryDirectory() as scratch:
        engine = create_engine(f"sqlite:///{scratch}/draft.db")
        with engine.begin() as connection:
            command.upgrade(configuration(connection), "head")
            context = MigrationContext.configure(connection)
            script = produce_migrations(context, metadata)
            for turn, tables in enumerate(_chunks(script), start=1):
                part = "" if turn == 1 else f" {turn}"
                path = folder / f"{latest + turn:04d}_{words}{part.replace(' ', '_')}.py"
                source = _source(script, tables, context, message + part, latest + turn)
                path.write_text(source, encoding="utf-8")
                paths.append(path)
        engine.dispose()
    ruff = [sys.executable, "-m", "ruff", "format", "--quiet", *map(str, paths)]
    subprocess.run(ruff, check=True)  # noqa: S603  (the developer's own, on our own files)
    return paths


def move_head(number: str) -> None:
    """Make `storage.schema.HEAD` name the newest script."""
    schema = Path(storage.schema.__file__)
    source = schema.read_text(encoding="utf-8")
    schema.write_text(_HEAD.sub(f'HEAD = "{number}"', source), encoding="utf-8")


def _chunks(script: MigrationScript) -> list[set[str]]:
    """The tables touched, in the order they depend on each other, a script's worth at a time."""
    assert script.upgrade_ops is not None  # noqa: S101  (for the type checker)
    tables = list(dict.fromkeys(_table(op) for op in script.upgrade_ops.ops))
    return [set(tables[at : at + TABLES]) for at in range(0, len(tables), TABLES)]


def _source(
    script: MigrationScript, tables: set[str], context: MigrationContext, message: str, number: int
) -> str:
    assert script.upgrade_ops is not None  # noqa: S101  (for the type checker)
    steps = [op for op in script.upgrade_ops.ops if _table(op) in tables]
    functions = dict(_functions(steps, context))
    code = "\n\n".join(f"def {name}() -> None:\n{_indent(c)}\n" for name, c in functions.items())
    row_id = 'ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")\n\n'
    return _SCRIPT.format(
        message=message[:1].upper() + message[1:],
        number=f"{number:04d}",
        previous=f'"{number - 1:04d}"' if number > 1 else None,
        row_id=row_id if "ROW_ID" in code else "",
        upgrade=_indent("\n".join(f"{name}()" for name in functions)),
        downgrade=_indent(_downgrade(script, tables, context)),
        functions=code,
    )


def _functions(ops: Iterable[Any], context: MigrationContext) -> Iterator[tuple[str, str]]:
    """The steps of one table after another, each run of them under a function of its name."""
    taken: set[str] = set()
    for table, group in groupby(ops, key=_table):
        names = (f"_{table}{'' if turn == 1 else turn}" for turn in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield name, _code(list(group), context)


def _downgrade(script: MigrationScript, tables: set[str], context: MigrationContext) -> str:
    assert script.downgrade_ops is not None  # noqa: S101  (for the type checker)
    ops = [op for op in script.downgrade_ops.ops if _table(op) in tables]
    dropped = {_table(op) for op in ops if isinstance(op, DropTableOp)}
    # A dropped table takes its indexes along.
    kept = [op for op in ops if isinstance(op, DropTableOp) or _table(op) not in dropped]
    return _code(kept, context)


def _table(op: Any) -> str:
    return str(op.table_name)


def _code(ops: list[Any], context: MigrationContext) -> str:
    code = render_python_code(
        UpgradeOps(ops=ops),
        render_as_batch=True,
        render_item=_render,
        migration_context=context,
    )
    return "\n".join(line for line in code.splitlines() if "# ###" not in line).strip("\n")


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Spell our column types in SQLAlchemy's own, so that old scripts never change meaning."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and item is RowId:
        return "ROW_ID"
    return False


def _indent(code: str) -> str:
    lines = [line.rstrip() for line in code.splitlines()]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    return "\n".join(f"    {line[margin:]}" if line else "" for line in lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('usage: python -m storage.migrations.draft "what changed"')
    written = draft(sys.argv[1])
    if not written:
        sys.exit("the scripts already say what storage/tables says")
    move_head(written[-1].name[:4])
    sys.stdout.writelines(f"{path}\n" for path in written)
