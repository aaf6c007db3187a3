"""What is asked of a law, and how it reads."""

from __future__ import annotations

import re
import time
import tracemalloc
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from questions import numerals
from questions.facts.articles import extract
from questions.generation import generate
from questions.models import Kind, Question
from questions.statutes import recognise
from tests.questions.statutes.samples import (
    NAMES,
    OURS,
    ask,
    bank,
    law,
    read,
    real,
    text_document,
)

FINE = (
    "违反本条例规定，单位擅自拆除消防设施的，由消防救援机构责令改正，"
    "处二万元以上十万元以下的罚款；情节严重的，处十万元以上三十万元以下的罚款。"
)


def only(questions: tuple[Question, ...], part: str, kind: Kind) -> Question:
    found = [q for q in questions if part in q.stem and q.kind is kind]
    assert len(found) == 1, [q.stem for q in questions]
    return found[0]


def key(question: Question) -> list[str]:
    return [question.options[at] for at in question.key]


def test_a_deadline_is_asked_in_its_place_with_its_exception() -> None:
    text = law(
        "行政机关应当自立案之日起九十日内作出处罚决定。法律、法规另有规定的，从其规定。",
        chapter="第三章 处罚程序",
    )
    single = only(ask(text), "多少日内", Kind.SINGLE)
    assert single.stem == (
        "行政机关应当自立案之日起多少日内作出处罚决定（法律、法规另有规定的除外）？"
    )
    assert key(single) == ["九十日"]
    assert all(option.endswith("日") for option in single.options)
    blank = only(ask(text), "____", Kind.BLANK)
    assert {"九十", "90", "九十日", "90日"} <= set(blank.answers)
    assert blank.citation.quote.endswith("从其规定")


def test_a_range_is_asked_whole_and_with_its_condition() -> None:
    questions = ask(law(FINE))
    base = only(questions, "拆除消防设施的，处多少罚款", Kind.SINGLE)
    worse = only(questions, "拆除消防设施，情节严重的，处多少罚款", Kind.SINGLE)
    assert key(base) == ["二万元以上十万元以下"]
    assert key(worse) == ["十万元以上三十万元以下"]
    assert "十万元以上三十万元以下" not in base.options, "true of the same act when grave"
    assert all(re.fullmatch(".+元以上.+元以下", option) for option in base.options)


def test_items_are_joined_to_the_sum_a_later_paragraph_gives_them() -> None:
    text = law(
        "违反本条例规定，有下列行为之一，由环境卫生主管部门责令改正，处以罚款：\n\n"
        "（一）随意堆放建筑垃圾的；\n\n（二）未编制建筑垃圾处理方案的；\n\n"
        "（三）沿途遗撒建筑垃圾的。\n\n"
        "单位有前款第一项、第三项行为之一，处五千元以上五万元以下的罚款；"
        "个人有前款第二项行为，处二百元以上一千元以下的罚款。"
    )
    questions = ask(text)
    first = only(questions, "随意堆放建筑垃圾的，对单位处多少罚款", Kind.SINGLE)
    assert key(first) == ["五千元以上五万元以下"]
    assert first.basis is not None
    assert first.basis.article == "第二条第二款"
    assert "前款第一项为“随意堆放建筑垃圾”" in first.explanation
    second = only(questions, "未编制建筑垃圾处理方案的，对个人处多少罚款", Kind.SINGLE)
    assert key(second) == ["二百元以上一千元以下"]


def test_a_multiple_names_its_base_and_a_sum_keeps_its_script() -> None:
    questions = ask(
        law(
            "食品货值金额不足1万元的，处5千元以上2万元以下的罚款；货值金额1万元以上的，"
            "处货值金额2倍以上5倍以下的罚款。"
        )
    )
    several = only(questions, "处货值金额几倍的罚款", Kind.SINGLE)
    assert key(several) == ["2倍以上5倍以下"]
    money = only(questions, "不足1万元的，处多少罚款", Kind.SINGLE)
    assert key(money) == ["5千元以上2万元以下"]
    assert all(re.match(r"\d", option) for option in money.options)


def test_a_list_takes_its_outsiders_from_a_list_that_says_something_else() -> None:
    text = law(
        "有下列情形之一的，应当重新申请登记证：\n\n（一）改变生产场所的；\n\n"
        "（二）扩大生产范围的；\n\n（三）变更主要设备的。",
        "有下列情形之一的，应当注销登记证：\n\n（一）停止生产满一年的；\n\n"
        "（二）许可期限届满的；\n\n（三）其他应当注销的情形。",
        chapter="第二章 登记",
    )
    first = only(ask(text), "应当重新申请登记证", Kind.MULTIPLE)
    assert first.stem == "有下列哪些情形的，应当重新申请登记证？"
    assert set(key(first)) == {"改变生产场所", "扩大生产范围", "变更主要设备"}
    assert set(first.options) - set(key(first)) == {"停止生产满一年", "许可期限届满"}
    second = only(ask(text), "应当注销登记证", Kind.MULTIPLE)
    assert "明确列举的下列哪些情形" in second.stem
    assert not any("其他" in option for option in second.options)


def test_an_authority_is_asked_among_those_of_the_same_law() -> None:
    text = law(
        "施工单位应当编制处理方案，并报县级以上人民政府环境卫生主管部门备案。",
        "县级以上人民政府生态环境、住房城乡建设、农业农村等主管部门按照职责做好相关工作。",
        chapter="第二章 处理",
    )
    single = only(ask(text), "报县级以上人民政府哪个部门备案", Kind.SINGLE)
    assert key(single) == ["环境卫生主管部门"]
    assert "生态环境主管部门" in single.options


def test_decisions_one_word_apart_are_told_apart() -> None:
    text = law(
        "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。"
        "初次违法且危害后果轻微并及时改正的，可以不予行政处罚。",
        chapter="第三章 决定",
    )
    single = only(ask(text), "初次违法且危害后果轻微并及时改正的", Kind.SINGLE)
    assert key(single) == ["可以不予行政处罚"]
    assert "不予行政处罚" in single.options


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_laws_give_whole_questions(path: Path) -> None:
    check(bank(path), text=read(path).text)


@pytest.mark.parametrize("name", NAMES)
def test_real_laws_give_whole_questions(name: str) -> None:
    questions = bank(real(name))
    assert len(questions) >= 70
    check(questions, text=read(real(name)).text)
    judged = [q for q in questions if q.kind is Kind.JUDGE]
    assert 0.45 <= sum(q.key == (0,) for q in judged) / len(judged) <= 0.55
    places = Counter(q.key[0] for q in questions if q.kind is Kind.SINGLE and len(q.options) == 4)
    expected = sum(places.values()) / 4
    assert sum((places[at] - expected) ** 2 / expected for at in range(4)) < 7.81


def check(questions: tuple[Question, ...], *, text: str) -> None:
    assert questions
    assert len({q.id for q in questions}) == len(questions)
    for q in questions:
        cite = q.citation
        assert text[cite.start : cite.end] == cite.quote
        assert len(q.stem) <= 120
        assert len(q.explanation) <= 200
        assert q.explanation.startswith("答案：")
        assert q.explanation.count("\n") <= 2
        assert cite.section[-1].startswith("第")
        assert q.fact["kind"] == "article"
        assert q.fact["article"] == cite.section[-1]
        assert 0.2 <= q.difficulty <= 0.85
        assert q.tags
        assert not re.search("本法|本条例|本办法|前款|上述|：[？。]?$|第.{1,6}条", q.stem), q.stem
        if q.kind is Kind.SINGLE:
            assert key(q)[0] not in q.stem
            assert 3 <= len(q.options) <= 4
        if q.kind is Kind.MULTIPLE:
            assert 2 <= len(q.key) < len(q.options) <= 5


def numbers(option: str) -> tuple[float, ...]:
    readings = [numerals.read(part.removesuffix("以下")) for part in option.split("以上")]
    return tuple(float(reading.value) for reading in readings if reading is not None)


def test_form_alone_does_not_tell_the_right_number() -> None:
    """Guessers that see only the options win little more than chance."""
    asked = [
        (q, [numbers(option) for option in q.options])
        for name in (NAMES[0], *NAMES[2:])
        for q in bank(real(name))
        if q.kind is Kind.SINGLE and len(q.options) == 4 and all(map(numbers, q.options))
    ]
    assert len(asked) >= 80
    won: dict[str, float] = defaultdict(float)
    for question, values in asked:
        at, sums = question.key[0], [sum(value) for value in values]
        centre = sum(sums) / 4
        shared = [
            sum(a == b for other in values if other is not mine for a, b in zip(mine, other))  # noqa: B905 - one or two bounds
            for mine in values
        ]
        won["middle"] += (at in (1, 2)) / 2
        for name, scores in (
            ("mean", [-abs(total - centre) for total in sums]),
            ("shared", [float(count) for count in shared]),
            ("longest", [float(len(option)) for option in question.options]),
            ("shortest", [-float(len(option)) for option in question.options]),
        ):
            top = [place for place in range(4) if scores[place] == max(scores)]
            won[name] += (at in top) / len(top)
    assert max(won.values()) / len(asked) - 0.25 <= 0.08, won


def test_two_layouts_of_one_law_give_the_same_questions() -> None:
    one, other = (bank(real(name)) for name in NAMES[:2])
    assert [(q.id, q.stem, q.options, q.key) for q in one] == [
        (q.id, q.stem, q.options, q.key) for q in other
    ]


@pytest.mark.parametrize("name", [NAMES[0], *NAMES[2:]])
def test_most_rules_of_a_real_law_are_asked_and_every_sum_or_term_is_accounted_for(
    name: str,
) -> None:
    path = real(name)
    found = recognise(read(path))
    assert found is not None
    asked = {q.citation.section[-1].split("条")[0] + "条" for q in bank(path)}
    texts = {
        article.label: "".join(
            p.passage.text + "".join(i.passage.text for i in p.items) for p in article.paragraphs
        )
        for article in found.articles
    }
    carrying = [k for k, text in texts.items() if re.search("应当|必须|不得|禁止|元以|日内", text)]
    assert len(asked & set(carrying)) * 2 >= len(carrying)
    faulty = {fact.norm.article.label for fact in extract(found).facts if fact.faults}
    for label, text in texts.items():
        if re.search("元以上.{1,9}元以下|[之后]日?起?.{1,4}日内|百分之", text):
            assert label in asked or label in faulty, label


def test_the_same_seed_gives_the_same_bank_and_kinds_narrow_it() -> None:
    document = text_document(law(FINE))
    assert generate([document], seed=3).bank == generate([document], seed=3).bank
    singles = generate([document], kinds=[Kind.SINGLE]).bank.questions
    assert {q.kind for q in singles} == {Kind.SINGLE}


def test_a_law_and_a_report_may_be_asked_together() -> None:
    report = text_document(
        "浙江省水利厅2023年法治政府建设情况报告\n一、主要工作\n"
        "全省共办理水事行政处罚案件1982件，同比下降14.8%。\n"
    )
    made = generate([report, text_document(law(FINE))])
    kinds = {q.fact["kind"] for q in made.bank.questions}
    assert kinds == {"figure", "article"}
    assert len(made.bank.documents) == 2
    assert made.stats.total("found")["金额幅度"] == 2


def long_law(articles: int) -> str:
    body = "\n\n".join(
        f"第{at}条 第{at}类单位擅自变更第{at}号设施的，由生态环境主管部门责令改正，"
        f"处{2 + at % 3}万元以上{10 + at % 5}万元以下的罚款。"
        f"单位应当自变更第{at}号设施之日起{10 + at % 20}日内向审批部门报告。"
        for at in range(1, articles)
    )
    return "滨海省测试条例\n\n2022年3月1日通过\n\n" + body


def test_a_long_law_is_asked_fast() -> None:
    document = text_document(long_law(600))
    begun = time.process_time()
    made = generate([document])
    spent = time.process_time() - begun
    assert made.bank.questions
    assert len(document.text) / spent >= 6_000, "a law dense with sums; real ones take a third"


def test_memory_grows_little_with_a_law() -> None:
    document = text_document(long_law(200))
    tracemalloc.start()
    made = generate([document])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made.bank.questions
    assert peak / len(document.text.encode()) <= 150, "150 MB for a megabyte"
