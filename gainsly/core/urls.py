"""Paths of the glue: how the house is."""

from django.urls import URLPattern, URLResolver, path

from gainsly.core import health
from gainsly.core.views import offline

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("health/database", health.health_database, name="health-database"),
    path("health/llm", health.health_llm, name="health-llm"),
    path("health/queue", health.health_queue, name="health-queue"),
    path("sw.js", offline.service_worker, name="service-worker"),
    path("offline/", offline.offline, name="offline"),
    path("metrics", health.metrics, name="metrics"),
]
