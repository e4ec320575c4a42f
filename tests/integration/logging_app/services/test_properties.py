"""What must hold of any diary: order does not matter, undo gives the state back, from scratch equals step by step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from logging_app import selectors
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from logging_app.services import metrics, undo, workouts
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, lifted, log

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOW = NOON + 40 * DAY
FEW = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
LIFTS = ("barbell-back-squat", "bench-press")
SETS = st.lists(
    st.tuples(st.sampled_from(LIFTS), st.sampled_from([80.0, 100.0, 102.5, 120.0]), st.integers(1, 8)),
    min_size=1,
    max_size=4,
)
DIARY = st.lists(SETS, min_size=2, max_size=4)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def write(user: User, number: int, sets: list[tuple[str, float, int]]) -> WorkoutLog:
    told = [lifted(weight, reps, movement) for movement, weight, reps in sets]
    return log(user, *told, at=NOON + number * 3 * DAY, perceived_difficulty=7)


def followed(user: User) -> list[Any]:
    """All that follows from a diary: estimates, flags, records, strength by pattern, volume, load."""
    rows = SetLog.objects.filter(user=user).order_by("workout__started_at", "order", "id")
    records = PersonalRecord.objects.filter(user=user).order_by("achieved_at", "kind", "set_log__order", "value")
    days = {"since": NOON.date(), "until": NOW.date()}
    return [
        list(rows.values_list("movement__slug", "weight_kg", "reps", "e1rm", "e1rm_low", "is_pr", "is_top_set")),
        list(records.values_list("movement__slug", "kind", "value", "previous", "beyond_noise", "achieved_at")),
        selectors.psi(user, **days),
        selectors.weekly_volume(user, **days),
        selectors.load(user, **days),
    ]


@FEW
@given(DIARY, st.randoms())
def test_the_order_of_logging_does_not_matter(diary, order):
    one, other = UserFactory(), UserFactory()
    numbered = list(enumerate(diary))
    for number, sets in numbered:
        write(one, number, sets)
    order.shuffle(numbered)
    for number, sets in numbered:
        write(other, number, sets)
    assert followed(one) == followed(other)


@FEW
@given(DIARY, SETS, st.data())
def test_an_edit_equals_a_diary_that_was_so_from_the_start_and_undo_gives_the_state_back(diary, instead, data):
    user, other = UserFactory(), UserFactory()
    made = [write(user, number, sets) for number, sets in enumerate(diary)]
    before = followed(user)
    at = data.draw(st.integers(0, len(made) - 1))
    copy = undo.copy_of(made[at])
    told = [lifted(weight, reps, movement) for movement, weight, reps in instead]
    workouts.update_workout(user=user, workout_id=made[at].pk, changes={"sets": told})
    for number, sets in enumerate([*diary[:at], instead, *diary[at + 1 :]]):
        write(other, number, sets)
    assert followed(user) == followed(other)
    undo.restore_workout(user=user, copy=copy)
    assert followed(user) == before


@FEW
@given(DIARY, st.data())
def test_a_deletion_is_undone_whole_and_from_scratch_equals_step_by_step(diary, data):
    user = UserFactory()
    made = [write(user, number, sets) for number, sets in enumerate(diary)]
    before = followed(user)
    gone = data.draw(st.sampled_from(made))
    copy = undo.copy_of(gone)
    workouts.delete_workout(user=user, workout_id=gone.pk)
    without = followed(user)
    PersonalRecord.objects.filter(user=user).delete()
    SetLog.objects.filter(user=user).update(is_pr=False, is_top_set=False, e1rm=None, e1rm_low=None, e1rm_high=None)
    metrics.recompute_for(user_id=user.pk)
    assert followed(user) == without
    undo.restore_workout(user=user, copy=copy)
    assert followed(user) == before
