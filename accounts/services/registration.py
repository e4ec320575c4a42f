"""Signing up: one way for both doors, so that they make the same account."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Profile, Settings, User
from gainsly.lib.errors import DomainError


class RegistrationError(DomainError):
    """The e-mail address or the password cannot be used; ``errors`` says why."""


@transaction.atomic
def register_user(*, email: str, password: str, name: str = "", user: User | None = None) -> User:
    """A new account with its profile and settings, all or nothing.

    ``user`` is the unsaved instance that allauth's form hands over. Raises ``RegistrationError`` where the address
    is taken (also by a request at the same moment) or the password is too weak.
    """
    user = user or User()
    user.email, user.name = email.strip().lower(), name.strip()
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise RegistrationError(error.messages[0], errors={"password": error.messages}) from error
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        taken = _("There is already an account with this e-mail address.")
        raise RegistrationError(taken, errors={"email": [taken]}) from error
    Profile.objects.create(user=user)
    Settings.objects.create(user=user)
    return user


@transaction.atomic
def register_over_api(*, email: str, password: str, name: str = "") -> User:
    """``register_user``, and the address row that allauth makes itself when the sign-up comes through its form."""
    user = register_user(email=email, password=password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user
