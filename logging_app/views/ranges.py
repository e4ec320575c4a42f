"""The range of days that a page of charts shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DEFAULT_WEEKS = 12
EVERYTHING = dt.timedelta(weeks=520)


class RangeForm(forms.Form):
    """A number of weeks up to today, or two days of one's own, which win."""

    weeks = forms.TypedChoiceField(
        label=_("Range"),
        required=False,
        coerce=int,
        empty_value=None,
        initial=DEFAULT_WEEKS,
        choices=[
            (4, _("4 weeks")),
            (12, _("12 weeks")),
            (26, _("Half a year")),
            (52, _("A year")),
            (520, _("Ten years")),
        ],
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The range ends before it begins."))
        return data


def chosen_range(form: RangeForm, today: dt.date) -> tuple[dt.date, dt.date]:
    """Both ends, included; the last twelve weeks where nothing sensible was asked for, ten years at most."""
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    until = min(data.get("until") or today, today)
    weeks = data.get("weeks") or DEFAULT_WEEKS
    since = data.get("since") or until - dt.timedelta(weeks=weeks) + dt.timedelta(days=1)
    return max(min(since, until), until - EVERYTHING), until
