"""Keep the vectors of movements in step with their facts, for each model side by side."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gainsly.core.jobs import enqueue
from movements import selectors
from movements.embeddings.base import Embedder, EmbedderUnavailableError, content_hash
from movements.embeddings.registry import BUILTIN
from movements.models import Movement, MovementEmbedding
from movements.selectors import ListedMovement
from movements.selectors.embedders import builtin, chosen_embedder, is_resting, rest

BATCH = 64  # movements whose vectors land together


def refresh_builtin(*, ids: Collection[UUID] | None = None) -> int:
    """Bring the built-in vectors up to date (of all active movements, or of these); the model server's follow.

    Answers how many were made anew.
    """
    MovementEmbedding.objects.filter(model_name__startswith=BUILTIN).exclude(model_name=builtin.model).delete()
    made = _refresh(builtin, ids)
    if settings.LLM_PROVIDER != BUILTIN:
        enqueue("movements.tasks.refresh_embeddings")
    return made


def refresh_chosen() -> int:
    """Bring the chosen embedder's vectors up to date; 0 while it does not answer (the next run goes on from there)."""
    embedder = chosen_embedder()
    if is_resting():
        return 0
    try:
        return _refresh(embedder, None)
    except EmbedderUnavailableError as error:
        rest(error)
        return 0


def _refresh(embedder: Embedder, ids: Collection[UUID] | None) -> int:
    rows = Movement.objects.filter(is_active=True) if ids is None else Movement.objects.filter(pk__in=ids)
    held = dict(
        MovementEmbedding.objects.filter(movement__in=rows, model_name=embedder.model).values_list(
            "movement_id", "content_hash"
        )
    )
    stale = [
        (listed, digest)
        for listed in selectors.listed_movements(rows).values()
        if held.get(listed.id) != (digest := content_hash(listed.record, embedder.model))
    ]
    for at in range(0, len(stale), BATCH):
        _store(embedder, stale[at : at + BATCH])
    return len(stale)


def _store(embedder: Embedder, batch: Collection[tuple[ListedMovement, str]]) -> None:
    """The vectors are asked for outside of any transaction that the writing needs."""
    vectors = embedder.movements([listed.record for listed, _ in batch])
    with transaction.atomic():
        MovementEmbedding.objects.bulk_create(
            [
                MovementEmbedding(movement_id=listed.id, model_name=embedder.model, content_hash=digest, vector=vector)
                for (listed, digest), vector in zip(batch, vectors, strict=True)
            ],
            update_conflicts=True,
            unique_fields=["movement", "model_name"],
            update_fields=["content_hash", "vector"],
        )
