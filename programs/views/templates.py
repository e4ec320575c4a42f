"""Known programs to look at and start, and the grade of any plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gainsly.core.forms import show_refusal
from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.lib.errors import DomainError
from programs.engine.constraints import Infeasible
from programs.engine.references import Reference
from programs.engine.types import PlannedExercise, QualityReport
from programs.forms import GradeForm, TemplateForm
from programs.selectors import local_today
from programs.selectors.references import reference_for
from programs.services.grading import grade_document
from programs.services.templates import Fitted, fit_reference, grade_references, start_template

NAV = "programs:current"
MOST_BROKEN = 3
MOST_FAULTS = 10


@login_required
@require_GET
def templates(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All known programs, each graded for this athlete."""
    rows = [_row(reference, fitted) for reference, fitted in grade_references(user=request.user)]
    return render(request, "programs/templates.html", {"rows": rows, "nav": NAV})


@login_required
@require_http_methods(["GET", "POST"])
def template(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """One known program: its first week with the athlete's loads, its grade, and the form that starts it."""
    reference = reference_for(slug)
    today = local_today(request.user)
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        initial={"start_date": today, "available_weekdays": list(reference.weekdays)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            tree = start_template(user=request.user, reference=reference, body=form.body())
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The program is yours, from its first day to its last."))
            return redirect("programs:program", tree.row.pk)
    context: dict[str, Any] = {"reference": reference, "form": form, "nav": NAV}
    try:
        context |= _outline(fit_reference(user=request.user, reference=reference))
    except DomainError as error:
        context["warnings"] = [{"message": str(error)}]
    return render(request, "programs/template.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def grade(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The grade of a plan JSON from a file or a text field; nothing is saved."""
    form = GradeForm(request.POST, request.FILES) if request.method == "POST" else GradeForm()
    context: dict[str, Any] = {"form": form, "nav": NAV}
    if request.method == "POST" and form.is_valid():
        try:
            graded = grade_document(user=request.user, document=form.cleaned_data["document"])
        except DomainError as error:
            _show_faults(form, error)
        else:
            context |= {"grade": graded, "name": graded.order.name, **_report(graded.report)}
    return render(request, "programs/grade.html", context, status=422 if form.errors else 200)


def _show_faults(form: GradeForm, error: DomainError) -> None:
    """Each fault with its place in the document."""
    form.add_error(None, str(error))
    for place, words in list(error.errors.items())[:MOST_FAULTS]:
        form.add_error(None, f"{place}: {' '.join(words)}")


def _row(reference: Reference, fitted: Fitted | Infeasible) -> dict[str, Any]:
    row = {"reference": reference, "goals": reference.goals.items(), "days": len(reference.weekdays), "score": None}
    if not isinstance(fitted, Fitted):
        return row | {"refusal": str(fitted)}
    quality = fitted.plan.quality
    broken = [check.name.lower() for check in quality.checks if check.kind == "hard" and not check.passed]
    return row | {
        "score": quality.figures["soft_score"],
        "broken": broken[:MOST_BROKEN],
        "minutes": fitted.request.session_minutes,
    }


def _outline(fitted: Fitted) -> dict[str, Any]:
    sessions = [
        {
            "title": session.title,
            "date": session.date,
            "minutes": session.estimated_minutes,
            "lines": [{"name": fitted.movements[one.movement].name, "dose": _dose(one)} for one in session.exercises],
        }
        for session in fitted.plan.microcycles[0].sessions
    ]
    return {"sessions": sessions, "warnings": fitted.plan.warnings, **_report(fitted.plan.quality)}


def _dose(one: PlannedExercise) -> str:
    """``3 x 8-12, 62.5 kg``."""
    reps = str(one.reps_max) if one.reps_min == one.reps_max else f"{one.reps_min}–{one.reps_max}"
    work = reps if one.seconds is None else _("%d s") % one.seconds
    share = "" if one.target_percent_1rm is None else f", {one.target_percent_1rm:.0%}"
    load = share if one.target_load_kg is None else f", {one.target_load_kg:g} kg"
    return f"{one.sets} × {work}{load}"


def _report(report: QualityReport) -> dict[str, Any]:
    """What the quality card shows."""
    checks = [asdict(check) for check in report.checks if check.applies]
    missed = sorted((one for one in checks if not one["passed"]), key=lambda one: (one["kind"] != "hard", one["score"]))
    passed = [one for one in checks if one["passed"]]
    return {
        "quality": {"score": report.score, "success": report.success, "figures": dict(report.figures)},
        "applied": len(checks),
        "met": len(passed),
        "missed_checks": missed,
        "passed_checks": passed,
    }
