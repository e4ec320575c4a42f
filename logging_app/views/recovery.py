"""Recovery: the muscles now, soreness by muscle, signals by source."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.selectors import local_today, profile_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Muscle, RecoverySource, label_of
from logging_app import selectors
from logging_app.forms import DecimalField
from logging_app.metrics import hrv
from logging_app.metrics.recovery import READY, MuscleState
from logging_app.selectors.causes import Source, causes_of
from logging_app.services import readiness

from . import charts
from .today import level_of

SIGNAL_DAYS = 14
REPORTS = 20
SORENESS = (0, 10)
CAUSES_SHOWN = dt.timedelta(days=7)
VOLUME_WEEKS = 12
LABELS = {
    "sleep_hours": gettext_lazy("Hours slept"),
    "sleep_quality": gettext_lazy("Sleep quality, 10 is best"),
    "fatigue": gettext_lazy("Fatigue, 10 is worst"),
    "stress": gettext_lazy("Stress, 10 is worst"),
    "mood": gettext_lazy("Mood, 10 is best"),
    "motivation": gettext_lazy("Motivation, 10 is best"),
    "hrv": gettext_lazy("HRV (RMSSD), ms"),
    "resting_hr": gettext_lazy("Resting heart rate"),
}
SHOWN = ("sleep_hours", "sleep_quality", "fatigue", "stress", "mood", "motivation", "hrv", "resting_hr", "readiness")


class SorenessForm(forms.Form):
    """A number from 0 to 10 for each muscle that the athlete wants to speak of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for muscle in selectors.recovery.MUSCLES:
            self.fields[muscle.value] = forms.IntegerField(
                required=False, min_value=SORENESS[0], max_value=SORENESS[1], label=label_of(muscle)
            )

    def reports(self) -> list[readiness.SorenessInput]:
        """What was told. Call after ``is_valid``."""
        told = {name: level for name, level in self.cleaned_data.items() if level is not None}
        return [readiness.SorenessInput(muscle=muscle, level=level) for muscle, level in told.items()]


class SignalsForm(forms.Form):
    """The longer check-in; every field is optional, the service knows the limits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in LABELS.items():
            low, high = readiness.SIGNAL_LIMITS[name]
            kind: Any = DecimalField if name in ("sleep_hours", "hrv") else forms.IntegerField
            self.fields[name] = kind(required=False, min_value=low, max_value=high, label=words)


@login_required
@require_GET
def recovery(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _page(request)


@login_required
@require_POST
def tell_soreness(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = SorenessForm(request.POST)
    if not form.is_valid():
        return _page(request, soreness=form, status=422)
    if not form.reports():
        messages.error(request, _("Tell how sore at least one muscle is."))
        return redirect("logging:recovery")
    readiness.record_soreness(user=request.user, reports=form.reports())
    messages.success(request, _("Soreness noted. It counts in your recovery from now on."))
    return redirect("logging:recovery")


@login_required
@require_POST
def tell_signals(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = SignalsForm(request.POST)
    if form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if value is not None}
        try:
            readiness.record_recovery(
                user=request.user, date=local_today(request.user), source=RecoverySource.MANUAL.value, signals=told
            )
        except DomainError as error:
            form.add_error(None, "; ".join(text for texts in error.errors.values() for text in texts) or str(error))
        else:
            messages.success(request, _("Noted for today."))
            return redirect("logging:recovery")
    return _page(request, signals=form, status=422)


def _page(
    request: AuthenticatedHttpRequest,
    *,
    soreness: SorenessForm | None = None,
    signals: SignalsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, now = request.user, timezone.now()
    today, zone = local_today(user), ZoneInfo(profile_of(user).time_zone)
    states = selectors.muscle_states(user, now)
    reports = list(selectors.soreness_of(user)[:REPORTS])
    causes = causes_of(user, [one for one in reports if now - one.at < CAUSES_SHOWN])
    sore = soreness or SorenessForm()
    rows = selectors.signals_of(user).filter(date__gte=today - dt.timedelta(days=hrv.BASELINE_DAYS + hrv.WEEK_DAYS))
    told = list(rows)
    context = {
        "nav": "logging:progress",
        "levels": {state.muscle.value: level_of(state.recovery) for state in states},
        "muscles": [_muscle(state, sore) for state in sorted(states, key=lambda one: one.recovery)],
        "soreness": sore,
        "signals": signals or SignalsForm(),
        "hrv": hrv.reading({row.date: row.hrv for row in reversed(told) if row.hrv is not None}, today),
        "signal_head": [_("Day"), _("Source"), *(label_of(name) for name in SHOWN)],
        "signal_rows": [_signal(row) for row in told if (today - row.date).days < SIGNAL_DAYS],
        "reports": [_report(row, zone, causes.get(row.pk)) for row in reports],
        "links": {muscle.value: f"?muscle={muscle.value}#sore-one" for muscle in selectors.recovery.MUSCLES},
        "chosen": _chosen(user, request.GET.get("muscle", ""), today),
    }
    return render(request, "logging_app/recovery.html", context, status=status)


def _muscle(state: MuscleState, form: SorenessForm) -> dict[str, Any]:
    hours = round(state.hours_to_ready)
    waiting = ngettext("ready in %(n)d hour", "ready in %(n)d hours", hours) % {"n": hours}
    return {
        "muscle": state.muscle,
        "name": label_of(state.muscle),
        "words": _("ready") if state.recovery >= READY else waiting if hours else _("ready within the hour"),
        "value": round(state.recovery * 100),
        "colour": f"c-mm-{level_of(state.recovery)}",
        "field": form[state.muscle.value],
    }


def _signal(row: Any) -> tuple[str, ...]:
    values = (getattr(row, name) for name in SHOWN)
    return (
        date_format(row.date, "j M"),
        label_of(row.source),
        *("-" if value is None else f"{value:g}" for value in values),
    )


def _chosen(user: Any, name: str, today: dt.date) -> dict[str, Any] | None:
    """The muscle that was tapped: its last twelve weeks of hard sets, and a button for each level of soreness."""
    if name not in selectors.recovery.MUSCLES:
        return None
    since = today - dt.timedelta(weeks=VOLUME_WEEKS) + dt.timedelta(days=1)
    weeks = selectors.weekly_volume(user, since=since, until=today, first_weekday=profile_of(user).first_weekday)
    sets = {
        dt.date.fromisoformat(week["week"]): next(
            (one["fractional_sets"] for one in week["muscles"] if one["muscle"] == name), 0.0
        )
        for week in weeks
    }
    return {
        "name": name,
        "label": label_of(Muscle(name)),
        "levels": range(SORENESS[0], SORENESS[1] + 1),
        "any": any(sets.values()),
        "chart": charts.column_chart([(date_format(day, "j M"), value, "c-primary") for day, value in sets.items()]),
        "rows": [(date_format(day, "j M Y"), f"{value:g}") for day, value in reversed(sets.items())],
    }


def _report(row: Any, zone: ZoneInfo, source: Source | None) -> dict[str, Any]:
    words = {"likely": _("likely from"), "possible": _("possibly from"), "unclear": _("unclear, perhaps from")}
    return {
        "name": label_of(Muscle(row.muscle)),
        "when": date_format(row.at.astimezone(zone), "j M, H:i"),
        "level": row.level,
        "source": source,
        "words": words[source.cause.word] if source else "",
    }
