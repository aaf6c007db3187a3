"""Who is asking, and may they: answered from the database, in the asking transaction."""

from __future__ import annotations

from bot.errors import Deactivated, NotAllowed, NotJoined
from storage.repositories.people import PersonRow
from storage.states import Role
from storage.unit import Unit

_REACH = {Role.STAFF: 0, Role.TRAINER: 1, Role.ADMIN: 2}


def may(person: PersonRow, role: Role) -> bool:
    """Whether the person's role reaches `role`."""
    return person.is_active and _REACH[person.role] >= _REACH[role]


def person_of(unit: Unit, chat_id: int) -> PersonRow:
    """The active person behind a chat; raises NotJoined or Deactivated."""
    person = unit.people.find_by_chat(chat_id)
    if person is None:
        raise NotJoined
    if not person.is_active:
        raise Deactivated
    return person


def require(unit: Unit, chat_id: int, role: Role) -> PersonRow:
    """The person behind a chat, whose role reaches `role`; raises NotAllowed besides."""
    person = person_of(unit, chat_id)
    if not may(person, role):
        raise NotAllowed
    return person
