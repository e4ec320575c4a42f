"""An athlete's gyms: what can be done where, and which weights the iron there can make."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from gainsly.core.models import OwnedQuerySet, TimestampedModel, UUIDModel, between
from movements.catalogue.kits import BAR_KG, DUMBBELLS_KG, LOAD_STEP_KG, PLATES_KG

from .movement import Equipment


def default_plates() -> list[float]:
    return list(PLATES_KG)


def default_dumbbells() -> list[float]:
    return list(DUMBBELLS_KG)


class Gym(TimestampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="gyms")
    name = models.CharField(max_length=60, default="My gym")
    is_default = models.BooleanField(default=False)
    equipment = models.ManyToManyField(Equipment, through="GymEquipment", related_name="+")
    bar_kg = models.DecimalField(max_digits=5, decimal_places=2, default=BAR_KG)
    plates_kg = ArrayField(models.DecimalField(max_digits=5, decimal_places=2), default=default_plates)
    dumbbells_kg = ArrayField(
        models.DecimalField(max_digits=5, decimal_places=2), default=default_dumbbells, blank=True
    )
    load_step_kg = models.DecimalField(max_digits=4, decimal_places=2, default=LOAD_STEP_KG)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "name", "id"]
        constraints = [
            models.UniqueConstraint("user", Lower("name"), name="movements_gym_name_once"),
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="movements_gym_one_default"),
            between("bar_kg", 0, 50, "movements_gym_bar_range"),
            between("load_step_kg", 0.25, 20, "movements_gym_step_range"),
        ]

    def __str__(self) -> str:
        return self.name


class GymEquipment(UUIDModel):
    gym = models.ForeignKey(Gym, on_delete=models.CASCADE, related_name="equipment_rows")
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gym", "equipment"], name="movements_gym_equipment_once")]
