"""What the stub keeps of one bot: updates waiting, what was said, and when."""

from __future__ import annotations

import json
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.daily.taps import Begin

Json = dict[str, Any]

BATCH = 100
WINDOW_MOST = 32  # accepted sends in any one second
BEAT_SECONDS = 0.01
STALL_SECONDS = 0.02  # later than that is no jitter: the machine was busy elsewhere
BOT = {"id": 1000, "is_bot": True, "first_name": "学法", "username": "xuefa_bench_bot"}
CARD = (
    "<b>第1/8题 · 单选</b> · 执法\n据《某厅2025年法治建设情况报告》\n\n"
    "2025年，某厅办理的案件有多少件？\n\nA. 411件\nB. 400件\nC. 423件\nD. 437件"
)
KEYBOARD = {"inline_keyboard": [[{"text": c, "callback_data": f"a:1:0:{c}"} for c in "ABCD"]]}


def message(chat_id: int, message_id: int, text: str, markup: object = None) -> Json:
    """A message of the bot as the Bot API shows it."""
    shown: Json = {
        "message_id": message_id,
        "from": BOT,
        "chat": {"id": chat_id, "first_name": f"人员{chat_id}", "type": "private"},
        "date": 1_795_000_000,
        "text": text,
    }
    return shown if markup is None else {**shown, "reply_markup": markup}


class Pulse:
    """How long the server itself was held up: what it then saw in a bunch had come spread out."""

    def __init__(self) -> None:
        self._beat_at = time.monotonic()
        self._stalls: deque[tuple[float, float]] = deque()

    def beat(self) -> None:
        """To be called every BEAT_SECONDS."""
        now = time.monotonic()
        if (late := now - self._beat_at - BEAT_SECONDS) > STALL_SECONDS:
            self._stalls.append((now, late))
        self._beat_at = now

    def stalled(self, now: float) -> float:
        """Seconds of the last one in which nothing was served."""
        while self._stalls and self._stalls[0][0] <= now - 1.0:
            self._stalls.popleft()
        late = now - self._beat_at - BEAT_SECONDS
        return sum(stall for _, stall in self._stalls) + (late if late > STALL_SECONDS else 0)


class Limiter:
    """Telegram's limit as a token bucket and a sliding second; `rate` is messages a second."""

    def __init__(self, rate: float, pulse: Pulse) -> None:
        self._rate, self._pulse = rate, pulse
        self._tokens, self._at = rate, time.monotonic()
        self._window: deque[float] = deque()

    def retry_after(self, now: float) -> int:
        """0 where a message may pass, else the seconds to wait."""
        self._tokens = min(self._rate, self._tokens + (now - self._at) * self._rate)
        self._at = now
        while self._window and self._window[0] <= now - 1.0:
            self._window.popleft()
        most = WINDOW_MOST + self._rate * self._pulse.stalled(now)
        if self._tokens < 1 or len(self._window) + 1 > most:
            return 3
        self._tokens -= 1
        self._window.append(now)
        return 0


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with sends, as shares of them; `per_chat` is the least seconds between two.

    `floods` are 429s out of the blue, `errors` 500s (half of them after the message was sent),
    `cuts` lost answers, `blocked` the share of chats that refuse the bot.
    """

    floods: float
    errors: float
    cuts: float
    blocked: float
    per_chat: float
    seed: int

    def is_blocked(self, chat_id: int) -> bool:
        """Whether the person has blocked the bot."""
        return random.Random(chat_id).random() < self.blocked


@dataclass(frozen=True)
class Reply:
    """How a send is answered; status 0: the connection is cut instead."""

    status: int
    result: object = None
    wait: int = 0


@dataclass
class Traffic:
    """One bot's side of the server; times are monotonic seconds, which processes share."""

    now: Callable[[], float]
    pulse: Pulse
    delay: float = 0.0
    rate: float = 0.0
    next_id: int = 1
    queue: deque[tuple[int, float, bytes]] = field(default_factory=deque)
    released: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    edited: int = 0
    repeated: int = 0
    started_at: float = 0.0
    ended_at: float = 0.0
    polled_at: float = 0.0
    said: dict[int, list[str]] = field(default_factory=dict)
    cards: list[tuple[float, int, int]] = field(default_factory=list)
    refused: int = 0
    unknown: list[str] = field(default_factory=list)
    limiter: Limiter | None = None
    trouble: Trouble | None = None
    rng: random.Random = field(default_factory=random.Random)
    requests: list[tuple[float, int, float, bool]] = field(default_factory=list)
    delivered: int = 0
    halts: list[tuple[float, float]] = field(default_factory=list)
    early: int = 0
    last_in_chat: dict[int, float] = field(default_factory=dict)

    def load(self, taps: list[tuple[int, int, str]], rate: float, delay: float) -> None:
        """Queue (chat, message, data) taps, all at once or `rate` a second, and count anew."""
        made = [
            (self.next_id + place, chat, message_id, data)
            for place, (chat, message_id, data) in enumerate(taps)
        ]
        self.next_id += len(made)
        updates = [(one[0], _tap(*one)) for one in made]
        self.rate, self.delay = rate, delay
        self.answered, self.edited, self.repeated = {}, 0, 0
        self.started_at = self.ended_at = start = self.now()
        step = 1 / rate if rate else 0.0
        self.released = {
            update_id: start + place * step for place, (update_id, _) in enumerate(updates)
        }
        self.queue.extend((one, self.released[one], raw) for one, raw in updates)

    def fetch(self, offset: int, limit: int) -> bytes | None:
        """Confirm what is below the offset and give what is there; None where nothing is."""
        while self.queue and self.queue[0][0] < offset:
            self.queue.popleft()
        now = self.now()
        given: list[bytes] = []
        for _, available_at, raw in self.queue:
            if available_at > now or len(given) == limit:
                break
            given.append(raw)
        return b'{"ok":true,"result":[' + b",".join(given) + b"]}" if given else None

    @property
    def next_release(self) -> float:
        """When the next update becomes available; infinity where none waits."""
        return self.queue[0][1] if self.queue else float("inf")

    @property
    def is_done(self) -> bool:
        """Whether every tap is answered, edited and confirmed."""
        total = len(self.released)
        return len(self.answered) >= total and self.edited >= total and not self.queue

    def answer(self, parameters: Json) -> object:
        """answerCallbackQuery."""
        update_id, now = int(parameters["callback_query_id"]), self.now()
        if update_id in self.answered:
            self.repeated += 1
        self.answered.setdefault(update_id, now)
        self.ended_at = now
        return True

    def edit(self, parameters: Json) -> object:
        """editMessageText."""
        self.edited += 1
        self.ended_at = self.now()
        chat_id, text = int(parameters["chat_id"]), parameters["text"]
        self.said.setdefault(chat_id, []).append(text)
        return message(chat_id, int(parameters["message_id"]), text, _markup(parameters))

    def send(self, parameters: Json) -> Reply:
        """sendMessage."""
        now, chat_id = self.now(), int(parameters["chat_id"])
        self.requests.append((now, chat_id, self.pulse.stalled(now), _is_card(parameters)))
        if self.limiter is not None and (wait := self.limiter.retry_after(now)):
            self.refused += 1
            return self._flood(now, wait)
        if (trouble := self.trouble) is None:
            return Reply(200, self._deliver(now, chat_id, parameters))
        return self._trouble(trouble, now, chat_id, parameters)

    def _trouble(self, trouble: Trouble, now: float, chat_id: int, parameters: Json) -> Reply:
        # What was on its way when a 429 was answered is not blamed.
        self.early += any(at + 0.5 < now < until for at, until in self.halts[-3:])
        if now < self.last_in_chat.get(chat_id, 0.0) + trouble.per_chat:
            self.refused += 1
            return self._flood(now, 1)
        self.last_in_chat[chat_id] = now
        if trouble.is_blocked(chat_id):
            return Reply(403)
        fate = self.rng.random()
        if (fate := fate - trouble.floods) < 0:
            return self._flood(now, self.rng.randint(1, 5))
        if (fate := fate - trouble.errors) < 0:
            if self.rng.random() < 0.5:
                self._deliver(now, chat_id, parameters)
            return Reply(500)
        message = self._deliver(now, chat_id, parameters)
        return Reply(0 if fate < trouble.cuts else 200, message)

    def _flood(self, now: float, wait: int) -> Reply:
        self.halts.append((now, now + wait))
        return Reply(429, wait=wait)

    def _deliver(self, now: float, chat_id: int, parameters: Json) -> object:
        message_id = 1_000_000 + self.delivered
        self.delivered += 1
        if _is_card(parameters):
            self.cards.append((now, chat_id, message_id))
        return message(chat_id, message_id, parameters["text"], _markup(parameters))

    def report(self) -> Json:
        """Everything counted since the last load, and all cards and requests to send."""
        return {
            "taps": len(self.released),
            "answered": len(self.answered),
            "edited": self.edited,
            "repeated": self.repeated,
            "unconfirmed": len(self.queue),
            "seconds": self.ended_at - self.started_at,
            "waits": sorted(at - self.released.get(i, at) for i, at in self.answered.items()),
            "polled_at": self.polled_at,
            "cards": self.cards,
            "refused": self.refused,
            "requests": self.requests,
            "halts": self.halts,
            "early": self.early,
            "unknown": self.unknown,
        }


def _tap(update_id: int, chat_id: int, message_id: int, data: str) -> bytes:
    person = {"id": chat_id, "is_bot": False, "first_name": f"人员{chat_id}"}
    query = {
        "id": str(update_id),
        "from": {**person, "language_code": "zh-hans"},
        "message": message(chat_id, message_id, CARD, KEYBOARD),
        "chat_instance": "-3489238472",
        "data": data,
    }
    return json.dumps({"update_id": update_id, "callback_query": query}).encode()


def _is_card(parameters: Json) -> bool:
    """Whether it calls to a round: the house also writes notices to trainers and admins."""
    return f'"{Begin.VERB}:' in json.dumps(_markup(parameters))


def _markup(parameters: Json) -> object:
    markup = parameters.get("reply_markup")
    return json.loads(markup) if isinstance(markup, str) else markup
