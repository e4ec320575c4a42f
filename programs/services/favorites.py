"""Programs that an athlete keeps at hand."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from programs.models import FavoriteProgram, Program


@transaction.atomic
def set_favorite(*, user: Any, program: Program, wanted: bool) -> bool:
    """Keep the program among the favourites or not; true when that changed something."""
    if wanted:
        return FavoriteProgram.objects.get_or_create(user=user, program=program)[1]
    deleted, _per_model = FavoriteProgram.objects.of(user).filter(program=program).delete()
    return deleted > 0
