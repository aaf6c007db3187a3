"""How boards read on a small phone."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from bot.boards import views
from bot.boards.service import (
    BandBoard,
    BoardSpan,
    DepartmentBoard,
    DepartmentPlace,
    PersonBoard,
    Place,
    Profile,
    Standing,
)
from bot.screen import Screen
from questions.ranking import DepartmentScore
from storage.states import Role
from tests.bot.boards.house import SCRIPT, TODAY

ZONE = "Asia/Shanghai"

WIDEST = 44  # half widths: 22 full ones are a line of a phone 360 pixels wide
OWN = Standing(160, 200, 20, 16, 800_000, 3)


def a_board(
    *places: Place, own: Standing = OWN, ranked: int = 20, span: BoardSpan = BoardSpan.WEEK
) -> str:
    return views.board(PersonBoard(span, TODAY, own, ranked, places), ZONE).text


def a_department_place(
    name: str, people: int = 8, *, rank: int = 1, is_own: bool = False
) -> DepartmentPlace:
    score = DepartmentScore(name, people, people, people * 900_000)
    return DepartmentPlace(rank, score, is_own)


def lines_of(text: str) -> list[str]:
    """Lines as they are shown, without prose and its notes."""
    shown = re.sub(r"<i>.*?</i>", "", text, flags=re.DOTALL)
    return [re.sub(r"<[^>]+>", "", line) for line in shown.splitlines()]


def width_of(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (0, "0.0%"),
        (666_666, "66.7%"),
        (600_000, "60.0%"),
        (999_999, "99.9%"),
        (1_000_000, "100.0%"),
        (49, "0.0%"),
    ],
)
def test_a_rate_has_one_decimal_and_only_all_right_is_a_hundred(rate: int, shown: str) -> None:
    assert views.percent(rate) == shown


def test_ones_own_place_comes_before_everybody_elses() -> None:
    lines = lines_of(a_board(Place(1, "小白", 1_000_000, False), Place(2, None, 950_000, False)))

    own = next(number for number, line in enumerate(lines) if "第3名 · 得分率 80.0%" in line)
    first = next(number for number, line in enumerate(lines) if "小白" in line)
    assert own < first
    assert lines[first : first + 2] == [
        "\u20071　100.0%　小白",
        "\u20072　\u200795.0%　同事",
    ]


def test_few_answers_say_how_many_are_missing() -> None:
    assert "样本不足（还差4题）" in "".join(
        lines_of(a_board(own=Standing(answered=6, offered=60)))
    )


def test_an_empty_board_says_so() -> None:
    assert "还没有人答满10题" in a_board(ranked=0, own=Standing())
    assert "还没有人的得分率达到60%" in a_board(ranked=4)


def test_html_in_names_is_shown_as_it_is_written() -> None:
    text = a_board(Place(1, "<b>&", 1_000_000, False))

    assert "&lt;b&gt;&amp;" in text
    assert "&lt;b&gt;小程&lt;/b&gt; &amp; 处长" in views.profile(a_profile(name=SCRIPT)).text


def test_a_name_can_neither_break_nor_turn_its_line() -> None:
    text = a_board(Place(1, "小\n白\u202e %0.001", 1_000_000, False))

    assert "小 白 %0.001" in text


def test_ones_own_line_says_what_the_others_see() -> None:
    named = a_board(Place(1, "小安", 1_000_000, True))
    unnamed = a_board(Place(1, None, 1_000_000, True))

    assert "小安（您）" in named
    assert "同事（您）" in unnamed


def test_every_line_fits_a_small_phone() -> None:
    long = "内蒙古自治区生态环境厅法规与标准处综合协调科"
    people = a_board(*(Place(10, long, 1_000_000, is_own) for is_own in (True, False)))
    bands = (
        BandBoard(5, 10, (a_department_place(long, is_own=True, rank=10),)),
        BandBoard(10, None, (a_department_place(long, 12),)),
    )
    own = a_department_place(long, is_own=True, rank=10)
    departments = views.board(DepartmentBoard(BoardSpan.WEEK, TODAY, long, own, bands), ZONE).text
    standing = Standing(99_990, 100_000, 10_000, 9_999, 999_900, 1000)
    own_text = views.profile(a_profile(standing=standing)).text

    for text in (people, departments, a_board(ranked=0, own=Standing()), own_text):
        assert "<pre" not in text
        listed = [line for line in lines_of(text) if "%" in line or "第" in line]
        assert max(map(width_of, listed), default=0) <= WIDEST


def test_the_choices_in_force_are_marked() -> None:
    screen = views.board(PersonBoard(BoardSpan.YEAR, TODAY, OWN, 20, ()), ZONE)

    assert labels_of(screen) == [
        ["今日", "本周", "本月", "本季"],
        ["● 本年", "总榜", "计划榜", "已封榜"],
        ["● 人员", "处室"],
        ["我的成绩", "图片"],
    ]
    assert screen.keyboard[0][1].data == "bd:people:week"
    assert screen.keyboard[2][1].data == "bd:departments:year"
    assert screen.keyboard[3][1].data == "bi:people:year:0"


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (BoardSpan.WEEK, "12月28日至1月3日"),
        (BoardSpan.MONTH, "2027年1月"),
        (BoardSpan.YEAR, "2027年"),
        (BoardSpan.ALL, "开始使用以来"),
    ],
)
def test_a_board_says_which_days_it_covers(span: BoardSpan, shown: str) -> None:
    screen = views.board(PersonBoard(span, date(2027, 1, 1), OWN, 20, ()), ZONE)

    assert screen.text.splitlines()[1] == shown


def test_departments_of_one_size_have_no_heading() -> None:
    place = a_department_place("法规处", is_own=True)
    board = DepartmentBoard(
        BoardSpan.MONTH, TODAY, "法规处", place, (BandBoard(5, None, (place,)),)
    )

    lines = lines_of(views.board(board, ZONE).text)

    assert "您的处室：第1名 · 综合 90.0%" in lines
    assert "参与率 100.0% × 平均得分率 90.0%" in lines
    assert "\u20071　\u200790.0%　法规处　◀您处" in lines
    assert not [line for line in lines if "人的处室" in line or "人以上的处室" in line]


def test_bands_are_headed_by_their_sizes() -> None:
    bands = (
        BandBoard(5, 10, (a_department_place("甲"),)),
        BandBoard(10, None, (a_department_place("乙", 12),)),
    )

    lines = lines_of(
        views.board(DepartmentBoard(BoardSpan.MONTH, TODAY, None, None, bands), ZONE).text
    )

    assert "5—9人的处室" in lines
    assert "10人以上的处室" in lines
    assert "您还没有分到处室。" in lines


def test_whose_department_is_merged_is_told() -> None:
    score = DepartmentScore("其他处室（合并）", 6, 6, 6_000_000, ("甲", "乙"))
    place = DepartmentPlace(1, score, is_own=True)
    board = DepartmentBoard(BoardSpan.MONTH, TODAY, "甲", place, (BandBoard(5, None, (place,)),))

    assert "与其他小处室合并计算" in views.board(board, ZONE).text


def test_a_department_without_a_place_is_told_why() -> None:
    text = views.board(DepartmentBoard(BoardSpan.MONTH, TODAY, "甲", None, ()), ZONE).text

    assert "您的处室：暂无名次" in text
    assert "还没有可以比较的处室" in text


def a_profile(
    name: str = "小安", *, shows_name: bool = False, standing: Standing = OWN
) -> Profile:
    standings = ((BoardSpan.WEEK, standing), (BoardSpan.ALL, Standing(10, 90, 9, 1, 111_111)))
    return Profile(name, None, Role.STAFF, shows_name, (*standings, (BoardSpan.YEAR, Standing())))


def test_a_profile_shows_points_rate_right_answers_and_rank() -> None:
    lines = lines_of(views.profile(a_profile()).text)

    assert "本周　得分率 80.0% · 第3名" in lines
    assert "　　得分 160/200 · 答对 16/20题" in lines
    assert "总榜　得分率 11.1% · 样本不足（还差1题）" in lines
    assert "本年　还没有记分的题" in lines
    assert "答题快慢、用时从不计分，也不保存。" in lines


@pytest.mark.parametrize(
    ("shows_name", "button", "data"),
    [(False, "在榜上显示我的名字", "bn:1"), (True, "不显示我的名字", "bn:0")],
)
def test_the_consent_button_carries_the_wanted_state(
    shows_name: bool, button: str, data: str
) -> None:
    screen = views.profile(a_profile(shows_name=shows_name))

    assert (screen.keyboard[0][0].label, screen.keyboard[0][0].data) == (button, data)


def labels_of(screen: Screen) -> list[list[str]]:
    return [[button.label for button in row] for row in screen.keyboard]
