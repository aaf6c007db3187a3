"""The watch over HTTP: what admins are told, and that they are told it once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import make_url

from bot.app import App
from bot.demo.faults import Fault, FaultKind
from bot.errors import SettingsError
from bot.status import Watch
from bot.status.gauges import Gauges
from bot.transport.api import Api
from storage.repositories.deliveries import SENDER
from storage.unit import Unit
from tests.bot.chaos.fleet import SECRET, free_port
from tests.bot.conftest import TOKEN, Street
from tests.cast import XIAOAN, XIAOCHENG, furnish
from tests.phone import Phone


async def opened(street: Street, **settings: object) -> App:
    """The bot with the cast; its own ticks are left to the test."""
    await street.database.run(furnish)
    street.server.open_chats()
    app = await street.start(**settings)
    app.ticker._scheduler.pause()
    await street.tick()
    await app.watch.look()
    return app


async def pass_time(street: Street, *, minutes: float, ticks: bool = True) -> None:
    """Let time pass in steps of a look a minute."""
    assert street.app is not None
    while minutes > 0:
        street.clock.forward(minutes=min(1.0, minutes))
        minutes -= 1
        if ticks:
            await street.tick()
        await street.app.watch.look()


async def told(phone: Phone, fragment: str) -> int:
    """How often somebody was told so."""
    return sum(fragment in shown.text for shown in await phone.messages())


async def test_a_tick_that_stops_is_told_once_and_so_is_that_it_goes_on(street: Street) -> None:
    app = await opened(street)
    admin = await street.phone(XIAOCHENG)
    staff = await street.phone(XIAOAN)
    await pass_time(street, minutes=2, ticks=False)
    assert app.watch.gauges.faults() == []
    await pass_time(street, minutes=8, ticks=False)
    assert app.watch.gauges.faults() == ["tick"]
    alert = await admin.wait_for("定时检查停了")
    assert "11月23日（周一）09:0" in alert.text
    assert alert.buttons == ["🩺 看系统状态"]
    assert await told(admin, "定时检查停了") == 1
    await admin.tap("看系统状态")
    assert "🔴 定时检查" in (await admin.wait_for("系统状态")).text
    await street.tick()
    await pass_time(street, minutes=4)
    assert await told(admin, "已恢复") == 0  # it may come back
    await pass_time(street, minutes=3)
    well = await admin.wait_for("已恢复：定时检查停了")
    assert "约 6 分钟" in well.text
    await pass_time(street, minutes=2)
    assert await told(admin, "到点的推送可能开不出来") == 0  # now the status
    assert await told(admin, "已恢复") == 1
    assert await told(staff, "定时检查") == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_of_two_replicas_one_tells_it(street: Street) -> None:
    app = await opened(street)
    gauges = Gauges(app.ticker, app._turns, app._talk, street.clock)
    other = Watch(street.database, gauges, Api.of(app._bot), street.clock, street.settings)
    for _ in range(5):
        street.clock.forward(minutes=1)
        await asyncio.gather(app.watch.look(), other.look())
    admin = await street.phone(XIAOCHENG)
    async with asyncio.timeout(5):
        while await street.database.read(lambda unit: unit.notices.count_due(street.clock.now)):
            await asyncio.sleep(0.05)
    assert await told(admin, "定时检查停了") == 1
    assert len(street.server.journal.calls("getWebhookInfo")) == 5  # once a minute, by one
    report = await app.watch.read()
    assert len(report.alive) == 2
    other.stop()
    await other.run()
    assert len((await app.watch.read()).replicas) == 1


async def set_webhook(street: Street, url: str, secret: str) -> None:
    """Say where updates go, as anybody with the token can."""
    body = {"url": url, "secret_token": secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{street.server.url}/bot{TOKEN}/setWebhook", json=body) as response,
    ):
        assert response.status == 200


async def test_a_webhook_that_stalls_is_told_once_and_so_is_that_it_works(street: Street) -> None:
    street.server.change_limits(webhook_retry=0.1)
    address = f"127.0.0.1:{free_port()}"
    url = f"http://{address}"
    app = await opened(street, webhook_url=url, webhook_secret=SECRET, listen=address)
    admin, phone = await street.phone(XIAOCHENG), await street.phone(XIAOAN)
    await phone.say("/me")
    await phone.wait_for()
    await set_webhook(street, f"{url}/telegram", "somebody-elses")
    await phone.say("/today")
    await pass_time(street, minutes=8)
    await admin.wait_for("消息没有处理")
    async with aiohttp.ClientSession() as session, session.get(f"{url}/healthz") as response:
        assert response.status == 503
        assert (await response.json())["reasons"] == ["updates"]
    await set_webhook(street, f"{url}/telegram", SECRET)
    await phone.wait_for("第1/3题")
    await pass_time(street, minutes=8)
    await admin.wait_for("已恢复：消息没有处理")
    assert await told(admin, "有消息在等") == 1
    assert await told(admin, "已恢复") == 1
    assert app.watch.gauges.faults() == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_push_that_stands_still_is_told_though_the_crier_stands_still_too(
    street: Street,
) -> None:
    await street.database.run(furnish)
    street.server.open_chats()

    def seize(unit: Unit) -> None:
        """As a replica does that holds the sender's lease, and hangs."""
        now = street.clock.now
        assert unit.house.hold_lease(SENDER, "hung", now, now + timedelta(seconds=70))

    await street.database.run(seize)
    app = await street.start()
    app.ticker._scheduler.pause()
    await street.tick()
    admin = await street.phone(XIAOCHENG)
    for _ in range(10):
        await pass_time(street, minutes=1)
        await street.database.run(seize)
    assert (await app.watch.read()).incidents == ()
    for _ in range(6):
        await pass_time(street, minutes=1)
        await street.database.run(seize)
    await admin.wait_for("推送停滞")
    await street.database.run(lambda unit: unit.house.release_lease(SENDER, "hung"))
    await admin.wait_for("每日学法")
    await pass_time(street, minutes=7)
    await admin.wait_for("已恢复：推送停滞")
    assert await told(admin, "到点超过 10 分钟") == 1
    assert await told(admin, "已恢复") == 1


async def test_a_halt_of_the_server_is_no_incident(street: Street) -> None:
    await street.database.run(furnish)
    street.server.open_chats()
    app = await street.start()
    app.ticker._scheduler.pause()
    street.server.add_fault(Fault(FaultKind.FLOOD, "sendMessage", times=1, retry_after=3600))
    await street.tick()
    async with asyncio.timeout(5):
        while not app._talk.halted_seconds:
            await asyncio.sleep(0.02)
    await pass_time(street, minutes=15)
    report = await app.watch.read()
    assert report.halted_until is not None
    assert report.incidents == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_that_is_away_is_told_directly(street: Street) -> None:
    app = await opened(street)
    admin = await street.phone(XIAOCHENG)
    name = make_url(street.database.address).database
    assert name is not None
    away = await asyncio.to_thread(Path(name).rename, f"{name}.away")
    await pass_time(street, minutes=2, ticks=False)
    assert await told(admin, "数据库连不上") == 0
    await pass_time(street, minutes=3, ticks=False)
    await admin.wait_for("数据库连不上")
    await asyncio.to_thread(away.rename, name)
    await pass_time(street, minutes=2)
    await admin.wait_for("已恢复：数据库连不上")
    assert await told(admin, "推送和答题都在等") == 1
    assert await told(admin, "已恢复") == 1
    assert (await app.watch.read()).incidents == ()


async def test_a_refused_token_is_told_when_it_works_again(street: Street) -> None:
    app = await opened(street)
    refusal = Fault(FaultKind.ERROR, "getUpdates", status=401, description="Unauthorized")
    street.server.add_fault(refusal)
    phone, admin = await street.phone(XIAOAN), await street.phone(XIAOCHENG)
    await phone.say("/me")
    with pytest.raises(SettingsError):
        await app.run(asyncio.Event())
    await street.stop()
    street.clock.forward(minutes=30)
    app = await street.start()
    await app.watch.look()
    well = await admin.wait_for("已恢复：令牌被拒绝")
    assert "09:00 起，约 30 分钟" in well.text


@pytest.fixture
async def monitor() -> AsyncIterator[tuple[str, list[str]]]:
    """A monitor elsewhere: its address, and who called it."""
    calls: list[str] = []

    async def called(request: web.Request) -> web.Response:
        calls.append(request.method)
        return web.Response(status=200 if len(calls) > 1 else 500)

    site = web.Application()
    site.router.add_route("*", "/ping", called)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/ping", calls
    await runner.cleanup()


async def test_the_end_of_each_push_is_reported_to_a_monitor(
    street: Street, monitor: tuple[str, list[str]]
) -> None:
    url, calls = monitor
    app = await opened(street, ping_url=url)
    phone = await street.phone(XIAOCHENG)
    await phone.wait_for("每日学法")
    async with asyncio.timeout(5):
        while (await app.watch.read()).queues:
            await asyncio.sleep(0.02)
    await app.watch.look()
    assert calls == ["GET", "GET"]  # the first was answered by an error
    street.clock.now += timedelta(minutes=1)
    await app.watch.look()
    assert len(calls) == 2
