"""One day as the API shows it: the session, how recovered the athlete is, and what to keep in mind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section, label_of
from logging_app.metrics.readiness import RecoveryScore
from movements.selectors import ListedMovement
from programs.models import Microcycle, Session, SessionExercise
from programs.selectors import SessionTree, active_program, movement_json, session_json, session_on
from programs.selectors.documents import goals_json
from programs.selectors.trees import circuits_json

from .recovery import Recovery, recovery_on

Json = dict[str, Any]
LOW_SCORE = 40.0  # below it the day should be easier (heuristics: readiness_below; grade C)
SPENT = 0.5  # a muscle less than half recovered is worth a word before it is trained again


def day_plan(user: Any, date: dt.date, *, now: dt.datetime, zone: ZoneInfo) -> Json:
    """Session, program, recovery, advice and minutes of a day; recovery as of now, or as the past day ended.

    Six queries on a training day, three more where the session holds a circuit.
    """
    session = session_on(user, date)
    exercises = list(session.exercises.order_by("position")) if session else []
    recovery, listed = recovery_on(user, date, moment_of(date, now, zone), {one.movement_id for one in exercises})
    program = session.microcycle.program if session else active_program(user)
    muscles = {
        muscle for one in exercises if one.section == Section.MAIN for muscle in listed[one.movement_id].record.primary
    }
    document: Json | None = None
    if session:
        movements = {one.movement_id: movement_json(listed[one.movement_id]) for one in exercises}
        document = session_json(SessionTree(session, exercises), movements, _circuits(session))
    return {
        "date": date.isoformat(),
        "session": document,
        "program": _program_json(program) if program else None,
        "recovery": recovery.document(),
        "advice": advice(recovery, muscles, session.microcycle if session else None),
        "minutes": session.estimated_minutes if session else 0,
    }


def main_muscles(exercises: Iterable[SessionExercise], listed: Mapping[UUID, ListedMovement]) -> set[Muscle]:
    """What the session's mains train directly."""
    mains = [one.movement_id for one in exercises if one.section == Section.MAIN]
    return {muscle for movement_id in mains for muscle in listed[movement_id].record.primary}


def moment_of(date: dt.date, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Now, for today and the days ahead; the last moment of a day that has passed."""
    end = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    return min(end, now)


def advice(recovery: Recovery, muscles: Iterable[Muscle], microcycle: Microcycle | None) -> list[Json]:
    """What to keep in mind on a training day, the weightiest first; on a rest day only that an easy week is due."""
    easy_now = microcycle is not None and microcycle.is_deload
    found = [] if easy_now else _easy_week(recovery)
    if microcycle is None:
        return found
    if recovery.score is not None and recovery.score.score < LOW_SCORE:
        found.append({"code": "low_recovery", "message": _low_recovery(recovery.score)})
    if recovery.hrv_low and not easy_now:
        message = _(
            "Your heart rate variability has been below your own normal for two days. Leave one repetition more in "
            "each set, or do a set less of each exercise."
        )
        found.append({"code": "hrv_low", "message": message})
    trained = set(muscles)
    spent = [state for state in recovery.muscles if state.muscle in trained and state.recovery < SPENT]
    for state in sorted(spent, key=lambda one: one.recovery):
        message = _("%(muscle)s: about %(share)d%% recovered. Start lighter and see how the first set feels.") % {
            "muscle": label_of(state.muscle),
            "share": round(state.recovery * 20) * 5,
        }
        found.append({"code": "muscle_not_recovered", "message": message})
    if microcycle.is_deload:
        message = _("This is a lighter week: fewer sets and less effort, so that the work so far can take effect.")
        found.append({"code": "deload", "message": message})
    return found


def _easy_week(recovery: Recovery) -> list[Json]:
    """Why an easy week is due and what it would do; strength speaks first, check-ins where strength is silent."""
    if recovery.falling:
        names = ", ".join(label_of(MovementPattern(one)).lower() for one in recovery.falling)
        reason = _("Your strength fell in several patterns by more than day-to-day noise (%(names)s).") % {
            "names": names
        }
    elif recovery.worn_out:
        reason = _("Your check-ins were far below your own usual on three of the last five days.")
    else:
        return []
    effect = _(
        "An easy week now would keep your exercises and days, halve the sets and leave more in reserve; it counts as "
        "the next one that is planned."
    )
    return [{"code": "early_deload", "message": f"{reason} {effect}"}]


def _low_recovery(score: RecoveryScore) -> str:
    return _("Your recovery is low today (%(score)d of 100, %(part)s most of all). Consider an easier session.") % {
        "score": round(score.score),
        "part": label_of(score.worst.part).lower(),
    }


def _circuits(session: Session) -> dict[Any, Json]:
    return circuits_json({one for one in (session.main_circuit_id, session.finisher_circuit_id) if one})


def _program_json(program: Any) -> Json:
    return {
        "id": str(program.pk),
        "name": program.name,
        "start_date": program.start_date.isoformat(),
        "duration_weeks": program.duration_weeks,
        "days_per_week": program.days_per_week,
        "goals": goals_json(program),
    }
