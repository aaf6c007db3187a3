"""The table of errors: skipped rows as they stood, to be mended there and sent again."""

from __future__ import annotations

from questions.formats.format import Reading
from questions.formats.sheets.cells import fit
from questions.formats.sheets.columns import COMPLAINT, WHOLE
from questions.formats.xlsx import LONGEST_CELL, write_rows


def write_skips(reading: Reading) -> bytes:
    """A workbook of what was not taken, under the file's own header, with 问题 as last column.

    Mended and imported again, the column 问题 is passed over. What does not fit a cell is cut.
    """
    header = [fit(title) for title in reading.header] or [WHOLE]
    rows = (
        [
            *(fit(cell)[:LONGEST_CELL] for cell in skip.cells[: len(header)]),
            *[""] * (len(header) - len(skip.cells)),
            f"{skip.place}：{skip.reason}" if str(skip.place) else skip.reason,
        ]
        for skip in reading.skips
    )
    return write_rows([*header, COMPLAINT], rows)
