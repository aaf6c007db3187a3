"""Use cases of the daily quiz.

Every tap is checked in this order: the sitting belongs to the tapper; it is open; the question
is the current one; the option was shown. The answer is one conditional UPDATE, so double taps,
replays and replicas count once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.daily import openings
from bot.daily.steps import (
    Card,
    NotAnAnswer,
    NothingOpen,
    NothingPicked,
    NumberWanted,
    Over,
    Passed,
    Step,
    Summary,
    Verdict,
)
from bot.errors import StaleTap
from bot.guards import person_of
from questions.models import Answer, FactKind, Grade, Kind, Outcome, Question
from questions.numerals import read
from questions.scoring import POINTS, grade
from storage.repositories.plans import RoundRow
from storage.repositories.sittings import ItemRow, SittingRow
from storage.states import Mode, PersonId, RoundId, VersionId
from storage.unit import Unit

ANSWER_PROMPT = "answer"
LONGEST_TEXT = 200


def begin(unit: Unit, chat_id: int, round_id: int, *, now: datetime) -> Step:
    """Lay out the person's sitting of a round, or go on where it was."""
    person = person_of(unit, chat_id)
    round_ = unit.plans.get_round(round_id)
    if round_ is None:
        raise StaleTap
    sitting = unit.sittings.find(round_.id, person.id)
    if sitting is None and (round_.settled_at is not None or now >= round_.settles_at):
        return Over(round_.day)
    if sitting is None and not openings.may_begin(unit, round_, person):
        raise StaleTap
    if sitting is None:
        sitting = _start(unit, round_, person.id)
        unit.deliveries.confirm(round_.id, person.id)
    return _asked(unit, chat_id, _step(unit, sitting, sitting.position, now), now)


def _start(unit: Unit, round_: RoundRow, person_id: PersonId) -> SittingRow:
    rng = random.Random(f"{round_.id}:{person_id}")  # noqa: S311  (an order, no secret)
    versions = unit.plans.list_round_versions(round_.id)
    asked = unit.banks.list_versions(versions)
    items = [(version, shown_order(asked[version], rng)) for version in versions]
    unit.sittings.start(round_.id, person_id, Mode.DAILY, items)
    sitting = unit.sittings.find(round_.id, person_id)
    if sitting is None:
        raise StaleTap
    return sitting


def shown_order(question: Question, rng: random.Random) -> list[int]:
    """Numbers stay in ascending order and 对/错 in place; everything else is shuffled."""
    order = list(range(len(question.options)))
    is_figure = question.fact.get("kind") == FactKind.FIGURE
    if question.kind is not Kind.JUDGE and not is_figure:
        rng.shuffle(order)
    return order


def go_on(unit: Unit, chat_id: int, sitting_id: int, position: int, *, now: datetime) -> Step:
    """The question at a position, its verdict where it is answered, or the summary."""
    sitting = _own(unit, chat_id, sitting_id, 0).sitting
    step = _step(unit, sitting, min(position, sitting.position), now)
    return _asked(unit, chat_id, step, now)


def choose(
    unit: Unit, chat_id: int, sitting_id: int, position: int, place: int, *, now: datetime
) -> Step:
    """Answer a single choice or a judge question with the option shown at a place."""
    item = _own(unit, chat_id, sitting_id, position)
    if _may_answer(item, now) and (
        item.question.kind not in (Kind.SINGLE, Kind.JUDGE)
        or not 0 <= place < len(item.option_order)
    ):
        raise StaleTap
    step = _answer(unit, item, lambda: Answer((item.option_order[place],)), now)
    return _asked(unit, chat_id, step, now)


def tick(
    unit: Unit,
    chat_id: int,
    sitting_id: int,
    position: int,
    place: int,
    *,
    is_ticked: bool,
    now: datetime,
) -> Step:
    """Tick or clear one option of a multiple choice."""
    item = _own(unit, chat_id, sitting_id, position)
    if not _may_answer(item, now):
        return _asked(unit, chat_id, _refused(unit, item, now), now)
    if item.question.kind is not Kind.MULTIPLE or not 0 <= place < len(item.option_order):
        raise StaleTap
    unit.sittings.tick(item, item.option_order[place], is_ticked=is_ticked)
    return _step(unit, item.sitting, position, now)


def submit(unit: Unit, chat_id: int, sitting_id: int, position: int, *, now: datetime) -> Step:
    """Hand in the ticks of a multiple choice."""
    item = _own(unit, chat_id, sitting_id, position)
    if _may_answer(item, now):
        if item.question.kind is not Kind.MULTIPLE:
            raise StaleTap
        if not item.picked and not item.is_voided:
            return NothingPicked(item)
    picked = tuple(i for i in range(len(item.question.options)) if item.picked >> i & 1)
    return _answer(unit, item, lambda: Answer(picked), now)


def give_up(unit: Unit, chat_id: int, sitting_id: int, position: int, *, now: datetime) -> Step:
    """Say 不确定: no points, but the right answer."""
    item = _own(unit, chat_id, sitting_id, position)
    if item.question.kind is Kind.BLANK:
        unit.prompts.drop(chat_id, ANSWER_PROMPT)
    return _answer(unit, item, Answer, now)


def answer_text(
    unit: Unit,
    chat_id: int,
    sitting_id: int,
    position: int,
    text: str,
    update_id: int,
    *,
    now: datetime,
) -> Step | NumberWanted | NotAnAnswer:
    """Take a message as the answer of the blank that was shown last."""
    item = _own(unit, chat_id, sitting_id, position)
    if not unit.house.is_first(update_id, now):
        return stray(unit, chat_id, update_id, now=now)
    said = text.strip()[:LONGEST_TEXT]
    if _may_answer(item, now) and not item.is_voided and _lacks_answer(item.question, said):
        return NumberWanted(item)
    unit.prompts.drop(chat_id, ANSWER_PROMPT)
    step = _answer(unit, item, lambda: Answer(text=said), now, update_id)
    return _asked(unit, chat_id, step, now)


def _lacks_answer(question: Question, said: str) -> bool:
    return not said or (question.fact.get("kind") == FactKind.FIGURE and read(said) is None)


def vote(
    unit: Unit,
    person_id: PersonId,
    round_id: RoundId,
    version_id: VersionId,
    position: int,
    chosen: tuple[int, ...],
    *,
    now: datetime,
) -> bool:
    """Take a choice made outside of the chat as the answer of a round's question, in or out of
    turn; False where it doesn't count: too late, or answered before.
    """
    round_ = unit.plans.get_round(round_id)
    if round_ is None or round_.settled_at is not None or now >= round_.settles_at:
        return False
    sitting = unit.sittings.find(round_id, person_id) or _start(unit, round_, person_id)
    item = unit.sittings.find_item(sitting.id, position)
    if item is None or item.version_id != version_id or item.grade is not None:
        return False
    given = Answer(chosen)
    return _record(unit, item, given, _mark(item, given), now, is_vote=True)


def stray(unit: Unit, chat_id: int, update_id: int, *, now: datetime) -> Verdict | NotAnAnswer:
    """A message that no prompt waits for: the repeat of an answer, or no answer."""
    person = person_of(unit, chat_id)
    done = unit.sittings.find_by_update(person.id, update_id)
    if done is not None:
        return Verdict(done, is_repeat=True)
    return NotAnAnswer(unit.sittings.find_current(person.id, now))


def _asked(unit: Unit, chat_id: int, step: Step, now: datetime) -> Step:
    """Have the chat's next message answer the blank now shown; another card asks for none."""
    if not isinstance(step, Card):
        return step
    if step.item.question.kind is Kind.BLANK:
        shown = {"sitting_id": step.item.sitting.id, "position": step.item.position}
        unit.prompts.put(chat_id, ANSWER_PROMPT, shown, now)
    else:
        unit.prompts.drop(chat_id)
    return step


def today(unit: Unit, chat_id: int, *, now: datetime) -> Step | NothingOpen:
    """The newest round that takes answers, where the person is in it."""
    person = person_of(unit, chat_id)
    open_rounds = openings.answerable(unit, person, now)
    if not open_rounds:
        return openings.nothing_open(unit, person, now)
    newest = open_rounds[0]
    sitting = unit.sittings.find(newest.id, person.id)
    if sitting is None:
        sitting = _start(unit, newest, person.id)
    return _asked(unit, chat_id, _step(unit, sitting, sitting.position, now), now)


def _own(unit: Unit, chat_id: int, sitting_id: int, position: int) -> ItemRow:
    """The tapped question, if its sitting is the tapper's; raises StaleTap otherwise."""
    person = person_of(unit, chat_id)
    item = unit.sittings.find_item(sitting_id, position)
    if item is None or item.sitting.person_id != person.id:
        raise StaleTap
    return item


def _may_answer(item: ItemRow, now: datetime) -> bool:
    return item.grade is None and _is_open(item, now) and item.position == item.sitting.position


def _is_open(item: ItemRow, now: datetime) -> bool:
    return not item.is_settled and now < item.settles_at


def _answer(
    unit: Unit,
    item: ItemRow,
    make: Callable[[], Answer],
    now: datetime,
    update_id: int | None = None,
) -> Step:
    """Grade and record an answer; one given before, late or out of turn changes nothing."""
    if not _may_answer(item, now):
        return _refused(unit, item, now)
    given = make()
    mark = _mark(item, given)
    if not _record(unit, item, given, mark, now, update_id):
        return _refused(unit, _reread(unit, item), now)
    return Verdict(replace(item, answer=given, grade=mark))


def _mark(item: ItemRow, given: Answer) -> Grade:
    """The verdict; a voided question has full credit, whatever was given."""
    if item.is_voided:
        return Grade(Outcome.RIGHT, POINTS, POINTS)
    return grade(item.question, given)


def _record(
    unit: Unit,
    item: ItemRow,
    given: Answer,
    mark: Grade,
    now: datetime,
    update_id: int | None = None,
    *,
    is_vote: bool = False,
) -> bool:
    """Write an answer down and move on; False where it doesn't count.

    A vote leaves the person where they are: what it answered is passed over in its turn.
    """
    if not unit.sittings.record(item, given, mark, now=now, update_id=update_id):
        return False
    following = item.sitting.position if is_vote else item.position + 1
    is_finished = unit.sittings.advance(item.sitting.id, following)
    is_due = unit.totals.add_answer(item.sitting, mark)
    # What is credited in passing is no answer: somebody on leave may look without taking part.
    is_absent = not is_due and not (item.is_voided and given == Answer())
    _meet(unit, item.sitting, is_absent=is_absent, is_finished=is_finished)
    return True


def _meet(unit: Unit, sitting: SittingRow, *, is_absent: bool, is_finished: bool) -> None:
    """Whoever was skipped takes part from the first answer on; who is done is not reminded."""
    if is_absent and unit.leaves.take_part(sitting.round_id, sitting.person_id):
        unit.totals.shift_due(sitting.round_id, sitting.person_id, 1)
    if is_finished:
        unit.snoozes.drop(sitting.person_id, "finished", round_id=sitting.round_id)


def _refused(unit: Unit, item: ItemRow, now: datetime) -> Step:
    """What to show for an answer that doesn't count."""
    if item.grade is not None:
        return Verdict(item, is_repeat=True)
    if not _is_open(item, now):
        return Over(item.day)
    return _step(unit, item.sitting, item.sitting.position, now)


def _reread(unit: Unit, item: ItemRow) -> ItemRow:
    again = unit.sittings.find_item(item.sitting.id, item.position)
    if again is None:
        raise StaleTap
    return again


def _step(unit: Unit, sitting: SittingRow, position: int, now: datetime) -> Step:
    """The screen of a position of a sitting: card, verdict, summary, or that it's over.

    Voided questions need no answer: they are credited and passed over. So are questions that
    were answered before their turn, by a vote in a group.
    """
    voided: list[int] = []
    voted: list[int] = []
    while position < sitting.size:
        item = unit.sittings.find_item(sitting.id, position)
        if item is None:
            raise StaleTap
        if item.is_voided and item.grade is None and _is_open(item, now):
            _record(unit, item, Answer(), _mark(item, Answer()), now)
            item = _reread(unit, item)
        if _is_passed(item):
            voided.append(position)
        elif item.grade is not None and position >= sitting.position:
            voted.append(position)
            unit.sittings.advance(sitting.id, position + 1)
        else:
            break
        position += 1
    else:
        return _summary(unit, sitting, Passed(tuple(voided), tuple(voted)), now)
    if item.grade is not None:
        return Verdict(item, is_repeat=True)
    passed = Passed(tuple(voided), tuple(voted))
    return Card(item, passed) if _is_open(item, now) else Over(item.day)


def _is_passed(item: ItemRow) -> bool:
    """Whether a voided question needs no screen of its own: nothing was given there."""
    given = item.answer
    return item.is_voided and given is not None and not given.chosen and given.text is None


def _summary(unit: Unit, sitting: SittingRow, passed: Passed, now: datetime) -> Summary:
    person = unit.people.get(sitting.person_id)
    open_rounds = openings.answerable(unit, person, now)
    done = unit.sittings.list_finished(sitting.person_id, [item.id for item in open_rounds])
    this = unit.plans.get_round(sitting.round_id)
    if this is None:
        raise StaleTap
    return Summary(
        sitting.id,
        this.day,
        tuple(unit.sittings.list_missed(sitting.id)),
        unit.sittings.tally(sitting.id),
        sitting.size,
        tuple(item for item in open_rounds if item.id not in done and item.id != sitting.round_id),
        passed,
    )
