"""Activities: what, how long, save."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.selectors import activities_of as enjoyable_of
from accounts.selectors import local_today, profile_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import ActivitySource, EnjoyableActivity, label_of
from logging_app import selectors
from logging_app.metrics.workload import activity_load
from logging_app.models import ActivityInstance
from logging_app.services import activities as services

ENTRIES = 30
AHEAD_DAYS = 8
USUAL_TIME = dt.time(18)
JUST_NOW = "now"
MINUTES = (20, 30, 45, 60, 90, 120, 180, 240)
EFFORTS = (
    ("3", gettext_lazy("Easy")),
    ("5", gettext_lazy("Steady")),
    ("7", gettext_lazy("Hard")),
    ("9", gettext_lazy("All out")),
)


class ActivityForm(forms.Form):
    """Two taps and save; it counts as just ended unless a time is told."""

    activity = forms.ChoiceField(label=gettext_lazy("What did you do?"), widget=forms.RadioSelect)
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long, in minutes?"),
        coerce=int,
        choices=[(str(n), str(n)) for n in MINUTES],
        initial="60",
        widget=forms.RadioSelect,
    )
    day = forms.ChoiceField(
        label=gettext_lazy("When? A day is planned, not done yet"),
        required=False,
        initial=JUST_NOW,
        widget=forms.RadioSelect,
    )
    rpe = forms.TypedChoiceField(
        label=gettext_lazy("How hard was it?"),
        required=False,
        coerce=float,
        empty_value=None,
        choices=EFFORTS,
        widget=forms.RadioSelect,
    )
    started_at = forms.DateTimeField(
        label=gettext_lazy("Began at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Empty: it has just ended."),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = kinds  # type: ignore[attr-defined]
        ahead = [today + dt.timedelta(days=n) for n in range(AHEAD_DAYS)]
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            (JUST_NOW, _("Just done")),
            *((day.isoformat(), _("Today") if day == today else date_format(day, "D j")) for day in ahead),
        ]

    def planned_at(self, zone: ZoneInfo) -> dt.datetime | None:
        """When it is planned for, none when it is done. Call after ``is_valid``."""
        day = self.cleaned_data["day"]
        if not day or day == JUST_NOW:
            return None
        return dt.datetime.combine(dt.date.fromisoformat(day), USUAL_TIME, tzinfo=zone)

    def activity_input(self, now: dt.datetime, zone: ZoneInfo) -> services.ActivityInput:
        """Call after ``is_valid``; ``zone`` is the athlete's, in which the time was typed."""
        length = dt.timedelta(minutes=self.cleaned_data["minutes"])
        typed = self.cleaned_data["started_at"]
        start = typed.replace(tzinfo=zone) if typed else now - length
        return services.ActivityInput(
            activity=self.cleaned_data["activity"],
            started_at=start,
            finished_at=start + length,
            rpe=self.cleaned_data["rpe"],
        )


@login_required
@require_http_methods(["GET", "POST"])
def activities(request: AuthenticatedHttpRequest) -> HttpResponse:
    zone = ZoneInfo(profile_of(request.user).time_zone)
    rows = list(selectors.activities_of(request.user)[:ENTRIES])
    lately = list(dict.fromkeys(row.definition.slug for row in rows))
    definitions = list(selectors.definitions())
    kinds = sorted(
        ((row.slug, row.name) for row in definitions),
        key=lambda kind: lately.index(kind[0]) if kind[0] in lately else len(lately),
    )
    today = local_today(request.user)
    form = ActivityForm(request.POST or None, kinds=kinds, today=today)
    if request.method == "POST" and form.is_valid() and _stored(request, form, zone):
        return redirect("logging:activities")
    planned = [row for row in reversed(rows) if row.source == ActivitySource.PLANNED]
    context = {
        "nav": "logging:train",
        "form": form,
        "planned": [{**_entry(row, zone), "is_due": row.date <= today} for row in planned],
        "entries": [_entry(row, zone) for row in rows if row.source != ActivitySource.PLANNED],
        "provisional": [row.name for row in definitions if "provisional" in row.source],
        "habits": [_habit(row) for row in enjoyable_of(request.user) if row.enabled and row.weekdays],
    }
    return render(request, "logging_app/activities.html", context, status=422 if form.errors else 200)


def _stored(request: AuthenticatedHttpRequest, form: ActivityForm, zone: ZoneInfo) -> bool:
    """Log or plan what the form tells; what cannot be is said at its field."""
    at = form.planned_at(zone)
    try:
        if at is None:
            services.record_activity(user=request.user, activity=form.activity_input(timezone.now(), zone))
            messages.success(request, _("Logged. It counts in your recovery and your load."))
        else:
            data = form.cleaned_data
            services.plan_activity(user=request.user, activity=data["activity"], started_at=at, minutes=data["minutes"])
            messages.success(request, _("Planned. The days around it will spare the muscles that it tires."))
    except DomainError as error:
        form.add_error("started_at", "; ".join(text for texts in error.errors.values() for text in texts))
        return False
    return True


def _habit(row: Any) -> dict[str, Any]:
    monday = dt.date(2024, 1, 1)
    days = [date_format(monday + dt.timedelta(days=day), "l") for day in sorted(row.weekdays)]
    return {"name": row.custom_name or label_of(EnjoyableActivity(row.type)), "days": ", ".join(days)}


@login_required
@require_POST
def complete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One tap: what was planned is done."""
    services.complete_activity(user=request.user, activity_id=pk)
    messages.success(request, _("Logged. It counts in your recovery and your load."))
    return redirect("logging:activities")


@login_required
@require_POST
def delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    services.delete_activity(user=request.user, activity_id=pk)
    messages.success(request, _("The activity is deleted."))
    return redirect("logging:activities")


def _entry(row: ActivityInstance, zone: ZoneInfo) -> dict[str, Any]:
    minutes = (row.finished_at - row.started_at).total_seconds() / 60
    return {
        "id": row.pk,
        "name": row.definition.name,
        "when": date_format(row.started_at.astimezone(zone), "l j F, H:i"),
        "minutes": round(minutes),
        "load": round(activity_load(row.rpe, row.definition.met, minutes)),
    }
