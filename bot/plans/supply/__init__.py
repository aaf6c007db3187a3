"""存题: word to whoever answers for a plan, weeks before its banks run dry."""

from bot.plans.supply.service import warn
from bot.plans.supply.words import WORDS

__all__ = ["WORDS", "warn"]
