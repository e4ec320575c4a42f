"""allauth's doors, with our services behind them."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.forms import BaseForm
from django.http import HttpRequest

from accounts.models import User
from accounts.services import registration, sign_in
from gainsly.core.http import client_address
from gainsly.core.throttling import RateLimitedError


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Browser sign-up and sign-in share accounts, limits and addresses with the API."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        data = form.cleaned_data
        return registration.register_user(
            email=data["email"], password=data["password1"], name=data.get("name", ""), user=user
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            sign_in.check_allowed(email=credentials.get("email", ""), address=client_address(request))
        except RateLimitedError as error:
            raise self.validation_error("too_many_login_attempts") from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_in.count_failure(email=credentials.get("email", ""), address=client_address(request))
