"""A 判断 tells nothing by its form: both verdicts occur for every pattern and authority."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from questions.facts import norms
from questions.generation.statutes import judges
from questions.models import Kind, Question
from tests.questions.statutes.samples import NAMES, ask, bank, law, real, statute, stems

LAWS = (NAMES[0], *NAMES[2:])
CHAPTER = "第三章 监督管理"


def judged(questions: tuple[Question, ...]) -> list[Question]:
    return [q for q in questions if q.kind is Kind.JUDGE]


@pytest.mark.parametrize("name", LAWS)
def test_every_pattern_is_about_half_true(name: str) -> None:
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for question in judged(bank(real(name))):
        verdicts[question.tags[0]].append(question.key == (0,))
    for pattern, found in verdicts.items():
        if len(found) >= 4:
            assert 0.4 <= sum(found) / len(found) <= 0.6, pattern
        assert abs(2 * sum(found) - len(found)) <= max(1, 0.2 * len(found)), pattern


@pytest.mark.parametrize("name", LAWS)
def test_no_authority_is_false_more_often_than_true(name: str) -> None:
    found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for question in judged(bank(real(name))):
        if question.tags[0] == "主管机关":
            right = str(question.fact["value"])
            found[right in question.stem][right] += 1
    assert found[True].total() >= found[False].total() - 1


@pytest.mark.parametrize(
    "rule",
    [
        "主管部门可以委托检验机构对种子质量进行检验。",
        "省级以上人民政府可以采取保险费补贴等措施支持生产保险。",
        "大包装种子可以分装。",
        "主管部门可以根据需要建立种质资源库。",
    ],
)
def test_help_powers_and_leave_have_no_false_form(rule: str) -> None:
    found = norms.of(statute(law(rule, chapter=CHAPTER)))
    assert not [n for n in found if n.article.label == "第二条" and judges.falsified(n)]
    assert rule not in stems(law(rule, chapter=CHAPTER), Kind.JUDGE)


def test_a_swapped_consent_leaves_no_half_word() -> None:
    rule = "单位提供他人个人信息的，应当取得个人的单独同意。"
    found = norms.of(statute(law(rule, chapter=CHAPTER)))
    forms = [judges.falsified(norm) for norm in found if norm.article.label == "第二条"]
    assert [form[0] for form in forms if form] == ["单位提供他人个人信息的，应当告知个人。"]


def test_a_rule_that_could_only_be_true_is_not_asked() -> None:
    rule = "排放口的位置和数量应当与排污许可证规定相符。"
    assert not stems(law(rule, chapter=CHAPTER), Kind.JUDGE)


def test_a_false_authority_is_of_the_rules_own_matter() -> None:
    text = law(
        "贮存危险废物的单位应当将贮存设施的位置报所在地生态环境主管部门备案。",
        chapter="第三章 危险废物",
    ).replace("第三条", "第四章 农药使用\n\n第三条 农药使用者应当向所在地农业农村主管部门登记。"
              "\n\n第四章 其他\n\n第三条")  # fmt: skip
    assert not [stem for stem in stems(text, Kind.JUDGE) if "危险废物" in stem and "农业" in stem]


def test_an_authority_is_asked_among_four_or_not_at_all() -> None:
    bodies = ("生态环境", "农业农村", "水行政")
    rules = [f"单位应当将{b}台账报县级以上人民政府{b}主管部门备案。" for b in bodies]
    for question in ask(law(*rules, chapter=CHAPTER)):
        assert question.tags[0] != "主管机关" or question.kind is not Kind.SINGLE


def test_a_definition_is_not_asked_at_length() -> None:
    text = law(
        "敏感信息是一旦泄露或者非法使用，容易导致自然人的人格尊严受到侵害或者人身、财产安全"
        "受到危害的信息，包括生物识别、医疗健康等信息，以及不满十四周岁未成年人的信息。",
        chapter=CHAPTER,
    )
    assert not [stem for stem in stems(text) if "周岁" in stem]
