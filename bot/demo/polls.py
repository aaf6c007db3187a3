"""Polls and quizzes: their limits, votes, and the shapes the Bot API and the page see."""

from dataclasses import dataclass, field

from bot.demo.errors import PageError
from bot.demo.people import Json


@dataclass(slots=True)
class Poll:
    """One poll; `votes` maps a person to the indexes they chose."""

    poll_id: str
    question: str
    options: list[tuple[str, str]]
    kind: str = "regular"
    correct: list[int] = field(default_factory=list)
    explanation: str = ""
    explanation_entities: list[Json] = field(default_factory=list)
    is_anonymous: bool = True
    has_multiple_answers: bool = False
    may_revote: bool = True
    is_closed: bool = False
    open_period: int | None = None
    closes_at: int | None = None
    votes: dict[int, list[int]] = field(default_factory=dict)

    def to_api(self) -> Json:
        """The Bot API's Poll."""
        poll: Json = {
            "id": self.poll_id,
            "question": self.question,
            "options": [
                {"persistent_id": key, "text": text, "voter_count": self._count(index)}
                for index, (key, text) in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": self.kind,
            "allows_multiple_answers": self.has_multiple_answers,
            "allows_revoting": self.may_revote,
            "members_only": False,
        }
        if self.kind == "quiz":
            poll["correct_option_ids"] = self.correct
            if self.explanation:
                poll["explanation"] = self.explanation
                poll["explanation_entities"] = self.explanation_entities
        if self.open_period is not None:
            poll["open_period"] = self.open_period
        if self.closes_at is not None:
            poll["close_date"] = self.closes_at
        return poll

    def to_page(self, person: int) -> Json:
        """The Bot API's Poll as this person sees it, with what they chose.

        The key and its explanation stay hidden until they voted or the poll closed.
        """
        poll = self.to_api()
        if not self.is_closed and person not in self.votes:
            for name in ("correct_option_ids", "explanation", "explanation_entities"):
                poll.pop(name, None)
        return poll | {"chosen": self.votes.get(person, [])}

    def vote(self, person: int, chosen: list[int], now: int) -> None:
        """Count one person's choice; raises PageError where a real client would not offer it."""
        if self.closes_at is not None and now >= self.closes_at:
            self.is_closed = True
        if self.is_closed:
            raise PageError(409, "投票已结束")
        if person in self.votes and not self.may_revote:
            raise PageError(409, "已经答过")
        if len(set(chosen)) != len(chosen) or any(
            not 0 <= index < len(self.options) for index in chosen
        ):
            raise PageError(400, "没有这个选项")
        if len(chosen) > 1 and not self.has_multiple_answers:
            raise PageError(400, "只能选一项")
        if chosen:
            self.votes[person] = sorted(chosen)
        else:
            self.votes.pop(person, None)

    def to_answer(self, person: Json) -> Json:
        """The Bot API's PollAnswer of one person."""
        chosen = self.votes.get(person["id"], [])
        return {
            "poll_id": self.poll_id,
            "user": person,
            "option_ids": chosen,
            "option_persistent_ids": [self.options[index][0] for index in chosen],
        }

    def _count(self, index: int) -> int:
        return sum(index in chosen for chosen in self.votes.values())
