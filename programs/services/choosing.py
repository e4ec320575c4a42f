"""Why a movement stands where it stands, kept: for what the plan chose and for what took another's place since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from gainsly.lib.vocabulary import ChosenBy
from movements.catalogue.records import MovementRecord
from movements.selectors import movements_by_slug, origins_of_alternatives
from programs.engine import types as engine
from programs.engine.explain import stand_in_for
from programs.engine.reselect import stand_in_key
from programs.models import Choice, Program, SessionExercise

from .standing import planned_of
from .stored_rows import Json, row_of

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


def explain_adapted(
    *, program: Program, original: Sequence[Json], changes: Sequence[Json], rows: Collection[SessionExercise]
) -> None:
    """Give the unsaved ``rows`` of an adapted day the explanations of what the day's changes put into them."""
    by_id = {str(row.pk): row for row in rows}
    before = {one["id"]: row_of(one) for one in original}
    swaps = [one for one in changes if one["after"] and "movement" in one["after"] and one["exercise_id"] in by_id]
    listed = movements_by_slug({slug for one in swaps for slug in _named_in(one)}, program.user)
    told = {}
    for one in swaps:
        source, *ranked = [listed[slug].record for slug in _named_in(one) if slug in listed]
        key = f"day/{stand_in_key(planned_of(before[one['exercise_id']], source.slug), ranked[0].slug)}"
        origins = origins_of_alternatives(program.user, listed[source.slug].id)
        told[one["exercise_id"]] = stand_in_for(
            key, source, ranked, by=ChosenBy.STAND_IN, reason=one["reason"], origins=origins
        )
    unique = {one.key: one for one in told.values()}
    kept = keep_choices(program=program, choices=unique.values(), ids={slug: one.id for slug, one in listed.items()})
    for pk, choice in told.items():
        by_id[pk].choice_id = kept[choice.key]


def _named_in(change: Json) -> list[str]:
    """The movement that went, the one that came, and who would have come next."""
    return [change["before"]["movement"], change["after"]["movement"], *change.get("among", ())]


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
