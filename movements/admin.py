"""The curator's desk: movements with everything inside them, circuits, gyms, rules."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from movements.models import (
    Circuit,
    CircuitExercise,
    CircuitStress,
    CoachingCue,
    Equipment,
    FavoriteMovement,
    Gym,
    GymEquipment,
    Movement,
    MovementDiscipline,
    MovementEquipment,
    MovementJoint,
    MovementMuscle,
    MovementRelationship,
    MovementRule,
    MovementTag,
    Tag,
)
from movements.services import library


class _Inline(admin.TabularInline):
    extra = 0
    show_change_link = False


class MuscleInline(_Inline):
    model = MovementMuscle


class JointInline(_Inline):
    model = MovementJoint


class EquipmentInline(_Inline):
    model = MovementEquipment


class DisciplineInline(_Inline):
    model = MovementDiscipline


class TagInline(_Inline):
    model = MovementTag


class CueInline(_Inline):
    model = CoachingCue


class RelationInline(_Inline):
    """Edges that begin here; a progression leads to the harder movement."""

    model = MovementRelationship
    fk_name = "source"
    autocomplete_fields = ("target",)
    verbose_name_plural = _("relations from this movement")


class _CuratedAdmin(admin.ModelAdmin):
    """What a curator saves or deletes reaches every process: the library's revision moves with it."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        library.touch_library()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        library.touch_library()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)
        library.touch_library()


@admin.register(Movement)
class MovementAdmin(_CuratedAdmin):
    list_display = ("name", "pattern", "discipline", "skill_level", "cns_load", "owner", "is_active")
    list_filter = ("pattern", "region", "discipline", "skill_level", "cns_load", "is_active")
    list_select_related = ("owner",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("owner",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MuscleInline, JointInline, EquipmentInline, DisciplineInline, TagInline, CueInline, RelationInline)
    actions = ("retire", "bring_back")

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        library.refresh_search(ids=[form.instance.pk])

    @admin.action(description=_("Retire: no longer given to anybody"))
    def retire(self, request: HttpRequest, queryset: QuerySet) -> None:
        library.set_active(ids=list(queryset.values_list("pk", flat=True)), active=False)

    @admin.action(description=_("Bring back into the library"))
    def bring_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        library.set_active(ids=list(queryset.values_list("pk", flat=True)), active=True)


@admin.register(Equipment)
class EquipmentAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "sort_order")
    search_fields = ("name", "slug")


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    search_fields = ("slug",)


class StationInline(_Inline):
    model = CircuitExercise
    autocomplete_fields = ("movement",)


class StressInline(_Inline):
    model = CircuitStress


@admin.register(Circuit)
class CircuitAdmin(admin.ModelAdmin):
    list_display = ("name", "type", "estimated_minutes", "difficulty", "is_active")
    list_filter = ("type", "difficulty", "is_active")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("tags",)
    inlines = (StationInline, StressInline)


class GymEquipmentInline(_Inline):
    model = GymEquipment


@admin.register(Gym)
class GymAdmin(admin.ModelAdmin):
    list_display = ("name", "user", "is_default", "bar_kg")
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    autocomplete_fields = ("user",)
    inlines = (GymEquipmentInline,)


@admin.register(MovementRule)
class MovementRuleAdmin(admin.ModelAdmin):
    list_display = ("user", "movement", "type", "cadence")
    list_filter = ("type", "cadence")
    list_select_related = ("user", "movement")
    search_fields = ("user__email", "movement__name")
    autocomplete_fields = ("user", "movement")


@admin.register(FavoriteMovement)
class FavoriteMovementAdmin(admin.ModelAdmin):
    list_display = ("user", "movement")
    list_select_related = ("user", "movement")
    search_fields = ("user__email", "movement__name")
    autocomplete_fields = ("user", "movement")
