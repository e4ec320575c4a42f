"""Workouts kept as templates: an old one under a name, to be started again from the page where training begins."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from logging_app.models import WorkoutLog

from .inputs import TITLE_LENGTH, invalid
from .locks import lock_workout

MOST_TEMPLATES = 50


@transaction.atomic
def keep_as_template(*, user: User, workout_id: UUID, name: str) -> WorkoutLog:
    """Keep a finished workout under a name; an empty name takes it off the list.

    Raises ``InvalidLogError`` and ``Http404``.
    """
    workout = lock_workout(user=user, workout_id=workout_id).row
    name = name.replace("\x00", "").strip()
    if len(name) > TITLE_LENGTH:
        raise invalid({"name": [_("Must be at most %(limit)s characters long.") % {"limit": TITLE_LENGTH}]})
    kept = WorkoutLog.objects.of(user).exclude(template_name="").exclude(pk=workout.pk)
    if name and kept.count() >= MOST_TEMPLATES:
        raise invalid(
            {"name": [_("You keep %(limit)s templates already. Remove one first.") % {"limit": MOST_TEMPLATES}]}
        )
    workout.template_name = name
    workout.save(update_fields=["template_name", "updated_at"])
    return workout
