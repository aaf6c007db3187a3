"""The same law as other people would have typed it."""

from __future__ import annotations

import re
from collections.abc import Callable

from questions.statutes import marks

Retype = Callable[[str], str]


def bare(text: str) -> list[str]:
    """The paragraphs without markup."""
    text = re.sub(r"\A---\n.*?---\n", "", text.lstrip("\ufeff"), flags=re.DOTALL)
    text = re.sub("<!--.*?-->", "", text).replace("**", "")
    lines = [re.sub(r"^[#>\s]+", "", line).strip() for line in text.splitlines()]
    return [re.sub(r"[ \u3000]+", " ", line) for line in lines if line]


def word_export(text: str) -> str:
    """Indented, with a table of contents and full-width spaces."""
    lines = bare(text)
    heads = [line for line in lines if re.match("第[一二三四五六七八九十]+[章节]", line)]
    first = lines.index(heads[0])
    body = [line.replace(" ", "\u3000", 1) for line in lines[first:]]
    contents = ["目\u3000\u3000录", *heads]
    return "\n".join([*lines[:first], *contents, *(f"\u3000\u3000{line}" for line in body)])


def half_width_items(text: str) -> str:
    lines = [re.sub(r"^（([一二三四五六七八九十]+)）", r"(\1)", line) for line in bare(text)]
    return "\n\n".join(lines)


def no_space(text: str) -> str:
    return "\n".join(
        re.sub(r"^(第[一二三四五六七八九十百零]+条) ", r"\1", line) for line in bare(text)
    )


def digits(text: str) -> str:
    def plain(mark: re.Match[str]) -> str:
        return f"第{marks.ordinal(mark[1])}条 "

    return "\n".join(
        re.sub("^第([一二三四五六七八九十百零]+)条 ", plain, line) for line in bare(text)
    )


def mark_on_its_own_line(text: str) -> str:
    lines = [re.sub(r"^(第[一二三四五六七八九十百零]+条) ", r"\1\n", line) for line in bare(text)]
    return "\n".join(
        re.sub(r"^([（(][一二三四五六七八九十]+[）)])", r"\1\n", line) for line in lines
    )


def one_line(text: str) -> str:
    return " ".join(bare(text))


def wrapped(columns: int) -> Retype:
    def wrap(text: str) -> str:
        return "\n".join(
            line[at : at + columns] for line in bare(text) for at in range(0, len(line), columns)
        )

    return wrap


SAME_TREE: dict[str, Retype] = {
    "word export": word_export,
    "half-width items": half_width_items,
    "no space": no_space,
    "digits": digits,
    "mark on its own line": mark_on_its_own_line,
}
