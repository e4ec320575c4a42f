"""The coach's conversations, turns and adapted days for audit: to look at, not to write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Adaptation, Conversation, Turn
from .selectors import with_figures


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


class Something(admin.SimpleListFilter):
    """Turns with or without something in a list of theirs."""

    field = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Some")), ("no", _("None"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Turn]) -> QuerySet[Turn]:
        if self.value() == "yes":
            return queryset.exclude(**{self.field: []})
        return queryset.filter(**{self.field: []}) if self.value() == "no" else queryset


class HeldBack(Something):
    title, parameter_name, field = _("held back or not taken over"), "held_back", "refused"


class LeftOut(Something):
    title, parameter_name, field = _("left out of the prompt"), "left_out", "trimmed"


class LookedUp(Something):
    title, parameter_name, field = _("tools"), "tools", "tool_calls"


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """Who answered, how long it took, what was looked up, left out and held back."""

    list_display = (
        "created_at",
        "athlete",
        "conversation",
        "number",
        "role",
        "status",
        "source",
        "model",
        "prompt_version",
        "prompt_tokens",
        "completion_tokens",
        "first_token_ms",
        "latency_ms",
        "tools",
        "trimmed_count",
        "refused_count",
        "failure",
    )
    list_filter = (
        "role",
        "status",
        "source",
        "conversation__kind",
        "failure",
        "provider",
        "model",
        "prompt_version",
        HeldBack,
        LeftOut,
        LookedUp,
    )
    list_select_related = ("conversation__user",)
    search_fields = ("conversation__user__email",)
    date_hierarchy = "created_at"

    @admin.display(description=_("athlete"), ordering="conversation__user__email")
    def athlete(self, row: Turn) -> str:
        return str(row.conversation.user.email)

    @admin.display(description=_("tools"))
    def tools(self, row: Turn) -> str:
        return ", ".join(call["name"] for call in row.tool_calls)

    @admin.display(description=_("left out"))
    def trimmed_count(self, row: Turn) -> int:
        return len(row.trimmed)

    @admin.display(description=_("held back"))
    def refused_count(self, row: Turn) -> int:
        return len(row.refused)


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """Threads with their questions and tokens, deleted ones too until they are gone for good."""

    list_display = ("last_turn_at", "athlete", "kind", "title", "questions", "tokens", "deleted_at")
    list_filter = ("kind", "status", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__email",)
    date_hierarchy = "last_turn_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        return with_figures(super().get_queryset(request))

    @admin.display(description=_("athlete"), ordering="user__email")
    def athlete(self, row: Conversation) -> str:
        return str(row.user.email)

    @admin.display(description=_("questions"))
    def questions(self, row: Any) -> int:
        return int(row.questions)

    @admin.display(description=_("tokens"))
    def tokens(self, row: Any) -> int:
        return int(row.tokens)
