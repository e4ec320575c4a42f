"""Why a movement stands where it stands, kept: for what the plan chose and for what took another's place since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from uuid import UUID

from gainsly.lib.vocabulary import ChosenBy
from movements.catalogue.records import MovementRecord
from programs.engine import types as engine
from programs.engine.explain import stand_in_for
from programs.engine.reselect import stand_in_key
from programs.models import Choice, Program, SessionExercise

from .standing import planned_of

BATCH = 500
TOLD = (
    "movement", "scores", "weights", "total", "relaxation_step", "runners_up", "rules", "evidence", "chosen_by",
    "reason",
)  # fmt: skip
REASON_LENGTH = 300


def choice_row(program: Program, choice: engine.Choice, movement_id: UUID) -> Choice:
    """An explanation as a row, unsaved."""
    return Choice(
        program=program,
        key=choice.key,
        movement_id=movement_id,
        scores=dict(choice.scores),
        weights=dict(choice.weights),
        total=choice.total,
        relaxation_step=choice.relaxation_step,
        runners_up=[asdict(runner_up) for runner_up in choice.runners_up],
        rules=list(choice.rules),
        evidence=[asdict(evidence) for evidence in choice.evidence],
        chosen_by=choice.chosen_by.value,
        reason=choice.reason[:REASON_LENGTH],
    )


def keep_choices(*, program: Program, choices: Collection[engine.Choice], ids: Mapping[str, UUID]) -> dict[str, UUID]:
    """Write explanations, those of the same key anew; their rows' ids by key. ``ids`` are movements by slug."""
    if not choices:
        return {}
    rows = [choice_row(program, one, ids[one.movement]) for one in choices]
    Choice.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["program", "key"], update_fields=list(TOLD)
    )
    keys = [one.key for one in rows]
    return dict(Choice.objects.filter(program=program, key__in=keys).values_list("key", "pk"))


def stand_in(
    row: SessionExercise,
    source: MovementRecord,
    ranked: Iterable[MovementRecord],
    *,
    by: ChosenBy,
    reason: str,
) -> engine.Choice:
    """The explanation of the first of ``ranked`` in the place of a row that still holds ``source``."""
    found = list(ranked)
    key = stand_in_key(planned_of(row, source.slug), found[0].slug)
    return stand_in_for(f"{by.value}/{key}", source, found, by=by, reason=reason)
