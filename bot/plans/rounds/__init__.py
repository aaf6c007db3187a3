"""各期推送: what became of each round: whom it reached, who is at it, whom it can't reach."""

from bot.plans.rounds.handlers import handlers

__all__ = ["handlers"]
