"""Who, where and when a document speaks: 我厅, 全区, 今年 become names that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from questions.data import words
from questions.documents import Document, Place
from questions.facts import lexicon

_NAMES: Final = re.compile(r"《[^》]*》|“[^”]*”")
_YEAR: Final = re.compile(r"20\d\d年|“?十[三四五]五”?|[一二三四五]年(?:来|间)")
_OTHER: Final = re.compile(r"《[^》]*》|“[^”]*”|(?:较|比|与|由|从)20\d\d年")
_NUMBERING: Final = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章部分]+|[(]?[一二三四五六七八九十\d]+[)]?[、.]?)+ *"
    r"|方面$|情况$"
)
_PRAISE: Final = re.compile(
    r"(?:工作)?(?:成效|取得)?(?:深入|广泛|扎实|稳步|持续|全面|不断|有序|有效|更加|日益|明显|显著|进一步|卓有成效|逐步)*"
    r"(?:推进|开展|有力|有序|有效|平稳|稳定|明显|显著|提升|加强|强化|优化|完善|规范|落实|增强|健全|巩固|改善|新成效|向好|加快|提高)*$"
)
_VAGUE: Final = re.compile("工作情况|[,，;；]|[和与及、]$|^(?:主要|基本|总体)|更[一-鿿]{1,3}$")
_BODY: Final = re.compile("厅|局|委|部|办|署|中心|总队|支队|院")
_OFFICES: Final = (
    "(?:人民)?政府|委(?!员)|人大|安委[会办]|指挥部|领导小组"
    "|(?!级|内|外|直|属)[一-鿿]{2,14}?(?:局|委|办|院|厅|中心|机构|总队|支队|大队)"
)
_OWN_OFFICE: Final = (
    "[一-鿿]{2,8}?(?:机构|总队|支队|大队|中心|处室|办公室|科室|党委|法律顾问|公职律师|法律顾问团)"
)
_ALIAS: Final = re.compile(
    r"([一-鿿]{2,8}[省市区县州][一-鿿]{2,16}?(?:厅|局|委员会|总队|支队|中心|院))"
    r"\(以下(?:简)?称:?[“\"]([一-鿿]{2,6})[”\"]\)"
)
_PLACE: Final = re.compile("^(?P<short>[一-鿿]{2,5}?)(?P<level>[省市县区州])(?=[一-鿿])")
_NATIONAL: Final = re.compile(
    "^(?:国家|国务院|最高人民|中华人民共和国)|(?<![一-鿿]党)部$|总[局署]$"
)
_UNNAMED: Final = re.compile("[省市县区州旗](?![场容政委域块直级])")
_MARKET: Final = re.compile("^(?P<short>[一-鿿]{2,3})(?P<level>省)(?=市[场容政])")
_ALIASES: Final = tuple(
    (f"《{short}》", f"《{full}》") for short, full in words("aliases").items()
)
_THIS_YEAR: Final = re.compile("(?<!截至)(?:今年|本年度)(?!以来)")
_THAT_YEAR: Final = re.compile("(?<![应])当年(?=[一-鿿])")
_NOW: Final = re.compile("截至目前|截止目前|(?<!截至)(?<!截止)目前")
_DANGLING: Final = re.compile(
    r"(?<![一-鿿])分局|(?:[我本]|(?<![一-鿿])全)(?:街道|[镇乡街])|我[厅区局市省县州盟旗委办部院队]|本[厅局市省县区州委办部院队]|今年|当年|本年度|去年|该[一-鿿]|上述|前述|前款"
    r"|此[类项次案]|这[些一类项]|[一二三四五六七八九]是|其(?![他中余次实])|如下|下列|以下[一-鿿]|他们|她|目前|近年来|近日|日前|前者|后者"
)


SHORTEST_BODY: Final = 3  # characters of a body's name without its place


@dataclass(frozen=True, slots=True)
class Setting:
    """The document's speaker, place and year, ready to be written into a stem."""

    issuer: str | None
    short: str  # 内蒙古, 杭州; '' where unknown
    place: str
    level: str
    around: tuple[tuple[str, str], ...]
    year: int | None
    aliases: tuple[tuple[str, str], ...] = ()  # what the document calls bodies for short

    @property
    def area(self) -> str:
        """Where the speaker governs: a place, 全国, or 全县 if no more is told (县农业农村局)."""
        if self.place:
            return self.place
        if _NATIONAL.search(self.issuer or ""):
            return "全国"
        told = _UNNAMED.match(self.issuer or "")
        return f"全{told.group()}" if told else ""

    def resolve(self, text: str) -> str:
        """`text` with every word resolved that only the document's own pages explain.

        Names in 《》 and “” stay as they are.
        """
        done, pieces = 0, []
        for name in _NAMES.finditer(text):
            pieces += [self._resolve(text[done : name.start()]), name.group()]
            done = name.end()
        pieces.append(self._resolve(text[done:]))
        return expand_aliases("".join(pieces))

    def _resolve(self, text: str) -> str:
        for short, name in self.aliases:
            text = text.replace(short, name)
        if self.year is not None and "年" in text:
            text = _THIS_YEAR.sub(f"{self.year}年", text)
            text = text.replace("今年以来", f"{self.year}年以来")
            text = _THAT_YEAR.sub(f"{self.year}年", text)
            text = text.replace("去年", f"{self.year - 1}年")
        if "目前" in text:
            text = _NOW.sub("截至报告发布时", text)
        if self.issuer:
            core = _ending(self.issuer, text)
            if core and not text.startswith(self.issuer):
                text = self.issuer + text.removeprefix(core)
            text = self._body(text, self.issuer)
        if self.place:
            text = self._area(text)
        return text

    def _body(self, text: str, issuer: str) -> str:
        kind = _BODY.findall(issuer)
        last = kind[-1] if kind else issuer[-1]
        if last not in text:
            return text
        if issuer.endswith("分局"):
            text = re.sub("(?<![一-鿿])分局", issuer, text)
        text = re.sub(rf"(?:我|本){last}(?![一-鿿]?[长])", issuer, text)
        text = re.sub(rf"(?<![一-鿿])全{last}(?![面性势局系])", issuer, text)
        text = re.sub(
            rf"(?<![一-鿿]){last}(?=党[组委]|机关|领导|主要负责|属单位|门户|官方|官网|网站|公报)",
            issuer,
            text,
        )
        if issuer.endswith("管理委员会"):
            text = re.sub("(?<![一-鿿])(?:区?管委会)", issuer, text)
        text = re.sub(rf"(?:自治区|[省市区县州])?{last}本级", f"{issuer}本级", text)
        text = re.sub(rf"^{last}(?={_OWN_OFFICE})", issuer, text)  # 厅法律顾问, 局法治审核机构
        if len(last) > 1:
            text = re.sub(rf"^{last}(?=[一-鿿])", issuer, text)  # 支队现有…
        own = rf"(?:(?<![一-鿿])|(?<=[以由经对向与及和在中]))(?:省|市|区|县|州){last}(?=[一-鿿])"
        return re.sub(own, issuer, text)

    def _area(self, text: str) -> str:
        text = re.sub(rf"(?:我|本){self.level}", self.place, text)
        text = re.sub(
            rf"(?<![一-鿿])全{self.level}|(?<=[^安健齐完])全{self.level}(?!域)",
            f"{self.short}全{self.level}",
            text,
        )
        if self.place.endswith("自治区"):
            own = re.escape(self.place.removesuffix("自治区"))
            text = re.sub(
                rf"(?<!{own})(?<!内蒙古)(?<!族)(?<!西藏)(?<!维吾尔)自治区(?!级|辖)",
                self.place,
                text,
            )
        text = re.sub(
            rf"(?:(?<![一-鿿、])|(?<=[以对向与由经和同合被])){self.level}(?={_OFFICES})",
            self.place,
            text,
        )
        text = re.sub(
            rf"(?<![一-鿿、]){self.level}长(?=[一-鿿、])", f"{self.place}{self.level}长", text
        )
        for level, name in self.around:
            if level not in text:
                continue
            text = re.sub(rf"(?:我|本){level}", name, text)
            text = text.replace(f"全{level}", f"{name[:-1] if len(name) > 2 else name}全{level}")
        return text

    def period(self, *texts: str) -> str:
        """The words that say when, for a stem made of `texts`; '' where they say it."""
        if self.year is None or any(_YEAR.search(_OTHER.sub("", text)) for text in texts):
            return ""
        return f"{self.year}年"


def _ending(issuer: str, text: str) -> str:
    """The longest ending of the issuer's name that a text begins with: 新区水务局, 水务局."""
    ends = (issuer[at:] for at in range(1, len(issuer) - SHORTEST_BODY + 1))
    return next((end for end in ends if text.startswith(end)), "")


def topic(section: tuple[str, ...]) -> str:
    """What the nearest heading is about, without number and praise; '' where it says little."""
    if not section:
        return ""
    text = _NUMBERING.sub("", section[-1].strip())
    if not lexicon.verb_at(text, lexicon.skip_adverbs(text, 0)):
        text = _PRAISE.sub("", text)
    fits = 4 <= len(text) <= 26 and not _VAGUE.search(text)
    return text if fits else ""


def of(document: Document) -> Setting:
    """The setting of a document."""
    aliases = tuple(_aliases(document.plain))
    issuer = document.issuer or next((name for _, name in aliases), None)
    place = _one_level(document.place or _governed(issuer), issuer or "")
    return Setting(
        issuer,
        place.short if place else "",
        place.name if place else "",
        place.level if place else "",
        place.around if place else (),
        document.year,
        aliases,
    )


def advice(document: Document) -> str:
    """How to say whose a document is, where it can't be told; '' where it can."""
    scene = of(document)
    if scene.issuer or scene.place:
        return ""
    return (
        "看不出这是哪个单位的文件，没有写明单位的句子都没有出题。请把标题改为写明单位和年份的全称"
        "（命令行用 --title），例如：某某市水务局2024年法治政府建设情况报告。"
    )


def _aliases(plain: str) -> Iterator[tuple[str, str]]:
    """Short and full name of bodies: 某某市水务局(以下简称“市局”)."""
    for name, short in _ALIAS.findall(plain):
        # The words before a name run into it; the name itself is said more than once.
        ends = (name[at:] for at in range(len(name) - 4))
        full = next((end for end in ends if plain.count(end) > 1), "")
        if full:
            yield short, full


def _governed(issuer: str | None) -> Place | None:
    """The place a body's name opens with: 某某市 of 某某市水务局."""
    if (issuer or "").endswith("分局"):
        return None  # 某市某局甲分局: the city is not its own
    found = _PLACE.match(issuer or "")
    return Place(found.group(), found["short"], found["level"]) if found else None


def _one_level(place: Place | None, issuer: str) -> Place | None:
    """The province of 某某省市场监督管理局, whose 市 belongs to the market."""
    found = _MARKET.match(issuer)
    if place is None or found is None or not place.name.startswith(found.group()):
        return place
    return Place(found.group(), found["short"], found["level"])


def find_dangling(text: str) -> str | None:
    """A word of `text` that does not stand alone, or None."""
    found = _DANGLING.search(_NAMES.sub("", text))
    return found.group() if found else None


def expand_aliases(text: str) -> str:
    """Short names of laws in 《》 written out (《固废法》 → 《固体废物污染环境防治法》)."""
    if "《" in text:
        for short, full in _ALIASES:
            text = text.replace(short, full)
    return text
