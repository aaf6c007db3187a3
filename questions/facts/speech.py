"""Who speaks, and when, in front of words that do not say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from questions.facts import lexicon, phrases, quantities
from questions.facts.setting import Setting

_ANOTHER_PLACE: Final = re.compile(
    "(?:[省县州盟旗]|国(?!家)|(?<!城)市(?![场民政容])|(?<![社园小景片库灌学山矿林牧城郊街校厂地])区)(?![级控考直库有])"
)
_LEVELS: Final = re.compile("[省市县区州旗乡镇村、(),]{2,9}(?:[两三四]级|分局|部门|机关)")
_SINCE_EVER: Final = re.compile("累计|历年|至今|(?:共|现|实|拥)有|在用|(?<![理解改置查除消])存量")
_COMPARED: Final = re.compile("[较比](?:上年|去年|上一年)|同比")
_SEASON: Final = re.compile("年末|年底|月末|汛期|春季|夏季|秋季|冬季|期间|年内")
# What a body above found or handed over: 交通运输部执法督察反馈的11个问题.
_OTHERS: Final = re.compile(
    "[一-鿿]{2,10}?(?:部|总局|委员会|督察组)[一-鿿]{0,6}(?:反馈|交办|督察|通报|移交|转办|移送)"
)
_ACTS: Final = re.compile(
    "[到赴](?=[一-鿿]{2,}[省市县区州镇乡村、])|就(?=[《“])|就(?=[^,]{2,20}(?:作出|提出|反馈|开展))|委托|邀请"
    "|[^,]{2,24}(?:清理|整治|检查|行动|督查)中(?=废止|修改|发现|查处|失效)"
)
# Who acts on his own account, whoever reports it.
_THEIRS: Final = re.compile(
    "[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新]{2,8}[两三四五六七八九]地|"
    "(?:行政)?复议机[关构]|(?:各级|中级|基层)?(?:人民)?(?:法院|检察院)"
)
_OWN_STAFF: Final = re.compile(
    "(?:全体|在职|机关)?(?:干部|执法人员|工作人员)(?=参加|参学|参训|通过|持)"
)
# Who is many, or anybody, and never the body that reports.
_MANY: Final = re.compile(
    "(?:部门|企业|单位|行业|社会|公众|群众|市民|居民|村民|农户|家长|学生|当事人|用户|纳税人|个人|经营者|网民)"
    "(?=[一-鿿]{2})"
)
# What stands on somebody's list, which that list is no act of: 纳入监管平台的147条河涌.
_UNTIL: Final = re.compile(r"^截[至止](?=\d{1,2}月)")
_ENTERED: Final = re.compile("(?:纳入|列入|入选)[^,]{2,20}的$")
_WITHIN: Final = ("党组", "机关党委", "领导班子", "理论学习中心组", "中心组")
_TOGETHER: Final = ("会同", "联合", "与", "同", "配合")


def said(scene: Setting, body: str, scopes: Sequence[str], area: str) -> str:
    """`body` with its period, scopes and speaker; `area` is the paragraph's last whole area."""
    body = scene.resolve(body)
    where = [scene.resolve(scope) for scope in scopes]
    is_year = "全年" in [*where, *phrases.WHOLE_YEAR.findall(body)]
    if scene.year is not None:
        body, where = _whole_year(body, where)
    if scene.year is not None:
        where = [_UNTIL.sub(rf"\g<0>{scene.year}年", scope) for scope in where]
    dated = any("以来" in scope or "截至" in scope for scope in where)
    yearly = is_year or _SEASON.search(body) or _COMPARED.search(body)
    ever = not where and not yearly and _SINCE_EVER.search(body)
    period = "" if dated or ever else scene.period(*where, body)
    named = (scene.issuer, scene.place, "全国")
    if not any(name and name in scope for scope in where for name in named):
        body = _with_speaker(scene, body, area)
    if where and phrases.opens_with_period(where[0]):
        where[0] = period + where[0]
    elif period and body.startswith(("年末", "年底")):
        body = period + body
    elif period:
        where.insert(0, period)
    return ",".join([*where, body])


def _whole_year(body: str, where: list[str]) -> tuple[str, list[str]]:
    """Without 全年, which the year before it says already."""
    return phrases.WHOLE_YEAR.sub("", body), [scope for scope in where if scope != "全年"]


def _with_speaker(scene: Setting, body: str, area: str) -> str:
    lead, body = _heading(body)
    speaker = _speaker(scene, body, area)
    if scene.issuer:
        own = f"{scene.issuer[-1]}本级"  # 某厅梳理厅本级事项, 某厅本级现有…
        if speaker == scene.issuer:
            told = body.replace(f"{scene.issuer}本级", own)
            body = told if told != body else body.replace(own, "本级")
    if scene.place and speaker == scene.issuer and body.startswith(scene.place):
        speaker = ""  # 某市市长热线: the city's and not the bureau's
    near = f"{scene.short}全{scene.level}"
    if speaker and near in body:
        body = body.replace(near, near[-2:])
    if speaker == scene.place and scene.level and body.startswith(f"{scene.level}级"):
        speaker = speaker.removesuffix(scene.level)  # 贵州省级, not 贵州省省级
    if speaker == scene.place and len(scene.level) > 1:
        body = body.removeprefix(scene.level)  # 柳荫街道辖区, not 柳荫街道街道辖区
    return lead + speaker + body


def _heading(body: str) -> tuple[str, str]:
    """The words 在…方面 or “十四五”期间, apart from the rest."""
    found = re.match(r"在.{4,40}?方面,|20\d\d年[度末底]?,?|“?十[三四五]五”?(?:期间|以来),?", body)
    return (found.group(), body[found.end() :]) if found else ("", body)


def _speaker(scene: Setting, body: str, area: str) -> str:
    if scene.issuer and body.startswith(scene.issuer):
        return ""
    if _THEIRS.match(body) or body.startswith("《"):
        return ""
    if _OWN_STAFF.match(body) and scene.issuer:
        return scene.issuer
    if _OTHERS.match(body) and not lexicon.is_verbal(body):
        return ""
    if body.startswith(_WITHIN) and scene.issuer:
        return scene.issuer
    if (_MANY.match(body) or _ENTERED.match(body)) and scene.area:
        return scene.area
    if _ACTS.match(body) or (lexicon.is_verbal(body) and not _LEVELS.match(body)):
        first = re.split("[,、]", body)[0]
        number = next(quantities.scan(first), None)
        noun = lexicon.is_noun(first[: number.start] if number else first)
        if not noun or lexicon.opens_with_preposition(body):
            return _agent(scene, body, area)
    if (body.startswith("各") or body[:1].isdigit() or _LEVELS.match(body)) and scene.area:
        return scene.area
    rate = lexicon.names_a_measure(body) or lexicon.ends_in_copula(body)
    bare = not _ANOTHER_PLACE.search(body[:12]) and not lexicon.opens_with_preposition(body)
    if not (rate or bare) or "全国" in body:
        return ""
    if _is_own(scene, body):
        return scene.resolve(area) if area else scene.issuer or ""
    if scene.place:
        return "" if scene.short in body else scene.place
    if scene.area:
        return "" if scene.area in body else scene.area
    if not scene.issuer or scene.issuer in body or lexicon.opening(body).subject:
        return ""
    return scene.issuer


def _is_own(scene: Setting, body: str) -> bool:
    """Whether a count is of the agency's own work or staff and not of its area."""
    issuer = scene.issuer or ""
    if not issuer or issuer.endswith("政府") or issuer in body or "全" + scene.level in body:
        return False
    if "行政机关" in body and "司法" in issuer:
        return False  # of all the agencies it looks after
    subject = lexicon.opening(body).subject
    if lexicon.STAFF.match(body):
        return True
    return bool((lexicon.STAFF if subject else lexicon.OFFICE).search(subject or body))


def _agent(scene: Setting, body: str, area: str) -> str:
    """Who did what a clause without a subject tells of."""
    if re.match("以[^,]{2,24}为被", body):
        return ""
    verb = lexicon.opening(body).verb
    desk = any(verb.startswith(word) for word in lexicon.DESK) or body.startswith(_TOGETHER)
    if not desk and area:
        return scene.resolve(area)
    outcome = any(verb.startswith(word) for word in lexicon.OUTCOMES)
    if scene.place and outcome and not desk and not _is_own(scene, body):
        return scene.place
    return scene.issuer or (scene.resolve(area) if area else scene.place)
