"""What every season must keep to, counted: jumps, falls without a reason, raises after a failure, deloads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tests.bench.lifters.season import LIFTED, Season, Trained

MOST_UP = 0.10
EPSILON = 1e-6
DELOAD_SETS = (0.33, 0.67)  # of the sets of the week before (quality.md, C23)


def by_lift(season: Season) -> dict[str, list[Trained]]:
    """The exposures of each lift in order, those eased after a break left out: they are light on purpose."""
    found: defaultdict[str, list[Trained]] = defaultdict(list)
    for one in season.exposures:
        if not one.eased:
            found[one.movement].append(one)
    return dict(found)


def broken(season: Season) -> Counter[str]:
    """How often each promise was broken; only what was broken is listed."""
    found: Counter[str] = Counter(faults=len(season.faults))
    for exposures in by_lift(season).values():
        loading = [one for one in exposures if not one.is_deload]
        found["jump"] += sum(_jumps(a, b) for a, b in pairwise(loading))
        found["up after a failure"] += sum(_rises_after_failure(a, b) for a, b in pairwise(loading))
        found["down though made"] += sum(1 for _ in falls(loading))
        found["up twice a week"] += sum(_rises_in_a_week(a, b) for a, b in pairwise(loading))
        found["up in a deload"] += sum(1 for _ in _deload_raises(exposures))
    found["deload missing"] += _missing_deloads(season)
    return +found


def _jumps(before: Trained, after: Trained) -> bool:
    return after.load_kg > before.load_kg * (1 + MOST_UP) + EPSILON


def _rises_after_failure(before: Trained, after: Trained) -> bool:
    """As many repetitions with as much left, heavier, right after falling short."""
    return not before.made and _asks(after) >= _asks(before) and after.load_kg > before.load_kg + EPSILON


def _rises_in_a_week(before: Trained, after: Trained) -> bool:
    """Heavier for as much within the same microcycle."""
    return before.week == after.week and _asks(after) >= _asks(before) and after.load_kg > before.load_kg + EPSILON


def _asks(one: Trained) -> float:
    return (one.asked.reps_min or 0) + (one.asked.target_rir or 0.0)


def falls(loading: list[Trained]) -> Iterator[tuple[Trained, Trained]]:
    """The same prescription again and lighter, though all since was made with what was to be left (deloads aside)."""
    for number, one in enumerate(loading):
        for later in loading[number + 1 :]:
            if (later.asked.reps_min, later.asked.target_rir) == (one.asked.reps_min, one.asked.target_rir):
                between = loading[number : loading.index(later)]
                most = between[-1].load_kg * (1 + MOST_UP) + EPSILON
                light = later.load_kg < one.load_kg - EPSILON and one.load_kg <= most
                if light and not any(each.strained for each in between):
                    yield one, later
                break


def _deload_raises(exposures: list[Trained]) -> Iterator[Trained]:
    heaviest = 0.0
    for one in exposures:
        if one.is_deload and heaviest and one.load_kg > heaviest + EPSILON:
            yield one
        heaviest = heaviest if one.is_deload else one.load_kg


def _missing_deloads(season: Season) -> int:
    """Deloads that were promised and did not come, or that cut fewer or more sets than they should."""
    every = season.basis.request.deload_every
    sets = sets_by_week(season)
    least, most = DELOAD_SETS
    weeks = range(every, max(sets) + 1, every)
    eased = {one.sequence for one in season.sessions if one.is_deload}
    return sum(week not in eased or not least <= sets[week] / max(1, sets[week - 1]) <= most for week in weeks)


def sets_by_week(season: Season) -> dict[int, int]:
    """Planned working sets in each week, as they came to stand."""
    found: Counter[int] = Counter()
    for one in season.sessions:
        found[one.sequence] += sum(slot.planned.sets for slot in one.slots if slot.planned.section in LIFTED)
    return dict(found)


def growth_of_loads(seasons: Iterable[Season]) -> tuple[float, float]:
    """Mean growth of the main loads from the first to the last block at the same prescription, and of the strength."""
    loads, strengths = [], []
    for season in seasons:
        for slug, exposures in by_lift(season).items():
            main = [one for one in exposures if one.section == "main" and not one.is_deload]
            if len(main) < 2 or slug not in season.strength_at:
                continue
            first = main[0]
            same = [one for one in main if _asks(one) == _asks(first) and one.asked.reps_min == first.asked.reps_min]
            loads.append(same[-1].load_kg / first.load_kg - 1)
            strengths.append(season.strength_at[slug][same[-1].on] / season.strength_at[slug][first.on] - 1)
    return sum(loads) / len(loads), sum(strengths) / len(strengths)
