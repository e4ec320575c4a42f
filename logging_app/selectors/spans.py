"""Sets by the day of their workout, found by an index however long the diary is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from logging_app.models import SetLog

# A set is done between five minutes before its workout began and a day after; the workout's day is the athlete's local
# one, at most 14 hours from UTC. The bracket only has to hold every set; the workout's date decides.
BEFORE, AFTER = dt.timedelta(days=1), dt.timedelta(days=3)


def sets_between(user: Any, since: dt.date, until: dt.date) -> QuerySet[SetLog]:
    """The athlete's sets of workouts on the days from ``since`` to ``until``, both included."""
    start, end = (dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC) for day in (since, until))
    return SetLog.objects.of(user).filter(
        workout__date__gte=since,
        workout__date__lte=until,
        performed_at__gte=start - BEFORE,
        performed_at__lt=end + AFTER,
    )
