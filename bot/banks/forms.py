"""Which format a file on the command line is to have, and what it can't carry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from questions.errors import FormatError
from questions.formats import FORMATS, Format
from questions.models import Bank


def chosen(name: str | None, path: Path | None) -> Format:
    """The format named; else the one whose files end like `path`; JSON where nothing ends so.

    Raises FormatError where several formats share the ending.
    """
    if name is not None:
        return FORMATS[name]
    suffix = path.suffix.lower() if path is not None else ""
    fitting = [each for each in FORMATS.values() if each.suffix == suffix]
    if len(fitting) > 1:
        names = "、".join(each.name for each in fitting)
        raise FormatError(f"{suffix} 文件有几种格式，请用 --format 指定：{names}。")
    return fitting[0] if fitting else FORMATS["json"]


def warnings(form: Format, bank: Bank) -> Iterator[str]:
    """What is lost in this format, line by line."""
    return (f"{form.label}装不下：{loss}" for loss in form.losses(bank))
