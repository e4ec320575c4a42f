"""A program: the list, the calendar with its charts and quality, and what can be done with it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gainsly.core.http import AuthenticatedHttpRequest
from gainsly.core.templatetags.ui import day_words
from gainsly.lib.vocabulary import Phase, SessionStatus
from programs.forms import WEEKDAY_LABELS
from programs.models import Program
from programs.selectors import (
    CalendarWeek,
    active_program,
    calendar,
    current_week,
    end_of,
    favorite_program_ids,
    local_today,
    program_for,
    programs_of,
    refinement_progress,
)
from programs.services.configuration import active_config_version
from programs.services.favorites import set_favorite
from programs.services.lifecycle import activate_program, delete_program, duplicate_program
from programs.services.refining import is_wanted

from .charts import load_line, weekly_sets
from .reasons import why_of_program

PHASE_WORDS = {
    Phase.ACCUMULATION: gettext_lazy("Accumulation: volume builds"),
    Phase.INTENSIFICATION: gettext_lazy("Intensification: loads rise"),
    Phase.REALIZATION: gettext_lazy("Realization: test your mains"),
    Phase.DELOAD: gettext_lazy("Deload: fewer sets, load kept"),
}
SHORT_TITLE = 2
WEEK_DAYS = 7


@login_required
@require_GET
def current(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Where "Program" in the menu leads: the active one, else the list, else the wizard."""
    program = active_program(request.user)
    if program:
        return redirect("programs:program", program.pk)
    return redirect("programs:list" if programs_of(request.user).exists() else "programs:wizard")


@login_required
@require_GET
def program_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    kept = favorite_program_ids(request.user)
    rows = [
        {"program": one, "end": end_of(one), "done": one.sessions_done, "total": one.sessions_total,
         "kept": one.pk in kept}
        for one in programs_of(request.user)
    ]  # fmt: skip
    return render(request, "programs/list.html", {"rows": rows, "nav": "programs:current"})


@login_required
@require_GET
def program(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = program_for(request.user, pk)
    today = local_today(request.user)
    weeks = calendar(row, today=today)
    now = current_week(weeks)
    counts = _counts(weeks, today)
    checks = [one for one in row.quality.get("checks", []) if one["applies"]]
    config_now = active_config_version()
    return render(
        request,
        "programs/program.html",
        {
            "nav": "programs:current",
            "nav_foot": _place(row, now, len(weeks), counts),
            "program": row,
            "refinement": refinement_progress(row),
            "model_is_on": is_wanted(),
            "end": end_of(row),
            "weeks": _week_rows(weeks),
            "weekdays": _weekday_heads(row.start_date, weeks),
            "now": now,
            "counts": counts,
            "quality": row.quality,
            "why": why_of_program(row, request.user),
            "applied": len(checks),
            "met": sum(one["passed"] for one in checks),
            "passed_checks": [one for one in checks if one["passed"]],
            "missed_checks": sorted((one for one in checks if not one["passed"]), key=lambda one: -one["weight"]),
            "sets_chart": weekly_sets(row.quality, _week_states(weeks)),
            "load_chart": load_line(row.quality),
            "is_seven_days": row.microcycle_days == WEEK_DAYS,
            "config_now": config_now,
            "config_is_current": row.config_version == config_now,
        },
    )


def _place(row: Program, now: CalendarWeek | None, weeks: int, counts: dict[str, int]) -> str:
    """The foot of the rail: the name, the week and how many sessions are done."""
    lines = [row.name]
    if now:
        lines.append(_("Week %(n)d of %(total)d") % {"n": now.microcycle.sequence, "total": weeks})
    lines.append(_("%(done)d of %(total)d sessions") % {"done": counts["done"], "total": sum(counts.values())})
    return "\n".join(lines)


def _week_rows(weeks: tuple[CalendarWeek, ...]) -> list[dict[str, Any]]:
    """Calendar rows; a row that opens a phase carries its name."""
    rows: list[dict[str, Any]] = []
    before = None
    for week in weeks:
        phase = Phase(week.microcycle.phase)
        key = Phase.DELOAD if week.microcycle.is_deload else phase
        rows.append(
            {"week": week, "phase": PHASE_WORDS[key] if key != before else "", "days": [_day(day) for day in week.days]}
        )
        before = key
    return rows


def _day(day: Any) -> dict[str, Any]:
    session = day.sessions[0] if day.sessions else None
    return {"date": day.date, "is_today": day.is_today, "session": session, "code": _code(session) if session else ""}


def _code(session: Any) -> str:
    """``Upper A`` -> ``UA``: what fits a calendar cell."""
    words = session.title.split()
    return "".join(word[0] for word in words[:SHORT_TITLE]).upper() if len(words) > 1 else session.title[:SHORT_TITLE]


def _weekday_heads(start: dt.date, weeks: tuple[CalendarWeek, ...]) -> list[str]:
    length = weeks[0].microcycle.length_days if weeks else WEEK_DAYS
    return [str(WEEKDAY_LABELS[(start.weekday() + offset) % WEEK_DAYS]) for offset in range(min(length, WEEK_DAYS))]


def _counts(weeks: tuple[CalendarWeek, ...], today: dt.date) -> dict[str, int]:
    sessions = [session for week in weeks for day in week.days for session in day.sessions]
    done = sum(one.status == SessionStatus.DONE for one in sessions)
    missed = sum(one.status in (SessionStatus.MISSED, SessionStatus.SKIPPED) for one in sessions)
    late = sum(one.status == SessionStatus.PLANNED and one.date < today for one in sessions)
    return {"done": done, "missed": missed + late, "ahead": len(sessions) - done - missed - late}


def _week_states(weeks: tuple[CalendarWeek, ...]) -> dict[int, str]:
    """The colour of each week in a chart: deload, past, now, ahead."""
    colours = {"complete": "c-good", "active": "c-primary"}
    return {
        week.microcycle.sequence: "c-warn" if week.microcycle.is_deload else colours.get(week.status, "c-primary-dim")
        for week in weeks
    }


@login_required
@require_POST
def activate(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = activate_program(program=program_for(request.user, pk))
    messages.success(request, _("%s is now your active program.") % row.name)
    return redirect("programs:program", row.pk)


@login_required
@require_POST
def favorite(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Add to the favourites (``wanted=1``) or take out (``wanted=0``)."""
    row = program_for(request.user, pk)
    set_favorite(user=request.user, program=row, wanted=request.POST.get("wanted") == "1")
    return redirect("programs:list")


@login_required
@require_POST
def duplicate(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """A copy from the next day on that is the same weekday, so that the training days stay."""
    row, today = program_for(request.user, pk), local_today(request.user)
    start = today + dt.timedelta(days=(row.start_date.weekday() - today.weekday()) % WEEK_DAYS)
    tree = duplicate_program(program=row, body={"start_date": start}, today=today)
    messages.success(request, _("A copy is ready. It starts on %s.") % day_words(start))
    return redirect("programs:program", tree.row.pk)


@login_required
@require_POST
def delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = program_for(request.user, pk)
    delete_program(program=row)
    messages.success(request, _("%s is deleted. What you trained stays in your history.") % row.name)
    return redirect("programs:list")
