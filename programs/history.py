"""The port through which planning reads the diary, which lives in a higher app (settings.TRAINING_HISTORY)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from programs.engine.recreation import Outing
from programs.engine.standing import Logged
from programs.engine.types import History


@dataclass(frozen=True, slots=True)
class Diary:
    """What was done since a day: exposures of each lift by slug (oldest first), training days, sessions begun."""

    logged: Mapping[str, tuple[Logged, ...]] = field(default_factory=dict)
    trained_on: tuple[dt.date, ...] = ()
    begun: frozenset[UUID] = frozenset()  # sessions with a workout, finished or not


class TrainingHistory(Protocol):
    def snapshot(self, user: Any, on: dt.date) -> History:
        """What the log knows of this athlete up to and including the day ``on``; empty for a newcomer."""

    def diary(self, user: Any, since: dt.date, on: dt.date) -> Diary:
        """What was done from ``since`` up to and including ``on``."""

    def outings(self, user: Any, first: dt.date, last: dt.date) -> tuple[Outing, ...]:
        """Recreation with a date from ``first`` to ``last``, done or planned; none that is a logged workout too."""


class NullHistory:
    """Nobody has ever trained: for installations and tests without a diary."""

    def snapshot(self, user: Any, on: dt.date) -> History:
        return History()

    def diary(self, user: Any, since: dt.date, on: dt.date) -> Diary:
        return Diary()

    def outings(self, user: Any, first: dt.date, last: dt.date) -> tuple[Outing, ...]:
        return ()


def training_history() -> TrainingHistory:
    """The configured diary; without one, an empty one."""
    if not settings.TRAINING_HISTORY:
        return NullHistory()
    return cast(TrainingHistory, import_string(settings.TRAINING_HISTORY)())
