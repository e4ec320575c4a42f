"""The weeks ahead, written again from what really happened. See docs/algorithms/replanning.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Phase, Section
from programs.engine.deload import deload_sets
from programs.engine.heuristics import Heuristics
from programs.engine.level import Lifter
from programs.engine.nextload import AFTER_BREAK, LIFTED, eased_load, loaded, step_loads
from programs.engine.reselect import refit_weekdays, reselect
from programs.engine.standing import (
    Basis,
    Change,
    ChangeKind,
    Draft,
    Logged,
    News,
    Reason,
    Standing,
    differences,
    eased_in,
    fitted,
)
from programs.engine.types import Choice, PlannedExercise

BREAK_DAYS, BREAK_MISSES = 7, 2
BREAK_SETS = 0.75  # a quarter fewer sets in the first session after a break (evidence: layoff return, grade C)
DELOAD_GAP_DAYS = 21
MAX_RPE = 10.0


@dataclass(frozen=True, slots=True)
class Replan:
    """The sessions as they would be, what changed, what it costs in words, and what is now answered for good."""

    sessions: tuple[Standing, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    settled: frozenset[str]
    choices: tuple[Choice, ...] = ()  # of what stands in another's place


def replan(sessions: Sequence[Standing], news: News, basis: Basis) -> Replan:
    """What changes ahead: a pure function of the plan and the news.

    No news changes nothing, and applying the result twice equals once. Fixed sessions never change. What was missed is
    never added elsewhere: one miss goes on as planned, a break eases the first session back.
    """
    draft = Draft(list(sessions), settled=set(news.settled))
    refit_weekdays(draft, news.lost_weekdays, news.free_weekdays, basis.movements)
    reselect(draft, basis)
    if news.wants_deload:
        deload_early(draft, basis.config)
    eased, is_new = _after_break(draft, news)
    lifter = Lifter(basis.athlete, basis.request.progression, basis.movements, basis.config, eased)
    step_loads(draft, _without_eased(news), lifter)
    if is_new:
        _ease_in(draft, eased, news, lifter)
    return Replan(
        tuple(draft.sessions),
        differences(sessions, draft),
        (*_missed_words(sessions, news), *draft.notes),
        frozenset(draft.settled),
        tuple(draft.choices.values()),
    )


def _missed(sessions: Sequence[Standing], news: News) -> list[Standing]:
    """The sessions since the last training day whose day is over and that were not trained."""
    last = max(news.trained_on, default=dt.date.min)
    return [one for one in sessions if one.fixed and last < one.date < news.today and one.date not in news.trained_on]


def _after_break(draft: Draft, news: News) -> tuple[frozenset[str], bool]:
    """The session that eases back after a break, and whether this break is met for the first time."""
    missed = _missed(draft.sessions, news)
    ahead = sorted((one.date, one.id) for _, one in draft.open())
    if not missed or not ahead:
        return frozenset(), False
    last = max((day for day in news.trained_on if day <= news.today), default=missed[0].date)
    key = f"break:{last.isoformat()}:"
    # An eased session that was missed as well answers nothing: the break goes on, and the next one eases back.
    known = {one.removeprefix(key) for one in news.settled if one.startswith(key)} - {one.id for one in missed}
    if known:
        return frozenset(known), False
    if len(missed) < BREAK_MISSES and (ahead[0][0] - last).days < BREAK_DAYS:
        return frozenset(), False
    draft.settled.add(key + ahead[0][1])
    return frozenset({ahead[0][1]}), True


def _without_eased(news: News) -> dict[str, tuple[Logged, ...]]:
    """The log with eased first sessions marked like deloads: they were light on purpose and are no base."""
    eased = eased_in(news.settled)
    return {
        slug: tuple(
            replace(one, exposure=replace(one.exposure, is_deload=one.exposure.is_deload or one.session in eased))
            for one in log
        )
        for slug, log in news.logged.items()
    }


def _ease_in(draft: Draft, eased: frozenset[str], news: News, lifter: Lifter) -> None:
    """Fewer sets of every lift, and less load where the log has not set it already."""
    reason = Reason(ChangeKind.SETS, AFTER_BREAK.rule, AFTER_BREAK.words)
    for index, session in draft.open():
        if session.id not in eased or session.is_deload:
            continue
        for number, slot in enumerate(session.slots):
            if slot.planned.section in LIFTED:
                draft.put_slot(index, number, _eased(slot.planned, news, lifter), reason)
        draft.put(index, fitted(draft.sessions[index], lifter.config))


def _eased(planned: PlannedExercise, news: News, lifter: Lifter) -> PlannedExercise:
    fewer = replace(planned, sets=max(1, int(round_half_up(planned.sets * BREAK_SETS))))
    movement = lifter.movements.get(planned.movement)
    if movement is None or planned.target_load_kg is None or planned.movement in news.logged:
        return fewer
    guess = planned.load_is_guess
    load = eased_load(planned.target_load_kg, movement, lifter)
    return replace(loaded(fewer, load, movement, lifter.athlete), load_is_guess=guess)


def _missed_words(sessions: Sequence[Standing], news: News) -> list[str]:
    missed = _missed(sessions, news)
    sets = sum(slot.planned.sets for one in missed for slot in one.slots if slot.planned.section in LIFTED)
    if not missed:
        return []
    names = ", ".join(one.planned.title or str(one.planned.day_number) for one in missed[:3])
    more = f" and {len(missed) - 3} more" if len(missed) > 3 else ""  # noqa: PLR2004 - three names say enough
    return [f"Not trained: {names}{more}. The {sets} working sets are let go; nothing is doubled up to catch up."]


def deload_early(draft: Draft, config: Heuristics) -> None:
    """The next whole microcycle becomes the easy one and the one promised next trains instead.

    Nothing happens within three weeks of another deload, or where an easy week comes first anyway.
    """
    ahead = [one for one in draft.sessions if not one.fixed and not one.dropped]
    whole = sorted({one.sequence for one in ahead} - {one.sequence for one in draft.sessions if one.fixed})
    if not whole:
        draft.notes.append("No whole week lies ahead that could become the easy one.")
        return
    target = whole[0]
    starts = min(one.date for one in draft.sessions if one.sequence == target)
    near = [one for one in draft.sessions if one.is_deload and abs((one.date - starts).days) < DELOAD_GAP_DAYS]
    if any(one.date <= starts or one.sequence == target for one in near):
        draft.notes.append("An easy week is less than three weeks away from the last one; the plan keeps its own.")
        return
    promised = next((one.sequence for one in draft.sessions if one.is_deload and one.sequence > target), None)
    if promised is not None and promised in whole:
        _load_again(draft, promised, config)
    _lighten(draft, target, config)


def _lighten(draft: Draft, sequence: int, config: Heuristics) -> None:
    """Half the sets with two more repetitions in reserve, the movements and nearly the loads kept."""
    reason = Reason(
        ChangeKind.DELOAD, "early_deload", "Your easy week comes now and counts as the one that was planned."
    )
    for index, session in draft.open():
        if session.sequence != sequence:
            continue
        numbers = [number for number, slot in enumerate(session.slots) if slot.planned.section in LIFTED]
        sets = deload_sets([session.slots[number].planned.sets for number in numbers], config)
        draft.reasons[session.id] = reason
        draft.put(index, replace(session, is_deload=True, phase=Phase.DELOAD))
        for number, count in zip(numbers, sets, strict=True):
            planned = session.slots[number].planned
            draft.put_slot(index, number, _easier(planned, count, config.deload.rir_add), reason)
        draft.put(index, fitted(draft.sessions[index], config))


def _easier(planned: PlannedExercise, sets: int, rir_add: float) -> PlannedExercise:
    if planned.target_rir is None:
        return replace(planned, sets=sets)
    rir = min(MAX_RPE, planned.target_rir + rir_add)
    return replace(planned, sets=sets, target_rir=rir, target_rpe=MAX_RPE - rir)


def _load_again(draft: Draft, sequence: int, config: Heuristics) -> None:
    """A promised deload trains like the last loading week before it that has the same days."""
    reason = Reason(ChangeKind.DELOAD, "deload_moved", "The easy week came earlier, so this one trains.")
    loading = [one for one in draft.sessions if one.sequence < sequence and not one.is_deload]
    for index, session in draft.open():
        if session.sequence != sequence:
            continue
        models = [one for one in loading if one.planned.day_number == session.planned.day_number]
        if not models:
            continue
        model = {(slot.planned.section, slot.planned.movement): slot.planned for slot in models[-1].slots}
        draft.reasons[session.id] = reason
        draft.put(index, replace(session, is_deload=False, phase=models[-1].phase))
        for number, slot in enumerate(session.slots):
            like = model.get((slot.planned.section, slot.planned.movement))
            if like is not None and slot.planned.section in (*LIFTED, Section.SKILL):
                draft.put_slot(index, number, replace(like, order=slot.planned.order), reason)
        draft.put(index, fitted(draft.sessions[index], config))
