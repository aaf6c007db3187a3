"""How stems, answers and explanations read."""

from __future__ import annotations

import pytest

from questions.generation import generate, selection, wording
from questions.models import Kind
from tests.questions.generation.samples import ask, report


@pytest.mark.parametrize(
    ("text", "kind", "stem"),
    [
        (
            "全省共查处水事违法案件1029起。",
            Kind.SINGLE,
            "2023年，浙江全省共查处水事违法案件多少起？",
        ),
        ("全省水质优良率为88.7%。", Kind.SINGLE, "2023年，浙江全省水质优良率为多少？"),
        ("全省水质优良率88.7%。", Kind.SINGLE, "2023年，浙江全省水质优良率为多少？"),
        (
            "将占总量80%左右的登记项目改为备案制。",
            Kind.SINGLE,
            "2023年，浙江省水利厅将占总量多大比例的登记项目改为备案制？",
        ),
        (
            "减免水土保持补偿费1.36亿元。",
            Kind.SINGLE,
            "2023年，浙江省水利厅减免水土保持补偿费多少亿元？",
        ),
    ],
)
def test_stems_ask_in_place(text: str, kind: Kind, stem: str) -> None:
    assert stem in [question.stem for question in ask(text) if question.kind is kind]


def test_blanks_keep_the_unit_outside_and_accept_every_form() -> None:
    document = report("减免水土保持补偿费1.36亿元。")
    (question,) = generate([document], kinds={Kind.BLANK}).bank.questions
    assert "____亿元" in question.stem
    assert {"1.36", "1.36亿", "13600万元"} <= set(question.answers)
    assert "保留2位小数" in question.stem


def test_an_explanation_names_answer_place_and_passage() -> None:
    text = "(六)切实加强生态环境执法监管。全省共查处水事违法案件1029起。"
    single = next(q for q in ask(text) if q.kind is Kind.SINGLE)
    assert single.explanation == (
        "答案：1029起。\n依据：一、（六）切实加强生态环境执法监管\n“全省共查处水事违法案件1029起”"
    )


def test_a_long_passage_is_cut_between_clauses_only() -> None:
    text = "印发《" + "关于" * 12 + "通知》，" + "开展各类执法检查活动，" * 14 + "查处案件1029起"
    document = report(text + "。")
    shown = wording.explain(
        "1029起。",
        document,
        ("一、主要工作",),
        len(document.plain) - len(text) - 2,
        len(document.plain) - 2,
    )
    passage = shown.split("\n")[2]
    assert len(shown) <= 200
    assert passage.endswith("查处案件1029起”")
    assert passage.startswith("“开展")


def test_punctuation_is_full_width_and_numbers_are_not_touched() -> None:
    assert wording.full_width("共3,412件,占1:3(含<甲>)") == "共3,412件，占1:3（含〈甲〉）"


def test_headings_give_tags() -> None:
    tags = wording.tags(("一、普法宣传", "(一)大气污染防治"), "开展活动多少次？")
    assert tags[0] == "普法宣传" or "大气" in tags
    assert len(tags) <= 3


def test_one_stem_that_shows_anothers_key_is_known() -> None:
    questions = ask("清理规范性文件86件，其中废止12件、继续有效74件。")
    first = next(q for q in questions if q.kind is Kind.SINGLE and "86件" in q.options)
    second = next(q for q in questions if q.kind is Kind.SINGLE and "12件" in q.options)
    assert selection.reveals(second, first)
    assert not selection.reveals(first, second)
