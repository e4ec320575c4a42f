"""Vectors of movements, side by side by the name of the model that made them."""

from __future__ import annotations

from django.db import models
from pgvector.django import HnswIndex, VectorField

from gainsly.core.models import UUIDModel

from .movement import Movement

DIMENSIONS = 768


class MovementEmbedding(UUIDModel):
    movement = models.ForeignKey(Movement, on_delete=models.CASCADE, related_name="embeddings")
    model_name = models.CharField(max_length=80)
    content_hash = models.CharField(max_length=64)
    vector = VectorField(dimensions=DIMENSIONS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["movement", "model_name"], name="movements_embedding_once")]
        indexes = [
            HnswIndex(
                name="movements_embedding_hnsw",
                fields=["vector"],
                m=16,
                ef_construction=64,
                opclasses=["vector_cosine_ops"],
            )
        ]
