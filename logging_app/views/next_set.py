"""The next-set suggestion on the live page: its facts from the workout, and the sentence that gives its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Settings
from gainsly.core.templatetags.ui import number, weight_unit, weight_value
from gainsly.lib.vocabulary import EffortScale, MetricType, MovementPattern, NextSet, SetKind
from logging_app.metrics.next_set import Asked, Confidence, Done, Hold, Suggestion, Why, drop_of, rest_factor, suggest
from logging_app.models import SetLog
from logging_app.selectors import WorkoutExercise
from movements.catalogue.records import MovementRecord

MAX_RPE = 10.0
USUAL_RESERVE = 2.0
LONG_AGO_SECONDS = 3600
SURE = {
    Confidence.GOOD: gettext_lazy("Good confidence."),
    Confidence.FAIR: gettext_lazy("Fair confidence."),
    Confidence.LOW: gettext_lazy("Low confidence."),
}


def next_set(now: WorkoutExercise, *, record: MovementRecord, loads: Sequence[float], hold: str) -> Suggestion | None:
    """What to do next in this exercise; None before its first set, and for what is not lifted for repetitions."""
    rows = [row for row in now.sets if row.kind not in (SetKind.WARMUP, SetKind.DROP)]
    if not rows or now.is_complete or now.movement.metric_type != MetricType.REPS or hold == NextSet.OFF:
        return None
    last = rows[-1]
    if not last.reps:
        return None
    return suggest(
        _done(last, record),
        _asked(now, last),
        drop=drop_of(MovementPattern(record.pattern), compound=record.compound),
        loads=loads,
        hold=Hold(hold) if (last.weight_kg or 0.0) > 0 else Hold.LOAD,
        rest_before=_rest_before(now, rows),
    )


def _done(last: SetLog, record: MovementRecord) -> Done:
    reserve = last.rir if last.rir is not None else (None if last.rpe is None else MAX_RPE - last.rpe)
    if last.kind == SetKind.FAILURE:
        reserve = 0.0
    body = record.bodyweight_share * (last.bodyweight_kg or 0.0)
    return Done(load_kg=last.weight_kg or 0.0, reps=last.reps or 0, reserve=reserve, body_kg=body)


def _asked(now: WorkoutExercise, last: SetLog) -> Asked:
    item = now.item
    reps = last.reps or 1
    low = item.reps_min if item and item.reps_min else None
    high = item.reps_max if item and item.reps_max else None
    reserve = MAX_RPE - item.rpe if item and item.rpe else USUAL_RESERVE
    return Asked(reps_min=low or high or reps, reps_max=high or low or reps, reserve=reserve)


def _rest_before(now: WorkoutExercise, rows: Sequence[SetLog]) -> float:
    """How short the rest before the last set was; 1 where nothing is known of it."""
    if len(rows) < 2 or not now.item or not now.item.rest_seconds:
        return 1.0
    taken = (rows[-1].performed_at - rows[-2].performed_at).total_seconds()
    return rest_factor(now.item.rest_seconds, taken) if 0 < taken < LONG_AGO_SECONDS else 1.0


def sentence(one: Suggestion, now: WorkoutExercise, chosen: Settings) -> dict[str, Any]:
    """Its title and its reason in the athlete's own scale and unit."""
    done = [row for row in now.sets if row.kind != SetKind.WARMUP]
    last = done[-1]
    title = _("%(weight)s for this set") % {"weight": _load(one.load_kg, chosen.units)}
    if one.load_kg == (last.weight_kg or 0.0):
        title = ngettext("%(n)d repetition for this set", "%(n)d repetitions for this set", one.reps) % {"n": one.reps}
    harder = one.why is Why.HARDER
    reason = (
        _("Set %(n)d was %(effort)s, harder than planned.")
        if harder
        else _("Set %(n)d was %(effort)s, easier than planned.")
    )
    return {
        "title": title,
        "reason": reason % {"n": len(done), "effort": _effort(last, chosen.effort_scale)},
        "sure": SURE[one.confidence],
    }


def _load(kilograms: float, units: str) -> str:
    return f"{weight_value(kilograms, units)} {weight_unit(units)}"


def _effort(row: SetLog, scale: str) -> str:
    if row.kind == SetKind.FAILURE:
        return _("taken to failure")
    if scale == EffortScale.RIR or row.rpe is None:
        left = row.rir if row.rir is not None else MAX_RPE - (row.rpe or MAX_RPE)
        return _("RIR %(left)s") % {"left": number(left, 1)}
    return _("RPE %(rpe)s") % {"rpe": number(row.rpe, 1)}
