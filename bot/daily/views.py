"""Screens of the daily quiz."""

from __future__ import annotations

from bot.boards.service import BoardKind
from bot.boards.taps import ShowBoard, ShowMe
from bot.callbacks import Tap, pack
from bot.daily.steps import (
    NOTHING_PASSED,
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
from bot.daily.taps import Begin, Choose, Next, Object, Submit, Tick, Unsure
from bot.preferences.taps import LeaveToday, Mute, Snooze
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import day_label, moment_label
from questions.models import JUDGE_OPTIONS, FactKind, Kind, Question
from questions.numerals import normalize
from questions.periods import Span
from storage.repositories.deliveries import DueDelivery
from storage.repositories.sittings import ItemRow
from storage.states import DeliveryKind

LETTERS = "ABCDEFGHIJKL"
SECONDS_PER_QUESTION = 40
_PUSHES = {
    DeliveryKind.ROUND: "daily.push",
    DeliveryKind.LATER: "daily.push_later",
    DeliveryKind.REMINDER: "daily.reminder",
}

Row = tuple[Button, ...]


def push(delivery: DueDelivery) -> Screen:
    """The morning's message, the same once more after 10分钟后, or the one reminder."""
    said = text(
        _PUSHES[delivery.kind],
        plan=delivery.plan,
        day=day_label(delivery.day),
        size=delivery.size,
        minutes=max(1, round(delivery.size * SECONDS_PER_QUESTION / 60)),
        until=moment_label(delivery.settles_at, delivery.timezone),
    )
    begin = _button("daily.button_begin", Begin(delivery.round_id))
    if delivery.kind is DeliveryKind.REMINDER:
        return Screen(said, ((begin, _button("preferences.button_mute", Mute(1, 1))),))
    snooze = _button("preferences.button_snooze", Snooze(delivery.round_id))
    leave = _button("preferences.button_today", LeaveToday(delivery.round_id))
    return Screen(said, ((begin, snooze, leave),))


def step(result: Step | NothingOpen | NotAnAnswer | NumberWanted) -> Screen:
    """The screen of wherever the person is."""
    match result:
        case Card(item, passed):
            return card(item, passed)
        case NothingPicked(item):
            return card(item)
        case Verdict(item):
            return verdict(item)
        case Summary():
            return summary(result)
        case Over(day):
            return Screen(text("daily.over", day=day_label(day)))
        case NothingOpen():
            return nothing_open(result)
        case NotAnAnswer(item):
            name = "not_a_question" if item is None else "not_an_answer"
            return Screen(text(f"daily.{name}"))
        case NumberWanted(item):
            return number_wanted(item.question)


def toast(result: Step) -> str | None:
    """What the tap itself is answered with."""
    if isinstance(result, NothingPicked):
        return label("daily.toast_pick")
    if isinstance(result, Verdict) and result.is_repeat:
        return label("daily.toast_repeat")
    return None


def card(item: ItemRow, passed: Passed = NOTHING_PASSED) -> Screen:
    """A question with its buttons; before it, which ones were passed over."""
    question = item.question
    lines: list[str] = [*_passed(passed), _head(item), text("daily.source", title=item.source)]
    lines += ["", _stem(question)]
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        lines += ["", *(_option(item, place, "option") for place in range(len(_shown(item))))]
    if question.kind is Kind.MULTIPLE:
        lines += ["", text("daily.hint_multiple")]
    if question.kind is Kind.BLANK:
        is_figure = question.fact.get("kind") == FactKind.FIGURE
        lines += ["", text("daily.hint_figure" if is_figure else "daily.hint_blank")]
    return Screen("\n".join(lines), _answer_rows(item))


def _passed(passed: Passed) -> list[str]:
    said = [
        text(f"daily.passed_{why}", numbers="、".join(str(position + 1) for position in positions))
        for why, positions in (("voided", passed.voided), ("voted", passed.voted))
        if positions
    ]
    return [*said, ""] if said else []


def _answer_rows(item: ItemRow) -> tuple[Row, ...]:
    sitting, position = item.sitting.id, item.position
    unsure = _button("daily.button_unsure", Unsure(sitting, position))
    places = range(len(_shown(item)))
    if item.question.kind is Kind.BLANK:
        return ((unsure,),)
    if item.question.kind is Kind.MULTIPLE:
        ticks = tuple(_tick(item, place) for place in places)
        return (*_rows(ticks), (unsure, _button("daily.button_submit", Submit(sitting, position))))
    is_judge = item.question.kind is Kind.JUDGE
    names = [JUDGE_OPTIONS[i] for i in item.option_order] if is_judge else list(LETTERS)
    options = tuple(
        Button(names[place], pack(Choose(sitting, position, place))) for place in places
    )
    return (*_rows(options), (unsure,))


def _tick(item: ItemRow, place: int) -> Button:
    is_ticked = bool(item.picked >> item.option_order[place] & 1)
    name = "daily.button_ticked" if is_ticked else "daily.button_unticked"
    tap = Tick(item.sitting.id, item.position, place, int(not is_ticked))
    return _button(name, tap, letter=LETTERS[place])


def _rows(buttons: tuple[Button, ...], width: int = 4) -> tuple[Row, ...]:
    """Rows of at most `width`; five or six options stand in two even rows."""
    per_row = width if len(buttons) <= width else -(-len(buttons) // 2)
    return tuple(buttons[i : i + per_row] for i in range(0, len(buttons), per_row))


def verdict(item: ItemRow) -> Screen:
    """A graded question with its key and its source."""
    question = item.question
    lines: list[str] = [_head(item), "", _stem(question)]
    if question.kind is Kind.BLANK:
        lines += ["", *_blank_lines(item)]
    else:
        lines += ["", *(_graded(item, place) for place in range(len(_shown(item))))]
    lines += ["", _outcome(item)]
    if not item.is_voided:
        lines.append(_source(item))
    return Screen("\n".join(lines), (_verdict_row(item),))


def _verdict_row(item: ItemRow) -> Row:
    sitting, following = item.sitting, item.position + 1
    name = "daily.button_summary" if following == sitting.size else "daily.button_next"
    onward = _button(name, Next(sitting.id, following))
    if item.is_voided:
        return (onward,)
    return (_button("daily.button_object", Object(sitting.id, item.position)), onward)


def _graded(item: ItemRow, place: int) -> Markup:
    index = item.option_order[place]
    is_mine = item.answer is not None and index in item.answer.chosen
    if item.is_voided:  # its key may be what is wrong with it
        return _option(item, place, "option_given" if is_mine else "option")
    is_key = index in item.question.key
    name = {
        (True, True): "option_both",
        (True, False): "option_key",
        (False, True): "option_mine",
        (False, False): "option",
    }[is_key, is_mine]
    return _option(item, place, name)


def _blank_lines(item: ItemRow) -> list[str]:
    lines: list[str] = []
    if item.answer is not None and item.answer.text:
        lines.append(text("daily.given_blank", given=item.answer.text))
    if item.is_voided:
        return lines
    return [*lines, text("daily.key_blank", key=item.question.answers[0])]


def _outcome(item: ItemRow) -> Markup:
    if item.grade is None or item.answer is None:
        raise ValueError("a verdict needs a grade")
    if item.is_voided:
        return text("daily.verdict_voided", points=item.grade.points)
    is_unsure = not item.answer.chosen and item.answer.text is None
    name = "unsure" if is_unsure else item.grade.outcome.value
    return text(f"daily.verdict_{name}", points=item.grade.points, offered=item.grade.offered)


def _source(item: ItemRow) -> str:
    """The source in an expandable quote, said once where the explanation quotes it already."""
    question = item.question
    cite = question.citation
    lines: list[str] = []
    if question.explanation:
        lines.append(text("daily.explanation", explanation=question.explanation))
    if _quotes_source(question):
        lines.append(text("daily.quoted", title=item.source))
    else:
        section = cite.section[-1] if cite.section else ""
        quote = cite.quote.strip()
        lines.append(text("daily.citation", title=item.source, section=section, quote=quote))
    return f"<blockquote expandable>{chr(10).join(lines)}</blockquote>"


def _quotes_source(question: Question) -> bool:
    """Whether the explanation holds the whole passage."""
    return normalize(question.citation.quote) in normalize(question.explanation)


def number_wanted(question: Question) -> Screen:
    """Words came where a figure was asked for."""
    unit = str(question.fact.get("unit") or "")
    named = text("daily.unit", unit=unit) if unit else ""
    return Screen(text("daily.number_wanted", unit=named))


def summary(result: Summary) -> Screen:
    """The end of a sitting."""
    tally = result.tally
    lines: list[str] = [
        *_passed(result.passed),
        text(
            "daily.summary",
            day=day_label(result.day),
            right=tally.right,
            size=result.size,
            points=tally.points,
            offered=tally.offered,
        ),
        text(
            "daily.summary_all_right" if tally.right == result.size else "daily.summary_some_wrong"
        ),
    ]
    if tally.voided:
        lines.append(text("daily.summary_voided", count=tally.voided))
    rows: list[Row] = list(_rows(_missed(result)))
    if result.others:
        lines += ["", text("daily.summary_others", count=len(result.others))]
        rows += [
            (
                _button(
                    "daily.button_catch_up",
                    Begin(other.id),
                    day=day_label(other.day),
                    size=other.size,
                ),
            )
            for other in result.others[:5]
        ]
    board = ShowBoard(BoardKind.PEOPLE, Span.WEEK)
    rows.append((_button("daily.button_me", ShowMe()), _button("daily.button_board", board)))
    return Screen("\n".join(lines), tuple(rows))


def _missed(result: Summary) -> Row:
    """Buttons to the verdicts of what went wrong."""
    return tuple(
        _button("daily.button_look", Next(result.sitting_id, position), number=position + 1)
        for position in result.missed
    )


def nothing_open(result: NothingOpen) -> Screen:
    """No round takes answers now."""
    if result.next_opening is None or result.timezone is None:
        return Screen(text("daily.nothing_planned"))
    coming = moment_label(result.next_opening, result.timezone)
    return Screen(text("daily.nothing_open", moment=coming))


def _head(item: ItemRow) -> Markup:
    tags = "、".join(item.question.tags[:2])
    return text(
        "daily.head",
        number=item.position + 1,
        size=item.sitting.size,
        kind=text(f"daily.kind_{item.question.kind}"),
        tags=text("daily.head_tags", tags=tags) if tags else "",
    )


def _stem(question: Question) -> Markup:
    return text("daily.stem", stem=question.stem)


def _shown(item: ItemRow) -> list[str]:
    return [item.question.options[index] for index in item.option_order]


def _option(item: ItemRow, place: int, name: str) -> Markup:
    return text(f"daily.{name}", letter=LETTERS[place], text=_shown(item)[place])


def _button(key: str, tap: Tap, **values: object) -> Button:
    return Button(label(key, **values), pack(tap))
