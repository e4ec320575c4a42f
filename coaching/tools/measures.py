"""Looking at the body and at strength by pattern: the weight's course, the index of each pattern."""

from __future__ import annotations

import datetime as dt

from gainsly.lib.units import kg_to_lb, round_half_up
from gainsly.lib.vocabulary import Units, label_of
from logging_app import selectors

from .athlete import Bound, Json, short_day
from .planning import NoArguments

WEEKS = 8
WEIGHT = "weight"
STEADY_KG = 0.5  # less than this between the ends is the day's own swing


def pattern_strength(athlete: Bound, _arguments: NoArguments) -> Json:
    """Strength by movement pattern now against the block before: index, change, whether it is beyond noise."""
    found = selectors.psi(athlete.user, since=athlete.today - dt.timedelta(days=7), until=athlete.today)
    ready = [one for one in found["patterns"] if one["psi"] is not None]
    return {
        "patterns": [
            {
                "pattern": label_of(one["pattern"]).lower(),
                "index": athlete.weight(one["psi"]),
                "change_percent": None if one["trend"] is None else round(one["trend"] * 100, 1),
                "beyond_noise": one["significant"],
            }
            for one in ready
        ],
        "waiting": len(found["patterns"]) - len(ready),
    }


def body_weight(athlete: Bound, _arguments: NoArguments) -> Json:
    """Body weight over eight weeks: first, latest, change."""
    since = athlete.today - dt.timedelta(weeks=WEEKS)
    rows = [
        (one.taken_at.date(), one.value)
        for one in selectors.biometrics_of(athlete.user)
        .filter(kind=WEIGHT, taken_at__date__gte=since, taken_at__date__lte=athlete.today)
        .order_by("taken_at", "id")
    ]
    if not rows:
        return {"entries": 0}
    (first_day, first), (last_day, last) = rows[0], rows[-1]
    change = last - first
    return {
        "entries": len(rows),
        "latest": _weight(athlete, last),
        "kilograms": round_half_up(float(last), 1),
        "latest_on": short_day(last_day),
        "since": short_day(first_day),
        "change": f"{'+' if change > 0 else ''}{_weight(athlete, change)}",
        "trend": "steady" if abs(change) < STEADY_KG else ("up" if change > 0 else "down"),
    }


def _weight(athlete: Bound, kilograms: float) -> str:
    """To the tenth: a body is weighed more finely than a bar."""
    imperial = athlete.facts.units == Units.IMPERIAL
    value = kg_to_lb(float(kilograms)) if imperial else float(kilograms)
    return f"{round_half_up(value, 1):g} {'lb' if imperial else 'kg'}"
