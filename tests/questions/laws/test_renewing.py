"""Stored bases follow the registry; rows come out of it as they went in."""

from __future__ import annotations

from datetime import date

import pytest

from questions.laws import is_law_table, read_rows, registry, renewed, row_of, write_rows
from questions.laws.law import Law
from questions.models import Basis

HEADS = "title,rank,source,adopted,amended,in_force_from,in_force_to\n"
END, BEGIN = date(2026, 8, 14), date(2020, 1, 1)


def law(adopted: str = "2019-05-01", amended: str = "", begins: str = "", ends: str = "") -> Law:
    rows, issues = read_rows(
        f"{HEADS}甲法,法律,公报,{adopted},{amended},{begins},{ends}\n".encode()
    )
    assert issues == ()
    return rows[0]


@pytest.mark.parametrize(
    ("said", "now", "wanted"),
    [
        ((BEGIN, None), law(begins="2020-01-01", ends="2026-08-14"), (BEGIN, END)),
        ((None, None), law(begins="2020-01-01", ends="2026-08-14"), (BEGIN, END)),
        ((BEGIN, date(2022, 1, 1)), law(ends="2026-08-14"), (BEGIN, date(2022, 1, 1))),
        (
            (BEGIN, None),
            law(amended="2024-01-01 修订", begins="2024-07-01"),
            (BEGIN, date(2024, 6, 30)),
        ),
        ((None, None), law(amended="2024-01-01 修订", begins="2024-07-01"), (None, None)),
        ((BEGIN, END), law(begins="2020-01-01"), (BEGIN, END)),
        ((BEGIN, END), None, (BEGIN, END)),
    ],
    ids=[
        "a law that ends",
        "no days said, one text",
        "an earlier end stays",
        "an older text ends with the newer",
        "no days said, several texts",
        "an end is not put off",
        "an unknown law",
    ],
)
def test_a_basis_gets_the_days_the_registry_knows(
    said: tuple[date | None, date | None],
    now: Law | None,
    wanted: tuple[date | None, date | None],
) -> None:
    basis = renewed(Basis("甲法", "第一条", *said), now)
    assert (basis.in_force_from, basis.in_force_to) == wanted
    assert renewed(basis, now) == basis


@pytest.mark.parametrize("now", [law(begins="2020-01-01"), None])
def test_an_end_taken_from_a_row_goes_with_it(now: Law | None) -> None:
    before = law(begins="2020-01-01", ends="2026-08-14")
    assert renewed(Basis("甲法", None, BEGIN, END), now, before).in_force_to is None


def test_every_shipped_row_is_written_as_it_is_read() -> None:
    table = write_rows(map(row_of, registry().laws))
    rows, issues = read_rows(table)
    assert issues == ()
    assert rows == registry().laws


@pytest.mark.parametrize(
    ("data", "is_table"),
    [
        ("标题,效力位阶,来源\n".encode(), True),
        ("来源,标题,备注,效力位阶\n".encode("gb18030"), True),
        (b"title,rank,source,adopted\n", True),
        ("题干,答案,来源\n".encode(), False),
        ("标题：效力位阶和来源".encode(), False),
        (b"", False),
        (b"PK\x03\x04\x00\x00", False),
        (b'"title,rank', False),
    ],
)
def test_a_table_of_laws_is_known_by_its_first_row(data: bytes, is_table: bool) -> None:
    assert is_law_table(data) is is_table
