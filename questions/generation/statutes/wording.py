"""How law questions read."""

from __future__ import annotations

import re
from typing import Final

from questions.facts.articles import Pattern, SlotFact

BLANK: Final = "____"
_VERB: Final = re.compile("[，、](?P<aim>对[^，、]+?)?(?:可以)?处以?$")
_FINE: Final = re.compile("^的?罚[款金]$")
_END: Final = re.compile("[，；。：]+$")


def question(fact: SlotFact) -> str:
    """The stem that asks for the value in its place, the exception in brackets."""
    if fact.pattern is Pattern.CEILING and (ceiling := _ceiling(fact)):
        return ceiling + limits(fact) + "？"
    right = fact.right.removeprefix("的") if fact.pattern is Pattern.FINE else fact.right
    return _clean(f"{fact.left}{_asked(fact)}{right}") + limits(fact) + "？"


def statement(fact: SlotFact, printed: str) -> str:
    """The rule with a value, right or wrong."""
    return _clean(fact.left + printed + fact.right) + limits(fact) + "。"


def gap(fact: SlotFact, number: str) -> str:
    """The rule with its number left out, the unit kept."""
    printed = fact.printed.replace(number, BLANK, 1)
    return _clean(fact.left + printed + fact.right) + limits(fact) + "。"


def limits(fact: SlotFact) -> str:
    """（法律另有规定的除外）."""
    exception = fact.norm.exception
    return f"（{exception}）" if exception else ""


def echo(one: str, other: str) -> int:
    """How many two-character words two texts share."""
    return len(
        {one[i : i + 2] for i in range(len(one) - 1)}
        & {other[i : i + 2] for i in range(len(other) - 1)}
    )


def _ceiling(fact: SlotFact) -> str:
    """…的，对公民的罚款上限是多少; empty where the sum stands in no plain penalty."""
    verb = _VERB.search(fact.left)
    if verb is None:
        return ""
    aim = f"{verb['aim']}的" if verb["aim"] else ""
    lead, (_, _, tail) = fact.left[: verb.start()], fact.right.rpartition("，")
    if verb.group().startswith("、"):
        lead = lead.rpartition("，")[0]  # another's sum goes before: 对公民处以…、对法人处以…
    if _FINE.search(fact.right):
        return f"{lead}，{aim}罚款上限是多少"
    return f"{lead}，{tail}的，{aim}罚款上限是多少" if tail.startswith("可以") else ""


def _asked(fact: SlotFact) -> str:
    unit = fact.unit
    if fact.pattern is Pattern.FINE:
        return "多少"
    if fact.pattern is Pattern.CEILING:
        return "多少元以下"
    if fact.pattern is Pattern.MULTIPLE:
        return "几倍"
    if fact.pattern is Pattern.DETENTION:
        return "多少日"
    if fact.pattern is Pattern.SHARE:
        if "%" in fact.printed:
            return "百分之多少"
        is_ceiling = fact.printed.endswith("以下") and "以上" not in fact.printed
        return "百分之多少" + ("以下" if is_ceiling else "")
    if fact.pattern is Pattern.BODY:
        return "哪个部门" if fact.left else "下列哪个部门"
    if fact.pattern is Pattern.RULING:
        return "依法如何处理"
    if fact.pattern is Pattern.FORM:
        return "下列哪项"
    return f"多少{unit}"


def _clean(text: str) -> str:
    return _END.sub("", text)
