"""Which version a text is, and between which days it is in force."""

from __future__ import annotations

from datetime import date

import pytest

from questions.generation import generate
from questions.statutes import basis_days, display_title
from tests.questions.statutes.samples import NAMES, bank, law, real, statute, text_document

BODY = "\n".join(
    [
        "第一条 单位应当自变更之日起十日内报告。",
        "第二条 单位应当登记。",
        "第三条 登记有效期为三年。",
    ]
)
DAYS = {
    "行政处罚法": (date(2021, 7, 15), None, "中华人民共和国行政处罚法"),
    "行政处罚法-justlaws": (date(2021, 7, 15), None, "中华人民共和国行政处罚法"),
    "排污许可管理条例": (date(2021, 3, 1), None, "排污许可管理条例"),
    "固体废物污染环境防治法": (
        date(2020, 9, 1),
        date(2026, 8, 14),
        "中华人民共和国固体废物污染环境防治法",
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_question_of_a_real_law_has_its_basis_with_dates(name: str) -> None:
    first, last, title = DAYS[name]
    for question in bank(real(name)):
        assert question.basis is not None
        assert question.basis.law == title
        assert question.basis.article == question.citation.section[-1]
        assert question.basis.in_force_from == first
        ends = question.basis.in_force_to
        assert ends == last or "环境保护法" in question.citation.quote


def test_a_rule_that_sends_to_a_law_ends_with_that_law() -> None:
    found = [q for q in bank(real("排污许可管理条例")) if "按日连续处罚" in q.citation.quote]
    assert found
    assert all(q.basis is not None and q.basis.in_force_to == date(2026, 8, 14) for q in found)


def test_the_version_stands_in_the_title() -> None:
    found = statute(
        "滨海省测试条例\n（2012年1月5日滨海省人民代表大会常务委员会通过　根据2016年7月29日"
        "《关于修改部分地方性法规的决定》修正　2023年11月30日修订）\n"
        f"{BODY}\n第四条 本条例自2024年3月1日起施行。"
    )
    assert [(e.day.year, e.verb) for e in found.events] == [
        (2012, "通过"),
        (2016, "修正"),
        (2023, "修订"),
    ]
    assert display_title(found) == "滨海省测试条例（2023年修订）"
    assert basis_days(found) == (date(2024, 3, 1), None)


def test_a_law_quoted_inside_an_event_is_not_the_title() -> None:
    found = statute(
        "测试法\n2013年6月29日《关于修改〈中华人民共和国文物保护法〉等十二部法律的决定》修正\n"
        f"{BODY}\n第四条 本法自2005年4月1日起施行。"
    )
    assert found.title == "测试法"


def test_a_text_changed_by_a_decision_prints_the_day_of_its_first_version() -> None:
    found = statute(
        "滨海省测试条例\n（2005年1月5日通过　"
        "根据2018年7月29日《关于修改部分地方性法规的决定》修正）\n"
        f"{BODY}\n第四条 本条例自2005年4月1日起施行。"
    )
    assert basis_days(found) == (None, None)


def test_from_publication_means_the_published_day() -> None:
    found = statute(
        "临江市测试办法\n2020年5月18日 临江市人民政府令第45号公布\n"
        f"{BODY}\n第四条 本办法自公布之日起施行。"
    )
    assert basis_days(found) == (date(2020, 5, 18), None)


def test_without_a_title_there_is_no_basis_and_no_year() -> None:
    text = f"{BODY}\n第四条 本法自2005年4月1日起施行。"
    made = generate([text_document(text)])
    assert made.bank.questions
    assert all(question.basis is None for question in made.bank.questions)
    assert "年" not in made.bank.documents[0].title


def test_the_bank_names_the_law_with_its_version() -> None:
    made = generate([text_document(law("单位应当自变更之日起十日内报告。"))])
    assert made.bank.documents[0].title == "滨海省测试条例"
    assert made.bank.documents[0].year == 2022
