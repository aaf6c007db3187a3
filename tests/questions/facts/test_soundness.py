"""A number without its object, with another's act or a lead that is not its own is not asked."""

from __future__ import annotations

import pytest

from questions import documents
from questions.facts import setting, soundness
from tests.questions.facts.test_figures import figures, said


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        # a verb and a unit, the noun left elsewhere
        ("省本级下达6份。", "6份"),
        ("清理渔业文件31件,拟继续执行17件。", "17件"),
        ("审查合同31份。修订、废止17件。", "17件"),
        ("案件尚未结束的,9件尚在审查中。", "9件"),
        ("检查渔港41处,发现存在隐患的17处。", "17处"),
        ("推行“码上办”,平均用时较常规模式压减13天。", "13天"),
        # what another body did
        ("复议机关审结31件,维持18件。", "18件"),
        ("申请强制执行案件31件,法院裁定不予执行4件。", "4件"),
        # a unit that does not fit what is said to have changed
        ("下达处罚决定书24份,罚款36.8万元,比2020年增加7份。", "7份"),
        ("粮食播种面积73.6万亩,较上年增产0.8万吨。", "0.8万吨"),
        # nobody dies of an inspection
        ("开展隐患排查,发生一般事故3起。", "3起"),
        # a change whose own number was cut, before another change
        ("与2020年相比,立案增加21件,罚款增长17.4%。", "17.4%"),
        # those of whom a share is told have no name
        ("检查渔港41处,发现存在隐患的17处,占41.5%。", "41.5%"),
        # a part of what nobody named
        ("至年底整改到位405个,其中拆除复耕231个。", "231个"),
        # a heading taken for whoever acts
        ("渔业养殖水面承包经营权登记发证基本完成,流转水面面积26.4万亩。", "26.4万亩"),
    ],
)
def test_what_was_counted_must_be_said(text: str, printed: str) -> None:
    assert "V3" in figures(text)[printed].faults


def test_members_of_a_group_are_no_result() -> None:
    assert "V9" in figures("成立领导小组,14个处室负责人为成员。")["14个"].faults


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        # a parallel result keeps its number, or goes where the next one stands alone
        (
            "受理信息公开申请34件,公开各类信息2893条。",
            "2893条",
            "受理信息公开申请34件,公开各类信息[]",
        ),
        (
            "对获证企业检查62家次,新认证绿色水产品9个。",
            "9个",
            "2021年,浙江省生态环境厅新认证绿色水产品[]",
        ),
        # what was repealed is no part of what was issued
        (
            "制定发布行政规范性文件5件,废止6件。",
            "6件",
            "2021年,浙江省生态环境厅废止行政规范性文件[]",
        ),
        (
            "制定发布行政规范性文件5件,宣布失效3件。",
            "3件",
            "2021年,浙江省生态环境厅宣布失效的行政规范性文件[]",
        ),
        ("直接立案43件,罚没款486万元。", "486万元", "直接立案43件,罚没款[]"),
        # the city's own line is not the agency's
        (
            "浙江省省长热线转办件4122件,办结率99.6%。",
            "99.6%",
            "2021年,浙江省省长热线转办件4122件,办结率[]",
        ),
        # of many who did something, a share
        (
            "推行简易注销改革,办理简易注销12.7万户,占注销总数的71.2%。",
            "71.2%",
            "办理简易注销的占注销总数的[]",
        ),
        # a rate takes its noun and not the verb of the count
        (
            "全省学校已完成章程核准1209所,核准率97.2%。",
            "97.2%",
            "学校已完成章程核准1209所,核准率[]",
        ),
        ("与2020年相比,立案增加21件,增幅32.6%。", "32.6%", "立案增幅[]"),
        # whom cases went to is said of every member of the list
        (
            "开展私宰专项整治,移送公安机关案件7件、犯罪嫌疑人14人。",
            "14人",
            "开展私宰专项整治,移送公安机关犯罪嫌疑人[]",
        ),
        # what something is related to is the law that the period is counted from
        (
            "《渔业法》颁布实施以来,省本级累计开展相关活动23项。",
            "23项",
            "开展有关《渔业法》的活动[]",
        ),
        ("执法人员参加全省资格考试115人。", "115人", "浙江省生态环境厅执法人员参加全省资格考试[]"),
    ],
)
def test_a_lead_is_its_own(text: str, printed: str, stem: str) -> None:
    assert "V3" not in figures(text)[printed].faults
    assert said(text, printed).endswith(stem)


def test_a_body_of_its_own_is_not_put_behind_the_agency() -> None:
    text = "作为被申请人的行政复议案件96件,复议机关审结91件。"
    assert "厅复议机关" not in said(text, "91件")


def test_a_market_bureau_of_a_province_governs_no_city() -> None:
    text = "淮左省市场监督管理局2021年法治建设情况报告\n一、工作\n当年新设市场主体96.5万户。\n"
    scene = setting.of(documents.read(text.encode(), name="a.txt"))
    assert (scene.place, scene.level) == ("淮左省", "省")


@pytest.mark.parametrize(("text", "names"), [("拟继续执行", False), ("下达处罚决定书", True)])
def test_a_noun_is_told_from_verbs(text: str, *, names: bool) -> None:
    assert soundness.has_noun(text) is names
