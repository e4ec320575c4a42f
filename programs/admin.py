"""Programs for the people who run an installation: to look at, not to write by hand."""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from gainsly.core.permissions import ADMINS
from gainsly.lib.errors import DomainError
from programs.engine.configuration import ENGINE, NAMES, problems
from programs.models import HeuristicConfig, MacroCycle, Microcycle, Program, Session, SessionExercise
from programs.selectors.configurations import active_version, require_version, version_differences, versions_of
from programs.services.configuration import activate_version, reload_configuration, save_version


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


class ConfigForm(forms.ModelForm):
    """A version as YAML; what is wrong is told at the field, by path. Saving writes the next version, not active."""

    text = forms.CharField(
        label="Values (YAML)",
        widget=forms.Textarea(attrs={"rows": 40, "cols": 140, "spellcheck": "false"}),
        help_text="Names to groups or to {value, grade, source, because}. What is left out keeps the shipped value.",
    )

    class Meta:
        model = HeuristicConfig
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.ChoiceField(choices=[(one, one) for one in NAMES], initial=self.instance.name)
        name = self.instance.name or self.initial.get("name", ENGINE)
        body = self.instance.body if self.instance.body else active_version(name).full
        self.initial |= {"name": name, "text": yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120)}

    def clean_text(self) -> Any:
        try:
            return yaml.safe_load(self.cleaned_data["text"])
        except yaml.YAMLError as error:
            raise forms.ValidationError(f"This is not YAML: {error}") from error

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        for one in problems(sent["name"], sent["text"]) if {"name", "text"} <= set(sent) else ():
            self.add_error("text", f"{one.path or 'body'}: {one.message} {one.hint}")
        return sent


@admin.register(HeuristicConfig)
class HeuristicConfigAdmin(admin.ModelAdmin):
    """Versions are never rewritten: saving an edited one stores the next. Version 1 is what Gainsly ships."""

    form = ConfigForm
    list_display = ("name", "version", "active", "created_by", "created_at", "compare")
    list_filter = ("active", "name")
    list_select_related = ("created_by",)
    change_list_template = "admin/programs/configs.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(getattr(request.user, "role", None) in ADMINS or getattr(request.user, "is_superuser", False))

    @admin.display(description="difference")
    def compare(self, row: HeuristicConfig) -> str:
        url = reverse("admin:programs_config_compare", args=[row.name, row.version])
        return format_html('<a href="{}">compare, activate</a>', url)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("reload/", wrap(self.reload), name="programs_config_reload"),
            path("<slug:name>/<int:version>/", wrap(self.comparison), name="programs_config_compare"),
            path("<slug:name>/<int:version>/activate/", wrap(self.activate), name="programs_config_activate"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "configs": versions_of()})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        sent = form.cleaned_data
        saved = save_version(name=sent["name"], body=sent["text"], user=request.user)
        obj.__dict__.update({key: one for key, one in saved.__dict__.items() if key != "_state"})
        obj._state.adding = False

    def comparison(self, request: HttpRequest, name: str, version: int) -> HttpResponse:
        """Against the active version, or ``?with=`` any other; and the button that asks to activate."""
        self._require_admin(request)
        versions = versions_of((name,)) if name in NAMES else []
        chosen = require_version(name, version)
        wanted = request.GET.get("with", "")
        other = require_version(name, int(wanted)) if wanted.isdecimal() else active_version(name)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{name}: version {version} beside version {other.version}",
            "opts": self.model._meta,
            "chosen": chosen,
            "other": other,
            "versions": versions,
            "changes": version_differences(other, chosen),
        }
        return render(request, "admin/programs/config_compare.html", context)

    def activate(self, request: HttpRequest, name: str, version: int) -> HttpResponse:
        """POST after the comparison was shown; the change is written into the history."""
        self._require_admin(request)
        back = redirect("admin:programs_config_compare", name, version)
        if request.method != "POST":
            return back
        before = active_version(name).version
        try:
            activate_version(name=name, version=version, user=request.user)
        except DomainError as error:
            messages.error(request, str(error))
            return back
        words = f"{name}: version {version} is active now, before it version {before}."
        row = HeuristicConfig.objects.filter(name=name, version__in=(version, before)).order_by("version").last()
        if row is not None:
            self.log_change(request, row, words)
        messages.success(request, words)
        return redirect("admin:programs_heuristicconfig_changelist")

    def reload(self, request: HttpRequest) -> HttpResponse:
        self._require_admin(request)
        if request.method == "POST":
            messages.success(request, f"Read anew: {reload_configuration().config_version}.")
        return redirect("admin:programs_heuristicconfig_changelist")

    def _require_admin(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied
