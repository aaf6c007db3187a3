"""The peer: the same answers taken the ordinary way, with two libraries' defaults.

python-telegram-bot's `run_polling` as its guide shows it, and SQLAlchemy's asyncio ORM as its
tutorial shows it, over the same tables: `python -m tests.bench.peer_bot API_URL TOKEN FILE`.
"""

from __future__ import annotations

import html
import sys
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes

LETTERS = "ABCDEF"
POINTS = 10


class Base(DeclarativeBase):
    """All models."""

    type_annotation_map = {dict[str, Any]: JSON, list[int]: JSON}  # noqa: RUF012


class Person(Base):
    """Somebody who answers."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    department_id: Mapped[int | None]
    is_active: Mapped[bool]
    lot: Mapped[int]


class Round(Base):
    """One day's questions."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    settles_at: Mapped[datetime]


class Document(Base):
    """Where questions come from."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]


class Version(Base):
    """A question."""

    __tablename__ = "question_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[dict[str, Any]]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    document: Mapped[Document] = relationship()


class Sitting(Base):
    """One person's run through a round."""

    __tablename__ = "sittings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    size: Mapped[int]
    position: Mapped[int]
    is_finished: Mapped[bool]
    round: Mapped[Round] = relationship()


class Answer(Base):
    """One question of a sitting."""

    __tablename__ = "answers"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sittings.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    option_order: Mapped[list[int]]
    chosen: Mapped[list[int] | None] = mapped_column(JSON)
    outcome: Mapped[str | None]
    points: Mapped[int | None]
    offered: Mapped[int | None]
    answered_at: Mapped[datetime | None]
    sitting: Mapped[Sitting] = relationship()
    version: Mapped[Version] = relationship()


class Total(Base):
    """A person's score in a period."""

    __tablename__ = "person_totals"

    period: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    department_id: Mapped[int]
    is_active: Mapped[bool]
    lot: Mapped[int]
    points: Mapped[int]
    offered: Mapped[int]
    answered: Mapped[int]
    right_count: Mapped[int]
    rate: Mapped[int]


Session = async_sessionmaker(expire_on_commit=False)


async def choose(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Grade the tapped option, record it, and show the verdict."""
    query = update.callback_query
    assert query is not None
    assert query.data is not None
    sitting_id, position, place = map(int, query.data.split(":")[1:])
    async with Session.begin() as session:
        answer = await record(session, query.from_user.id, sitting_id, position, place)
    if answer is None:
        await query.answer("这个按钮已经失效。")
        return
    await query.answer()
    await query.edit_message_text(
        verdict(answer), parse_mode="HTML", reply_markup=keyboard(answer)
    )


async def record(
    session: AsyncSession, chat_id: int, sitting_id: int, position: int, place: int
) -> Answer | None:
    """The graded answer; None where the tap is not theirs or not in its turn."""
    person = await session.scalar(select(Person).where(Person.chat_id == chat_id))
    answer = await session.get(
        Answer,
        (sitting_id, position),
        options=[
            joinedload(Answer.sitting).joinedload(Sitting.round),
            joinedload(Answer.version).joinedload(Version.document),
        ],
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    if person is None or not person.is_active or answer is None:
        return None
    sitting = answer.sitting
    if sitting.person_id != person.id or now >= sitting.round.settles_at:
        return None
    if answer.answered_at is not None:
        return answer
    if position != sitting.position or not 0 <= place < len(answer.option_order):
        return None
    answer.chosen = [answer.option_order[place]]
    is_right = answer.chosen == answer.version.payload["key"]
    answer.outcome = "right" if is_right else "wrong"
    answer.points, answer.offered = (POINTS if is_right else 0), POINTS
    answer.answered_at = now
    sitting.position += 1
    sitting.is_finished = sitting.position == sitting.size
    await add_points(session, person, sitting.round.day, answer.points)
    return answer


async def add_points(session: AsyncSession, person: Person, day: date, points: int) -> None:
    """Move the person's totals of the day's week, month and year, and of all time."""
    year, week, _ = day.isocalendar()
    periods = [f"W{year}-{week:02d}", f"M{day.year}-{day.month:02d}", f"Y{day.year}", "all"]
    found = await session.scalars(
        select(Total).where(Total.person_id == person.id, Total.period.in_(periods))
    )
    totals = {total.period: total for total in found}
    for period in periods:
        total = totals.get(period)
        if total is None:
            total = Total(
                period=period,
                person_id=person.id,
                department_id=person.department_id or 0,
                is_active=True,
                lot=person.lot,
                points=0,
                offered=0,
                answered=0,
                right_count=0,
            )
            session.add(total)
        total.points += points
        total.offered += POINTS
        total.answered += 1
        total.right_count += 1 if points else 0
        total.rate = total.points * 1_000_000 // total.offered


def verdict(answer: Answer) -> str:
    """The graded question with its key and its source."""
    question, sitting = answer.version.payload, answer.sitting
    tags = html.escape("、".join(question["tags"][:2]), quote=False)
    head = f"<b>第{answer.position + 1}/{sitting.size}题 · 单选</b>"
    lines = [f"{head} · {tags}" if tags else head, ""]
    lines += [html.escape(question["stem"], quote=False), ""]
    lines += [option(answer, place) for place in range(len(answer.option_order))]
    said = (
        f"✅ <b>回答正确</b>，得 {answer.points} 分。" if answer.points else "❌ <b>回答错误</b>。"
    )
    return "\n".join([*lines, "", said, source(answer)])


def option(answer: Answer, place: int) -> str:
    """One option, marked."""
    question, index = answer.version.payload, answer.option_order[place]
    is_key, is_mine = index in question["key"], index in (answer.chosen or [])
    line = f"{LETTERS[place]}. {html.escape(question['options'][index], quote=False)}"
    if is_key:
        return f"{line}　<b>✔ {'您选对了' if is_mine else '正确答案'}</b>"
    return f"{line}　<b>✘ 您的选择</b>" if is_mine else line


def source(answer: Answer) -> str:
    """Where the question comes from, folded."""
    question, title = answer.version.payload, answer.version.document.title
    citation, explanation = question["citation"], question["explanation"]
    quote, section = citation["quote"].strip(), citation["section"]
    lines = [explanation] if explanation else []
    if quote in explanation:
        lines.append(f"——《{title}》")
    else:
        lines.append(f"依据：《{title}》{section[-1] if section else ''}\n“{quote}”")
    quoted = html.escape("\n".join(lines), quote=False)
    return f"<blockquote expandable>{quoted}</blockquote>"


def keyboard(answer: Answer) -> InlineKeyboardMarkup:
    """On to the next question."""
    following = answer.position + 1
    label = "查看小结" if following == answer.sitting.size else "下一题 ▶"
    data = f"n:{answer.sitting_id}:{following}"
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


def main() -> None:
    """Poll until stopped."""
    api_url, token, path = sys.argv[1:]
    Session.configure(bind=create_async_engine(f"sqlite+aiosqlite:///{path}"))
    application = ApplicationBuilder().token(token).base_url(f"{api_url}/bot").build()
    application.add_handler(CallbackQueryHandler(choose, pattern="^a:"))
    application.run_polling()


if __name__ == "__main__":
    main()
