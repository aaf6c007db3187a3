"""One question of loose text as its lines come in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from questions.formats import choices
from questions.formats.answers import LETTERS
from questions.formats.draft import Draft, Part
from questions.formats.gathering import Refusal
from questions.formats.loose.labels import LONG, split_inline, without_points

_ANSWERS: Final = re.compile(r"(?<!我的)(?<!你的)答案\s*[:：]")
_DANGLING: Final = re.compile(r"[(（]\s*[√×✓✗]\s*[)）]\s*\d{1,4}\s*[、.．]")
INDENT = "　　"  # a line of a long part that is not to be read as anything else


@dataclass(slots=True)
class Block:
    """A question being read: `field` is the part that a further line belongs to."""

    line: int
    number: int | None = None
    is_announced: bool = True  # by a number or a label; other text may be no question at all
    is_indented: bool = False
    draft: Draft = field(default_factory=Draft)
    raw: list[str] = field(default_factory=list)
    field: Part = Part.STEM
    is_boxed: bool = False

    @property
    def has_answer(self) -> bool:
        """Whether an answer was given."""
        return Part.ANSWER in self.draft.texts

    @property
    def is_complete(self) -> bool:
        """Whether what follows may be another question."""
        return self.has_answer or len(self.draft.options) > 1

    @property
    def is_question(self) -> bool:
        """Whether this was meant as a question."""
        return self.is_announced or self.is_complete

    def put(self, part: Part, text: str, *, is_boxed: bool = False) -> None:
        """Begin a part; a part given twice is continued."""
        before = self.draft.texts.get(part, "")
        self.draft.texts[part] = f"{before}\n{text}" if before else text
        self.field, self.is_boxed = part, is_boxed

    def begin(self, text: str) -> None:
        """The first line of the stem, with options and answer if they stand in it."""
        (_, stem), *labelled = split_inline(without_points(text))
        marks = choices.find_marks(stem)
        if len(marks) > 1:
            self.draft.options = choices.cut(stem, marks)
            stem = stem[: marks[0][0]]
        self.put(Part.STEM, stem.strip())
        if self.draft.options:
            self.field = Part.OPTION
        for part, piece in labelled:
            self.put(part or Part.STEM, piece)

    def label(self, part: Part, text: str, is_boxed: bool) -> None:
        """A line that names its part; an answer's line may name further ones."""
        pieces: list[tuple[Part | None, str]] = [(None, text)]
        if part in (Part.ANSWER, Part.DIFFICULTY) or is_boxed:
            pieces = split_inline(text, boxed_only=is_boxed and part in LONG)
        for inner, piece in pieces:
            if (inner or part) is Part.OPTION:
                self.field = Part.OPTION
                self.options(piece)
            else:
                self.put(inner or part, piece, is_boxed=is_boxed)

    def options(self, text: str) -> bool:
        """Take in a line of options; whether it was one."""
        expected = len(self.draft.options)
        if expected >= len(LETTERS):
            return False
        marks = choices.find_marks(text, LETTERS[expected], fewest=1)
        if not marks or text[: marks[0][0]].strip():
            return False
        (_, body), *labelled = split_inline(text)
        marks = choices.find_marks(body, LETTERS[expected], fewest=1)
        self.draft.options += choices.cut(body, marks)
        self.field = Part.OPTION
        for part, piece in labelled:
            self.put(part or Part.STEM, piece)
        return True

    def more(self, text: str) -> None:
        """A further line of the current part."""
        if self.field is Part.OPTION and self.draft.options:
            letter, option = self.draft.options[-1]
            self.draft.options[-1] = (letter, f"{option}\n{text}" if option else text)
        else:
            before = self.draft.texts.get(self.field, "")
            self.draft.texts[self.field] = f"{before}\n{text}" if before else text

    def is_escaped(self, line: str) -> bool:
        """Whether a line is a further one of a long part, whatever it looks like."""
        return self.field in LONG and not self.is_indented and line.startswith(INDENT)

    def refusal(self) -> Refusal | None:
        """Why the lines can't be taken apart, where a question swallowed the next one."""
        letter, last = self.draft.options[-1] if self.draft.options else ("", "")
        following = self.number is not None and re.search(
            rf"(?<!\d){self.number + 1}\s*[.．、](?!\d).{{8}}", last
        )
        if following and not re.search(rf"(?<!\d){self.number}\s*[.．、]", last):
            return Refusal(
                f"选项 {letter} 里夹着下一题，请每题另起一行，题干、选项、答案各占一行",
                Part.OPTION,
            )
        if _DANGLING.match(self.draft.text(Part.STEM)):
            return Refusal("上一题的答案和这一题连在一行，请每题另起一行，答案写在本题之后")
        if any(len(_ANSWERS.findall(line)) > 1 for line in self.raw):
            return Refusal("几道题连在一行里，分不开，请每题另起一行，选项和答案也各占一行")
        return None

    def source(self) -> str:
        """The question as the file has it, fit to be mended and sent again."""
        lines = list(self.raw)
        if self.draft.kind and Part.KIND not in self.draft.texts:
            lines[0] = f"【{self.draft.kind}】{lines[0].lstrip()}"
        return "\n".join(lines)
