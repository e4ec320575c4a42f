"""Signing in and out over the API."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.tokens import Token

from accounts.api.serializers import (
    DeviceSession,
    LoginBody,
    Me,
    PasswordBody,
    RefreshBody,
    RegisterBody,
    TokenPair,
)
from accounts.selectors import session_for, sessions_of
from accounts.services import api_tokens, privacy, registration, sign_in
from gainsly.core import throttling
from gainsly.core.api import AuthenticatedRequest, parsed
from gainsly.core.http import client_address


class OpenView(APIView):
    """For those who are not signed in: tokens and cookies that come along are not looked at."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


def _tokens(request: Request, user, status: int) -> Response:  # type: ignore[no-untyped-def]
    pair = api_tokens.issue(user=user, device=request.headers.get("User-Agent", ""))
    return Response(TokenPair(pair).data, status=status)


class RegisterView(OpenView):
    @extend_schema(operation_id="auth_register", request=RegisterBody, responses={201: TokenPair})
    def post(self, request: Request) -> Response:
        """Sign up, and sign this device in."""
        body = parsed(RegisterBody, request)
        throttling.spend("register", client_address(request))
        user = registration.register_over_api(**body)
        sign_in.require_verified(user=user)
        return _tokens(request, user, 201)


class LoginView(OpenView):
    @extend_schema(operation_id="auth_login", request=LoginBody, responses={200: TokenPair})
    def post(self, request: Request) -> Response:
        """Sign this device in."""
        body = parsed(LoginBody, request)
        user = sign_in.authenticate(**body, address=client_address(request))
        return _tokens(request, user, 200)


class RefreshView(OpenView):
    @extend_schema(operation_id="auth_refresh", request=RefreshBody, responses={200: TokenPair})
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for a new pair. A token that was used before ends all tokens of its device."""
        pair = api_tokens.rotate(**parsed(RefreshBody, request))
        return Response(TokenPair(pair).data)


class LogoutView(OpenView):
    @extend_schema(operation_id="auth_logout", request=RefreshBody, responses={204: None})
    def post(self, request: Request) -> Response:
        """Sign out the device that holds this refresh token. Its access token runs out by itself within 30 minutes."""
        api_tokens.revoke(**parsed(RefreshBody, request))
        return Response(status=204)


class MeView(APIView):
    @extend_schema(operation_id="auth_me", responses=Me)
    def get(self, request: AuthenticatedRequest) -> Response:
        """Who I am."""
        return Response(Me(request.user).data)

    @extend_schema(operation_id="auth_erase", request=PasswordBody, responses={204: None})
    def delete(self, request: AuthenticatedRequest) -> Response:
        """Erase my account and everything that I own. There is no way back."""
        body = parsed(PasswordBody, request)
        sign_in.confirm_password(user=request.user, address=client_address(request), **body)
        privacy.erase_account(user=request.user)
        return Response(status=204)


def _session_claim(request: Request) -> str | None:
    return request.auth.payload.get(api_tokens.SESSION_CLAIM) if isinstance(request.auth, Token) else None


class SessionListView(APIView):
    @extend_schema(operation_id="auth_sessions", responses=DeviceSession(many=True))
    def get(self, request: AuthenticatedRequest) -> Response:
        """The devices that are signed in, the last used first."""
        rows = sessions_of(request.user)[:200]
        return Response(DeviceSession(rows, many=True, context={"session_id": _session_claim(request)}).data)


class SessionView(APIView):
    @extend_schema(operation_id="auth_session_end", responses={204: None})
    def delete(self, request: AuthenticatedRequest, pk: UUID) -> Response:
        """Sign one device out."""
        api_tokens.end_session(session=session_for(request.user, pk))
        return Response(status=204)
