"""What a sore day moves to a later day of the week: how it arrives there, and how it leaves again."""

import datetime as dt

import pytest
from django.core.management import call_command

from coaching.services import adaptation
from coaching.services.check_in import Told
from programs.models import Session, SessionExercise
from programs.services.generation import create_program
from programs.services.stored_rows import snapshot
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, body

NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_movements", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _library_and_monday(library, db, time_machine, settings):
    settings.LLM_PROVIDER = "builtin"
    time_machine.move_to(NOON, tick=True)


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def program(alice):
    return create_program(user=alice, body=body(days_per_week=4)).row


def sessions_of(user):
    rows = Session.objects.filter(microcycle__program__user=user).order_by("date")
    return list(rows.select_related("microcycle__program__user"))


def adapted(user, told, day=MONDAY, *, accept=True):
    row = adaptation.preview(user=user, date=day, signals=told)
    return adaptation.accept(user=user, date=day, adaptation_id=row.pk) if accept else row


def worst(session):
    """The muscle of the session's first main, spent."""
    main = session.exercises.filter(section="main").order_by("position").first()
    return Told(soreness={one.muscle: 10 for one in main.movement.muscles.filter(role="primary")}), main


def defers(user, session):
    told, main = worst(session)
    row = adapted(user, told, session.date, accept=False)
    return row, [change for change in row.changes if change["kind"] == "defer"], main


def moving_day(user):
    """A session of the first week of which something moves, with the proposal."""
    for session in sessions_of(user)[:3]:
        row, moved, _main = defers(user, session)
        if moved:
            return session, row, moved
    pytest.fail("nothing moves on any day of the week")


def test_what_moves_arrives_in_a_later_session_that_keeps_its_minutes_or_says_so(alice, program):
    session, row, moved = moving_day(alice)
    later = Session.objects.get(pk=moved[0]["to_session"])
    before, minutes, version = snapshot(later), later.estimated_minutes, later.updated_at
    adaptation.accept(user=alice, date=session.date, adaptation_id=row.pk)
    row.refresh_from_db()
    later.refresh_from_db()
    arrived = later.exercises.exclude(pk__in=[one["id"] for one in before])
    names = {str(SessionExercise(**one).movement_id) for one in row.original if one["id"] == moved[0]["exercise_id"]}
    assert {str(one.movement_id) for one in arrived} >= names
    assert later.updated_at > version
    allowed = max(60, minutes) + 1
    assert later.estimated_minutes <= allowed or any("then takes about" in one for one in row.later_notes)
    assert list(later.exercises.values_list("position", flat=True)) == list(range(1, later.exercises.count() + 1))


def test_undo_puts_the_later_session_back_too(alice, program):
    session, row, moved = moving_day(alice)
    later = Session.objects.get(pk=moved[0]["to_session"])
    before, here = snapshot(later), snapshot(session)
    adaptation.accept(user=alice, date=session.date, adaptation_id=row.pk)
    adaptation.undo(user=alice, date=session.date, adaptation_id=row.pk)
    later.refresh_from_db()
    assert (snapshot(later), snapshot(session)) == (before, here)


def test_undo_takes_only_what_moved_from_a_later_session_that_was_changed_since(alice, program):
    session, row, moved = moving_day(alice)
    adaptation.accept(user=alice, date=session.date, adaptation_id=row.pk)
    row.refresh_from_db()
    later = Session.objects.get(pk=moved[0]["to_session"])
    arrived = {key for kept in row.deferred if kept["session_id"] == str(later.pk) for key in kept["added"]}
    own = later.exercises.exclude(pk__in=arrived).first()
    SessionExercise.objects.filter(pk=own.pk).update(sets=7)
    later.save()
    adaptation.undo(user=alice, date=session.date, adaptation_id=row.pk)
    assert not later.exercises.filter(pk__in=arrived).exists()
    assert later.exercises.get(pk=own.pk).sets == 7


def test_adapting_again_does_not_move_it_twice(alice, program):
    session, row, moved = moving_day(alice)
    later = Session.objects.get(pk=moved[0]["to_session"])
    adaptation.accept(user=alice, date=session.date, adaptation_id=row.pk)
    once = sorted(later.exercises.values_list("movement__slug", "sets"))
    adapted(alice, Told(**row.inputs), session.date)
    assert sorted(later.exercises.values_list("movement__slug", "sets")) == once


def test_of_some_changes_only_those_are_told_as_made(alice, program):
    session, row, _moved = moving_day(alice)
    rest = [change["id"] for change in row.changes if change["kind"] != "defer"]
    adaptation.accept(user=alice, date=session.date, adaptation_id=row.pk, change_ids=rest)
    row.refresh_from_db()
    assert (row.deferred, row.later_notes) == ([], [])
