"""Questions on lists: what may stand beside the members."""

from __future__ import annotations

from questions.generation import generate
from questions.generation.entities import stands_out
from questions.models import Kind, Question
from tests.questions.generation.samples import ask, report, run


def multiples(text: str, *, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if q.kind is Kind.MULTIPLE]


def keys(question: Question) -> set[str]:
    return {question.options[at] for at in question.key}


def wrong(question: Question) -> set[str]:
    return set(question.options) - keys(question)


TWO = (
    "与江苏省、安徽省、福建省签订流域水量调度协议。"
    "与上海市、江西省、湖北省建立水库联合应急演练机制。"
)


def test_wrong_members_come_first_from_the_other_list() -> None:
    for seed in range(4):
        for question in multiples(TWO, seed=seed):
            mine = {"江苏省", "安徽省", "福建省"}
            other = {"上海市", "江西省", "湖北省"}
            if "机制" in question.stem:
                mine, other = other, mine
            assert keys(question) <= mine
            assert len(wrong(question) & other) >= 2
            assert 2 <= len(keys(question)) <= 4


def test_a_list_that_says_the_same_lends_no_wrong_members() -> None:
    text = "与江苏省、安徽省、福建省签订流域水量调度协议。与上海市、江西省签订流域水量调度协议书。"
    for seed in range(4):
        for question in multiples(text, seed=seed):
            assert not wrong(question) & {
                "江苏省", "安徽省", "福建省", "上海市", "江西省"
            }  # fmt: skip


def test_the_issuers_own_place_and_body_are_no_wrong_members() -> None:
    text = "与江苏省、安徽省签订调度协议。联合公安厅、司法厅、财政厅开展河道采砂联合执法。"
    for seed in range(12):
        for question in multiples(text, seed=seed):
            assert not wrong(question) & {"浙江省", "水利厅"}


def test_an_open_list_is_not_asked_beside_the_tables() -> None:
    assert not multiples("联合公安厅、司法厅、财政厅等单位开展河道采砂联合执法。")
    assert not multiples("聚焦食品、药品、计量等领域开展监督检查工作。")


def test_open_lists_are_told_from_each_other_and_say_so() -> None:
    text = (
        "通过视频监控、遥感、无人机等方式巡查河道岸线。"
        "通过电话、网络、现场帮扶等途径为企业解决难题，开展水权交易。"
    )
    found = multiples(text)
    assert found
    assert all(q.stem.startswith("据报告列举") for q in found)
    assert all(len(keys(q)) < len(q.options) for q in found)


def test_two_names_of_one_body_are_not_options_together() -> None:
    text = "受到住房和城乡建设部、农业农村部、人社部联合表扬并在全国推广。"
    for seed in range(8):
        for question in multiples(text, seed=seed):
            assert not wrong(question) & {"住建部", "住房城乡建设部", "人力资源社会保障部"}


def test_lists_in_what_is_sensitive_are_dropped() -> None:
    made = run("在机关、社区、学校宣讲习近平法治思想和宪法知识。")
    assert not made.bank.questions


def test_a_member_left_out_is_asked_where_no_others_stand_beside() -> None:
    text = "对泾河、渭河、无定河开展生态流量调度监测。"
    kinds = {q.kind for q in ask(text)}
    assert kinds & {Kind.MULTIPLE, Kind.BLANK}


def test_feedback_shows_every_member() -> None:
    text = (
        "深入开展水法宣传，持续推进基层水利服务体系建设，不断完善流域联防联控工作格局，"
        "组织杭州市、宁波市、温州市、嘉兴市、湖州市、绍兴市开展取用水管理专项整治提升试点工作。"
    )
    (question,) = multiples(text)
    shown = question.explanation.splitlines()[-1]
    assert all(name in shown for name in ("杭州市", "宁波市", "温州市", "绍兴市"))


def test_feedback_opens_with_no_marker() -> None:
    text = "一是压实责任，二是强化协作。三是与江苏省、安徽省、福建省签订流域水量调度协议。"
    (question,) = multiples(text)
    assert "三是" not in question.explanation


def test_no_wrong_river_ends_as_no_key_does() -> None:
    text = "对黄河、渭河、泾河、洛河开展生态流量调度监测。"
    found = [q for seed in range(8) for q in multiples(text, seed=seed)]
    assert found
    assert all(option.endswith("河") for q in found for option in q.options)


def test_bodies_named_with_their_level_are_one_list() -> None:
    (question,) = multiples("会同省检察院、省公安厅、省司法厅开展河湖安全保护专项执法行动。")
    assert "下列哪些省级单位" in question.stem  # a procuratorate is no 部门
    assert keys(question) <= {"检察院", "公安厅", "司法厅"}


def test_one_body_of_the_party_among_offices_is_no_key() -> None:
    for seed in range(8):
        for question in multiples("会同省司法厅、省委宣传部组成6个验收组。", seed=seed):
            party = [option for option in question.options if "委" in option]
            assert len(party) != 1 or party[0] not in keys(question)


def test_a_set_known_by_name_is_asked_by_its_name() -> None:
    members = "行政执法公示、执法全过程记录、重大执法决定法制审核"
    (question,) = multiples(f"认真抓好{members}制度执行。")[:1] or multiples(
        f"深入贯彻落实{members}制度。"
    )
    assert "行政执法“三项制度”" in question.stem
    (counted,) = multiples(f"全面推行{members}三项制度。")
    assert counted.stem.endswith("全面推行的三项制度包括下列哪些？")


def test_ways_are_asked_with_what_they_are_for() -> None:
    text = (
        "通过挂图、视频、微信以及发放节水手册等方式，宣传普及节约用水知识。"
        "运用视频监控、遥感、无人机等方式巡查河道岸线。"
    )
    found = [q for q in multiples(text) if "节约用水" in q.stem]
    assert found
    for question in found:
        assert question.stem.endswith("通过下列哪些方式，宣传普及节约用水知识？")
        assert not wrong(question) & {"节水手册"}


def test_ways_of_doing_nothing_said_are_not_asked() -> None:
    text = "通过挂图、视频、微信等方式，《节水条例。运用视频监控、遥感、无人机等方式巡查河道岸线。"
    assert not [q for q in multiples(text) if q.stem.endswith("下列哪些方式？")]


def test_set_phrases_in_marks_make_no_list() -> None:
    assert not multiples("利用“世界水日”“中国水周”发放节水条例单行本。")


def test_what_all_did_is_asked_with_who_they_were() -> None:
    text = "审议重大行政决策事项9项，均履行公众参与、专家论证、风险评估、合法性审查程序。"
    found = [q for q in multiples(text) if "程序" in q.stem]
    assert found
    assert all("审议重大行政决策事项9项，均履行下列哪些程序" in q.stem for q in found)


def test_wrong_bodies_are_of_the_level_of_the_members() -> None:
    for seed in range(12):
        for question in multiples("会同省公安厅、省检察院开展非法采砂专项整治。", seed=seed):
            assert not any(name.startswith(("中级", "市委", "县委")) for name in wrong(question))
            assert not wrong(question) & {"组织部", "宣传部", "政法委"}


def test_the_nearest_open_list_lends_first() -> None:
    text = (
        "通过挂图、横幅、海报等方式宣传节约用水。"
        "通过电话、网络、现场帮扶等方式为企业办理取水许可业务。"
        "运用视频监控、遥感、无人机等方式巡查河道岸线。"
    )
    found = [q for seed in range(6) for q in multiples(text, seed=seed) if "许可" in q.stem]
    assert found
    one, other = {"挂图", "横幅", "海报"}, {"视频监控", "遥感", "无人机"}
    assert all(one <= wrong(q) or other <= wrong(q) or len(wrong(q)) < 3 for q in found)
    assert all(not wrong(q) & one or not wrong(q) & other for q in found)


def test_a_body_that_shares_a_word_with_the_stem_is_not_a_key_by_itself() -> None:
    text = "联合教育厅、司法厅建成水情教育基地。"
    for seed in range(6):
        assert not multiples(text, seed=seed)


def test_wrong_basins_are_great_ones_too() -> None:
    text = "开展黄河、海河、辽河和松花江流域取水口核查登记工作。"
    steppe = report(text, "内蒙古自治区水利厅2023年法治政府建设情况报告")
    mine, asked = {"黄河", "海河", "辽河", "松花江"}, 0
    for seed in range(6):
        for question in generate([steppe], seed=seed).bank.questions:
            if question.kind is Kind.MULTIPLE:
                asked += 1
                assert keys(question) <= mine
                assert wrong(question) <= {"长江", "珠江", "淮河", "太湖"}
                assert len(wrong(question)) >= 2
                assert "下列哪些流域的" in question.stem
    assert asked


def test_long_and_short_names_each_have_a_wrong_one_of_their_length() -> None:
    text = (
        "全省各级水利部门与公安机关建立了线索移送机制，联合开展了打击危险废物环境违法犯罪和"
        "重点排污单位自动监测数据弄虚作假违法犯罪行为专项行动。"
    )
    for seed in range(4):
        (question,) = [q for q in multiples(text, seed=seed) if "违法犯罪行为的" in q.stem]
        assert any(len(option) >= 14 for option in wrong(question))
        assert any(len(option) <= 14 for option in wrong(question))


def test_of_a_longer_list_the_body_that_the_stem_gives_away_is_not_shown() -> None:
    text = "联合教育厅、司法厅、公安厅建成水情教育基地。"
    for seed in range(6):
        asked = [q for q in ask(text, seed=seed) if q.kind in (Kind.MULTIPLE, Kind.BLANK)]
        assert asked
        for question in asked:
            assert "教育厅" not in question.options + question.answers


def test_no_right_basin_is_told_by_its_length() -> None:
    text = "开展黄河、海河、辽河和松花江流域取水口核查登记工作。"
    steppe = report(text, "内蒙古自治区水利厅2023年法治政府建设情况报告")
    for seed in range(6):
        for question in generate([steppe], seed=seed).bank.questions:
            if question.kind is Kind.MULTIPLE:
                assert {*map(len, keys(question))} & {*map(len, wrong(question))}


def test_a_mode_that_alone_begins_or_ends_otherwise_stands_out() -> None:
    assert stands_out("豁免取水许可", ["实行取水备案", "实行取水承诺", "实行取水审批"])
    assert stands_out("备案管理制", ["审批许可", "告知许可", "登记许可"])
    assert not stands_out("豁免取水许可", ["简化取水许可", "强化取水许可", "下放取水许可"])


def test_a_name_without_a_count_stands_beside_no_counted_row() -> None:
    text = "推进水泥企业节水改造3家、造纸企业节水改造5家，探索推进印染行业节水改造。"
    asked = [q for seed in range(6) for q in multiples(text, seed=seed) if "水泥" in q.options]
    assert asked
    for question in asked:
        assert keys(question) == {"水泥", "造纸"}
        assert "印染" not in question.options
        assert "列明" not in question.stem
