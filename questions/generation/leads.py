"""How a question on several figures opens: when, who, and what all of them are of."""

from __future__ import annotations

import itertools
import re
from typing import Final

from questions.facts import lexicon, setting
from questions.facts.figures import FigureFact
from questions.facts.tallies import TallyFact
from questions.generation import wording
from questions.generation.book import Source

LEAD: Final = 26  # characters of a clause that may open the stem
POINT: Final = 28  # characters in which a short sentence before must stand
SUBJECT: Final = 6  # characters of a subject that all claims share at least
_BODIES: Final = ("部门", "单位", "机关", "机构", "中心", "委员会", "法院", "检察院", "支队")
_NO_TOPIC: Final = re.compile(
    r"[和及与、]$|^(?:20\d\d年度?|主要|重点|总体|基本|工作|法治政府建设|年度|推进|开展|的|做法|举措"
    r"|措施|成效|进展|概况)*$"
)
_FIELD: Final = re.compile(
    "^[一-鿿]{0,6}?(?:加强|强化|推进|深化|加大|严格|规范|健全|完善|优化|聚焦|提升|提高|打好|做好|落实|推动|构建|防范|化解"
    "|保障|服务|打造|巩固|严把|严守|严查|压实|抓|实行|推行|履行)"
)
_COMMA: Final = re.compile("[,，;；:：]")
_POINT: Final = re.compile(r"(?:^|[。\s])[一二三四五六七八九十]是([^,，:：。]{2,16})。\s*$")


def of(fact: TallyFact, shared: str, source: Source) -> str:
    """What opens the stem, `shared` being what all claims open with; '' where nobody speaks."""
    if shared.endswith("，"):
        return f"{speaker(source)}{shared.rstrip('，')}"
    lead = _of(fact, source)
    return f"{lead}，{shared}的" if shared and lead else lead


def _of(fact: TallyFact, source: Source) -> str:
    year, who = source.setting.period(), source.setting.issuer or source.setting.place
    when = speaker(source)
    if not when:
        return ""
    figures = fact.figures
    said = {figure.sentence: figure for figure in reversed(figures)}
    openings = list(
        dict.fromkeys(
            _opening(text) or _point(said[text], source)
            for text in dict.fromkeys(figure.sentence for figure in figures)
        )
    )
    if all(openings) and len(openings) == 1 and openings[0][0] != "抓":
        return wording.full_width(f"{when}{openings[0]}")
    if all(openings) and len(openings) <= 2:
        return wording.full_width(f"{when}在{'、'.join(openings)}方面")
    sections = list(dict.fromkeys(figure.section for figure in figures))
    if len(sections) > 1:
        return _across(fact, sections, when) or f"关于{who}{year}的工作"
    topic = _topic(sections[0])
    named = [text for text in openings if text][:2]
    parts = f"（{'、'.join(named)}等）" if named else ""
    if not topic:
        return f"关于{who}{year}的工作"
    return wording.full_width(f"{when}在{topic}{parts}方面")


def speaker(source: Source) -> str:
    """The period and the speaker; '' where nobody speaks."""
    year, who = source.setting.period(), source.setting.issuer or source.setting.place
    return f"{year}，{who}" if year and who else who or ""


def _topic(section: tuple[str, ...]) -> str:
    """A heading's topic; '' where it says no more than that there was work (主要做法和成效)."""
    if not section:
        return ""
    topic = setting.topic((*section[:-1], _COMMA.split(section[-1])[0]))
    return "" if _NO_TOPIC.search(topic) else topic


def _across(fact: TallyFact, sections: list[tuple[str, ...]], when: str) -> str:
    """The same for figures of two sections, or of more under one heading."""
    topics = [_topic(section) for section in sections]
    if len(sections) == 2 and all(topics):
        return wording.full_width(f"{when}在{'、'.join(topics)}方面")
    topic = _topic(fact.section)
    return wording.full_width(f"{when}在{topic}方面") if topic else ""


def shared(texts: list[str]) -> str:
    """What all claims open with, a clause or who acts, if each says enough without it."""
    columns = zip(*texts, strict=False)
    same = itertools.takewhile(lambda letters: len(set(letters)) == 1, columns)
    prefix = "".join(letters[0] for letters in same)
    clause = prefix[: prefix.rfind("，") + 1]
    if clause:
        return clause
    subject = len(prefix) >= SUBJECT and prefix.endswith(_BODIES)
    rest = [text.removeprefix(prefix) for text in texts]
    return prefix if subject and all(len(text) >= 5 for text in rest) else ""


def _opening(sentence: str) -> str:
    """The clause a sentence opens with, if it names a field of work and no figure."""
    clause = lexicon.strip_markers(re.split("[,:]", sentence)[0])
    plain = not any(c.isdigit() or c in "《“" for c in clause) and 6 <= len(clause) <= LEAD
    fits = plain and _FIELD.search(clause) and not lexicon.opens_with_preposition(clause)
    return clause if fits and setting.find_dangling(clause) is None else ""


def _point(figure: FigureFact, source: Source) -> str:
    """The short sentence before a figure's own, where it is a heading: 二是抓整治。"""
    text = source.document.plain
    opening = figure.sentence[:POINT]
    begin = text.find(opening, max(0, figure.at - len(figure.sentence)), figure.at + POINT)
    begin = begin if begin >= 0 else figure.start
    found = _POINT.search(text[max(0, begin - POINT) : begin])
    return found[1] if found else ""
