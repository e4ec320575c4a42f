"""The port through which planning reads the diary, which lives in a higher app (settings.TRAINING_HISTORY)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from programs.engine.types import History


class TrainingHistory(Protocol):
    def snapshot(self, user: Any, on: dt.date) -> History:
        """What the log knows of this athlete up to and including the day ``on``; empty for a newcomer."""


class NullHistory:
    """Nobody has ever trained: for installations and tests without a diary."""

    def snapshot(self, user: Any, on: dt.date) -> History:
        return History()


def training_history() -> TrainingHistory:
    """The configured diary; without one, an empty one."""
    if not settings.TRAINING_HISTORY:
        return NullHistory()
    return cast(TrainingHistory, import_string(settings.TRAINING_HISTORY)())
