"""Which numbers the engine works with: versions stored, checked, activated; the shipped file is version 1 of each.

Every process asks the database at each generation which versions are active, so that an activation counts at once and
everywhere; only the parsing is remembered, by version.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gainsly.lib.errors import DomainError
from programs.engine.configuration import ENGINE, NAMES, PACKAGED, SCORING, Body, configured, problems, release
from programs.engine.heuristics import Heuristics
from programs.models import HeuristicConfig
from programs.selectors.configurations import require_version

__all__ = ["ENGINE", "SCORING", "activate_version", "active_heuristics", "reload_configuration", "save_version"]

log = logging.getLogger(__name__)
REMEMBERED = 4


class ConfigInvalidError(DomainError):
    """A body that the engine cannot work with; ``errors`` maps each path to what is wrong and how to mend it."""

    code = "config_invalid"


def active_heuristics() -> Heuristics:
    """The configuration in force, in one query. A stored body was checked when it was stored and is checked here."""
    rows = {row.name: row for row in HeuristicConfig.objects.filter(name__in=NAMES, version__gt=PACKAGED, active=True)}
    return _Remembered({name: row.body for name, row in rows.items()}, _stamp(rows)).heuristics()


def active_config_version() -> str:
    """What a plan made now would store as its ``config_version``; one query."""
    return active_heuristics().config_version


def _stamp(rows: Mapping[str, HeuristicConfig]) -> tuple[tuple[str, int, str], ...]:
    return tuple((name, rows[name].version, rows[name].updated_at.isoformat()) for name in sorted(rows))


class _Remembered:
    """Bodies that are equal when their stamps are, so that a parsed configuration is found again."""

    def __init__(self, bodies: Mapping[str, Body], stamp: tuple[tuple[str, int, str], ...]) -> None:
        self.bodies, self.stamp = bodies, stamp

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Remembered) and self.stamp == other.stamp

    def __hash__(self) -> int:
        return hash(self.stamp)

    def heuristics(self) -> Heuristics:
        return _parsed(self)

    def label(self) -> str:
        stored = "".join(f".{name}.{version}" for name, version, _at in self.stamp)
        return f"{release()}+{stored[1:]}" if stored else release()


@lru_cache(maxsize=REMEMBERED)
def _parsed(known: _Remembered) -> Heuristics:
    return configured(known.bodies, known.label())


@transaction.atomic
def save_version(*, name: str, body: Any, user: Any) -> HeuristicConfig:
    """Store a checked body as the next version, not yet active. Raises ``ConfigInvalidError``."""
    check_body(name=name, body=body)
    last = HeuristicConfig.objects.select_for_update().filter(name=name).order_by("-version").first()
    version = max(PACKAGED, last.version if last else PACKAGED) + 1
    try:
        with transaction.atomic():
            return HeuristicConfig.objects.create(name=name, version=version, body=body, created_by=user)
    except IntegrityError as error:
        raise ConfigInvalidError(_("Somebody saved a version at the same moment. Look at it and try again.")) from error


def check_body(*, name: str, body: Any) -> None:
    """Raises ``ConfigInvalidError`` with every problem of a body at its path."""
    found = problems(name, body)
    if found:
        errors: dict[str, list[str]] = {}
        for one in found:
            errors.setdefault(one.path or "body", []).append(f"{one.message} {one.hint}")
        where = found[0].path or "body"
        raise ConfigInvalidError(f"{where}: {found[0].message} {found[0].hint}", errors=errors)


@transaction.atomic
def activate_version(*, name: str, version: int, user: Any) -> None:
    """Make one version the active one, an older one as well (that is how to roll back); 1 is what Gainsly ships.

    Raises ``ConfigInvalidError`` where the body no longer fits this release, 404 for an unknown name or version.
    """
    rows = list(HeuristicConfig.objects.select_for_update().filter(name=name).order_by("version"))
    chosen = require_version(name, version)
    check_body(name=name, body=chosen.body)
    before = next((row.version for row in rows if row.active), PACKAGED)
    HeuristicConfig.objects.filter(name=name, active=True).update(active=False)
    HeuristicConfig.objects.filter(name=name, version=version).exclude(version=PACKAGED).update(active=True)
    log.info(
        "configuration_activated",
        extra={"config": name, "before": before, "after": version, "user_id": str(getattr(user, "pk", ""))},
    )


def reload_configuration() -> Heuristics:
    """Forget what this process has parsed and read the active versions anew."""
    _parsed.cache_clear()
    return active_heuristics()
