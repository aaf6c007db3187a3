"""What a file is to hold, and its form between the two processes (JSON)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.repositories.windows import Days
from storage.states import DepartmentId


class FileFormat(StrEnum):
    """What file it is."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def suffix(self) -> str:
        """How its name ends; CSV tables come several in a zip."""
        return ".xlsx" if self is FileFormat.XLSX else ".zip"


@dataclass(frozen=True, slots=True)
class Order:
    """A file for somebody who sees `departments` (None: all); `made_at` is local, for the print.

    `period` and `scope` are how the days and departments are called.
    """

    format: FileFormat
    days: Days
    departments: frozenset[DepartmentId] | None
    period: str
    scope: str
    made_at: datetime

    def pack(self) -> str:
        """The order on one line."""
        body = asdict(self)
        body["days"] = [self.days.first.isoformat(), self.days.last.isoformat()]
        body["departments"] = sorted(self.departments) if self.departments is not None else None
        body["made_at"] = self.made_at.isoformat()
        return json.dumps(body, ensure_ascii=True)

    @classmethod
    def unpack(cls, line: str) -> Order:
        """The order again."""
        body = json.loads(line)
        first, last = body["days"]
        seen = body["departments"]
        return cls(
            format=FileFormat(body["format"]),
            days=Days(date.fromisoformat(first), date.fromisoformat(last)),
            departments=frozenset(seen) if seen is not None else None,
            period=body["period"],
            scope=body["scope"],
            made_at=datetime.fromisoformat(body["made_at"]),
        )
