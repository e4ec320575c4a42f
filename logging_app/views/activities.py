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

from accounts.selectors import profile_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from logging_app import selectors
from logging_app.metrics.workload import activity_load
from logging_app.models import ActivityInstance
from logging_app.services import activities as services

ENTRIES = 30
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

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = kinds  # type: ignore[attr-defined]

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
    kinds = sorted(
        ((row.slug, row.name) for row in selectors.definitions()),
        key=lambda kind: lately.index(kind[0]) if kind[0] in lately else len(lately),
    )
    form = ActivityForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_activity(user=request.user, activity=form.activity_input(timezone.now(), zone))
        except DomainError as error:
            form.add_error("started_at", "; ".join(text for texts in error.errors.values() for text in texts))
        else:
            messages.success(request, _("Logged. It counts in your recovery and your load."))
            return redirect("logging:activities")
    context = {"nav": "logging:train", "form": form, "entries": [_entry(row, zone) for row in rows]}
    return render(request, "logging_app/activities.html", context, status=422 if form.errors else 200)


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
