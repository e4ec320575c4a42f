"""What was loaded from fixtures/, so that loading again does nothing and caches know when to turn."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class LibraryVersion(models.Model):
    """One row: the hash of the loaded fixtures. Curators' edits in the admin bump ``revision``."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    content_hash = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1)
    loaded_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="movements_library_version_one_row")]
