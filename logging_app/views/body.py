"""Body weight and other measures."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.selectors import settings_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Units
from logging_app import selectors
from logging_app.forms import DecimalField
from logging_app.services import readiness

ENTRIES = 30
NAMES = {
    "weight": gettext_lazy("Body weight"),
    "body_fat": gettext_lazy("Body fat"),
    "resting_hr": gettext_lazy("Resting heart rate"),
    "hrv": gettext_lazy("Heart rate variability"),
    "vo2max": gettext_lazy("VO2max"),
    "waist": gettext_lazy("Waist"),
    "hips": gettext_lazy("Hips"),
    "chest": gettext_lazy("Chest"),
    "neck": gettext_lazy("Neck"),
    "arm": gettext_lazy("Arm"),
    "thigh": gettext_lazy("Thigh"),
    "calf": gettext_lazy("Calf"),
}


class MeasureForm(forms.Form):
    """One measure in the athlete's own unit."""

    kind = forms.ChoiceField(label=gettext_lazy("What"))
    value = DecimalField(label=gettext_lazy("Value"))

    def __init__(self, *args: object, units: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.units = units
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, f"{NAMES[kind]}, {self.unit_of(kind)}") for kind in readiness.MEASURES
        ]

    def unit_of(self, kind: str) -> str:
        """Pounds and inches for who asked for them, else the unit that the measure is kept in."""
        measure = readiness.MEASURES[kind]
        return next(iter(measure.others), measure.unit) if self.units == Units.IMPERIAL else measure.unit


@login_required
@require_http_methods(["GET", "POST"])
def body(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = MeasureForm(request.POST or None, units=settings_of(request.user).units)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        try:
            readiness.record_biometric(
                user=request.user, kind=kind, value=form.cleaned_data["value"], unit=form.unit_of(kind)
            )
        except DomainError as error:
            form.add_error("value", "; ".join(text for texts in error.errors.values() for text in texts))
        else:
            messages.success(request, _("Noted."))
            return redirect("logging:body")
    rows = selectors.biometrics_of(request.user)[:ENTRIES]
    context = {
        "nav": "logging:progress",
        "form": form,
        "entries": [{"row": row, "name": NAMES.get(row.kind, row.kind)} for row in rows],
    }
    return render(request, "logging_app/body.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    readiness.delete_biometric(user=request.user, entry_id=pk)
    messages.success(request, _("The measure is deleted."))
    return redirect("logging:body")
