"""New kit, injury, rule or fewer weekdays: only what they hit is chosen anew. See docs/algorithms/replanning.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gainsly.lib.vocabulary import ChosenBy, Section
from movements.catalogue.records import MovementRecord
from movements.catalogue.substitution import similarity
from programs.engine.constraints import FREE_PATTERNS, Ban, bans_of, serves
from programs.engine.explain import STAND_INS_SHOWN, stand_in_for
from programs.engine.loads import is_loadable
from programs.engine.nextload import LIFTED, loaded
from programs.engine.scoring import STAPLE
from programs.engine.standing import Basis, ChangeKind, Draft, Reason, Slot, Standing, fitted
from programs.engine.substitute import convert_load, usual_load
from programs.engine.types import Athlete, History, PlannedExercise

NEW_RIR = 1.0  # a movement that is new starts a repetition easier
LEAST_ALIKE = 0.45
DIGITS = 6


def reselect(draft: Draft, basis: Basis) -> None:
    """Replace what a rule of today forbids, alike in every session ahead; what nothing replaces goes, and why."""
    chosen: dict[tuple[str, Section], tuple[str, ...]] = {}
    for index, session in draft.open():
        bans = bans_of(basis.athlete, session.date)
        hit = [s for s in session.slots if not s.locked and _against(basis.movements, s.planned.movement, bans)]
        for slot in hit:
            place = Place(draft, index, slot, bans, basis)
            key = (slot.planned.movement, slot.planned.section)
            if key not in chosen or not chosen[key] or not _may(chosen[key][0], place):
                chosen[key] = _ranked(place)
            _replace(place, chosen[key])
        if hit:
            draft.put(index, fitted(draft.sessions[index], basis.config))


@dataclass(frozen=True, slots=True)
class Place:
    """One exercise that has to go, and everything that what comes in its place must fit."""

    draft: Draft
    index: int
    slot: Slot
    bans: Sequence[Ban]
    basis: Basis

    @property
    def movements(self) -> Mapping[str, MovementRecord]:
        return self.basis.movements

    @property
    def session(self) -> Standing:
        return self.draft.sessions[self.index]

    @property
    def source(self) -> MovementRecord:
        return self.movements[self.slot.planned.movement]


def _against(movements: Mapping[str, MovementRecord], slug: str, bans: Sequence[Ban]) -> list[Ban]:
    movement = movements.get(slug)
    return [ban for ban in bans if ban.forbids(movement)] if movement else []


def _may(slug: str, place: Place) -> bool:
    """Whether a stand-in may also stand here: permitted, not there twice, no main pattern on two days in a row."""
    movements, slot = place.movements, place.slot
    if _against(movements, slug, place.bans):
        return False
    if slug in {one.planned.movement for one in place.session.slots if one.id != slot.id}:
        return False
    if slot.planned.section is not Section.MAIN or movements[slug].pattern is place.source.pattern:
        return True
    return movements[slug].pattern not in neighbour_patterns(place.draft.sessions, place.session, movements)


def neighbour_patterns(
    sessions: Sequence[Standing], session: Standing, movements: Mapping[str, MovementRecord]
) -> set[str]:
    """The patterns of the mains on the day before and after."""
    day = dt.timedelta(days=1)
    return {
        movements[slot.planned.movement].pattern
        for one in sessions
        if abs(one.date - session.date) == day and not one.dropped
        for slot in one.slots
        if slot.planned.section is Section.MAIN and slot.planned.movement in movements
    }


def _ranked(place: Place) -> tuple[str, ...]:
    """The most alike movements that keep each hard rule; ties go to staples, then by slug. Empty where none is near."""
    source, section = place.source, place.slot.planned.section
    scored = sorted(
        (-round(similarity(source, one), DIGITS), STAPLE not in one.tags, one.slug)
        for one in place.movements.values()
        if one.metric is source.metric
        and (serves(one, section) if section is Section.MAIN else section in one.sections)
        and _may(one.slug, place)
    )
    # A warm-up or a stretch only has to be there; a lift has to train what the other trained.
    least = LEAST_ALIKE if section in LIFTED and source.pattern not in FREE_PATTERNS else 0.0
    return tuple(slug for score, _rarer, slug in scored[: 1 + STAND_INS_SHOWN] if -score >= least)


def _replace(place: Place, ranked: Sequence[str]) -> None:
    draft, slot, source, session = place.draft, place.slot, place.source, place.session
    if not ranked:
        words = f"Nothing that trains the same as {source.name} is left under {smallest(place)}."
        draft.reasons[slot.id] = Reason(ChangeKind.REMOVE, "nothing_fits", words)
        left = [one for one in session.slots if one.id != slot.id]
        draft.put(place.index, replace(session, slots=_renumbered(left)))
        if words not in draft.notes:
            draft.notes.append(words)
        return
    target = place.movements[ranked[0]]
    because = _and([ban.words for ban in _against(place.movements, source.slug, place.bans)])
    words = f"{source.name} no longer fits {because}; {target.name} is the closest that does."
    number = next(number for number, one in enumerate(session.slots) if one.id == slot.id)
    choice = stand_in_for(
        stand_in_key(slot.planned, target.slug),
        source,
        [place.movements[one] for one in ranked],
        by=ChosenBy.STAND_IN,
        reason=words,
    )
    draft.choices[choice.key] = choice
    planned = swapped(slot.planned, source, target, place.basis.athlete, place.basis.history)
    planned = replace(planned, choice=choice.key)
    draft.put_slot(place.index, number, planned, Reason(ChangeKind.SWAP, "rule", words))


def stand_in_key(planned: PlannedExercise, slug: str) -> str:
    """The key of a stand-in's explanation, alike wherever the choice that it replaces stood."""
    return f"instead/{planned.choice or f'{planned.section}/{planned.movement}'}/{slug}"


def smallest(place: Place) -> str:
    """A smallest set of the athlete's rules that together leave nothing for a slot, in words."""
    alike = [
        one
        for one in place.movements.values()
        if one.slug == place.source.slug
        or (
            one.metric is place.source.metric
            and place.slot.planned.section in one.sections
            and similarity(place.source, one) >= LEAST_ALIKE
        )
    ]
    core = list(place.bans)
    for ban in reversed(place.bans):
        fewer = [one for one in core if one is not ban]
        if all(any(other.forbids(one) for other in fewer) for one in alike):
            core = fewer
    return _and([ban.words for ban in core]) or "the rules of this day"


def swapped(
    planned: PlannedExercise, source: MovementRecord, target: MovementRecord, athlete: Athlete, history: History
) -> PlannedExercise:
    """The exercise with another movement: the same work, the load converted, a repetition more in reserve."""
    rir = planned.target_rir
    if rir is not None and target.slug not in history.strength:
        rir = min(10.0, rir + NEW_RIR)
    bare = replace(
        planned,
        movement=target.slug,
        choice=None,
        ramp=planned.ramp if is_loadable(target) else (),
        target_rir=rir,
        target_rpe=10.0 - rir if rir is not None else planned.target_rpe,
        target_percent_1rm=planned.target_percent_1rm if is_loadable(target) else None,
        target_load_kg=None,
        load_is_guess=False,
    )
    known = (
        usual_load(target, athlete, history)
        if planned.target_load_kg is None
        else convert_load(planned.target_load_kg, source, target, athlete, history)
    )
    if known is None or planned.section not in LIFTED:
        return replace(bare, ramp=tuple(replace(one, load_kg=None) for one in bare.ramp))
    return replace(loaded(bare, known.load_kg, target, athlete), load_is_guess=known.is_guess)


def _renumbered(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots that stay, counted from one again in each section."""
    numbers: dict[Section, int] = {}
    result = []
    for slot in slots:
        section = slot.planned.section
        numbers[section] = numbers.get(section, 0) + 1
        result.append(replace(slot, planned=replace(slot.planned, order=numbers[section])))
    return tuple(result)


def refit_weekdays(
    draft: Draft, lost: frozenset[int], free: Sequence[int], movements: Mapping[str, MovementRecord]
) -> None:
    """Move sessions off weekdays that are gone to the nearest free one of their week; what finds none is dropped."""
    for index, session in draft.open():
        if session.date.weekday() not in lost:
            continue
        date = _free_day(draft.sessions, session, free, movements)
        if date is None:
            words = f"{session.planned.title} has no free day left in its week; it is left out, not squeezed in."
            draft.reasons[session.id] = Reason(ChangeKind.DROP, "fewer_days", words)
            draft.put(index, replace(session, dropped=True))
            draft.notes.append(words)
            continue
        draft.reasons[session.id] = Reason(ChangeKind.MOVE, "fewer_days", "Its weekday is no longer free for you.")
        draft.put(index, replace(session, planned=replace(session.planned, date=date)))


def _free_day(
    sessions: Sequence[Standing], session: Standing, free: Sequence[int], movements: Mapping[str, MovementRecord]
) -> dt.date | None:
    """The nearest free date in the session's own seven days that puts no main pattern on two days in a row."""
    taken = {one.date for one in sessions if not one.dropped}
    mains = {
        movements[slot.planned.movement].pattern
        for slot in session.slots
        if slot.planned.section is Section.MAIN and slot.planned.movement in movements
    }
    same_week = [one.date for one in sessions if one.sequence == session.sequence]
    first, last = min(same_week), max(same_week)
    others = [one for one in sessions if one.id != session.id]
    for distance in range(1, 7):
        for offset in (distance, -distance):
            date = session.date + dt.timedelta(days=offset)
            if (
                date in taken
                or date.weekday() not in free
                or not first <= date <= max(last, first + dt.timedelta(days=6))
            ):
                continue
            moved = replace(session, planned=replace(session.planned, date=date))
            if not mains & neighbour_patterns(others, moved, movements):
                return date
    return None


def _and(words: Sequence[str]) -> str:
    return " and ".join(words)
