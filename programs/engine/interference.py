"""Where goals pull on the same recovery: warnings with a severity and a reason. See docs/algorithms/interference.md."""

from __future__ import annotations

from gainsly.lib.vocabulary import label_of
from programs.engine.goals import GoalMix
from programs.engine.heuristics import Heuristics
from programs.engine.types import Warning

FULL_WEIGHT = 5  # points of the smaller goal at which the whole severity applies


def warnings_for(mix: GoalMix, config: Heuristics) -> list[Warning]:
    """One warning per pair of goals that interferes; its severity falls with the smaller goal's weight."""
    warnings = []
    for pair in config.interference.pairs:
        first, second = pair.goals
        smaller = min(mix.weight(first), mix.weight(second))
        if not smaller:
            continue
        severity = round(pair.severity * min(1.0, smaller / FULL_WEIGHT), 2)
        advice = " Power work therefore comes first, and hard endurance on other days." if pair.constraint else ""
        message = f"{label_of(first)} and {label_of(second).lower()}: {pair.reason}.{advice}"
        warnings.append(Warning("goal_interference", message, severity))
    return warnings


def keeps_power_apart(mix: GoalMix, config: Heuristics) -> bool:
    """Whether endurance may not share a session with power work."""
    return any(pair.constraint and all(mix.weight(goal) for goal in pair.goals) for pair in config.interference.pairs)
