"""暂停推送: a question that surely tells too little waits for its owner; a person's word counts.

Who restores a question leaves the figures they saw in the audit trail. The same version then
pauses again only where `has_worsened` holds, so nobody has to restore a question twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.items.counting import sample_of
from bot.texts import label
from questions.analysis import Finding, Sample, has_worsened, pausing
from storage.repositories.people import PersonRow
from storage.repositories.questions import Filter, QuestionRow
from storage.repositories.statistics import ItemRow, VersionStatistics
from storage.states import Alert
from storage.unit import Unit

PAUSE, RESUME = "question.pause", "question.resume"
MOST_PAUSED = 1_000  # looked at in one go; more wait for the next


def judge(unit: Unit, item: ItemRow, now: datetime) -> Finding | None:
    """Pause a question that its answers surely speak against; why, where it was done."""
    if item.alert is not None:
        return None
    sample = sample_of(item.statistics, item.key)
    reason = pausing(sample)
    if reason is None:
        return None
    before = _restored_at(unit, item)
    if before is not None and not has_worsened(before, sample):
        return None
    detail = reason_of(reason, item.statistics)
    if not unit.statistics.pause(item.question_id, item.version, detail):
        return None
    noted = {"version": item.version, "reason": detail}
    unit.house.record(None, PAUSE, _subject(item.question_id), noted, now)
    return reason


def pause(unit: Unit, person: PersonRow, row: QuestionRow, version: int, now: datetime) -> bool:
    """Pause a question because a person says so; False where it changed meanwhile."""
    if not unit.statistics.pause(row.id, version, label("items.reason_person")):
        return False
    unit.house.record(person.id, PAUSE, _subject(row.id), {"version": version}, now)
    return True


def resume(unit: Unit, person: PersonRow, row: QuestionRow, version: int, now: datetime) -> bool:
    """Have a question asked again, and remember at which figures."""
    if not unit.statistics.resume(row.id, version):
        return False
    said = unit.statistics.find(row.version_id)
    noted: dict[str, object] = {"version": version}
    if said is not None:
        noted |= {
            "attempts": said.attempts,
            "facility": said.facility,
            "discrimination": said.discrimination,
        }
    unit.house.record(person.id, RESUME, _subject(row.id), noted, now)
    return True


def lift_overtaken(unit: Unit, now: datetime) -> None:
    """End pauses of versions that an import has replaced: what was said is not of the new ones."""
    for row in unit.questions.search(Filter(alert=Alert.WEAK), limit=MOST_PAUSED):
        acts = unit.house.list_audit(limit=1, subjects=[_subject(row.id)], actions=[PAUSE])
        if acts and acts[0].detail.get("version") != row.version:
            unit.statistics.resume(row.id, row.version)
            noted = {"version": row.version}
            unit.house.record(None, RESUME, _subject(row.id), noted, now)


def reason_of(reason: Finding, said: VersionStatistics) -> str:
    """Why a question is paused, as the sentence of an alert."""
    return label(
        f"items.reason_{reason}",
        facility=percent(said.facility),
        discrimination=whole(said.discrimination),
        attempts=said.attempts,
    )


def percent(share: float | None) -> str:
    """A share in whole percent; only all is 100 and only none is 0."""
    if share is None:
        return "—"
    rounded = round(100 * share)
    if 0 < share < 1:
        rounded = min(99, max(1, rounded))
    return f"{rounded}%"


def whole(value: float | None) -> str:
    """A percentage without decimals, and no minus zero."""
    return "—" if value is None else f"{round(value)}"


def _restored_at(unit: Unit, item: ItemRow) -> Sample | None:
    """The figures at which a person last restored this version."""
    acts = unit.house.list_audit(limit=20, subjects=[_subject(item.question_id)], actions=[RESUME])
    for act in acts:
        if act.detail.get("version") == item.version:
            return _sample(act.detail)
    return None


def _sample(noted: Mapping[str, object]) -> Sample:
    facility, discrimination = noted.get("facility"), noted.get("discrimination")
    return Sample(
        int(str(noted.get("attempts") or 0)),
        float(str(facility)) if facility is not None else None,
        float(str(discrimination)) if discrimination is not None else None,
    )


def _subject(question_id: int) -> str:
    return f"question:{question_id}"
