"""On the command line a bank is written in any format, and what is lost is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.banks import forms
from bot.cli import FORMAT_NAMES, main
from questions.data import report_path
from questions.errors import FormatError
from questions.formats import FORMATS, recognise


def test_the_command_line_offers_every_format() -> None:
    assert set(FORMAT_NAMES) == set(FORMATS)


def test_a_files_ending_tells_its_format_unless_several_share_it() -> None:
    assert forms.chosen(None, Path("题.XLSX")).name == "xlsx"
    assert forms.chosen(None, Path("题.xml")).name == "moodle-xml"
    assert forms.chosen(None, None).name == "json"
    assert forms.chosen("aiken", Path("题.txt")).name == "aiken"
    with pytest.raises(FormatError, match="--format"):
        forms.chosen(None, Path("题.txt"))


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_a_generated_bank_is_written_in_every_format_and_known_again(
    name: str, tmp_path: Path
) -> None:
    target = tmp_path / f"bank{FORMATS[name].suffix}"
    command = ["generate", str(report_path()), "--limit", "12", "--format", name]

    done = CliRunner().invoke(main, [*command, "--output", str(target)])

    assert done.exit_code == 0, done.output
    data = target.read_bytes()
    assert recognise(data).name == name
    assert FORMATS[name].read(data, target.name).bank.questions
    assert ("装不下" in done.stderr) is (name != "json")
