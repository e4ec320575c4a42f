"""News from the apps below: another e1RM formula makes the whole history speak it, so that a switch is no progress."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from accounts.models import Settings
from gainsly.core.jobs import enqueue
from logging_app.services.metrics import RECOMPUTE_TASK


@receiver(pre_save, sender=Settings)
def formula_changed(instance: Settings, raw: bool, **_kwargs: Any) -> None:
    stored = Settings.objects.filter(pk=instance.pk).values_list("e1rm_formula", flat=True).first()
    if not raw and stored is not None and stored != instance.e1rm_formula:
        enqueue(RECOMPUTE_TASK, user_id=instance.user_id)
