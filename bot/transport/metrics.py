"""`/metrics`: figures in Prometheus' text format, for a monitor inside the house."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Family:
    """Figures of one name, told apart by labels; a total only ever grows."""

    name: str
    help: str
    values: Sequence[tuple[Labels, float]] = field(default_factory=tuple)
    is_total: bool = False


class Metrics:
    """Serves what `gather` gives; it has a registry of its own, shared with nobody."""

    def __init__(self, gather: Callable[[], Awaitable[Sequence[Family]]]) -> None:
        from prometheus_client import CollectorRegistry  # only where it is served: it is large

        self._gather = gather
        self._families: Sequence[Family] = ()
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def add_to(self, app: web.Application, path: str = "/metrics") -> None:
        """Serve GETs of `path` of `app`."""
        app.router.add_get(path, self.report)

    async def report(self, _request: web.Request) -> web.Response:
        """The figures of this moment."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        self._families = await self._gather()
        content = generate_latest(self._registry)
        return web.Response(body=content, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def collect(self) -> Iterator[Metric]:
        """What the registry asks for."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        for family in self._families:
            kind = CounterMetricFamily if family.is_total else GaugeMetricFamily
            names = sorted({name for labels, _ in family.values for name in labels})
            metric = kind(family.name, family.help, labels=names)
            for labels, value in family.values:
                metric.add_metric([labels.get(name, "") for name in names], value)
            yield metric

    def describe(self) -> Iterator[Metric]:
        """Nothing before it is asked."""
        return iter(())
