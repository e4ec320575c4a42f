"""A day fitted to how the athlete is: what recreation asks for, the days of a program, putting it back."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.services.privacy import erase_account
from coaching.models import Adaptation
from coaching.services import adaptation, providers
from coaching.services.check_in import Told
from gainsly.lib.vocabulary import EnjoyableActivity
from logging_app.models import ActivityDefinition, ActivityInstance
from programs.models import Session
from programs.services.stored_rows import snapshot
from tests.factories.accounts import EnjoyableActivityFactory, UserFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)
TIRED = Told(soreness={"quadriceps": 5}, readiness={"sleep_hours": 4, "stress": 9}, minutes=40)


@pytest.fixture(autouse=True)
def _monday(time_machine, settings):
    settings.LLM_PROVIDER = "builtin"
    time_machine.move_to(NOON, tick=True)
    providers._breakers.clear()


@pytest.fixture
def alice():
    return UserFactory()


def sessions_of(user):
    rows = Session.objects.filter(microcycle__program__user=user).order_by("date")
    return list(rows.select_related("microcycle__program__user"))


def adapted(user, told, day=MONDAY, *, accept=True):
    row = adaptation.preview(user=user, date=day, signals=told)
    return adaptation.accept(user=user, date=day, adaptation_id=row.pk) if accept else row


# -- putting it back


def test_undo_gives_the_session_its_source_back(alice):
    make_program(alice)
    session = sessions_of(alice)[0]
    Session.objects.filter(pk=session.pk).update(source="llm")
    row = adapted(alice, TIRED)
    session.refresh_from_db()
    assert session.source == "athlete"
    adaptation.undo(user=alice, date=MONDAY, adaptation_id=row.pk)
    session.refresh_from_db()
    assert session.source == "llm"


def test_undo_after_adapting_twice_gives_the_plan_and_its_source(alice):
    make_program(alice)
    session = sessions_of(alice)[0]
    before = snapshot(session)
    adapted(alice, TIRED)
    second = adapted(alice, Told(minutes=30))
    adaptation.undo(user=alice, date=MONDAY, adaptation_id=second.pk)
    session.refresh_from_db()
    assert (snapshot(session), session.source) == (before, "engine")


# -- recreation


def outing(user, days, kind=EnjoyableActivity.RUNNING, source="manual"):
    definition = ActivityDefinition.objects.create(
        slug=f"{kind}-{days}", name="Long run", activity=kind, met=9.0, source="test"
    )
    at = NOON + dt.timedelta(days=days)
    ActivityInstance.objects.create(
        user=user, definition=definition, source=source, date=at.date(), started_at=at, finished_at=at
    )


@pytest.mark.parametrize(
    ("days", "source", "asks"), [(-1, "manual", True), (0, "planned", True), (-3, "manual", False)]
)
def test_recreation_in_the_window_eases_what_it_tires_without_another_signal(alice, days, source, asks):
    make_program(alice)
    outing(alice, days, source=source)
    changes = adapted(alice, Told(), accept=False).changes
    assert [(one["movement"], one["rule"]) for one in changes] == (
        [("Barbell Back Squat", "recreation")] if asks else []
    )
    assert not asks or changes[0]["reason"].startswith("Long run")


def test_the_day_before_a_climb_keeps_pulls_fresh(alice):
    make_program(alice)
    outing(alice, 1, EnjoyableActivity.BOULDERING, "planned")
    [change] = adapted(alice, Told(), accept=False).changes
    assert change["movement"] == "Dumbbell Row"
    assert "tomorrow" in change["reason"]


def test_a_declared_habit_asks_too_and_somebody_elses_run_does_not(alice):
    make_program(alice)
    outing(UserFactory(), -1)
    assert adapted(alice, Told(), accept=False).changes == []
    EnjoyableActivityFactory(user=alice, type=EnjoyableActivity.RUNNING, weekdays=[6])
    assert [one["rule"] for one in adapted(alice, Told(), accept=False).changes] == ["recreation"]


# -- the days of a program


@pytest.mark.parametrize("number", [1, 8, 29, 51])
def test_every_day_of_a_program_is_adapted_and_put_back(alice, time_machine, number):
    """The first day, the second week's, the first after a deload, and the last session of all."""
    make_program(alice, weeks=8, days=2)
    day = MONDAY + dt.timedelta(days=number - 1)
    session = next(one for one in sessions_of(alice) if one.date == day)
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))
    assert adapted(alice, Told(), day, accept=False).changes == []
    before = snapshot(session)
    row = adapted(alice, TIRED, day)
    after = snapshot(session)
    assert sum(one["sets"] for one in after) < sum(one["sets"] for one in before)
    assert all(one["kind"] != "defer" for one in row.changes)  # every day trains the same four movements
    adaptation.undo(user=alice, date=day, adaptation_id=row.pk)
    assert snapshot(session) == before


def test_a_preview_takes_as_many_queries_on_a_long_program_as_on_a_short_one(alice, django_assert_max_num_queries):
    make_program(alice, weeks=8, days=4)
    adapted(alice, TIRED, accept=False)
    with django_assert_max_num_queries(70):
        adapted(alice, TIRED, accept=False)


# -- for audit, and for leaving


def test_the_admin_lists_adaptations_and_lets_nobody_write(alice, client):
    make_program(alice)
    row = adapted(alice, TIRED)
    client.force_login(get_user_model().objects.create_superuser("root@example.com", "a long enough passphrase 7"))
    shown = client.get(reverse("admin:coaching_adaptation_changelist"))
    assert shown.status_code == 200
    assert alice.email in shown.content.decode()
    page = client.get(reverse("admin:coaching_adaptation_change", args=[row.pk]))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(reverse("admin:coaching_adaptation_delete", args=[row.pk])).status_code == 403


def test_who_leaves_takes_adaptations_and_their_words_along(alice):
    make_program(alice)
    adapted(alice, TIRED)
    erase_account(user=alice)
    assert not Adaptation.objects.exists()
