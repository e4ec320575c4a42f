"""Two blocks beside each other: programs of the athlete, or any two ranges of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.selectors import local_today, profile_of, settings_of
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.core.templatetags.ui import e1rm, weight_unit, weight_value
from gainsly.lib.vocabulary import Muscle, label_of
from logging_app.selectors.compare import Block, block
from movements.models import Movement
from programs.models import Program
from programs.selectors import end_of, programs_of

SHOWN_LIFTS = 12
OWN = "own"  # days of one's own in place of a program
LONGEST = dt.timedelta(weeks=156)


class SideForm(forms.Form):
    """One side: a program, or two days."""

    program = forms.ChoiceField(label=gettext_lazy("Block"))
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, programs: Sequence[Program], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programs = {str(row.pk): row for row in programs}
        self.fields["program"].choices = [  # type: ignore[attr-defined]
            *((pk, row.name) for pk, row in self.programs.items()),
            (OWN, _("Days of your own")),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if data.get("program") == OWN and not (since and until):
            self.add_error("since", _("Tell both days."))
        elif data.get("program") == OWN and since and until and not dt.timedelta() <= until - since <= LONGEST:
            self.add_error("until", _("The range ends before it begins, or is longer than three years."))
        return data

    def days(self) -> tuple[str, dt.date, dt.date]:
        """Name, first and last day. Call after ``is_valid``."""
        data = self.cleaned_data
        if data["program"] == OWN:
            name = f"{date_format(data['since'], 'j M Y')} - {date_format(data['until'], 'j M Y')}"
            return name, data["since"], data["until"]
        row = self.programs[data["program"]]
        return row.name, row.start_date, end_of(row)


@login_required
@require_GET
def compare(request: AuthenticatedHttpRequest) -> HttpResponse:
    """``?a-program=&b-program=``; without them the last two programs that have begun."""
    user, today = request.user, local_today(request.user)
    begun = [row for row in programs_of(user).order_by("-start_date", "-id") if row.start_date <= today]
    data = request.GET if "a-program" in request.GET else _first_choice(begun)
    sides = [SideForm(data, prefix=prefix, programs=begun) for prefix in ("a", "b")]
    context: dict[str, Any] = {"nav": "logging:progress", "sides": sides, "asked": bool(request.GET)}
    valid = [one.is_valid() for one in sides]  # both, so that each side tells its own errors
    if data and all(valid):
        context |= _compared(user, [one.days() for one in sides], today)
    return render(request, "logging_app/compare.html", context)


def _first_choice(begun: Sequence[Program]) -> dict[str, str] | None:
    """The block before on the left, the newest on the right."""
    if len(begun) < 2:
        return None
    return {"a-program": str(begun[1].pk), "b-program": str(begun[0].pk)}


def _compared(user: Any, days: Sequence[tuple[str, dt.date, dt.date]], today: dt.date) -> dict[str, Any]:
    first_weekday = profile_of(user).first_weekday
    a, b = (block(user, since, until, today, first_weekday) for _name, since, until in days)
    units = settings_of(user).units
    head = ["", *(name for name, _since, _until in days)]
    return {
        "tables": [
            {"title": _("Overall"), "head": head, "rows": _overall(a, b, units)},
            {"title": _("Strength, first days to last"), "head": head, "rows": _lifts(user, a, b, units)},
            {"title": _("Hard sets a week per muscle"), "head": head, "rows": _muscles(a, b)},
        ]
    }


def _overall(a: Block, b: Block, units: str) -> list[tuple[str, str, str]]:
    names = (
        _("Days"),
        _("Sessions done"),
        _("Workouts a week"),
        _("Training load a week"),
        _("Monotony"),
        _("Moved a week"),
    )
    return list(zip(names, _totals(a, units), _totals(b, units), strict=True))


def _totals(one: Block, units: str) -> tuple[str, ...]:
    return (
        f"{date_format(one.since, 'j M Y')} - {date_format(one.until, 'j M Y')}",
        "-" if one.share is None else f"{one.done}/{one.planned}, {round(one.share * 100)} %",
        f"{one.workouts / one.weeks:.1f}",
        f"{one.load:.0f}",
        "-" if one.monotony is None else f"{one.monotony:.1f}",
        f"{weight_value(round(one.tonnage_kg), units)} {weight_unit(units)}",
    )


def _lifts(user: Any, a: Block, b: Block, units: str) -> list[tuple[str, str, str]]:
    """Lifts of both first, the most trained first."""
    slugs = sorted(
        {*a.lifts, *b.lifts},
        key=lambda slug: (
            not (slug in a.lifts and slug in b.lifts),
            -sum(one.lifts[slug].exposures for one in (a, b) if slug in one.lifts),
            slug,
        ),
    )
    shown = slugs[:SHOWN_LIFTS]
    named = dict(Movement.objects.visible_to(user).filter(slug__in=shown).values_list("slug", "name"))
    return [(named.get(slug, slug), _growth(a, slug, units), _growth(b, slug, units)) for slug in shown]


def _growth(one: Block, slug: str, units: str) -> str:
    found = one.lifts.get(slug)
    if found is None:
        return "-"
    change = f"{round(found.share * 100) or 0:+d}%".replace("-", "\u2212")
    words = f"{e1rm(found.first, units)}→{e1rm(found.last, units)} ({change})"
    return _("%(words)s, clear") % {"words": words} if found.moved else words


def _muscles(a: Block, b: Block) -> list[tuple[str, str, str]]:
    return [
        (label_of(muscle), f"{a.muscles.get(muscle, 0):.1f}", f"{b.muscles.get(muscle, 0):.1f}")
        for muscle in Muscle
        if muscle in a.muscles or muscle in b.muscles
    ]
