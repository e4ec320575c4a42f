"""The diary in the admin: to look at, not to write; records follow from sets."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import BiometricEntry, PersonalRecord, RecoverySignal, SorenessLog, WorkoutLog


class ReadOnlyAdmin(admin.ModelAdmin):
    """Support reads; athletes write through the product, where the rules are."""

    show_full_result_count = False
    list_select_related = ("user",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WorkoutLog)
class WorkoutLogAdmin(ReadOnlyAdmin):
    list_display = ("user", "date", "title", "completed", "perceived_difficulty")
    list_filter = ("completed",)
    search_fields = ("user__email",)
    date_hierarchy = "date"


@admin.register(PersonalRecord)
class PersonalRecordAdmin(ReadOnlyAdmin):
    list_display = ("user", "movement", "kind", "value", "previous", "beyond_noise", "achieved_at")
    list_select_related = ("user", "movement")
    list_filter = ("kind", "beyond_noise")
    search_fields = ("user__email",)


@admin.register(SorenessLog)
class SorenessLogAdmin(ReadOnlyAdmin):
    list_display = ("user", "muscle", "level", "at")
    search_fields = ("user__email",)


@admin.register(RecoverySignal)
class RecoverySignalAdmin(ReadOnlyAdmin):
    list_display = ("user", "date", "source", "readiness", "sleep_hours")
    list_filter = ("source",)
    search_fields = ("user__email",)


@admin.register(BiometricEntry)
class BiometricEntryAdmin(ReadOnlyAdmin):
    list_display = ("user", "kind", "value", "unit", "taken_at")
    list_filter = ("kind",)
    search_fields = ("user__email",)
