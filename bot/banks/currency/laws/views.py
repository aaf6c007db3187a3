"""Screens of the law registry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.banks.currency.laws.service import Adopted, Ending, Overview, Survey, number_of
from bot.banks.currency.laws.taps import (
    Adopt,
    AskDrop,
    AskRows,
    Drop,
    GetTemplate,
    Refuse,
    ShowLaws,
)
from bot.banks.taps import ShowAlerts
from bot.keyboards import Row, button, pager
from bot.screen import Screen
from bot.texts import Markup, label, text

MOST_ENDINGS, MOST_ISSUES, MOST_TITLES = 12, 10, 6
LONGEST_TITLE = 40


def overview(result: Overview) -> Screen:
    """What the registry holds."""
    lines = [text("currency.laws", shipped=result.shipped, added=result.added)]
    if result.trouble:
        lines.append(text("currency.laws_trouble", reason=result.trouble))
    if result.endings:
        lines += [Markup(""), text("currency.endings")]
        lines += [_ending(ending) for ending in result.endings[:MOST_ENDINGS]]
    if len(result.endings) > MOST_ENDINGS:
        lines.append(text("currency.more_laws", count=len(result.endings) - MOST_ENDINGS))
    if result.titles:
        lines += [Markup(""), text("currency.added", page=result.page + 1, pages=result.pages)]
        lines += [
            text("currency.added_law", number=number, title=_short(title))
            for number, title in enumerate(result.titles, start=1)
        ]
    return Screen("\n".join(lines), tuple(_laws_rows(result)))


def _laws_rows(result: Overview) -> Iterator[Row]:
    if result.titles:
        yield tuple(
            button("currency.button_drop", AskDrop(number_of(title)), number=number)
            for number, title in enumerate(result.titles, start=1)
        )
    yield from pager(result.page, result.pages, ShowLaws)
    yield (
        button("currency.button_add", AskRows()),
        button("currency.button_template", GetTemplate()),
    )
    yield (button("currency.button_list", ShowAlerts(0, 0)),)


def _ending(ending: Ending) -> Markup:
    last = ending.law.in_force_to
    on = (last + timedelta(days=1)).isoformat() if last is not None else ""
    name = "ending" if ending.successor is None else "ending_replaced"
    said = text(f"currency.{name}", law=ending.law.short, on=on, successor=ending.successor)
    if not ending.questions:
        return said
    return Markup(said + text("currency.ending_questions", count=ending.questions))


def ask_rows() -> Screen:
    """Send or paste a table."""
    return Screen(text("currency.ask_rows"), (_back(),))


def template_caption() -> str:
    """What goes with the table to fill in."""
    return text("currency.template")


def template_name() -> str:
    """The name by which a filled table is known again."""
    return label("currency.template_name")


def survey(result: Survey) -> Screen:
    """What taking a table would do."""
    lines: list[Markup] = [text("currency.survey", name=result.name)]
    if result.trouble:
        lines.append(text("currency.bad_table", reason=result.trouble))
    else:
        lines += _figures(result)
    lines += [text("currency.issue", issue=str(issue)) for issue in result.issues[:MOST_ISSUES]]
    if len(result.issues) > MOST_ISSUES:
        lines.append(text("currency.more_issues", count=len(result.issues) - MOST_ISSUES))
    if result.trouble or not result.count or result.upload_id is None:
        return Screen("\n".join([*lines, "", text("currency.nothing_to_take")]), (_back(),))
    take = button("currency.button_adopt", Adopt(result.upload_id), count=result.count)
    return Screen(
        "\n".join(lines), ((take, button("currency.button_refuse", Refuse(result.upload_id))),)
    )


def _figures(result: Survey) -> Iterator[Markup]:
    for name, titles in (("fresh", result.fresh), ("changed", result.changed)):
        if titles:
            named = "、".join(f"《{_short(title)}》" for title in titles[:MOST_TITLES])
            etc = label("currency.etc") if len(titles) > MOST_TITLES else ""
            yield text(f"currency.survey_{name}", count=len(titles), titles=named + etc)
    if result.same:
        yield text("currency.survey_same", count=result.same)
    if result.touched:
        yield text("currency.survey_touched", count=result.touched, lapsing=result.lapsing)
    if result.issues:
        yield text("currency.survey_issues", count=len(result.issues))


def adopted(result: Adopted) -> Screen:
    """What was taken."""
    said = text("currency.adopted", count=result.count, touched=result.touched)
    return Screen(said, (_back(),))


def refused() -> Screen:
    """A table is forgotten."""
    return Screen(text("currency.refused"), (_back(),))


def ask_drop(title: str) -> Screen:
    """Take the row away?"""
    sure = button("currency.button_drop_sure", Drop(number_of(title)))
    return Screen(text("currency.ask_drop", title=title), ((sure,), _back()))


def dropped(title: str) -> Screen:
    """The row is gone."""
    return Screen(text("currency.dropped", title=title), (_back(),))


def no_table() -> Screen:
    """What came is no table of laws."""
    return Screen(text("currency.no_table"), (_back(),))


def _back() -> Row:
    return (button("currency.button_laws", ShowLaws(0)),)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
