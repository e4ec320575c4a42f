"""The diary as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_GET

from gainsly.core.http import AuthenticatedHttpRequest
from logging_app.selectors.exports import DIARY_COLUMNS, diary_rows

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """A file of which only the line that was just written exists."""

    def write(self, text: str) -> str:
        return text


@login_required
@require_GET
def diary(request: AuthenticatedHttpRequest) -> StreamingHttpResponse:
    """Every set as a line of CSV, oldest first; written as it is read, so that years of sets need no memory."""
    response = StreamingHttpResponse(_lines(request.user), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="gainsly-diary.csv"'
    return response


def _lines(user: Any) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(DIARY_COLUMNS)
    for row in diary_rows(user):
        yield writer.writerow([safe(value) for value in row])


def safe(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
