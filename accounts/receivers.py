"""What other parts of the house announce and accounts must act on."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver

from accounts.models import User
from accounts.services import api_tokens


@receiver([password_changed, password_reset, password_set])
def sign_devices_out(user: User, **_kwargs: Any) -> None:
    """A new password ends what the old one let in."""
    api_tokens.end_all(user=user)
