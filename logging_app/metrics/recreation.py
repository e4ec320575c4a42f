"""What an activity does to the muscles, in equivalent hard sets (docs/algorithms/recreation.md)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gainsly.lib.vocabulary import Muscle
from logging_app.metrics.recovery import SETS_THAT_EMPTY, TAU_HOURS, Dose

SECONDS_PER_HOUR = 3600.0
USUAL_RPE = 6.0  # the effort that the table of local fatigue speaks of (grade C)
HARDEST = 1.5  # how far a harder hour than usual may count


@dataclass(frozen=True, slots=True)
class Bout:
    """One activity as done. ``sets_per_hour`` are equivalent hard sets per muscle at a usual effort."""

    started_at: dt.datetime
    finished_at: dt.datetime
    sets_per_hour: Mapping[Muscle, float]
    rpe: float | None = None

    @property
    def hours(self) -> float:
        return (self.finished_at - self.started_at).total_seconds() / SECONDS_PER_HOUR


def local_sets(bout: Bout) -> dict[Muscle, float]:
    """Equivalent hard sets per muscle: the hourly figure times hours, more for a harder hour, less for an easier."""
    effort = 1.0 if bout.rpe is None else min(HARDEST, bout.rpe / USUAL_RPE)
    return {muscle: sets * bout.hours * effort for muscle, sets in bout.sets_per_hour.items() if sets}


def doses(bouts: Iterable[Bout]) -> dict[Muscle, list[Dose]]:
    """The same as doses of fatigue, each from the activity's end; recreation is not training to failure."""
    found: defaultdict[Muscle, list[Dose]] = defaultdict(list)
    for bout in bouts:
        for muscle, sets in local_sets(bout).items():
            depth = min(1.0, sets / SETS_THAT_EMPTY)
            found[muscle].append(Dose(at=bout.finished_at, depth=depth, tau_hours=TAU_HOURS))
    return dict(found)
