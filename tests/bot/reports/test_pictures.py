"""Pictures can be sent and read; a character that the typeface lacks is seen to be missing."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from PIL import Image

from bot.boards.service import BoardSpan, PersonBoard, PlanChoice, Season, Standing
from bot.reports import pictures
from bot.reports.pictures import boards, fonts, render
from bot.reports.pictures import heat as heat_drawing
from bot.reports.pictures import trend as trend_drawing
from bot.reports.pictures.boards import board_picture
from bot.reports.pictures.fonts import CUT, MISSING, Family, has_glyph, printable
from bot.reports.pictures.rates import exact, whole
from bot.texts import catalogue
from storage.states import PlanId
from tests.bot.reports.samples import DAY, LONG_NAME, NAMES, departments, heat, people, trend

Draw = Callable[[bool], bytes]
PICTURES: dict[str, Draw] = {
    "ten people": lambda dark: board_picture(people(*NAMES, LONG_NAME, "尾"), is_dark=dark),
    "one person": lambda dark: board_picture(people("小安"), is_dark=dark),
    "nobody": lambda dark: board_picture(
        PersonBoard(people().span, DAY, Standing(), 0, ()), is_dark=dark
    ),
    "departments": lambda dark: board_picture(departments(), is_dark=dark),
    "no departments": lambda dark: board_picture(
        replace(departments(1), bands=(), department=None), is_dark=dark
    ),
    "a year": lambda dark: trend_drawing.draw(trend(), is_dark=dark),
    "one point": lambda dark: trend_drawing.draw(trend(1), is_dark=dark),
    "no points": lambda dark: trend_drawing.draw(trend(0), is_dark=dark),
    "full map": lambda dark: heat_drawing.draw(heat(), is_dark=dark),
    "one cell": lambda dark: heat_drawing.draw(heat(1, 1), is_dark=dark),
    "empty map": lambda dark: heat_drawing.draw(heat(0, 0), is_dark=dark),
}
# Signs and emoji that are said in chat only; none of those missing may stand in a picture.
CHAT_ONLY = re.compile(
    "[\u2139\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]"
)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_can_be_sent_as_a_photo(name: str, is_dark: bool) -> None:
    content = PICTURES[name](is_dark)
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        width, height = image.size
        assert image.format == "PNG"
    # Bot API, sendPhoto.
    assert width + height <= 10_000
    assert max(width, height) <= 20 * min(width, height)
    assert len(content) <= 1 << 20


@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_keeps_anybody_waiting(name: str) -> None:
    taken = []
    for _ in range(3):
        before = time.process_time()
        PICTURES[name](False)
        taken.append(time.process_time() - before)
    assert min(taken) <= 0.9  # 0.3 on the machine it was made for


def test_pictures_by_day_and_by_night_differ() -> None:
    assert board_picture(people("小安"), is_dark=False) != board_picture(
        people("小安"), is_dark=True
    )


def test_one_s_own_line_is_marked() -> None:
    marked, unmarked = people("小安", "小白", own="小白"), people("小安", "小白", own="")
    assert board_picture(marked, is_dark=False) != board_picture(unmarked, is_dark=False)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (BoardSpan.DAY, "2026年11月23日"),
        (BoardSpan.WEEK, "2026年第48周，截至11月23日"),
        (BoardSpan.MONTH, "2026年11月，截至11月23日"),
        (BoardSpan.QUARTER, "2026年第4季度，截至11月23日"),
        (BoardSpan.YEAR, "2026年，截至11月23日"),
        (BoardSpan.ALL, "开始使用以来，截至11月23日"),
    ],
)
def test_a_board_says_what_it_looks_back_on(span: BoardSpan, said: str) -> None:
    assert boards._subtitle(replace(people("小安"), span=span)) == said


def test_a_closed_season_says_so_and_a_plan_has_its_name() -> None:
    closed = Season(datetime(2026, 12, 1, tzinfo=UTC), ())
    board = replace(people("小安"), span=BoardSpan.CLOSED_QUARTER, season=closed)
    assert boards._subtitle(board) == "2026年第4季度，已定榜"
    plan = replace(people("小安"), span=BoardSpan.PLAN, plan=PlanChoice(PlanId(1), "宪法周"))
    assert boards._subtitle(plan) == "宪法周，截至11月23日"


def test_too_much_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="54 points"):
        trend_drawing.draw(trend(54), is_dark=False)
    with pytest.raises(ValueError, match="41 × 2"):
        heat_drawing.draw(heat(41, 2), is_dark=False)
    with pytest.raises(ValueError, match="1 × 28"):
        heat_drawing.draw(heat(1, 28), is_dark=False)


async def test_a_picture_is_drawn_beside_the_event_loop() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.002)

    counting = asyncio.create_task(count())
    await render(lambda: PICTURES["full map"](False))
    counting.cancel()
    assert turns >= 5


# Glyphs


def absent(text: str, family: Family = Family.SANS) -> set[str]:
    return {mark for mark in text if mark.isprintable() and not has_glyph(mark, family)}


@pytest.mark.parametrize("family", Family)
def test_everything_the_bot_says_can_be_drawn(family: Family) -> None:
    for key, value in catalogue().items():
        assert absent(CHAT_ONLY.sub("", value), family) == set(), key


def test_what_pictures_say_needs_no_stand_in() -> None:
    folder = Path(pictures.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    used = set(re.findall(r"\"((?:reports|boards)\.[a-z_]+)\"", code))
    assert len(used) > 20
    for key in used | {key for key in catalogue() if re.match(r"reports\.(trend|heat)_", key)}:
        assert printable(catalogue()[key]) == catalogue()[key].strip(), key


@pytest.mark.parametrize("family", Family)
def test_every_law_can_be_named(family: Family) -> None:
    table = files("questions.data").joinpath("laws.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(table)):
        assert absent(f"《{row['title']}》{row['aliases']}", family) == set()


@pytest.mark.parametrize("family", Family)
def test_every_common_character_can_be_drawn(family: Family) -> None:
    """GB/T 2312: 6,763 characters."""
    common = "".join(
        bytes([row, cell]).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA) or row > 0xD7
    )
    assert len(common) == 6763
    assert absent(common, family) == set()


@pytest.mark.parametrize("family", Family)
def test_names_beyond_the_common_characters_can_be_drawn(family: Family) -> None:
    """From the third table of the 通用规范汉字表 (2013), and others that people are called by."""
    names = "喆堃淼犇燚彧旻玥昇镕珺祎頔翀媖烜甦昉玚韡赟暐璟琎曈骉鱻龘䶮"
    third = "𬭎𫖯𬱖𫓧𬘭𬬭𬙂𬣙𬇕𬣞𬘓𫭟𫭢𫇭𫐄𫵷𬇙𬣡𫸩𫘜𬘘𫘝𬨂𬀩𬀪𬬩𫍣𬣳𬩽𬮿𬯎𬱟𬳵𬳶𬳽𬳿𬸚𬹼𬺈𬺓"
    marks = "·“”‘’《》〈〉【】（），。；：！？、—…–％%＝÷×＋－〓①⑩一二0Aaé㎡℃Ⅲ→"
    assert absent(names + third + marks + "".join(filter(None, NAMES)), family) == set()


@pytest.mark.parametrize("mark", ["☑", "☐", "😀", "👨", "\U000e0b00", "𓀀", "ཀ"])
def test_a_missing_character_is_seen_to_be_missing(mark: str) -> None:
    shown = printable(f"小{mark}安")
    assert shown == f"小{MISSING}安" or mark == "\U000e0b00"
    assert has_glyph(MISSING)
    assert board_picture(people(f"{mark}安"), is_dark=False) == board_picture(
        people(printable(f"{mark}安")), is_dark=False
    )


def test_marks_that_turn_or_hide_text_are_left_out() -> None:
    assert printable("小\u202e安\u200b\n白\t丁\x00") == "小安 白 丁"
    assert printable("é") == "é"
    assert printable("e\u0301") == "é"


def test_a_long_name_keeps_its_end() -> None:
    cut = fonts.fitted("第一支队驻某地办公室甲", Family.SANS, 20, 130)
    assert cut.startswith("第")
    assert cut.endswith("甲")
    assert CUT in cut
    assert fonts.width(cut, Family.SANS, 20) <= 130
    assert fonts.fitted("短", Family.SANS, 20, 130) == "短"
    assert fonts.fitted("没有地方", Family.SANS, 20, 1) == CUT


def test_lines_break_before_the_room_ends_and_not_before_a_comma() -> None:
    broken = fonts.lines("一二三四五，六七八", Family.SANS, 20, 100)
    assert broken == ["一二三四五，", "六七八"]


def test_only_a_full_rate_reads_full() -> None:
    assert (whole(999_999), whole(1_000_000), whole(4_999), whole(5_000)) == (
        "99",
        "100",
        "0",
        "1",
    )
    assert (exact(None), exact(999_999)) == ("—", "99.9%")
