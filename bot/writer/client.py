"""The writer: batches, a few at a time; it never raises for what the server does."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.transport.client import environment_proxy
from bot.writer import prompt, replies
from bot.writer.exchange import Failed, post
from questions.models import QuestionId
from questions.writing import Request

BATCH: Final = 8  # questions in one request
AT_ONCE: Final = 4  # requests in flight
FAILURES: Final = 3  # requests in a row without an answer, from which no more are sent
TOTAL: Final = 20  # the whole run may take so many times the time of one request
TOKENS: Final = 4096  # a model may spend on a batch, its thinking included
_PATH: Final = "/chat/completions"


class ChatWriter:
    """Asks a chat-completions server for stems; the questions.writing Writer of `generate`.

    `seconds` bounds one request. `trouble` is one line for the person where something failed,
    else None; neither it nor any log holds the key or what the server said.
    """

    def __init__(self, url: str, model: str, *, key: str = "", seconds: float = 60.0) -> None:
        url = url.rstrip("/")
        self._url = url if url.endswith(_PATH) else url + _PATH
        self._host = urlsplit(url).netloc.rpartition("@")[2]
        self._model = model
        self._key = key
        self._seconds = seconds
        self.trouble: str | None = None

    def propose(self, requests: Sequence[Request]) -> Mapping[QuestionId, str]:
        """Stems for the requests the server answered in time and in form."""
        run = _Run([requests[at : at + BATCH] for at in range(0, len(requests), BATCH)])
        asyncio.run(self._propose(run))
        self.trouble = None
        if run.reasons:
            reason = "；".join(f"{reason} {n} 次" for reason, n in run.reasons.most_common(2))
            left = len(requests) - run.answered
            self.trouble = f"改写题干的模型 {self._host}：{reason}；{left} 题没有答复，用原题干。"
        return run.found

    async def _propose(self, run: _Run) -> None:
        headers = {"Accept-Encoding": "identity", "User-Agent": "xuefa"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        session = aiohttp.ClientSession(
            headers=headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(),  # `post` keeps the time
            proxy=environment_proxy(self._url),
        )
        async with session:
            try:
                async with asyncio.timeout(self._seconds * TOTAL):
                    await asyncio.gather(*(self._work(session, run) for _ in range(AT_ONCE)))
            except TimeoutError:
                run.reasons["总时间用完"] += 1

    async def _work(self, session: aiohttp.ClientSession, run: _Run) -> None:
        for batch in run.batches:
            try:
                payload = await post(session, self._url, self._body(batch), self._seconds)
                stems = replies.read(payload, len(batch))
            except Failed as error:
                run.fail(str(error))
            except replies.BadReply:
                run.fail("答复不合格式")
            else:
                run.enter(batch, stems)

    def _body(self, batch: Sequence[Request]) -> dict[str, Any]:
        return {
            "model": self._model,
            "messages": prompt.messages(batch),
            "temperature": 0,
            "max_tokens": TOKENS,
            "stream": False,
        }


class _Run:
    """What one run has yet to ask, and what came of it; its workers share it."""

    def __init__(self, batches: Sequence[Sequence[Request]]) -> None:
        self._left = list(reversed(batches))
        self._row = 0
        self.found: dict[QuestionId, str] = {}
        self.reasons: Counter[str] = Counter()
        self.answered = 0

    @property
    def batches(self) -> Iterator[Sequence[Request]]:
        """Batches nobody has asked yet, until too many in a row fail."""
        while self._left and self._row < FAILURES:
            yield self._left.pop()

    def fail(self, reason: str) -> None:
        """A batch came back without stems."""
        self._row += 1
        self.reasons[reason] += 1

    def enter(self, batch: Sequence[Request], stems: Mapping[int, str]) -> None:
        """A batch was answered, by number."""
        self._row = 0
        self.answered += len(batch)
        self.found |= {batch[number - 1].id: stem for number, stem in stems.items()}
