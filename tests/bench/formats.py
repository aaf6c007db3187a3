"""How fast banks of 10,000 questions go in and out, in every format of the table.

Figures: processor seconds to write and to read, and the peak of a fresh process's memory above
what it holds before. Peers do less with the same file in the same run: openpyxl's plain loop
over the rows, csv.reader's, and json.loads; the ratio is the peer's time over ours.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

import openpyxl

from questions.formats import FORMATS
from questions.models import (
    JUDGE_OPTIONS,
    Bank,
    Citation,
    DocumentId,
    DocumentInfo,
    Kind,
    Question,
    QuestionId,
)
from tests.bench.figures import Figure, conclude

T = TypeVar("T")

COUNT: Final = 10_000
SLOWEST: Final = 15.0  # seconds for 10,000 questions, either way
LARGEST: Final = 400  # megabytes that a reader may take
BARS: Final = {"xlsx": 0.3, "csv": 0.01, "json": 0.1}
DOCUMENT: Final = DocumentInfo(
    DocumentId("d"), "某厅2025年法治政府建设报告", "某厅", 2025, "0" * 64, 9
)


def main(*, short: bool = False) -> int:
    """Print the figures; 1 where a bar is missed; `short` uses a tenth of the questions."""
    count = COUNT // 10 if short else COUNT
    bank = make_bank(count)
    figures: list[Figure] = []
    faults: list[str] = []
    for name, form in FORMATS.items():
        out, data = _timed(partial(form.write, bank))
        taken, reading = _timed(partial(form.read, data, "bench"))
        memory = _memory(name, data)
        print(
            f"{name}: {len(data) / 1e6:.1f} MB, written in {out:.2f} s, "
            f"{len(reading.bank.questions)} questions read in {taken:.2f} s, {memory:.0f} MB"
        )
        figures.append(Figure(f"{name} seconds allowed / taken", SLOWEST / max(out, taken), 1))
        figures.append(Figure(f"{name} memory allowed / taken", LARGEST / max(memory, 1), 1))
        if peer := PEERS.get(name):
            spent, _ = _timed(partial(peer, data))
            figures.append(Figure(f"{name} peer's loop / our reading", spent / taken, BARS[name]))
        expected = count if name not in LESS else LESS[name](bank)
        if len(reading.bank.questions) != expected:
            faults.append(f"{name}: {len(reading.bank.questions)} of {expected} questions back")
    return conclude("formats", figures, faults)


def make_bank(count: int) -> Bank:
    """Questions of all kinds, with explanation, quotation, section and tags."""
    return Bank((DOCUMENT,), tuple(_question(number) for number in range(count)))


def _question(number: int) -> Question:
    kind = list(Kind)[number % 4]
    choices = tuple(f"{number + step}件行政处罚案件" for step in (11, 0, 23, 37))
    options = {Kind.JUDGE: JUDGE_OPTIONS, Kind.BLANK: ()}.get(kind, choices)
    key = {Kind.JUDGE: (number // 4 % 2,), Kind.BLANK: (), Kind.MULTIPLE: (0, 2)}.get(kind, (1,))
    quote = f"全年共办理行政处罚案件{number}件，罚款{number * 3}万元，开展普法活动{number % 97}场"
    return Question(
        id=QuestionId(f"{number:012x}"),
        kind=kind,
        stem=f"2025年，某厅第{number}批办理的行政处罚案件有____件。",
        options=options,
        key=key,
        answers=(str(number), f"{number}件") if kind is Kind.BLANK else (),
        explanation=f"答案：{number}件。\n依据：三、严格规范公正文明执法\n“{quote}”",
        citation=Citation(DOCUMENT.id, number, number + len(quote), quote, ("三、执法", "处罚")),
        fact={"kind": "figure", "value": str(number), "unit": "件"},
        difficulty=0.45,
        tags=("执法监管", "行政处罚"),
    )


def _rows_of_xlsx(data: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(1 for row in book.worksheets[0].iter_rows() if [cell.value for cell in row])


def _rows_of_csv(data: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


PEERS: Final[dict[str, Callable[[bytes], object]]] = {
    "xlsx": _rows_of_xlsx,
    "csv": _rows_of_csv,
    "json": json.loads,
}
# Aiken has but choices with one key.
LESS: Final[dict[str, Callable[[Bank], int]]] = {
    "aiken": lambda bank: len(
        FORMATS["aiken"].read(FORMATS["aiken"].write(bank), "x").bank.questions
    )
}


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _memory(name: str, data: bytes) -> float:
    """The peak of a process that reads the file, above what it held before, in megabytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bank"
        path.write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.formats", name, str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout)


def _measure(name: str, path: Path) -> float:
    data = path.read_bytes()
    before = _resident("VmRSS")
    FORMATS[name].read(data, "bench")
    return _resident("VmHWM") - before


def _resident(field: str) -> float:
    """A figure of this process's memory in megabytes; a rusage would count the parent's too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(_measure(sys.argv[1], Path(sys.argv[2])))
    else:
        raise SystemExit(main())
