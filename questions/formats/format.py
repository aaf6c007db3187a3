"""What every bank format speaks: a reading with what it skipped, and what writing would lose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from questions.models import Bank


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: sheet, row or line counted from 1 as an editor shows it, column name."""

    row: int | None = None
    sheet: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        """The place as people say it: 工作表“单选题”第 5 行“答案”列."""
        sheet = f"工作表“{self.sheet}”" if self.sheet is not None else ""
        row = f"第 {self.row} 行" if self.row is not None else ""
        column = f"“{self.column}”列" if self.column is not None else ""
        return sheet + row + column


@dataclass(frozen=True, slots=True)
class Skip:
    """A question that was not taken: where it stands, why (Chinese, with the remedy), its text.

    `cells` are the row as the file has it, so that an error table can be mended and sent again;
    formats without columns give the question's raw text as the one cell.
    """

    place: Place
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a bank file holds: questions taken, questions skipped, in the file's order.

    `header` names the columns of the skips' cells; `notes` say in Chinese what was understood
    in a way worth telling (a sheet passed over, feedback folded into the explanation).
    """

    bank: Bank
    skips: tuple[Skip, ...] = ()
    header: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of bank file.

    `read` takes the bytes and the file's name (for the bank's document) and raises FormatError
    where nothing in the file can be a bank. `losses` says in Chinese, before anything is written,
    what of this bank the format can't carry; empty where all of it comes back equal. `knows`
    looks at the content alone: the first format of the table that knows a file reads it.
    """

    name: str
    label: str  # as people call it
    suffix: str
    read: Callable[[bytes, str], Reading]
    write: Callable[[Bank], bytes]
    losses: Callable[[Bank], tuple[str, ...]]
    knows: Callable[[bytes], bool]
