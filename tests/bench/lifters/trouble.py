"""Seasons that do not go to plan, and what a sane answer to each of them is, written as checks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from gainsly.lib.vocabulary import Section
from programs.engine.loads import share_for
from programs.engine.quality import assess, graded
from programs.engine.standing import eased_in, microcycles_of
from tests.bench.grid import START
from tests.bench.lifters.promises import broken, by_lift
from tests.bench.lifters.season import LIFTED, Season, Trained, never

WEEK = dt.timedelta(weeks=1)
EASED_SETS = (0.65, 0.85)  # of a session's sets after a break: 20 to 30 % fewer, after rounding each lift
EASED_LOAD = (0.82, 0.96)  # of the load before it at about the same repetitions: 5 to 10 % less and a step of rounding
LEAST_MADE = 0.85
FOLLOWS = 0.5  # of what strength gained the loads should have followed
LIGHTEST_KG = 20.0  # the empty bar cannot be lightened
HARDER = 0.005
LEAST_LEFT = 0.6  # of the first load: a light lift may take two steps back
LATE_WEEKS = 8
SETTLED = 9  # the week from which the loads should fit again


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong, and the part of it that only this trouble must show."""

    nature: Mapping[str, object] = field(default_factory=dict)
    misses: Callable[[int, dt.date], bool] = never
    checks: tuple[Callable[[Season], list[str]], ...] = ()


def every_third(number: int, _day: dt.date) -> bool:
    return number % 3 == 2


def away_in_week_five(_number: int, day: dt.date) -> bool:
    return START + 4 * WEEK <= day < START + 5 * WEEK


def complaints(season: Season, trouble: Trouble) -> list[str]:
    """Everything that a coach would object to; empty for a sane season."""
    found = [f"{count} x {name}" for name, count in broken(season).items()]
    found += _piled_up(season) + _moved(season) + _graded(season)
    for check in trouble.checks:
        found += check(season)
    return found


def _lifted_sets(one: object) -> int:
    return sum(slot.planned.sets for slot in one.slots if slot.planned.section in LIFTED)  # type: ignore[attr-defined]


def _piled_up(season: Season) -> list[str]:
    """No session and so no week ever holds more sets than the plan, whose weeks are inside the landmarks."""
    return [
        f"{new.id} grew from {_lifted_sets(old)} to {_lifted_sets(new)} sets"
        for old, new in zip(season.planned, season.sessions, strict=True)
        if _lifted_sets(new) > _lifted_sets(old)
    ]


def _graded(season: Season) -> list[str]:
    """The plan as it came to stand still passes every hard criterion of the rubric."""
    basis, eased = season.basis, eased_in(season.settled)
    weeks = microcycles_of(season.sessions, season.plan.microcycles)
    program = graded(weeks, basis.request, basis.movements, season.plan.warnings, season.plan.choices)
    program = replace(program, eased=frozenset(one.date for one in season.sessions if one.id in eased))
    report = assess(program, basis.athlete, basis.movements.values())
    return [
        f"{one.code} fails: {one.witness}"
        for one in report.checks
        if one.applies and one.kind == "hard" and not one.passed
    ]


def _moved(season: Season) -> list[str]:
    """What was missed is let go: no session moves, none is added, no exercise comes in."""
    return [
        f"{old.id} became another session"
        for old, new in zip(season.planned, season.sessions, strict=True)
        if old.date != new.date or [one.id for one in old.slots] != [one.id for one in new.slots]
    ]


def eased_back(season: Season) -> list[str]:
    """Exactly the first session after the week away is shorter and lighter; the next one is as planned."""
    first, second = [one for one in season.sessions if one.date >= START + 5 * WEEK][:2]
    planned = {one.id: one for one in season.planned}
    share = _lifted_sets(first) / _lifted_sets(planned[first.id])
    found = [] if EASED_SETS[0] <= share <= EASED_SETS[1] else [f"{share:.0%} of the sets on the first day back"]
    if _lifted_sets(second) != _lifted_sets(planned[second.id]):
        found.append("the second day back is still short")
    for slug, back in _first_back(season, first.date).items():
        before = _same_ask(season, slug, back)
        ratio = back.load_kg / before.load_kg if before else EASED_LOAD[0]
        if not EASED_LOAD[0] <= ratio <= EASED_LOAD[1]:
            found.append(f"{slug} comes back with {ratio:.0%} of the load ({before and before.load_kg:g} kg)")
    return found


def _first_back(season: Season, on: dt.date) -> dict[str, Trained]:
    return {one.movement: one for one in season.exposures if one.on == on and one.section is Section.MAIN}


def _same_ask(season: Season, slug: str, back: Trained) -> Trained | None:
    """The last exposure before it that asked for the same repetitions and reserve."""
    same = [
        one
        for one in season.exposures
        if one.movement == slug and one.on < back.on and not one.is_deload
        and (one.asked.reps_min, one.asked.target_rir) == (back.asked.reps_min, back.asked.target_rir)
    ]  # fmt: skip
    return same[-1] if same else None


def follows_down(season: Season) -> list[str]:
    """Who is weaker than the loads think falls short twice, and is not asked for as much a third time."""
    found = []
    for slug, exposures in by_lift(season).items():
        loading = [one for one in exposures if not one.is_deload]
        for first, second, third in zip(loading, loading[1:], loading[2:], strict=False):
            if first.made or second.made or third.load_kg <= LIGHTEST_KG:
                continue
            if _demand(third) > _demand(second) * (1 + HARDER):
                found.append(f"{slug}: short twice, then {third.load_kg:g} kg after {second.load_kg:g} kg")
        least = min((one.load_kg for one in loading), default=exposures[0].load_kg)
        if exposures[0].section is Section.MAIN and least < LEAST_LEFT * exposures[0].load_kg:
            found.append(f"{slug} fell from {exposures[0].load_kg:g} to {least:g} kg")
    return found


def _demand(one: Trained) -> float:
    """The 1RM that what is asked is made for, kg of the load alone."""
    return one.load_kg / share_for((one.asked.reps_min or 0) + (one.asked.target_rir or 0.0))


def finds_its_level(season: Season) -> list[str]:
    late = [one for one in season.exposures if one.week >= SETTLED and not one.is_deload]
    made = sum(one.made for one in late) / len(late)
    return [] if made >= LEAST_MADE else [f"only {made:.0%} of the late exposures are made"]


def follows_up(season: Season) -> list[str]:
    """Loads keep up with at least half of what strength gained, in the mean of the lifts that grew."""
    grown: defaultdict[str, list[float]] = defaultdict(list)
    for slug, exposures in by_lift(season).items():
        main = [one for one in exposures if one.section is Section.MAIN and not one.is_deload]
        if len(main) < LATE_WEEKS or slug not in season.strength_at:
            continue
        same = [one for one in main if _asked(one) == _asked(main[0])]
        strength = season.strength_at[slug]
        grown["load"].append(same[-1].load_kg / main[0].load_kg - 1)
        grown["strength"].append(strength[same[-1].on] / strength[main[0].on] - 1)
    loads, strength_won = (sum(grown[name]) / max(1, len(grown[name])) for name in ("load", "strength"))
    return [] if loads >= FOLLOWS * strength_won else [f"loads {loads:+.0%}, strength {strength_won:+.0%}"]


def _asked(one: Trained) -> tuple[int | None, float | None]:
    return one.asked.reps_min, one.asked.target_rir


TROUBLES: Mapping[str, Trouble] = {
    "as planned": Trouble(),
    "misses every third session": Trouble(misses=every_third),
    "away in week 5": Trouble(misses=away_in_week_five, checks=(eased_back,)),
    "a tenth weaker than believed": Trouble({"believed": 1.10}, checks=(follows_down, finds_its_level)),
    "gains three times as fast": Trouble({"gain": 0.018}, checks=(follows_up,)),
    "stops gaining after week 4": Trouble({"gain_until": START + 4 * WEEK}),
    "loses 8 % from week 6": Trouble({"falls_from": START + 5 * WEEK, "falls_by": 0.08}, checks=(follows_down,)),
}
