"""The coach's turns for audit: to look at, not to write."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Turn


@admin.register(Turn)
class TurnAdmin(admin.ModelAdmin):
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
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
