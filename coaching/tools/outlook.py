"""Looking ahead and back along one line: the coming week, the course towards the goals, one exercise's last time,
and what the night's sleep does to the day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from gainsly.lib.vocabulary import label_of
from logging_app import selectors
from logging_app.models import SetLog
from programs.models import Session
from programs.selectors import active_program, week_number

from .athlete import Bound, Json
from .diary import SERIES_DAYS, adherence, course_of, recovery, sets_done
from .planning import MovementArgument, NoArguments, programme_outline

WEEK_DAYS = 7
LIFTS = 3
DAYS_SHOWN = 14


def coming_week(athlete: Bound, _arguments: NoArguments) -> Json:
    """The sessions of the athlete's next calendar week, and whether it is a lighter one."""
    past = (athlete.today.weekday() - athlete.facts.first_weekday) % WEEK_DAYS
    start = athlete.today + dt.timedelta(days=WEEK_DAYS - past)
    rows = list(
        Session.objects.of(athlete.user)
        .filter(microcycle__program__is_active=True, date__gte=start, date__lt=start + dt.timedelta(days=WEEK_DAYS))
        .select_related("microcycle")
        .order_by("date", "day_number")
    )
    return {
        "programme": active_program(athlete.user) is not None,
        "from": f"{start:%A} {start.day} {start:%B}",
        "sessions": [{"title": one.title, "day": f"{one.date:%A}", "minutes": one.estimated_minutes} for one in rows],
        "phase": label_of(rows[0].microcycle.phase).lower() if rows else None,
        "is_deload": any(one.microcycle.is_deload for one in rows),
    }


def on_track(athlete: Bound, arguments: NoArguments) -> Json:
    """Whether it goes as planned: sessions kept over twelve weeks, the most trained lifts' course, the week."""
    program = active_program(athlete.user)
    kept = adherence(athlete, arguments)
    return {
        "programme": program.name if program else None,
        "week": week_number(program, athlete.today) if program else None,
        "weeks": program.duration_weeks if program else None,
        "done": kept["done"],
        "planned": kept["planned"],
        "percent": kept["percent"],
        "lifts": _courses(athlete),
    }


def _courses(athlete: Bound) -> list[Json]:
    """The lifts with the most estimates in twelve weeks, and where each is going. Three queries."""
    since = athlete.today - dt.timedelta(days=SERIES_DAYS)
    every = selectors.e1rm_series(athlete.user, since=since, until=athlete.today)
    series = [one for one in every if not one["is_deload"]]
    often = Counter(one["movement"] for one in series).most_common(LIFTS)
    names = dict(
        SetLog.objects.of(athlete.user)
        .filter(movement__slug__in=[slug for slug, _count in often])
        .values_list("movement__slug", "movement__name")
    )
    return [
        {"movement": names[slug], **course_of(athlete, [one for one in series if one["movement"] == slug])}
        for slug, _count in often
    ]


def last_time(athlete: Bound, arguments: MovementArgument) -> Json:
    """What was done the last time on one exercise: the day and its working sets as stored."""
    rows = SetLog.objects.of(athlete.user).filter(workout__completed=True).exclude(kind="warmup")
    for word in arguments.movement.split():
        rows = rows.filter(movement__name__icontains=word.removesuffix("s"))
    row = rows.select_related("workout", "movement").order_by("-workout__started_at", "id").first()
    if row is None or not arguments.movement.strip():
        return {"movement": None, "asked": arguments.movement}
    done = sets_done(athlete, selectors.workout_document(row.workout))
    return {
        "movement": row.movement.name,
        "asked": arguments.movement,
        "when": athlete.words_of(row.workout.date),
        "done": next((one["done"] for one in done if one["movement"] == row.movement.name), ""),
    }


def sleep_effect(athlete: Bound, _arguments: NoArguments) -> Json:
    """What sleep does to the day: last night's hours, its part of the recovery score, and what the plan does then."""
    found, _listed = selectors.recovery_on(athlete.user, athlete.today, athlete.now)
    parts = {one.part: one for one in found.score.parts} if found.score else {}
    sleep = parts.get("sleep")
    return {
        "score": round(found.score.score) if found.score else None,
        "sleep_part": round(sleep.value) if sleep else None,
        "worst": label_of(found.score.worst.part).lower() if found.score else None,
    }


def days_ahead(athlete: Bound, _arguments: NoArguments) -> Json:
    """Each of the next fourteen days: its planned session or rest. For moving a session, rest days, the schedule."""
    last = athlete.today + dt.timedelta(days=DAYS_SHOWN)
    rows = Session.objects.of(athlete.user).filter(
        microcycle__program__is_active=True, date__gte=athlete.today, date__lt=last
    )
    planned = {one.date: one for one in rows.order_by("date", "-day_number")}
    return {
        "programme": active_program(athlete.user) is not None,
        "days": [_day(athlete, athlete.today + dt.timedelta(days=number), planned) for number in range(DAYS_SHOWN)],
    }


def _day(athlete: Bound, day: dt.date, planned: Mapping[dt.date, Session]) -> Json:
    session = planned.get(day)
    told = {"title": session.title, "status": session.status, "minutes": session.estimated_minutes} if session else None
    return {"day": f"{day:%A} {day.day} {day:%B}", "when": athlete.words_of(day), "session": told}


def strain_signs(athlete: Bound, arguments: NoArguments) -> Json:
    """The signs of too much training that the log holds: recovery, tired muscles, falling lifts, advice, deload."""
    plan = programme_outline(athlete, arguments)
    body = recovery(athlete, arguments)
    zone = ZoneInfo(athlete.facts.time_zone)
    advice = selectors.day_plan(athlete.user, athlete.today, now=athlete.now, zone=zone)["advice"]
    return {
        "score": body["score"],
        "tired": [f"{one['muscle']} {one['percent']} %" for one in body["tired"]],
        "falling": [f"{one['movement']} {one['change']}" for one in _courses(athlete) if one["trend"] == "down"],
        "advice": [one["message"] for one in advice if one["code"] == "early_deload"],
        "is_deload": plan.get("is_deload", False),
        "next_deload": (plan.get("next_deload") or {}).get("when"),
    }
