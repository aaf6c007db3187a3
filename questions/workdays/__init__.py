"""放假通知 → days off and make-up workdays: what was understood, and every doubt about it."""

from questions.workdays.model import Doubt, DoubtKind, Holiday, Mark, Reading
from questions.workdays.reading import read

__all__ = ["Doubt", "DoubtKind", "Holiday", "Mark", "Reading", "read"]
