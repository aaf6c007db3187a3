"""题型 as people write it, and what of it we can ask."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

from questions.formats.assembly import Unusable
from questions.models import Kind


class Choice(StrEnum):
    """A choice whose name leaves open how many options are right."""

    ANY = "choice"


KIND_NAMES: Final = {
    Kind.SINGLE: "单选题",
    Kind.MULTIPLE: "多选题",
    Kind.JUDGE: "判断题",
    Kind.BLANK: "填空题",
}
_NAMES: Final[dict[Kind | Choice, str]] = {
    Kind.SINGLE: "单选 单项选择 单选择 单项 单 single",
    Kind.MULTIPLE: "多选 多项选择 多选择 多项 多 不定项选择 不定项 不定选择 不定选 multiple",
    Kind.JUDGE: "判断 判断对错 判断正误 是非 是非判断 对错 正误 judge",
    Kind.BLANK: "填空 blank",
    Choice.ANY: "选择 choice",
}
_ENGLISH: Final[dict[Kind | Choice, str]] = {
    Kind.SINGLE: "single_choice singlechoice radio",
    Kind.MULTIPLE: "multi multiple_choice multiplechoice checkbox",
    Kind.JUDGE: "judgement judgment true_false truefalse true/false tf t/f boolean",
    Kind.BLANK: "fill fill_blank fillblank fill_in_blank fill-in-the-blank completion",
    Choice.ANY: "mcq",
}
_WORDS: Final = {
    word: kind
    for names in (_NAMES, _ENGLISH)
    for kind, words in names.items()
    for word in words.split()
}
FOREIGN: Final = (
    "简答|问答|论述|名词解释|排序|匹配|连线|计算|案例分析|案例|材料分析|材料|主观|实操|操作|作文|"
    "综合|思考|辨析|分析|阅读理解|完形填空|写作|翻译|听力|编程|论文|应用|情景|组合"
)
# A kind as a phrase of its own: 单选题, 单项选择题, 名词解释.
KIND_PHRASE: Final = (
    "(?:单选|单项选择|多选|多项选择|不定项选择|不定项|判断|判断对错|判断正误|是非|填空|选择)题?"
    f"|(?:{FOREIGN})题|名词解释|简答|论述|案例分析"
)
_BRACKETS: Final = re.compile(r"[(\[【（].*?[)\]】）]")
_LONGEST: Final = 40
_BLANKS: Final = re.compile(r"\s+")


def read_kind(text: str) -> Kind | Choice | None:
    """The kind a cell or heading names, None where it names nothing.

    Raises Unusable for a kind that can't be asked here.
    """
    text = text.strip()[:_LONGEST]
    word = _BLANKS.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", text))).lower()
    word = word.strip("【】[]():：、.*") or _BLANKS.sub("", text).strip("【】[]（）()")
    if not word:
        return None
    found = _WORDS.get(word.removesuffix("试题").removesuffix("题"))
    if found is None:
        raise Unusable(
            f"不支持“{text[:20]}”这种题型，请改写成单选、多选、判断或填空题，或删去这一题"
        )
    return found
