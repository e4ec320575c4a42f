"""The request's id, on its log lines and on its answer; and its figures."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gainsly.core import logs, metrics
from gainsly.core.http import request_id_of

HEADER = "X-Request-ID"
logger = logging.getLogger("gainsly.requests")


class RequestContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request_id_of(request)
        token = logs.request_id.set(request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            self._record(request, response, time.perf_counter() - started)
        finally:
            logs.request_id.reset(token)
        response.headers[HEADER] = request_id
        return response

    def _record(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        """The route, not the path, is the label: paths are as many as there are objects."""
        route = request.resolver_match.route if request.resolver_match else "unmatched"
        metrics.REQUESTS.labels(request.method, route, response.status_code).inc()
        metrics.REQUEST_SECONDS.labels(route).observe(seconds)
        user = getattr(request, "user", None)
        token = logs.user_id.set(str(user.pk) if user is not None and user.is_authenticated else None)
        fields = {"method": request.method, "path": request.path, "route": route, "status": response.status_code}
        logger.info("request", extra={"fields": {**fields, "milliseconds": round(seconds * 1000, 1)}})
        logs.user_id.reset(token)
