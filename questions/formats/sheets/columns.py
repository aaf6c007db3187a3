"""Columns known by their names, in any order, whatever a template calls them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from questions.formats.answers import LETTERS
from questions.formats.draft import Part

# Names by part, the surest first: of two columns that claim a part the surer one has it.
_ALIASES: Final[Mapping[Part, str]] = {
    Part.KIND: "题型 试题类型 题目类型 试题题型 题目题型 题类 类型",
    Part.STEM: "题干 试题题干 题目题干 题干内容 试题内容 题目内容 题目 试题 试题名称 问题",
    Part.OPTION: "选项 选项内容 备选项 备选答案 可选项 候选项 全部选项 所有选项",
    Part.ANSWER: "答案 正确答案 标准答案 参考答案 正确选项 试题答案 题目答案 答案选项 标答",
    Part.EXPLANATION: "解析 答案解析 试题解析 题目解析 解析说明 详解 解释 答题解析 解析内容",
    Part.DIFFICULTY: "难度 难易度 难易程度 难度等级 难易 试题难度",
    Part.SECTION: "知识点 章节 所属章节 章节名称 所属知识点 考点 目录 章 题目分类 试题分类 分类",
    Part.SOURCE: "来源文件 来源 出处 文件名称 来源文件名称 所属法律 法规名称 法律名称",
    Part.BASIS: "法律依据 依据 答案依据 法条依据 出题依据",
    Part.QUOTE: "条款/原文 条款原文 原文 条款 法条 条文 条文内容 原文内容 法条原文",
    Part.SINCE: "施行日期 生效日期 实施日期 施行时间 实施时间 生效时间",
    Part.UNTIL: "失效日期 废止日期 失效时间 废止时间",
    Part.DEPARTMENT: "责任处室 责任部门 出题处室 出题部门 处室",
    Part.TAGS: "标签 关键词 关键字 标记",
    Part.UID: "题目编号",
}
_ENGLISH: Final[Mapping[Part, str]] = {
    Part.KIND: "type questiontype kind",
    Part.STEM: "question questiontext stem questionstem content questioncontent",
    Part.OPTION: "options choices",
    Part.ANSWER: "answer answers correctanswer correctanswers correct correctoption rightanswer",
    Part.EXPLANATION: "explanation analysis rationale",
    Part.DIFFICULTY: "difficulty level",
    Part.SECTION: "chapter category section",
    Part.TAGS: "tags tag keywords",
}
_RANKS: Final = {
    alias: (part, rank)
    for part, names in _ALIASES.items()
    for rank, alias in enumerate(f"{names} {_ENGLISH.get(part, '')}".split())
}
_INITIALS: Final = frozenset(
    "".join(alias[0] + alias[0].upper() for alias in _RANKS) + " *＊【(（　"
)
WHOLE: Final = "题目原文"  # a question of loose text in one cell
COMPLAINT: Final = "问题"  # the last column of a table of errors
_SILENT: Final = ("序号", "题号", "编号", "行号", "no", "id", COMPLAINT)
_BRACKETS: Final = re.compile(r"[(\[【].*?[)\]】]|[*#:_\s]")
_LETTER: Final = re.compile(
    "(?:备选项|备选答案|备选|选项|选择项|选择|可选项|候选项|答案|option|choice|answer)?"
    "([a-l])(?:选项|项|答案)?"
)
_NUMBER: Final = re.compile(
    "(?:备选项|备选答案|选项|选择项|可选项|候选项|option|choice)([1-9]|1[0-2]|[一二三四五六七八九十])"
)
_CODE: Final = re.compile(r"(\d)\s*[-=:、.是为代表]*\s*(单选|多选|判断|填空)")
_PICTURE: Final = re.compile("图片|附图|配图|插图|image|img|picture")
_CHINESE: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; `titles` as the file writes them."""

    titles: tuple[str, ...]
    parts: Mapping[Part, int]
    options: tuple[tuple[str, int], ...]  # letter and column
    others: tuple[int, ...] = ()  # a second 知识点 column and its like: tags
    unused: tuple[str, ...] = ()
    whole: int | None = None

    def title(self, part: Part | None, letter: str = "") -> str | None:
        """The name of a part's column, None where there is none."""
        if part is Part.OPTION and self.options and part not in self.parts:
            found = [self.titles[at] for name, at in self.options if name == letter]
            return found[0] if found else None
        at = self.parts.get(part) if part is not None else None
        return self.titles[at] if at is not None else None


def read_codes(title: str) -> dict[str, str]:
    """The kinds that a title explains its numbers to mean: 题型（0单选，1判断，2多选）."""
    found = _CODE.findall(unicodedata.normalize("NFKC", title))
    return dict(found) if len(found) > 1 else {}


def shows_pictures(title: str) -> bool:
    """Whether a column holds pictures or their addresses."""
    return len(title) < 60 and bool(_PICTURE.search(plain(title)))


def plain(title: str) -> str:
    """A column's name without brackets, stars and blanks."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", title)).lower()


def is_stem(title: str) -> bool:
    """Whether a cell may be the title of the column of stems."""
    return _may_be(Part.STEM, title)


def is_answer(title: str) -> bool:
    """Whether a cell may be the title of the column of answers."""
    return _may_be(Part.ANSWER, title)


def _may_be(part: Part, title: str) -> bool:
    # Asked of every cell of a sheet: few are worth folding.
    return (
        0 < len(title) < 30
        and title[0] in _INITIALS
        and _RANKS.get(plain(title), (None,))[0] is part
    )


def read_header(cells: Sequence[str]) -> Columns | None:
    """The columns that a row names, None where it is no header."""
    if not any(len(cell) < 30 and _is_anchor(plain(cell)) for cell in cells if cell):
        return None
    names = [plain(cell) if len(cell) < 60 else "" for cell in cells]
    parts = _parts(names)
    options = _options(names, set(parts.values()))
    whole = names.index(WHOLE) if WHOLE in names else None
    has_choices = len(options) > 1 or Part.OPTION in parts
    if whole is None and (
        Part.STEM not in parts or not (Part.ANSWER in parts or has_choices or Part.KIND in parts)
    ):
        return None
    taken = {*parts.values(), *(at for _, at in options), whole}
    others = tuple(
        at
        for at, name in enumerate(names)
        if at not in taken and _RANKS.get(name, (None,))[0] in (Part.SECTION, Part.TAGS)
    )
    unused = tuple(
        cells[at].strip()
        for at, name in enumerate(names)
        if name and at not in taken and at not in others and name not in _SILENT
    )
    return Columns(tuple(cells), parts, options, others, unused, whole)


def with_letters(columns: Columns, cells: Sequence[str]) -> Columns | None:
    """The columns where a second row of the header names the options (A B C D), else None."""
    names = [plain(cell) for cell in cells]
    options = _options(names, set())
    if len(options) < 2 or len(options) != sum(map(bool, names)):
        return None
    width = max(len(columns.titles), len(cells))
    titles = [*columns.titles, *[""] * (width - len(columns.titles))]
    for _, at in options:
        titles[at] = cells[at]
    columns_of_parts: dict[Part, int] = {
        p: at for p, at in columns.parts.items() if p is not Part.OPTION
    }
    return Columns(tuple(titles), columns_of_parts, options, columns.others, columns.unused)


def _is_anchor(name: str) -> bool:
    return name == WHOLE or _RANKS.get(name, (None,))[0] is Part.STEM


def _parts(names: Sequence[str]) -> dict[Part, int]:
    claims: dict[Part, tuple[int, int]] = {}
    for at, name in enumerate(names):
        if name in _RANKS:
            part, rank = _RANKS[name]
            claims[part] = min(claims.get(part, (rank, at)), (rank, at))
    return {part: at for part, (_, at) in claims.items()}


def _options(names: Sequence[str], taken: set[int]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        letter = "" if at in taken else _letter(name)
        if letter:
            found.setdefault(letter, at)
    return tuple(sorted(found.items()))


def _letter(name: str) -> str:
    if lettered := _LETTER.fullmatch(name):
        return lettered[1].upper()
    if numbered := _NUMBER.fullmatch(name):
        number = numbered[1]
        index = _CHINESE.index(number) if number in _CHINESE else int(number) - 1
        return LETTERS[index]
    return ""
