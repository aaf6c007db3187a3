"""Turns of phrase that decide what a number means: scope, change, pair, target, run-on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from questions.data import words


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"


_FALLS: Final = "下降 减少 降低 回落 下滑 缩短 压缩 压减 降幅 少".split()  # noqa: SIM905
_RISES: Final = "上升 增长 增加 提高 提升 增幅 多".split()  # noqa: SIM905
_WAY: Final = f"(?P<way>{'|'.join(_FALLS + _RISES)})"
_MONTHS: Final = r"\d{1,2}(?:月份?)? *(?:-|—|–|~|至|到) *\d{1,2}月份?|\d{1,2}月份?"
_SPANS: Final = "上半年|下半年|全年|前三季度|[一二三四]季度"
_WHERE: Final = "(?:[我全本][一-鿿]|[一-鿿]{2,8}[省市县区州盟旗])?"

SCOPE: Final = re.compile(
    r"^(?:(?:在|自|从|当|于|针对|为)?[^,]{2,40}(?:以来|期间|之际)"
    rf"|{_WHERE}(?:在|自|从|当|于|针对)[^,]{{2,40}}(?:中|方面|后|前|时|上|下|起)"
    rf"|(?:与|同|较|比)[^,]{{2,12}}相比|截[至止][^,]{{2,16}}|(?:20\d\d年)?(?:{_MONTHS}|{_SPANS})"
    r"|(?:全[国省市县区州]|上述)?[^,]{2,24}[员户家件人业数额]中"
    r"|20\d\d年?(?:至|到|-|—|–|~)20\d\d年(?:期间)?|(?:20\d\d年)?年?[末底]|20\d\d年[末底]"
    r"|20\d\d年(?:度|以来)?|今年以来|今年|一年来|本年度|“十[三四五]五”期间)$"
)
PERIOD: Final = re.compile(
    rf"^(?:20\d\d年)?(?:第?[一二三四]季度|\d{{1,2}}月底|{_MONTHS}|{_SPANS}|年内|年[末底]前?)"
)
# 新《…》颁布以来 after a noun: the stop before it is missing, the scope begins at 新.
SINCE: Final = re.compile(r"(?<=[一-鿿])新?《[^》]+》[^《》]{0,14}以来$")
CHANGE: Final = re.compile(
    rf"^(?:(?:同比|环比|比|较|相比|与)[^,、]{{0,16}}?)?{_WAY}(?:了|达|达到|幅度达|为)?约?$"
)
COMPARED: Final = re.compile(rf"^(?:同比|环比|(?:比|较|相比|与)[^,、]{{0,16}}?(?=同期|{_WAY}))")
CHANGE_INSIDE: Final = re.compile(
    r"(?:同比|环比|较[^,、]{1,12}|与[^,、]{1,12}相比|比(?:上年|去年|20\d\d年)[^,、]{0,8})(?:平均)?"
    rf"{_WAY}(?:了|达|达到)?$"
)
# Since something happened, which is not when the report's year began.
EVENT: Final = re.compile(
    r"(?:实施|施行|颁布|公布|印发|出台|开展|启动|成立|实行|运行|推行|开业|生效|挂牌|召开|上线|改革)以来"
)
# What a paragraph is headed by on its own line: 安全生产形势:….
LABEL: Final = re.compile("(?:^|(?<=,))[一-鿿]{2,10}(?:形势|情况)[:：]")
AREA: Final = re.compile(r"全[省市区县州盟旗]")
ITEM: Final = re.compile(r"^ *(?:[一二三四五六七八九十]是|\d{1,2}[.、](?!\d)|[①-⑳])")
WHOLE_YEAR: Final = re.compile(r"(?<![^,，])全年|(?<=[厅局委会府院部长任记志])全年")
# Objects that only the clause before explains: what they belong to, and acts without an aim.
# Acts whose object an earlier clause names: 省厅本级审批, 磋商成功.
BARE_ACT: Final = re.compile(
    "^(?:其中|全[省市县区州]|[一-鿿]{0,6}(?:本级|[省市县区]级|[厅局])|完成|累计|共|已)*"
    "(?:审批|审核|办理|受理|办结|整治|磋商成功|滞留|整改)$"
)
RELATIONAL: Final = re.compile(
    r"^(?:分解|细化|延伸|覆盖|扩大|推广|下沉|拓展)(?:到|至|为)|(?:纳入|列入)[一-鿿]{0,2}(?:范围|名单|清单|台账|名录|计划|试点|方案|内容)$"
    r"|全覆盖$|案件线索|问题线索|相关|有关|此类|该类"
)
AIMLESS: Final = re.compile(
    r"(?:开展|实施|进行|推进|组织)(?:了|联合|专项|集中|重点|各类|现场|全面|累计)*"
    r"(?:行动|检查|抽查|整治|执法|活动|排查|督查|督导|调研|工作|复核|治理|试点)$"
)
# What a document or measure holds, told after it: 印发《…》,明确5个方面….
SPELLED: Final = re.compile("(?:并|共)?(?:明确|细化|列出|列明|涵盖|包含|包括|规定)了?(?!责任)")
# What only a count of cases or papers looked through has parts of.
WHOLE: Final = re.compile(
    "立案|清理|审查|梳理|评估|排查|受理|审理|收到|被|办理|复议|诉讼|审结|检查|抽查|抽检|查处|申请|发现|征集|接|聘|编制|现有|共有"
)
PARTED: Final = re.compile("废止|修改|撤销|终止|注销|保留|维持|取消")
# Rates of what an inspection found.
LOOKED: Final = re.compile("^(?:不合格|问题|合格|检出|超标|抽检|抽查)[一-鿿]{0,5}率(?:为|达)?$")
CHANGED: Final = re.compile("(?:下降|上升|增长|减少|增加|提高|提升|降低)(?:了|至|到)?$")
AVERAGE: Final = re.compile("平均|[人户日件单]均")
ALL: Final = re.compile("均(?:达到?|为|超过|保持|实现)?$")
SEVERAL: Final = re.compile("[、和及与]|各|所有|全部|两")
NAMED_PLACE: Final = re.compile("全国|[一-鿿]{2,}(?:省|自治区|市|县|自治州|部|总局|委员会|法院)")
DATED: Final = re.compile(r"20\d\d年|“?十[三四五]五”?|\d{1,2}月\d{1,2}日|共有|现有|实有|以来")
ODD: Final = re.compile("^(?:全年)?则|剩余|加上|由原来[^,]*$")
RANKED: Final = re.compile("排名|排第|位[列居]|名列|第[一二三四五六七八九十\\d]+[名位]")
# What only the words before it make a question: 平均每个社区11.5名, 综合得分92分.
HANGING: Final = re.compile(
    "^(?:平均)?每(?!年|月|季)|^(?:综合|平均)?(?:得分|成绩|总分)|^随之|^(?:前者|后者)"
)
# Who has moved in, which only the place makes plain.
LODGED: Final = re.compile("^(?:累计|现|已|共)*(?:入驻|轮驻|进驻|派驻)(?!率)")
FORMER: Final = re.compile("(?<![一-鿿])(?:前者|后者|随之)")
# Rates of cases, which only the count of those cases makes plain.
CASE_RATE: Final = re.compile(
    "^(?:综合|直接|行政复议)?(?:纠错|调撤|案结事了|调解|化解|结案|撤诉)率(?:为|达|达到|是)?$"
)
# What became of cases told before: handed on, without a word of what they were.
MOVED: Final = re.compile(
    "^(?:移送|移交)(?:司法|公安|检察|纪检监察|监察)(?:机关|部门)?(?:处理|查处)?$"
)
CASES: Final = re.compile("复议|诉讼|应诉|调解|纠纷|案件|信访")
# What several acts told before come to together: 分别召开…,共听取….
JOINT: Final = re.compile(
    "^(?:总共|一共|合计|共)(?![一-鿿]{0,3}$)(?:听取|征求|收集|征集|收到|提出|形成|梳理|排查)"
)
# A value within which something was to stay, set by others.
KEPT: Final = re.compile("控制在[^,]{0,10}$")
# The second half of a from–to pair whose first half stands in the clause before.
TO_ONLY: Final = re.compile("^(?:精简|压缩|压减|缩短|减少|降低|调整|优化|合并|减)(?:为|至|到)")
# A clause that says how seriously something is taken, and nothing of what was done.
FORMULA: Final = re.compile(
    "(?:履行|担负|落实|压实|扛牢|扛起)[^,]{0,16}(?:职责|责任)$|坚持|亲自|高度重视|带头(?:学法|述法)"
)
# What sums up a year and hangs on no clause before it.
SUMMED: Final = re.compile("^(?:全年|累计|年内|截[至止])")
# An act that the following clauses tell the results of.
ACT: Final = re.compile(
    r"^(?:[^,]*?(?:开展|组织|实施|举办|进行|推进|部署)|对[^,]*)[^,]{0,60}?"
    r"(?:行动|检查|督察|督查|评查|整治|排查|抽查|清理|评估|执法|巡查|清查|普查|抽检|大赛|竞赛|比赛|测评|执法监管|(?:行动|专项|攻势|整治)[^,”]{0,8}”)$"
)
# Acts whose results other clauses tell, wherever they stand in their clause.
LOOKS: Final = re.compile(
    "立案|减轻|免予|免除|从轻|不予|下达|作出|做出|办结|审结|检查|抽查|"
    "巡查|排查|走访|审计|核查|召开|主持|督察|督查|评查|清理|监测|抽检|"
    "受理|审核|审查|查处|开展|组织|举办|推行|实施|整治|办理"
)
FINDS: Final = re.compile(
    "^(?:举行|开展|组织|举办|召开|承办|印发|制定|出台|修订|完成|建成|推进|实施)"
)
# What became of something counted before: 办结, 不合格, 实际出庭.
DERIVED: Final = re.compile(
    "^(?:其?中?)(?:现|已|均|全部|按时|按期|如期|仍|一审|二审|终审|实际|及时)*"
    "(?:不?合格[一-鿿]{0,4}|未?办?审?结案?|查实|属实|成功|采纳|整改(?:完成|到位)?|完成整[改治]|完成|落实|未结|撤回"
    "|(?:宣布)?(?:继续有效|有效|失效|废止|修改|保留|维持|撤销|驳回|终止)|(?:发现|反馈|督促|查找|交办)(?:并?整改)?(?:问题|隐患|违法|线索)?(?:行为|线索)?(?:到位)?|检出不合格[一-鿿]{0,4}"
    "|受理|出庭|胜诉|败诉|通过|立案|不予受理|(?:予以|部分|不予)公开|无法提供|不予处理|其他处理|反馈|回复|答复|结转(?:下年度?|至?下一?年度?)?|实有|在岗|新办证|注销|警告|化解|调解成功|销号|入库|处理|核查|查处)$"
)
# What an act brought about: it is of the clause before, whatever that counts.
FOLLOWS: Final = re.compile(
    "^(?:共|累计|直接|间接|已|可|预计|帮助|为[^,]{2,12}?)*(?:惠及|涉及|受益|覆盖|受众|接待|追回|追讨|参演|参训|参会|带动|挽回|现场(?:调解|受理|解答|接受|办理)|节约|节省|死亡|受伤|失踪|占用|回收问卷|受教育)"
)
CAMPAIGN: Final = re.compile(
    "^(?:[^,]{0,20})?(?:开展|举办|组织|承办|举行)[^,]{4,40}(?:活动|大赛|竞赛|比赛|考试|论坛|演练)$"
)
STOCK: Final = re.compile(
    "^(?:现行有效|总量|总数|存量|保有量|拥有量|总人数|余额)(?:达到|达|为|已达)?$"
)
LACK: Final = re.compile("(?:仅|只(?!要|有)|尚|仍)[一-鿿]{0,10}$")
NOWHERE: Final = re.compile("全[省市区县州](?!域)|辖区|(?<![一-鿿])[省市区县][局厅委]")
LED: Final = re.compile("(?:领导|指导|关心|支持|帮助|部署|统筹)下$")
FROM: Final = re.compile(r"(?:由|从)[^,、]{0,10}$")
FROM_VALUE: Final = re.compile(r"(?:由|从)[^,、]{0,12}\d.*$")
TO: Final = re.compile(r"(?:到|至|为)$")
LIST_HEAD: Final = re.compile(r"(《[^》]*》)(?:[、和及与]?《[^》]*》)+(?=等$)")

_SUMMING: Final = re.compile(
    "(?<!公)(?:总共|一共|共计|合计|累计|先后|共)"
    f"(?={'|'.join(word for word in words('verbs').split() if len(word) > 1)})"
)
_NAME: Final = re.compile(r"《[^》]*》|“[^”]*”")
_REACHING: Final = re.compile(
    "(?:均|已|约)*(?:达到|达|(?<![行作认])为|(?<![拥没])有|(?<!公)共|至|(?<![收签报遇接测])到)?$"
)
_HAVING: Final = re.compile(r"(?:共|现|已|累计|总共|先后|合计)*有?$")
_BRACKET: Final = re.compile(r"^\([^)]*\)")
_CUT: Final = re.compile(r"^ *(?:并(?!购)|\.|\(|以?及时?并|,|;|$)")
_SHARED_OUT: Final = re.compile(
    r"分别|各$|各(?=配备|配置|发放|安排|派|设|建|有|占|达)|依次|^每|、每"
)
_TARGET: Final = re.compile(
    "|".join(map(re.escape, words("targets").split()))
    + r"|拟(?=[一-鿿]{0,6}$)|到20\d\d年|20\d\d年底前"
)
_YEAR_BEFORE: Final = re.compile("(?:去年|上年|上一年)同期")
_NOT_AFTER: Final = "".join(
    f"(?<!{word})"
    for word in "进一步 不断 持续 积极 研究 组织 推动 联合 认真 会同 配合 督促 指导".split()  # noqa: SIM905
)
_RUN_ON: Final = re.compile(
    rf"(?<=[一-鿿]{{8}})(?<![和并、及与以来于要为再新各已可应的地得所共]){_NOT_AFTER}"
    r"(?:印发(?:实施)?《|做好(?=[一-鿿]{4})"
    r"|加强(?=[一-鿿]{4}[^,]*(?:工作|培训|教育|管理|监管|建设)$))"
)


def is_cut(after: str) -> bool:
    """Whether the words after a number no longer belong to what it counts."""
    return bool(_CUT.match(after))


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def without_figure(text: str, start: int, end: int) -> str:
    """`text` without the figure at `[start:end)`: what it counted still stands."""
    if text.startswith("中", end) and not text[end + 1 :].strip():
        return text  # 纳入清理范围的76件中: what the next ones are of
    before = text[:start]
    if not _NAME.search(before):
        before = _SUMMING.sub("", before)
    after = _BRACKET.sub("", text[end:])
    if after.strip():
        return _HAVING.sub("", before) + after.lstrip("的")
    return _REACHING.sub("", before)


def compared(between: Sequence[str], text: str) -> str:
    """The comparison an earlier change lends to one without its own: 较上年减少…,下降…."""
    if COMPARED.match(text):
        return ""
    said = [found.group() for earlier in between if (found := COMPARED.match(earlier))]
    return said[-1] if said else ""


def direction(change: re.Match[str] | None) -> Direction | None:
    """The way of a matched change."""
    if change is None:
        return None
    return Direction.DOWN if change["way"] in _FALLS else Direction.UP


def is_shared_out(text: str) -> bool:
    """Whether 分别 or 各 spread numbers over a list, so that none has one bearer."""
    return bool(_SHARED_OUT.search(text))


def is_target(text: str) -> bool:
    """Whether a number is planned or demanded and no result."""
    return bool(_TARGET.search(text))


def is_year_before(text: str) -> bool:
    """Whether a clause gives the figure of the year before."""
    return bool(_YEAR_BEFORE.match(text))


def runs_on(text: str) -> bool:
    """Whether a verb stands mid-clause as only after a missing stop."""
    return bool(_RUN_ON.search(text))


def opens_with_period(text: str) -> str:
    """The period a clause opens with (1-11月, 全年, 上半年), or ''."""
    found = PERIOD.match(text)
    return found.group() if found else ""
