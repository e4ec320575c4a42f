"""Blocks, phases and deloads over the program. See docs/algorithms/periodization.md, whose table a test pins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gainsly.lib.units import round_half_up
from gainsly.lib.vocabulary import Phase
from programs.engine.calendars import DAYS_PER_WEEK, Window
from programs.engine.heuristics import Heuristics


@dataclass(frozen=True, slots=True)
class Week:
    """What one microcycle is for. ``step`` counts the loading microcycles of the block from 0, of ``steps`` in all."""

    window: Window
    block: int
    phase: Phase
    step: int  # a deload has the step of the week before it
    steps: int
    heavy_steps: int  # the last so many steps are intensification
    trained_weeks: float  # loading weeks before this one, from the program's first day: the clock of growth

    @property
    def is_deload(self) -> bool:
        return self.phase is Phase.DELOAD


def deloads_of(windows: Sequence[Window], every: int, first_day: int) -> frozenset[int]:
    """Sequence numbers of the deloads: every ``every``-th microcycle.

    One that would begin in the first three weeks waits for the first microcycle after them, and the count goes on
    from there.
    """
    numbers: list[int] = []
    due = every
    for window in windows:
        if window.sequence >= due and (window.start - windows[0].start).days >= first_day:
            numbers.append(window.sequence)
            due = window.sequence + every
    return frozenset(numbers)


def blocks_of(windows: Sequence[Window], every: int, config: Heuristics) -> list[list[Window]]:
    """Blocks end with a deload and last four weeks or more; a shorter tail joins the block before it."""
    blocks: list[list[Window]] = [[]]
    deloads = deloads_of(windows, every, config.deload.first_day)
    for window in windows:
        blocks[-1].append(window)
        long_enough = sum(one.length_days for one in blocks[-1]) >= config.block.shortest_days
        if long_enough and window.sequence in deloads:
            blocks.append([])
    if len(blocks) > 1 and sum(one.length_days for one in blocks[-1]) < config.block.shortest_days:
        tail = blocks.pop()
        blocks[-1].extend(tail)
    return blocks


def weeks_of(windows: Sequence[Window], every: int, config: Heuristics) -> tuple[Week, ...]:
    """Every microcycle with its block and phase; the last third of a block's loading weeks intensifies."""
    weeks: list[Week] = []
    trained = 0.0
    eased = deloads_of(windows, every, config.deload.first_day)
    for number, block in enumerate(blocks_of(windows, every, config)):
        deloads = [window.sequence in eased for window in block]
        steps = deloads.count(False)
        heavy = max(1, int(round_half_up(steps * config.block.intensification_share)))
        step = 0
        for window, deload in zip(block, deloads, strict=True):
            phase = Phase.DELOAD if deload else Phase.INTENSIFICATION if step >= steps - heavy else Phase.ACCUMULATION
            at = max(0, step - 1) if deload else step
            weeks.append(Week(window, number, phase, at, steps, heavy, trained))
            if not deload:
                step += 1
                trained += window.length_days / DAYS_PER_WEEK
    return tuple(weeks)
