"""What somebody else would change of an adapted day, judged by the same rules. See docs/algorithms/adapt.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gainsly.lib.vocabulary import Section, label_of
from programs.engine.adapt import SORE, broken_rule, eased, soreness_for
from programs.engine.constraints import serves
from programs.engine.reselect import swapped
from programs.engine.shorten import HEAVY, LEAST_HEAVY_SETS, SMALL
from programs.engine.standing import Slot
from programs.engine.today import LEAST_LEFT, WORKED, Adapted, Ground, Kind, Signals, Step, working_sets
from programs.engine.types import PlannedExercise

LEAST_RPE = 5.0


class Wanted(StrEnum):
    FEWER_SETS = "fewer_sets"
    EASIER = "easier"
    SWAP = "swap"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``slot`` by id, ``movement`` by slug; what its kind does not need is None."""

    slot: str
    kind: Wanted
    why: str
    sets: int | None = None
    rpe: float | None = None
    movement: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a suggestion is not offered: the rule, and in words."""

    suggestion: Suggestion
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class _Bench:
    plan: Sequence[Slot]
    slots: list[Slot]  # with what was let through so far
    signals: Signals
    ground: Ground

    def spare(self) -> int:
        return max(0, int(working_sets(self.slots) - LEAST_LEFT * working_sets(self.plan) + 1e-9))


class _NotAllowedError(Exception):
    def __init__(self, rule: str, words: str) -> None:
        super().__init__(words)
        self.rule = rule


def consider(
    plan: Sequence[Slot], adapted: Adapted, suggestions: Sequence[Suggestion], signals: Signals, ground: Ground
) -> list[Step | Refusal]:
    """Each suggestion as a change of the adapted day, or the rule that it breaks; in order, each on those before.

    They may only ease: fewer sets, less effort, a swap that keeps every hard rule, small work left out.
    """
    bench = _Bench(plan, list(adapted.slots), signals, ground)
    found: list[Step | Refusal] = []
    for one in suggestions:
        try:
            step = _judged(bench, one)
        except _NotAllowedError as error:
            found.append(Refusal(one, error.rule, str(error)))
            continue
        at = next(number for number, slot in enumerate(bench.slots) if slot.id == one.slot)
        bench.slots[at : at + 1] = [] if step.after is None else [replace(bench.slots[at], planned=step.after)]
        found.append(step)
    return found


def _judged(bench: _Bench, one: Suggestion) -> Step:
    slot = next((slot for slot in bench.slots if slot.id == one.slot), None)
    if slot is None:
        raise _NotAllowedError("unknown", "It names an exercise that today does not hold.")
    if slot.locked:
        raise _NotAllowedError("locked", "You have locked this exercise.")
    if slot.planned.section not in WORKED:
        raise _NotAllowedError("warmup", "Warm-up and cool-down stay as they are.")
    kind, after = _CHANGES[one.kind](bench, slot, one)
    return Step(kind, slot.id, "suggestion", one.why, slot.planned, after)


def _fewer_sets(bench: _Bench, slot: Slot, one: Suggestion) -> tuple[Kind, PlannedExercise | None]:
    now, wanted = slot.planned.sets, one.sets or 0
    if not 1 <= wanted < now:
        raise _NotAllowedError("only_easier", f"Only fewer than the {now} sets that stand there can be suggested.")
    if slot.planned.section in HEAVY and wanted < LEAST_HEAVY_SETS:
        raise _NotAllowedError("main_sets", "A main lift keeps at least two sets.")
    _within_cap(bench, now - wanted)
    return Kind.SETS, replace(slot.planned, sets=wanted)


def _easier(bench: _Bench, slot: Slot, one: Suggestion) -> tuple[Kind, PlannedExercise | None]:
    after = eased(slot.planned, max(LEAST_RPE, one.rpe or 10.0), 0.0)
    if one.rpe is None or after == slot.planned:
        raise _NotAllowedError("only_easier", "Effort can only be suggested lower than it stands.")
    return Kind.EFFORT, after


def _swap(bench: _Bench, slot: Slot, one: Suggestion) -> tuple[Kind, PlannedExercise | None]:
    ground = bench.ground
    source, target = ground.movements[slot.planned.movement], ground.movements.get(one.movement or "")
    if target is None:
        raise _NotAllowedError("unknown", "It names a movement that the library does not hold.")
    broken = broken_rule(target, bench.signals, ground)
    if broken is not None:
        raise _NotAllowedError(broken[0], f"{target.name}: {broken[1]}.")
    level, muscle = soreness_for(target, bench.signals.soreness)
    if level >= SORE and muscle is not None:
        raise _NotAllowedError("soreness", f"{target.name} works what is sore: {label_of(muscle)}.")
    if target.pattern in bench.signals.clash:
        raise _NotAllowedError("recreation", f"{target.name}: {bench.signals.clash[target.pattern].words}")
    if target.slug in {each.planned.movement for each in (*bench.slots, *bench.plan)}:
        raise _NotAllowedError("twice", f"{target.name} stands in this session already.")
    section = slot.planned.section
    fits = serves(target, section) if section is Section.MAIN else section in target.sections
    if not fits or target.slug not in {each.slug for each in ground.stand_ins(source.slug)}:
        raise _NotAllowedError("stand_in", f"{target.name} does not do the job of {source.name}.")
    return Kind.SWAP, swapped(slot.planned, source, target, ground.athlete, ground.history)


def _leave_out(bench: _Bench, slot: Slot, one: Suggestion) -> tuple[Kind, PlannedExercise | None]:
    if slot.planned.section not in SMALL:
        raise _NotAllowedError("main_stays", "A main lift is swapped, reduced or moved, never left out.")
    _within_cap(bench, slot.planned.sets)
    return Kind.DROP, None


def _within_cap(bench: _Bench, less: int) -> None:
    if less > bench.spare():
        raise _NotAllowedError("cap", "More than 60 % of the day's sets would be gone.")


_CHANGES: dict[Wanted, Callable[[_Bench, Slot, Suggestion], tuple[Kind, PlannedExercise | None]]] = {
    Wanted.FEWER_SETS: _fewer_sets,
    Wanted.EASIER: _easier,
    Wanted.SWAP: _swap,
    Wanted.LEAVE_OUT: _leave_out,
}
