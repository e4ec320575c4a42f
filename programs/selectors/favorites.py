"""Which programs an athlete keeps at hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from programs.models import FavoriteProgram, Program

from .pages import programs_of


def favorite_programs_of(user: Any) -> QuerySet[Program]:
    """The athlete's favourite programs as rows of ``programs_of``, the one kept last first."""
    return programs_of(user).filter(favorites__user=user).order_by("-favorites__created_at", "-id")


def favorite_program_ids(user: Any) -> set[UUID]:
    return set(FavoriteProgram.objects.of(user).values_list("program_id", flat=True))
