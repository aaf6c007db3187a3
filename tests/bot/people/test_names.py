"""Which names people and departments may have."""

from __future__ import annotations

import pytest

from bot.people.names import clean_department, clean_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三", "张三"),
        ("  张三\n", "张三"),
        ("<3", "<3"),
        ("欧阳　修", "欧阳 修"),
        ("阿不都·买买提", "阿不都·买买提"),
        ("བཀྲ་ཤིས", "བཀྲ་ཤིས"),
        ("Jose\u0301", "José"),
        ("字" * 20, "字" * 20),
    ],
)
def test_names_are_kept_trimmed_and_composed(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "张",
        "   张   ",
        "字" * 21,
        "张\n三",
        "张\x00三",
        "张\u200b三",
        "张\u202e三",
        "张\u2066三",
        "\ufeff张三",
        "张\u2028三",
        "ㅤㅤㅤ",
        "⠀⠀⠀",
        "张三" + "\u0301" * 3,
        "\u0301张三",
        "\ud800张三",
        "张\ue000三",
    ],
)
def test_what_nobody_can_see_or_read_is_no_name(typed: str) -> None:
    assert clean_name(typed) is None


def test_departments_may_have_longer_names() -> None:
    assert clean_department("处" * 30) == "处" * 30
    assert clean_department("处" * 31) is None
