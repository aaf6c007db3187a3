"""What /status, /metrics and /healthz say, and that they say the same."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App
from bot.demo.faults import Fault, FaultKind
from bot.status.report import Level, Light, Report
from tests.bot.conftest import TOKEN, Street
from tests.cast import XIAOAN, XIAOBAI, XIAOCHENG, furnish
from tests.phone import Phone

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


async def opened(street: Street) -> App:
    """The bot with the cast, its figures served."""
    await street.database.run(furnish)
    street.server.open_chats()
    app = await street.start(listen="127.0.0.1:0")
    app.ticker._scheduler.pause()
    return app


async def pushed(app: App) -> Report:
    """The report once nothing is on its way."""
    async with asyncio.timeout(8):
        while True:
            report = await app.watch.read()
            if report.is_sending and not any(queue.pending for queue in report.queues):
                return report
            await asyncio.sleep(0.02)


async def get(app: App, path: str) -> tuple[int, str]:
    assert app._server is not None
    url = f"http://127.0.0.1:{app._server.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def scrape(app: App) -> tuple[Figures, str]:
    """The figures as a monitor reads them."""
    status, said = await get(app, "/metrics")
    assert status == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(said)
        for sample in family.samples
    }, said


def one(figures: Figures, name: str, **labels: str) -> float:
    return figures[name, tuple(sorted(labels.items()))]


async def status(phone: Phone) -> str:
    await phone.say("/status")
    return (await phone.wait_for("系统状态")).text


async def test_a_house_that_is_well_says_so_everywhere(street: Street) -> None:
    app = await opened(street)
    await street.tick()
    report = await pushed(app)
    assert report.lights == {
        light: Level.MIND if light is Light.CALENDAR else Level.WELL for light in Light
    }
    said = await status(await street.phone(XIAOCHENG))
    assert "🟡 注意" in said  # next year's calendar is not known in November
    assert "推送：没有待送的" in said
    assert "最近一分钟送出 3 条" in said
    assert "2027年还没有" in said
    assert "副本：1 个在运行" in said
    code, health = await get(app, "/healthz")
    assert (code, '"ok": true' in health) == (200, True)
    figures, _ = await scrape(app)
    assert one(figures, "xuefa_healthy") == 1
    assert one(figures, "xuefa_pushes_total", outcome="sent") == 3
    assert one(figures, "xuefa_pushes_last_minute") == 3
    assert one(figures, "xuefa_calendar_known", year="2027") == 0
    assert one(figures, "xuefa_tick_timestamp_seconds") == street.clock.now.timestamp()
    assert one(figures, "xuefa_light", light="tick") == 0
    assert one(figures, "xuefa_database_bytes") == report.engine.size


async def test_a_halt_is_shown_until_when_it_lasts(street: Street) -> None:
    app = await opened(street)
    street.server.add_fault(Fault(FaultKind.FLOOD, "sendMessage", times=1, retry_after=600))
    await street.tick()
    async with asyncio.timeout(8):
        while not (queues := (await app.watch.read()).queues) or not queues[0].retry:
            await asyncio.sleep(0.02)
    said = await status(await street.phone(XIAOCHENG))
    assert "服务器要求暂停到 09:" in said
    assert "待重试 1" in said
    report = await app.watch.read()
    figures, _ = await scrape(app)
    assert 590 < one(figures, "xuefa_halted_seconds") <= 600
    [queue] = report.queues
    plan = str(queue.plan_id)
    for state, count in (("pending", queue.pending), ("retry", queue.retry)):
        assert one(figures, "xuefa_deliveries_waiting", plan=plan, state=state) == count
    assert one(figures, "xuefa_pushes_total", outcome="rate_limited") == 1
    assert (await get(app, "/healthz"))[0] == 200  # taps are answered all the same


async def test_who_blocked_the_bot_is_counted_and_listed(street: Street) -> None:
    app = await opened(street)
    refusal = "Forbidden: bot was blocked by the user"
    street.server.add_fault(
        Fault(FaultKind.ERROR, "sendMessage", chat=XIAOAN, status=403, description=refusal)
    )
    trainer, staff = await street.phone(XIAOBAI), await street.phone(XIAOAN)
    await street.tick()
    await pushed(app)
    figures, said = await scrape(app)
    assert one(figures, "xuefa_troubles_last_day", kind="failed", reason="blocked") == 1
    assert one(figures, "xuefa_light", light="troubles") == 0  # people do that
    assert not any(secret in said for secret in ("小安", str(XIAOAN), TOKEN.partition(":")[2]))

    await trainer.say("/rounds")
    await trainer.wait_for("每日学法")
    await trainer.tap("11月23日")
    await trainer.wait_for("联系不上 1 人")
    await trainer.tap("联系不上 1")
    assert "小安（法规处）：11月23日（周一）09:00 起" in (await trainer.wait_for("小安")).text
    await staff.say("/me")
    await staff.wait_for("每日学法")
    await trainer.tap("刷新")
    await trainer.wait_for("现在没有人在这个名单上")
    await trainer.tap("回到这一期")
    assert "已送达 3 人" in (await trainer.wait_for("已送达")).text
    await trainer.tap("刷新")
    await trainer.toast()
    await trainer.say("/plan")
    await trainer.wait_for("每日学法")
    await trainer.tap("每日学法")
    await trainer.wait_for("运行中")
    await trainer.tap("各期推送")
    await trainer.wait_for("各期推送")


@pytest.mark.parametrize("person", [XIAOAN, XIAOBAI])
async def test_only_admins_read_the_status(street: Street, person: int) -> None:
    await opened(street)
    phone = await street.phone(person)
    await phone.say("/status")
    assert "没有进行这项操作的权限" in (await phone.wait_for()).text


async def test_a_dead_replica_is_missed(street: Street) -> None:
    app = await opened(street)
    here = app.watch.gauges.look().replica

    def die(unit: Any) -> None:
        unit.watching.beat("dead", here.pulse, here.until_at)

    await street.database.run(die)
    assert len((await app.watch.read()).alive) == 2
    street.clock.forward(minutes=2)
    await street.tick()
    report = await app.watch.read()
    assert (len(report.alive), len(report.replicas)) == (1, 2)
    assert report.lights[Light.REPLICAS] is Level.MIND
    said = await status(await street.phone(XIAOCHENG))
    assert "1 个失去联系，最近的在 09:01:30" in said
    street.clock.forward(minutes=10)
    await app.watch.look()
    assert len((await app.watch.read()).replicas) == 1
