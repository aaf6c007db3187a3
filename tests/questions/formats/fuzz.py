"""`python -m tests.questions.formats.fuzz [CASES] [SEED]`: damaged files by the thousand.

Every reader gets real files with bytes, lines, cells and parts changed, and may answer with
questions or a FormatError, within five seconds; anything else is a fault, printed with its seed.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, unescape

from questions.errors import FormatError
from questions.formats import FORMATS, recognise
from tests.questions.formats.files.workbooks import saved, workbook

READERS: Final = ("xlsx", "csv", "text", "docx")
SECONDS: Final = 5.0
LOOSE: Final = """2025年普法题库
一、单选题（每题2分）
1. 谁来审批？
A. 甲 B. 乙
C. 丙
答案：B
解析：见《某法》第九条。
2、主管机关是（ A ）。
A、甲
B、乙
二、判断题
1.2025年办了59件。（√）
2. 没办。
【答案】错【难度】易
三、填空题
（1）办了____件。
答案：59|五十九
四、简答题
1. 谈谈。
参考答案
一、单选题
1-2 BA
1.A 2.√
"""
TOKENS: Final = (
    "\n", "\n\n", "A.", "B、", "答案：", "参考答案", "【解析】", "1. ", "（2）", "第3题",
    "一、多选题", "1-5 ABCDE", "____", "（√）", "\t", ",", '"', "'", "=", "&#10;", "_x000D_",
    "\x00", "\ufeff",
    "　　", "㉈", "𠀀", "|", "9" * 400, "1" * 30 + "-" + "9" * 30, "（" * 200, "1. " * 50,
    "A. " * 50, "第" * 60, "_" * 300, "#N/A", "1e999", "-0", "_xD800_",
    "多选题", "排序题", "E", "AB",
)  # fmt: skip
TAGS: Final = (
    b"<c", b"</c>", b"<row", b"</row>", b"<v>", b"1e999", b"-1", b'r="ZZZ9999999"', b'r=""',
    b't="s"', b't="d"', b't="b"', b's="99"', b"<w:p>", b"</w:tbl>", b"<w:tbl><w:tr><w:tc>",
    b"&lt;", b"&x;", b'<w:gridSpan w:val="999999"/>', b"<!DOCTYPE x>", b"]]>", b"\xff\xfe",
)  # fmt: skip
TYPES: Final = (b't="s"', b't="d"', b't="b"', b't="e"', b't="str"', b't="n"', b't="inlineStr"')


def originals() -> dict[str, bytes]:
    """One real file for every reader."""
    header = ("题型", "题干", "选项A", "选项B", "答案", "解析", "难度", "施行日期", "来源文件")
    rows = [
        header,
        ("单选题", "谁来审批？", "甲", "乙", "B", "略", 0.5, "2020-01-01", "某法"),
        ("多选题", "哪些？", "甲", "乙", "AB", None, "易", None, None),
        ("判断题", "办了59件。", None, None, True, None, 3, None, None),
        ("填空题", "办了____件", None, None, 59.0, None, None, None, None),
    ]
    book = workbook({"题库": rows, "用户": [("用户名",)]})
    book["题库"].merge_cells("F2:F4")
    bank = FORMATS["text"].read(LOOSE.encode(), "x").bank
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return {
        "xlsx": saved(book),
        "csv": "\n".join(lines).encode("utf-8-sig"),
        "text": LOOSE.encode(),
        "docx": FORMATS["docx"].write(bank),
    }


def mutate(name: str, data: bytes, rng: random.Random) -> bytes:
    """The file with a few things changed, inside its archive or out."""
    if name in ("csv", "text"):
        text = _text(data.decode("utf-8-sig"), rng)
        encoding = rng.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
        mutated = text.encode(encoding, "replace")
        return _bytes(mutated, rng, 3) if rng.random() < 0.3 else mutated
    if rng.random() < 0.15:
        return _bytes(data, rng, 8)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        names = [part for part in old.namelist() if part.endswith(".xml")]
        wanted = ("sheet1.xml", "sharedStrings.xml", "document.xml", "styles.xml", "workbook.xml")
        chosen = rng.choice([part for part in names if part.endswith(wanted)] or names)
        for part in old.namelist():
            content = old.read(part)
            if part == chosen:
                content = _xml(content, rng)
            if rng.random() > 0.01:
                new.writestr(part, content)
    return target.getvalue()


def run(cases: int, seed: int, readers: Iterable[str] = READERS) -> list[str]:
    """The faults of so many cases a reader; outcomes are printed."""
    faults: list[str] = []
    files = originals()
    for name in readers:
        rng = random.Random(f"{seed}-{name}")
        outcomes: Counter[str] = Counter()
        slowest = 0.0
        for case in range(cases):
            data = mutate(name, files[name], rng)
            start = time.perf_counter()
            try:
                outcome = _outcome(name, data)
            except Exception as error:
                faults.append(f"{name} seed {seed} case {case}: {error!r}")
                outcome = "fault"
            spent = time.perf_counter() - start
            if spent > SECONDS:
                faults.append(f"{name} seed {seed} case {case}: {spent:.1f} s")
            slowest = max(slowest, spent)
            outcomes[outcome] += 1
        print(f"{name}: {dict(outcomes)}, slowest {slowest * 1000:.0f} ms", flush=True)
    return faults


def _outcome(name: str, data: bytes) -> str:
    try:
        recognise(data)
        reading = FORMATS[name].read(data, "x")
    except FormatError as error:
        if not any("\u4e00" <= char <= "\u9fff" for char in str(error)):
            raise ValueError(f"not said in Chinese: {error}") from error
        return "refused"
    return "skips" if reading.skips else "read"


def _text(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 8)):
        at, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        move = rng.randrange(4)
        if move == 0:
            text = text[:at] + rng.choice(TOKENS) + text[at:]
        elif move == 1:
            text = text[:at] + text[min(end, at + 30) :]
        elif move == 2:
            text = text[:at] + text[at : at + 40] * rng.randint(2, 5) + text[at + 40 :]
        else:
            lines = text.split("\n")
            rng.shuffle(lines)
            text = "\n".join(lines)
    return text


def _xml(part: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(part))
        move = rng.randrange(12)
        if move == 0:
            part = part[:at] + rng.choice(TAGS) + part[at:]
        elif move == 1:
            part = part[:at] + part[at + rng.randint(1, 60) :]
        elif move == 2:
            tag, other = rng.choice(TAGS[:5]), rng.choice(TAGS)
            part = part.replace(tag, other, rng.randint(1, 3))
        elif move < 6:
            digits = [at for at, byte in enumerate(part) if 48 <= byte < 58]
            place = rng.choice(digits) if digits else at
            number = str(rng.choice((0, 7, 99, 10**7, 10**18))).encode()
            part = part[:place] + number + part[place + 1 :]
        elif move < 8:
            part = part.replace(rng.choice(TYPES), rng.choice(TYPES), 1)
        else:
            part = _content(part, rng)
    return part


def _content(part: bytes, rng: random.Random) -> bytes:
    """The part with the text of one element changed, still well formed."""
    places = [found.start() + 1 for found in re.finditer(rb">[^<>]+<", part)]
    if not places:
        return part
    at = rng.choice(places)
    end = part.index(b"<", at)
    text = escape(_text(unescape(part[at:end].decode("utf-8", "ignore")), rng))
    return part[:at] + text.replace("\x00", "").encode() + part[end:]


def _bytes(data: bytes, rng: random.Random, most: int) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, most)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(
        changed[: rng.randint(len(changed) // 2, len(changed))] if rng.random() < 0.2 else changed
    )


if __name__ == "__main__":
    found = run(
        int(sys.argv[1]) if len(sys.argv) > 1 else 10_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 0,
        sys.argv[3:] or READERS,
    )
    print("\n".join(found[:50]) or "no faults")
    raise SystemExit(bool(found))
