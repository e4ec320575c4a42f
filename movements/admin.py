"""The curator's desk: movements with everything inside them, circuits, gyms, rules."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gainsly.lib.errors import DomainError
from movements import selectors
from movements.catalogue import circuit_rules
from movements.catalogue.sheet import sheet_text
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
from movements.services import library, sheets, version

MAX_SHEET_BYTES = 2_000_000
TAG = re.compile(r"[a-z0-9_-]{1,40}")  # as in fixtures/SCHEMA.md


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
        version.touch_library()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        version.touch_library()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)
        version.touch_library()


class TagActionForm(ActionForm):
    """The list's actions, with the tag that one of them gives."""

    tag = forms.CharField(label=_("Tag"), required=False, max_length=40)


class SheetForm(forms.Form):
    """A CSV file, or its text when it comes back from the preview."""

    file = forms.FileField(label=_("CSV file"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        upload = data.get("file")
        if upload is not None and upload.size > MAX_SHEET_BYTES:
            raise forms.ValidationError({"file": gettext("The file is larger than 2 MB.")})
        if upload is not None:
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise forms.ValidationError({"file": gettext("The file is not UTF-8 text.")}) from error
        if not data.get("text"):
            raise forms.ValidationError({"file": gettext("Choose a file.")})
        return data


class JudgedList(ChangeList):
    """The list with the linter's findings beside each row, asked for once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        found = selectors.library_findings()
        self.result_list = list(self.result_list)
        for row in self.result_list:
            row.findings = len(found.get(row.slug, []))


@admin.register(Movement)
class MovementAdmin(_CuratedAdmin):
    list_display = ("name", "pattern", "discipline", "skill_level", "cns_load", "quality", "owner", "is_active")
    list_filter = (
        "pattern",
        "region",
        "discipline",
        "skill_level",
        "cns_load",
        "is_active",
        ("curated_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("owner",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("owner",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("quality_in_words", "curated_at")
    inlines = (MuscleInline, JointInline, EquipmentInline, DisciplineInline, TagInline, CueInline, RelationInline)
    actions = ("retire", "bring_back", "give_tag", "hand_back", "export_csv")
    action_form = TagActionForm

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return JudgedList

    def get_urls(self) -> list[URLPattern]:
        here: list[URLPattern] = [
            path("csv/", self.admin_site.admin_view(self.export_view), name="movements_movement_export"),
            path("csv/import/", self.admin_site.admin_view(self.import_view), name="movements_movement_import"),
        ]
        return [*here, *super().get_urls()]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        library.mark_curated(ids=[form.instance.pk])
        library.refresh_search(ids=[form.instance.pk])

    @admin.display(description=_("Quality"))
    def quality(self, row: Movement) -> str:
        """The linter's verdict: how many findings; a dash for what it does not judge."""
        if row.owner_id or not row.is_active:
            return "–"
        count: int = row.findings  # type: ignore[attr-defined]
        return gettext("%(count)s to mend") % {"count": count} if count else gettext("good")

    @admin.display(description=_("Quality"))
    def quality_in_words(self, row: Movement) -> str:
        found = [] if row.pk is None or row.owner_id else selectors.library_findings().get(row.slug, [])
        return "; ".join(f"{one.rule}: {one.message}" for one in found) or "–"

    @admin.action(description=_("Retire: no longer given to anybody"))
    def retire(self, request: HttpRequest, queryset: QuerySet) -> None:
        library.set_active(ids=list(queryset.values_list("pk", flat=True)), active=False)

    @admin.action(description=_("Bring back into the library"))
    def bring_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        library.set_active(ids=list(queryset.values_list("pk", flat=True)), active=True)

    @admin.action(description=_("Give the tag that is written beside"))
    def give_tag(self, request: HttpRequest, queryset: QuerySet) -> None:
        tag = request.POST.get("tag", "").strip().lower()
        if not TAG.fullmatch(tag):
            self.message_user(request, gettext("Write the tag in lower-case letters, digits and -."), messages.ERROR)
            return
        count = library.add_tag(ids=list(queryset.values_list("pk", flat=True)), tag=tag)
        self.message_user(request, gettext("%(count)s movements have the tag now.") % {"count": count})

    @admin.action(description=_("Hand back: the published library decides it again"))
    def hand_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = library.hand_back(ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, gettext("%(count)s movements follow the fixtures again.") % {"count": count})

    @admin.action(description=_("Download as CSV"))
    def export_csv(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return _csv_of(queryset)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The whole library as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _csv_of(Movement.objects.all())

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A CSV in: first what it would do, then, when confirmed, all of it."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("CSV into the library"),
        }
        preview = None
        if form.is_valid():
            text = form.cleaned_data["text"]
            if "confirm" in request.POST and self._took(request, text):
                return redirect("admin:movements_movement_changelist")
            preview = sheets.preview_sheet(text=text)
            form = SheetForm(initial={"text": text})
        context |= {"form": form, "preview": preview}
        return TemplateResponse(request, "admin/movements/movement/import.html", context)

    def _took(self, request: HttpRequest, text: str) -> bool:
        try:
            done = sheets.import_sheet(text=text)
        except DomainError as error:
            self.message_user(request, str(error), messages.ERROR)
            return False
        counts = {"new": len(done.new), "changed": len(done.changed)}
        self.message_user(request, gettext("%(new)s movements added, %(changed)s changed.") % counts)
        return True


def _csv_of(rows: QuerySet) -> HttpResponse:
    """The library's movements among these rows, as a download."""
    listed = selectors.listed_movements(rows.filter(owner__isnull=True))
    text = sheet_text(one.record for one in listed.values())
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="movements.csv"'},
    )


@admin.register(Equipment)
class EquipmentAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "sort_order")
    search_fields = ("name", "slug")


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    search_fields = ("slug",)


class CircuitForm(forms.ModelForm):
    """A circuit that its clock can run."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "type" in data:
            for field, sentence in circuit_rules.missing_lengths(SimpleNamespace(**data)).items():
                self.add_error(field, gettext(sentence))
        return data


class StationFormSet(forms.BaseInlineFormSet):
    """The stations of a circuit: one at least, each with its amount of work."""

    def clean(self) -> None:
        super().clean()
        kept = [one for one in self.forms if one.cleaned_data.get("movement") and not one.cleaned_data.get("DELETE")]
        if not kept and not any(self.errors):
            raise forms.ValidationError(gettext("a circuit needs at least one exercise"))
        for one in kept:
            if not circuit_rules.says_how_much(one.instance):
                one.add_error(None, gettext("every exercise needs reps, seconds, metres or calories"))


class StationInline(_Inline):
    model = CircuitExercise
    formset = StationFormSet
    autocomplete_fields = ("movement",)


class StressInline(_Inline):
    model = CircuitStress


@admin.register(Circuit)
class CircuitAdmin(_CuratedAdmin):
    form = CircuitForm
    list_display = ("name", "type", "estimated_minutes", "difficulty", "is_active")
    list_filter = ("type", "difficulty", "is_active")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("tags",)
    readonly_fields = ("curated_at",)
    inlines = (StationInline, StressInline)

    def save_model(self, request: HttpRequest, obj: Circuit, form: ModelForm, change: bool) -> None:
        obj.curated_at = now()
        super().save_model(request, obj, form, change)


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
