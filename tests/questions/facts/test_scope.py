"""Whose a count is, of which period, and what it is a count of."""

from __future__ import annotations

import pytest

from questions import documents, facts
from questions.facts import FigureFact, setting
from tests.questions.facts.test_figures import figures, said

ISSUER = "浙江省生态环境厅"


def plainly(text: str, title: str) -> dict[str, FigureFact]:
    document = documents.read(f"{title}\n一、主要工作\n{text}\n".encode(), name="a.txt")
    found = facts.extract(document)
    return {f.quantity.printed(): f for f in found if isinstance(f, FigureFact)}


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        # an agency's own work and staff are not its area's
        ("法制审核人员14人。", "14人", f"2021年,{ISSUER}法制审核人员[]"),
        ("药品监督抽检1320批次。", "1320批次", f"2021年,{ISSUER}药品监督抽检[]"),
        ("被申请行政复议23件。", "23件", f"2021年,{ISSUER}被申请行政复议[]"),
        ("主要负责人带队暗访7次。", "7次", f"2021年,{ISSUER}主要负责人带队暗访[]"),
        # rates of the area stay with it
        ("农村自来水普及率达93.5%。", "93.5%", "2021年,浙江省农村自来水普及率达[]"),
        (
            "县级及以上水源地水质达标率保持100%。",
            "100%",
            "2021年,浙江省县级及以上水源地水质达标率保持[]",
        ),
        # those below are the area's, whatever they are called
        (
            "市县两级审批环评项目412个。",
            "412个",
            "2021年,浙江省市县两级审批环评项目[]",
        ),
        # a Party group goes on acting to the sentence's end
        (
            "厅党组先后4次专题研究法治工作，听取专题汇报2次。",
            "2次",
            f"2021年,{ISSUER}党组听取专题汇报[]",
        ),
        (
            "全省生态环境系统共出动执法人员2.3万人次，检查化工企业9812家次。",
            "9812家次",
            "2021年,浙江全省生态环境系统检查化工企业[]",
        ),
        # half years don't run into one another
        (
            "上半年抽查水站215家次，下半年抽查水站308家次。",
            "308家次",
            f"2021年,{ISSUER}下半年抽查水站[]",
        ),
        (
            "上半年抽查水站215家次，全年累计下达监测文书1046份。",
            "1046份",
            f"2021年,{ISSUER}累计下达监测文书[]",
        ),
        (
            "“十四五”期间累计修订内控制度46项。",
            "46项",
            f"“十四五”期间{ISSUER}累计修订内控制度[]",
        ),
    ],
)
def test_a_count_is_whose_and_of_when_the_text_says(text: str, printed: str, stem: str) -> None:
    assert said(text, printed).endswith(stem)


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        # a rate of all that was counted, not of the last of it
        (
            "审查重大决策7件、合同协议64份，采纳率96.7%。",
            "96.7%",
            "审查重大决策7件、合同协议64份,采纳率[]",
        ),
        # what a document holds is told with the document
        (
            "推行“综合查一次”，明确16个检查场景，检查频次下降31%。",
            "31%",
            "推行“综合查一次”,检查频次下降[]",
        ),
        ("印发《工作要点》，列出重点任务27项。", "27项", "印发《工作要点》,列出重点任务[]"),
        # a measure alone is no topic for the next
        (
            "公布行政许可事项26项，平均办理时限由20日缩至7个工作日，申请材料精简43%。",
            "43%",
            "公布行政许可事项26项,申请材料精简[]",
        ),
        # a campaign goes with all its results
        (
            "开展危险废物专项执法，查处案件26件，抓获嫌疑人34人。",
            "34人",
            "开展危险废物专项执法,抓获嫌疑人[]",
        ),
        # parts of a list that share its verb and its campaign
        (
            "保障海峡客运安全，运送旅客26.4万人次、车辆47.9万辆次。",
            "47.9万辆次",
            "保障海峡客运安全,运送车辆[]",
        ),
        ("接收处置含油污水420立方米、船舶垃圾206吨。", "206吨", "接收处置船舶垃圾[]"),
        # deaths are no events of their own
        ("全省共发生安全事故11起、死亡9人。", "9人", "发生安全事故11起,死亡[]"),
        # what was revised is no whole of what was repealed
        ("修订《议事规则》等制度12项，废止3项。", "3项", "修订《议事规则》等制度12项,废止[]"),
        ("清理现行文件108件，废止23件。", "23件", "清理现行文件108件,废止[]"),
        # parts go on while they add up, their areas beside them
        (
            "整改违法图斑218个、面积431.7亩，其中拆除复耕196个、362.4亩，完善手续22个。",
            "22个",
            "整改违法图斑218个,其中完善手续[]",
        ),
        (
            "组织税费收入286.4亿元，其中税收214.9亿元，同比增长3.2%，社会保险费52.6亿元。",
            "52.6亿元",
            "组织税费收入286.4亿元,其中社会保险费[]",
        ),
        # a heading in brackets is no word of the sentence
        ("(二)行政复议案件数量同比增长64%。", "64%", "行政复议案件数量同比增长[]"),
    ],
)
def test_a_count_takes_all_it_is_of_and_nothing_else(text: str, printed: str, stem: str) -> None:
    assert said(text, printed).endswith(stem)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        # no part of a count of another thing
        ("办结赔偿案件19件，其中修复受损农田41亩。", "41亩"),
        # each, every, by others
        ("为乡镇各配备记录仪2台。", "2台"),
        ("举办培训班3期，每期2天。", "2天"),
        ("处罚决定被申请复议6件、提起行政诉讼2件。", "2件"),
        # a verb of a list that lost its object
        ("办理经营许可证新办12家、延期27家。", "27家"),
        ("组织中心组学习法治思想5次、宪法2次。", "2次"),
        # all of what is not said
        ("7个工作日内公示率均达100%。", "100%"),
        # a fall of what is not said
        ("与上年同期相比，立案数下降21.8%，涉及耕地面积下降36.4%。", "36.4%"),
        # wants, not results
        ("上级下达补充耕地任务1200亩。", "1200亩"),
        ("11个水站仅配备执法记录仪8台。", "8台"),
    ],
)
def test_a_count_without_its_words_is_not_asked(text: str, printed: str) -> None:
    assert "V3" in figures(text)[printed].faults


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("13个断面水质优良比例为92.3%。", "13个"),
        ("为67所学校聘任法治副校长67名。", "67名"),
        ("在11个设区市中排名第3。", "11个"),
        ("办理许可48件，其中其他许可25件。", "25件"),
    ],
)
def test_a_count_that_frames_another_is_not_worth_asking(text: str, printed: str) -> None:
    assert "V9" in figures(text)[printed].faults


@pytest.mark.parametrize(
    "text",
    [
        "存在的主要问题：一是县级执法人员有87名；二是监控点位覆盖46处。",
        "2022年，将重点推进智慧监管，新增监控点位200个。",
        "下一步，组织培训12场。",
    ],
)
def test_what_is_wrong_or_yet_to_do_is_known_without_a_heading(text: str) -> None:
    assert all("V3" in fact.faults for fact in figures(text).values())


def test_a_branch_of_a_national_body_knows_its_place() -> None:
    found = plainly("全市共查处案件31件。", "国家税务总局丹桥市税务局2023年法治政府建设报告")
    assert found["31件"].left == "2023年,丹桥全市共查处案件"


def test_a_city_management_bureau_is_of_its_district() -> None:
    document = documents.read("鹤桥区城市管理局2023年工作总结\n".encode(), name="a.txt")
    scene = setting.of(document)
    assert (scene.place, scene.short) == ("鹤桥区", "鹤桥")
    assert scene.resolve("全局在编人员") == "鹤桥区城市管理局在编人员"


def test_blanks_around_a_number_are_no_part_of_its_words() -> None:
    text = "完成食品抽检 470 批次，检出不合格样品 81 批次。"
    assert said(text, "81批次").endswith("完成食品抽检470批次,检出不合格样品[]")


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        ("召开局长办公会3次.合格率98.1%.", "98.1%", "合格率[]"),
        (
            "设区市PM2.5平均浓度比2020年的41微克/立方米下降7.3%。",
            "7.3%",
            "设区市PM2.5平均浓度比2020年下降[]",
        ),
        (
            "办理案件557件，其中按日计罚23件、限产停产61件。",
            "61件",
            "办理案件557件,其中限产停产[]",
        ),
        ("以省厅为被告的诉讼案件19件。", "19件", f"以{ISSUER}为被告的诉讼案件[]"),
    ],
)
def test_slips_of_the_pen_and_of_the_speaker_do_no_harm(
    text: str, printed: str, stem: str
) -> None:
    assert said(text, printed).endswith(stem)
