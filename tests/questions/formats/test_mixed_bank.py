"""A bank of 881 rows as offices keep them: every row is accounted for."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest

from questions.formats import FORMATS, Reading
from questions.formats.skipped import write_skips
from tests.questions.formats.files.workbooks import saved, workbook

HEADER = (
    "序号", "题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "难度",
    "章节", "出题人",
)  # fmt: skip
ROWS = 881
Row = list[object]


def single(at: int, rng: random.Random) -> Row:
    answer = rng.choice("ABCD")
    return [at, "单选题", f"第{at}项由谁审批（ ）", "省级", "市级", "县级", "国家", answer]


def multiple(at: int, rng: random.Random) -> Row:
    key = "".join(sorted(rng.sample("ABCD", rng.randint(2, 4))))
    answer = rng.choice([key, "、".join(key), ",".join(key), key.lower()])
    return [at, "多选题", f"第{at}项包括哪些？", "甲", "乙", "丙", "丁", answer]


def judge(at: int, rng: random.Random) -> Row:
    answer = rng.choice(["对", "错", "√", "×", "A", "B", "正确", "F"])
    return [at, "判断题", f"第{at}项由省级审批。", None, None, None, None, answer]


def blank(at: int, rng: random.Random) -> Row:
    return [at, "填空题", f"第{at}项于____年施行", None, None, None, None, rng.randint(1949, 2026)]


GOOD: tuple[Callable[[int, random.Random], Row], ...] = (single, single, multiple, judge, blank)


def without_answer(row: Row, rng: random.Random) -> Row:
    return [*row[:7], None]


def without_stem(row: Row, rng: random.Random) -> Row:
    return [row[0], row[1], None, "甲", "乙", None, None, "A"]


def without_options(row: Row, rng: random.Random) -> Row:
    return [row[0], "单选题", row[2], None, None, None, None, "A"]


def beyond(row: Row, rng: random.Random) -> Row:
    return [row[0], "单选题", row[2], "甲", "乙", None, None, "D"]


def of_another_kind(row: Row, rng: random.Random) -> Row:
    return [row[0], rng.choice(["简答题", "排序题", "案例分析题"]), row[2], *[None] * 4, "略"]


def twice(row: Row, rng: random.Random) -> Row:
    return [row[0], "单选题", row[2], "甲", "甲", "乙", None, "A"]


def broken(row: Row, rng: random.Random) -> Row:
    return [*row[:7], "#N/A"]


def unclear(row: Row, rng: random.Random) -> Row:
    return [row[0], "单选题", row[2], "甲", "乙", "丙", None, "选甲和丁"]


BAD = (
    without_answer, without_stem, without_options, beyond, of_another_kind, twice, broken, unclear,
)  # fmt: skip


def bank(seed: int) -> tuple[bytes, Counter[str]]:
    """A workbook, and how many rows of it are what."""
    rng = random.Random(seed)
    count: Counter[str] = Counter(header=1)
    rows: list[Row] = [list(HEADER)]
    good: list[Row] = []
    while len(rows) < ROWS:
        at = len(rows)
        row = rng.choice(GOOD)(at, rng)
        lot = rng.random()
        if lot < 0.80:
            good.append(row)
            count["taken"] += 1
        elif lot < 0.93:
            row = rng.choice(BAD)(row, rng)
            count["skipped"] += 1
        elif lot < 0.95 and good:
            row = [at, *rng.choice(good)[1:]]
            count["skipped"] += 1  # the same question again
        elif lot < 0.97:
            row = rng.choice([[], [None, " ", "　"], [at, "单选题"]])
            count["empty"] += 1
        elif lot < 0.99:
            row = [rng.choice(["二、多选题（每题2分）", "判断题"])]
            count["headings"] += 1
        else:
            row = list(HEADER)
            count["header"] += 1
        rows.append([*row, *[None] * (len(HEADER) - len(row))])
    return saved(workbook({"题库": rows})), count


def read(data: bytes) -> Reading:
    return FORMATS["xlsx"].read(data, "题库.xlsx")


@pytest.mark.parametrize("seed", [881, 1, 7])
def test_taken_skipped_empty_and_headers_make_up_all_rows(seed: int) -> None:
    data, count = bank(seed)
    reading = read(data)
    found = {"taken": len(reading.bank.questions), "skipped": len(reading.skips)}
    assert found == {name: count[name] for name in found}
    assert sum(count.values()) == ROWS
    rows = [skip.place.row for skip in reading.skips]
    assert len(set(rows)) == len(rows)
    assert all("请" in skip.reason for skip in reading.skips)


def test_the_table_of_errors_holds_every_skipped_row_and_is_read_again() -> None:
    reading = read(bank(881)[0])
    again = read(write_skips(reading))
    assert len(again.bank.questions) + len(again.skips) == len(reading.skips)
