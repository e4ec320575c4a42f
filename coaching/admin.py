"""The coach's turns and adapted days for audit: to look at, not to write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Adaptation, Turn


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Adaptation)
class AdaptationAdmin(ReadOnlyAdmin):
    """What was told, changed, suggested and refused of each day."""

    list_display = ("created_at", "athlete", "day", "status", "told", "made", "recovery_score")
    list_filter = ("status",)
    list_select_related = ("session__microcycle__program__user",)
    search_fields = ("session__microcycle__program__user__email",)
    date_hierarchy = "created_at"

    @admin.display(description=_("athlete"))
    def athlete(self, row: Adaptation) -> str:
        return str(row.session.microcycle.program.user.email)

    @admin.display(description=_("day"), ordering="session__date")
    def day(self, row: Adaptation) -> dt.date:
        day: dt.date = row.session.date
        return day

    @admin.display(description=_("changes"))
    def told(self, row: Adaptation) -> int:
        return len(row.changes)

    @admin.display(description=_("accepted"))
    def made(self, row: Adaptation) -> int:
        return len(row.accepted)


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """Who answered, how long it took, what was left out and held back."""

    list_display = (
        "created_at",
        "conversation",
        "number",
        "role",
        "status",
        "source",
        "model",
        "latency_ms",
        "failure",
    )
    list_filter = ("role", "status", "source", "failure", "model")
    list_select_related = ("conversation",)
    search_fields = ("conversation__user__email",)
    date_hierarchy = "created_at"
