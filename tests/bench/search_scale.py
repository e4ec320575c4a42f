"""Search over 100,000 synthetic movements in a scratch database: `DATABASE_URL=... python tests/bench/search_scale.py`.

Copies the loaded library over and over under made-up names, each with a vector of its own, and times the everyday
queries. The database is filled and left full: use one that may be thrown away.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
MANY = 100_000
SYLLABLES = ("ka", "lo", "mi", "ren", "tas", "vu", "dor", "pel", "qui", "zan")


def made_up(number: int) -> str:
    """A word that no other number has."""
    word = ""
    while True:
        number, at = divmod(number, len(SYLLABLES))
        word += SYLLABLES[at]
        if not number:
            return word.capitalize()


def fill(many: int) -> None:
    """Rows, children and vectors up to ``many`` movements, in batches by the loader's own means."""
    from movements.embeddings.base import content_hash  # noqa: PLC0415
    from movements.embeddings.hashing import HashingEmbedder  # noqa: PLC0415
    from movements.models import Movement, MovementEmbedding, MovementEquipment, MovementMuscle  # noqa: PLC0415
    from movements.selectors import catalogue  # noqa: PLC0415
    from movements.services import library  # noqa: PLC0415

    embedder = HashingEmbedder()
    library_records = list(catalogue()[0].values())
    missing = many - Movement.objects.count()
    for start in range(0, missing, 2000):
        records = []
        for number in range(start, min(missing, start + 2000)):
            base = library_records[number % len(library_records)]
            word = made_up(number + 7)
            records.append(replace(base, slug=f"{base.slug}-{word.lower()}", name=f"{base.name} {word}", aliases=()))
        rows = Movement.objects.bulk_create([library.movement_row(record) for record in records], batch_size=500)
        pairs = list(zip(rows, records, strict=True))
        MovementMuscle.objects.bulk_create(
            [MovementMuscle(movement=row, muscle=muscle, role="primary", share=share)
             for row, record in pairs for muscle, share in record.primary.items()]
        )  # fmt: skip
        MovementEquipment.objects.bulk_create(
            [MovementEquipment(movement=row, equipment_id=piece) for row, record in pairs for piece in record.equipment]
        )
        vectors = embedder.movements(records)
        MovementEmbedding.objects.bulk_create(
            [MovementEmbedding(movement=row, model_name=embedder.model, vector=vector,
                               content_hash=content_hash(record, embedder.model))
             for (row, record), vector in zip(pairs, vectors, strict=True)],
            batch_size=500,
        )  # fmt: skip
    library.touch_library()


def build(cursor: Any, many: int) -> None:
    """Fill first and index afterwards, which is faster."""
    cursor.execute("drop index if exists movements_embedding_hnsw")
    started = time.perf_counter()
    fill(many)
    print(f"filled in {time.perf_counter() - started:.0f} s")  # noqa: T201
    started = time.perf_counter()
    cursor.execute(
        "create index movements_embedding_hnsw on movements_movementembedding "
        "using hnsw (vector vector_cosine_ops) with (m = 16, ef_construction = 64)"
    )
    cursor.execute("analyze")
    print(f"indexed in {time.perf_counter() - started:.0f} s")  # noqa: T201


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from movements.models import Movement  # noqa: PLC0415
    from tests.bench.search import DATA, json, timed  # noqa: PLC0415

    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with connection.cursor() if Movement.objects.count() < many else nullcontext() as cursor:
        if cursor is not None:
            build(cursor, many)
    texts = [entry["query"] for entry in json.loads((DATA / "search_queries_before.json").read_text())["queries"]]
    p50, p95 = timed(texts)
    print(f"{many} movements: p50 {p50:.1f} ms, p95 {p95:.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
