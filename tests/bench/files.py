"""How long a file of a million answers takes, how much memory, and what the bot feels of it.

The peer is XlsxWriter alone, writing as many cells of the same kind out of memory: no database,
no other table. Its time over ours is the ratio. Memory is what the process that makes the file
holds of its own at most: SQLite's map of its file, up to 128 MB that the system may take back,
is printed with the rest only. The delay is what 99 of 100 turns of the bot's event loop were
held up by at most, beside its neighbours on the machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import os
import re
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bot.reports.files.order import FileFormat, Order
from bot.reports.files.parent import make
from questions.models import Outcome
from storage.database import Database
from storage.repositories.windows import Days
from storage.states import QuestionStatus
from storage.upgrade import migrate
from tests.bench.figures import Figure, conclude, quantile
from tests.cast import a_bank, a_question

PEOPLE: Final = 2_000
QUESTIONS: Final = 5  # a round
DEPARTMENTS: Final = 20
FIRST: Final = date(2026, 1, 5)
NOW: Final = datetime(2026, 12, 31, 8, 0, tzinfo=UTC)
BAR: Final = 0.55  # of XlsxWriter's own speed
MOST_MEGABYTES: Final = 120
LONGEST_DELAY: Final = 0.05


def main(*, short: bool = False) -> int:
    """Print the figures; 1 where a bar is missed; `short` has 100,000 answers only."""
    figures: list[Figure] = []
    for rounds in (10,) if short else (10, 100):
        with TemporaryDirectory() as folder:
            figures += _measure(Path(folder), rounds)
    return conclude("files", figures)


def _measure(folder: Path, rounds: int) -> list[Figure]:
    url = f"sqlite:///{folder / 'bench.db'}"
    migrate(url)
    asyncio.run(_furnish(url))
    _fill(folder / "bench.db", rounds)
    count = PEOPLE * rounds * QUESTIONS
    figures = []
    sample: list[list[str]] = []
    for form in (FileFormat.CSV, FileFormat.XLSX):
        path = folder / f"report{form.suffix}"
        taken, delay, own, verdict = asyncio.run(_make(url, path, form))
        peak = verdict["peak_kilobytes"] / 1024
        print(
            f"{form.value}, {count:,} answers: {taken:.1f} s, {path.stat().st_size / 1e6:.1f} MB, "
            f"{own:.0f} MB of its own ({peak:.0f} with files), "
            f"event loop held up {delay * 1000:.0f} ms"
        )
        name = f"{form.value} {count:,}"
        figures.append(Figure(f"{name} memory allowed / taken", MOST_MEGABYTES / own, 1))
        figures.append(Figure(f"{name} delay allowed / met", LONGEST_DELAY / delay, 1))
        if form is FileFormat.CSV:
            sample = _sample(path)
            continue
        peer = _peer(folder / "peer.xlsx", folder / "sample.csv", sample, count)
        print(f"XlsxWriter alone: {peer:.1f} s")
        figures.append(Figure(f"{name} XlsxWriter alone / ours", peer / taken, BAR))
    return figures


async def _furnish(url: str) -> None:
    database = Database.open(url)

    def work(unit: Any) -> None:
        for number in range(DEPARTMENTS):
            unit.people.add_department(f"第{number + 1}处室", NOW)
        bank = unit.banks.add("题库", NOW)
        asked = [a_question(f"q{n}") for n in range(100)]
        unit.editions.put(bank, a_bank(*asked), QuestionStatus.PUBLISHED, NOW)

    await database.run(work)
    await database.close()


def _fill(path: Path, rounds: int) -> None:
    """People, and what they answered, past the repositories: a million rows in seconds."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA synchronous = OFF")
    stamp = "2026-01-01 00:00:00.000000"
    raw.executemany(
        "INSERT INTO people (id, chat_id, name, department_id, role, is_active, shows_name, lot,"
        " joined_at) VALUES (?, ?, ?, ?, 'staff', 1, 0, ?, ?)",
        (
            (n, n + 10_000, f"职工{n}", (n - 1) % DEPARTMENTS + 1, n, stamp)
            for n in range(1, PEOPLE + 1)
        ),
    )
    raw.execute(
        "INSERT INTO plans (id, name, days, at, timezone, question_count, catch_up_days,"
        " is_active, starts_on, created_at) VALUES (1, '每日学法', 'workdays', '08:45:00',"
        " 'Asia/Shanghai', 5, 3, 1, '2026-01-05', ?)",
        (stamp,),
    )
    for number in range(1, rounds + 1):
        day = (FIRST + timedelta(days=number)).isoformat()
        raw.execute(
            "INSERT INTO rounds (id, plan_id, day, opens_at, closes_at, settles_at, settled_at)"
            " VALUES (?, 1, ?, ?, ?, ?, ?)",
            (number, day, stamp, stamp, stamp, stamp),
        )
        versions = [(number * QUESTIONS + n) % 100 + 1 for n in range(QUESTIONS)]
        raw.executemany(
            "INSERT INTO round_questions (round_id, position, version_id) VALUES (?, ?, ?)",
            [(number, at, version) for at, version in enumerate(versions)],
        )
        _fill_round(raw, number, versions, stamp)
    raw.commit()
    raw.close()


def _fill_round(raw: sqlite3.Connection, number: int, versions: list[int], stamp: str) -> None:
    first = (number - 1) * PEOPLE
    raw.executemany(
        "INSERT INTO deliveries (round_id, person_id, kind, state, due_at, attempts)"
        " VALUES (?, ?, 'round', 'sent', ?, 1)",
        ((number, person, stamp) for person in range(1, PEOPLE + 1)),
    )
    raw.executemany(
        "INSERT INTO sittings (id, person_id, round_id, mode, size, position, is_finished)"
        " VALUES (?, ?, ?, 'daily', ?, ?, 1)",
        (
            (first + person, person, number, QUESTIONS, QUESTIONS)
            for person in range(1, PEOPLE + 1)
        ),
    )
    outcomes = ((Outcome.RIGHT, 10), (Outcome.RIGHT, 10), (Outcome.PARTIAL, 5), (Outcome.WRONG, 0))
    raw.executemany(
        "INSERT INTO answers (sitting_id, position, version_id, option_order, picked, chosen,"
        " outcome, points, offered, answered_at) VALUES (?, ?, ?, '[0,1,2,3]', 0, '[1]', ?, ?,"
        " 10, ?)",
        (
            (first + person, at, version, *outcomes[(person * 7 + at) % 4], stamp)
            for person in range(1, PEOPLE + 1)
            for at, version in enumerate(versions)
        ),
    )


async def _make(
    url: str, path: Path, form: FileFormat
) -> tuple[float, float, float, dict[str, Any]]:
    """Seconds it took, the event loop's delay, megabytes held, and what the process says."""
    order = Order(form, Days(FIRST, FIRST + timedelta(days=400)), None, "2026年", "全部处室", NOW)
    delays: list[float] = []
    held = 0.0

    async def watch() -> None:
        nonlocal held
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            delays.append(time.perf_counter() - before - 0.005)
            if len(delays) % 20 == 0:
                held = max(held, _held_by_children())

    async def nobody(table: str, done: int, of: int) -> None:
        """Nobody looks on."""

    database = Database.open(url)
    watching = asyncio.create_task(watch())
    before = time.perf_counter()
    verdict = await make(database, order, path, nobody)
    taken = time.perf_counter() - before
    watching.cancel()
    await database.close()
    return taken, quantile(sorted(delays), 0.99), held, verdict


def _held_by_children() -> float:
    """Megabytes of their own that the processes started by this one hold."""
    me = os.getpid()
    held = 0.0
    for child in Path(f"/proc/{me}/task/{me}/children").read_text().split():
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{child}/status").read_text()
            found = re.search(r"RssAnon:\s+(\d+) kB", status)
            held += int(found[1]) / 1024 if found else 0
    return held


def _sample(path: Path) -> list[list[str]]:
    """A thousand rows of answers, as text."""
    with zipfile.ZipFile(path) as archive, archive.open("作答.csv") as file:
        rows = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""))
        next(rows)
        return [row for row, _ in zip(rows, range(1000), strict=False)]


def _peer(path: Path, sample_at: Path, sample: list[list[str]], count: int) -> float:
    with sample_at.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(sample)
    command = [sys.executable, "-m", "tests.bench.files", str(path), str(sample_at), str(count)]
    before = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - before


def _write_alone(path: str, sample_at: str, count: int) -> None:
    """The peer: the same cells with nothing around them."""
    import xlsxwriter

    with Path(sample_at).open(encoding="utf-8", newline="") as file:
        sample = [(46_000.0, *row[1:8], float(row[8])) for row in csv.reader(file)]
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet()
    for at, row in enumerate(_cycled(sample, count)):
        if at == 1_048_576:
            break
        sheet.write_number(at, 0, row[0], day)
        for place in range(1, 8):
            sheet.write_string(at, place, row[place], text)
        sheet.write_number(at, 8, row[8])
    book.close()


def _cycled(sample: list[Any], count: int) -> Iterator[Any]:
    return (sample[number % len(sample)] for number in range(count))


if __name__ == "__main__":
    _write_alone(sys.argv[1], sys.argv[2], int(sys.argv[3]))
