"""What a session needs: movements in each section, minutes of finisher. See docs/algorithms/slots.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Goal
from programs.engine.goals import GoalMix
from programs.engine.heuristics import Heuristics, Span
from programs.engine.interference import keeps_power_apart
from programs.engine.splits import LOWER, Day, Kind

SHORT_MINUTES = 40  # up to here warm-up and cool-down take two movements each
LONG_MINUTES = 75  # from here the middle may hold a fifth main
MAIN_SHARE = 0.66  # of the middle of a lifting session
ENDURANCE_MAIN_SHARE = 0.75
LEAST_FINISHER = 3  # minutes
NORMAL_REST = 0.25  # where in its range a rest starts before the session is fitted
SECONDS = 60
REST_STEP = 15
MIDDLE_MAINS: Span = (2, 5)
ENDURANCE_MAINS: Span = (6, 10)
ACCESSORIES: Span = (2, 4)
POWER_TWO_FROM = 6  # points of power from which its block holds two lifts
POWER_TWO_MINUTES = 35
LEAST_POWER_SECONDS = 600  # a shorter middle has no room beside two mains
NO_POWER_SECONDS = 420  # not even for who asks for power most
NOVICE_MAINS = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """The movement counts of one day; ``finisher_seconds`` is 0 where accessories stand instead."""

    warmup: int
    cooldown: int
    skill: int
    mains: int
    accessories: int
    finisher_seconds: int
    middle_seconds: int


def normal_rest(span: Span) -> int:
    """The rest a set starts with, in seconds."""
    return int(round_half_up((span[0] + NORMAL_REST * (span[1] - span[0])) / REST_STEP) * REST_STEP)


def middle_seconds(minutes: int, prep: int, config: Heuristics) -> int:
    """What is left for the middle beside warm-up and cool-down with ``prep`` movements in all."""
    return minutes * SECONDS - 2 * config.time.section_base - prep * config.time.per_movement


def shapes_of(week: Sequence[Day], minutes: int, mix: GoalMix, novice: bool, config: Heuristics) -> tuple[Shape, ...]:
    """The shape of every day of the microcycle."""
    finishers = _finishers(week, minutes, mix, config)
    shapes = [_shape(day, minutes, finishers[day.ordinal], mix, novice=novice, config=config) for day in week]
    if keeps_power_apart(mix, config) and any(shape.skill and not shape.finisher_seconds for shape in shapes):
        shapes = [replace(shape, skill=0) if shape.finisher_seconds else shape for shape in shapes]
    return tuple(shapes)


def _prep(day: Day, minutes: int) -> int:
    """Warm-up and cool-down movements each."""
    if minutes <= SHORT_MINUTES:
        return 2
    return 3 if day.lifted or day.kind is Kind.MOBILITY else 4


def _shape(day: Day, minutes: int, finisher: int, mix: GoalMix, *, novice: bool, config: Heuristics) -> Shape:
    prep = _prep(day, minutes)
    middle = middle_seconds(minutes, 2 * prep, config)
    if not day.lifted:
        return Shape(prep, prep, 0, 0, 0, 0, middle)
    skill = _skill(middle, mix, config)
    free = middle - finisher - skill * _power_seconds(config)
    main = _set_seconds(sum(mix.main_reps) // 2, config) * 3 + 2 * normal_rest(mix.main_rest) + config.time.transition
    if not mix.lifted:
        low = ENDURANCE_MAINS[0] if free >= ENDURANCE_MAINS[0] * main * 0.6 else 2
        mains = _clamp(round_half_up(ENDURANCE_MAIN_SHARE * free / main), (low, 8))
        return Shape(prep, prep, skill, mains, 0, max(finisher, LEAST_FINISHER * SECONDS), middle)
    most = _most_mains(day, minutes, novice)
    share = 1.0 if finisher else MAIN_SHARE
    mains = _clamp(round_half_up(share * free / (main * 1.1)), (2, most))
    if finisher:
        return Shape(prep, prep, skill, mains, 0, finisher, middle)
    accessory = _set_seconds(12, config) * 3 + 2 * normal_rest(mix.accessory_rest) + config.time.transition
    room = config.caps.movements - 2 * prep - skill - mains
    accessories = _clamp(round_half_up((free - mains * main) / accessory), (2, min(ACCESSORIES[1], room)))
    return Shape(prep, prep, skill, mains, accessories, 0, middle)


def _most_mains(day: Day, minutes: int, novice: bool) -> int:
    """A newcomer's leg day leads with two lifts: a third would overdo the hips, which all three train."""
    if novice:
        return 2 if set(day.patterns) <= set(LOWER) else NOVICE_MAINS
    return MIDDLE_MAINS[1] if minutes >= LONG_MINUTES else MIDDLE_MAINS[1] - 1


def _clamp(value: float, span: Span) -> int:
    return int(max(span[0], min(span[1], value)))


def _skill(middle: int, mix: GoalMix, config: Heuristics) -> int:
    if mix.power < config.power.weight_from or not mix.lifted:
        return 0
    if middle < LEAST_POWER_SECONDS and (mix.power < POWER_TWO_FROM or middle < NO_POWER_SECONDS):
        return 0
    return 2 if mix.power >= POWER_TWO_FROM and middle >= POWER_TWO_MINUTES * SECONDS else 1


def _power_seconds(config: Heuristics) -> int:
    sets = config.power.sets[0]
    return sets * config.time.set_seconds[1][1] + (sets - 1) * config.power.rest[0] + config.time.transition


def _set_seconds(reps: int, config: Heuristics) -> int:
    return next(seconds for most, seconds in config.time.set_seconds if reps <= most)


def _finishers(week: Sequence[Day], minutes: int, mix: GoalMix, config: Heuristics) -> list[int]:
    """Seconds of conditioning or mobility that end each lifting day, so that the week keeps the goals' shares.

    What cardio and mobility days do not cover is owed by the lifting days; it goes to as few of them as ten to
    twenty minutes each allow, and leaves one day for accessories where it can.
    """
    lifting = [day.ordinal for day in week if day.lifted]
    result = [0] * len(week)
    if not lifting:
        return result
    middle = middle_seconds(minutes, 6 if minutes > SHORT_MINUTES else 4, config)
    cardio_days = sum(day.kind in (Kind.CARDIO, Kind.CONDITIONING) for day in week)
    owed = mix.conditioning * middle * len(week) - cardio_days * middle
    if not mix.lifted:
        return [int(middle * (1 - ENDURANCE_MAIN_SHARE)) if day.lifted else 0 for day in week]
    low, high = (bound * SECONDS for bound in config.time.finisher_minutes)
    least = min(low, int(middle * 0.3))
    if owed < least * 0.75:
        return result
    most = max(high, int(middle * 0.45))
    usual = most if minutes >= LONG_MINUTES else min(high, most)  # long sessions: few long ones, the others all lifted
    days = max(1, min(len(lifting), int(round_half_up(owed / max(least, usual)))))
    if days == len(lifting) > MIDDLE_MAINS[0] and owed / (days - 1) <= most and mix.weight(Goal.FAT_LOSS) < len(week):
        days -= 1
    if keeps_power_apart(mix, config) and len(lifting) > 2:  # noqa: PLR2004 - two days stay for power alone
        days = min(days, len(lifting) - 2)
    each = int(max(least, min(most, owed / days)))
    for ordinal in _finisher_days(week, lifting, days):
        result[ordinal] = each
    return result


def _finisher_days(week: Sequence[Day], lifting: Sequence[int], count: int) -> list[int]:
    """``count`` lifting days spread evenly, the ones without heavy leg work first: hard legs want a day apart."""
    upper = [ordinal for ordinal in lifting if not set(week[ordinal].patterns) & set(LOWER)]
    lower = [ordinal for ordinal in lifting if ordinal not in upper]
    first = _spread(upper, min(count, len(upper)))
    return first + _spread(lower, count - len(first))


def _spread(days: Sequence[int], count: int) -> list[int]:
    return [days[int(index * len(days) / count)] for index in range(count)]
