"""System checks that look at the real thing: `manage.py check --database default`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

OLDEST_POSTGRES = 160_000  # server_version_num of 16.0


@register(Tags.database)
def postgres_has_vectors(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The database is PostgreSQL 16 or later and pgvector can be installed in it."""
    return [problem for alias in databases or [] for problem in _check_one(alias)]


def _check_one(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int")
        version: int = cursor.fetchone()[0]
        cursor.execute("select exists (select 1 from pg_available_extensions where name = 'vector')")
        has_vector: bool = cursor.fetchone()[0]
    problems: list[CheckMessage] = []
    if version < OLDEST_POSTGRES:
        problems.append(Error("PostgreSQL 16 or later is needed.", id="core.E001"))
    if not has_vector:
        problems.append(
            Error(
                "The database server has no pgvector.", hint="Use an image such as pgvector/pgvector.", id="core.E002"
            )
        )
    return problems
