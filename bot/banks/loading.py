"""`xuefa import` and `xuefa export`: banks between files and the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.banks.generating import write_whole
from bot.banks.incoming.surveying.bank_file import survey
from bot.banks.incoming.surveying.target import Target
from bot.banks.incoming.writing import open_bank, write
from bot.clock import utc_now
from bot.offline import once
from bot.plans.calendar import local_day
from bot.settings import Settings
from questions.documents import read as read_document
from questions.errors import DocumentError, FormatError
from questions.formats import FORMATS, recognise
from questions.formats.format import Reading
from questions.formats.skipped import write_skips
from questions.models import Bank
from storage.repositories.editions import Put
from storage.states import ImportSource
from storage.unit import Unit

T = TypeVar("T")

LONGEST_NAME = 64
MOST_LINES = 20
FEWEST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """What bringing a file did; `unchanged` stood in the bank already."""

    put: Put
    unchanged: int
    repeated: int
    reading: Reading


def import_file(settings: Settings, path: Path, name: str, *, is_draft: bool = False) -> Loaded:
    """Bring a bank file of any format into the bank `name`: published, or as drafts.

    Raises FormatError where nothing in it can be read; then nothing has changed.
    """
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise FormatError(f"题库名应为 1 至 {LONGEST_NAME} 个字。")
    data = path.read_bytes()
    reading = _read(path, data)
    digest = hashlib.sha256(data).hexdigest()
    return once(
        settings,
        lambda unit: load(
            unit, reading, name, settings.timezone, path.name, digest, is_draft=is_draft
        ),
    )


def _read(path: Path, data: bytes) -> Reading:
    try:
        reading = recognise(data).read(data, path.name)
    except FormatError as error:
        hint = "要由公文或法律全文出题，请用 xuefa generate。" if _is_document(path, data) else ""
        raise FormatError(f"{path}：{error}{hint}") from error
    if not reading.bank.questions and reading.skips:
        skip = reading.skips[0]
        place = f"{skip.place}：" if str(skip.place) else ""
        raise FormatError(f"{path}：没有一题能用，例如{place}{skip.reason}")
    return reading


def _is_document(path: Path, data: bytes) -> bool:
    """Whether `generate` would find sentences in the file."""
    try:
        return len(read_document(data, name=path.name).sentences) >= FEWEST_SENTENCES
    except DocumentError:
        return False


def load(
    unit: Unit,
    reading: Reading,
    name: str,
    timezone: str,
    file: str,
    sha256: str,
    *,
    is_draft: bool = False,
) -> Loaded:
    """Put what was read into a bank; a new bank joins the first plan."""
    now = utc_now()
    bank_id = open_bank(unit, name, timezone, now=now)
    found = survey(
        unit,
        Target(bank_id, name),
        reading,
        sha256=sha256,
        today=local_day(now, timezone),
    )
    written = write(
        unit,
        bank_id,
        found.bank,
        found.findings,
        is_published=not is_draft,
        is_trusted=True,
        now=now,
    )
    put = written.put
    source = ImportSource.COMMAND
    unit.imports.add(bank_id, put, source=source, name=file, sha256=sha256, now=now)
    detail = {"bank": name, "added": len(put.added), "changed": len(put.changed)}
    unit.house.record(None, "bank.import", f"bank:{bank_id}", detail, now)
    return Loaded(put, found.present + put.unchanged, found.repeated, reading)


def publish(unit: Unit, bank: Bank, name: str, timezone: str) -> Put:
    """Put questions into a bank, published; a new bank joins the first plan."""
    digest = hashlib.sha256(FORMATS["json"].write(bank)).hexdigest()
    return load(unit, Reading(bank), name, timezone, name, digest).put


def complaints(loaded: Loaded) -> Iterator[str]:
    """What was not taken, line by line, and how much more there is."""
    skips = loaded.reading.skips
    if skips:
        yield f"没有导入 {len(skips)} 处："
    for skip in skips[:MOST_LINES]:
        yield f"  {skip.place}：{skip.reason}" if str(skip.place) else f"  {skip.reason}"
    if len(skips) > MOST_LINES:
        yield f"  还有 {len(skips) - MOST_LINES} 处，用 --skips 错误表.xlsx 可以全部写出。"


def save_skips(path: Path, loaded: Loaded) -> None:
    """Write the table of what was not taken, to be mended and imported again."""
    write_whole(path, write_skips(loaded.reading))


def take_bank(settings: Settings, name: str) -> Bank:
    """The published questions of the bank `name`; raises FormatError where there is none."""

    def read(unit: Unit) -> Bank:
        bank_id = unit.banks.find_by_name(name)
        if bank_id is None:
            raise FormatError(f"没有名为“{name}”的题库。")
        return unit.banks.read_bank(bank_id)

    return once(settings, read)
