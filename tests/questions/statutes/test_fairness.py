"""Law questions neither give their key away nor withhold what they asked for."""

from __future__ import annotations

import re

import pytest

from questions.facts import norms
from questions.generation.statutes import judges
from questions.models import Kind, Question
from tests.questions.statutes.samples import NAMES, ask, bank, dropped, law, real, statute

LAWS = (NAMES[0], *NAMES[2:])
WAIVED = re.compile("可以不(?!予)|无需|不必")


def false_items(questions: tuple[Question, ...]) -> list[Question]:
    return [q for q in questions if q.kind is Kind.JUDGE and q.key == (1,)]


def only(questions: tuple[Question, ...], part: str, kind: Kind) -> Question:
    found = [q for q in questions if part in q.stem and q.kind is kind]
    assert len(found) == 1, [q.stem for q in questions]
    return found[0]


def verdict(question: Question) -> str:
    return question.explanation.split("\n")[0]


@pytest.mark.parametrize("name", LAWS)
def test_a_waived_duty_is_rare_among_the_false_statements(name: str) -> None:
    questions = bank(real(name))
    false = false_items(questions)
    judged = [q for q in questions if q.kind is Kind.JUDGE]
    assert sum(bool(WAIVED.search(q.stem)) for q in false) <= 0.1 * len(false)
    assert 0.45 <= 1 - len(false) / len(judged) <= 0.55
    assert not [q.stem for q in false if re.search("仍然有效|口头", q.stem)]


@pytest.mark.parametrize("name", LAWS)
def test_every_false_statement_is_told_what_is_right(name: str) -> None:
    for question in false_items(bank(real(name))):
        assert re.match("答案：错，(?:应为“.{2,}”|这是“.{2,}”的含义)。$", verdict(question))


@pytest.mark.parametrize(
    ("rule", "false", "right"),
    [
        ("单位的处理方案应当报所在地环境卫生主管部门备案。", "主管部门批准", "备案"),
        ("排放水污染物的单位应当每季度向社会公开一次监测信息。", "每年向社会", "每季度"),
        ("符合立案标准的，行政机关应当及时立案。", "可以立案", "应当及时立案"),
        ("听证结束后，行政机关应当根据听证笔录，作出决定。", "参考听证笔录", "根据听证笔录"),
        ("收费标准应当向社会公布。", "仅在本系统内公布", "向社会公布"),
        ("违反法定程序构成重大且明显违法的，行政处罚无效。", "可以撤销", "无效"),
        ("经行政机关负责人批准，执法人员可以先行登记保存证据。", "机构负责人", "行政机关负责人"),
        ("转移固体废物的，单位应当向移出地生态环境主管部门报告。", "向接受地", "移出地"),
        ("当事人确有经济困难的，行政机关可以暂缓收缴罚款。", "行政机关应当", "可以"),
    ],
)
def test_a_rule_is_falsified_by_its_decisive_word(rule: str, false: str, right: str) -> None:
    found = norms.of(statute(law(rule, chapter="第三章 处罚程序")))
    turned = [judges.falsified(norm) for norm in found if norm.article.label == "第二条"]
    assert len(turned) == 1
    assert turned[0] is not None
    assert false in turned[0][0]
    assert right in turned[0][1]


@pytest.mark.parametrize("name", NAMES)
def test_no_list_of_acts_is_asked_by_its_sum(name: str) -> None:
    for question in bank(real(name)):
        if question.kind is Kind.MULTIPLE and question.tags[0] == "情形列举":
            assert not re.search("处[^，]{0,30}罚款|[元倍]以[上下]|拘留", question.stem)


def test_acts_with_one_sum_are_asked_one_by_one() -> None:
    listed = "有下列行为之一的，由消防救援机构责令改正，处{}的罚款：\n\n（一）{}；\n\n（二）{}。"
    text = law(
        listed.format("二万元以上十万元以下", "擅自拆除消防设施的", "占用疏散通道的"),
        listed.format("一万元以上五万元以下", "遮挡消火栓的", "损坏疏散标志的"),
    )
    assert dropped(text)["L3"] >= 2
    questions = ask(text)
    assert not [q for q in questions if q.tags[0] == "情形列举"]
    assert only(questions, "占用疏散通道的，处多少罚款", Kind.SINGLE)


@pytest.mark.parametrize("name", LAWS)
def test_feedback_shows_what_was_asked(name: str) -> None:
    for question in bank(real(name)):
        quote = question.explanation.partition("「")[2]
        value = str(question.fact["value"])
        if question.kind is not Kind.MULTIPLE and value[0] in "0123456789一二三四五六七八九十两":
            assert value in quote, question.explanation
        if question.tags[0] == "情形列举":
            asked = question.stem.partition("的，")[2].rstrip("？").rpartition("，")[2]
            assert asked in quote, question.explanation
            assert re.search("」注：其余选项见第.+条", quote)


def test_a_long_quote_keeps_the_clause_with_its_sum() -> None:
    items = "".join(
        f"\n\n（{n}）未按照第{n}类规定{'认真' * 9}收集、贮存、运输、利用或者处置废物的；"
        for n in "一二三四五"
    )
    text = law(
        "有下列行为之一，由环境卫生主管部门责令改正，处以罚款："
        + items[:-1]
        + "。\n\n单位有前款第一项、第五项行为之一，处五万元以上五十万元以下的罚款。"
    )
    found = [q for q in ask(text) if "对单位处多少罚款" in q.stem]
    assert found
    for question in found:
        assert "处五万元以上五十万元以下的罚款" in question.explanation.partition("「")[2]
        assert question.citation.section[-1] == "第二条第二款"


def test_outsiders_are_about_the_actor_of_the_list() -> None:
    own = (
        "当事人有下列情形之一的，应当从轻处理：\n\n（一）主动消除危害后果的；\n\n"
        "（二）受他人胁迫实施违法行为的；\n\n（三）主动供述违法行为的。"
    )
    officials = (
        "执法人员有下列情形之一的，应当回避：\n\n（一）与当事人有利害关系的；\n\n"
        "（二）擅自改变处罚幅度的；\n\n（三）没有取得执法证件的。"
    )
    assert not [q for q in ask(law(own, officials)) if "从轻处理" in q.stem and q.options[2:]]
    others = (
        "当事人有下列情形之一的，应当移送公安机关：\n\n（一）拒不缴清费用的；\n\n"
        "（二）多次转移财产的；\n\n（三）组织未成年人参与的。"
    )
    asked = only(ask(law(own, officials, others)), "应当从轻处理", Kind.MULTIPLE)
    wrong = {asked.options[at] for at in range(len(asked.options)) if at not in asked.key}
    assert not any("执法" in option or "处罚幅度" in option for option in wrong)
    assert "注：其余选项见第四条。" in asked.explanation


def test_acts_of_others_are_no_wrong_options_about_officials() -> None:
    officials = (
        "主管部门的工作人员滥用职权、玩忽职守，有下列行为之一的，依法给予处分：\n\n"
        "（一）发现隐患不及时通知整改的；\n\n（二）对不符合条件的申请准予许可的；\n\n"
        "（三）利用职务谋取利益的。"
    )
    others = (
        "有下列行为之一的，责令改正，给予警告：\n\n（一）扰乱火灾现场秩序的；\n\n"
        "（二）阻拦报告火警的；\n\n（三）故意破坏火灾现场的。"
    )
    assert not [q for q in ask(law(officials, others)) if "给予处分" in q.stem]


def test_documents_list_what_documents_list() -> None:
    text = law(
        "决定书应当载明下列事项：\n\n（一）当事人的姓名；\n\n（二）违法的事实；\n\n（三）处罚的种类。",
        "现场指挥员有权决定下列事项：\n\n（一）使用各种水源；\n\n（二）划定警戒区域；\n\n"
        "（三）截断电力输送。",
        chapter="第三章 处罚程序",
    )
    assert not [q for q in ask(text) if q.tags[0] == "情形列举"]


def test_what_two_articles_ban_is_no_wrong_option_of_either() -> None:
    bans = "任何单位和个人不得有下列行为：\n\n（一）{}；\n\n（二）{}；\n\n（三）{}。"
    text = law(
        bans.format("非法获取载体", "邮寄涉密文件", "托运涉密物品"),
        bans.format("接入公共网络", "擅自卸载程序", "赠送报废设备"),
        chapter="第三章 管理",
    )
    assert not [q for q in ask(text) if q.tags[0] == "情形列举"]


def test_terms_the_law_counts_in_working_days_say_so() -> None:
    series = "本条例中“二日”“三日”“五日”的规定是指工作日，不含法定节假日。"
    terms = "单位应当自变更之日起三日内报告。单位应当自停业之日起二十日内报告。"
    questions = ask(law(terms, series, chapter="第二章 申请"))
    short = only(questions, "变更之日起多少日内", Kind.SINGLE)
    assert short.explanation.endswith("注：指工作日（第三条）。")
    assert "工作日" not in only(questions, "停业之日起多少日内", Kind.SINGLE).explanation
    plain = ask(law(terms, chapter="第二章 申请"))
    assert not [q for q in plain if "工作日" in q.explanation]


def test_the_real_law_notes_its_working_days() -> None:
    for question in bank(real(NAMES[0])):
        if question.tags[0] == "期限" and question.fact["value"] in ("二日", "五日", "七日"):
            assert "注：指工作日（第八十五条）。" in question.explanation


@pytest.mark.parametrize(
    "rule",
    [
        "决定书应当交付当事人。当事人不在场的，行政机关应当自决定之日起七日内送达。",
        "拟补充设定行政处罚的，制定机关应当自提出之日起七日内听取意见。",
    ],
)
def test_a_sentence_without_its_scene_is_not_asked(rule: str) -> None:
    text = law(rule, chapter="第三章 处罚程序")
    assert dropped(text)["V3"] >= 1
    assert not [q for q in ask(text) if re.match("当事人不在场|拟补充", q.stem)]


def test_a_sentence_of_two_articles_is_not_asked() -> None:
    twice = "受委托单位应当自受理之日起七日内向审批部门书面说明理由。"
    text = law("甲类事项可以委托。" + twice, "乙类事项可以委托。" + twice, chapter="第二章 申请")
    assert not [q for q in ask(text) if "书面说明理由" in q.stem]
    assert [q for q in ask(law(twice, chapter="第二章 申请")) if "书面说明理由" in q.stem]


def test_a_limit_is_quoted_with_the_way_around_it() -> None:
    text = law(
        "经营单位贮存危险废物不得超过一年；确需延长期限的，应当报经审批部门批准。",
        chapter="第二章 贮存",
    )
    asked = only(ask(text), "多少年", Kind.SINGLE)
    assert "确需延长期限的，应当报经审批部门批准" in asked.citation.quote
    assert "确需延长期限的" in asked.explanation


def test_a_ceiling_is_asked_as_one() -> None:
    text = law("单位未报送信息的，由审批部门责令改正，可以处5万元以下的罚款。")
    asked = only(ask(text), "罚款", Kind.SINGLE)
    assert asked.stem == "单位未报送信息的，罚款上限是多少？"
    assert asked.options[asked.key[0]] == "5万元"
    assert not any("以下" in option for option in asked.options)


@pytest.mark.parametrize("words", ["对法人或者其他组织", "对公民"])
def test_the_ceiling_on_a_penalty_on_the_spot_names_whom_it_hits(words: str) -> None:
    asked = only(bank(real(NAMES[0])), f"{words}的罚款上限是多少", Kind.SINGLE)
    assert asked.stem.startswith("违法事实确凿并有法定依据，可以当场作出行政处罚决定的，")


def test_wrong_ranges_stand_in_the_law_where_it_has_some() -> None:
    path = real(NAMES[3])
    text = re.sub(r"\s", "", path.read_text())
    ranges = [q for q in bank(path) if q.tags[0] == "金额幅度" and q.kind is Kind.SINGLE]
    assert ranges
    printed = [sum(option in text for option in q.options) for q in ranges]
    assert sum(count >= 3 for count in printed) >= 0.9 * len(printed)


def test_honesty_is_no_question() -> None:
    text = law("被检查者应当如实反映情况，并提供必要的资料。", chapter="第三章 监督检查")
    assert not [q for q in ask(text) if "如实" in q.stem]
