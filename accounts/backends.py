"""Who a request comes from, over a session or a token: the person with profile and settings, in one query."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.utils.translation import gettext as _
from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

from accounts.models import User
from accounts.selectors import person


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """E-mail address and password; also of the admin, which calls the address a username."""

    def get_user(self, user_id: UUID) -> User | None:
        user = person(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class TokenAuthentication(JWTAuthentication):
    """``Authorization: Bearer`` with an access token."""

    def get_user(self, validated_token: Token) -> Any:
        if api_settings.USER_ID_CLAIM not in validated_token:
            raise InvalidToken(_("This token names nobody."))
        user = person(validated_token[api_settings.USER_ID_CLAIM])
        if user is None:
            raise AuthenticationFailed(_("This account is gone."), code="user_not_found")
        if not user.is_active:
            raise AuthenticationFailed(_("This account is closed."), code="user_inactive")
        return user


class TokenScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]  # it registers itself, untyped
    """How the schema describes it."""

    target_class = "accounts.backends.TokenAuthentication"
