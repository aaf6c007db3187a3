"""Screens about people: escaped names, short callback data, every department within reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from bot.callbacks import parse
from bot.errors import BotError
from bot.people import errors, views
from bot.people.commands import commands_for
from bot.people.departments import service as departments
from bot.people.departments import views as department_views
from bot.people.invites import views as invite_views
from bot.people.invites.codes import digest, new_code
from bot.people.invites.service import Invitation, Reach
from bot.people.joining import service as joining
from bot.people.joining import views as joining_views
from bot.people.joining.taps import ConfirmJoin, JoinDepartment
from bot.people.roster import service as roster
from bot.people.roster import views as roster_views
from bot.screen import Screen
from bot.texts import label, text
from storage.repositories.people import DepartmentRow, PersonRow
from storage.states import DepartmentId, PersonId, Role
from tests.bot.people.house import NOW

ZONE = "Asia/Shanghai"
BIG = 10**17  # as long as an id may get
PLACE = DepartmentRow(DepartmentId(BIG), "<b>处 & {name}", 3)
MANY = tuple(DepartmentRow(DepartmentId(n), f"第{n}处<&>", n) for n in range(1, 60))


def a_person(
    role: Role = Role.STAFF, *, is_active: bool = True, name: str = "<3 & {x}"
) -> PersonRow:
    return PersonRow(
        PersonId(BIG), BIG, name, PLACE.id, PLACE.name, role, is_active, False, None, NOW
    )


def screens() -> Iterator[Screen]:
    """Every screen of the feature, with names that try to break it."""
    for page in (0, 3, BIG):
        yield joining_views.step(joining.ChooseDepartment(MANY, page))
        yield roster_views.choose_filter(MANY, page)
        yield roster_views.choose_move(roster.MoveChoice(a_person(), MANY, page))
        yield department_views.listing(departments.Listing(MANY, page))
        yield invite_views.choose_department(MANY, page)
    yield joining_views.step(joining.HowToJoin())
    yield joining_views.step(joining.AskDepartmentName())
    yield joining_views.step(joining.AskName(PLACE.name))
    yield joining_views.step(joining.AskName(PLACE.name, is_again=True))
    yield joining_views.step(joining.ConfirmName("<3", PLACE.name, 2**31 - 1))
    for role in Role:
        for is_new in (True, False):
            welcome = joining.Welcome(a_person(role), is_new, is_code_spare=not is_new)
            yield joining_views.step(welcome)
        yield views.help_for(a_person(role))
        yield roster_views.told_role(a_person(role))
        for is_active in (True, False):
            yield roster_views.card(
                roster.Card(a_person(role, is_active=is_active), BIG, may_change=True), ZONE
            )
            yield roster_views.told_active(a_person(role, is_active=is_active))
    yield views.help_for(None)
    yield views.privacy()
    yield roster_views.told_department(a_person())
    yield roster_views.people(roster.PeoplePage((a_person(),) * 8, 999, 3, PLACE))
    yield roster_views.people(roster.PeoplePage((), 0, 0, None))
    yield department_views.listing(departments.Listing(()))
    yield department_views.ask_new()
    yield department_views.ask_rename(PLACE)
    yield invite_views.choose_department((), 0)
    yield invite_views.choose_reach(PLACE)
    for reach in Reach:
        made = Invitation(BIG, new_code(), PLACE, reach, NOW + timedelta(days=3))
        yield invite_views.made(made, "xuefa_bot", ZONE)
    yield invite_views.made(None, "xuefa_bot", ZONE)
    yield invite_views.ended()


class Tags(HTMLParser):
    """Telegram's few tags, all closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("b", "i", "code"), tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_screen_is_html_that_telegram_takes() -> None:
    for screen in screens():
        tags = Tags()
        tags.feed(screen.text)
        tags.close()
        assert tags.open == [], screen.text
        assert "<3" not in screen.text
        assert "<b>处 &" not in screen.text
        assert len(screen.text) <= 4096


def test_every_button_fits_and_says_something() -> None:
    for screen in screens():
        buttons = [button for row in screen.keyboard for button in row]
        assert len(buttons) <= 100
        for button in buttons:
            assert len(button.data.encode()) <= 64
            assert button.label.strip()


def test_every_department_is_on_some_page() -> None:
    pages = [joining_views.step(joining.ChooseDepartment(MANY, page)) for page in range(5)]
    taps = [
        parse(button.data, JoinDepartment)
        for screen in pages
        for row in screen.keyboard
        for button in row
    ]
    assert [tap.department for tap in taps if tap is not None] == [row.id for row in MANY]


def test_a_yes_carries_the_update_that_brought_the_name() -> None:
    screen = joining_views.step(joining.ConfirmName("张三", "法规处", 77))

    assert parse(screen.keyboard[0][0].data, ConfirmJoin) == ConfirmJoin(77)
    assert "张三" in screen.text


def test_a_card_offers_every_other_role_and_nothing_to_a_former_admin() -> None:
    card = roster.Card(a_person(Role.TRAINER), 0, may_change=True)
    labels = [b.label for row in roster_views.card(card, ZONE).keyboard for b in row]
    assert labels[:2] == ["设为职工", "设为管理员"]

    former = roster.Card(a_person(), 0, may_change=False)
    assert roster_views.card(former, ZONE).keyboard == ()


def test_an_invite_shows_link_and_code() -> None:
    made = Invitation(1, "abc_-9", PLACE, Reach.ONE, NOW)
    shown = invite_views.made(made, "xuefa_bot", ZONE).text

    assert "https://t.me/xuefa_bot?start=abc_-9\n" in shown
    assert "<code>abc_-9</code>" in shown


def test_codes_fit_a_start_payload_and_never_repeat() -> None:
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    assert all(
        len(code) <= 64 and code.replace("-", "").replace("_", "").isalnum() for code in codes
    )
    assert len({digest(code) for code in codes}) == 500


def test_menus_grow_with_the_role() -> None:
    names = {role: [name for name, _ in commands_for(role)] for role in (None, *Role)}

    assert names[None] == ["start", "help", "privacy"]
    assert names[Role.STAFF] == ["today", "me", "board", "settings", "help", "privacy"]
    trainers = ["plan", "rounds", "banks", "document", "objections", "alerts", "items"]
    trainers += ["participation", "report", "ledger", "annual", "bind"]
    assert names[Role.TRAINER] == [*names[Role.STAFF], *trainers]
    admins = ["import", "laws", "people", "invite", "departments", "calendar", "audit", "status"]
    assert names[Role.ADMIN] == [*names[Role.TRAINER], *admins]


@pytest.mark.parametrize(
    "error",
    [e for e in vars(errors).values() if isinstance(e, type) and e.__module__ == errors.__name__],
)
def test_every_error_is_one_sentence_that_fits_a_toast(error: type[BotError]) -> None:
    assert label(error.text_key) == text(error.text_key)
    assert 0 < len(label(error.text_key)) <= 200
