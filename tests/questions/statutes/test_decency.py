"""Of the Constitution, the Party and its leaders nothing is ever put as a falsehood."""

from __future__ import annotations

import pytest

from questions.models import Kind
from tests.questions.statutes.samples import ask

CONSTITUTION = (
    "中华人民共和国宪法\n（1982年12月4日第五届全国人民代表大会通过　"
    "2018年3月11日第十三届全国人民代表大会第一次会议修正）\n序言\n"
    "中国是世界上历史最悠久的国家之一。\n第一章　总纲\n"
    "第一条　社会主义制度是中华人民共和国的根本制度。"
    "中国共产党领导是中国特色社会主义最本质的特征。"
    "禁止任何组织或者个人破坏社会主义制度。\n"
    "第二条　一切权力属于人民。\n"
    "第三条　国家机构实行民主集中制的原则。\n"
    "第四条　各民族一律平等。禁止对任何民族的歧视和压迫。\n"
    "第五条　一切法律、行政法规和地方性法规都不得同宪法相抵触。"
    "任何组织或者个人都不得有超越宪法的特权。\n"
    "第二章　公民的基本权利和义务\n"
    "第六条　年满十八周岁的公民，不分民族、种族、性别，都有选举权和被选举权；"
    "但是依照法律被剥夺政治权利的人除外。\n"
    "第七条　公民有受教育的权利和义务。任何公民，非经人民检察院批准，不受逮捕。\n"
    "第三章　国家机构\n"
    "第八条　全国人民代表大会每届任期五年。全国人民代表大会任期届满的两个月以前，"
    "全国人民代表大会常务委员会必须完成下届全国人民代表大会代表的选举。\n"
    "第九条　全国人民代表大会会议由全国人民代表大会常务委员会召集。\n"
)
PARTY = (
    "中国共产党测试条例\n（2020年1月2日中共中央批准　2020年1月2日中共中央发布）\n第一章　总则\n"
    "第一条　为了规范，制定本条例。\n第二条　党组织应当自收到申请之日起三十日内书面答复。\n"
    "第三条　党员有权向党组织提出申诉。党组织不得扣押申诉材料。\n"
    "第四条　决定应当报上级党组织备案。\n第五条　本条例自2020年3月1日起施行。\n"
)
ORDINARY = (
    "滨海省测试条例\n（2022年3月1日滨海省人民代表大会常务委员会通过）\n第一章　程序\n"
    "第一条　为了规范，制定本条例。\n"
    "第二条　主管部门应当坚持中国共产党的领导，将年度计划报省人民政府备案。\n"
    "第三条　主管部门应当组织学习习近平法治思想，并将学习情况书面报告省人民政府。\n"
    "第四条　工作人员不得泄露国家秘密。\n第五条　主管部门应当将办理结果向社会公布。\n"
    "第六条　主管部门应当自受理申请之日起十日内作出决定。\n"
    "第七条　本条例自2022年5月1日起施行。\n"
)


@pytest.mark.parametrize("text", [CONSTITUTION, PARTY], ids=["constitution", "party"])
def test_nothing_of_the_constitution_or_a_party_rule_is_put_to_the_vote(text: str) -> None:
    for seed in range(8):
        assert not [q.stem for q in ask(text, seed=seed) if q.kind is Kind.JUDGE]


def test_the_constitution_is_still_asked_for_its_numbers_with_their_exceptions() -> None:
    found = [q for q in ask(CONSTITUTION) if "周岁" in q.stem]
    assert found
    for question in found:
        assert "但是依照法律被剥夺政治权利的人除外" in question.stem


def test_no_falsehood_of_an_ordinary_law_names_the_party_its_thought_or_secrets() -> None:
    for seed in range(8):
        questions = ask(ORDINARY, seed=seed)
        assert questions
        for question in questions:
            if question.kind is Kind.JUDGE:
                assert "中国共产党" not in question.stem
                assert "思想" not in question.stem
            if question.key == (1,):
                assert "国家秘密" not in question.stem
