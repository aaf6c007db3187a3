"""What an approver should look at in a question, however it came.

`inspect` reads one question; `Shelf` tells which others ask nearly the same.
"""

from questions.proofing.findings import FAULTS, Finding, inspect
from questions.proofing.shelf import Shelf

__all__ = ["FAULTS", "Finding", "Shelf", "inspect"]
