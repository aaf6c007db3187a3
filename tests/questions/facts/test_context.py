"""What a number takes from before it: topic, subject, period; and what it leaves there."""

from __future__ import annotations

import pytest

from tests.questions.facts.test_figures import figures, said


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        # an object that belongs to something takes what it belongs to
        (
            "深化化肥减量增效，会同省科技厅等9个部门开展联合行动。",
            "9个",
            "2021年,浙江省生态环境厅深化化肥减量增效,会同浙江省科技厅等[]部门开展联合行动",
        ),
        (
            "开展古树名木现状普查，将散落各村的640株古树纳入普查范围。",
            "640株",
            "2021年,浙江省生态环境厅开展古树名木现状普查,将散落各村的[]古树纳入普查范围",
        ),
        # results of an act take the act, its own figure cut
        (
            "对12个县区和30个部门开展安全督察，发现问题96个，下发督办函11份。",
            "11份",
            "2021年,浙江省生态环境厅对12个县区和30个部门开展安全督察,下发督办函[]",
        ),
        (
            "组织案卷评查2次，抽查案卷90卷，评出优秀案卷22卷。",
            "22卷",
            "2021年,浙江省生态环境厅组织案卷评查2次,评出优秀案卷[]",
        ),
        # what was brought about is of the clause before
        (
            "兑现惠农资金1.2亿元，惠及农户612户。",
            "612户",
            "2021年,浙江省生态环境厅兑现惠农资金1.2亿元,惠及农户[]",
        ),
        # what became of a count keeps that count, being a part of it
        (
            "受理行政许可申请1846件，办结1839件。",
            "1839件",
            "2021年,浙江省生态环境厅受理行政许可申请1846件,办结[]",
        ),
        # figures nobody asks for are left out
        (
            "运用无人机检查企业3996家次，发现问题45个，减免处罚12次。",
            "12次",
            "2021年,浙江省生态环境厅运用无人机检查企业3996家次,减免处罚[]",
        ),
        (
            "船员适任证书事项由26项压减到19项，办理时限由20个工作日压缩至7个工作日。",
            "7个工作日",
            "2021年,浙江省船员适任证书事项由26项压减到19项,办理时限由20个工作日压缩至[]",
        ),
        # a change is of what was counted, and takes the comparison of the change before
        (
            "开展执法巡查2138次，较上年减少604次，下降22.03%。",
            "22.03%",
            "2021年,浙江省生态环境厅开展执法巡查较上年下降[]",
        ),
        # the nearest act it is, even one that is but a noun
        (
            "开展船舶现场检查129艘次，港口国监督检查89艘次，滞留船舶17艘次。",
            "17艘次",
            "2021年,浙江省生态环境厅开展港口国监督检查89艘次,滞留船舶[]",
        ),
        # a verb no table knows is lent to the list all the same
        (
            "签发船员适任证书812本、船舶国籍证书97本。",
            "97本",
            "2021年,浙江省生态环境厅签发船舶国籍证书[]",
        ),
        # a share is of what was looked at, through all that lies between
        (
            "检查燃油质量，抽检油样1108份，不合格油样21份，超标率1.9%。",
            "1.9%",
            "2021年,浙江省生态环境厅检查燃油质量,超标率[]",
        ),
        # an enumerated sentence is the topic of those after it
        (
            "二是稳步推进林长制改革。完成省级移交问题线索核实41件。",
            "41件",
            "2021年,在稳步推进林长制改革方面,浙江省完成省级移交问题线索核实[]",
        ),
    ],
)
def test_a_number_takes_what_governs_it(text: str, printed: str, stem: str) -> None:
    assert said(text, printed) == stem


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("将640株古树纳入普查范围。", "640株"),
        ("对31家企业实施惩戒，开展座谈，2家列入名单。", "2家"),
        ("罚款149.3万元，同比下降4.1个百分点。", "4.1个百分点"),
        ("办理案件213件，其中讨薪案件113件、挽回损失467万元。", "467万元"),
    ],
)
def test_a_number_that_nothing_governs_is_lost(text: str, printed: str) -> None:
    assert "V3" in figures(text)[printed].faults


def test_an_independent_act_is_no_antecedent() -> None:
    text = "没收非法财物27批次，吊销许可证件3件，适用普通程序处理违规案件126件。"
    assert "没收" not in said(text, "3件")
    assert "吊销" not in said(text, "126件")


def test_the_sentence_before_is_no_frame() -> None:
    text = "开展古树保护宣传月活动，发放手册。各乡镇新建保护小区1500余处。"
    assert "宣传月" not in said(text, "1500余处")


def test_a_whole_area_stays_the_subject_of_its_paragraph() -> None:
    text = "全省共办理渔政处罚案件982件。查处违规捕捞案件158件。"
    assert said(text, "158件") == "2021年,浙江省查处违规捕捞案件[]"
    assert said(text, "982件") == "2021年,浙江全省共办理渔政处罚案件[]"


def test_a_new_line_or_number_ends_the_subject() -> None:
    text = "全省共办理渔政处罚案件982件。\n查处违规捕捞案件158件。"
    assert "全省" not in said(text, "158件")
    text = "全省共办理渔政处罚案件982件。2.开展专项行动。查处违规捕捞案件158件。"
    assert "全省" not in said(text, "158件")


def test_what_the_agency_does_at_its_desk_is_its_own() -> None:
    text = "全省共办理渔政处罚案件982件。印发技术规程15项。"
    assert said(text, "15项") == "2021年,浙江省生态环境厅印发技术规程[]"


def test_counts_since_an_event_are_not_stamped_with_the_year() -> None:
    text = "《湿地法》颁布实施以来，举办培训5期。各县区累计修复湿地1500余亩。"
    assert said(text, "1500余亩") == "《湿地法》颁布实施以来,浙江省各县区累计修复湿地[]"
    assert not said("累计创建林业示范基地17个。", "17个").startswith("2021年")


def test_the_whole_year_is_told_once() -> None:
    assert said("全年举办渔业培训班17期。", "17期") == "2021年,浙江省生态环境厅举办渔业培训班[]"


def test_parts_go_on_while_they_add_up() -> None:
    text = "采取强制措施87次，其中查封冷库52次，扣押渔具35次。"
    assert said(text, "35次").endswith("采取强制措施87次,其中扣押渔具[]")
    total = figures(text)["35次"].total
    assert total is not None
    assert total.value == 87


def test_a_change_knows_what_it_changes() -> None:
    base = figures("现有公职律师26名，较2020年增加6名。")["6名"].base
    assert base is not None
    assert base.value == 26


def test_awards_and_clicks_are_marked_as_trifles() -> None:
    assert "V9" in figures("12个集体、40名个人受到表彰。")["40名"].faults
    assert "V9" in figures("视频点击量突破150万次。")["150万次"].faults


def test_what_there_is_carries_no_year() -> None:
    assert said("全省共有渔业监测站17个。", "17个") == "浙江全省共有渔业监测站[]"


def test_firm_words_are_no_frame() -> None:
    text = "厅主要负责人坚持重要工作亲自部署，主持召开厅务会22次。"
    assert "坚持" not in said(text, "22次")
