"""What a branch leans on is carried along, and nothing else is."""

from __future__ import annotations

import pytest

from questions.models import Kind
from tests.questions.statutes.samples import ask, dropped, law, stems


def asked(rule: str, chapter: str = "第四章 法律责任") -> list[str]:
    return stems(law(rule, chapter=chapter))


def test_a_case_beside_another_does_not_take_its_condition() -> None:
    found = asked(
        "劳动合同期限三个月以上不满一年的，试用期不得超过一个月；"
        "三年以上固定期限的劳动合同，试用期不得超过六个月。",
        "第二章 订立",
    )
    later = [stem for stem in found if "三年以上" in stem]
    assert later
    assert all(stem.startswith("三年以上固定期限的劳动合同，试用期") for stem in later)


def test_an_act_said_again_with_a_degree_is_said_once() -> None:
    found = asked(
        "货运机动车超过核定载质量的，处二百元以上五百元以下罚款；"
        "超过核定载质量百分之三十的，处五百元以上二千元以下罚款。"
    )
    assert "货运机动车超过核定载质量百分之三十的，处多少罚款？" in found
    assert not [stem for stem in found if stem.count("超过核定载质量") > 1]


def test_another_act_of_the_same_actor_is_no_graver_case() -> None:
    found = asked(
        "消防技术服务机构不具备从业条件的，责令改正，处五万元以上十万元以下罚款；"
        "不按照标准开展活动的，责令改正，处一万元以上五万元以下罚款。"
    )
    assert "消防技术服务机构不按照标准开展活动的，处多少罚款？" in found


def test_two_acts_joined_by_or_keep_their_ends() -> None:
    found = asked(
        "为赌博提供条件的，或者参与赌博赌资较大的，处二百元以上五百元以下罚款；"
        "情节严重的，处五百元以上三千元以下罚款。"
    )
    worse = "为赌博提供条件的，或者参与赌博赌资较大的，情节严重的，处"
    assert [stem for stem in found if stem.startswith(worse)]


def test_a_breach_of_an_article_is_told_where_the_act_alone_is_no_wrong() -> None:
    found = asked(
        "违反本条例第二条规定，开展安全认证、检测活动的，处一万元以上十万元以下罚款。"
        "违反本条例第二条规定，擅自拆除消防设施的，处二万元以上十万元以下罚款。"
    )
    assert "违反《滨海省测试条例》规定，开展安全认证、检测活动的，处多少罚款？" in found
    assert "擅自拆除消防设施的，处多少罚款？" in found


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("旅行社违反本条例第二条规定的，处三万元以上三十万元以下罚款。", "旅行社违法"),
        ("用人单位不得依照本条例第二条的规定解除劳动合同。", "不得依法解除"),
        ("建设单位应当覆盖；超过三个月的，应当进行绿化。", "^超过多少个月|^超过三个月的，"),
        (
            "单位拒绝检查的，责令改正；拒不改正的，处二万元以上五万元以下罚款；"
            "对其直接负责的主管人员处一千元以上五千元以下罚款。",
            "对其直接负责的主管人员处多少",
        ),
        ("单位应当登记。违反规定的，处一千元以上五千元以下罚款。", "违反规定的，处"),
        ("销售者应当召回食品。销售时应当向消费者明示补救措施。", "销售时"),
        ("单位应当公布电话。根据需要，应当及时增设信号。", "根据需要"),
        ("主管部门应当检查锅炉；不符合要求的，不得生产、销售。", "不符合要求的"),
        ("机关应当处理。对属于第一款规定范围的案件，应当自受理之日起五日内办结。", "第一款"),
        ("违反本条例第一编第四章规定的，应当自发现之日起五日内书面报告。", "第四章"),
    ],
)
def test_what_hangs_on_a_neighbour_is_not_asked(rule: str, words: str) -> None:
    import re

    assert not [stem for stem in asked(rule) if re.search(words, stem)]


def test_people_are_asked_with_what_they_do() -> None:
    found = asked(
        "行政处罚应当由具有资格的执法人员实施。执法人员不得少于两人。", "第三章 处罚程序"
    )
    assert "实施行政处罚的执法人员不得少于多少人？" in found


def test_an_items_own_thing_is_the_actors() -> None:
    found = asked(
        "生产经营单位有下列行为之一的，处二万元以上十万元以下罚款：\n\n"
        "（一）应急预案未报备案的；\n\n（二）未制定应急预案的。"
    )
    assert "生产经营单位的应急预案未报备案的，处多少罚款？" in found
    assert "生产经营单位未制定应急预案的，处多少罚款？" in found


def test_terms_that_two_articles_give_otherwise_are_not_asked_bare() -> None:
    text = law(
        "人民法院应当自受理之日起七日内作出执行裁定。",
        "人民法院应当自受理之日起三十日内作出是否执行的裁定。",
        chapter="第二章 程序",
    )
    assert not [stem for stem in stems(text) if "受理之日起" in stem]
    assert dropped(text)["L3"] >= 2


def test_a_share_from_one_to_another_is_asked_whole() -> None:
    found = asked("负责人逃匿的，处上一年年收入百分之六十至百分之一百的罚款。")
    assert "负责人逃匿的，处上一年年收入百分之多少的罚款？" in found
    assert not [stem for stem in found if "多少至" in stem or "至百分之多少" in stem]


def test_a_fine_beside_a_warning_or_by_area_is_asked_with_it() -> None:
    found = asked(
        "驾驶人违反通行规定的，处警告或者二十元以上二百元以下罚款。"
        "单位破坏珊瑚礁的，处每平方米一千元以上一万元以下的罚款。"
    )
    assert "驾驶人违反通行规定的，处警告或者多少罚款？" in found
    assert "单位破坏珊瑚礁的，处每平方米多少罚款？" in found


def test_a_sum_after_a_second_condition_is_asked_with_it() -> None:
    found = asked(
        "检验机构出具虚假报告的，没收检验费用，并处检验费用五倍以上十倍以下罚款，"
        "检验费用不足一万元的，并处五万元以上十万元以下罚款。"
        "机构租借资质的，违法所得在十万元以上的，并处违法所得二倍以上五倍以下的罚款，"
        "没有违法所得的，处十万元以上二十万元以下的罚款。"
    )
    assert "检验机构出具虚假报告，检验费用不足一万元的，处多少罚款？" in found
    assert "检验机构出具虚假报告的，处检验费用几倍罚款？" in found
    assert "机构租借资质，没有违法所得的，处多少罚款？" in found
    assert not [stem for stem in found if "在十万元以上" in stem and "没有违法所得" in stem]


def test_a_kind_of_the_same_case_keeps_the_case() -> None:
    found = asked(
        "申请人提供虚假材料申请行政许可的，行政机关不予受理；"
        "行政许可申请属于直接关系公共安全事项的，申请人在一年内不得再次申请该行政许可。",
        "第二章 申请",
    )
    terms = [stem for stem in found if "再次申请" in stem]
    assert terms
    assert all("虚假材料" in stem for stem in terms)


def test_a_graver_case_is_never_asked_without_its_act() -> None:
    found = asked(
        "运营单位，处理处置后的污泥不符合标准的，由主管部门责令改正，给予警告；"
        "造成严重后果的，处十万元以上二十万元以下的罚款。"
    )
    assert not [stem for stem in found if stem.startswith("造成严重后果")]
    assert [stem for stem in found if "污泥不符合标准，造成严重后果的，处" in stem]


def test_one_topic_takes_the_place_of_another() -> None:
    found = asked(
        "对已有标准的商品，主管部门可以重点检查；对尚无标准的，主管部门可以制定指导性规范。",
        "第二章 管理",
    )
    assert not [stem for stem in found if "已有标准" in stem and "尚无标准" in stem]


def test_a_share_without_verb_harms_nobody() -> None:
    assert ask(law("单位逾期不缴纳的，按日加收百分之五罚款。"))


def test_a_duty_to_take_measures_is_no_question() -> None:
    found = asked("企业应当采取有效措施，防止污染环境。", "第二章 管理")
    assert not [stem for stem in found if "有效措施" in stem]


def test_a_meaning_of_terms_is_no_meaning() -> None:
    text = law("本条例中十日以内期限的规定是指工作日，不含法定节假日。", chapter="第六章 附则")
    assert not [q for q in ask(text) if q.kind is Kind.SINGLE and "是指" in q.stem]


def test_what_only_its_sentence_explains_is_not_asked_alone() -> None:
    found = asked(
        "不符合强制性节能标准的项目，建设单位不得开工建设；已经建成的，不得投入生产、使用。"
        "对接到的投诉举报，主管部门应当在五日内处理；不属于本部门职责的，应当在三日内移交有权处理的部门。",
        "第二章 管理",
    )
    assert not [stem for stem in found if stem.startswith(("已经建成", "不属于"))]
