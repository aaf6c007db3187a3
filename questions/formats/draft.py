"""A question as a file words it, part by part, and what we make of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from questions.formats import answers, choices, details
from questions.formats.assembly import LONGEST, Parts, Unusable
from questions.formats.kinds import KIND_NAMES, Choice, read_kind
from questions.models import JUDGE_OPTIONS, Basis, Kind


class Part(StrEnum):
    """The parts of a question, by the name that our own files give them."""

    KIND = "题型"
    STEM = "题干"
    OPTION = "选项"
    ANSWER = "答案"
    EXPLANATION = "解析"
    DIFFICULTY = "难度"
    SECTION = "知识点"
    SOURCE = "来源文件"
    BASIS = "法律依据"
    QUOTE = "条款/原文"
    SINCE = "施行日期"
    UNTIL = "失效日期"
    DEPARTMENT = "责任处室"
    TAGS = "标签"
    UID = "题目编号"


class Fault(Unusable):
    """Unusable because of one part, whose column is to be named."""

    def __init__(self, message: str, part: Part | None = None) -> None:
        super().__init__(message)
        self.part = part


@dataclass(slots=True)
class Draft:
    """What the file says: texts by part, options by letter; `kind` where only a heading tells."""

    texts: dict[Part, str] = field(default_factory=dict)
    options: list[tuple[str, str]] = field(default_factory=list)
    kind: str = ""

    def text(self, part: Part) -> str:
        """The text of a part, empty where the file has none."""
        return self.texts.get(part, "").strip()


_RUN: Final = re.compile(r"_{2,}|＿{2,}|﹍{2,}|﹏{2,}")
_EMPTY: Final = re.compile(r"[（(【\[][\s\u3000_＿]*[)）】\]]")
_LETTERS_IN_STEM: Final = re.compile(r"[（(]\s*([A-LＡ-Ｌ](?:[\s、,，]*[A-LＡ-Ｌ])*)\s*[)）]")
_KEY_BEHIND_STEM: Final = re.compile(
    r"(?<=[。.)）?？:：])\s*([A-La-l]{1,6})\s*$|\s{2,}([A-La-l]{1,6})\s*$"
)
_TAIL: Final = 24  # characters in which a key behind the stem is looked for
_TICKS: Final = "√✓✔"
_VERDICT_IN_STEM: Final = re.compile(r"[（(]\s*([^\s（()）]{1,3})\s*[)）]\s*([。.]?)\s*$")
_GAP: Final = "（　）"
_LONGEST: Final = 4 * LONGEST  # nothing longer is looked at closely


def compose(draft: Draft) -> Parts:
    """The parts as we keep them; raises Unusable or, where one part is to blame, Fault."""
    stem = draft.text(Part.STEM)
    if not stem:
        raise Fault("没有题干，请补上题干或删去这一行", Part.STEM)
    for part in (Part.STEM, Part.ANSWER, Part.OPTION):
        if len(draft.text(part)) > _LONGEST:
            raise Fault(f"{part}超过 {_LONGEST:,} 字，请缩短或拆成几题", part)
    if sum(map(len, (stem, draft.text(Part.ANSWER), *dict(draft.options).values()))) > _LONGEST:
        raise Fault(f"题干、选项和答案合计超过 {_LONGEST:,} 字，请缩短或拆成几题", Part.STEM)
    options, ticked = _ticked(_options(draft), draft.text(Part.ANSWER))
    stem, answer = _answer_in(stem, draft.text(Part.ANSWER) or ticked, draft)
    if options and not answer:
        stem, answer = _answer_behind(stem)
    kind = _kind(draft, stem, options, answer)
    forms: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    shown: tuple[str, ...] = tuple(options.values())
    if kind is Kind.BLANK:
        forms, shown = _forms(stem, options, answer), ()
    elif kind is Kind.JUDGE:
        key, shown = (0 if _verdict(options, answer) else 1,), JUDGE_OPTIONS
    else:
        key = _key(kind, options, answer)
    law, quote = _basis(draft)
    return Parts(
        kind=kind,
        stem=stem,
        options=shown,
        key=key,
        answers=forms,
        explanation=draft.text(Part.EXPLANATION),
        quote=quote,
        section=details.read_section(draft.text(Part.SECTION)),
        basis=law,
        difficulty=_difficulty(draft),
        tags=_tags(draft),
        uid=draft.text(Part.UID),
    )


def has_odd_difficulty(draft: Draft) -> bool:
    """Whether the difficulty is written in a way that says nothing to us."""
    text = draft.text(Part.DIFFICULTY)
    return bool(text) and details.read_difficulty(text) is None


def _options(draft: Draft) -> dict[str, str]:
    filled = [(letter, text.strip()) for letter, text in draft.options if text.strip()]
    together = draft.text(Part.OPTION)
    if together and not filled:
        filled = choices.split(together)
        if not filled:
            raise Fault("分不清各个选项，请每个选项占一行并以 A. B. 开头", Part.OPTION)
    return dict(choices.without_letters(filled) if filled else ())


def _kind(draft: Draft, stem: str, options: Mapping[str, str], answer: str) -> Kind:
    try:
        named = read_kind(draft.text(Part.KIND) or draft.kind)
    except Unusable as error:
        raise Fault(str(error), Part.KIND) from error
    if isinstance(named, Kind):
        return named
    if len(options) >= 2:
        if named is None and _are_verdicts(options):
            return Kind.JUDGE
        letters = _letters(answer, options)
        return Kind.MULTIPLE if len(letters) > 1 else Kind.SINGLE
    if named is Choice.ANY:
        raise Fault("选择题至少要有两个选项，请补上选项", Part.OPTION)
    if not options and answers.is_plain_verdict(answers.strip_prefix(answer)):
        return Kind.JUDGE
    if not options and answer and (_RUN.search(stem) or _has_gap(stem, answer)):
        return Kind.BLANK
    raise Fault("看不出是什么题型，请写明单选题、多选题、判断题或填空题", Part.KIND)


def _has_gap(stem: str, answer: str) -> bool:
    return bool(_EMPTY.search(stem)) and answers.read_letters(answer) is None


def _ticked(options: dict[str, str], answer: str) -> tuple[dict[str, str], str]:
    """The options without the ticks that mark the right ones where no answer is given."""
    letters = [letter for letter, text in options.items() if len(text) > 1 and text[-1] in _TICKS]
    if answer or not letters or len(letters) == len(options):
        return options, ""
    bare = {letter: text[:-1].rstrip() for letter, text in options.items() if letter in letters}
    return {**options, **bare}, "".join(letters)


def _answer_behind(stem: str) -> tuple[str, str]:
    """The stem and the key that stands behind it: 主体是（）。  c."""
    found = _KEY_BEHIND_STEM.search(stem, max(0, len(stem) - _TAIL))
    if found is None or not (_EMPTY.search(stem) or _RUN.search(stem)):
        return stem, ""
    return stem[: found.start()].rstrip(), found[1] or found[2]


def _answer_in(stem: str, answer: str, draft: Draft) -> tuple[str, str]:
    """The stem without the key that stands in its brackets, and the key."""
    given = answers.read_letters(answers.strip_prefix(answer)) if answer else None
    found = list(_LETTERS_IN_STEM.finditer(stem))
    if len(found) == 1:
        written = answers.read_letters(found[0][1])
        if not answer or written == given:
            return stem[: found[0].start()] + _GAP + stem[found[0].end() :], answer or found[0][1]
    verdict = _VERDICT_IN_STEM.search(stem)
    is_judge = "判断" in (draft.text(Part.KIND) or draft.kind)
    if verdict and (
        answers.is_plain_verdict(verdict[1])
        or (is_judge and answers.read_verdict(verdict[1]) is not None)
    ):
        said = answers.read_verdict(verdict[1])
        if not answer or said == answers.read_verdict(answers.strip_prefix(answer)):
            return stem[: verdict.start()].rstrip() + verdict[2], answer or verdict[1]
    return stem, answer


def _are_verdicts(options: Mapping[str, str]) -> bool:
    said = [answers.read_verdict(text) for text in options.values()]
    return len(said) == 2 and set(said) == {True, False}


def _verdict(options: Mapping[str, str], answer: str) -> bool:
    said = {letter: answers.read_verdict(text) for letter, text in options.items()}
    if said and not _are_verdicts(options):
        raise Fault("判断题的选项应为“对”和“错”；若是别的选项，请改题型为单选题", Part.KIND)
    word = answers.strip_prefix(answer)
    if not word:
        raise Fault("没有答案，请填写“对”或“错”", Part.ANSWER)
    letter = (answers.read_letters(word) or "")[:2]
    verdict = (said or {"A": True, "B": False}).get(letter)
    verdict = answers.read_verdict(word) if verdict is None else verdict
    if verdict is None:
        raise Fault(f"看不懂判断题的答案“{word[:30]}”，请写“对”或“错”", Part.ANSWER)
    return verdict


def _letters(answer: str, options: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return answers.read_key(answer, options)
    except Unusable as error:
        raise Fault(str(error), Part.ANSWER) from error


def _key(kind: Kind, options: dict[str, str], answer: str) -> tuple[int, ...]:
    if len(options) < 2:
        raise Fault(
            f"{KIND_NAMES[kind]}至少要有两个选项，现有 {len(options)} 个，请补上选项", Part.OPTION
        )
    letters = _letters(answer, options)
    if kind is Kind.SINGLE and len(letters) > 1:
        raise Fault(
            f"题型是单选题，答案却有 {len(letters)} 个，请改答案，或改题型为多选题", Part.ANSWER
        )
    order = list(options)
    return tuple(order.index(letter) for letter in letters)


def _forms(stem: str, options: Mapping[str, str], answer: str) -> tuple[str, ...]:
    gaps = len(_RUN.findall(stem)) or len(_EMPTY.findall(stem))
    if gaps > 1 or (len(options) > 1 and not answer):
        raise Fault(
            f"这道填空题有 {max(gaps, len(options))} 个空，一题只能有一个空，请拆成几题", Part.STEM
        )
    if options and (not answer or answers.read_letters(answer) in options):
        answer = next(iter(options.values()))
    elif options:
        raise Fault("填空题不应有选项，请清空选项或改题型", Part.KIND)
    forms = answers.read_forms(answer)
    if not forms:
        raise Fault("填空题没有答案，请填写；有几种写法的用“|”隔开", Part.ANSWER)
    return forms


def _basis(draft: Draft) -> tuple[Basis | None, str]:
    """The basis, and the passage that is quoted."""
    written, quote = draft.text(Part.BASIS), draft.text(Part.QUOTE)
    if not written and details.is_law(quote):
        written, quote = quote, ""
    named = details.read_law(written)
    if named is None:  # words of the law rather than its name
        quote = "\n".join(filter(None, (written, quote)))
    law, article = named or ("", "")
    days = []
    for part in (Part.SINCE, Part.UNTIL):
        try:
            days.append(details.read_day(draft.text(part)))
        except Unusable as error:
            raise Fault(str(error), part) from error
    if not (law or article or any(days)):
        return None, quote
    law = law or draft.text(Part.SOURCE).removeprefix("《").removesuffix("》")
    if not law:
        part = Part.SINCE if any(days) else Part.QUOTE
        raise Fault("写了条款或施行日期，却没有写是哪部法，请填写“来源文件”或“法律依据”", part)
    return Basis(law, article or None, days[0], days[1]), quote


def _difficulty(draft: Draft) -> float:
    value = details.read_difficulty(draft.text(Part.DIFFICULTY))
    return 0.5 if value is None else value


def _tags(draft: Draft) -> tuple[str, ...]:
    department = draft.text(Part.DEPARTMENT)
    return (
        *details.read_tags(draft.text(Part.TAGS)),
        *([details.DEPARTMENT + department] if department else ()),
    )
