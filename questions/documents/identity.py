"""Who speaks in a document, of which year and which place, read from its title and page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from questions.data import words
from questions.documents.document import Place
from questions.documents.layout import Block

_BODIES: Final = "|".join(sorted(words("bodies").split(), key=len, reverse=True))
_TITLE_END: Final = re.compile(f"(?:{'|'.join(words('titles').split())})(?:[(][^()]{{1,12}}[)])?$")
_TITLE_TAIL: Final = re.compile("^的?(?:年度|工作)?(?:报告|总结|通报|公报)$")
_ISSUER: Final = re.compile(
    rf"^(?:关于)?(?:20\d\d年(?:度)?)?(?:中共)?([一-鿿]{{2,30}}?(?:{_BODIES}))(?=20\d\d|二[〇○零]|关于|法治|年度|依法|推进|$)"
)
# A report of a whole place: 某某市2023年法治政府建设情况报告.
_WHOLE: Final = re.compile(
    r"^(?:关于)?(?:20\d\d年(?:度)?)?([一-鿿]{2,20}?(?:街道|镇|乡|自治[区州县旗]|[省市县区州旗]))"
    r"(?=20\d\d|二[〇○零]|关于|法治|年度|依法|推进)"
)
_BOTH: Final = re.compile("^([一-鿿]{2,14})委员会(?=\\1人民政府$)")  # 中共某县委员会 某县人民政府
_SOURCE: Final = re.compile(
    rf"(?:来源|发布机构|发文机关|发文单位|发布单位|制发机关) *: *"
    rf"([一-鿿]{{3,24}}?(?:{_BODIES}))(?![一-鿿])"
)
_BODY_LINE: Final = re.compile(rf"^[一-鿿]{{2,24}}(?:{_BODIES})$")
_YEAR: Final = re.compile(r"(20\d\d) *年?")
_YEARS: Final = re.compile(r"20\d\d年?[-—–~至到]+20\d\d")
_YEAR_WORD: Final = re.compile(r"二([〇○零])([〇○零一二])([〇○零一二三四五六七八九])年?")
_DIGITS: Final = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_NATIONAL: Final = re.compile("^国家[一-鿿]{1,8}?局(?=[一-鿿]{2,})")  # 国家税务总局某某市税务局
_CITY: Final = re.compile(r"[^区县旗]{2,7}?(?:市(?!(?<=城市)(?:管理|建设))|自治州|州|盟|地区)")
_COUNTY: Final = re.compile(r"[一-鿿]{1,7}?(?:自治县|县|自治旗|旗|新区|区|市)")
_TOWN: Final = re.compile(
    "(?:人民政府)?(?P<name>[一-鿿]{2,6}?(?P<level>街道|镇|乡))(?:办事处|人民政府|党工委)"
)
# A zone that governs itself: 某某经济技术开发区管理委员会.
_ZONE: Final = re.compile(
    "(?P<name>[一-鿿]{2,12}?(?:开发区|高新区|示范区|保税区|园区|风景名胜区|度假区))(?:管理委员会|管委会)"
)
_PARTS: Final = re.compile(r"\s*[-|_–—]{1,2}\s*|\s{2,}")
_SITE: Final = re.compile("网站|首页|门户|[^联上]网$")
_STOPS: Final = re.compile("[,。;!?，；]")
_NEWS: Final = re.compile(
    r"(?:发布|公布|印发)了?《([^《》]{6,60}(?:公报|报告|白皮书|年报|总结))》"
)
_BRANCH: Final = re.compile("^[一-鿿]+[局厅](?P<name>[一-鿿]{2,4})分局$")
_EARLY: Final = 25  # blocks in which a title is looked for
_TITLE_LENGTH: Final = (6, 70)


@dataclass(frozen=True, slots=True)
class Identity:
    """Title, issuer, year and place of a document; a place may be known without an issuer."""

    title: str
    issuer: str | None
    year: int | None
    place: Place | None


def identify(
    plain: str,
    blocks: Sequence[Block],
    *,
    name: str,
    title: str | None = None,
    titles: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Identity:
    """Read who speaks; a given `title` overrules the page's.

    `titles` and `sources` are what a page calls itself and its issuer.
    """
    title = title or _told(titles) or _title(blocks) or _headline(titles) or _opening(blocks)
    title = title or _announced(blocks) or _from_name(name)
    issuer = _issuer(title, plain, blocks, sources)
    branch = _branch(issuer or "", plain)
    where = branch[0] if branch else place(issuer or _governing(title))
    return Identity(title, issuer, _year(title, blocks), where)


def _announced(blocks: Sequence[Block]) -> str | None:
    """What a newspaper's first lines tell of: the title in 某部发布《某公报》."""
    for block in [block for block in blocks[:_EARLY] if block.role == "prose"][:2]:
        found = _NEWS.search(re.sub(r"\s+", "", block.text))
        if found:
            return found[1]
    return None


def _branch(issuer: str, plain: str) -> tuple[Place | None] | None:
    """The district of a branch (某市某局甲分局: 甲区, where the text says so), never the city.

    None where the issuer is no branch; a place of None where its district is not told.
    """
    found = _BRANCH.match(issuer)
    if found is None:
        return None
    for level in "区县市旗":
        if found["name"] + level in plain:
            return (Place(found["name"] + level, found["name"], level, ()),)
    return (None,)


def _told(titles: Sequence[str]) -> str | None:
    """The first of a page's own titles that reads like a document's."""
    for text in titles:
        parts = _PARTS.split(text)
        words = text.split()
        if any(words[0] in word for word in words[1:]):
            parts = [*words[1:], *parts]  # the site's name stands before a title that begins so
        else:
            parts = [text, *parts]
        for part in parts:
            line = re.sub(r"\s+", "", part).strip("《》")
            if _TITLE_END.search(line) and _TITLE_LENGTH[0] <= len(line) <= _TITLE_LENGTH[1]:
                return line
    return None


def _unquoted(line: str) -> str:
    """A line without the title marks around all of it; those of a title within it stay."""
    inner = line[1:-1]
    wraps = line[:1] == "《" and line[-1:] == "》" and not {*"《》"} & {*inner}
    broken = line.count("《") != line.count("》")
    return inner if wraps else line.strip("《》") if broken else line


def _headline(titles: Sequence[str]) -> str | None:
    """Failing that, the first that is no site's name."""
    for text in titles:
        parts = (re.sub(r"\s+", "", part) for part in _PARTS.split(text))
        line = max(parts, key=len)
        if not _SITE.search(line) and _TITLE_LENGTH[0] <= len(line) <= _TITLE_LENGTH[1]:
            return line
    return None


def _title(blocks: Sequence[Block]) -> str | None:
    """The first title-like line, with the issuer's line before and a lone 报告 after it."""
    lines = [(block.role, _unquoted(re.sub(r"\s+", "", block.text))) for block in blocks[:_EARLY]]
    previous = ""
    for at, (role, line) in enumerate(lines):
        if role == "prose":
            break
        if role == "other" and _TITLE_END.search(line.rstrip("》")) and "," not in line:
            joined = previous + line if _BODY_LINE.match(previous) else line
            following = lines[at + 1][1] if at + 1 < len(lines) else ""
            if _TITLE_TAIL.match(following):
                joined += following
            if _TITLE_LENGTH[0] <= len(joined) <= _TITLE_LENGTH[1]:
                return joined
        previous = line if role == "other" else ""
    return None


def _opening(blocks: Sequence[Block]) -> str | None:
    """Failing all that, the first line that names a body and its year, whatever it ends in."""
    for block in blocks[:_EARLY]:
        line = re.sub(r"\s+", "", block.text)
        if block.role == "prose":
            break
        named = _ISSUER.match(line) and _YEAR.search(line) and not _STOPS.search(line)
        if named and _TITLE_LENGTH[0] <= len(line) <= _TITLE_LENGTH[1]:
            return line
    return None


def _from_name(name: str) -> str:
    stem = PurePath(name.replace("\\", "/")).stem.strip()
    return re.sub(r"[\x00-\x1f<>]", "", stem)[: _TITLE_LENGTH[1]] or "未命名文件"


def _governing(title: str) -> str:
    """The government of the place that a title names alone, '' where it names none."""
    whole = _WHOLE.match(title)
    return f"{whole[1]}人民政府" if whole else ""


def _issuer(
    title: str, plain: str, blocks: Sequence[Block], sources: Sequence[str] = ()
) -> str | None:
    named = _ISSUER.match(title)
    if named:
        return _BOTH.sub("", named[1])
    for told in sources:
        if _BODY_LINE.match(told):
            return told
    source = _SOURCE.search(plain)
    if source:
        return source[1]
    for block in reversed(blocks[-12:]):
        line = re.sub(r"\s+", "", block.text)
        if block.role == "other" and _BODY_LINE.match(line):
            return line
    return None


def _year(title: str, blocks: Sequence[Block]) -> int | None:
    if _YEARS.search(title):
        return None  # each of its figures must say of which year it is
    in_title = _YEAR.search(title)
    if in_title:
        return int(in_title[1])
    spelled = _YEAR_WORD.search(title)
    if spelled:
        return int("2" + "".join(_DIGITS[c] for c in spelled.groups()))
    years = Counter(
        year
        for block in blocks
        if block.role == "prose"
        for year in re.findall(r"(20\d\d)年", re.sub("《[^》]*》", "", block.text))
    )
    if not years:
        return None
    year, count = max(years.items(), key=lambda item: (item[1], item[0]))
    return int(year) if count >= 2 and count * 2 > sum(years.values()) else None


def place(issuer: str) -> Place | None:
    """Where an issuer governs, from its name; None for bodies of the whole country."""
    rest, around = _NATIONAL.sub("", issuer), []
    issuer = rest
    for short, full in words("provinces").items():
        if issuer.startswith(short):
            rest = issuer[len(full) :] if issuer.startswith(full) else issuer[len(short) :]
            around.append((_level(full), full, short))
            break
    for pattern in (_CITY, _COUNTY):
        part = pattern.match(rest)
        if part and part.end() < len(rest):
            around.append((_level(part.group()), part.group(), part.group()[:-1]))
            rest = rest[part.end() :]
    town = _TOWN.match(rest)
    if town:
        around.append((town["level"], town["name"], town["name"].removesuffix(town["level"])))
    zone = _ZONE.match(rest)
    if zone:
        around.append(("区", zone["name"], zone["name"]))
    if not around:
        return None
    level, name, short = around[-1]
    return Place(name, short, level, tuple((lv, full) for lv, full, _ in around[:-1]))


def _level(name: str) -> str:
    return "区" if name.endswith("自治区") else name[-1]
