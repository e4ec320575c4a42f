"""Name -> tool, and the one way to run one: arguments checked, the athlete bound, a card for the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from coaching.llm.base import ToolSpec

from . import cards, diary, library, measures, outlook, planning, proposals
from .athlete import Bound, Json

SHOWN_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class Tool:
    run: Callable[[Bound, Any], Json]
    arguments: type[BaseModel]
    card: Callable[[Json], Json | None]

    @property
    def description(self) -> str:
        return (self.run.__doc__ or "").strip()


TOOLS: dict[str, Tool] = {
    "session_on": Tool(planning.session_on, planning.DayArgument, cards.session),
    "programme_outline": Tool(planning.programme_outline, planning.NoArguments, cards.outline),
    "explain_exercise": Tool(planning.explain_exercise, planning.MovementArgument, cards.why),
    "lift_strength": Tool(diary.lift_strength, planning.MovementArgument, cards.lift),
    "recent_workouts": Tool(diary.recent_workouts, diary.CountArgument, cards.workouts),
    "current_workout": Tool(diary.current_workout, planning.NoArguments, cards.running),
    "standing_notes": Tool(diary.standing_notes, planning.NoArguments, cards.standing),
    "week_review": Tool(diary.week_review, diary.WeeksAgoArgument, cards.week),
    "weekly_volume": Tool(diary.weekly_volume, diary.WeeksArgument, cards.volume),
    "records": Tool(diary.records, diary.CountArgument, cards.records),
    "recovery": Tool(diary.recovery, planning.NoArguments, cards.recovery),
    "adherence": Tool(diary.adherence, planning.NoArguments, cards.adherence),
    "find_movements": Tool(library.find_movements, library.QueryArgument, cards.movements),
    "exercise_plan": Tool(planning.exercise_plan, planning.MovementArgument, cards.planned),
    "substitutes": Tool(library.substitutes, planning.MovementArgument, cards.substitutes),
    "pattern_strength": Tool(measures.pattern_strength, planning.NoArguments, cards.patterns),
    "body_weight": Tool(measures.body_weight, planning.NoArguments, cards.body),
    "coming_week": Tool(outlook.coming_week, planning.NoArguments, cards.coming_week),
    "on_track": Tool(outlook.on_track, planning.NoArguments, cards.on_track),
    "last_time": Tool(outlook.last_time, planning.MovementArgument, cards.last_time),
    "sleep_effect": Tool(outlook.sleep_effect, planning.NoArguments, cards.nothing),
    "days_ahead": Tool(outlook.days_ahead, planning.NoArguments, cards.days_ahead),
    "strain_signs": Tool(outlook.strain_signs, planning.NoArguments, cards.strain),
    "movement_guide": Tool(library.movement_guide, planning.MovementArgument, cards.guide),
    "adapt_today": Tool(proposals.adapt_today, proposals.AdaptArgument, cards.nothing),
    "swap_exercise": Tool(proposals.swap_exercise, proposals.SwapArgument, cards.nothing),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a call gave: ``data`` for the model, ``card`` for the athlete (none where there is nothing to show)."""

    name: str
    arguments: Mapping[str, Any]
    data: Json
    card: Json | None

    @property
    def error(self) -> str:
        return str(self.data.get("error", ""))

    def stored(self) -> Json:
        kept: Json = {"name": self.name, "arguments": dict(self.arguments), "card": self.card}
        return {**kept, "error": self.error} if self.error else kept


def specs() -> tuple[ToolSpec, ...]:
    """The tools as a model is told of them."""
    return tuple(
        ToolSpec(name, tool.description, {**tool.arguments.model_json_schema(), "type": "object"})
        for name, tool in TOOLS.items()
    )


def run(athlete: Bound, name: str, arguments: Mapping[str, Any]) -> Result:
    """One call. An unknown tool or wrong arguments are an answer to the model, not a fault."""
    tool = TOOLS.get(name)
    if tool is None:
        return Result(name[:60], {}, {"error": f"There is no tool named {name[:60]}."}, None)
    try:
        read = tool.arguments.model_validate(dict(arguments))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)[:SHOWN_PROBLEMS]
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults)
        return Result(name, {}, {"error": told}, None)
    data = tool.run(athlete, read)
    return Result(name, read.model_dump(mode="json"), data, None if "error" in data else tool.card(data))
