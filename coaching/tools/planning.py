"""Looking at the plan: a day's session, the programme, and why an exercise is in it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from gainsly.lib.vocabulary import label_of
from logging_app.selectors import day_plan
from programs.models import Session, SessionExercise
from programs.selectors import active_program, end_of, explanation_json, week_number, week_on

from .athlete import Bound, Json

AHEAD_DAYS = 14
REASONS, RIVALS = 3, 2


REASONS_IN_WORDS = {
    "pattern_alignment": "the pattern that this place asks for",
    "muscle_coverage": "the muscles that your week still lacks",
    "discipline_preference": "your kind of training",
    "compound_bonus": "the many joints it works at once",
    "specialization": "what you know, like or put first",
    "goal_alignment": "your goals",
    "time_utilization": "the little time it takes",
}


class NoArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DayArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    day: str = Field(default="today", max_length=40, description="today, tomorrow, a weekday, or a date as YYYY-MM-DD")


class MovementArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    movement: str = Field(default="", max_length=80, description="the exercise as the athlete calls it")


def session_on(athlete: Bound, arguments: DayArgument) -> Json:
    """The session of a day with its exercises, or that it is a rest day and what comes next."""
    day = athlete.day_of(arguments.day)
    if day is None:
        return {"error": "day has to be today, tomorrow, a weekday or YYYY-MM-DD"}
    plan = day_plan(athlete.user, day, now=athlete.now, zone=ZoneInfo(athlete.facts.time_zone))
    following = _coming(athlete, day + dt.timedelta(days=1)).first()
    return {
        "date": day.isoformat(),
        "when": athlete.words_of(day),
        "programme": plan["program"]["name"] if plan["program"] else None,
        "session": _session(athlete, plan["session"]) if plan["session"] else None,
        "advice": _advice(athlete, plan["advice"]) if day == athlete.today else [],
        "next_session": {"title": following.title, "when": athlete.words_of(following.date)} if following else None,
    }


def _advice(athlete: Bound, advice: list[Json]) -> list[str]:
    """What the plan says of today, and the notes that stand."""
    return [*(one["message"] for one in advice), *map(athlete.noted, athlete.notes)]


def _session(athlete: Bound, document: Json) -> Json:
    return {
        "title": document["title"],
        "status": document["status"],
        "minutes": document["estimated_minutes"],
        "coach_notes": document["coach_notes"],
        "exercises": [
            {
                "section": section,
                "name": one["movement"]["name"],
                "dose": _dose(one),
                "load": athlete.weight(one["target_load_kg"]),
            }
            for section, exercises in document["sections"].items()
            for one in exercises
        ],
    }


def _dose(exercise: Json) -> str:
    fields = ("sets", "reps_min", "reps_max", "seconds", "metres", "target_rpe")
    return SessionExercise(**{name: exercise[name] for name in fields}).dose


def _coming(athlete: Bound, since: dt.date) -> Any:
    rows = Session.objects.of(athlete.user).filter(microcycle__program__is_active=True, date__gte=since)
    return rows.filter(date__lt=since + dt.timedelta(days=AHEAD_DAYS)).order_by("date", "day_number")


def programme_outline(athlete: Bound, _arguments: NoArguments) -> Json:
    """The active programme: week, phase, goals, the next deload and the coming sessions."""
    program = active_program(athlete.user)
    if program is None:
        return {"name": None}
    current = week_on(program, athlete.today)
    deload = program.microcycles.filter(is_deload=True, start_date__gt=athlete.today).order_by("sequence").first()
    return {
        "name": program.name,
        "week": week_number(program, athlete.today),
        "weeks": program.duration_weeks,
        "ends": end_of(program).isoformat(),
        "goals": [label_of(goal).lower() for goal, _weight in program.goals],
        "phase": label_of(current.phase).lower() if current else None,
        "is_deload": bool(current and current.is_deload),
        "next_deload": _deload(athlete, deload.start_date) if deload else None,
        "coming": [
            {"title": row.title, "when": athlete.words_of(row.date)} for row in _coming(athlete, athlete.today)[:4]
        ],
    }


def _deload(athlete: Bound, day: dt.date) -> Json:
    days = (day - athlete.today).days
    return {"date": day.isoformat(), "when": f"on {day:%A} {day.day} {day:%B}, in {days} days", "in_days": days}


def explain_exercise(athlete: Bound, arguments: MovementArgument) -> Json:
    """Why an exercise of the coming sessions was chosen, against what, and on which evidence."""
    found = next_exercise(athlete, arguments.movement.strip())
    if found is None:
        return {"exercise": None, "asked": arguments.movement}
    reasons = next(one for one in explanation_json(found.session)["exercises"] if one["id"] == str(found.pk))
    scored = {name: reasons["scores"][name] * reasons["weights"].get(name, 0.0) for name in reasons["scores"]}
    best = sorted(scored, key=lambda name: -scored[name])[:REASONS]
    return {
        "exercise": found.movement.name,
        "asked": arguments.movement,
        "when": athlete.words_of(found.session.date),
        "dose": found.dose,
        "reasons": [REASONS_IN_WORDS.get(name, label_of(name).lower()) for name in best if scored[name] > 0],
        "runners_up": [
            {"name": one["movement"].get("name", one["movement"]["slug"]), "lost_because": one["lost_because"]}
            for one in reasons["runners_up"][:RIVALS]
        ],
        "evidence": [{"claim": one["claim"], "grade": one["grade"]} for one in reasons["evidence"][:RIVALS]],
    }


def exercise_plan(athlete: Bound, arguments: MovementArgument) -> Json:
    """How an exercise is planned the next time: day, sets, load and its reason, rest, warm-up sets."""
    found = next_exercise(athlete, arguments.movement.strip())
    if found is None:
        return {"exercise": None, "asked": arguments.movement}
    return {
        "exercise": found.movement.name,
        "asked": arguments.movement,
        "when": athlete.words_of(found.session.date),
        "dose": found.dose,
        "load": athlete.weight(found.target_load_kg),
        "load_is_guess": found.load_is_guess,
        "load_why": found.load_why,
        "rest_seconds": found.rest_seconds,
        "warm_up": [
            f"{athlete.weight(step['load_kg'])} × {step['reps']}" for step in found.ramp if step.get("load_kg")
        ],
    }


def next_exercise(athlete: Bound, name: str) -> SessionExercise | None:
    """The next planned exercise whose name holds every word; without a name the first main."""
    rows = SessionExercise.objects.of(athlete.user).filter(session__in=_coming(athlete, athlete.today))
    for word in name.split():
        rows = rows.filter(movement__name__icontains=word.removesuffix("s"))
    rows = rows.exclude(section__in=["warmup", "cooldown"]) if not name else rows
    ordered = rows.select_related("movement", "session__microcycle__program").order_by("session__date", "position")
    found: SessionExercise | None = ordered.first()
    return found
