"""Who answers for a bank: its owner, or every admin."""

from __future__ import annotations

from bot.guards import may
from storage.repositories.people import PersonRow
from storage.states import Role
from storage.unit import Unit


def owners_of(unit: Unit, bank_id: int) -> list[PersonRow]:
    """The bank's owner, if they can still act and be reached; else all admins who can."""
    bank = unit.banks.find(bank_id)
    owner = unit.people.find(bank.owner_id) if bank and bank.owner_id is not None else None
    if owner is not None and may(owner, Role.TRAINER) and owner.unreachable_at is None:
        return [owner]
    admins = unit.people.list_by_role(Role.ADMIN)
    return [admin for admin in admins if admin.unreachable_at is None]
