"""The five progression styles over a block, and as state machines over the log. See docs/algorithms/progression.md."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import ProgressionStyle
from programs.engine.calendars import DAYS_PER_WEEK
from programs.engine.goals import GoalMix
from programs.engine.heuristics import Heuristics, Span
from programs.engine.periodization import Week

PAUSES = 3  # weeks at one load with a pause of 1, 2 and 3 seconds; then one without it and a step up
WAVE = 3  # steps of one wave


@dataclass(frozen=True, slots=True)
class Effort:
    """Repetitions at the lower end of the range, repetitions in reserve, and a tempo where the style asks for one."""

    reps: int
    rir: float
    tempo: str | None = None


def accumulation_reps(mix: GoalMix) -> Span:
    """The part of the goal's range that is trained before the heavy weeks: all but its lowest third."""
    low, high = mix.main_reps
    return low + (high - low) // 3, high


def effort_of_main(style: ProgressionStyle, week: Week, mix: GoalMix, config: Heuristics) -> Effort:
    """What a main lift asks for in a week: the style shapes repetitions, and reserve falls over the block."""
    rir = reserve(week, mix.rir)
    if week.is_deload:
        # The repetitions of the week before with more in reserve: the load falls by 6 to 8 %, no more.
        rir += config.deload.rir_add
    if week.step >= week.steps - week.heavy_steps:
        return Effort(_heavy_reps(style, week, mix), rir)
    reps = _building_reps(style, week.step, accumulation_reps(mix))
    return Effort(reps, rir, _tempo(style, week.step))


def reserve(week: Week, rir: Span) -> float:
    """Repetitions in reserve: from the upper end of the goal's range to its lower end over the block, in halves."""
    if week.steps <= 1:
        return float(rir[1])
    return round_half_up(2 * (rir[1] - (rir[1] - rir[0]) * week.step / (week.steps - 1))) / 2


def _building_reps(style: ProgressionStyle, step: int, span: Span) -> int:
    low, high = span
    middle = (low + high) // 2
    if style in (ProgressionStyle.DOUBLE, ProgressionStyle.BUILD_TO_DROP):
        return low + step % (high - low + 1)
    if style is ProgressionStyle.WAVE:
        return (high, middle, low)[step % WAVE]
    return middle


def _heavy_reps(style: ProgressionStyle, week: Week, mix: GoalMix) -> int:
    low, high = mix.heavy_reps
    into = week.step - (week.steps - week.heavy_steps)
    if style is ProgressionStyle.DOUBLE:
        return min(high, low + into)
    if style in (ProgressionStyle.BUILD_TO_DROP, ProgressionStyle.WAVE):
        return low
    return max(low, high - into)  # one repetition fewer a week, so that the load rises


def _tempo(style: ProgressionStyle, step: int) -> str | None:
    """Eccentric, pause, concentric, top: ``3210`` pauses two seconds."""
    into = step % (PAUSES + 1)
    if style is not ProgressionStyle.PAUSED or into == PAUSES:
        return None
    return f"3{into + 1}10"


def week_of_load(style: ProgressionStyle, week: Week) -> Week:
    """The week whose load is lifted: paused weeks keep the load of the first of them while the pause grows."""
    into = week.step % (PAUSES + 1)
    heavy = week.step >= week.steps - week.heavy_steps
    if style is not ProgressionStyle.PAUSED or week.is_deload or heavy or not 0 < into < PAUSES:
        return week
    earlier = into * week.window.length_days / DAYS_PER_WEEK
    return replace(week, step=week.step - into, trained_weeks=week.trained_weeks - earlier)


def pause_of(tempo: str | None) -> int:
    """Seconds of the pause in a tempo such as ``3210``; 0 without one."""
    return int(tempo[1]) if tempo and tempo.isdigit() and len(tempo) > 1 else 0


def growth(week: Week, experience_rate: float) -> float:
    """The planned 1RM beside today's, after the loading weeks so far (a deload adds nothing)."""
    return float((1 + experience_rate) ** week.trained_weeks)
