"""Boards and charts as full as they get, for tests and the bench of pictures."""

from __future__ import annotations

import random
from datetime import date

from bot.boards.service import (
    BandBoard,
    BoardSpan,
    DepartmentBoard,
    DepartmentPlace,
    PersonBoard,
    Place,
    Standing,
)
from bot.reports.pictures.charts import (
    MOST_COLUMNS,
    MOST_POINTS,
    MOST_ROWS,
    HeatMap,
    HeatRow,
    Point,
    Trend,
)
from questions.ranking import MILLION, DepartmentScore, shared_ranks

DAY = date(2026, 11, 23)
NAMES = ("甲小明", "上官某某", "小安", None, "阿卜杜热合曼·买买提艾力", "𬭎文博", "喆", "王昇")
LONG_NAME = "古丽米热·阿不都热依木江·托合提尼亚孜·玉素甫江"
LONG_OFFICE = "生态环境综合行政执法总队第二支队驻某某某自治旗生态环境保护监察大队办公室"


def people(*names: str | None, own: str = "小安") -> PersonBoard:
    """A person board of these names; two share each rate."""
    rates = [960_000 - 30_000 * (at // 2) for at in range(len(names))]
    places = tuple(
        Place(rank, name, rate, name == own)
        for rank, name, rate in zip(shared_ranks(rates), names, rates, strict=True)
    )
    return PersonBoard(BoardSpan.MONTH, DAY, Standing(428, 450, 45, 42, 951_000, 2), 42, places)


def departments(count: int = 3) -> DepartmentBoard:
    """Three bands of departments, one's own in the second."""
    bands = []
    for start, end, size in ((5, 10, 8), (10, 30, 20), (30, None, 80)):
        places = tuple(
            DepartmentPlace(
                rank + 1,
                DepartmentScore(
                    LONG_OFFICE if rank == 0 else "大气处", size, size - rank, 7 * 10**6
                ),
                start == 10 and rank == 1,
            )
            for rank in range(count)
        )
        bands.append(BandBoard(start, end, places))
    own = bands[1].places[1] if count > 1 else None
    return DepartmentBoard(BoardSpan.YEAR, DAY, "大气处", own, tuple(bands))


def trend(count: int = MOST_POINTS) -> Trend:
    """Two rates with a gap."""
    rng = random.Random(4)
    points = tuple(
        Point(
            f"{at + 1}周",
            None if at % 20 == 7 else rng.randint(600_000, MILLION),
            None if at % 20 == 7 else rng.randint(600_000, MILLION),
        )
        for at in range(count)
    )
    return Trend("参与率与正确率", "按周统计。", points, "全部处室，2026年", 861_234, 781_000)


def heat(rows: int = MOST_ROWS, columns: int = MOST_COLUMNS) -> HeatMap:
    """A map with full, empty and long-named rows."""
    rng = random.Random(4)
    lines = tuple(
        HeatRow(
            LONG_OFFICE if at == 1 else f"第{at + 1}处",
            tuple(None if rng.random() < 0.1 else rng.randint(0, MILLION) for _ in range(columns)),
            MILLION if at == 0 else 876_543,
        )
        for at in range(rows)
    )
    return HeatMap(
        "各处室参与率",
        "按周统计。",
        tuple(f"{at + 1}周" for at in range(columns)),
        lines,
        "2026年",
    )
