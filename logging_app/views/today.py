"""Today: the session or a rest day, the week, the check-in and how recovered each muscle is."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.selectors import profile_of
from gainsly.core.views.landing import landing
from gainsly.lib.vocabulary import Section, SessionStatus, label_of
from logging_app.forms import CheckInForm
from logging_app.selectors import TodayPage, today_page
from logging_app.selectors.pages import StripDay
from logging_app.selectors.recovery import Recovery
from programs.models import Program
from programs.selectors import end_of, week_number

READY, NEARLY, RECOVERING = 0.9, 0.75, 0.5
LISTED_MUSCLES = 6
SHOWN_SECTIONS = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The root: today's page, or the landing page for who is not signed in."""
    if not request.user.is_authenticated:
        return landing(request)
    profile = profile_of(request.user)
    zone = ZoneInfo(profile.time_zone)
    now = timezone.now()
    page = today_page(
        request.user, now.astimezone(zone).date(), now=now, zone=zone, first_weekday=profile.first_weekday
    )
    return render(request, "logging_app/today.html", _context(page))


def _context(page: TodayPage) -> dict[str, Any]:
    shown = [one for one in page.exercises if one.section in SHOWN_SECTIONS]
    return {
        "nav": "logging:today",
        "page": page,
        "session": page.session,
        "exercises": [{"row": one, "movement": page.movements[one.movement_id].record} for one in shown],
        "week_days": [_strip(day) for day in page.week],
        "stage": _stage(page),
        "nav_foot": _place(page.program, page.date) if page.program else "",
        "next_session": next((day.session for day in page.week if day.session and day.date > page.date), None),
        "form": CheckInForm(),
        **_recovery(page.recovery),
    }


def _stage(page: TodayPage) -> str:
    """Where today stands to the active program: ``none``, ``ahead`` of it, ``running`` or ``over``."""
    if page.program is None:
        return "none"
    if page.date < page.program.start_date:
        return "ahead"
    return "over" if page.date > end_of(page.program) else "running"


def _place(program: Program, on: dt.date) -> str:
    """The foot of the rail: the program's name and its week."""
    week = week_number(program, on)
    if week is None:
        return program.name
    place = _("Week %(n)d of %(total)d") % {"n": week, "total": program.duration_weeks}
    return f"{program.name}\n{place}"


def _strip(day: StripDay) -> dict[str, Any]:
    session = day.session
    status = {SessionStatus.DONE: "done", SessionStatus.MISSED: "missed", SessionStatus.SKIPPED: "missed"}
    mark = status.get(SessionStatus(session.status), "planned") if session else "rest"
    words = ", ".join(
        [
            session.title if session else _("rest day"),
            *(one.name if one.is_done else _("%(name)s planned") % {"name": one.name} for one in day.activities),
        ]
    )
    return {
        "name": date_format(day.date, "D"),
        "number": day.date.day,
        "label": f"{date_format(day.date, 'l j F')}: {words}",
        "today": day.is_today,
        "mark": mark,
        "session": session,
        "activities": day.activities,
    }


def _recovery(recovery: Recovery) -> dict[str, Any]:
    tired = sorted((one for one in recovery.muscles if one.recovery < READY), key=lambda one: one.recovery)
    return {
        "levels": {state.muscle.value: level_of(state.recovery) for state in recovery.muscles},
        "tired": [
            {
                "name": label_of(state.muscle),
                "words": _ready_words(state.hours_to_ready),
                "value": round(state.recovery * 100),
                "colour": f"c-mm-{level_of(state.recovery)}",
            }
            for state in tired[:LISTED_MUSCLES]
        ],
        "score": recovery.score,
    }


def level_of(recovered: float) -> int:
    """0 ready to 3 spent, as the muscle map colours them."""
    if recovered >= READY:
        return 0
    if recovered >= NEARLY:
        return 1
    return 2 if recovered >= RECOVERING else 3


def _ready_words(hours: float) -> str:
    if hours < 1:
        return _("ready within the hour")
    return ngettext("ready in %(n)d h", "ready in %(n)d h", round(hours)) % {"n": round(hours)}
