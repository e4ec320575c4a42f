"""Tokens of the API: a family of refresh tokens per device, each good for one use.

A refresh token that comes twice was stolen, or its answer was lost: we cannot tell, so the whole family ends and the
device signs in again. An access token is not looked up: it outlives its revoked session by up to 30 minutes, and stops
at the next refresh.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import RefreshToken

from accounts.models import RefreshSession, User
from gainsly.lib.errors import DomainError
from gainsly.lib.ids import uuid7

SESSION_CLAIM = "sid"
DEVICE_LENGTH = 200


class RefreshRefusedError(DomainError):
    """The refresh token is malformed, out of date, revoked or used before."""

    code = "token_invalid"
    status = 401


@dataclass(frozen=True, slots=True)
class TokenPair:
    access: str
    refresh: str


@transaction.atomic
def issue(*, user: User, device: str) -> TokenPair:
    """Sign a device in: a new session with its first pair of tokens."""
    session = RefreshSession(id=uuid7(), user=user, device=device[:DEVICE_LENGTH])
    return _next_pair(session)


def rotate(*, refresh: str) -> TokenPair:
    """Exchange a refresh token for a new pair; raises ``RefreshRefusedError``, after ending the family on reuse."""
    token = _read(refresh)
    with transaction.atomic():
        session = _locked_session(token)
        pair = _next_pair(session) if session and _is_current(session, token) else None
    # Outside the transaction: what ended a family must not be rolled back by the refusal.
    if pair is None:
        raise _refused()
    return pair


@transaction.atomic
def revoke(*, refresh: str) -> None:
    """Sign out the device that holds this refresh token; a token that is no longer good is no error."""
    try:
        token = _read(refresh)
    except RefreshRefusedError:
        return
    session = _locked_session(token)
    if session:
        end_session(session=session)


@transaction.atomic
def end_session(*, session: RefreshSession) -> None:
    """Sign one device out."""
    if session.revoked_at is None:
        session.revoked_at = timezone.now()
        session.save(update_fields=["revoked_at", "updated_at"])


def end_all(*, user: User) -> int:
    """Sign every device out (a password was changed); answers how many were signed in."""
    now = timezone.now()
    return RefreshSession.objects.of(user).filter(revoked_at__isnull=True).update(revoked_at=now, updated_at=now)


def purge_expired(*, now: dt.datetime) -> int:
    """Delete sessions whose last token has run out; answers how many."""
    deleted, _per_model = RefreshSession.objects.filter(expires_at__lt=now).delete()
    return deleted


def _read(refresh: str) -> Any:
    try:
        return RefreshToken(refresh)  # type: ignore[arg-type]  # the stubs ask for a Token, the class takes the text
    except TokenError as error:
        raise _refused() from error


def _refused() -> RefreshRefusedError:
    return RefreshRefusedError(_("This refresh token is no longer good. Sign in again."))


def _locked_session(token: Any) -> RefreshSession | None:
    return (
        RefreshSession.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=token.get(SESSION_CLAIM), user__is_active=True)
        .first()
    )


def _is_current(session: RefreshSession, token: Any) -> bool:
    """Whether the family lives and this is its newest token; an older one ends the family here."""
    if session.revoked_at is not None:
        return False
    if token["jti"] != session.current_jti:
        session.revoked_at = session.reuse_detected_at = timezone.now()
        session.save(update_fields=["revoked_at", "reuse_detected_at", "updated_at"])
        return False
    return True


def _next_pair(session: RefreshSession) -> TokenPair:
    token = RefreshToken.for_user(session.user)
    token[SESSION_CLAIM] = str(session.pk)
    session.current_jti = token["jti"]
    session.expires_at = dt.datetime.fromtimestamp(token["exp"], tz=dt.UTC)
    session.last_used_at = timezone.now()
    session.save()
    return TokenPair(access=str(token.access_token), refresh=str(token))
