"""News from accounts: who thinks in other units from now on usually lifts other iron, too."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from accounts.models import Settings
from gainsly.lib.vocabulary import Units
from movements.services.gyms import follow_units


@receiver(pre_save, sender=Settings)
def units_changed(instance: Settings, raw: bool, **_kwargs: Any) -> None:
    stored = Settings.objects.filter(pk=instance.pk).values_list("units", flat=True).first()
    if not raw and stored is not None and stored != instance.units:
        follow_units(user=instance.user, units=Units(instance.units))
