"""Quantities as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import numerals
from questions.numerals import Qualifier, Reading

EXACT, ABOUT, OVER, UNDER = Qualifier.EXACT, Qualifier.ABOUT, Qualifier.OVER, Qualifier.UNDER


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("1.91亿元", "191000000", "元", EXACT),
        ("19100万", "191000000", "", EXACT),
        ("1,982件", "1982", "件", EXACT),
        ("１９８２件", "1982", "件", EXACT),
        ("一百二十", "120", "", EXACT),
        ("两百", "200", "", EXACT),
        ("八", "8", "", EXACT),
        ("二十万", "200000", "", EXACT),
        ("二十万元", "200000", "元", EXACT),
        ("百分之三", "3", "%", EXACT),
        ("百分之8.5", "8.5", "%", EXACT),
        ("3%", "3", "%", EXACT),
        ("３．５％", "3.5", "%", EXACT),
        ("20余项", "20", "项", OVER),
        ("20余万人次", "200000", "人次", OVER),
        ("20多万", "200000", "", OVER),
        ("80%左右", "80", "%", ABOUT),
        ("约80%", "80", "%", ABOUT),
        ("超5000人", "5000", "人", OVER),
        ("不足100户", "100", "户", UNDER),
        ("453 件(套)", "453", "件(套)", EXACT),
        ("453件（套）", "453", "件(套)", EXACT),
        ("1402万台次", "14020000", "台次", EXACT),
        ("5千瓦时", "5", "千瓦时", EXACT),
        ("2.3个百分点", "2.3", "个百分点", EXACT),
        ("23微克/立方米", "23", "微克/立方米", EXACT),
        ("三点五", "3.5", "", EXACT),
    ],
)
def test_a_quantity_is_read(text: str, value: str, unit: str, qualifier: Qualifier) -> None:
    assert numerals.read(text) == Reading(Decimal(value), unit, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "你好",
        "百",
        "十十",
        "1.2.3",
        "1-11月",
        "2022-01-13",
        "十几",
        "1和2",
        "9" * 60,
        "-5",
    ],
)
def test_what_is_no_single_quantity_reads_as_none(text: str) -> None:
    assert numerals.read(text) is None


@pytest.mark.parametrize(
    ("said", "accepted"),
    [
        ("1.91亿", "1.91亿元"),
        ("19100万元", "1.91亿元"),
        ("百分之三", "3%"),
        ("３％", "3%"),
        ("五十九", "59"),
        ("59项", "59"),
        ("1,982", "1982件"),
        ("20余", "20余"),
        ("20", "20余"),
        ("1982.0", "1982"),
    ],
)
def test_equal_quantities_agree(said: str, accepted: str) -> None:
    assert numerals.is_among(said, (accepted,))


@pytest.mark.parametrize(
    ("said", "accepted"),
    [
        ("1.91万元", "1.91亿元"),
        ("59个", "59项"),
        ("59%", "59"),
        ("59", "60"),
        ("", "59"),
        ("不知道", "59"),
        ("59", "许多"),
        ("不足20", "20余"),
    ],
)
def test_other_quantities_do_not(said: str, accepted: str) -> None:
    assert not numerals.is_among(said, (accepted,))


def test_a_unit_stated_by_any_accepted_form_binds() -> None:
    assert numerals.is_among("59项", ("59", "59项", "五十九"))
    assert numerals.is_among("59", ("59", "59项", "五十九"))
    assert not numerals.is_among("59吨", ("59", "59项", "五十九"))


@given(st.text(max_size=60))
def test_reading_never_raises(text: str) -> None:
    numerals.read(text)
    assert isinstance(numerals.is_among(text, ("59项",)), bool)


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点余多约0123456789.,%", max_size=30))
def test_reading_survives_strings_of_numerals(text: str) -> None:
    numerals.read(text)


@given(st.integers(0, 10**8 - 1))
def test_a_spoken_number_reads_back(number: int) -> None:
    words = numerals.spoken(Decimal(number))
    assert words is not None
    reading = numerals.read(words)
    assert reading is not None
    assert reading.value == number


@given(st.decimals("0.01", "9999", places=2), st.sampled_from(["", "万", "亿"]))
def test_digits_read_exactly_in_any_width(value: Decimal, scale: str) -> None:
    text = f"{value}{scale}元"
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in text)
    assert numerals.read(text) == numerals.read(wide)
    assert numerals.is_among(wide, (text,))


@given(st.text(max_size=60))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = numerals.normalize(text)
    assert numerals.normalize(once) == once
