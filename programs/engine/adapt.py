"""Today's session, fitted to how the athlete is today. See docs/algorithms/adapt.md."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Muscle, Section, label_of
from movements.catalogue.records import MovementRecord
from programs.engine.constraints import can_do, serves
from programs.engine.explain import STAND_INS_SHOWN
from programs.engine.recreation import LIGHT_SETS
from programs.engine.reselect import swapped
from programs.engine.shorten import shorten
from programs.engine.standing import Slot
from programs.engine.today import (
    LEAST_LEFT,
    WORKED,
    Adapted,
    Draft,
    Ground,
    Kind,
    Later,
    Signals,
    minutes_of,
    working_sets,
)
from programs.engine.types import PlannedExercise

SORE, VERY_SORE, TOO_SORE = 4, 7, 9  # of 10; half points between the steps belong to the lower one
SECONDARY = 0.5
BASELINE_ENTRIES = 7
LOW, FAIR, HIGH = 40.0, 60.0, 80.0
Z_LOW, Z_FAIR, LEAST_SD = -1.5, -0.5, 5.0
LOW_SETS, FAIR_SETS, SORE_SETS, VERY_SORE_SETS = 0.65, 0.8, 0.8, 0.5
SORE_RPE, MAX_RIR = 7.0, 10.0
MOST_SETS = 12
FLOOR_SETS = 4.0


@dataclass(frozen=True, slots=True)
class _Easing:
    share: float  # of the sets
    rule: str
    reason: str
    rpe: float | None = None  # at most
    rir: float = 0.0  # more in reserve


@dataclass(slots=True, kw_only=True)
class _Day(Draft):
    """The draft with the ground that the rules stand on."""

    ground: Ground


def adapt(plan: Sequence[Slot], signals: Signals, ground: Ground) -> Adapted:
    """The session as it should be today: always measured from ``plan``, never from an adapted session.

    So the same signals twice give the same session, and no signals give the plan.
    """
    draft = _Day(ground.movements, ground.config, list(plan), LEAST_LEFT * working_sets(plan), ground=ground)
    if signals == Signals():
        return Adapted(tuple(plan), (), (), round(draft.minutes(), 1))
    _obey(draft, signals)
    _spare_the_sore(draft, signals)
    _make_room(draft, signals)
    _ease(draft, signals)
    if signals.minutes is not None:
        shorten(draft, signals.minutes)
    return Adapted(tuple(draft.slots), tuple(draft.steps), tuple(draft.notes), round(draft.minutes(), 1))


def soreness_for(record: MovementRecord, soreness: Mapping[Muscle, int]) -> tuple[float, Muscle | None]:
    """The worst soreness that a movement meets and where: primary muscles in full, secondary ones half."""
    met = [(float(soreness.get(one, 0)), one) for one in record.primary]
    met += [(soreness.get(one, 0) * SECONDARY, one) for one in record.secondary if one not in record.primary]
    return max(met, key=lambda one: one[0], default=(0.0, None))


def band_of(signals: Signals) -> str:
    """``low``, ``fair``, ``usual`` or ``high``; HRV only ever lowers it, by one step."""
    score = signals.score
    band = "usual" if score is None else _by_score(score, signals.scores)
    if _hrv_is_low(signals):
        band = {"high": "fair", "usual": "fair"}.get(band, "low")
    return band


def _by_score(score: float, scores: Sequence[float]) -> str:
    if len(scores) < BASELINE_ENTRIES:
        return "low" if score < LOW else "fair" if score <= FAIR else "high" if score > HIGH else "usual"
    z = (score - statistics.fmean(scores)) / max(LEAST_SD, statistics.stdev(scores))
    if z < Z_LOW:
        return "low"
    if z < Z_FAIR or score < LOW:  # what is always poor is no reason to train on as if it were well
        return "fair"
    return "high" if score > HIGH else "usual"


def _hrv_is_low(signals: Signals) -> bool:
    if signals.hrv is None or len(signals.hrvs) < BASELINE_ENTRIES:
        return False
    return signals.hrv < statistics.fmean(signals.hrvs) + Z_FAIR * statistics.stdev(signals.hrvs)


def broken_rule(record: MovementRecord, signals: Signals, ground: Ground) -> tuple[str, str] | None:
    """The hard rule that keeps a movement out today, by name and in words."""
    if signals.equipment is not None and not can_do(record, signals.equipment):
        return "equipment", "what it needs is not at hand today"
    ban = next((one for one in ground.bans if one.forbids(record)), None)
    return (ban.name, f"it does not fit {ban.words}") if ban else None


def _stand_ins(draft: _Day, slot: Slot, signals: Signals) -> list[MovementRecord]:
    """The best alternatives that keep every hard rule, spare what is sore and fit the slot, best first."""
    source, section = draft.record(slot), slot.planned.section
    inside = {one.planned.movement for one in draft.slots}
    found: list[MovementRecord] = []
    for one in draft.ground.stand_ins(source.slug):
        fits = serves(one, section) if section is Section.MAIN else section in one.sections
        if not fits or one.slug in inside or one.metric != source.metric or one.pattern in signals.clash:
            continue
        if broken_rule(one, signals, draft.ground) is None and soreness_for(one, signals.soreness)[0] < SORE:
            found.append(one)
        if len(found) > STAND_INS_SHOWN:
            break
    return found


def _swap(draft: _Day, slot: Slot, signals: Signals, rule: str, reason: str) -> bool:
    found = _stand_ins(draft, slot, signals)
    if not found:
        return False
    target, *others = found
    ground, among = draft.ground, tuple(one.slug for one in others)
    after = swapped(slot.planned, draft.record(slot), target, ground.athlete, ground.history)
    draft.put(slot, after, Kind.SWAP, rule, f"{reason} {target.name} takes its place.", among=among)
    return True


def _leave(draft: _Day, slot: Slot, rule: str, reason: str) -> None:
    """To a later day of the week that can take it; let go where none can."""
    if slot.planned.section not in WORKED:
        draft.put(slot, None, Kind.DROP, rule, f"{reason} It is left out today.")
        return
    later = draft.ground.later
    known = next((one for one in later if slot.planned.movement in one.trains), None)
    if known is not None:
        words = f"{known.day}'s session trains it anyway, so today it is let go."
        draft.put(slot, None, Kind.DROP, rule, f"{reason} {words}")
        return
    taker = _taker(draft, slot)
    if taker is None:
        words = "No later day of this week can take it, so it is let go."
        draft.put(slot, None, Kind.DROP, rule, f"{reason} {words}")
    else:
        draft.put(slot, None, Kind.DEFER, rule, f"{reason} It moves to {taker.day}.", to=taker.id)


def _taker(draft: _Day, slot: Slot) -> Later | None:
    """The first later session where it stands beside neither its own pattern nor recreation that tires it."""
    pattern, is_main = draft.record(slot).pattern, slot.planned.section is Section.MAIN
    fits = (one for one in draft.ground.later if pattern not in one.clash and not (is_main and pattern in one.crowded))
    return next(fits, None)


def _obey(draft: _Day, signals: Signals) -> None:
    for slot in map(draft.current, list(draft.slots)):
        record = draft.record(slot)
        broken = broken_rule(record, signals, draft.ground)
        if broken is None:
            continue
        reason = f"{record.name}: {broken[1]}."
        if _swap(draft, slot, signals, broken[0], reason):
            continue
        if broken[0] == "equipment":
            _leave(draft, slot, broken[0], reason)
        else:  # a later day would break the same rule
            draft.put(slot, None, Kind.DROP, broken[0], f"{reason} Nothing fits in its place.")


def _spare_the_sore(draft: _Day, signals: Signals) -> None:
    for slot in map(draft.current, draft.worked()):
        level, muscle = soreness_for(draft.record(slot), signals.soreness)
        if level < SORE or muscle is None:
            continue
        told = f"{label_of(muscle)} soreness {signals.soreness[muscle]} of 10."
        if level < VERY_SORE:
            words = f"{told} Fewer sets, at most RPE {SORE_RPE:g}."
            _fewer(draft, slot, _Easing(SORE_SETS, "soreness:4-6", words, SORE_RPE))
        elif not _swap(draft, slot, signals, "soreness:7-8" if level < TOO_SORE else "soreness:9-10", told):
            if level < TOO_SORE:
                _fewer(draft, slot, _Easing(VERY_SORE_SETS, "soreness:7-8", f"{told} Half of the sets."))
            else:
                _leave(draft, slot, "soreness:9-10", told)


def _make_room(draft: _Day, signals: Signals) -> None:
    """Recreation close to today: another pattern, small work to a later day, else fewer and easier sets.

    What the plan wrote around declared recreation, few sets already, stays as it is.
    """
    for slot in map(draft.current, draft.worked()):
        beside = signals.clash.get(draft.record(slot).pattern)
        if beside is None or (beside.expected and slot.planned.sets <= LIGHT_SETS):
            continue
        if _swap(draft, slot, signals, "recreation", beside.words):
            continue
        small = slot.planned.section in (Section.ACCESSORY, Section.FINISHER)
        if small and slot.planned.sets <= draft.spare() and _taker(draft, slot) is not None:
            _leave(draft, slot, "recreation", beside.words)
        else:
            _fewer(draft, slot, _Easing(FAIR_SETS, "recreation", f"{beside.words} Fewer, easier sets.", SORE_RPE))


def _fewer(draft: _Day, slot: Slot, easing: _Easing) -> None:
    """Fewer sets within the cap, and the effort held back; the load stays, so that intensity does."""
    planned = slot.planned
    wanted = max(1, int(round_half_up(planned.sets * easing.share)))
    fewer = replace(planned, sets=max(wanted, planned.sets - max(0, draft.spare())))
    after = eased(fewer, easing.rpe, easing.rir)
    kind = Kind.SETS if after.sets != planned.sets else Kind.EFFORT
    draft.put(slot, after, kind, easing.rule, easing.reason)


def eased(planned: PlannedExercise, rpe: float | None, rir: float) -> PlannedExercise:
    """More in reserve at the same load: as many repetitions fewer where the load is a share of the maximum."""
    now = planned.target_rpe if planned.target_rir is None else 10.0 - planned.target_rir
    if now is None:
        return planned
    aim = max(1.0, min(now - rir, now if rpe is None else rpe))
    less = int(round_half_up(now - aim)) if planned.target_percent_1rm is not None else 0
    return replace(
        planned,
        target_rpe=aim,
        target_rir=None if planned.target_rir is None else min(MAX_RIR, 10.0 - aim),
        reps_min=None if planned.reps_min is None else max(1, planned.reps_min - less),
        reps_max=None if planned.reps_max is None else max(1, planned.reps_max - less),
    )


def _ease(draft: _Day, signals: Signals) -> None:
    band = band_of(signals)
    if band == "usual":
        return
    if band == "high":
        _add_one(draft, signals)
        return
    told = _told_recovery(signals, band)
    share, rir = (LOW_SETS, 1.0) if band == "low" else (FAIR_SETS, 0.0)
    touched = {step.slot for step in draft.steps if step.kind is Kind.SETS}
    for slot in map(draft.current, draft.worked()):
        if slot.id not in touched:  # already eased for what is sore: never twice
            more = " and one more repetition left in reserve" if rir else ""
            _fewer(draft, slot, _Easing(share, f"recovery:{band}", f"{told}: fewer sets{more}.", rir=rir))
    if band == "low":
        _warm_longer(draft, told)


def _told_recovery(signals: Signals, band: str) -> str:
    """The score beside what it was judged by: the athlete's own last weeks once there are enough, else the scale."""
    how = "low" if band == "low" else "a little low"
    if signals.score is None:
        return f"Recovery is {how} by your heart rate variability"
    if len(signals.scores) < BASELINE_ENTRIES:
        return f"Recovery is {how} ({signals.score:.0f} of 100)"
    usual = statistics.fmean(signals.scores)
    return f"Recovery is {how} for you ({signals.score:.0f} of 100, your last weeks {usual:.0f})"


def _warm_longer(draft: _Day, told: str) -> None:
    """One more round of the last warm-up movement, where the minutes are the plan's own."""
    last = next((one for one in reversed(draft.slots) if one.planned.section is Section.WARMUP), None)
    if last is not None and last.planned.sets < MOST_SETS:
        after = replace(last.planned, sets=last.planned.sets + 1)
        draft.put(last, after, Kind.WARMUP, "recovery:low", f"{told}: a longer warm-up.")


def _add_one(draft: _Day, signals: Signals) -> None:
    """At most one more set of one main, where nothing else held the day back and the minutes allow it."""
    main = next((one for one in draft.slots if one.planned.section is Section.MAIN), None)
    if main is None or draft.steps or signals.minutes is None or main.planned.sets >= MOST_SETS:
        return
    more = replace(main.planned, sets=main.planned.sets + 1)
    trial = [replace(slot, planned=more) if slot.id == main.id else slot for slot in draft.slots]
    if minutes_of(trial, draft.config) <= signals.minutes:
        draft.put(main, more, Kind.SETS, "recovery:high", "You are well recovered and have the minutes: one set more.")


def missed_floors(
    plan: Sequence[Slot], adapted: Sequence[Slot], week: Mapping[Muscle, float], movements: Mapping[str, MovementRecord]
) -> dict[Muscle, float]:
    """Muscles whose week falls below four fractional sets by today's cuts, with what is left.

    ``week`` is the planned sets of the whole week by muscle.
    """
    before, after = _muscle_sets(plan, movements), _muscle_sets(adapted, movements)
    left = {muscle: sets - before.get(muscle, 0) + after.get(muscle, 0) for muscle, sets in week.items()}
    return {one: round(left[one], 1) for one, sets in week.items() if left[one] < FLOOR_SETS <= sets}


def _muscle_sets(slots: Sequence[Slot], movements: Mapping[str, MovementRecord]) -> dict[Muscle, float]:
    total: dict[Muscle, float] = {}
    for slot in slots:
        if slot.planned.section in WORKED:
            for muscle, share in movements[slot.planned.movement].muscle_shares().items():
                total[muscle] = total.get(muscle, 0.0) + share * slot.planned.sets
    return total
