"""What a law is called: brackets, editions, the state's name and 新 tell no laws apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.laws.law import STATE

_FOLD: Final = str.maketrans(
    "（）［］—–－", "()[]---", "《》〈〉<>﹤﹥“”‘’\"' \t\r\n\u3000\xa0\u2002"
)
_EDITION: Final = re.compile(
    r"\((?:\d{4}(?:年度?)?(?:第[一二三四五六七八九十]次)?(?:修订|修正|修改|公布|施行|版|本)?"
    r"|试行|暂行|修订版?|修正)\)$"
)
_NEW: Final = re.compile("^(?:新修订的?|新修正的?|新修改的?|最新|新版|新)")


def key(title: str) -> str:
    """A title without brackets, blanks and the state's name."""
    return title.translate(_FOLD).removeprefix(STATE)


def without_edition(name: str) -> str:
    """A key without （2021年修订） or （试行） at its end."""
    while (shorter := _EDITION.sub("", name)) != name and shorter:
        name = shorter
    return name


def candidates(title: str) -> Iterator[str]:
    """The keys under which a law may be known, the closest first."""
    name = key(title)
    yield name
    plain = without_edition(name)
    yield plain
    yield key(_NEW.sub("", plain))
