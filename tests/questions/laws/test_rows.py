"""A table of laws from an admin: read where right, told in Chinese where wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.laws import Rank, read_rows
from questions.laws.rows import COLUMNS

HEAD = (
    "标题,简称,效力位阶,通过日期,公布日期,修改沿革,现行文本施行日期,"
    "失效前最后一日,替代法规,条数,来源\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_saved_by_a_spreadsheet_is_read(encoding: str) -> None:
    names = "《某市河道条例》,河道条例；护河条例,地方性法规"
    row = f"{names},2020/1/2,2020年2月3日,2022-3-4 修正,,,,48,公报\n"
    (law,), issues = read_rows((HEAD + row).encode(encoding))
    assert issues == ()
    assert law.title == "某市河道条例"
    assert law.aliases == ("河道条例", "护河条例")
    assert law.rank is Rank.LOCAL_REGULATION
    assert [text.made_on for text in law.versions] == [date(2020, 1, 2), date(2022, 3, 4)]
    assert law.articles == 48


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (",,法律,,,,,,,,某处", "标题"),
        ("某法,,基本法,,,,,,,,某处", "效力位阶“基本法”"),
        ("某法,,法律,,,,,,,,", "来源"),
        ("某法,,法律,2021-02-30,,,,,,,某处", "通过日期“2021-02-30”"),
        ("某法,,法律,2021-03-01,2021-02-01,,,,,,某处", "公布日期早于通过日期"),
        ("某法,,法律,2021-03-01,,2022-01-01,,,,,某处", "修订"),
        ("某法,,法律,2021-03-01,,2020-01-01 修正,,,,,某处", "先后"),
        ("某法,,法律,2001-03-01,,2020-01-01 修正,2001-05-01,,,,某处", "早于最后一次修改"),
        ("某法,,法律,,,,2020-01-01,2019-01-01,,,某处", "失效日期早于施行日期"),
        ("某法,,法律,,,,,,某法,,某处", "它自己"),
        ("某法,,法律,,,,,,,很多,某处", "条数"),
        ("某法,甲,乙,法律,,,,,,,,某处", "双引号"),
        ("某法,《某法》,法律,,,,,,,,某处\n某法,,法律,,,,,,,,某处", "第2行"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_line(row: str, word: str) -> None:
    _, issues = read_rows((HEAD + row + "\n").encode())
    assert issues
    assert word in str(issues[-1])
    assert str(issues[-1]).startswith("第")


def test_wrong_rows_do_not_bar_right_ones() -> None:
    data = HEAD + "甲法,,法律,,,,,,,,某处\n乙法,,无,,,,,,,,某处\n丙法,,法律,,,,,,,,某处\n"
    laws, issues = read_rows(data.encode())
    assert [law.title for law in laws] == ["甲法", "丙法"]
    assert [one.line for one in issues] == [3]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\x01", b"a,b\n1,2\n", b"x" * (5 << 20)])
def test_what_is_no_table_of_laws_is_told_apart(data: bytes) -> None:
    laws, issues = read_rows(data)
    assert laws == ()
    assert len(issues) == 1


@given(
    st.lists(
        st.lists(st.text(alphabet='法律某修订,;"\n\r 0123456789-《》', max_size=8), max_size=12),
        max_size=6,
    )
)
def test_any_cells_are_read_or_told(rows: list[list[str]]) -> None:
    text = ",".join(COLUMNS) + "\n" + "\n".join(",".join(row) for row in rows)
    laws, issues = read_rows(text.encode())
    assert all(law.title and law.source for law in laws)
    assert all(str(one).startswith("第") for one in issues)
