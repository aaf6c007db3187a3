"""Where files from outside are read: a process of its own, with limits on time and memory.

`read` starts it for one file and gives what it found; a file that breaks it breaks nothing else.
"""

from bot.banks.workshop.found import BankFile, DocumentFile
from bot.banks.workshop.parent import Busy, Workshop

__all__ = ["BankFile", "Busy", "DocumentFile", "Workshop"]
