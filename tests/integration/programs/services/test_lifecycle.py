import threading

import pytest
from django.db import connection

from programs.models import Program
from programs.services import lifecycle
from tests.factories.accounts import UserFactory
from tests.factories.programs import make_program


@pytest.mark.django_db(transaction=True)
def test_activations_at_once_leave_exactly_one_active():
    user = UserFactory()
    programs = [make_program(user) for _ in range(4)]
    failures = []

    def activate(pk):
        try:
            lifecycle.activate_program(program=Program.objects.get(pk=pk))
        except Exception as error:  # noqa: BLE001 - reported below, in the test's own thread
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=activate, args=(program.pk,)) for program in programs for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Program.objects.filter(user=user, is_active=True).count() == 1
