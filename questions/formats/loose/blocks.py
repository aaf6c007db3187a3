"""Lines become questions: a small reader that remembers where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from questions.formats.draft import Part
from questions.formats.format import Place, Skip
from questions.formats.gathering import Gathering
from questions.formats.headings import read_heading
from questions.formats.loose import keys
from questions.formats.loose.block import Block
from questions.formats.loose.labels import LONG, is_noise, read_label
from questions.formats.loose.scrub import scrub
from questions.formats.loose.starts import Counter, Start, read_start


@dataclass(slots=True)
class Group:
    """Questions under one heading, or all where there is none."""

    kind: str = ""
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Takes lines one after another; ask for `finish` at the end."""

    groups: list[Group] = field(default_factory=lambda: [Group()])
    runs: list[keys.Run] = field(default_factory=list)
    strays: list[tuple[int, str]] = field(default_factory=list)
    _counter: Counter = field(default_factory=Counter)
    _block: Block | None = None
    _is_listing: bool = False  # within answers collected at the end
    _announced: bool = False  # a line has said 答案 and nothing else
    _is_apart: bool = False  # an empty line came before

    def feed(self, number: int, line: str) -> None:
        """Take in a line, counted from 1."""
        block = self._block
        if block is not None and block.is_escaped(line):
            block.raw.append(line)
            block.more(line[2:].rstrip())
            return
        plain = scrub(line)
        text = plain.strip()
        if not text:
            self._is_apart = True
            return
        if is_noise(text):
            if block is not None:
                block.raw.append(line)
        elif kind := read_heading(text):
            self._head(kind)
        elif not self._lists(number, text):
            self._read(number, plain, text)
        self._is_apart = False

    def finish(self) -> None:
        """No more lines: lists of answers find their questions."""
        groups = [(group.kind, [each.number for each in group.blocks]) for group in self.groups]
        for run, at in keys.pair(self.runs, groups):
            blocks = {
                each.number: each for each in (self.groups[at].blocks if at is not None else ())
            }
            for entry in run.entries:
                block = blocks.get(entry.number)
                if block is None:
                    self.strays.append((entry.line, f"{entry.number}. {entry.value}"))
                elif not block.has_answer:
                    block.raw.append(f"答案：{entry.value}")
                    block.put(Part.ANSWER, entry.value)
                    if entry.why:
                        block.raw.append(f"解析：{entry.why}")
                        block.put(Part.EXPLANATION, entry.why)

    def blocks(self) -> Iterator[Block]:
        """What was read, in the file's order."""
        for group in self.groups:
            yield from group.blocks

    def _head(self, kind: str) -> None:
        if self._announced or self._is_listing:
            self._list(keys.Run(kind))
            return
        self._group(kind)

    def _group(self, kind: str) -> None:
        self.groups.append(Group(kind))
        self._counter.restart()
        self._block = None

    def _lists(self, number: int, text: str) -> bool:
        """Whether the line belongs to answers collected at the end."""
        if keys.is_title(text):
            self._announced = True
            return True
        is_expected = self._is_listing or self._announced
        entries = keys.read_entries(text, number) if is_expected or "答案" in text[:8] else []
        if not is_expected and len(entries) < 2:
            return False
        if not entries and self._is_listing:
            if self._explains(text):
                return True
            entries = self._worded(text, number)
        if entries:
            self._list(*self._runs_of(entries))
            return True
        if self._announced:  # 答案 on a line of its own, then the answer
            self._announced = False
            if self._block is not None and read_label(text) is None and read_start(text) is None:
                self._block.raw.append(f"答案：{text}")
                self._block.put(Part.ANSWER, text)
                return True
        if self._is_listing:
            self._unlist()
        return False

    def _explains(self, text: str) -> bool:
        """Whether the line explains the last answer of a list."""
        label = read_label(text)
        entries = self.runs[-1].entries
        if label is None or label[0] is not Part.EXPLANATION or not entries or entries[-1].why:
            return False
        entries[-1].why = label[1]
        return True

    def _worded(self, text: str, number: int) -> list[keys.Entry]:
        """The next answer of a list of blanks: 3. 国务院."""
        run = self.runs[-1]
        entry = keys.read_worded(text, number)
        last = run.entries[-1].number if run.entries else 0
        is_next = entry is not None and entry.number == last + 1
        return [entry] if entry and is_next and "填空" in (run.kind or "填空") else []

    def _runs_of(self, entries: list[keys.Entry]) -> list[keys.Run]:
        """The entries apart where their numbers begin anew; the first may continue a run."""
        run = self.runs[-1] if self._is_listing else None
        fresh: list[keys.Run] = []
        for entry in entries:
            if run is None or (run.entries and entry.number <= run.entries[-1].number):
                run = keys.Run("")
                fresh.append(run)
            run.entries.append(entry)
        return fresh

    def _list(self, *runs: keys.Run) -> None:
        self.runs += runs
        self._is_listing, self._announced, self._block = True, False, None

    def _unlist(self) -> None:
        """The list is over; a heading after it began questions, not answers."""
        self._is_listing = False
        if not self.runs[-1].entries:
            self._group(self.runs.pop().kind)

    def _read(self, number: int, line: str, text: str) -> None:
        block = self._block
        label = read_label(text)
        if label is not None and self._labelled(number, line, *label):
            return
        start = read_start(text)
        if start is not None and self._begins(start, block):
            self._open(number, line, start.number, start.kind).begin(text[start.end :])
            self._counter.note(start)
            return
        if block is None:
            self._open(number, line, None, "", is_announced=False).begin(text)
            return
        if not block.has_answer and block.options(text):
            block.raw.append(line)
        elif self._ends(block):
            self._open(number, line, None, "", is_announced=False).begin(text)
        else:
            block.raw.append(line)
            block.more(text)

    def _begins(self, start: Start, block: Block | None) -> bool:
        is_free = block is None or block.is_complete or not block.is_question
        return self._counter.accepts(start, is_free)

    def _ends(self, block: Block) -> bool:
        """Whether a plain line can't belong to the current question any more."""
        if block.field is Part.STEM:
            return self._is_apart and not block.is_question
        if block.field is Part.OPTION:
            return self._is_apart and block.is_complete
        if block.field in LONG and not block.draft.texts[block.field]:
            return False  # 【解析】 on a line of its own
        return self._is_apart or block.field not in LONG

    def _labelled(self, number: int, line: str, part: Part, text: str, is_boxed: bool) -> bool:
        block = self._block
        begins = part in (Part.STEM, Part.KIND) and (
            block is None or block.is_complete or not block.is_question
        )
        if block is None or begins:
            if part not in (Part.STEM, Part.KIND):
                return False
            block = self._open(number, line, None, "")
        else:
            block.raw.append(line)
        if part is Part.STEM and not block.draft.texts.get(Part.STEM):
            block.begin(text)
        else:
            block.label(part, text, is_boxed)
        return True

    def _open(
        self, number: int, line: str, ordinal: int | None, kind: str, *, is_announced: bool = True
    ) -> Block:
        block = Block(number, ordinal, is_announced, line[:1] in "　 \t")
        block.draft.kind = kind or self.groups[-1].kind
        block.raw.append(line)
        self.groups[-1].blocks.append(block)
        self._block = block
        return block


def read_lines(lines: Iterable[tuple[int, str]]) -> Reader:
    """A reader that has taken in all lines."""
    reader = Reader()
    for number, line in lines:
        reader.feed(number, line)
    reader.finish()
    return reader


def take(gathering: Gathering, reader: Reader) -> tuple[list[Skip], list[str]]:
    """Gather the questions; what was skipped, and what is worth telling."""
    skips: list[Skip] = []
    notes: list[str] = []
    lead = 0
    for block in reader.blocks():
        place = Place(block.line)
        if block.is_question:
            refusal = block.refusal() or gathering.take(block.draft, place)
            if refusal is not None:
                skips.append(Skip(place, refusal.reason, (block.source(),)))
        elif gathering.questions or skips:
            reason = "看不懂这几行：不属于任何一题。若是一题，请写上题号和答案；若不是，请删去"
            skips.append(Skip(place, reason, (block.source(),)))
        else:
            lead += len(block.raw)
    if lead:
        notes.append(f"开头 {lead} 行不是题目，没有读。")
    skips += [
        Skip(Place(line), "答案表里的这一条没有对应的题目，请核对题号", (text,))
        for line, text in reader.strays
    ]
    return sorted(skips, key=lambda skip: skip.place.row or 0), notes


def take_all(gathering: Gathering, text: str, place: Place) -> Iterator[str]:
    """Gather the questions of a piece of text that stands at one place; why any was not taken."""
    found = [
        block
        for block in read_lines(enumerate(text.split("\n"), start=1)).blocks()
        if block.is_question
    ]
    if not found:
        yield "看不懂：不是一道题。请写上题号、题干和答案，或删去这一行"
    for block in found:
        refusal = gathering.take(block.draft, place)
        if refusal is not None:
            yield refusal.reason
