"""How clauses of official Chinese open: subject, adverbs, verb; and which words say little."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

import rjieba

from questions.data import words

VERBS: Final = frozenset(word for word in words("verbs").split() if len(word) > 1)
ADVERBS: Final = frozenset(words("adverbs").split())
PREPOSITIONS: Final = tuple(sorted(words("prepositions").split(), key=len, reverse=True))
DESK: Final = tuple(words("desk").split())  # what an agency itself does at its desk
OFFICE: Final = re.compile("|".join(words("office").split()))
STAFF: Final = re.compile("|".join(words("staff").split()))
OUTCOMES: Final = tuple(words("outcomes").split())  # what comes about in its whole area
LIGHT: Final = frozenset(
    {"开展", "实施", "推进", "完成", "组织", "办理", "查处", "移送", "出台", "印发"}
)

_GENERAL: Final = re.compile("|".join(sorted(words("general").split(), key=len, reverse=True)))
_PUBLICITY: Final = re.compile("|".join(map(re.escape, words("publicity").split())))
_TRIFLE: Final = re.compile("|".join(map(re.escape, words("trifles").split())))
_MARKERS: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|[(][一二三四五六七八九十]{1,2}[)]|\d{1,2} *[.、](?!\d) *"
    r"|[①-⑳]|首先|其次|再次"
    r"|最后|同时|此外|另外|其中|并且|而且|以及(?!时)|并(?!购|联|轨|网)|且)[,:]?"
)
_SUBJECT: Final = re.compile(
    r"(?:全(?:省|市|区|县|州|国|盟|旗|厅|局|系统)(?:各级|[一-鿿]{0,8}(?:系统|部门|机关|队伍|干部|单位|企业))?|各[一-鿿、]{1,14}|[我本][省市区县州盟旗厅局委][一-鿿]{0,8}"
    r"|[一-鿿、]{1,14}(?:省|市|区|县|州|盟|旗|厅|局|委|部|院|队|办|处|所|机关|部门|系统|单位|企业|本级|机构|中心"
    r"|公司|政府|干部|人员|党组|党委|委员会|两级|三级|公证处|媒体|律师|负责人|负责同志|法院|检察院|组织))$"
)
_COUNTED: Final = re.compile(
    r"(?:率|金额|人数|次数|户数|件数|面积|比例|比重|占比|总数|数量|浓度|规模|总量|总额|余额|产值|收入|指数|费用|得分"
    r"|满意度|分值|权重|罚金|罚款|价值|产量|里程|长度|时限|期限|时间|总数|存量|库容|水量|用水量|(?:播放|阅读|点击|浏览|访问|转发)量|数)(?:已|均|平均|合计|共计|总计|累计|共)?(?:约)?$"
)
_COPULA: Final = re.compile(
    r"(?:达到|达|为|是|至|到|约|超过|超|占|下降|上升|增长|增加|减少|提高|提升|降低|缩短|压缩|减至|增至|升至|降至|近|逾|不足|保持|保持在|稳定在|维持在|控制在)了?$"
)
_NO_SUBJECT: Final = re.compile(
    r"[非不未]$|线上|线下|跨|[在对为将把]|通过|^(?:委托|邀请|聘请|授权|责成|指定|选派|选送|抽调|到|赴|就|加上|随之)|^(?:全年|上半年|下半年|\d|[一二三四五]年)|[、]$"
)
_PERIOD: Final = re.compile(r"(?:20\d\d年(?:度)?|今年以来|今年|本年度|全年|一年来|年内)[,]?")
_REACHES: Final = frozenset({"达到", "占", "涉及", "惠及"})
_NOT_VERB: Final = re.compile(
    r"系统|机构|部门|单位|厅|局|人员|窗口|平台|中心|网站|决定(?!书)|队伍|基地|场所|企业|对象|率|室|站|员|费|款(?!项)|金额|人数|次数|时限|面积|总量|类"
)
_ON_FIRMS: Final = re.compile(
    "(?:检查|走访|约谈|巡查|排查|抽查|帮扶|惠及|关停|整治|核查)(?:企业|单位|场所|门店|站点)|(?:主持)?召开[厅局委部]"
)
_DIGIT: Final = re.compile(r"\d")
_RATES: Final = re.compile("^(?:[一-鿿]{1,8}率[、和])+")
_TRAILING: Final = re.compile("(?:先后|多次|连续|累计|共)+$")
# A body by its full name, so that whatever follows is its doing.
_NAMED_BODY: Final = re.compile(
    "[省市区县州]?[一-鿿]{2,12}?(?:大队|支队|总队|执法局|管理局|委员会|法院|检察院|监管所|服务中心)(?![一-鿿]?[长员])"
)
_PARTY: Final = re.compile(
    r"^[一-鿿]{0,16}?(?:党组|党委|党工委|领导班子)(?:会议|理论学习中心组|成员)?"
    r"(?=先后|多次|共|\d|专题|带头|定期|严格|认真|坚持|主持|召开|听取|研究|审议|组织|开展)"
)
# Whoever holds an office does what the clauses after him tell, not the body he heads.
_HOLDER: Final = re.compile(
    r"(?:[一-鿿]{0,10}?(?:书记|[厅局县市区省州镇乡院所]长|主任|主要负责人|主要负责同志|主要领导))"
    r"(?:、[一-鿿]{0,6}?(?:书记|[厅局县市区省州镇乡院所]长|主任))*"
    r"(?=带头|带队|切实|认真|严格|坚持|履行|担负|主持|亲自|先后|多次|定期|牵头|高度|专题)"
)
_NAME: Final = re.compile(r"[A-Za-z]+[0-9.]*")
_HAN: Final = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class Opening:
    """The start of a clause: `subject` (may be empty), `verb`, and where the object begins."""

    subject: str
    verb: str
    object_at: int


def verb_at(text: str, place: int) -> str:
    """The longest table verb standing at `place`, or ''."""
    for length in (5, 4, 3, 2):
        word, after = text[place : place + length], place + length
        if word in VERBS and (_ON_FIRMS.match(text, place) or not _NOT_VERB.match(text, after)):
            return word
    return ""


def skip_adverbs(text: str, place: int) -> int:
    """The place after any adverbs at `place`."""
    while True:
        for length in (5, 4, 3, 2, 1):
            if text[place : place + length] in ADVERBS and not verb_at(text, place):
                place += length
                break
        else:
            return place


@functools.lru_cache(maxsize=4096)
def opening(text: str) -> Opening:
    """Subject and verb of a clause; both empty where it opens with a bare noun."""
    period = _PERIOD.match(text)
    first = period.end() if period else 0
    start = skip_adverbs(text, first)
    verb = _chain(text, start)
    if verb:
        return Opening("", verb, start + len(verb))
    holder = _HOLDER.match(text, first)
    if holder and not opens_with_preposition(holder.group()):
        after = skip_adverbs(text, holder.end())
        verb = _chain(text, after)
        return Opening(holder.group(), verb, after + len(verb))
    for place in range(first + 2, min(len(text), first + 22)):
        after = skip_adverbs(text, place)
        verb = _chain(text, after)
        if text.startswith("系统", place) and text[first] in "全各":
            continue  # 全市某某系统共…: no adverb
        if verb and verb not in _REACHES and (after > place or _SUBJECT.match(text[first:place])):
            subject = text[first:place]
            aside = opens_with_preposition(subject) or text.startswith(PREPOSITIONS, start)
            aside = aside or text.startswith("均", first)  # 均报市政府备案
            if not aside and not _NO_SUBJECT.search(subject):
                subject = _TRAILING.sub("", _DIGIT.split(subject)[0])
                whole = subject.count("“") == subject.count("”")  # no “6· of “6·25”土地日
                return Opening(subject if whole else "", verb, after + len(verb))
    body = _NAMED_BODY.match(text, first)
    if body and not opens_with_preposition(body.group()):
        after = skip_adverbs(text, body.end())
        if after > body.end() or tagged_verb(text[after : after + 8]):
            return Opening(body.group(), "", after)
    party = _PARTY.match(text, first)
    if party:
        return Opening(party.group(), "", skip_adverbs(text, party.end()))
    return Opening("", "", start)


def _chain(text: str, place: int) -> str:
    verb = verb_at(text, place)
    if not verb:
        return ""
    more = verb_at(text, place + len(verb))
    if more:
        follows = text[place + len(verb + more) :][:1]
        if verb in LIGHT or more in LIGHT or follows in ("了", "《"):
            verb += more
    if text[place + len(verb) : place + len(verb) + 1] in ("了", "过"):
        verb += text[place + len(verb)]
    return verb


def opens_with_preposition(text: str) -> bool:
    """Whether a clause opens with 对, 将, 会同 … and so has no subject of its own."""
    return text.startswith(PREPOSITIONS)


def is_verbal(text: str) -> bool:
    """Whether a clause opens with a verb or preposition: its subject is the agency."""
    if text.startswith(PREPOSITIONS):
        return True
    start = skip_adverbs(text, 0)
    if start == len(text):
        return False
    if verb_at(text, start):
        return True
    return text[start:].startswith(PREPOSITIONS) or bool(tagged_verb(text[start : start + 8]))


@functools.lru_cache(maxsize=4096)
def tagged_verb(text: str) -> str:
    """The verb that text opens with, as the word segmenter tags it, or ''."""
    tagged = rjieba.tag(text)
    is_verb = bool(tagged) and len(tagged[0][0]) > 1 and tagged[0][1] == "v"
    return tagged[0][0] if is_verb and not text.startswith("决定", len(tagged[0][0])) else ""


def strip_markers(text: str) -> str:
    """A clause without 一是, 同时, 并 … at its head."""
    while True:
        shorter = _MARKERS.sub("", text, count=1)
        if shorter == text:
            return text
        text = shorter


def names_a_measure(text: str) -> bool:
    """Whether text ends in a noun of measure (处罚金额, 优良天数比例) that a number completes."""
    return bool(_COUNTED.search(text))


def is_noun(text: str) -> bool:
    """Whether what seems to open with a verb is but a noun: 办理时限, 外出务工人员比例达."""
    bare = _COPULA.sub("", text)
    if not names_a_measure(bare):
        return False
    start = opening(bare)
    return not start.verb or len(bare) - start.object_at <= 3


def ends_in_copula(text: str) -> bool:
    """Whether text ends in 达, 为, 下降 … so that a number follows without 为."""
    return bool(_COPULA.search(text))


def is_bare_measure(text: str) -> bool:
    """Whether a clause is but a noun of measure with its copula: 合格率, 办理时限缩短."""
    bare = _RATES.sub("", _COPULA.sub("", text))
    return len(bare) <= 10 and names_a_measure(bare) and weight(_COUNTED.sub("", bare)) < 4


def weight(text: str) -> int:
    """How many Han characters of `text` say what is counted, general words left out."""
    rest = _GENERAL.sub("", text)
    return len(_HAN.findall(rest)) + 2 * len(_NAME.findall(rest))


def is_publicity(text: str) -> bool:
    """Whether a count tells of publicity, which few need to know."""
    return bool(_PUBLICITY.search(text))


def is_trifle(text: str) -> bool:
    """Whether a count tells of awards or clicks, which nobody needs to know."""
    return bool(_TRIFLE.search(text))
