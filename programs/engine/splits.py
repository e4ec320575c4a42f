"""What each training day is: its type, and the patterns that may lead it. See docs/algorithms/splits.md."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gainsly.lib.vocabulary import Goal, MovementPattern, SessionType, SplitTemplate
from programs.engine.calendars import DAYS_PER_WEEK
from programs.engine.constraints import Infeasible, is_novice
from programs.engine.goals import GoalMix
from programs.engine.heuristics import Heuristics
from programs.engine.types import Athlete, Collision, HybridDefinition, Request

P = MovementPattern
UPPER = (P.HORIZONTAL_PUSH, P.HORIZONTAL_PULL, P.VERTICAL_PUSH, P.VERTICAL_PULL)
LOWER = (P.SQUAT, P.HINGE, P.LUNGE)
PATTERNS: dict[SessionType, tuple[MovementPattern, ...]] = {
    SessionType.UPPER: UPPER,
    SessionType.LOWER: LOWER,
    SessionType.PUSH: (P.HORIZONTAL_PUSH, P.VERTICAL_PUSH),
    SessionType.PULL: (P.HORIZONTAL_PULL, P.VERTICAL_PULL),
    SessionType.LEGS: LOWER,
    SessionType.FULL_BODY: LOWER + UPPER,
    SessionType.SKILL: LOWER + UPPER,
    SessionType.CUSTOM: LOWER + UPPER,
}
U, L, F = SessionType.UPPER, SessionType.LOWER, SessionType.FULL_BODY
PUSH, PULL, LEGS = SessionType.PUSH, SessionType.PULL, SessionType.LEGS
TEMPLATES: dict[SplitTemplate, dict[int, tuple[SessionType, ...]]] = {
    SplitTemplate.UPPER_LOWER: {1: (F,), 2: (U, L), 3: (U, L, F), 4: (U, L, U, L), 5: (U, L, F, U, L), 6: (U, L) * 3},
    SplitTemplate.PPL: {
        1: (F,), 2: (PUSH, PULL), 3: (PUSH, PULL, LEGS), 4: (PUSH, PULL, LEGS, F), 5: (PUSH, PULL, LEGS, U, L),
        6: (PUSH, PULL, LEGS) * 2,
    },
    SplitTemplate.FULL_BODY: {count: (F,) * count for count in range(1, 7)},
    SplitTemplate.HYBRID: {1: (F,), 2: (U, L), 3: (U, L, F), 4: (U, L, U, L), 5: (U, L, U, L, F), 6: (U, L) * 3},
}  # fmt: skip
# A push day and a pull day alone would leave the legs out: each takes half of them.
TWO_DAY_PPL = {PUSH: (*PATTERNS[PUSH], P.SQUAT), PULL: (*PATTERNS[PULL], P.HINGE)}
BLOCKS: dict[str, tuple[SessionType, ...]] = {
    "ppl": (PUSH, PULL, LEGS), "upper_lower": (U, L), "full_body": (F,), "cardio": (SessionType.CARDIO,),
    "mobility": (SessionType.MOBILITY,), "rest": (),
}  # fmt: skip
TWO_DAYS = 2
ROUND_UP = 0.35  # a share of days this far above a whole number earns another day
LEAST_LIFTING_DAYS = 2  # a muscle needs two days a week
MATTERS_FROM = 3  # points of lifting goals from which the volume of lifting is judged
ENDURANCE_LIFTING_DAYS = 2  # a week, when nothing else is lifted


class Kind(StrEnum):
    """What stands in the middle of a session."""

    LIFTING = "lifting"
    CARDIO = "cardio"
    CONDITIONING = "conditioning"
    MOBILITY = "mobility"


KIND_OF = {
    SessionType.CARDIO: Kind.CARDIO,
    SessionType.CONDITIONING: Kind.CONDITIONING,
    SessionType.MOBILITY: Kind.MOBILITY,
    SessionType.RECOVERY: Kind.MOBILITY,
}


@dataclass(frozen=True, slots=True)
class Day:
    """One training day of the microcycle, by ordinal from 0."""

    ordinal: int
    session_type: SessionType
    patterns: tuple[MovementPattern, ...]  # that may be mains; the focus first
    letter: str  # A, B, C: which day of its type

    @property
    def kind(self) -> Kind:
        return KIND_OF.get(self.session_type, Kind.LIFTING)

    @property
    def lifted(self) -> bool:
        return self.kind is Kind.LIFTING


def week_of(
    request: Request, athlete: Athlete, mix: GoalMix, days: int, config: Heuristics, *, turn: int = 0
) -> tuple[Day, ...]:
    """The days of a microcycle with ``days`` sessions; the split begins with its day number ``turn``."""
    if request.split is SplitTemplate.HYBRID and request.hybrid is not None:
        types = _defined(request.hybrid, request.days_per_week, days)
    else:
        types = [(one, ()) for one in _planned(request, athlete, mix, days, config)]
    types = [*types[turn:], *types[:turn]]
    lifts = {one for one, _ in types}
    seen: dict[SessionType, int] = {}
    week = []
    for ordinal, (session_type, focus) in enumerate(types):
        seen[session_type] = seen.get(session_type, 0) + 1
        patterns = focus or PATTERNS.get(session_type, ())
        if request.split is SplitTemplate.PPL and LEGS not in lifts and F not in lifts:
            patterns = TWO_DAY_PPL.get(session_type, patterns)
        week.append(Day(ordinal, session_type, patterns, "ABCDEFGHIJKLMN"[seen[session_type] - 1]))
    return tuple(week)


def _defined(
    hybrid: HybridDefinition, per_week: int, days: int
) -> list[tuple[SessionType, tuple[MovementPattern, ...]]]:
    """The athlete's own days or blocks, in order, repeated over microcycles longer than a week."""
    if hybrid.days:
        own = [(one.session_type, one.focus) for one in sorted(hybrid.days, key=lambda one: one.day)]
    else:
        own = [(one, ()) for block in hybrid.blocks for one in BLOCKS[block]]
    if len(own) not in (per_week, days):
        message = f"Your own week has {len(own)} training days, but the program has {per_week}. Make them equal."
        raise Infeasible(message, [Collision(("hybrid_definition", "days_per_week"), message)])
    return [own[index % len(own)] for index in range(days)]


def _planned(request: Request, athlete: Athlete, mix: GoalMix, days: int, config: Heuristics) -> list[SessionType]:
    """Cardio, mobility and recovery days beside the split's lifting days, spread over the microcycle."""
    recovery = days // DAYS_PER_WEEK if request.days_per_week == DAYS_PER_WEEK else 0
    working = days - recovery
    mobility = working if mix.mobility >= 1 else int(mix.mobility * working + ROUND_UP)
    cardio = _cardio_days(athlete, mix, working, mobility, config)
    lifting = working - mobility - cardio
    weeks = max(1, round(days / request.days_per_week))
    template = TEMPLATES[request.split][max(1, min(6, round(lifting / weeks)))]
    if lifting == TWO_DAYS * weeks and request.days_per_week > TWO_DAYS:
        template = (F, F)  # beside other days, two lifting days train every muscle twice
    elif template == (PUSH, PULL, LEGS) and request.days_per_week > len(template):
        template = (U, L, F)  # and so do three
    lifts = [template[index % len(template)] for index in range(lifting)]
    others = _others(cardio, mobility, mix)
    planned = _interleave(lifts, others)
    for week in range(recovery):
        planned.insert(min(len(planned), (week + 1) * DAYS_PER_WEEK - 1), SessionType.RECOVERY)
    return planned


def _cardio_days(athlete: Athlete, mix: GoalMix, working: int, mobility: int, config: Heuristics) -> int:
    """Days of cardio or conditioning alone: asked for, or a newcomer's days beyond what is safe to lift on."""
    free = working - mobility
    asked = mix.weight(Goal.ENDURANCE) >= config.distribution.cardio_day_weight or athlete.cardio_own_day
    if mix.resistance <= 0:
        return max(0, free - max(1, min(ENDURANCE_LIFTING_DAYS, free // 2))) if mix.conditioning else 0
    days = int(mix.conditioning * working + ROUND_UP) if asked else 0
    if asked and mix.conditioning and free > 2:  # noqa: PLR2004 - two days stay for lifting
        days = max(1, days)
    if is_novice(athlete):
        days = max(days, free - config.caps.novice_lifting_days)
    keep = LEAST_LIFTING_DAYS if mix.lifting_points >= MATTERS_FROM and free > LEAST_LIFTING_DAYS else 1
    return max(0, min(days, free - keep))


def _others(cardio: int, mobility: int, mix: GoalMix) -> list[SessionType]:
    """Cardio and conditioning by turns, mobility between them."""
    kinds = [SessionType.CARDIO if index % 2 == 0 else SessionType.CONDITIONING for index in range(cardio)]
    if mix.resistance > 0 and mix.weight(Goal.ENDURANCE) == 0:
        kinds = [SessionType.CONDITIONING if index % 2 == 0 else SessionType.CARDIO for index in range(cardio)]
    return _interleave(kinds, [SessionType.MOBILITY] * mobility)


def _interleave(many: list[SessionType], few: list[SessionType]) -> list[SessionType]:
    """Both lists in their order, the second spread evenly between the first."""
    result = list(many)
    total = len(many) + len(few)
    for index, one in enumerate(few, start=1):
        result.insert(min(len(result), round(index * total / (len(few) + 1))), one)
    return result
