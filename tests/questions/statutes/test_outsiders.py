"""Wrong options of a list lead elsewhere by every word the law attaches to them."""

from __future__ import annotations

import re

import pytest

from questions.models import Kind
from tests.questions.statutes.samples import NAMES, ask, bank, law, real

SPLIT = (
    "统计机构有下列行为之一的，责令改正，予以通报；对直接责任人员，由任免机关依法给予处分：\n\n"
    "（一）擅自组织实施统计调查的；\n\n（二）擅自变更调查制度内容的；\n\n（三）拒报汇总数据的。"
)
PLAIN = (
    "统计机构有下列行为之一的，对直接责任人员由任免机关依法给予处分：\n\n"
    "（一）毁损灭失原始资料的；\n\n（二）提供他人商业秘密的；\n\n（三）泄露对象个人信息的。"
)


def test_a_list_with_the_same_consequence_after_a_semicolon_lends_no_outsiders() -> None:
    asked = [q for q in ask(law(SPLIT, PLAIN)) if "给予处分" in q.stem]
    assert not [q for q in asked if any("统计调查" in option for option in q.options)]


def test_cases_of_the_ordinary_procedure_are_none_of_the_one_on_the_spot() -> None:
    for question in bank(real(NAMES[0])):
        if question.kind is Kind.MULTIPLE and re.search("当场|法制审核", question.stem):
            shown = "".join(question.options)
            assert not ("疑难复杂" in shown and "一百元以下" in shown)


@pytest.mark.parametrize("name", [NAMES[0], *NAMES[2:]])
def test_no_word_of_the_stem_tells_the_keys(name: str) -> None:
    common = re.compile("或者|当事人|行政|管理|部门|主管|规定|行为|情形|违反")
    for question in bank(real(name)):
        if question.kind is Kind.MULTIPLE:
            stem = common.sub("#", question.stem)
            texts = [common.sub("@", option) for option in question.options]
            words = [
                {t[i : i + 2] for i in range(len(t) - 1) if t[i : i + 2] in stem} for t in texts
            ]
            keys = set().union(*(words[at] for at in question.key))
            rest = set().union(*(w for at, w in enumerate(words) if at not in question.key))
            assert keys <= rest, question.stem


@pytest.mark.parametrize("name", NAMES)
def test_feedback_names_no_option_by_its_number(name: str) -> None:
    assert not [q for q in bank(real(name)) if re.search(r"答案：第\d", q.explanation)]
