"""A rule is asked with its own subject, its own case, and what the law takes out of it."""

from __future__ import annotations

import re

import pytest

from questions.facts import norms
from questions.generation.statutes import judges
from questions.models import Kind, Question
from tests.questions.statutes.samples import ask, dropped, law, statute, stems

CHAPTER = "第三章 监督管理"


def values(question: Question) -> set[str]:
    return set(question.options)


def turned(rule: str) -> list[str]:
    """The false forms of an article's rules."""
    found = norms.of(statute(law(rule, chapter=CHAPTER)))
    forms = [judges.falsified(norm) for norm in found if norm.article.label == "第二条"]
    return [form[0] for form in forms if form is not None]


def test_a_floor_of_the_base_is_no_case_of_its_own() -> None:
    rule = (
        "单位擅自倾倒危险废物的，处所需处置费用三倍以上五倍以下的罚款，"
        "所需处置费用不足二十万元的，按二十万元计算。"
    )
    found = stems(law(rule))
    assert "单位擅自倾倒危险废物的，处所需处置费用几倍的罚款？" in found
    assert not [stem for stem in found if "不足" in stem]


def test_the_milder_case_is_taken_out_of_the_plain_one() -> None:
    rule = (
        "单位擅自倾倒废物的，由公安机关对直接负责的主管人员处十日以上十五日以下的拘留；"
        "情节较轻的，处五日以上十日以下的拘留。"
    )
    asked = next(q for q in ask(law(rule)) if "除外" in q.stem and q.kind is Kind.SINGLE)
    assert asked.stem == (
        "单位擅自倾倒废物的，对直接负责的主管人员处多少日的拘留（情节较轻的除外）？"
    )
    assert "情节较轻的，处五日以上十日以下的拘留" in asked.citation.quote


def test_of_several_named_the_person_alone_is_asked_about() -> None:
    rule = (
        "农业投入品生产者、使用者未按照规定回收农用薄膜的，处一万元以上十万元以下的罚款；"
        "农业投入品使用者为个人的，可以处二百元以上二千元以下的罚款。"
    )
    found = stems(law(rule), Kind.SINGLE)
    assert "农业投入品使用者为个人，未按照规定回收农用薄膜的，可以处多少罚款？" in found
    plain = next(stem for stem in found if "生产者" in stem)
    assert plain.endswith("处多少罚款（农业投入品使用者为个人的除外）？")


def test_a_longer_term_for_a_further_step_is_taken_out() -> None:
    rule = (
        "对重点管理的单位，审批部门应当自受理申请之日起三十日内作出审批决定；"
        "需要进行现场核查的，应当自受理申请之日起四十五日内作出审批决定。"
    )
    found = stems(law(rule, chapter=CHAPTER))
    plain = [stem for stem in found if "四十五" not in stem and "核查的，" not in stem]
    assert plain
    assert all("（需要进行现场核查的除外）" in stem for stem in plain)


def test_a_ceiling_is_falsified_upwards_only() -> None:
    for seed in range(6):
        text = law("养殖者未及时收集畜禽粪污的，可以处十万元以下的罚款。")
        for question in ask(text, seed=seed):
            if question.key == (1,) and question.kind is Kind.JUDGE:
                assert re.search("[二三五]十万元以下|百万元以下", question.stem)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (
            "集中采购机构应当对其工作人员进行考核。采购人员经考核不合格的，不得继续任职。",
            "集中采购机构.*不得继续任职",
        ),
        (
            "国务院生态环境主管部门应当制定水功能区划。水质超标的水功能区，"
            "应当实施更严格的污染物排放总量削减要求。",
            "主管部门应当实施更严格",
        ),
        (
            "地方人民政府对尚未制定国家标准的，可以制定地方标准。"
            "地方标准应当报国务院生态环境主管部门备案。",
            "尚未制定国家标准的，地方标准应当报",
        ),
        (
            "主管部门应当监测土壤。对不符合相关标准要求的，"
            "主管部门应当根据监测结果，要求运营单位备案。",
            "^对不符合",
        ),
        (
            "单位应当自受理之日起三十日内办结；四十日内不能办结的，经负责人批准，可以延长十日。",
            "^(?:多少|四十|____)日内不能办结",
        ),
        (
            "提供虚假材料申请许可的，予以警告；许可申请属于公共安全事项的，"
            "申请人在一年内不得再次申请该许可。",
            "申请许可申请属于",
        ),
    ],
)
def test_no_sentence_borrows_what_is_not_its_own(rule: str, wrong: str) -> None:
    assert not [stem for stem in stems(law(rule, chapter=CHAPTER)) if re.search(wrong, stem)]


def test_another_sort_of_the_same_things_stands_in_place_of_the_first() -> None:
    found = norms.of(
        statute(
            law(
                "纳入目录属于通用项目的，应当委托集中采购机构采购；"
                "属于本部门有特殊要求的项目，应当实行部门集中采购。"
            )
        )
    )
    texts = [norm.text for norm in found]
    assert "纳入目录属于本部门有特殊要求的项目，应当实行部门集中采购" in texts


def test_a_setting_named_in_an_item_goes_before_the_actor() -> None:
    rule = (
        "排污单位有下列行为之一的，由主管部门处五万元以上二十万元以下的罚款：\n\n"
        "（一）特殊时段未停止排放污染物；\n\n（二）修复活动完成后，未另行委托评估的。"
    )
    found = stems(law(rule), Kind.SINGLE)
    assert "在特殊时段，排污单位未停止排放污染物的，处多少罚款？" in found
    assert "修复活动完成后，排污单位未另行委托评估的，处多少罚款？" in found


def test_the_law_is_called_by_its_name_and_not_by_the_law_in_general() -> None:
    found = stems(
        law("主管部门依照本条例规定应当作出决定而未作出的，上级主管部门可以直接作出决定。")
    )
    assert found
    assert all("依照《滨海省测试条例》规定" in stem for stem in found)


@pytest.mark.parametrize(
    "rule",
    [
        "除依法当场收缴的罚款外，执法人员不得自行收缴罚款。",
        "询价小组要求被询价的供应商一次报出不得更改的价格。",
        "采购代理机构与行政机关不得存在隶属关系。",
        "当事人无正当理由拒不出席听证的，视为放弃听证权利，行政机关终止听证。",
        "行政机关在作出处罚决定之前，未依法告知当事人的，不得作出处罚决定。",
        "人工回灌补给地下水，不得恶化地下水质。",
        "两个以上的法人可以组成一个联合体。",
        "投诉人对主管部门的处理决定不服的，可以依法申请行政复议。",
        "在保证安全的前提下，主管部门可以通知停止供电。",
    ],
)
def test_no_false_form_contradicts_itself_or_common_sense(rule: str) -> None:
    bad = "可以自行收缴|可以更改|可以存在|不视为|之后，未|可以恶化|应当组成|应当依法申请|后提下"
    assert not [false for false in turned(rule) if re.search(bad, false)]


@pytest.mark.parametrize(
    "rule",
    [
        "施工单位实施修复活动，不得对周边环境造成新的污染。",
        "生产单位不得使用国家明令淘汰的设备。",
        "任何单位和个人有权向主管部门举报违法行为。",
        "单位造成他人损害的，应当依法承担侵权责任。",
    ],
)
def test_what_nobody_would_deny_is_not_asked(rule: str) -> None:
    text = law(rule, "单位应当自变更之日起十日内报告。", chapter=CHAPTER)
    assert not [stem for stem in stems(text) if rule.rstrip("。") in stem]


def test_a_rule_two_articles_tell_of_different_things_is_not_asked() -> None:
    rule = "修复活动完成后，责任人应当另行委托有关单位进行评估，并将报告报{}主管部门备案。"
    text = law(rule.format("农业农村"), rule.format("生态环境"), chapter=CHAPTER)
    assert not [stem for stem in stems(text) if "另行委托" in stem]
    assert dropped(text)["L3"] >= 2


def test_an_authority_is_not_asked_for_where_the_rule_names_all_others() -> None:
    bodies = ("农业农村", "自然资源", "水行政", "住房城乡建设")
    others = [f"国务院{body}主管部门负责制定{body}技术规范。" for body in bodies]
    text = law(
        "国务院生态环境主管部门会同国务院农业农村、自然资源、水行政、住房城乡建设主管部门，"
        "组织制定全国土壤污染防治规划。",
        *others,
        chapter=CHAPTER,
    )
    assert not [stem for stem in stems(text, Kind.SINGLE) if "会同" in stem]


def test_a_meaning_that_spells_its_word_is_not_asked() -> None:
    text = law(
        "本条例所称长江干流，是指流经各省的长江主河段。",
        "本条例所称长江支流，是指直接流入干流的河流。",
        "本条例所称贮存，是指将废物临时置于设施中的活动。",
        "本条例所称利用，是指从废物中提取物质的活动。",
        "本条例所称处置，是指将废物焚烧的活动。",
        chapter="第九章 附则",
    )
    assert not [stem for stem in stems(text) if "主河段" in stem]


def test_sums_that_stand_only_in_items_are_counted_as_left_out() -> None:
    text = law(
        "当事人逾期不履行决定的，行政机关可以采取下列措施：\n\n"
        "（一）每日按罚款数额的百分之三加处罚款；\n\n（二）申请人民法院强制执行。"
    )
    assert dropped(text)["L5"] >= 1
