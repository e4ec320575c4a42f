"""The figures behind /metrics, in Prometheus' text format."""

from __future__ import annotations

from collections.abc import Iterator

import redis
from django.conf import settings
from prometheus_client import REGISTRY, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

QUEUES = ("default", "ingest", "llm")
REQUESTS = Counter("gainsly_requests_total", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("gainsly_request_seconds", "Time to answer a request", ["route"])


def queue_depths() -> dict[str, int]:
    """Messages that wait, by queue. Raises redis.RedisError when the broker cannot be reached."""
    server = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    with server as broker, broker.pipeline(transaction=False) as batch:
        for queue in QUEUES:
            batch.llen(queue)
        return dict(zip(QUEUES, batch.execute(), strict=True))


class QueueCollector(Collector):
    """Asked at each scrape, so that the depth is never stale."""

    def describe(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("gainsly_queue_depth", "Messages that wait", labels=["queue"])

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily("gainsly_queue_depth", "Messages that wait", labels=["queue"])
        for queue, depth in queue_depths().items():
            family.add_metric([queue], depth)
        yield family


def register_collectors() -> None:
    REGISTRY.register(QueueCollector())
