"""The profile as the API and the settings page see it: the athlete's own keys and those of their default gym."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.services import profile as accounts_profile
from movements.services import gyms

GYM_KEYS = frozenset({"equipment", *gyms.KIT_FIELDS})


@transaction.atomic
def update_profile_and_gym(*, user: Any, values: Mapping[str, Any]) -> None:
    """Save both in one transaction: either every key is kept or none is. Keys that are absent stay as they are."""
    kit = {key: value for key, value in values.items() if key in GYM_KEYS}
    own = {key: value for key, value in values.items() if key not in GYM_KEYS}
    if own:
        accounts_profile.update_profile(user=user, **own)
    if kit:
        gyms.update_gym(user=user, changes=kit)
