"""How well the plans of this installation turned out, from what is stored with them; a fixed number of queries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import Corr
from django.db.models import Aggregate, Avg, Case, Count, FloatField, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import Http404

from accounts.selectors import person
from gainsly.lib.vocabulary import ChosenBy
from programs.engine.scoring import DIMENSIONS
from programs.models import Choice, Program

DIGITS = 4
FIGURES = ("session_success_rate", "movement_diversity", "major_muscle_coverage", "hard_criteria_passed")


class Percentile(Aggregate):
    """The value below which a share of the rows lies (PostgreSQL's ``percentile_cont``)."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, *, share: float) -> None:
        super().__init__(expression, share=share)


def _number(*path: str) -> Cast:
    """A number inside a JSON column."""
    node: Any = path[0]
    for key in path[1:]:
        node = KeyTextTransform(key, node)
    return Cast(node, FloatField())


def _programs(user_id: UUID | None = None) -> QuerySet[Program]:
    rows = Program.objects.filter(is_template=False, quality__has_key="score")
    return rows.filter(user_id=user_id) if user_id else rows


SUCCEEDED = Avg(Case(When(quality__success=True, then=Value(1.0)), default=Value(0.0), output_field=FloatField()))


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {key: round(one, DIGITS) if isinstance(one, float) else one for key, one in values.items()}


def metrics_summary(user_id: UUID | None = None) -> dict[str, Any]:
    """Programs, their quality and how often a choice had to be relaxed; two queries."""
    score = _number("quality", "score")
    figures = {name: Avg(_number("quality", "figures", name)) for name in FIGURES}
    totals = _programs(user_id).aggregate(
        programs=Count("id"),
        success_rate=SUCCEEDED,
        quality_mean=Avg(score),
        quality_median=Percentile(score, share=0.5),
        quality_p5=Percentile(score, share=0.05),
        **figures,
    )
    chosen = Choice.objects.filter(chosen_by=ChosenBy.PLAN, program__in=_programs(user_id))
    steps = chosen.values_list("relaxation_step").annotate(count=Count("id")).order_by("relaxation_step")
    relaxed = {str(step): count for step, count in steps}
    return {**_rounded(totals), "choices": sum(relaxed.values()), "relaxation_steps": relaxed}


def success_rates() -> dict[str, Any]:
    """Share of programs that keep every hard rule and of sessions that meet their own criteria; three queries."""
    figures = {
        "programs": Count("id"),
        "success_rate": SUCCEEDED,
        "session_success_rate": Avg(_number("quality", "figures", "session_success_rate")),
        "quality_mean": Avg(_number("quality", "score")),
    }

    def by(field: str) -> list[dict[str, Any]]:
        return [_rounded(row) for row in _programs().values(field).annotate(**figures).order_by(field)]

    return {
        **_rounded(_programs().aggregate(**figures)),
        "by_config_version": by("config_version"),
        "by_split": by("split_template"),
    }


def dimension_effectiveness() -> dict[str, Any]:
    """Per dimension of the scoring: what chosen movements reach, what it adds, and how it goes with quality.

    ``quality_correlation`` is Pearson's r between a choice's score and its program's quality; null where either never
    varies. One query.
    """
    quality = _number("program__quality", "score")
    wanted: dict[str, Any] = {"choices": Count("id")}
    for name in DIMENSIONS:
        score, weight = _number("scores", name), _number("weights", name)
        wanted |= {
            f"{name}__score_mean": Avg(score),
            f"{name}__weight_mean": Avg(weight),
            f"{name}__contribution_mean": Avg(score * weight),
            f"{name}__quality_correlation": Corr(quality, score),
        }
    found = _rounded(Choice.objects.filter(chosen_by=ChosenBy.PLAN, program__in=_programs()).aggregate(**wanted))
    parts = ("score_mean", "weight_mean", "contribution_mean", "quality_correlation")
    return {
        "choices": found["choices"],
        "dimensions": [
            {"dimension": name, **{part: found[f"{name}__{part}"] for part in parts}} for name in DIMENSIONS
        ],
    }


def metrics_of(user_id: UUID) -> dict[str, Any]:
    """The summary of one athlete's programs; 404 for a person who is not there."""
    if person(user_id) is None:
        raise Http404
    return {"user_id": str(user_id), **metrics_summary(user_id)}
