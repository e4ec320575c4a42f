"""What a language model may change in a session, judged slot by slot. See docs/algorithms/refine.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gainsly.lib.vocabulary import Section
from movements.catalogue.records import MovementRecord
from programs.engine.constraints import bans_of, serves
from programs.engine.reselect import swapped
from programs.engine.standing import Basis, Slot, Standing, fitted
from programs.engine.supersets import GROUPS, compete

WORKED = (Section.SKILL, Section.MAIN, Section.ACCESSORY, Section.FINISHER)
SET_STEP, REP_STEP, REST_STEP, RPE_STEP = 1, 2, 30, 1.5  # how far a prescription may move from the engine's
LEAST_SETS = {Section.MAIN: 2}
LEAST_RPE, MAX_RPE = 5.0, 10.0
LEAST_REST, MOST_REST = 30, 300
MOST_ALTERNATIVES = 4

HardFailures = Callable[[Sequence[Standing]], frozenset[str]]  # codes of the hard criteria that a plan breaks


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot as the model is shown it: the engine's choice and what else the engine would put there."""

    slot: Slot
    alternatives: tuple[str, ...]  # slugs, the best first; empty where an earlier session of the block decides


@dataclass(frozen=True, slots=True)
class Wish:
    """What a model wants of a slot; None keeps the engine's."""

    slot: str
    movement: str | None = None
    sets: int | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    rest_seconds: int | None = None
    target_rpe: float | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was validated away, and by which rule."""

    slot: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Refined:
    sessions: tuple[Standing, ...]  # the whole program, as it would be
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """The program around the session that is refined."""

    sessions: tuple[Standing, ...]
    index: int
    basis: Basis
    offers: Mapping[str, Offer]
    hard_failures: HardFailures

    @property
    def session(self) -> Standing:
        return self.sessions[self.index]


def offers_of(
    sessions: Sequence[Standing], index: int, basis: Basis, runners_up: Mapping[str, Sequence[str]]
) -> dict[str, Offer]:
    """The slots that may be refined, by id; ``runners_up`` are slugs by the id of a choice.

    The first open session of a block chooses the movement for the whole block: lifts that change every week cannot
    progress.
    """
    session = sessions[index]
    earlier = {slot.planned.choice for one in sessions[:index] if not one.dropped for slot in one.slots}
    return {
        slot.id: Offer(
            slot,
            ()
            if slot.planned.choice is None or slot.planned.choice in earlier
            else _alternatives(sessions, session, slot, basis, runners_up.get(slot.planned.choice, ())),
        )
        for slot in session.slots
        if not slot.locked
    }


def _alternatives(
    sessions: Sequence[Standing], session: Standing, slot: Slot, basis: Basis, runners_up: Sequence[str]
) -> tuple[str, ...]:
    movements, section = basis.movements, slot.planned.section
    source = movements[slot.planned.movement]
    bans = bans_of(basis.athlete, session.date)
    taken = {one.planned.movement for other in _sharing(sessions, session, slot) for one in other.slots}
    found = [
        slug
        for slug in runners_up
        if slug in movements
        and slug not in taken
        and _fits(movements[slug], source, section)
        and not any(ban.forbids(movements[slug]) for ban in bans)
    ]
    return tuple(found[:MOST_ALTERNATIVES])


def _fits(record: MovementRecord, source: MovementRecord, section: Section) -> bool:
    """A main keeps its pattern, so that neighbours stay as far apart as they were planned."""
    if record.metric is not source.metric:
        return False
    if section is Section.MAIN:
        return serves(record, section) and record.pattern is source.pattern
    return section in record.sections


def _sharing(sessions: Sequence[Standing], session: Standing, slot: Slot) -> list[Standing]:
    """The session, and the open ones whose slot was chosen together with this one."""
    return [
        one
        for one in sessions
        if one.id == session.id
        or (not one.fixed and not one.dropped and any(_same_choice(other, slot) for other in one.slots))
    ]


def _same_choice(other: Slot, slot: Slot) -> bool:
    return not other.locked and slot.planned.choice is not None and other.planned.choice == slot.planned.choice


def refine(scene: Scene, wishes: Sequence[Wish], pairs: Sequence[tuple[str, str]] = ()) -> Refined:
    """The program with what of the wishes keeps every rule; a slot that breaks one keeps the engine's work whole."""
    refused: list[Refusal] = []
    fair: dict[str, Wish] = {}
    for wish in wishes:
        refusal = _refusal(scene, wish, fair)
        if refusal is None:
            fair[wish.slot] = wish
        else:
            refused.append(refusal)
    limit = max(scene.session.planned.estimated_minutes, scene.basis.request.session_minutes)
    kept = _within_minutes(scene, fair, limit, refused)
    kept = _keeping_hard_rules(scene, kept, refused)
    after = _applied(scene, kept.values())
    return Refined(_paired(scene, after, pairs, refused), tuple(refused))


def _refusal(scene: Scene, wish: Wish, fair: Mapping[str, Wish]) -> Refusal | None:
    offer = scene.offers.get(wish.slot)
    if offer is None:
        return Refusal(wish.slot[:60], "unknown_slot", "This session has no such slot, or it is locked.")
    if wish.slot in fair:
        return Refusal(wish.slot, "twice", "The slot was named twice; the first answer counts.")
    planned = offer.slot.planned
    if wish.movement not in (None, planned.movement):
        if wish.movement not in offer.alternatives:
            return Refusal(wish.slot, "not_offered", "The movement is not among the engine's alternatives.")
        if wish.movement in {one.movement for one in fair.values()}:
            return Refusal(wish.slot, "twice", "The movement stands in this session already.")
    words = _out_of_range(wish, offer.slot, deload=scene.session.is_deload)
    return Refusal(wish.slot, "range", words) if words else None


def _out_of_range(wish: Wish, slot: Slot, *, deload: bool) -> str:
    planned = slot.planned
    if planned.section not in WORKED:
        told = (wish.sets, wish.reps_min, wish.reps_max, wish.rest_seconds, wish.target_rpe)
        own = (planned.sets, planned.reps_min, planned.reps_max, planned.rest_seconds, planned.target_rpe)
        moved = any(one not in (None, mine) for one, mine in zip(told, own, strict=True))
        return "Warm-up and cool-down keep their work." if moved else ""
    return (
        _sets_out(wish.sets, planned.sets, LEAST_SETS.get(planned.section, 1), deload=deload)
        or _reps_out(wish, slot)
        or _rest_out(wish.rest_seconds, slot)
        or _effort_out(wish.target_rpe, planned.target_rpe)
    )


def _sets_out(sets: int | None, planned: int, least: int, *, deload: bool) -> str:
    if sets is None or sets == planned:
        return ""
    high = planned if deload else planned + SET_STEP
    low = max(least, planned - SET_STEP)
    return "" if low <= sets <= high else f"Sets may be {low} to {high}."


def _reps_out(wish: Wish, slot: Slot) -> str:
    planned = slot.planned
    asked = (wish.reps_min, wish.reps_max)
    if asked in ((None, None), (planned.reps_min, planned.reps_max)):
        return ""
    if planned.reps_min is None or planned.reps_max is None:
        return "This exercise is not counted in repetitions."
    if planned.section in (Section.MAIN, Section.SKILL):
        return "Mains keep their repetitions: their loads hang on them."
    low = planned.reps_min if wish.reps_min is None else wish.reps_min
    high = planned.reps_max if wish.reps_max is None else wish.reps_max
    least, most = max(1, planned.reps_min - REP_STEP), planned.reps_max + REP_STEP
    return "" if least <= low <= high <= most else f"Repetitions may be {least} to {most}."


def _rest_out(rest: int | None, slot: Slot) -> str:
    if rest is None or rest == slot.planned.rest_seconds:
        return ""
    own = slot.planned.rest_seconds
    low = own if slot.planned.section in (Section.MAIN, Section.SKILL) else max(LEAST_REST, own - REST_STEP)
    high = min(MOST_REST, own + REST_STEP)
    return "" if low <= rest <= high else f"Rest may be {low} to {high} seconds."


def _effort_out(rpe: float | None, planned: float | None) -> str:
    """Never harder than planned: the weeks climb by design."""
    if rpe is None or rpe == planned:
        return ""
    if planned is None:
        return "This exercise has no effort target."
    low = max(LEAST_RPE, planned - RPE_STEP)
    return "" if low <= rpe <= planned and (rpe * 2).is_integer() else f"RPE may be {low:g} to {planned:g}, in halves."


# -- the session and the plan as a whole


def _within_minutes(scene: Scene, wishes: Mapping[str, Wish], limit: float, refused: list[Refusal]) -> dict[str, Wish]:
    """Later slots give way first when the session grows too long."""
    kept = dict(wishes)
    for slot in reversed(list(kept)):
        total = _applied(scene, kept.values())[scene.index].planned.estimated_minutes
        if total <= limit:
            break
        fewer = {key: one for key, one in kept.items() if key != slot}
        if _applied(scene, fewer.values())[scene.index].planned.estimated_minutes < total:
            kept = fewer
            refused.append(Refusal(slot, "minutes", f"The session would take longer than {limit:g} minutes."))
    return kept


def _keeping_hard_rules(scene: Scene, wishes: Mapping[str, Wish], refused: list[Refusal]) -> dict[str, Wish]:
    """All of them where the plan stays as sound as it was; else one after another, leaving out what breaks it."""
    before = scene.hard_failures(scene.sessions)
    if not wishes or scene.hard_failures(_applied(scene, wishes.values())) <= before:
        return dict(wishes)
    kept: dict[str, Wish] = {}
    for slot, wish in wishes.items():
        broken = scene.hard_failures(_applied(scene, [*kept.values(), wish])) - before
        if broken:
            refused.append(Refusal(slot, sorted(broken)[0], "It would break a hard rule of the plan."))
        else:
            kept[slot] = wish
    return kept


def _applied(scene: Scene, wishes: Iterable[Wish]) -> tuple[Standing, ...]:
    by_slot = {wish.slot: wish for wish in wishes}
    moves = {slot: wish for slot, wish in by_slot.items() if _moves(scene, wish)}
    result = []
    for one in scene.sessions:
        slots = tuple(_slot_after(scene, one, slot, by_slot, moves) for slot in one.slots)
        result.append(one if slots == one.slots else fitted(replace(one, slots=slots), scene.basis.config))
    return tuple(result)


def _moves(scene: Scene, wish: Wish) -> bool:
    return wish.movement not in (None, scene.offers[wish.slot].slot.planned.movement)


def _slot_after(
    scene: Scene, session: Standing, slot: Slot, wishes: Mapping[str, Wish], moves: Mapping[str, Wish]
) -> Slot:
    mine = session.id == scene.session.id
    wish = wishes.get(slot.id) if mine else None
    moved = wish if wish and slot.id in moves else None
    if not mine and not session.fixed and not session.dropped:
        moved = next((one for key, one in moves.items() if _same_choice(slot, scene.offers[key].slot)), None)
    planned = slot.planned
    if moved is not None and moved.movement is not None:
        movements, basis = scene.basis.movements, scene.basis
        planned = swapped(planned, movements[planned.movement], movements[moved.movement], basis.athlete, basis.history)
    if wish is not None:
        planned = replace(planned, **_prescribed(wish))
    return slot if planned == slot.planned else replace(slot, planned=planned)


def _prescribed(wish: Wish) -> dict[str, Any]:
    names = ("sets", "reps_min", "reps_max", "rest_seconds", "target_rpe")
    told = {name: getattr(wish, name) for name in names if getattr(wish, name) is not None}
    if wish.target_rpe is not None:
        told["target_rir"] = MAX_RPE - wish.target_rpe
    return told


def _paired(
    scene: Scene, after: tuple[Standing, ...], pairs: Sequence[tuple[str, str]], refused: list[Refusal]
) -> tuple[Standing, ...]:
    """Assistance in pairs that do not compete; the partner moves up to stand beside the first."""
    session = after[scene.index]
    slots = list(session.slots)
    free = [one for one in GROUPS if one not in {slot.planned.superset_group for slot in slots}]
    for first, second in pairs:
        told = {slot.id: slot for slot in slots}
        words = _unpaired(told.get(first), told.get(second), scene.basis.movements, left=len(free))
        if words:
            refused.append(Refusal(f"{first[:40]}", "superset", words))
            continue
        group = free.pop(0)
        ends = [replace(told[one], planned=replace(told[one].planned, superset_group=group)) for one in (first, second)]
        slots = [slot for slot in slots if slot.id != second]
        at = next(number for number, slot in enumerate(slots) if slot.id == first)
        slots[at : at + 1] = ends
    if tuple(slots) == session.slots:
        return after
    paired = fitted(replace(session, slots=_counted(slots)), scene.basis.config)
    return (*after[: scene.index], paired, *after[scene.index + 1 :])


def _unpaired(first: Slot | None, second: Slot | None, movements: Mapping[str, MovementRecord], *, left: int) -> str:
    if first is None or second is None or first.id == second.id or not left:
        return "A superset is two different slots of this session."
    if any(one.locked or one.planned.section is not Section.ACCESSORY for one in (first, second)):
        return "Only open accessories are paired."
    if first.planned.superset_group or second.planned.superset_group:
        return "One of them is paired already."
    if compete(movements[first.planned.movement], movements[second.planned.movement]):
        return "The two tire the same muscle."
    return ""


def _counted(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    numbers: dict[Section, int] = {}
    result = []
    for slot in slots:
        section = slot.planned.section
        numbers[section] = numbers.get(section, 0) + 1
        result.append(replace(slot, planned=replace(slot.planned, order=numbers[section])))
    return tuple(result)
