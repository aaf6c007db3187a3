"""What the server keeps is bounded, and what it hands out is timed."""

import asyncio
import struct

import pytest

from bot.demo.errors import ApiError
from bot.demo.events import MAX_BEHIND, Events
from bot.demo.faults import Call, Journal
from bot.demo.files import FileStore, picture_size
from bot.demo.people import Limits
from bot.demo.rates import Rates


def test_the_oldest_files_go_once_the_budget_is_spent() -> None:
    store = FileStore(max_bytes=10)
    first, second = store.add("a.txt", b"123456"), store.add("b.txt", b"123456")
    assert store.find(first.file_id) is None
    assert store.find_path(first.path) is None
    assert store.find_path(second.path) == second


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\windows\\passwd", "passwd"])
def test_a_file_keeps_only_the_last_part_of_its_name(name: str) -> None:
    assert FileStore().add(name, b"x").name == "passwd"


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"GIF89a" + struct.pack("<HH", 30, 20), (30, 20)),
        (
            b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30),
            (30, 20),
        ),
        (b"\xff\xd8\xff", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_pictures_tell_their_size(content: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(content) == size


async def test_a_page_too_far_behind_is_cut_off() -> None:
    events = Events()
    with events.listen() as queue:
        for _ in range(MAX_BEHIND + 10):
            events.tell(1, "typing")
        assert queue.qsize() == MAX_BEHIND + 1
        last: str | None = ""
        while not queue.empty():
            last = await asyncio.wait_for(queue.get(), 1)
        assert last is None
    assert not events.has_listeners


def test_the_journal_keeps_the_last_calls() -> None:
    journal = Journal(size=2)
    for method in ("getMe", "getChat", "sendMessage"):
        journal.add(Call(0.0, method, None, {}))
    assert [call.method for call in journal] == ["getChat", "sendMessage"]


def test_an_honest_pace_is_never_refused() -> None:
    rates, limits = Rates(), Limits(per_second=30, per_chat_per_second=1)
    for number in range(300):
        rates.check(limits, number, number / 30)


def test_after_a_429_nothing_goes_before_its_time() -> None:
    rates, limits = Rates(), Limits(per_chat_per_second=0.25)
    rates.check(limits, 1, 0.0)
    with pytest.raises(ApiError) as refusal:
        rates.check(limits, 1, 1.0)
    assert refusal.value.parameters["retry_after"] == 3
    with pytest.raises(ApiError):
        rates.check(limits, 1, 3.9)
    assert rates.is_shut(1, 3.9)
    assert not rates.is_shut(2, 3.9)
    rates.check(limits, 1, 4.0)
