"""Is this the person? With equal answers and equal work for known and unknown addresses, and a limit on guessing."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.core import context
from django.conf import settings
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from gainsly.core import throttling
from gainsly.lib.errors import DomainError


class BadCredentialsError(DomainError):
    """No active account has this address with this password."""

    code = "bad_credentials"
    status = 401


class EmailUnverifiedError(DomainError):
    """This installation asks for a confirmed address."""

    code = "email_unverified"
    status = 403


class PasswordWrongError(DomainError):
    """The password that confirms an action is not the right one."""

    code = "password_wrong"


def check_allowed(*, email: str, address: str) -> None:
    """Raise ``RateLimitedError`` after too many failures for this account or from this address."""
    throttling.check("login", "account", email.lower())
    throttling.check("login", "address", address)


def count_failure(*, email: str, address: str) -> None:
    """One more failure, for the account and for the address."""
    throttling.count("login", "account", email.lower())
    throttling.count("login", "address", address)


def authenticate(*, email: str, password: str, address: str) -> User:
    """The active user with these credentials.

    Raises ``BadCredentialsError``, ``EmailUnverifiedError`` or ``RateLimitedError``.
    """
    email = email.strip().lower()
    check_allowed(email=email, address=address)
    user = User.objects.alias(lower_email=Lower("email")).filter(lower_email=email).first()
    if user is None:
        User().set_password(password)  # as much hashing as for an address that we know
    if user is None or not user.check_password(password) or not user.is_active:
        count_failure(email=email, address=address)
        raise BadCredentialsError(_("E-mail address or password is not right."))
    require_verified(user=user)
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    return user


def require_verified(*, user: User) -> None:
    """Send the confirmation mail and raise ``EmailUnverifiedError`` where the installation asks for it."""
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        return
    address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    if not address.verified:
        address.send_confirmation(context.request)  # allauth keeps the request that its link is built from
        raise EmailUnverifiedError(_("Confirm your e-mail address first. We have sent you a link."))


def confirm_password(*, user: User, password: str, address: str) -> None:
    """Raise ``PasswordWrongError`` unless it is the user's; guesses count like failed sign-ins."""
    check_allowed(email=user.email, address=address)
    if not user.check_password(password):
        count_failure(email=user.email, address=address)
        wrong = _("This is not your password.")
        raise PasswordWrongError(wrong, errors={"password": [wrong]})
