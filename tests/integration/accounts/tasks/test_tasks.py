import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import RefreshSession
from accounts.tasks import forget_expired
from gainsly.core.models import IdempotencyKey
from tests.factories.accounts import RefreshSessionFactory

pytestmark = pytest.mark.django_db


def test_the_night_forgets_what_has_expired_and_nothing_else():
    old, new = RefreshSessionFactory(expires_at=timezone.now() - dt.timedelta(minutes=1)), RefreshSessionFactory()
    with time_machine.travel(timezone.now() - dt.timedelta(hours=25)):
        IdempotencyKey.objects.create(user=old.user, key="old", method="POST", path="/", body_hash="x")
    IdempotencyKey.objects.create(user=old.user, key="new", method="POST", path="/", body_hash="x")
    forget_expired()
    forget_expired()
    assert list(RefreshSession.objects.all()) == [new]
    assert [row.key for row in IdempotencyKey.objects.all()] == ["new"]
