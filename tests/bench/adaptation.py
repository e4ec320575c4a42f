"""Days adapted in every combination of signals, judged against what adapting promises.

``python -m tests.bench.adaptation`` prints the table: 400 combinations of soreness, recovery, minutes, kit and
recreation for each of six days of different programs. A day that does not fit its minutes is held against the least
that the rules allow, found here by another road than the engine's: only where even that is too long is it excused.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from gainsly.lib.vocabulary import MovementPattern, Muscle, Section
from movements.catalogue.records import MovementRecord
from movements.catalogue.substitution import similarity
from programs.engine.adapt import FLOOR_SETS, adapt, missed_floors
from programs.engine.constraints import bans_of, can_do
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.quality import GradedSession, graded
from programs.engine.quality.trace import stability_fault
from programs.engine.recreation import Beside
from programs.engine.shorten import HEAVY, LEAST_HEAVY_SETS, MINUTES_ROUNDING, SMALL, short_heavy_rest, short_rest
from programs.engine.standing import Slot
from programs.engine.supersets import compete
from programs.engine.timing import work_seconds
from programs.engine.today import LEAST_LEFT, WORKED, Adapted, Ground, Kind, Later, Signals, Step, working_sets
from programs.engine.types import History, PlannedMicrocycle, PlannedSession, Request
from tests.bench.grid import START, athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
HAND = frozenset({"dumbbell", "bench", "mat"})
DAYS = (  # label, goals, split, days a week, minutes, which session of the fifth week
    ("full body", {"strength": 5, "hypertrophy": 5}, "full_body", 3, 60, 0),
    ("upper", {"hypertrophy": 10}, "upper_lower", 4, 60, 0),
    ("lower", {"strength": 10}, "upper_lower", 4, 75, 1),
    ("push", {"hypertrophy": 7, "strength": 3}, "ppl", 6, 45, 0),
    ("lower, power", {"explosiveness": 6, "strength": 4}, "upper_lower", 4, 60, 1),
    ("full body, fat loss", {"fat_loss": 6, "hypertrophy": 4}, "full_body", 3, 45, 1),
)
RECOVERY = (None, 30.0, 50.0, 70.0, 95.0)
MINUTES = (None, 20, 30, 45)


@dataclass(frozen=True, slots=True)
class Day:
    """A planned session with its week and the ground that adapting it stands on."""

    label: str
    request: Request
    week: PlannedMicrocycle
    session: PlannedSession
    ground: Ground

    @property
    def plan(self) -> tuple[Slot, ...]:
        return tuple(Slot(str(number), one) for number, one in enumerate(self.session.exercises))

    @property
    def main(self) -> Slot:
        return next(slot for slot in self.plan if slot.planned.section is Section.MAIN)

    def combinations(self) -> Iterator[Signals]:
        """Five kinds of soreness, five recoveries, four lengths, two kits, two kinds of recreation."""
        record = self.ground.movements[self.main.planned.movement]
        worked, other = (
            next(iter(record.primary)),
            next(m for m in (Muscle.CHEST, Muscle.LATS) if m not in record.primary),
        )
        sore: tuple[dict[Muscle, int], ...] = (
            {}, {worked: 5}, {worked: 8}, {worked: 10}, {other: 8, worked: 4},
        )  # fmt: skip
        clash: tuple[dict[MovementPattern, Beside], ...] = ({}, {record.pattern: Beside("Sport yesterday.")})
        for ache, score, minutes, kit, sport in product(sore, RECOVERY, MINUTES, (None, HAND), clash):
            yield Signals(soreness=ache, score=score, minutes=minutes, equipment=kit, clash=sport)


def days() -> list[Day]:
    return [_day(label, goals, split, (count, minutes, at)) for label, goals, split, count, minutes, at in DAYS]


def _day(label: str, goals: dict[str, int], split: str, sizes: tuple[int, int, int]) -> Day:
    count, minutes, index = sizes
    athlete, request = athlete_with(), request_for(goals, split, count, session_minutes=minutes)
    draft = generate_plan(athlete, request, CATALOGUE, History(), CONFIG)
    week = draft.microcycles[4]
    session, later = week.sessions[index], week.sessions[index + 1 :]
    ahead = tuple(
        Later(str(number), one.date, frozenset(each.movement for each in one.exercises))
        for number, one in enumerate(later)
    )
    ground = Ground(athlete, History(), CATALOGUE.movements, bans_of(athlete, START), stand_ins, CONFIG, later=ahead)
    return Day(label, request, week, session, ground)


def stand_ins(slug: str) -> list[MovementRecord]:
    source = CATALOGUE.movements[slug]
    alike = [one for one in CATALOGUE.movements.values() if one.pattern is source.pattern and one.slug != slug]
    return sorted(alike, key=lambda one: (-similarity(source, one), one.slug))


# -- the least that the rules allow, by another road than the engine's


def least_minutes(day: Day, signals: Signals) -> float:
    """A bound from below: minutes of the shortest session that keeps 40 % of the sets, two of each heavy lift, the
    warm-up, and of the small work whichever is quickest, as if any two that do not compete could be a superset."""
    eased = adapt(day.plan, replace(signals, minutes=None), day.ground)
    need = min(-int(-LEAST_LEFT * working_sets(day.plan) // 1), working_sets(eased.slots))
    heavy = [slot for slot in eased.slots if slot.planned.section in HEAVY]
    small = [slot for slot in eased.slots if slot.planned.section in SMALL]
    kept = (each for count in range(len(small) + 1) for each in combinations(small, count))
    seconds = min(_shortest(heavy, one, need) for one in kept)
    prep = sum(slot.planned.section is Section.WARMUP for slot in eased.slots)
    return (seconds + CONFIG.time.per_movement * prep + (CONFIG.time.section_base if prep else 0)) / 60


def _shortest(heavy: Sequence[Slot], small: Sequence[Slot], need: int) -> float:
    """Seconds of the quickest ``need`` sets of exactly these exercises."""
    table = {0: 0.0}
    for slot in heavy:
        table = _with(table, slot, 1.0)
    for slot in small:
        alone = all(compete(_record(slot), _record(other)) for other in small if other is not slot)
        table = _with(table, slot, 1.0 if alone else CONFIG.time.superset_rest)
    return min((seconds for sets, seconds in table.items() if sets >= need), default=float("inf"))


def _record(slot: Slot) -> MovementRecord:
    return CATALOGUE.movements[slot.planned.movement]


def _with(table: dict[int, float], slot: Slot, share: float) -> dict[int, float]:
    """Seconds by sets with one more exercise, its rests as short as they may be."""
    planned, heavy = slot.planned, slot.planned.section in HEAVY
    rest = short_heavy_rest(planned) if heavy else short_rest(planned) * share
    least = min(LEAST_HEAVY_SETS, planned.sets) if heavy else 1
    work = work_seconds(planned, CONFIG)
    found: dict[int, float] = {}
    for (sets, seconds), more in product(table.items(), range(least, planned.sets + 1)):
        longer = seconds + more * work + (more - 1) * rest + CONFIG.time.transition
        found[sets + more] = min(found.get(sets + more, float("inf")), longer)
    return found


# -- what is promised


def faults(day: Day, signals: Signals) -> list[str]:
    """What a row breaks, by name; ``minutes`` only where a shorter session was allowed."""
    plan, adapted = day.plan, adapt(day.plan, signals, day.ground)
    return [
        *_shape_faults(day, adapted, signals),
        *(["mains lose intensity"] if any(map(_lighter, adapted.steps)) else []),
        *(["stability: " + words] if (words := stability(day, signals, adapted)) else []),
        *(["a change without words"] if not all(step.reason and step.rule for step in adapted.steps) else []),
        *(["gone without a step"] if _gone(plan, adapted) else []),
        *floor_faults(day, adapted),
    ]


def _shape_faults(day: Day, adapted: Adapted, signals: Signals) -> Iterator[str]:
    records = [day.ground.movements[slot.planned.movement] for slot in adapted.slots]
    if over(adapted, signals) and least_minutes(day, signals) <= (signals.minutes or 0) + MINUTES_ROUNDING:
        yield "minutes"
    if over(adapted, signals) and not adapted.notes:
        yield "over its minutes without a word"
    if any(ban.forbids(one) for one in records for ban in day.ground.bans):
        yield "hard rule"
    if signals.equipment is not None and not all(can_do(one, signals.equipment) for one in records):
        yield "missing kit"
    warm = [one for one in adapted.steps if one.before.section is Section.WARMUP]
    if any(step.rule == "minutes" for step in warm):
        yield "the warm-up is cut"


def over(adapted: Adapted, signals: Signals) -> bool:
    return signals.minutes is not None and adapted.minutes > signals.minutes + MINUTES_ROUNDING


def _lighter(step: Step) -> bool:
    """A main that stays loses load or its share of 1RM."""
    if step.after is None or step.kind is Kind.SWAP or step.before.section is not Section.MAIN:
        return False
    before, after = step.before, step.after
    return (before.target_load_kg, before.target_percent_1rm) != (after.target_load_kg, after.target_percent_1rm)


def _gone(plan: Sequence[Slot], adapted: Adapted) -> bool:
    gone = {slot.id for slot in plan} - {slot.id for slot in adapted.slots}
    return gone != {step.slot for step in adapted.steps if step.after is None}


def stability(day: Day, signals: Signals, adapted: Adapted) -> str:
    """C40 of the pair of plan and adapted day; sets that a hard rule or a swap's lack took out are excused."""
    again = adapt(day.plan, signals, day.ground)
    untouched = adapt(day.plan, Signals(), day.ground)
    excused = sum(
        step.before.sets for step in adapted.steps if step.after is None and step.rule.split(":")[0] != "minutes"
    )
    shown = (as_graded(day, slots) for slots in (day.plan, untouched.slots, adapted.slots, again.slots))
    return stability_fault(*shown, excused=excused)


def as_graded(day: Day, slots: Sequence[Slot]) -> GradedSession:
    session = replace(day.session, exercises=tuple(slot.planned for slot in slots))
    week = replace(day.week, sessions=(session,))
    return graded([week], day.request, day.ground.movements).weeks[0].sessions[0]


def floor_faults(day: Day, adapted: Adapted) -> list[str]:
    """Muscles that the week trains with less than four sets after the day, but with four before, are told of."""
    week: Counter[Muscle] = Counter()
    for session in day.week.sessions:
        week.update(_sets([Slot("", one) for one in session.exercises], day))
    deferred = {step.slot for step in adapted.steps if step.kind is Kind.DEFER}
    kept = [*adapted.slots, *(slot for slot in day.plan if slot.id in deferred)]
    told = missed_floors(day.plan, kept, week, day.ground.movements)
    left = week.copy()
    left.subtract(_sets(day.plan, day))
    left.update(_sets(kept, day))
    missed = {one for one, sets in week.items() if sets >= FLOOR_SETS > round(left[one], 9)}
    return [] if missed == set(told) else [f"floors: {sorted(missed ^ set(told))}"]


def _sets(slots: Sequence[Slot], day: Day) -> Counter[Muscle]:
    total: Counter[Muscle] = Counter()
    for slot in slots:
        if slot.planned.section in WORKED:
            shares = day.ground.movements[slot.planned.movement].muscle_shares()
            total.update({muscle: share * slot.planned.sets for muscle, share in shares.items()})
    return total


def main() -> None:
    write, rows, broken = sys.stdout.write, 0, Counter[str]()
    write(f"{'day':<22}{'rows':>6}{'timed':>7}{'over':>6}{'impossible':>12}{'floors told':>13}{'faults':>8}\n")
    for day in days():
        table = list(day.combinations())
        done = [(signals, adapt(day.plan, signals, day.ground)) for signals in table]
        late = [signals for signals, adapted in done if over(adapted, signals)]
        proved = sum(least_minutes(day, one) > (one.minutes or 0) + MINUTES_ROUNDING for one in late)
        found = Counter(fault for signals in table for fault in faults(day, signals))
        told = sum(bool(_missed(day, adapted)) for _, adapted in done)
        timed = sum(one.minutes is not None for one in table)
        write(f"{day.label:<22}{len(table):>6}{timed:>7}{len(late):>6}{proved:>12}{told:>13}{found.total():>8}\n")
        rows, broken = rows + len(table), broken + found
    write(f"{rows} rows; faults {dict(broken)}\n")


def _missed(day: Day, adapted: Adapted) -> dict[Muscle, float]:
    week: Counter[Muscle] = Counter()
    for session in day.week.sessions:
        week.update(_sets([Slot("", one) for one in session.exercises], day))
    return missed_floors(day.plan, adapted.slots, week, day.ground.movements)


if __name__ == "__main__":
    main()
