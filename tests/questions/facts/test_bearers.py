"""Who did it, what it was part of, and which numbers nobody can place."""

from __future__ import annotations

import pytest

from tests.questions.facts.test_figures import figures, said

ISSUER = "2021年,浙江省生态环境厅"


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        # who holds an office does what the next clauses tell, and the set phrase is left out
        (
            "厅党组书记、厅长切实履行第一责任人职责,全年主持召开党组会8次。",
            "8次",
            f"{ISSUER}党组书记、厅长主持召开党组会[]",
        ),
        (
            "厅党组书记、厅长带头学法,到青田县、云和县督导采砂整治4次。",
            "4次",
            f"{ISSUER}党组书记、厅长到青田县、云和县督导采砂整治[]",
        ),
        # whom one commissions is not who speaks
        (
            "委托某某大学开展安全评估,召开专家论证会6次,听取企业、协会等单位意见73条。",
            "73条",
            f"{ISSUER}委托某某大学开展安全评估,听取企业、协会等单位意见[]",
        ),
        # what a body above fed back is not said of the agency
        (
            "交通运输部执法督察反馈的11个问题全部整改到位。",
            "11个",
            "2021年,交通运输部执法督察反馈的[]问题全部整改到位",
        ),
        ("党组理论学习中心组学法9次。", "9次", f"{ISSUER}党组理论学习中心组学法[]"),
        # of several bodies the first is written out
        (
            "会同省公安厅、省水利厅开展“利剑”行动,查获采砂船17艘。",
            "17艘",
            f"{ISSUER}会同浙江省公安厅、省水利厅开展“利剑”行动,查获采砂船[]",
        ),
        # a campaign that is named in quotation marks governs what it found
        (
            "开展“清废行动2021”,排查点位1742个,发现问题点位203个。",
            "203个",
            f"{ISSUER}开展“清废行动2021”,发现问题点位[]",
        ),
        # what was won back was won by the cases before
        (
            "办理法律援助案件683件,为427名农民工追回欠薪1160余万元。",
            "1160余万元",
            f"{ISSUER}办理法律援助案件683件,为农民工追回欠薪[]",
        ),
        # rates of cases are of the cases, however far before
        (
            "收到行政复议申请63件,受理51件,审结46件,其中维持28件、撤销6件,综合纠错率17.4%。",
            "17.4%",
            f"{ISSUER}收到行政复议申请63件,综合纠错率[]",
        ),
        # a total that is the scope of its parts stays
        (
            "开展文件清理,纳入清理范围的76件中,继续有效49件、修改8件。",
            "49件",
            f"{ISSUER}开展文件清理,纳入清理范围的76件中,继续有效[]",
        ),
        # an average brings nothing about
        (
            "完成船舶联合检查1204艘次,平均缩短在港时间2.4小时,惠及企业130家。",
            "130家",
            f"{ISSUER}完成船舶联合检查1204艘次,惠及企业[]",
        ),
    ],
)
def test_a_count_is_of_whoever_did_it(text: str, printed: str, stem: str) -> None:
    assert said(text, printed) == stem
    assert not figures(text)[printed].faults


def test_parts_are_of_the_total_they_add_up_to() -> None:
    text = "受理纠纷1486件,调处成功1437件,其中邻里纠纷592件、物业纠纷403件、劳动争议491件。"
    assert said(text, "403件") == f"{ISSUER}受理纠纷1486件,其中物业纠纷[]"
    other = "受理纠纷1486件,调处成功1437件,其中邻里纠纷592件、物业纠纷403件。"
    assert said(other, "403件").endswith("调处成功1437件,其中物业纠纷[]")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("“法律明白人”达到149名,平均每个社区11.5名。", "11.5名"),
        ("前者涉及居民楼46栋,先后召开议事会19场。", "19场"),
        ("职责划转我厅,随之划转行政职权41项。", "41项"),
        ("用水总量控制在省下达的19.5亿立方米以内。", "19.5亿立方米以内"),
        ("由原来4次申请、提交材料31份,精简为1次申请、提交材料13份。", "13份"),
        ("审批环评文件8964个;其中省厅本级审批,涉及总投资1482亿元。", "1482亿元"),
        ("整合调解员等力量,累计入驻常驻人员17名。", "17名"),
        ("抽查案卷160卷;加上送评的84卷,全省共评查244卷。", "244卷"),
        ("开展文件清理,纳入清理范围的76件中,继续有效49件。", "76件"),
        ("综合得分在全国31个省中排名第4位,较上年提升6位。", "6位"),
    ],
)
def test_what_leans_on_words_that_are_not_there_is_not_asked(text: str, printed: str) -> None:
    assert "V3" in figures(text)[printed].faults


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("对嵘州、洛安、宜溪3市开展督察“回头看”。", "3市"),
        ("将《甲办法》《乙方案》2项纳入目录管理。", "2项"),
        ("列全国14个省第二名。", "14个"),
    ],
)
def test_a_number_that_its_own_stem_tells_is_not_asked(text: str, printed: str) -> None:
    assert "V9" in figures(text)[printed].faults


def test_names_before_a_number_that_are_not_all_do_not_tell_it() -> None:
    assert not figures("对嵘州、洛安等3市开展督察“回头看”。")["3市"].faults


def test_a_number_that_shares_the_unit_of_the_next_item_is_left_alone() -> None:
    found = figures("办理时限由15个工作日压减为小型工程3个、一般工程8个工作日。")
    assert "3个" not in found
    assert "小型工程3个、一般工程" in found["8个工作日"].left


def test_a_point_between_a_word_and_a_count_ends_the_sentence() -> None:
    found = figures("评查案卷604卷,平均得分94.7分.11件案例入选优秀案例。")
    assert found["11件"].sentence.startswith("11件案例")
