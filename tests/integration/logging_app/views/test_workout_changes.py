"""Changing a running workout, typed sets, doubts, circuits, past and repeated workouts, forgotten ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Settings
from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import MetricType
from logging_app.models import SetLog, WorkoutLog
from movements.models import Movement
from programs.models import Session
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import SQUAT, BodyweightFactory, lifted, log
from tests.factories.movements import CircuitExerciseFactory, CircuitFactory, load_sample
from tests.factories.programs import MONDAY, make_program, small_library
from tests.integration.logging_app.views.test_workout import a_set, at, exercise_of

pytestmark = pytest.mark.django_db
SAVEPOINT = 2  # the test's own transaction around the service's
NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    with time_machine.travel(NOON, tick=True):
        yield user


@pytest.fixture
def workout(client, alice):
    make_program(alice)
    session = Session.objects.order_by("date").first()
    client.post(reverse("logging:start", args=[session.pk]))
    return WorkoutLog.objects.get()


def change(client, workout: WorkoutLog, **posted: Any) -> Any:
    return client.post(at(workout, "change"), {"change_id": str(uuid7()), **posted}, follow=True)


def undo(client, workout: WorkoutLog) -> str:
    return client.post(at(workout, "undo"), follow=True).content.decode()


def order(page: Any) -> list[str]:
    return [
        one.key for one in page.context["page"].exercises if one.item and one.exercise.section in ("main", "accessory")
    ]


class TestChanges:
    def test_what_was_added_by_hand_and_begun_is_one_tap_away(self, client, alice):
        small_library()
        client.post(reverse("logging:start-empty"))
        workout = WorkoutLog.objects.get()
        change(client, workout, op="add", movement="dumbbell-row")
        client.post(at(workout, "add-set"), a_set(movement="dumbbell-row", weight="30"))
        change(client, workout, op="add", movement=SQUAT)
        workout.refresh_from_db()
        page = client.get(at(workout), {"x": workout.changes[-1]["id"]})
        begun = [one.movement.slug for one in page.context["finished"]]
        assert begun == ["dumbbell-row"]

    def test_an_exercise_moves_and_goes_back(self, client, workout):
        first = order(client.get(at(workout)))
        moved = change(client, workout, op="down", key=first[0])
        assert order(moved) == [first[1], first[0], *first[2:]]
        assert "as it was" in undo(client, workout)
        assert order(client.get(at(workout))) == first

    def test_a_removed_exercise_comes_back_by_undo(self, client, workout):
        first = order(client.get(at(workout)))
        assert order(change(client, workout, op="remove", key=first[0])) == first[1:]
        undo(client, workout)
        assert order(client.get(at(workout))) == first

    def test_a_pair_is_trained_in_turn_with_the_rest_after_the_round(self, client, workout):
        first, second, *_rest = order(client.get(at(workout)))
        change(client, workout, op="pair", key=first)
        after_one = client.post(at(workout, "add-set"), a_set(exercise_of()), follow=True)
        assert after_one.context["now"].key == second
        assert after_one.context["straight_on"]
        assert after_one.context["rest_since"] is None
        partner = after_one.context["now"].exercise
        after_two = client.post(at(workout, "add-set"), a_set(partner, weight="20"), follow=True)
        assert after_two.context["now"].key == first
        assert after_two.context["rest_since"] is not None

    def test_a_stand_in_searched_by_name_gets_its_load_too(self, client, alice, workout):
        load_sample()
        log(alice, lifted(100, 5), at=NOON - dt.timedelta(days=3))
        log(alice, lifted(50, 5, "goblet-squat"), at=NOON - dt.timedelta(days=2))
        key = str(exercise_of().pk)
        page = change(client, workout, op="swap", key=key, movement="goblet-squat")
        asked = page.context["now"].item
        assert page.context["now"].movement.slug == "goblet-squat"
        assert asked.load_kg is not None
        assert 0 < asked.load_kg < exercise_of().target_load_kg

    def test_a_swap_converts_the_load_keeps_the_sets_and_is_undone(self, client, alice, workout):
        load_sample()
        log(alice, lifted(100, 5), at=NOON - dt.timedelta(days=3))
        log(alice, lifted(50, 5, "goblet-squat"), at=NOON - dt.timedelta(days=2))
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        key = str(exercise_of().pk)
        choices = client.get(reverse("logging:swap", args=[workout.pk, key]))
        assert choices.status_code == 200
        page = change(client, workout, op="swap", key=key, movement="goblet-squat", load_kg="45")
        now = page.context["now"]
        assert (now.movement.slug, now.item.load_kg, now.item.sets) == ("goblet-squat", 45, 3)
        client.post(at(workout, "add-set"), a_set(exercise_of(), movement="goblet-squat", weight="45"))
        assert SetLog.objects.get(movement__slug="goblet-squat", workout=workout).asked_load_kg == 45
        undo(client, workout)
        undo(client, workout)
        back = client.get(at(workout)).context["now"]
        assert (back.movement.slug, back.done) == (SQUAT, 1)

    def test_notes_rest_and_sets_are_kept_and_the_note_is_in_the_diary(self, client, workout):
        key = str(exercise_of().pk)
        change(client, workout, op="note", key=key, note="belt on")
        change(client, workout, op="rest", key=key, rest="45")
        page = change(client, workout, op="sets", key=key, sets="2")
        assert (page.context["rest_asked"], page.context["now"].item.sets) == (45, 2)
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        client.post(at(workout, "finish"), {})
        assert "belt on" in client.get(reverse("logging:entry", args=[workout.pk])).content.decode()

    def test_the_same_change_posted_twice_is_one(self, client, workout):
        posted = {"op": "down", "key": str(exercise_of().pk), "change_id": str(uuid7())}
        for _ in range(2):
            client.post(at(workout, "change"), posted)
        assert len(WorkoutLog.objects.get().changes) == 1

    def test_nonsense_is_refused_in_words(self, client, workout):
        assert "could not be changed" in change(client, workout, op="dance").content.decode()
        assert "could not be changed" in change(client, workout, op="sets", key=uuid7(), sets="99").content.decode()
        assert WorkoutLog.objects.get().changes == []

    def test_a_finished_workout_takes_no_change(self, client, workout):
        client.post(at(workout, "finish"), {})
        assert "finished" in change(client, workout, op="down", key=str(exercise_of().pk)).content.decode()


def test_a_set_is_logged_in_ten_queries(client, workout, django_assert_max_num_queries):
    client.post(at(workout, "add-set"), a_set(exercise_of(), number="1"))
    posted = a_set(exercise_of(), number="2")
    with django_assert_max_num_queries(10 + SAVEPOINT):
        client.post(at(workout, "add-set"), posted)


class TestTyping:
    def typed(self, client, workout: WorkoutLog, text: str) -> Any:
        posted = {"set_id": str(uuid7()), "exercise": str(exercise_of().pk), "movement": SQUAT, "text": text}
        return client.post(at(workout, "add-typed"), posted)

    def test_several_sets_in_one_line(self, client, workout):
        self.typed(client, workout, "w 60x5; 2x5x102,5@8")
        rows = SetLog.objects.order_by("order")
        assert [(row.kind, row.weight_kg, row.reps, row.rpe) for row in rows] == [
            ("warmup", 60, 5, None),
            ("working", 102.5, 5, 8),
            ("working", 102.5, 5, 8),
        ]

    def test_a_slip_in_a_line_is_asked_about_at_once_and_when_it_waited(self, client, alice, workout):
        log(alice, lifted(95, 5), lifted(95, 5), lifted(95, 5), at=NOON - dt.timedelta(days=7))
        row = exercise_of()
        line = {"set_id": str(uuid7()), "exercise": row.pk, "movement": SQUAT, "text": "2x5x950"}
        asked = client.post(at(workout, "add-typed"), line)
        assert (asked.status_code, workout.sets.count()) == (422, 0)
        assert "ten times your usual" in asked.content.decode()
        entry = {**line, "entry": "typed", "user": alice.pk, "workout": workout.pk}
        told = client.post(reverse("logging:outbox"), {**entry, "at": "2026-11-23T12:00:00Z"}).json()
        assert (told["state"], told["doubt"], workout.sets.count()) == ("refused", True, 0)
        client.post(at(workout, "add-typed"), {**line, "confirmed": "1"})
        assert workout.sets.count() == 2
        assert client.post(reverse("logging:outbox"), entry).json()["state"] == "stored"
        assert workout.sets.count() == 2

    def test_the_same_line_twice_is_logged_once(self, client, workout):
        posted = {"set_id": str(uuid7()), "exercise": "", "movement": SQUAT, "text": "3x5x100"}
        for _ in range(2):
            client.post(at(workout, "add-typed"), posted)
        assert SetLog.objects.count() == 3

    def test_what_cannot_be_read_is_told_at_the_field_and_stays_typed(self, client, workout):
        page = self.typed(client, workout, "100 for 8")
        assert page.status_code == 422
        assert "names no repetitions" in page.content.decode()
        assert 'value="100 for 8"' in page.content.decode()
        assert SetLog.objects.count() == 0


class TestDoubts:
    def test_a_weight_ten_times_the_usual_is_asked_about_and_kept_in_one_tap(self, client, alice, workout):
        log(alice, lifted(100, 5), at=NOON - dt.timedelta(days=3))
        posted = a_set(exercise_of(), weight="1000")
        page = client.post(at(workout, "add-set"), posted)
        assert page.status_code == 422
        assert "about ten times your usual 100 kg" in page.content.decode()
        assert not workout.sets.exists()
        client.post(at(workout, "add-set"), {**posted, "instead": "100"})
        assert workout.sets.get().weight_kg == 100

    def test_what_is_meant_is_kept(self, client, alice, workout):
        log(alice, lifted(100, 5), at=NOON - dt.timedelta(days=3))
        posted = a_set(exercise_of(), weight="225")
        assert "Are these pounds?" in client.post(at(workout, "add-set"), posted).content.decode()
        client.post(at(workout, "add-set"), {**posted, "confirmed": "1"})
        assert workout.sets.get().weight_kg == 225

    def test_a_set_that_another_device_logged_meanwhile_is_asked_about(self, client, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of(), number="1"))
        posted = a_set(exercise_of(), number="1", reps="4")
        page = client.post(at(workout, "add-set"), posted)
        assert "Set 1 is logged already" in page.content.decode()
        assert SetLog.objects.count() == 1
        client.post(at(workout, "add-set"), {**posted, "confirmed": "1"})
        assert SetLog.objects.count() == 2


class TestKindsOfMovements:
    def test_effort_is_told_as_repetitions_left_where_that_is_chosen(self, client, alice, workout):
        Settings.objects.update_or_create(user=alice, defaults={"effort_scale": "rir"})
        page = client.get(at(workout))
        assert page.context["form"].initial["rir"] == "2"
        client.post(at(workout, "add-set"), a_set(exercise_of(), rpe=None, rir="1"))
        assert (SetLog.objects.get().rir, SetLog.objects.get().rpe) == (1, None)
        assert "RIR 1" in client.get(at(workout)).content.decode()

    def test_a_helped_bodyweight_set_lifts_less_than_the_body(self, client, alice, workout):
        BodyweightFactory(user=alice, value=80)
        Movement.objects.filter(slug="dumbbell-row").update(bodyweight_share=1)
        client.post(at(workout, "add-set"), a_set(None, movement="dumbbell-row", weight="20", helped="1", reps="5"))
        row = SetLog.objects.get()
        assert row.weight_kg == -20
        assert row.e1rm is not None
        assert 60 < row.e1rm < 75
        assert "helped by 20 kg × 5" in client.get(f"{at(workout)}?m=dumbbell-row").content.decode()

    def test_help_is_only_for_movements_of_the_body(self, client, workout):
        page = client.post(at(workout, "add-set"), a_set(exercise_of(), helped="1"))
        assert page.status_code == 422
        assert SetLog.objects.count() == 0

    def test_sides_that_differ_are_one_set_of_the_weaker_one(self, client, workout):
        Movement.objects.filter(slug=SQUAT).update(unilateral=True)
        client.post(at(workout, "add-set"), a_set(exercise_of(), left="8", right="6"))
        row = SetLog.objects.get()
        assert (row.left, row.right, row.reps) == (8, 6, 6)
        assert "L 8 R 6" in client.get(at(workout)).content.decode()
        assert client.post(at(workout, "add-set"), a_set(exercise_of(), left="8")).status_code == 422

    def test_a_timed_side_is_kept_in_seconds(self, client, workout):
        Movement.objects.filter(slug="dumbbell-row").update(metric_type=MetricType.TIME, unilateral=True)
        posted = a_set(None, movement="dumbbell-row", reps=None, seconds="40", left="45", right="35")
        client.post(at(workout, "add-set"), posted)
        assert (SetLog.objects.get().seconds, SetLog.objects.get().reps) == (35, None)


class TestCircuits:
    def test_a_circuit_is_added_logged_as_sets_and_undone(self, client, workout):
        circuit = CircuitFactory()
        CircuitExerciseFactory(circuit=circuit, movement=Movement.objects.get(slug="dumbbell-row"), reps=10)
        CircuitExerciseFactory(circuit=circuit, movement=Movement.objects.get(slug=SQUAT), reps=None, calories=20)
        assert client.get(at(workout, "choose-circuit")).status_code == 200
        key = [workout.pk, circuit.slug]
        client.post(reverse("logging:add-circuit", args=key), {"change_id": str(uuid7())})
        assert "data-circuit-timer" in client.get(at(workout)).content.decode()
        result = {"change_id": str(uuid7()), "rounds": "3", "reps": "4", "minutes": "11", "seconds": "30"}
        for _ in range(2):
            client.post(reverse("logging:circuit-result", args=key), result)
        assert [row.reps for row in SetLog.objects.all()] == [10, 10, 10]
        assert "11:30" in client.get(at(workout)).content.decode()
        assert "result is taken back" in undo(client, workout)
        assert SetLog.objects.count() == 0
        assert "circuit is taken back" in undo(client, workout)

    def test_an_empty_result_is_refused(self, client, workout):
        circuit = CircuitExerciseFactory().circuit
        url = reverse("logging:circuit-result", args=[workout.pk, circuit.slug])
        page = client.post(url, {"change_id": str(uuid7())}, follow=True)
        assert "how many rounds" in page.content.decode()


class TestPastAndRepeated:
    def past(self, client, **posted: Any) -> Any:
        body = {"workout_id": str(uuid7()), "date": "2026-11-20", "began": "23:30", "minutes": "60", **posted}
        return client.post(reverse("logging:past"), body)

    def test_a_past_workout_is_written_in_lines_and_may_cross_midnight(self, client, alice, workout):
        name = Movement.objects.get(slug=SQUAT).name
        answer = self.past(client, lines=f"{name}: 2x5x100@8\n{name.lower()}: 80x8")
        assert answer.status_code == 302
        row = WorkoutLog.objects.get(completed=True)
        assert row.date == dt.date(2026, 11, 20)
        assert row.finished_at.date() > row.started_at.date()
        assert [one.weight_kg for one in row.sets.all()] == [100, 100, 80]

    def test_lines_that_cannot_be_read_are_all_told(self, client, workout):
        page = self.past(client, lines=f"{Movement.objects.get(slug=SQUAT).name}: many\nZzzz: 5x5")
        text = page.content.decode()
        assert "names no repetitions" in text
        assert "no movement “Zzzz”" in text
        assert not WorkoutLog.objects.filter(completed=True).exists()

    def test_the_future_is_refused_and_fourteen_hours_are_asked_about(self, client, workout):
        name = Movement.objects.get(slug=SQUAT).name
        assert "future" in self.past(client, date="2026-11-25", lines=f"{name}: 5x100").content.decode()
        long = {"date": "2026-11-20", "began": "06:00", "minutes": "840", "lines": f"{name}: 100x5"}
        assert "More than five hours?" in self.past(client, **long).content.decode()
        assert self.past(client, **long, long_is_meant="1").status_code == 302

    @pytest.mark.parametrize(
        ("hour", "told"),
        [(12, (MONDAY, "11:00")), (20, (MONDAY, "18:00")), (0, (MONDAY - dt.timedelta(days=1), "18:00"))],
    )
    def test_what_is_filled_in_is_over_by_now_and_can_be_saved_as_it_stands(self, client, alice, hour, told):
        small_library()
        with time_machine.travel(NOON.replace(hour=hour), tick=False):
            form = client.get(reverse("logging:past")).context["form"]
            values = {name: form[name].value() for name in ("workout_id", "date", "began", "minutes")}
            saved = client.post(reverse("logging:past"), {**values, "lines": "Barbell Back Squat: 5x100"})
        assert (values["date"], f"{values['began']:%H:%M}") == told
        assert saved.status_code == 302

    def test_a_name_that_was_searched_is_told(self, client, alice):
        load_sample()
        values = {"workout_id": str(uuid7()), "date": MONDAY, "began": "10:00", "minutes": 60}
        lines = "back squat: 5x100\nBarbell Back Squat: 5x90"
        page = client.post(reverse("logging:past"), {**values, "lines": lines}, follow=True).content.decode()
        assert page.count("was read as Barbell Back Squat.") == 1
        assert SetLog.objects.filter(movement__slug=SQUAT).count() == 2

    def test_a_planned_session_fills_the_lines(self, client, workout):
        page = client.get(reverse("logging:past-session", args=[workout.session_id]))
        assert "4x6x97.5@8" in page.content.decode()

    def test_an_old_workout_is_repeated_with_its_numbers_as_the_target(self, client, alice, workout):
        client.post(at(workout, "finish"), {})
        old = log(alice, lifted(90, 5), lifted(95, 4), at=NOON - dt.timedelta(days=3))
        page = client.post(reverse("logging:repeat", args=[old.pk]), follow=True)
        now = page.context["now"]
        assert (now.movement.slug, now.item.sets, now.item.load_kg) == (SQUAT, 2, 95)
        assert page.context["form"].initial["weight"] == 95


class TestForgotten:
    def test_fourteen_hours_ask_when_it_ended(self, client, alice, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        last = SetLog.objects.get().performed_at
        with time_machine.travel(NOON + dt.timedelta(hours=14)):
            assert "Still training?" in client.get(at(workout)).content.decode()
            assert "When did you finish?" in client.get(at(workout, "finish")).content.decode()
            client.post(at(workout, "finish"), {"ended": "last"})
        assert WorkoutLog.objects.get().finished_at == last

    def test_after_a_day_no_set_is_added_but_it_can_be_finished(self, client, alice, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        with time_machine.travel(NOON + dt.timedelta(hours=30)):
            page = client.post(at(workout, "add-set"), a_set(exercise_of()))
            assert "more than a day ago" in page.content.decode()
            assert client.post(at(workout, "finish"), {"ended": "last"}).status_code == 302

    def test_a_page_left_open_after_another_device_finished(self, client, workout):
        client.post(at(workout, "finish"), {})
        page = client.post(at(workout, "add-set"), a_set(exercise_of()), follow=True)
        assert "Nothing was logged" in page.content.decode()
        assert SetLog.objects.count() == 0


def test_the_state_changes_with_each_set_change_and_undo(client, workout):
    seen = [client.get(at(workout, "state")).json()["version"]]
    assert seen[0] == client.get(at(workout)).context["version"]
    for act in (
        lambda: client.post(at(workout, "add-set"), a_set(exercise_of())),
        lambda: change(client, workout, op="down", key=str(exercise_of().pk)),
        lambda: undo(client, workout),
        lambda: client.post(at(workout, "finish"), {}),
    ):
        act()
        seen.append(client.get(at(workout, "state")).json()["version"])
    assert len(set(seen)) == 4  # taking the change back is the state before it
    assert seen[1] == seen[3]
