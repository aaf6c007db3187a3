"""What Excel and WPS do to cells, rows and sheets is undone, noted or refused."""

from __future__ import annotations

from datetime import date

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from questions.formats import FORMATS
from tests.questions.formats.files.workbooks import (
    changed,
    one,
    read,
    read_rows,
    saved,
    workbook,
    xlsx,
)

SHEET = "xl/worksheets/sheet1.xml"


def test_numbers_read_as_people_see_them() -> None:
    book = workbook({"题库": [("题型", "题干", "A", "B", "C", "D", "答案")]})
    sheet = book["题库"]
    sheet.append(["单选题", "占比多少？", 0.887, 12.0, 1982, 0.1, "A"])
    sheet["C2"].number_format = "0.0%"
    (question,) = read(saved(book)).bank.questions
    assert question.options == ("88.7%", "12", "1982", "0.1")


def test_an_answer_stored_as_a_number_is_whole() -> None:
    assert one("填空题", "办了____件", *[None] * 4, 1.0).answers == ("1",)
    assert one("单选题", "几件？", 1, 2, 3, 4, 2.0).key == (1,)


def test_a_date_cell_is_the_day_it_shows() -> None:
    header = ("题型", "题干", "答案", "来源文件", "施行日期")
    question = one("判断题", "甲。", "对", "某法", date(2025, 11, 1), header=header)
    assert question.basis is not None
    assert str(question.basis.in_force_from) == "2025-11-01"
    serial = one("判断题", "甲。", "对", "某法", 45962, header=header)
    assert serial.basis == question.basis


def test_dates_among_the_options_read_as_shown() -> None:
    book = workbook({"题库": [("题型", "题干", "A", "B", "答案")]})
    sheet = book["题库"]
    sheet.append(["单选题", "哪天？", date(2025, 12, 4), date(2025, 6, 5), "A"])
    sheet["C2"].number_format, sheet["D2"].number_format = 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
    (question,) = read(saved(book)).bank.questions
    assert question.options == ("2025年12月4日", "6月5日")


def test_cells_merged_downwards_hold_for_every_row_but_never_repeat_a_stem() -> None:
    book = workbook(
        {
            "题库": [
                ("题型", "题干", "答案", "章节", "来源"),
                ("判断题", "甲。", "对", "总则", "某法"),
                (None, "乙。", "错", None, None),
                (None, "丙。", "错", None, None),
            ]
        }
    )
    sheet = book["题库"]
    for column in "ADE":
        sheet.merge_cells(f"{column}2:{column}4")
    reading = read(saved(book))
    assert [q.citation.section for q in reading.bank.questions] == [("总则",)] * 3
    assert len(reading.bank.documents) == 1
    sheet.merge_cells("B3:B4")
    assert len(read(saved(book)).bank.questions) == 2


def test_a_formula_counts_with_the_value_it_last_had() -> None:
    target = xlsx(("判断题", "甲。", *[None] * 4, "对"))
    formula = b'<c r="G2" t="str"><f>IF(1,"x")</f><v>\xe9\x94\x99</v></c>'

    def put(part: bytes) -> bytes:
        at = part.index(b'<c r="G2"')
        return part[:at] + formula + part[part.index(b"</c>", at) + 4 :]

    (question,) = read(changed(target, {SHEET: put})).bank.questions
    assert question.key == (1,)


def test_a_formula_never_computed_is_told() -> None:
    reading = read_rows(("判断题", "甲。", *[None] * 4, '=IF(1,"对","错")'))
    assert any("1 个公式" in note for note in reading.notes)
    assert "没有答案" in reading.skips[0].reason


def test_an_error_cell_is_named() -> None:
    target = xlsx(("判断题", "甲。", *[None] * 4, "#N/A"))
    (skip,) = read(target).skips
    assert str(skip.place) == "工作表“题库”第 2 行“答案”列"
    assert "#N/A" in skip.reason


def test_rich_text_is_read_whole() -> None:
    rich = CellRichText("办了", TextBlock(InlineFont(b=True), "59"), "件。")
    assert one("判断题", rich, *[None] * 4, "对").stem == "办了59件。"


def test_line_breaks_written_out_become_line_breaks() -> None:
    question = one("判断题", "甲&#10;乙_x000D_\n丙&#xA;丁", *[None] * 4, "对")
    assert question.stem == "甲\n乙\n丙\n丁"


def test_hidden_sheets_are_passed_over_and_hidden_rows_are_not() -> None:
    rows = [("题型", "题干", "答案"), ("判断题", "甲。", "对"), ("判断题", "乙。", "错")]
    book = workbook({"题库": rows, "旧题": rows})
    book["旧题"].sheet_state = "hidden"
    book["题库"].row_dimensions[3].hidden = True
    reading = read(saved(book))
    assert len(reading.bank.questions) == 2
    assert reading.notes == (
        "工作表“旧题”是隐藏的，没有读。",
        "工作表“题库”有 1 行被隐藏或筛掉，也一并读了。",
    )


def test_empty_rows_and_rows_of_blanks_say_nothing() -> None:
    reading = read_rows((None,), (" ", "　"), ("判断题", "甲。", *[None] * 4, "对"), ("",))
    assert len(reading.bank.questions) == 1
    assert reading.skips == ()
    assert reading.bank.questions[0].citation.section == ("工作表“题库”第 4 行",)


def test_a_sheet_that_lies_about_its_size_is_read_all_the_same() -> None:
    def lie(part: bytes) -> bytes:
        at = part.index(b"<dimension")
        return part[:at] + b'<dimension ref="A1:XFD1048576"/>' + part[part.index(b"/>", at) + 2 :]

    data = changed(xlsx(("判断题", "甲。", *[None] * 4, "对")), {SHEET: lie})
    assert len(read(data).bank.questions) == 1


def test_pictures_are_told_of() -> None:
    data = changed(
        xlsx(("判断题", "甲。", *[None] * 4, "对")), {"xl/media/image1.png": b"\x89PNG"}
    )
    assert any("图片" in note for note in read(data).notes)


def test_a_workbook_of_another_program_is_known_by_its_content() -> None:
    assert FORMATS["xlsx"].knows(xlsx())
    assert not FORMATS["docx"].knows(xlsx())
