"""The ways a careless generator fails on law texts, each made impossible."""

from __future__ import annotations

import re

import pytest

from questions.models import Kind, Question
from tests.questions.statutes.samples import HEAD, NAMES, OURS, ask, bank, law, real, stems

PROCEDURE = "第三章 处罚程序"
LISTED = (
    "违反本条例规定，单位有下列行为之一的，由消防救援机构责令改正，处二万元以上十万元以下的罚款；"
    "拒不改正的，责令停产整治：\n\n（一）擅自拆除消防设施的；\n\n（二）占用疏散通道的；\n\n"
    "（三）遮挡消火栓的。"
)


def everything(text: str) -> list[Question]:
    return [question for seed in range(6) for question in ask(text, seed=seed)]


def test_the_title_block_and_its_dates_are_never_asked() -> None:
    text = HEAD.replace(
        "2022年3月1日",
        "根据2017年9月1日第五次会议《关于修改〈测试法〉的决定》第二次修正，2022年3月1日",
    )
    text += (
        "第一条 单位应当自变更之日起十日内报告。\n第二条 单位应当登记。\n第三条 有效期为三年。\n"
    )
    text += "第四条 本条例自2022年5月1日起施行。"
    assert ask(text)
    assert not [q for q in everything(text) if re.search("会议|20[12]2|2017|修正", q.stem)]


def test_the_day_of_force_is_no_question() -> None:
    assert not [q for q in everything(law("单位应当登记。")) if "施行" in q.stem]


@pytest.mark.parametrize(
    "words",
    [
        "单位应当自收到第三人申请之日起十日内答复第三人。",
        "单位应当自变更之日起十日内报告一次性塑料制品的使用情况。",
    ],
)
def test_numerals_inside_words_are_no_numbers(words: str) -> None:
    for question in everything(law(words, chapter=PROCEDURE)):
        assert "多少人" not in question.stem
        assert "____次" not in question.stem
        assert "____人" not in question.stem
        assert not set(question.answers) & {"三", "一"}


def test_a_series_of_terms_in_quotes_is_not_blanked() -> None:
    text = law(
        "本条例中“二日”“三日”“五日”的规定是指工作日，不含法定节假日。", chapter="第六章 附则"
    )
    assert not [q for q in everything(text) if "____" in q.stem or "多少日" in q.stem]


def test_no_stem_leans_on_another_paragraph_and_no_range_is_halved() -> None:
    text = law(
        "违反本条例规定，有下列行为之一，由环境卫生主管部门责令改正，处以罚款：\n\n"
        "（一）随意堆放建筑垃圾的；\n\n（二）未编制处理方案的。\n\n"
        "有前款第一项、第二项行为之一，处五万元以上二十万元以下的罚款。"
    )
    found = everything(text)
    assert found
    for question in found:
        assert "前款" not in question.stem
        assert not re.search("____元|元以上____|____万元", question.stem)
        assert not re.search("多少元以上", question.stem)


def test_a_branch_without_its_condition_is_never_shown() -> None:
    for question in everything(law(LISTED)):
        assert not re.match("情节严重|拒不改正", question.stem)
        assert not question.stem.rstrip("？。").endswith("：")


def test_a_sum_that_stands_twice_in_its_sentence_is_not_blanked() -> None:
    text = law(
        "擅自倾倒垃圾的，处所需处置费用三倍以上五倍以下的罚款，"
        "所需处置费用不足二十万元的，按二十万元计算。"
    )
    for question in everything(text):
        assert "按二十万元" not in question.stem
        assert "二十万元" not in question.answers


def test_a_later_sentence_keeps_the_condition_of_the_first() -> None:
    text = law(
        "许可证有效期届满，单位需要继续排放的，应当于届满六十日前提出申请。"
        "审批部门应当自受理申请之日起二十日内完成审查。",
        "审批部门应当自受理申请之日起三十日内作出决定。",
        chapter="第二章 申请",
    )
    found = [q for q in ask(text) if "完成审查" in q.stem]
    assert found
    assert all(q.stem.startswith("许可证有效期届满，单位需要继续排放的，") for q in found)


def test_the_number_of_an_article_is_never_asked() -> None:
    for question in everything(law(LISTED, LISTED.replace("单位", "个人"))):
        assert "第____条" not in question.stem
        assert not re.search("哪一条|第几条", question.stem)


def test_a_limit_with_a_longer_one_beside_it_is_asked_with_both_exceptions() -> None:
    text = law(
        "违法行为在二年内未被发现的，不再给予行政处罚；涉及公民生命健康安全且有危害后果的，"
        "上述期限延长至五年。法律另有规定的除外。",
        chapter=PROCEDURE,
    )
    found = [q for q in everything(text) if "未被发现" in q.stem]
    assert found
    for question in found:
        assert "涉及公民生命健康安全且有危害后果的，以及法律另有规定的除外" in question.stem
        assert "上述" not in question.stem


def test_an_item_is_no_statement() -> None:
    judged = [q.stem for q in everything(law(LISTED)) if q.kind is Kind.JUDGE]
    assert judged
    assert all("罚款" in stem or "责令" in stem for stem in judged)


@pytest.mark.parametrize(
    ("rule", "never"),
    [
        ("两个以上行政机关都有管辖权的，由最先立案的行政机关管辖。", "两个以下"),
        ("设区的市级以上人民政府应当将所需经费列入本级预算。", "市级以下"),
        ("禁止境外的固体废物进境倾倒、堆放、处置。", "允许|可以.*倾倒"),
        ("机关、事业单位应当在垃圾分类工作中起示范带头作用。", "可以在"),
        ("申请材料存在可以当场更正的错误的，应当允许单位当场更正。", "存在应当"),
        ("任何单位和个人不得以任何形式截留、私分罚款。", "可以以任何|可以截留"),
        ("处罚应当坚持公正、公开的原则。", "不坚持|无需坚持"),
        ("发生传染病疫情的，单位应当向主管部门报告。", "可以不"),
        ("工作人员应当对国家秘密予以保密。", "可以不"),
    ],
)
def test_a_false_statement_is_never_nonsense_nor_read_as_policy(rule: str, never: str) -> None:
    text = law(rule, chapter=PROCEDURE)
    assert not [q.stem for q in everything(text) if re.search(never, q.stem)]


def test_a_false_statement_contradicts_its_rule() -> None:
    text = law(
        "当事人提出回避申请的，行政机关应当审查。决定作出之前，不停止调查。", chapter=PROCEDURE
    )
    false = {q.stem for q in everything(text) if q.key == (1,) and "调查" in q.stem}
    assert false == {"当事人提出回避申请的，决定作出之前，行政机关应当停止调查。"}


def test_a_list_needs_outsiders() -> None:
    text = law("证据包括：\n\n（一）书证；\n\n（二）物证；\n\n（三）电子数据。")
    assert stems(text, Kind.MULTIPLE) == []


def test_items_that_are_norms_of_their_own_are_no_options() -> None:
    text = law(
        "听证应当依照以下程序组织：\n\n（一）当事人要求听证的，应当在告知后五日内提出；\n\n"
        "（二）行政机关应当在举行听证的七日前通知当事人；\n\n（三）听证应当制作笔录。",
        LISTED,
        chapter=PROCEDURE,
    )
    questions = ask(text)
    assert not [q for q in questions if any("应当" in option for option in q.options)]
    assert [q for q in questions if "告知后多少日内提出" in q.stem]


@pytest.mark.parametrize("where", [*(str(path) for path in OURS), *NAMES])
def test_no_bad_item_stands_in_a_whole_bank(where: str) -> None:
    path = next((p for p in OURS if str(p) == where), None) or real(where)
    for question in bank(path):
        stem = question.stem
        assert not re.search(r"第____条|____次|前款|上述|两个以下|级以下人民政府|允许", stem)
        assert not re.match("情节|拒不|逾期|（[一二三]）|并|的", stem)
        if question.kind is Kind.JUDGE:
            assert question.options == ("对", "错")
            assert not re.match("有下列", stem)
