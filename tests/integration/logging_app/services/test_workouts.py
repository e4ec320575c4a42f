"""Logging, editing and deleting workouts, with everything that follows from it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.http import Http404

from accounts.models import Profile, Settings
from gainsly.lib.ids import uuid7
from logging_app.models import PersonalRecord, SetLog, WorkoutLog
from logging_app.services import changes, metrics, workouts
from logging_app.services.inputs import InvalidLogError, SetInput, WorkoutInput
from logging_app.services.sets import IdTakenError
from movements.models import Movement
from programs.models import Session, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import NOON, SQUAT, BodyweightFactory, lifted, log
from tests.factories.programs import make_program, small_library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def frozen() -> Any:
    with time_machine.travel(NOON + 20 * DAY, tick=False) as clock:
        yield clock


def state(user: Any) -> tuple[Any, ...]:
    """Everything derived, in a comparable form."""
    records = PersonalRecord.objects.of(user).order_by("achieved_at", "kind", "set_log__order")
    sets = SetLog.objects.of(user).order_by("workout__started_at", "order")
    return (
        [(one.movement.slug, one.kind, one.value, one.previous, one.beyond_noise) for one in records],
        [(one.weight_kg, one.reps, one.e1rm, one.is_top_set, one.is_pr) for one in sets],
    )


def broken(workout: WorkoutLog) -> list[tuple[str, float]]:
    rows = workout.records.filter(previous__isnull=False).order_by("kind", "value")
    return [(row.kind, row.value) for row in rows]


class TestLogging:
    def test_a_set_gets_its_estimate_with_the_athletes_formula_and_a_band(self) -> None:
        user = UserFactory()
        Settings.objects.filter(user=user).update(e1rm_formula="epley")
        row = log(user, lifted(100, 5)).sets.get()
        assert row.e1rm == pytest.approx(100 * (1 + 7 / 30), abs=0.01)
        assert row.e1rm_low < row.e1rm < row.e1rm_high
        assert row.e1rm_formula == "epley"

    def test_the_first_workout_sets_marks_and_breaks_nothing(self) -> None:
        workout = log(UserFactory(), lifted(100, 5), lifted(105, 5))
        assert broken(workout) == []
        assert not workout.sets.filter(is_pr=True).exists()
        assert set(workout.records.values_list("kind", flat=True)) == {"e1rm", "volume"}

    def test_twenty_percent_more_is_new_strength(self) -> None:
        user = UserFactory()
        log(user, lifted(100, 5))
        second = log(user, lifted(120, 5), at=NOON + DAY)
        assert broken(second)[0][0] == "e1rm"
        assert second.records.get(kind="e1rm").beyond_noise
        assert second.sets.get().is_pr

    def test_one_percent_more_is_best_yet_only(self) -> None:
        user = UserFactory()
        log(user, lifted(100, 5))
        second = log(user, lifted(101, 5), at=NOON + DAY)
        assert not second.records.get(kind="e1rm").beyond_noise

    def test_more_reps_at_a_known_weight_is_a_record(self) -> None:
        user = UserFactory()
        log(user, lifted(100, 5))
        second = log(user, lifted(100, 6, rpe=9.5), at=NOON + DAY)
        assert ("reps_at_weight", 6.0) in broken(second)

    def test_the_top_set_is_the_strongest_of_its_workout(self) -> None:
        workout = log(UserFactory(), lifted(60, 5, kind="warmup"), lifted(100, 5), lifted(110, 5), lifted(90, 5))
        assert [row.weight_kg for row in workout.sets.filter(is_top_set=True)] == [110]

    def test_a_bodyweight_lift_is_judged_by_the_whole_load(self) -> None:
        user = UserFactory()
        small_library()
        Movement.objects.filter(slug="bench-press").update(bodyweight_share=1)
        BodyweightFactory(user=user, value=80)
        heavy, light = log(user, lifted(30, 3, "bench-press", rpe=10), lifted(20, 8, "bench-press", rpe=10)).sets.all()
        assert light.e1rm > heavy.e1rm > 110

    def test_a_session_is_done_once_its_workout_is(self) -> None:
        user = UserFactory()
        session = Session.objects.filter(microcycle__program=make_program(user)).first()
        exercise = session.exercises.get(section="main")
        workout = log(user, lifted(100, 5, session_exercise_id=exercise.pk), session_id=session.pk)
        session.refresh_from_db()
        assert session.status == "done"
        assert (workout.sets.get().asked_load_kg, workout.sets.get().asked_rpe) == (97.5, 8.0)

    def test_a_workout_across_midnight_belongs_to_the_day_it_began_where_the_athlete_is(self) -> None:
        user = UserFactory()
        Profile.objects.filter(user=user).update(time_zone="America/New_York")
        workout = log(user, lifted(100, 5), at=dt.datetime(2026, 11, 3, 4, 30, tzinfo=dt.UTC), hours=2)
        assert workout.date == dt.date(2026, 11, 2)

    def test_two_workouts_on_one_day_are_two(self) -> None:
        user = UserFactory()
        assert log(user, lifted(100, 5)) != log(user, lifted(100, 5), at=NOON + dt.timedelta(hours=5))

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"sets": [lifted(100, 5, rpe=11)]}, "sets.0.rpe"),
            ({"sets": [lifted(100, 5, rpe=7.3)]}, "sets.0.rpe"),
            ({"sets": [lifted(100, 5, rpe=None, rir=10.5)]}, "sets.0.rir"),
            ({"sets": [lifted(-1, 5)]}, "sets.0.weight_kg"),
            ({"sets": [lifted(1001, 5)]}, "sets.0.weight_kg"),
            ({"sets": [lifted(float("nan"), 5)]}, "sets.0.weight_kg"),
            ({"sets": [lifted(100, 5), lifted(100, 500)]}, "sets.1.reps"),
            ({"sets": [SetInput(movement=SQUAT)]}, "sets.0.reps"),
            ({"sets": [lifted(100, 5, kind="heavy")]}, "sets.0.kind"),
            ({"sets": [lifted(100, 5, "no-such-lift")]}, "sets.0.movement"),
            ({"sets": [lifted(100, 5, performed_at=NOON - DAY)]}, "sets.0.performed_at"),
            ({"finished_at": NOON - DAY}, "finished_at"),
            ({"finished_at": NOON + 2 * DAY}, "finished_at"),
            ({"started_at": NOON + 22 * DAY, "finished_at": None}, "started_at"),
            ({"perceived_difficulty": 11}, "perceived_difficulty"),
            ({"enjoyment": 6}, "enjoyment"),
            ({"feedback_tags": ["x" * 41]}, "feedback_tags"),
            ({"notes": "nul \x00"}, "notes"),
        ],
    )
    def test_what_cannot_have_happened_is_refused_by_its_field_and_nothing_is_saved(
        self, changes: dict[str, Any], field: str
    ) -> None:
        small_library()
        told = WorkoutInput(**{"started_at": NOON, "finished_at": NOON + dt.timedelta(hours=1), **changes})
        with pytest.raises(InvalidLogError) as caught:
            workouts.log_workout(user=UserFactory(), workout=told)
        assert field in caught.value.errors
        assert not WorkoutLog.objects.exists()
        assert not SetLog.objects.exists()

    def test_today_may_be_written_down_ahead_of_its_end_but_not_tomorrow(self, frozen: Any) -> None:
        frozen.move_to(NOON)
        log(UserFactory(), at=NOON + dt.timedelta(hours=6))
        with pytest.raises(InvalidLogError):
            log(UserFactory(), at=NOON + dt.timedelta(hours=13))

    def test_anothers_session_and_exercise_do_not_exist(self) -> None:
        session = Session.objects.filter(microcycle__program=make_program(UserFactory())).first()
        with pytest.raises(Http404):
            log(UserFactory(), session_id=session.pk)
        with pytest.raises(Http404):
            log(UserFactory(), lifted(100, 5, session_exercise_id=session.exercises.first().pk))

    def test_an_exercise_of_another_session_is_refused(self) -> None:
        user = UserFactory()
        first, second = Session.objects.filter(microcycle__program=make_program(user))[:2]
        with pytest.raises(InvalidLogError) as caught:
            log(user, lifted(100, 5, session_exercise_id=second.exercises.first().pk), session_id=first.pk)
        assert "sets.0.session_exercise_id" in caught.value.errors

    def test_anothers_own_movement_cannot_be_logged(self) -> None:
        small_library()
        Movement.objects.filter(slug="bench-press").update(owner=UserFactory())
        with pytest.raises(InvalidLogError):
            log(UserFactory(), lifted(100, 5, "bench-press"))


class TestClientMadeIds:
    def test_the_same_workout_sent_again_is_the_same(self) -> None:
        user, id_ = UserFactory(), uuid7()
        log(user, lifted(100, 5), id=id_)
        told = WorkoutInput(id=id_, started_at=NOON, finished_at=NOON + dt.timedelta(hours=1), sets=[lifted(100, 5)])
        again, created = workouts.log_workout(user=user, workout=told)
        assert (again.pk, created, WorkoutLog.objects.count(), SetLog.objects.count()) == (id_, False, 1, 1)

    def test_the_same_id_with_other_numbers_is_refused(self) -> None:
        user, id_ = UserFactory(), uuid7()
        log(user, lifted(100, 5), id=id_)
        with pytest.raises(IdTakenError):
            log(user, lifted(105, 5), id=id_)

    def test_anothers_id_does_not_exist(self) -> None:
        id_ = uuid7()
        log(UserFactory(), lifted(100, 5), id=id_)
        with pytest.raises(Http404):
            log(UserFactory(), lifted(100, 5), id=id_)

    def test_a_set_sent_again_is_stored_once(self) -> None:
        user = UserFactory()
        workout = log(user)
        one = lifted(100, 5, id=uuid7())
        first = workouts.add_sets(user=user, workout_id=workout.pk, sets=[one])
        again = workouts.add_sets(user=user, workout_id=workout.pk, sets=[one, lifted(100, 4)])
        assert first.sets[0].pk in {row.pk for row in again.sets}
        assert len(again.sets) == 2
        assert workout.sets.count() == 2
        with pytest.raises(IdTakenError):
            workouts.add_sets(user=user, workout_id=workout.pk, sets=[lifted(110, 5, id=one.id)])

    def test_a_sets_id_of_another_athlete_does_not_exist(self) -> None:
        stranger = log(UserFactory(), lifted(100, 5, id=uuid7())).sets.get()
        user = UserFactory()
        with pytest.raises(Http404):
            workouts.add_sets(user=user, workout_id=log(user).pk, sets=[lifted(100, 5, id=stranger.pk)])


class TestEditing:
    def test_a_heavier_old_set_takes_a_later_record_away(self) -> None:
        user = UserFactory()
        first = log(user, lifted(100, 5))
        second = log(user, lifted(110, 5), at=NOON + DAY)
        assert broken(second)
        workouts.update_workout(user=user, workout_id=first.pk, changes={"sets": [lifted(120, 5)]})
        assert broken(second) == []
        assert not second.sets.get().is_pr

    def test_deleting_a_workout_gives_a_later_one_its_record_back(self) -> None:
        user = UserFactory()
        log(user, lifted(100, 5))
        between = log(user, lifted(130, 5), at=NOON + DAY)
        last = log(user, lifted(110, 5), at=NOON + 2 * DAY)
        assert broken(last) == []
        workouts.delete_workout(user=user, workout_id=between.pk)
        assert ("e1rm", last.sets.get().e1rm) in broken(last)

    def test_an_old_workout_logged_late_is_judged_in_its_place(self) -> None:
        user = UserFactory()
        second = log(user, lifted(110, 5), at=NOON + DAY)
        assert broken(second) == []
        log(user, lifted(100, 5))
        assert ("e1rm", second.sets.get().e1rm) in broken(second)

    def test_moving_a_workout_moves_its_sets_and_its_place(self) -> None:
        user = UserFactory()
        first = log(user, lifted(120, 5))
        second = log(user, lifted(110, 5), at=NOON + DAY)
        workouts.update_workout(
            user=user, workout_id=first.pk, changes={"started_at": NOON + 2 * DAY, "finished_at": NOON + 2.1 * DAY}
        )
        first.refresh_from_db()
        assert first.date == (NOON + 2 * DAY).date()
        assert first.sets.get().performed_at == NOON + 2 * DAY
        assert broken(first)
        assert not broken(second)

    def test_any_edit_equals_a_recomputation_from_scratch(self) -> None:
        user = UserFactory()
        made = [
            log(user, lifted(100 + 3 * number, 5), lifted(80, 8 + number % 2), at=NOON + number * DAY)
            for number in range(6)
        ]
        workouts.update_workout(user=user, workout_id=made[2].pk, changes={"sets": [lifted(150, 3), lifted(80, 12)]})
        workouts.delete_workout(user=user, workout_id=made[4].pk)
        workouts.add_sets(user=user, workout_id=made[0].pk, sets=[lifted(101, 6)])
        edited = state(user)
        PersonalRecord.objects.all().delete()
        SetLog.objects.update(is_pr=False, is_top_set=False, e1rm=None)
        metrics.recompute_for(user_id=user.pk)
        assert state(user) == edited

    def test_the_order_of_logging_does_not_matter(self) -> None:
        one, other = UserFactory(), UserFactory()
        days = [(NOON + number * DAY, lifted(100 + (number * 7) % 5, 5 + number % 3)) for number in range(5)]
        for at, done in days:
            log(one, done, at=at)
        for at, done in reversed(days):
            log(other, done, at=at)
        assert state(one) == state(other)

    def test_adding_and_taking_back_a_set_gives_the_state_back(self) -> None:
        user = UserFactory()
        log(user, lifted(100, 5))
        running, _ = workouts.start_workout(user=user)
        workouts.add_sets(user=user, workout_id=running.pk, sets=[lifted(100, 5)])
        before = state(user)
        workouts.add_sets(user=user, workout_id=running.pk, sets=[lifted(140, 5)])
        assert state(user) != before
        assert changes.undo_last(user=user, workout_id=running.pk)
        assert state(user) == before

    def test_a_deleted_workout_opens_its_session_again(self, frozen: Any) -> None:
        user = UserFactory()
        session = Session.objects.filter(microcycle__program=make_program(user)).first()
        workout = log(user, lifted(100, 5), session_id=session.pk)
        workouts.delete_workout(user=user, workout_id=workout.pk)
        session.refresh_from_db()
        assert session.status == "planned"

    def test_anothers_workout_does_not_exist(self) -> None:
        workout = log(UserFactory(), lifted(100, 5))
        stranger = UserFactory()
        for act in (
            lambda: workouts.add_sets(user=stranger, workout_id=workout.pk, sets=[lifted(1, 1)]),
            lambda: workouts.update_workout(user=stranger, workout_id=workout.pk, changes={"notes": "mine"}),
            lambda: workouts.delete_workout(user=stranger, workout_id=workout.pk),
            lambda: changes.undo_last(user=stranger, workout_id=workout.pk),
            lambda: workouts.finish_workout(user=stranger, workout_id=workout.pk),
        ):
            with pytest.raises(Http404):
                act()

    def test_a_failed_edit_leaves_everything_as_it_was(self) -> None:
        user = UserFactory()
        workout = log(user, lifted(100, 5))
        before = state(user)
        with pytest.raises(InvalidLogError):
            workouts.update_workout(
                user=user, workout_id=workout.pk, changes={"notes": "new", "sets": [lifted(100, 5, "nothing")]}
            )
        workout.refresh_from_db()
        assert (state(user), workout.notes) == (before, "")


class TestRunning:
    def test_only_one_workout_runs_at_a_time(self) -> None:
        user = UserFactory()
        first, started = workouts.start_workout(user=user)
        again, started_again = workouts.start_workout(user=user)
        assert (started, started_again, again.pk) == (True, False, first.pk)
        with pytest.raises(workouts.OpenWorkoutError) as caught:
            workouts.log_workout(user=user, workout=WorkoutInput(started_at=NOON))
        assert caught.value.extra == {"workout_id": str(first.pk)}

    def test_finishing_stores_the_answers_and_marks_the_session(self) -> None:
        user = UserFactory()
        session = Session.objects.filter(microcycle__program=make_program(user)).first()
        running, _ = workouts.start_workout(user=user, session=session)
        done = workouts.finish_workout(
            user=user, workout_id=running.pk, perceived_difficulty=8, enjoyment=5, feedback_tags=["strong"]
        )
        session.refresh_from_db()
        assert (done.completed, done.perceived_difficulty, done.enjoyment, session.status) == (True, 8, 5, "done")
        assert done.feedback_tags == ["strong"]

    def test_a_finished_workout_is_not_undone_by_accident(self) -> None:
        user = UserFactory()
        with pytest.raises(changes.WorkoutFinishedError):
            changes.undo_last(user=user, workout_id=log(user, lifted(100, 5)).pk)

    def test_nothing_to_undo_is_no_error(self) -> None:
        user = UserFactory()
        running, _ = workouts.start_workout(user=user)
        assert not changes.undo_last(user=user, workout_id=running.pk)

    def test_a_missing_set_cannot_be_deleted(self) -> None:
        user = UserFactory()
        with pytest.raises(Http404):
            workouts.delete_set(user=user, workout_id=log(user).pk, set_id=uuid4())


def test_what_was_trained_outlives_the_deleted_plan() -> None:
    user = UserFactory()
    program = make_program(user)
    session = Session.objects.filter(microcycle__program=program).first()
    exercise = SessionExercise.objects.get(session=session, section="main")
    workout = log(user, lifted(100, 5, session_exercise_id=exercise.pk), session_id=session.pk)
    program.delete()
    workout.refresh_from_db()
    assert (workout.session_id, workout.sets.get().asked_load_kg) == (None, 97.5)


@pytest.mark.django_db(transaction=True)
def test_the_same_workout_sent_twice_at_once_is_stored_once() -> None:
    small_library()
    user, id_ = UserFactory(), uuid7()
    told = WorkoutInput(id=id_, started_at=NOON, finished_at=NOON + dt.timedelta(hours=1), sets=[lifted(100, 5)])

    def send(_: int) -> bool:
        try:
            return workouts.log_workout(user=user, workout=told)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == [False, False, False, True]
    assert (WorkoutLog.objects.count(), SetLog.objects.count()) == (1, 1)
