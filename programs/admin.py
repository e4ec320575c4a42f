"""Programs for the people who run an installation: to look at, not to write by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programs.models import HeuristicConfig, MacroCycle, Microcycle, Program, Session, SessionExercise


class ReadOnlyAdmin(admin.ModelAdmin):
    """A plan belongs to its athlete and is written by services only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MicrocycleInline(ReadOnlyInline):
    model = Microcycle
    fields = ("sequence", "start_date", "length_days", "phase", "is_deload", "status")


class SessionInline(ReadOnlyInline):
    model = Session
    fields = ("date", "day_number", "title", "session_type", "status", "locked", "estimated_minutes")


class ExerciseInline(ReadOnlyInline):
    model = SessionExercise
    fields = ("section", "order", "movement", "sets", "reps_min", "reps_max", "target_rpe", "target_load_kg")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SessionExercise]:
        return super().get_queryset(request).select_related("movement")


@admin.register(Program)
class ProgramAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "start_date", "duration_weeks", "days_per_week", "is_active", "session_count")
    list_filter = ("is_active", "split_template", "duration_weeks", "days_per_week")
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    date_hierarchy = "start_date"
    inlines = (MicrocycleInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Program]:
        rows: QuerySet[Program] = super().get_queryset(request)
        return rows.annotate(session_total=Count("microcycles__sessions"))

    @admin.display(description="sessions", ordering="session_total")
    def session_count(self, program: Any) -> int:
        return int(program.session_total)


@admin.register(Microcycle)
class MicrocycleAdmin(ReadOnlyAdmin):
    list_display = ("program", "sequence", "start_date", "length_days", "phase", "is_deload", "status")
    list_filter = ("status", "phase", "is_deload", "refinement_status")
    list_select_related = ("program",)
    inlines = (SessionInline,)


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    list_display = ("title", "date", "session_type", "status", "source", "locked", "estimated_minutes")
    list_filter = ("status", "session_type", "source", "locked")
    date_hierarchy = "date"
    inlines = (ExerciseInline,)


@admin.register(MacroCycle)
class MacroCycleAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "start_date")
    list_select_related = ("user",)


@admin.register(HeuristicConfig)
class HeuristicConfigAdmin(ReadOnlyAdmin):
    list_display = ("name", "version", "active", "created_by", "created_at")
    list_filter = ("active", "name")
    list_select_related = ("created_by",)
