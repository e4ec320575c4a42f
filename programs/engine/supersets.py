"""Assistance in pairs when time is short: one muscle rests while another works. See docs/algorithms/timing.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gainsly.lib.vocabulary import Dose, Muscle
from movements.catalogue.records import MovementRecord
from programs.engine.prescription import Entry, Facts, Role

COMPETING_SHARE = 0.5  # from this share of a set on, two lifts tire the same muscle
EFFICIENT_MINUTES = 60  # a longer session is in no hurry, whatever its dose
GROUPS = "ABCD"
ANTAGONISTS = frozenset(
    frozenset(pair)
    for pair in (
        (Muscle.BICEPS, Muscle.TRICEPS),
        (Muscle.QUADRICEPS, Muscle.HAMSTRINGS),
        (Muscle.CHEST, Muscle.UPPER_BACK),
        (Muscle.CHEST, Muscle.REAR_DELTS),
        (Muscle.FRONT_DELTS, Muscle.REAR_DELTS),
        (Muscle.CORE, Muscle.LOWER_BACK),
    )
)


def wants_pairs(spare_seconds: float, facts: Facts) -> bool:
    """Whether assistance is paired: the efficient dose, or a session whose least sets are too long."""
    efficient = facts.request.dose is Dose.EFFICIENT and facts.request.session_minutes <= EFFICIENT_MINUTES
    return efficient or spare_seconds < 0


def paired(entries: Sequence[Entry]) -> list[Entry]:
    """The day with its assistance in pairs of lifts that do not compete; mains stand alone.

    Antagonists are paired first, then whatever shares no muscle. A partner moves up to stand beside the first of its
    pair, so that the order of the first ones stays.
    """
    waiting = [replace(one, superset=None) for one in entries if one.role is Role.ACCESSORY]
    ordered: list[Entry] = []
    groups = iter(GROUPS)
    while waiting:
        first = waiting.pop(0)
        partner = _partner(first.item.movement, waiting)
        if partner is None:
            ordered.append(first)
            continue
        waiting.remove(partner)
        group = next(groups)
        ordered += [replace(first, superset=group), replace(partner, superset=group)]
    assistance = iter(ordered)
    return [next(assistance) if one.role is Role.ACCESSORY else one for one in entries]


def unpaired(entries: Sequence[Entry]) -> list[Entry]:
    """The day without pairs that have lost their partner."""
    groups = [one.superset for one in entries]
    return [replace(one, superset=None) if groups.count(one.superset) == 1 else one for one in entries]


def _partner(movement: MovementRecord, others: Sequence[Entry]) -> Entry | None:
    fitting = [one for one in others if not compete(movement, one.item.movement)]
    return min(fitting, key=lambda one: not are_antagonists(movement, one.item.movement), default=None)


def compete(first: MovementRecord, second: MovementRecord) -> bool:
    """Whether both tire the same muscle."""
    mine, other = first.muscle_shares(), second.muscle_shares()
    return any(share >= COMPETING_SHARE and other.get(muscle, 0.0) >= COMPETING_SHARE for muscle, share in mine.items())


def are_antagonists(first: MovementRecord, second: MovementRecord) -> bool:
    return any(frozenset((one, other)) in ANTAGONISTS for one in first.primary for other in second.primary)
