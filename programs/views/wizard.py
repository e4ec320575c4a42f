"""The wizard: ten points, the shape of the week, and a live preview of what they make."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.selectors import local_today, profile_of
from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import Goal, label_of
from programs.forms import WEEKDAY_LABELS, ProgramForm, standing_values, told_values, wizard_defaults
from programs.models.program import GOAL_POINTS
from programs.selectors import program_json
from programs.services.generation import preview_program
from programs.services.sentence import create_with_notes, take_notes

from .charts import minutes_chart, muscle_bars
from .collisions import collisions_of
from .told import KEY, chosen_notes, told_card, told_of

SERIES = ("g1", "g2", "g3")


@login_required
@require_http_methods(["GET", "POST"])
def wizard(request: AuthenticatedHttpRequest) -> HttpResponse:
    """GET previews what stands in the query, POST creates it (or, without scripts, previews on ``update``)."""
    told = told_of(request)
    start = request.GET if told is None else {**_defaults(request), **told_values(told["body"]), **told.get("form", {})}
    form = ProgramForm(request.POST or start or _defaults(request))
    if "take_notes" in request.POST:
        return _take_notes(request, form)
    if request.method == "POST" and "update" not in request.POST:
        return _create(request, form)
    return render(request, "programs/wizard.html", _context(request, form))


def _take_notes(request: AuthenticatedHttpRequest, form: ProgramForm) -> HttpResponse:
    """Put what is ticked into the settings now, and come back to the same choices with a plan that knows of it."""
    notes = chosen_notes(request)
    taken = take_notes(user=request.user, notes=notes)
    told = request.session.get(KEY)
    if told is not None:
        gone = {one["id"] for one in notes}
        left = [one for one in told["settings"] if one["id"] not in gone]
        request.session[KEY] = {**told, "settings": left, "form": standing_values(form)}
    messages.success(request, ngettext("%d note is in your settings.", "%d notes are in your settings.", taken) % taken)
    return redirect(f"{reverse('programs:wizard')}?{KEY}=1")


def _create(request: AuthenticatedHttpRequest, form: ProgramForm) -> HttpResponse:
    collisions: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            tree = create_with_notes(
                user=request.user,
                body=form.body(),
                program_id=form.cleaned_data["request_id"],
                notes=chosen_notes(request),
            )
        except DomainError as error:
            show_refusal(form, error)
            collisions = collisions_of(error)
        else:
            request.session.pop(KEY, None)
            return redirect("programs:program", tree.row.pk)
    context = {**_context(request, form), "collisions": collisions}
    return render(request, "programs/wizard.html", context, status=422)


def _defaults(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    profile = profile_of(request.user)
    return wizard_defaults(
        weekdays=sorted(profile.available_weekdays),
        minutes=profile.session_minutes,
        today=local_today(request.user),
    )


def _context(request: AuthenticatedHttpRequest, form: ProgramForm) -> dict[str, Any]:
    preview = _preview(request, form)
    points = form.points()
    told = told_card(request, told_of(request))
    return {
        "form": form,
        "nav": "programs:current",
        "goals": _goal_rows(form, points),
        **_pool(points),
        **preview,
        **told,
    }


def _preview(request: AuthenticatedHttpRequest, form: ProgramForm) -> dict[str, Any]:
    """The first week of the program that these choices make, or the reason why there is none."""
    if not form.is_valid():
        return {"preview": None}
    try:
        tree = preview_program(user=request.user, body=form.body())
    except DomainError as error:
        show_refusal(form, error)
        return {"preview": None, "collisions": collisions_of(error)}
    document = program_json(tree, today=local_today(request.user))
    week = document["microcycles"][0]
    return {
        "preview": document,
        "week": week,
        "minutes_chart": minutes_chart(week["sessions"], WEEKDAY_LABELS, document["session_minutes"]),
        "muscle_bars": muscle_bars(document["quality"]),
        "shortfalls": [one for one in document["quality"]["checks"] if one["applies"] and not one["passed"]][:3],
    }


def _goal_rows(form: ProgramForm, points: dict[str, int]) -> list[dict[str, Any]]:
    ranked = [goal for goal in sorted(points, key=lambda one: -points[one]) if points[goal]]
    colours = dict(zip(ranked, SERIES, strict=False))
    return [
        {"name": goal.value, "label": label_of(goal), "points": points[goal], "colour": colours.get(goal.value, "")}
        for goal in Goal
    ]


def _pool(points: dict[str, int]) -> dict[str, Any]:
    spent = [(goal, count) for goal, count in sorted(points.items(), key=lambda one: -one[1]) if count]
    pips = [colour for (_, count), colour in zip(spent, SERIES, strict=False) for _ in range(count)][:GOAL_POINTS]
    return {
        "pips": pips + [""] * (GOAL_POINTS - len(pips)),
        "points_left": GOAL_POINTS - sum(points.values()),
        "goals_used": len(spent),
        "pool_words": ", ".join(f"{label_of(goal)} {count}" for goal, count in spent),
    }
