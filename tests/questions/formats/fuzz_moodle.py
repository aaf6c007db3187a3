"""Throws broken GIFT, Aiken and Moodle XML files at their readers.

    python -m tests.questions.formats.fuzz_moodle [CASES] [SEED]

Every file must be read, or refused with a FormatError, within five seconds; whatever is read must
be a question that can be shown and graded. Exits 1 with the first file that does otherwise.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from questions.errors import FormatError
from questions.formats import FORMATS
from questions.formats.assembly import check
from questions.models import Kind
from tests.questions.formats.moodle_banks import NASTY, bank, question

SLOWEST = 5.0  # seconds
NAMES = ("gift", "aiken", "moodle-xml")

_SOME = bank(
    question(Kind.SINGLE, "几日前{申请}？", options=("20", "30", "60"), key=(2,), uid="a",
             explanation="第十四条：60日前。", section=("排污/许可", "期限"), tags=("环评",)),
    question(Kind.MULTIPLE, "哪些属于？", options=("甲", "乙", "~丙", "=丁"), key=(0, 2, 3),
             uid="b"),
    question(Kind.JUDGE, "2021年开展活动203次。", key=(1,), uid="c", explanation="原文如此。"),
    question(Kind.BLANK, "发稿____篇。", answers=("6926", "6,926", "*"), uid="d"),
)  # fmt: skip

SIGNS = (
    *NASTY, "<quiz>", "</quiz>", "<question type='multichoice'>", "</question>", "<text>",
    "</text>",
    "<!DOCTYPE q [<!ENTITY a 'b'>]>", "&a;", "<answer fraction='33'>", "</answer>", "<!--", "-->",
    "<sup>", "</sup>", "<ul><li>", "<table><tr><td>", "::甲::", "{}", "{T}", "{#1..5}", "{=a ~b}",
    "=%50%", "~%-100%", "#" * 9, "\n\n", "ANSWER: ", "ANSWER: AB", "C) ", "// [id:7] [tag:x]",
    "\ufeff", "\x00", "\r", "9" * 60, "1e999", "x" * 3000, "<question type='numerical'>",
)  # fmt: skip


def seeds(name: str) -> list[bytes]:
    """Good files to break: our own and one written by hand."""
    own = FORMATS[name].write(_SOME)
    by_hand = Path(__file__).with_name("samples") / f"sample.{name}.txt"
    return [own, by_hand.read_bytes()]


def cases(name: str, count: int, rng: random.Random) -> Iterator[bytes]:
    """`count` files: cut, doubled, shuffled, peppered with signs and with stray bytes."""
    good = seeds(name)
    for _ in range(count):
        data = bytearray(rng.choice(good))
        for _ in range(rng.randint(1, 8)):
            _break(data, rng)
        yield bytes(data)


def giants(name: str, size: int) -> Iterator[tuple[str, bytes]]:
    """Files of `size` bytes that hold one sign over and over, alone and within a question."""
    within = {
        "gift": ("::甲::[html]题干", "{=对 ~错}\n"),
        "aiken": ("题干\nA) 甲\nB) ", "\nANSWER: A\n"),
        "moodle-xml": (
            '<quiz><question type="multichoice"><questiontext><text><![CDATA[',
            ']]></text></questiontext><answer fraction="100"><text>甲</text></answer>'
            '<answer fraction="0"><text>乙</text></answer></question></quiz>',
        ),
    }[name]
    for sign in SIGNS:
        many = sign * (size // len(sign.encode()))
        yield sign, many.encode()
        yield sign, f"{within[0]}{many}{within[1]}".encode()


def attempt(name: str, data: bytes) -> float:
    """Read one file and check what comes out; the seconds it took."""
    started = time.perf_counter()
    try:
        reading = FORMATS[name].read(data, "坏文件")
    except FormatError:
        reading = None
    for each in NAMES:
        FORMATS[each].knows(data)
    seconds = time.perf_counter() - started
    assert seconds < SLOWEST, f"{seconds:.1f} s"
    if reading is not None:
        for item in reading.bank.questions:
            check(item)
        assert all(skip.reason and skip.place.row for skip in reading.skips)
        assert len({item.id for item in reading.bank.questions}) == len(reading.bank.questions)
    return seconds


def _break(data: bytearray, rng: random.Random) -> None:
    start = rng.randint(0, len(data))
    end = min(len(data), start + rng.choice((1, 1, 2, 5, 40, 400)))
    match rng.randint(0, 4):
        case 0:
            del data[start:end]
        case 1:
            data[start:start] = data[start:end] * rng.choice((1, 2, 30))
        case 2:
            data[start:end] = bytes(rng.randrange(256) for _ in range(min(4, end - start)))
        case _:
            data[start:start] = rng.choice(SIGNS).encode() * rng.choice((1, 1, 1, 3, 50))


def main() -> int:
    """Fuzz every reader and print what came of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for name in NAMES:
        rng = random.Random(f"{name}{seed}")
        slowest = total = 0.0
        for data in cases(name, count, rng):
            try:
                seconds = attempt(name, data)
            except Exception as error:
                print(f"{name}: {error!r}\n{data!r}")
                return 1
            slowest, total = max(slowest, seconds), total + seconds
        for sign, data in giants(name, 10 << 20) if "giants" in sys.argv else ():
            try:
                seconds = attempt(name, data)
            except AssertionError as error:
                print(f"{name}: 10 MB of {sign[:20]!r}: {error!r}")
                continue
            slowest = max(slowest, seconds)
        print(f"{name:<10} {count} files, {total:.1f} s, slowest {slowest * 1000:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
