"""Our figures are Moodle's, on Moodle's own test data.

The data stay where they are: set MOODLE_FIXTURES to a checkout's
mod/quiz/report/statistics/tests/fixtures. What Moodle expects of them stands here.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from questions.analysis import Analysis, Attempt, analyse

FOLDER = os.environ.get("MOODLE_FIXTURES", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="MOODLE_FIXTURES names no folder")

FIRST = 8  # of the 20 slots; before it stand essays and matches that earned nothing
FACILITY = (
    41.19318182, 81.36363636, 71.36363636, 65.45454545, 65.90909091, 36.36363636, 59.09090909,
    50, 59.09090909, 63.63636364, 45.45454545, 27.27272727, 50,
)  # fmt: skip
DEVIATION = (
    1912.733589, 251.2738111, 322.6312277, 333.4199022, 337.5811591, 492.3659639, 503.2362797,
    511.7663157, 503.2362797, 492.3659639, 509.6471914, 455.8423058, 511.7663157,
)  # fmt: skip
EFFECTIVE_WEIGHT = (
    26.58464457, 3.368456046, 3.253955259, 7.584083694, 3.79658376, 3.183278505, 4.532356904,
    7.78856243, 10.08351572, 8.381139345, 8.727645713, 7.946277111, 4.769500946,
)  # fmt: skip
DISCRIMINATION = (
    25.88327077, 1.170256965, -4.207816809, 28.16930644, -2.513606859, -12.99017581,
    -8.900638238, 8.670004606, 29.63337745, 15.18945843, 16.21079629, 15.52451404, -8.396734802,
)  # fmt: skip
EFFICIENCY = (
    27.23492723, 1.382386552, -4.691171307, 31.12404354, -2.877487579, -17.5074184,
    -10.27568922, 10.86956522, 34.58997279, 17.4790556, 20.14359793, 22.06477733, -10,
)  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with Path(FOLDER, name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_states() -> Analysis[int]:
    marks: list[dict[int, float]] = []
    most: dict[int, float] = {}
    for row in rows("mdl_question_states.csv"):
        slot = int(row["slot"])
        if slot == 1:
            marks.append({})
        marks[-1][slot] = float(row["mark"])
        most[slot] = float(row["maxmark"])
    return analyse((Attempt(each) for each in marks), most)


def of_results() -> Analysis[int]:
    marks: list[dict[int, float]] = []
    for row in rows("results00.csv"):
        marks.append({slot: float(row[f"slots.{slot}.mark"]) for slot in range(1, 8)})
    return analyse(map(Attempt, marks), dict.fromkeys(range(1, 8), 1.0))


def test_every_item_of_the_generated_quiz_has_moodles_figures() -> None:
    items = of_states().items
    expected = zip(FACILITY, DEVIATION, EFFECTIVE_WEIGHT, DISCRIMINATION, EFFICIENCY, strict=True)
    for slot, (facility, deviation, weight, discrimination, efficiency) in enumerate(
        expected, start=FIRST
    ):
        item = items[slot]
        assert item.facility == pytest.approx(facility / 100, abs=1e-8)
        assert item.deviation == pytest.approx(deviation / 1000, abs=1e-6)
        assert item.effective_weight == pytest.approx(weight, abs=1e-6)
        assert item.discrimination == pytest.approx(discrimination, abs=1e-6)
        assert item.efficiency == pytest.approx(efficiency, abs=1e-6)
    for slot in range(1, FIRST):
        assert items[slot].effective_weight == 0
        assert items[slot].discrimination is None
        assert items[slot].facility == (0 if slot < 5 else None)


def test_every_item_of_the_walked_through_quiz_has_moodles_figures() -> None:
    items = of_results().items
    columns = {
        "facility": "facility",
        "sd": "deviation",
        "effectiveweight": "effective_weight",
        "covariance": "covariance",
        "markvariance": "variance",
        "othermarkvariance": "rest_variance",
        "discriminationindex": "discrimination",
        "covariancemax": "covariance_max",
        "discriminativeefficiency": "efficiency",
    }
    for row in rows("qstats00.csv"):
        if row.get("variant") or row.get("subqname"):
            continue
        for column, name in columns.items():
            said = getattr(items[int(row["slot"])], name)
            assert said == pytest.approx(float(row[column]), abs=1e-9), (row["slot"], name)


def test_the_walked_through_quiz_as_a_whole_has_moodles_figures() -> None:
    quiz = of_results().quiz
    assert quiz.attempts == 25
    assert quiz.median == 4.5
    for said, wanted in (
        (quiz.mean, 4.617333332),
        (quiz.deviation, 0.8117265554),
        (quiz.skewness, -0.092502502),
        (quiz.kurtosis, -0.7073968557),
        (quiz.consistency, -87.2230935542),
        (quiz.error_ratio, 136.8294900795),
        (quiz.standard_error, 1.1106813066),
    ):
        assert said == pytest.approx(wanted, abs=1e-9)
