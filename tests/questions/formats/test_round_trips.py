"""What we write we read back equal, in everything the format carries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from questions.formats import FORMATS, recognise
from questions.formats.carrying import CARRIED
from questions.models import Bank, Basis, Kind
from tests.cast import DOCUMENT, a_question
from tests.questions.formats.files.banks import MARKED, PLAIN, WILD, banks, carried

OURS = ("xlsx", "csv", "text", "docx")
QUICK = ("xlsx", "csv", "text")  # Word files share the text's lines
slowly = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def plain_bank() -> Bank:
    """All kinds, with all that a question may have."""
    basis = Basis("中华人民共和国某某法", "第九十九条", date(2020, 1, 1), None)
    shared = {"basis": basis, "fact": {}, "difficulty": 0.35, "tags": ("执法", "责任处室：法规处")}
    single = a_question("s1", **shared, explanation="答案：2件。\n依据：一、执法\n\n“原文”")
    questions = (
        single,
        a_question("m1", kind=Kind.MULTIPLE, stem="包括哪些？", key=(0, 2), **shared),
        a_question("j1", kind=Kind.JUDGE, stem="2025年办了59件。", options=("对", "错"), key=(1,)),
        a_question(
            "b1",
            kind=Kind.BLANK,
            stem="办了____件",
            options=(),
            key=(),
            answers=("59", "五十九件"),
        ),
    )
    return Bank((DOCUMENT,), questions)


@pytest.mark.parametrize("name", OURS)
def test_all_kinds_come_back_equal(name: str) -> None:
    bank = plain_bank()
    data = FORMATS[name].write(bank)
    reading = FORMATS[name].read(data, "题库")
    assert reading.skips == ()
    assert carried(reading.bank) == carried(bank)
    assert recognise(data).name == name


@pytest.mark.parametrize("name", OURS)
def test_losses_tell_what_is_never_carried(name: str) -> None:
    said = "；".join(FORMATS[name].losses(plain_bank()))
    assert "发文机关" in said
    assert "位置" in said
    assert "出题依据数据" in said
    assert not any(f"的{field}不能" in said for field in CARRIED)


@pytest.mark.parametrize("name", OURS)
def test_equal_banks_give_equal_bytes(name: str) -> None:
    assert FORMATS[name].write(plain_bank()) == FORMATS[name].write(plain_bank())


@pytest.mark.parametrize("name", OURS)
def test_an_imported_bank_goes_out_and_comes_in_again(name: str) -> None:
    first = FORMATS[name].read(FORMATS[name].write(plain_bank()), "题库").bank
    again = FORMATS[name].read(FORMATS[name].write(first), "题库").bank
    assert carried(again) == carried(first)
    assert FORMATS[name].losses(first) == ()


@pytest.mark.parametrize("name", QUICK)
@slowly
@given(bank=banks(PLAIN))
def test_plain_words_come_back_equal_and_nothing_is_lost(name: str, bank: Bank) -> None:
    form = FORMATS[name]
    assert form.losses(bank) == ()
    assert carried(form.read(form.write(bank), "x").bank) == carried(bank)


@pytest.mark.parametrize("name", QUICK)
@slowly
@given(bank=banks(MARKED))
def test_words_with_marks_come_back_or_are_said_to_be_lost(name: str, bank: Bank) -> None:
    _check(name, bank)


@pytest.mark.parametrize("name", QUICK)
@slowly
@given(bank=banks(WILD))
def test_wild_texts_come_back_or_are_said_to_be_lost(name: str, bank: Bank) -> None:
    _check(name, bank)


@settings(slowly, max_examples=12)
@given(bank=banks(WILD) | banks(PLAIN))
def test_word_files_carry_what_text_carries(bank: Bank) -> None:
    assert FORMATS["docx"].losses(bank) == FORMATS["text"].losses(bank)
    _check("docx", bank)


def _check(name: str, bank: Bank) -> None:
    """Whatever `losses` does not name comes back equal, but for questions it gives up."""
    form = FORMATS[name]
    said = form.losses(bank)
    given_up = sum(int(line.split()[0]) for line in said if "不能再导入" in line)
    kept = [part for part in CARRIED if not any(f"的{part}不能原样" in line for line in said)]
    back = {each["题目编号"]: each for each in carried(form.read(form.write(bank), "x").bank)}
    changed = [
        each
        for each in carried(bank)
        if [each[part] for part in kept]
        != [back.get(each["题目编号"], {}).get(part) for part in kept]
    ]
    if "题目编号" in kept:
        assert len(changed) <= given_up, (said, changed)
