"""The weeks ahead after real days: 1, 8, 29 and the last, a break, an injury, a deload, and taking it back."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Injury
from gainsly.lib.vocabulary import SessionStatus
from logging_app.services import workouts
from logging_app.services.inputs import SetInput, WorkoutInput
from movements.models import LibraryVersion, Movement, MovementEquipment, MovementJoint, MovementMuscle, MovementRule
from programs.models import Program, Session, SessionExercise
from programs.selectors import local_today, program_for, session_for
from programs.services import replanning
from programs.services.locking import ChangedMeanwhileError
from programs.services.rolling import roll_forward
from tests.factories.logging_app import SQUAT
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(MONDAY), tick=True) as traveller:
        yield traveller


@pytest.fixture
def program():
    return make_program(progression_style="double_progression")


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC)


def add_movement(slug: str, *, like: str) -> Movement:
    """A twin of a library movement under another name, that needs dumbbells only."""
    source = Movement.objects.get(slug=like)
    muscles = list(source.muscles.all())
    source.pk, source.slug, source.name, source._state.adding = None, slug, slug.replace("-", " ").title(), True
    source.id = Movement._meta.pk.get_default()
    source.sections = ["main", "accessory"]
    source.save()
    for muscle in muscles:
        MovementMuscle.objects.create(movement=source, muscle=muscle.muscle, role=muscle.role, share=muscle.share)
    MovementEquipment.objects.create(movement=source, equipment_id="dumbbell")
    LibraryVersion.objects.update(content_hash=slug)
    return source


def train(user, session, *, load, reps, rpe=8):
    """Log the squats of a session as done."""
    squat = session.exercises.get(movement__slug=SQUAT)
    began = at(session.date)
    return workouts.log_workout(
        user=user,
        workout=WorkoutInput(
            session_id=session.pk,
            started_at=began,
            finished_at=began + dt.timedelta(hours=1),
            sets=[
                SetInput(
                    movement=SQUAT, order=number, weight_kg=load, reps=count, rpe=rpe, session_exercise_id=squat.pk
                )
                for number, count in enumerate(reps, start=1)
            ],
        ),
    )[0]


def sessions_of(program):
    return list(Session.objects.filter(microcycle__program=program).order_by("date"))


def squats(program):
    rows = SessionExercise.objects.filter(session__microcycle__program=program, movement__slug=SQUAT)
    return list(rows.order_by("session__date").values_list("target_load_kg", flat=True))


def snapshot(program):
    rows = SessionExercise.objects.filter(session__microcycle__program=program).order_by("session__date", "position")
    return list(rows.values_list("pk", "movement_id", "sets", "target_load_kg", "session__date", "session__status"))


def again(program, **more):
    return replanning.replan_program(
        program=program_for(program.user, program.pk), today=local_today(program.user), **more
    )


@pytest.mark.parametrize("day", [0, 7, 28, 55])
def test_without_news_nothing_changes_on_any_day(program, clock, day):
    clock.move_to(at(MONDAY + dt.timedelta(days=day)))
    Session.objects.filter(date__lt=MONDAY + dt.timedelta(days=day)).update(status=SessionStatus.SKIPPED, locked=True)
    Session.objects.filter(date__gte=MONDAY + dt.timedelta(days=day)).update(locked=False)
    before = snapshot(program)
    replanning.replan_program(program=program_for(program.user, program.pk), today=MONDAY)
    assert snapshot(program) == before


class TestLoads:
    def test_a_workout_moves_the_next_exposure_at_once_and_says_why(self, program, clock):
        first, second = sessions_of(program)[:2]
        train(program.user, first, load=100, reps=(4, 4, 4, 4))
        row = second.exercises.get(movement__slug=SQUAT)
        assert row.target_load_kg == 100.0
        assert row.load_why

    def test_a_failure_is_repeated_and_then_steps_back_a_tenth(self, program, clock):
        one, two, three, four = sessions_of(program)[:4]
        train(program.user, one, load=100, reps=(4, 3, 3, 2), rpe=10)
        assert two.exercises.get(movement__slug=SQUAT).target_load_kg <= 100
        clock.move_to(at(two.date))
        train(program.user, two, load=100, reps=(4, 3, 2, 2), rpe=10)
        assert three.exercises.get(movement__slug=SQUAT).target_load_kg <= 90
        assert four.exercises.get(movement__slug=SQUAT).target_load_kg <= 90

    def test_deload_exposures_never_compound_downward(self, program, clock):
        """Three light exposures inside deloads leave the load after them where the last hard session put it."""
        rows = sessions_of(program)
        for session in rows[:6]:
            clock.move_to(at(session.date))
            train(program.user, session, load=100, reps=(4, 4, 4, 4))
        after_loading = session_for(program.user, rows[8].pk).exercises.get(movement__slug=SQUAT).target_load_kg
        for session in rows[6:8]:
            clock.move_to(at(session.date))
            train(program.user, session, load=60, reps=(4, 4), rpe=6)
        assert session_for(program.user, rows[8].pk).exercises.get(movement__slug=SQUAT).target_load_kg == after_loading

    def test_no_raise_in_a_deload_and_no_jump_above_a_tenth(self, program, clock):
        rows = sessions_of(program)
        train(program.user, rows[0], load=100, reps=(6, 6, 6, 6), rpe=6)
        loads = squats(program)[1:]
        deload = [load for load, session in zip(loads, rows[1:], strict=True) if session.microcycle.is_deload]
        assert max(deload) <= max(loads)
        assert all(
            later <= earlier * 1.1 + 1e-6
            for earlier, later in zip([100, *loads], loads, strict=False)
            if later > earlier >= 90
        )


class TestTwiceIsOnce:
    def test_and_what_is_locked_logged_or_past_stays(self, program, clock):
        rows = sessions_of(program)
        train(program.user, rows[0], load=100, reps=(5, 5, 5, 5))
        Session.objects.filter(pk=rows[3].pk).update(locked=True)
        locked = snapshot_of(rows[3])
        clock.move_to(at(rows[4].date + dt.timedelta(days=1)))
        roll_forward(now=at(rows[4].date + dt.timedelta(days=1)))
        past = [snapshot_of(one) for one in rows[:5]]
        outlook, row = again(program)
        assert outlook.changes
        assert row is not None
        once = snapshot(program)
        assert again(program)[1] is None
        assert snapshot(program) == once
        assert [snapshot_of(one) for one in rows[:5]] == past
        assert snapshot_of(rows[3]) == locked

    def test_two_tabs_the_later_one_is_told(self, program):
        tab = program_for(program.user, program.pk)
        Program.objects.get(pk=program.pk).save()
        with pytest.raises(ChangedMeanwhileError):
            replanning.replan_program(program=tab, today=MONDAY)


def snapshot_of(session):
    return list(session.exercises.order_by("position").values_list("pk", "movement_id", "sets", "target_load_kg"))


class TestBreak:
    def test_one_miss_goes_on_as_planned(self, clock):
        program = make_program(days=3, progression_style="double_progression")
        rows = sessions_of(program)
        train(program.user, rows[0], load=100, reps=(4, 4, 4, 4))
        clock.move_to(at(rows[2].date))
        roll_forward(now=at(rows[2].date))
        sets = [one[2] for one in snapshot(program)]
        again(program)
        assert [one[2] for one in snapshot(program)] == sets

    def test_a_week_away_eases_only_the_first_session_and_adds_nothing(self, program, clock):
        rows = sessions_of(program)
        train(program.user, rows[0], load=100, reps=(4, 4, 4, 4))
        clock.move_to(at(MONDAY + dt.timedelta(days=14)))
        roll_forward(now=at(MONDAY + dt.timedelta(days=14)))
        before = {one[0]: one[2] for one in snapshot(program)}
        outlook, _row = again(program)
        after = {one[0]: one[2] for one in snapshot(program)}
        eased = {str(pk) for pk in after if after[pk] < before[pk]}
        assert eased <= {str(pk) for pk in rows[4].exercises.values_list("pk", flat=True)}
        assert eased
        assert all(after[pk] <= before[pk] for pk in after)
        assert any("nothing is doubled up" in note for note in outlook.notes)
        assert rows[4].exercises.get(movement__slug=SQUAT).target_load_kg < 100

    def test_who_misses_every_third_session_is_never_given_more(self, program, clock):
        rows = sessions_of(program)
        planned = {one[0]: one[2] for one in snapshot(program)}
        for number, session in enumerate(rows, start=1):
            clock.move_to(at(session.date))
            roll_forward(now=at(session.date))
            again(program)
            if number % 3:
                current = session.exercises.get(movement__slug=SQUAT)
                train(program.user, session, load=current.target_load_kg, reps=[current.reps_min] * 3)
        loads = squats(program)
        assert all(one[2] <= planned[one[0]] for one in snapshot(program))
        assert all(85 <= load <= 125 for load in loads), loads


class TestHits:
    def test_an_injury_replaces_only_what_it_hits_and_can_be_taken_back(self, program):
        before = snapshot(program)
        add_movement("goblet-squat", like=SQUAT)
        MovementJoint.objects.create(movement=Movement.objects.get(slug=SQUAT), area="knee", stress="heavy")
        LibraryVersion.objects.update(content_hash="joints")
        Injury.objects.create(user=program.user, area="knee", severity=2, since=MONDAY)
        outlook, row = again(program)
        assert {one.kind for one in outlook.changes} == {"swap"}
        assert "knee" in outlook.changes[0].reason
        assert not SessionExercise.objects.filter(movement__slug=SQUAT).exists()
        assert SessionExercise.objects.filter(movement__slug="dumbbell-row").count() == 16
        replanning.undo_replanning(replanning=row, today=MONDAY)
        assert snapshot(program) == before

    def test_what_was_trained_before_the_injury_is_no_fault_of_the_plan(self, program, clock):
        """The plan is judged by the limits of today where they can still change it."""
        clock.move_to(at(MONDAY + dt.timedelta(days=9)))
        MovementRule.objects.create(user=program.user, movement=Movement.objects.get(slug=SQUAT), type="hard_no")
        before = replanning.look_ahead(program=program_for(program.user, program.pk), today=local_today(program.user))
        outlook, _row = again(program)
        limits = [next(one for one in report.checks if one.code == "C01") for report in (before.before, outlook.after)]
        assert [one.passed for one in limits] == [False, True]
        past = SessionExercise.objects.filter(session__date__lt=local_today(program.user), movement__slug=SQUAT)
        assert past.exists()

    def test_where_nothing_fits_the_colliding_rules_are_named(self, program):
        MovementRule.objects.create(user=program.user, movement=Movement.objects.get(slug=SQUAT), type="hard_no")
        outlook, row = again(program)
        assert {one.kind for one in outlook.changes} == {"remove"}
        assert any("your rule against barbell back squat" in note for note in outlook.notes)
        assert not replanning.is_undoable(row)

    def test_fewer_weekdays_move_sessions_and_drop_what_finds_no_day(self, program):
        profile = program.user.profile
        profile.available_weekdays = [0]
        profile.save()
        outlook, _row = again(program)
        assert {one.kind for one in outlook.changes} == {"drop"}
        assert Session.objects.filter(status="skipped").count() == 8
        assert all(one.date.weekday() == 0 for one in Session.objects.filter(status="planned"))


class TestEarlyDeload:
    def test_it_counts_as_the_scheduled_one(self, program, clock):
        clock.move_to(at(MONDAY + dt.timedelta(days=1)))
        again(program, wants_deload=True)
        easy = list(program.microcycles.filter(is_deload=True).values_list("sequence", flat=True))
        assert easy == [2, 8]
        sets = {
            week.sequence: sum(week.sessions.values_list("exercises__sets", flat=True))
            for week in program.microcycles.all()
        }
        assert sets[2] < sets[1] == sets[4]

    def test_never_two_within_three_weeks(self, program, clock):
        clock.move_to(at(MONDAY + dt.timedelta(days=29)))
        outlook, _row = again(program, wants_deload=True)
        assert not [one for one in outlook.changes if one.kind == "deload"]
        assert any("less than three weeks" in note for note in outlook.notes)


def test_the_number_of_queries_does_not_depend_on_the_program(django_assert_max_num_queries):
    for weeks in (8, 12):
        program = make_program(weeks=weeks, days=2)
        with django_assert_max_num_queries(45):
            replanning.look_ahead(program=program_for(program.user, program.pk), today=MONDAY)
