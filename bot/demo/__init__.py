"""A strict Bot-API-compatible server with a chat page, spoken to over HTTP only.

It knows nothing of the bots that use it: it is anyone's demo network and our test double.
"""

from bot.demo.faults import Fault, FaultKind
from bot.demo.people import Limits, Player
from bot.demo.server import DemoServer

__all__ = ["DemoServer", "Fault", "FaultKind", "Limits", "Player"]
