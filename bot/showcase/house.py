"""The people, departments and bank of the demo; every name is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.banks.loading import publish
from bot.demo.people import Player
from bot.errors import SettingsError
from bot.settings import Settings
from questions.data import about_report, read_report
from questions.documents import read
from questions.generation import generate
from storage.states import Role
from storage.unit import Unit

LEGAL, ENFORCEMENT, OFFICE = "法规处", "执法监督处", "办公室"
GROUP, GROUP_TITLE = -4100, f"{LEGAL}学法群"  # those one can play are in it, to try a vote


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the house: how often they take part, and how often they know the answer.

    Without a `note` nobody plays them.
    """

    chat_id: int
    name: str
    department: str
    diligence: float
    skill: float
    note: str = ""
    role: Role = Role.STAFF
    shows_name: bool = False

    def to_player(self) -> Player:
        """The member as somebody of the demo's server."""
        return Player(self.chat_id, self.name, self.note, is_played=bool(self.note))


XIAOAN, XIAOBAI, XIAOCHENG = 1001, 1002, 1003
PLAYED = (
    Member(XIAOAN, "小安", LEGAL, 0.8, 0.75, "职工"),
    Member(XIAOBAI, "小白", ENFORCEMENT, 0.7, 0.8, "培训员", Role.TRAINER),
    Member(XIAOCHENG, "小程", OFFICE, 0.6, 0.7, "管理员", Role.ADMIN),
)
COLLEAGUES = (
    Member(2001, "甲一", LEGAL, 1.0, 0.9, shows_name=True),
    Member(2002, "甲二", LEGAL, 0.95, 0.8, shows_name=True),
    Member(2003, "甲三", LEGAL, 0.85, 0.7),
    Member(2004, "甲四", LEGAL, 0.6, 0.6),
    Member(2005, "乙一", ENFORCEMENT, 1.0, 0.85, shows_name=True),
    Member(2006, "乙二", ENFORCEMENT, 0.9, 0.75),
    Member(2007, "乙三", ENFORCEMENT, 0.8, 0.6, shows_name=True),
    Member(2008, "乙四", ENFORCEMENT, 0.5, 0.5),
    Member(2009, "丙一", OFFICE, 0.9, 0.8, shows_name=True),
    Member(2010, "丙二", OFFICE, 0.85, 0.65, shows_name=True),
    Member(2011, "丙三", OFFICE, 0.7, 0.6),
    Member(2012, "丙四", OFFICE, 0.3, 0.5),
)
MEMBERS = PLAYED + COLLEAGUES


def refuse_real_people(unit: Unit) -> None:
    """The demo makes people, one of them an admin, and pushes: never in a house in use."""
    ours = {member.chat_id for member in MEMBERS}
    if any(person.chat_id not in ours for person in unit.people.list_page(0, len(ours) + 1)):
        raise SettingsError("这个数据库里已有真实人员，不能用来演示，请换一个 --database。")


def furnish(unit: Unit, settings: Settings, joined_at: datetime) -> None:
    """People, departments and the bundled bank, where they aren't there yet."""
    for member in MEMBERS:
        if unit.people.find_by_chat(member.chat_id) is None:
            department = unit.people.add_department(member.department, joined_at)
            unit.people.add(member.chat_id, member.name, department, member.role, joined_at)
    if unit.groups.find(GROUP) is None:
        owner = unit.people.add_department(LEGAL, joined_at)
        unit.groups.bind(GROUP, GROUP_TITLE, owner, None, joined_at)
    about = about_report()
    document = read(read_report(), name="report.txt", title=str(about["title"]))
    publish(unit, generate([document]).bank, str(about["title"]), settings.timezone)
