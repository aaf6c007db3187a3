"""Bank files and documents that the stories bring."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import openpyxl

HEADER = ("题型", "题干", "选项A", "选项B", "选项C", "答案", "解析", "题目编号")


def a_row(number: int, **changes: str) -> dict[str, str]:
    """A row of the table; `number` makes it unlike the others."""
    names = "水气声渣土光核辐温湿"
    what = "".join(names[int(digit)] for digit in f"{number:04}")
    return {
        "题型": "单选题",
        "题干": f"{what}许可证第{number}号的有效期是几年？",
        "选项A": f"{number % 7 + 1}年",
        "选项B": f"{number % 7 + 9}年",
        "选项C": f"{number % 7 + 20}年",
        "答案": "A",
        "解析": f"见第{number}号许可证。",
        **changes,
    }


def a_table(rows: Iterable[dict[str, str]], header: Sequence[str] = HEADER) -> bytes:
    """An Excel file of these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(header))
    for row in rows:
        sheet.append([row.get(name, "") for name in header])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def mended(table: bytes, column: str, value: str) -> bytes:
    """A table with a value put into every row's column, as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(table))
    sheet = book.worksheets[0]
    titles = [str(cell.value) for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, titles.index(column) + 1, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


REPORT = """某市水务局2025年法治政府建设情况报告

一、执法情况
2025年，全市共查处水事违法案件37件，罚款金额共计128万元。
全市共开展河道巡查1560次，出动执法人员4200人次。

二、制度建设
2025年，市水务局印发《某市节约用水管理办法》《某市河道采砂管理细则》2件规范性文件。
全年组织法治培训12场，培训执法人员860人次。
"""
"""A document, and below what became of it."""

AMENDED = (
    REPORT.replace("37件", "39件").replace(
        "全市共开展河道巡查1560次，出动执法人员4200人次。\n", ""
    )
    + "全年办理行政复议案件8件，办理行政应诉案件5件。\n"
)


def a_law(year: int = 2020, days: str = "十五") -> str:
    """A law of a few articles, changed in `year`."""
    return f"""中华人民共和国河道清洁法

（2015年3月1日全国人民代表大会常务委员会第三次会议通过
{year}年6月1日全国人民代表大会常务委员会第八次会议修订）

第一条 为了保护河道清洁，保障公众健康，制定本法。

第二条 县级以上人民政府水行政主管部门负责本行政区域内河道清洁的监督管理工作。

第三条 任何单位和个人不得向河道倾倒垃圾、渣土和其他废弃物。

第四条 申请在河道管理范围内从事清淤作业的，水行政主管部门应当自受理申请之日起{days}日内作出决定。

第五条 违反本法规定，向河道倾倒垃圾的，由水行政主管部门责令改正，处一万元以上十万元以下的罚款。

第六条 清淤单位应当在作业结束之日起十日内清理现场。

第七条 本法自{year}年9月1日起施行。
"""
