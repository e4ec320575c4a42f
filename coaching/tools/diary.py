"""Looking at what happened: workouts, one lift, volume, records, recovery, adherence."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from coaching.selectors import title_of
from gainsly.lib.vocabulary import label_of
from logging_app import selectors
from logging_app.models import SetLog
from movements.catalogue.names import sequence_of
from movements.embeddings.speech import wishes_of

from .athlete import Bound, Json, short_day
from .planning import MovementArgument, NoArguments

SERIES_DAYS = 84
READY = 0.9
SHOWN_MUSCLES = 6
ASIDE = frozenset({"warmup", "cooldown"})
WEEK_DAYS = 7


class WeeksAgoArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    weeks_ago: int = Field(default=1, ge=0, le=52, description="0 is the running week, 1 the one before")


class CountArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    count: int = Field(default=5, ge=1, le=10)


class WeeksArgument(BaseModel):
    model_config = ConfigDict(extra="forbid")
    weeks: int = Field(default=1, ge=1, le=12, description="how many weeks, the running one included")
    muscle: str = Field(
        default="", max_length=40, description="a muscle or a part of the body, where only that is asked about"
    )


def lift_strength(athlete: Bound, arguments: MovementArgument) -> Json:
    """Estimated one-rep max of one lift over twelve weeks: latest, best, change."""
    lift = _lift(athlete, arguments.movement.strip())
    if lift is None:
        return {"movement": None, "asked": arguments.movement, "points": 0}
    since = athlete.today - dt.timedelta(days=SERIES_DAYS)
    series = selectors.e1rm_series(athlete.user, since=since, until=athlete.today, movement_id=lift[0])
    points = [one for one in series if not one["is_deload"]] or [{**one, "is_deload": False} for one in series]
    if not points:
        return {"movement": lift[1], "asked": arguments.movement, "points": 0}
    return {
        "movement": lift[1],
        "asked": arguments.movement,
        "latest_on": points[-1]["date"],
        "best": athlete.weight(max(one["e1rm"] for one in points)),
        **course_of(athlete, points),
        "series": [{"date": one["date"], "e1rm": athlete.weight(one["e1rm"])} for one in points[-SHOWN_MUSCLES:]],
    }


def course_of(athlete: Bound, points: list[Json]) -> Json:
    """Estimates of one lift, oldest first: where it stands, since when it went where; as the page of progress has it.

    Only what is beyond the noise of two days is called up or down. ``points`` must hold a working day.
    """
    now, change = selectors.course_of(points, athlete.today)
    kilograms = change.kilograms if change else 0.0
    return {
        "points": len(points),
        "latest": athlete.weight(now.e1rm if now else points[-1]["e1rm"]),
        "since": short_day(points[0]["date"]),
        "change": f"{'+' if kilograms >= 0 else '-'}{athlete.weight(abs(kilograms))}",
        "trend": ("up" if kilograms > 0 else "down") if change and change.moved else "flat",
    }


def _lift(athlete: Bound, name: str) -> tuple[UUID, str] | None:
    """The athlete's plainest lift whose name holds every word, of those estimated often."""
    rows = SetLog.objects.of(athlete.user).filter(e1rm__isnull=False, is_top_set=True)
    words = [word.removesuffix("s") for word in name.split()]
    if not words:
        return None
    for word in words:
        rows = rows.filter(movement__name__icontains=word)
    counts: defaultdict[tuple[UUID, str], int] = defaultdict(int)
    for pk, title in rows.values_list("movement_id", "movement__name"):
        counts[pk, title] += 1
    often = max(counts.values(), default=0) / 2
    plain = [one for one in counts if counts[one] >= often]  # "bench" is the bench press, not its close-grip variation
    return min(plain, key=lambda one: (len(one[1].split()), -counts[one], one[1]), default=None)


def recent_workouts(athlete: Bound, arguments: CountArgument) -> Json:
    """The latest finished workouts with what was done in them."""
    rows = list(selectors.workouts_of(athlete.user).filter(completed=True)[: arguments.count])
    return {"workouts": [_workout(athlete, one) for one in selectors.workout_documents(rows)]}


def _workout(athlete: Bound, document: Json) -> Json:
    return {
        "title": document["title"] or "Workout",
        "date": short_day(document["date"]),
        "sets": len(document["sets"]),
        "difficulty": document["perceived_difficulty"],
        "notes": document["notes"][:300],
        "exercises": sets_done(athlete, document),
    }


def sets_done(athlete: Bound, document: Json) -> list[Json]:
    """Per movement its sets in words, as stored."""
    sets: defaultdict[str, list[str]] = defaultdict(list)
    for one in document["sets"]:
        if one["kind"] != "warmup":
            sets[one["movement"]["name"]].append(_set_words(athlete, one))
    return [{"movement": name, "done": ", ".join(rows)} for name, rows in sets.items()]


def _set_words(athlete: Bound, row: Json) -> str:
    amount = (
        f"{row['reps']}"
        if row["reps"] is not None
        else f"{row['seconds']} s"
        if row["seconds"]
        else f"{row['metres']} m"
    )
    load = f"{athlete.weight(row['weight_kg'])} x " if row["weight_kg"] else ""
    return load + amount + (f" @ {row['rpe']:g}" if row["rpe"] is not None else "")


def current_workout(athlete: Bound, _arguments: NoArguments) -> Json:
    """The workout that is running now, with the sets so far and what of its plan is still to do."""
    running = selectors.open_workout(athlete.user)
    if running is None:
        return {"running": False}
    document = selectors.workout_document(running)
    return {
        "running": True,
        **_workout(athlete, document),
        "left": _left(selectors.workout_page(athlete.user, running)),
    }


def _left(page: selectors.WorkoutPage) -> list[Json]:
    """Working sets asked for and not logged yet, in order, with what the athlete changed; no warm-ups or cool-downs."""
    return [
        {"movement": one.movement.name, "sets": one.planned - one.done}
        for one in page.exercises
        if one.exercise and one.exercise.section not in ASIDE and not one.is_complete and one.planned > one.done
    ]


def standing_notes(athlete: Bound, _arguments: NoArguments) -> Json:
    """What the athlete noted for some days (ill, travelling, sore), until when, and what follows from it."""
    return {
        "notes": [
            {"what": fact.fact, "words": fact.words, "title": title_of(note), "until": short_day(note.ends_on)}
            for note, fact in zip(athlete.notes, athlete.standing(), strict=True)
        ]
    }


def records(athlete: Bound, arguments: CountArgument) -> Json:
    """The latest broken records, newest first."""
    broken = selectors.records_of(athlete.user).filter(previous__isnull=False)[: arguments.count]
    return {"records": [_record(athlete, one) for one in selectors.record_documents(broken)]}


def _record(athlete: Bound, row: Json) -> Json:
    return {
        "movement": row["movement"]["name"],
        "what": _record_words(athlete, row["kind"], row["value"]),
        "on": short_day(row["achieved_at"][:10]),
    }


def _record_words(athlete: Bound, kind: str, value: float) -> str:
    """A mark in its own unit: an estimate and a volume are weights, repetitions are a number."""
    if kind == "reps_at_weight":
        return f"{value:g} reps at one weight"
    return f"{athlete.weight(value)} estimated max" if kind == "e1rm" else f"{athlete.weight(value)} in one session"


def recovery(athlete: Bound, _arguments: NoArguments) -> Json:
    """Today's recovery score with its lowest part, and the muscles that are not ready."""
    found, _listed = selectors.recovery_on(athlete.user, athlete.today, athlete.now)
    tired = sorted((one for one in found.muscles if one.recovery < READY), key=lambda one: one.recovery)
    return {
        "score": round(found.score.score) if found.score else None,
        "worst": label_of(found.score.worst.part).lower() if found.score else None,
        "tired": [
            {
                "muscle": label_of(one.muscle).lower(),
                "percent": round(one.recovery * 100),
                "hours": max(1, round(one.hours_to_ready)),
            }
            for one in tired[:SHOWN_MUSCLES]
        ],
    }


def week_review(athlete: Bound, arguments: WeeksAgoArgument) -> Json:
    """One calendar week: planned and done sessions, sets, weight moved, records."""
    first_weekday = athlete.facts.first_weekday
    start = _week_start(athlete) - dt.timedelta(weeks=arguments.weeks_ago)
    end = min(start + dt.timedelta(days=WEEK_DAYS - 1), athlete.today)
    volume = selectors.weekly_volume(athlete.user, since=start, until=end, first_weekday=first_weekday)[0]
    kept = selectors.adherence(athlete.user, since=start, until=end, today=athlete.today, first_weekday=first_weekday)
    broken = selectors.records_of(athlete.user, since=start, until=end).filter(previous__isnull=False, kind="e1rm")
    found = [_record(athlete, one) for one in selectors.record_documents(broken[:5])]
    return {
        "week": short_day(start),
        "planned": kept["planned"],
        "done": kept["done"],
        "workouts": volume["workouts"],
        "sets": volume["sets"],
        "tonnage": athlete.moved(volume["tonnage_kg"]),
        "records": [f"{one['movement']} {one['what']}" for one in found],
        "muscles": _muscles(volume),
    }


def weekly_volume(athlete: Bound, arguments: WeeksArgument) -> Json:
    """Hard sets per muscle and calendar week, the running week last."""
    since = _week_start(athlete) - dt.timedelta(weeks=arguments.weeks - 1)
    weeks = selectors.weekly_volume(
        athlete.user, since=since, until=athlete.today, first_weekday=athlete.facts.first_weekday
    )
    return {
        "weeks": [
            {"week": short_day(one["week"]), "sets": one["sets"], "muscles": _muscles(one, arguments.muscle)}
            for one in weeks[-arguments.weeks :]
        ],
        "muscle": arguments.muscle.strip().lower(),
    }


def _week_start(athlete: Bound) -> dt.date:
    """The first day of the athlete's running week."""
    return athlete.today - dt.timedelta(days=(athlete.today.weekday() - athlete.facts.first_weekday) % WEEK_DAYS)


def _muscles(week: Json, wanted: str = "") -> list[Json]:
    """Hard sets by muscle, the most first; of those that some words name only, where there are words."""
    names = set(wishes_of(sequence_of(wanted)).muscle)
    ordered = sorted(week["muscles"], key=lambda one: -one["fractional_sets"])
    found = [one for one in ordered if one["muscle"] in names] if wanted.strip() else ordered
    return [
        {"muscle": label_of(one["muscle"]).lower(), "sets": f"{one['fractional_sets']:g}"}
        for one in found[:SHOWN_MUSCLES]
    ]


def adherence(athlete: Bound, _arguments: NoArguments) -> Json:
    """Planned against done over twelve weeks, and the streak in weeks."""
    since = athlete.today - dt.timedelta(days=SERIES_DAYS)
    kept = selectors.adherence(
        athlete.user,
        since=since,
        until=athlete.today,
        today=athlete.today,
        first_weekday=athlete.facts.first_weekday,
    )
    return {
        "planned": kept["planned"],
        "done": kept["done"],
        "percent": None if kept["share"] is None else round(kept["share"] * 100),
        "streak_weeks": kept["streak_weeks"],
    }
