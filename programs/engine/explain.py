"""Why a movement stands where it stands, and what today is about. See docs/algorithms/explain.md."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gainsly.lib.vocabulary import ChosenBy
from movements.catalogue.records import MovementRecord
from movements.catalogue.substitution import WEIGHTS, Origin, Weights, likeness
from programs.engine.heuristics import Heuristics
from programs.engine.scoring import DIMENSIONS, STAPLE, Floats, Shelf
from programs.engine.types import Choice, Evidence, RunnerUp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHOWN_DIGITS = 4
LESS = {
    "pattern_alignment": "It moves less the way this place asks for",
    "muscle_coverage": "It trains less of what the week still lacks",
    "discipline_preference": "It is less your kind of training",
    "compound_bonus": "It works fewer joints at once",
    "specialization": "Less speaks for just this movement",
    "goal_alignment": "Its equipment serves your goals less",
    "time_utilization": "It takes longer to set up and to do",
}
RULES = ("equipment", "injuries", "skill", "hard_no")
PARTS = tuple(one.name for one in fields(Weights))
NAMED, NAMED_WEIGHT = "named", 2 / 3  # who is named by the library comes before who is merely alike
ORIGIN_WORTH = {Origin.GRAPH: 1.0, Origin.VECTOR: 0.5, Origin.ATTRIBUTES: 0.0}
PART_WORDS = {
    NAMED: "the library does not name it as a stand-in, or less surely",
    "pattern": "its pattern is further away",
    "primary": "it shares fewer of the leading muscles",
    "secondary": "it shares fewer of the helping muscles",
    "equipment": "it is loaded with another kind of equipment",
    "skill": "it is further away in skill",
    "unilateral": "one works a side at a time, the other both",
}
STAND_INS_SHOWN = 3
LIKENESS = Evidence(
    "A stand-in keeps the pattern first and the muscles next; how much each counts is convention.", "C", "convention"
)
DIMENSION_SOURCES = {
    "pattern_alignment": "caps.main_uses_per_week",
    "muscle_coverage": "caps.floor_per_major",
    "goal_alignment": "scoring.implements",
}


def choice_for(
    key: str,
    shelf: Shelf,
    *,
    table: Floats,
    total: Floats,
    weights: Floats,
    order: NDArray[np.intp],
    step: int,
    rules: Sequence[str],
    config: Heuristics,
) -> Choice:
    """The explanation of the first of ``order`` (rows from best to worst): scores, weights, and who lost why."""
    row = int(order[0])
    losers = [int(one) for one in order[1 : config.scoring.runners_up + 1]]
    return Choice(
        key=key,
        movement=shelf.movements[row].slug,
        scores={name: round(float(table[row, i]), SHOWN_DIGITS) for i, name in enumerate(DIMENSIONS)},
        weights={name: round(float(weights[i]), SHOWN_DIGITS) for i, name in enumerate(DIMENSIONS)},
        total=round(float(total[row]), SHOWN_DIGITS),
        relaxation_step=step,
        runners_up=tuple(
            RunnerUp(
                shelf.movements[loser].slug,
                round(float(total[loser]), SHOWN_DIGITS),
                _lost_because(table[row] * weights, table[loser] * weights, table[row], table[loser])
                + _rarer(shelf.movements[row], shelf.movements[loser]),
            )
            for loser in losers
        ),
        rules=(*rules, *RULES),
        evidence=_evidence(table[row] * weights, config),
    )


WEEK_REASONS = {
    "volume": "the muscles it trains already have more of their sets this week",
    "repeats": "it already stands in this week",
    "kinds": "work of its kind stands in this session or one near it",
    "cns": "the day has little room left for demanding work",
}


def in_week(runner: RunnerUp, choice: Choice, mine: Mapping[str, float], week: Mapping[str, float]) -> RunnerUp:
    """A runner-up with the parts of its value and of the chosen one's; who scores higher alone lost to the week."""
    told = {**week, "value": round(sum(week.values()), SHOWN_DIGITS), "chosen": round(sum(mine.values()), SHOWN_DIGITS)}
    if runner.total <= choice.total:
        return replace(runner, week=told)
    worst = max(WEEK_REASONS, key=lambda name: round(mine[name] - week[name], SHOWN_DIGITS))
    return replace(runner, week=told, lost_because=f"It scores higher alone, but {WEEK_REASONS[worst]}.")


def stand_in_for(
    key: str,
    source: MovementRecord,
    ranked: Sequence[MovementRecord],
    *,
    by: ChosenBy,
    reason: str,
    origins: Mapping[str, Origin] | None = None,
) -> Choice:
    """The explanation of the first of ``ranked`` in another's place: how alike it is, in six parts.

    The others of ``ranked`` would have come next. With ``origins`` (by slug) it counts first where each was found, as
    in a day's adaptation: a stand-in that the library names stands before one that is merely alike.
    """
    weights = _stand_in_weights(named=origins is not None)
    parts = [_alike(source, one, origins) for one in ranked]
    totals = [_weighed(one, weights) for one in parts]
    return Choice(
        key=key,
        movement=ranked[0].slug,
        scores=parts[0],
        weights=weights,
        total=totals[0],
        relaxation_step=0,
        runners_up=tuple(
            RunnerUp(ranked[at].slug, totals[at], _less_alike(parts[0], parts[at], weights))
            for at in range(1, min(len(ranked), 1 + STAND_INS_SHOWN))
        ),
        rules=() if by is ChosenBy.ATHLETE else RULES,
        evidence=(LIKENESS,),
        chosen_by=by,
        reason=reason,
    )


def _stand_in_weights(*, named: bool) -> dict[str, float]:
    share = 1 - NAMED_WEIGHT if named else 1.0
    weights = {name: round(WEIGHTS.of(name) * share, SHOWN_DIGITS) for name in PARTS}
    return {NAMED: round(NAMED_WEIGHT, SHOWN_DIGITS), **weights} if named else weights


def _alike(source: MovementRecord, other: MovementRecord, origins: Mapping[str, Origin] | None) -> dict[str, float]:
    parts = {name: round(value, SHOWN_DIGITS) for name, value in likeness(source, other).items()}
    if origins is None:
        return parts
    return {NAMED: ORIGIN_WORTH[origins.get(other.slug, Origin.ATTRIBUTES)], **parts}


def _weighed(parts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return round(sum(weights[name] * parts[name] for name in weights), SHOWN_DIGITS)


def _less_alike(mine: Mapping[str, float], theirs: Mapping[str, float], weights: Mapping[str, float]) -> str:
    gaps = {name: round(weights[name] * (mine[name] - theirs[name]), SHOWN_DIGITS) for name in weights}
    worst = max(gaps, key=lambda name: gaps[name])
    if gaps[worst] <= 0:
        return "It is just as alike; what coaches name first comes first, then a fixed order."
    return f"Less alike: {PART_WORDS[worst]}."


def _lost_because(winner: Floats, loser: Floats, winner_raw: Floats, loser_raw: Floats) -> str:
    """The dimension that cost the loser most, in words."""
    gaps = np.round(winner - loser, SHOWN_DIGITS)
    worst = int(np.argmax(gaps))
    if gaps[worst] <= 0:
        return "It scores the same; ties are broken by a fixed order."
    return f"{LESS[DIMENSIONS[worst]]}: {loser_raw[worst]:.2f} against {winner_raw[worst]:.2f}."


def _rarer(winner: MovementRecord, loser: MovementRecord) -> str:
    """Said of a variation that lost to a staple."""
    if STAPLE in winner.tags and STAPLE not in loser.tags:
        return f" It is a rarer variation; {winner.name} is what most coaches name first."
    return ""


def _evidence(parts: Floats, config: Heuristics) -> tuple[Evidence, ...]:
    """What stands behind the dimension that decided most."""
    order = np.argsort(-parts, kind="stable")
    path = next((DIMENSION_SOURCES[DIMENSIONS[i]] for i in order if DIMENSIONS[i] in DIMENSION_SOURCES), "")
    source = config.sources.get(path)
    return (Evidence(source.because, source.grade, source.source),) if source else ()
