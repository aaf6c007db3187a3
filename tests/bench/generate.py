"""How fast a document becomes a bank.

Figures: characters per second from a file's bytes to a bank (the bundled report, best of
several runs), how the time grows for ten times the text, whether two runs give equal bytes.
The peer does less: it only cuts and tags the same text into words (rjieba, in Rust), which is
what a generator built on word segmentation would have to pay before it asks anything.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Final

import rjieba

from questions import documents, generation
from questions.data import read_report
from questions.documents import Document
from questions.formats import FORMATS
from questions.generation import Generated

BAR: Final = 1.0
CHARS_PER_SECOND: Final = 50_000
GROWTH: Final = 12.0
RUNS: Final = 7
WORDS: Final = re.compile(
    "生态|环境|企业|活动|案件|整治|改造|治理|任务|单位|行为|金额|新闻|排查|监测|事项|法律"
)
BRANCHES: Final = "水利 交通 教育 卫生 农业 林草 文旅 商务 住建 民政".split()  # noqa: SIM905


def main(*, short: bool = False) -> int:
    """Print the figures; 1 where a bar is missed; `short` runs each work less often."""
    data = read_report()
    text = data.decode("utf-8-sig")
    runs = RUNS // 2 if short else RUNS
    alone = _best(lambda: _generate(data), runs)
    busy = _best(lambda: _generate(data), runs, time.process_time)
    peer = _best(lambda: rjieba.tag(text), runs)
    tenfold = b"\n".join(_variants(10))
    growth = _growth(_variants(10), tenfold)
    is_equal = _bytes(_generate(data)) == _bytes(_generate(data))
    made = _generate(tenfold)
    speed = len(text) / alone
    ratio = speed / CHARS_PER_SECOND
    print(f"report: {len(text)} characters in {alone * 1000:.0f} ms, {speed:,.0f} characters/s")
    print(f"of processor time alone: {len(text) / busy:,.0f} characters/s")
    print(f"questions: {len(_generate(data).bank.questions)}, tenfold: {len(made.bank.questions)}")
    print(f"tenfold text: {growth:.1f} times the time (at most {GROWTH:.0f})")
    print(f"two runs give equal bytes: {is_equal}")
    print(f"peer, cutting and tagging words only (rjieba): {len(text) / peer:,.0f} characters/s")
    print(f"generate ratio={ratio:.2f} bar={BAR}")
    return int(ratio < BAR or growth > GROWTH or not is_equal)


def _generate(data: bytes) -> Generated:
    document: Document = documents.read(data, name="report.txt")
    return generation.generate([document])


def _bytes(made: Generated) -> bytes:
    return FORMATS["json"].write(made.bank)


def _variants(count: int) -> list[bytes]:
    """The report's body `count` times, each for another branch and with other numbers."""
    text = read_report().decode("utf-8-sig")
    body = text[: text.index("扫一扫")]
    bodies = []
    for number, branch in enumerate(BRANCHES[:count]):
        turned = str.maketrans("3456789", "3456789"[number % 7 :] + "3456789"[: number % 7])
        other = WORDS.sub(rf"{branch}\g<0>", body.translate(turned))
        bodies.append(other.replace("。", f",{branch}系统落实到位。").encode())
    return bodies


def _growth(parts: list[bytes], whole: bytes) -> float:
    """Processor time of a text over the mean of its parts' read alone, the best of three pairs.

    Pairs run side by side and wall clocks stay out of it: other work on the machine does not
    make the text grow.
    """
    ratios = []
    for _ in range(3):
        start = time.process_time()
        for part in parts:
            _generate(part)
        middle = time.process_time()
        _generate(whole)
        ratios.append((time.process_time() - middle) / (middle - start) * len(parts))
    return min(ratios)


def _best(
    work: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


if __name__ == "__main__":
    raise SystemExit(main())
