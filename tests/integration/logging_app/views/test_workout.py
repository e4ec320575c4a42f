"""The live workout: start, sets, undo, finish, and everything that can come between."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Profile, Settings
from accounts.services.profile import update_settings
from gainsly.lib.ids import uuid7
from gainsly.lib.vocabulary import MetricType, SessionStatus
from logging_app.models import SetLog, WorkoutLog
from movements.models import Movement
from movements.services import gyms
from programs.models import Program, Session, SessionExercise
from programs.services.lifecycle import delete_program
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import SQUAT, lifted, log
from tests.factories.movements import load_sample
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)
QUERIES = 15


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    with time_machine.travel(NOON, tick=False):
        yield user


@pytest.fixture
def session(alice):
    make_program(alice)
    return Session.objects.order_by("date").first()


@pytest.fixture
def workout(client, session):
    client.post(reverse("logging:start", args=[session.pk]))
    return WorkoutLog.objects.get()


def at(workout: WorkoutLog, name: str = "workout") -> str:
    return reverse(f"logging:{name}", args=[workout.pk])


def exercise_of(slug: str = SQUAT) -> SessionExercise:
    """The first day's exercise of a movement."""
    rows = SessionExercise.objects.filter(movement__slug=slug, section__in=("main", "accessory"))
    return rows.order_by("session__date")[0]


def a_set(exercise: SessionExercise | None = None, /, **changes: Any) -> dict[str, Any]:
    """What the page posts for one set."""
    posted = {
        "set_id": str(uuid7()),
        "exercise": str(exercise.pk) if exercise else "",
        "movement": exercise.movement.slug if exercise else SQUAT,
        "kind": "working",
        "weight": "97.5",
        "reps": "5",
        "rpe": "8",
        **changes,
    }
    return {name: value for name, value in posted.items() if value is not None}


class TestStarting:
    def test_a_session_starts_once_however_often_it_is_tapped(self, client, session):
        url = reverse("logging:start", args=[session.pk])
        first, second = client.post(url), client.post(url)
        assert first["Location"] == second["Location"] == at(WorkoutLog.objects.get())
        assert "still running" not in client.get(second["Location"]).content.decode()

    def test_another_session_waits_until_the_running_one_is_finished(self, client, workout):
        other = Session.objects.order_by("date")[1]
        url = reverse("logging:start", args=[other.pk])
        page = client.post(url)
        assert page.status_code == 422
        assert "still running" in page.content.decode()
        assert WorkoutLog.objects.count() == 1
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        client.post(url, {"choice": "finish"})
        assert WorkoutLog.objects.get(pk=workout.pk).completed
        assert not WorkoutLog.objects.get(session=other).completed

    def test_the_running_one_can_be_discarded_for_another(self, client, workout):
        client.post(reverse("logging:start-empty"), {"choice": "discard"})
        assert WorkoutLog.objects.get().session is None

    def test_a_session_that_is_logged_already_is_trained_again_only_when_meant(self, client, workout):
        client.post(at(workout, "finish"), {})
        url = reverse("logging:start", args=[workout.session_id])
        page = client.post(url)
        assert "You logged" in page.content.decode()
        assert WorkoutLog.objects.count() == 1
        client.post(url, {"choice": "again"})
        assert WorkoutLog.objects.filter(session=workout.session_id).count() == 2

    def test_an_empty_workout_asks_for_its_first_movement(self, client, alice):
        page = client.post(reverse("logging:start-empty"), follow=True)
        assert "Add your first movement" in page.content.decode()

    def test_the_menu_opens_what_runs_else_offers_what_is_planned(self, client, session):
        assert "Start session" in client.get(reverse("logging:train")).content.decode()
        client.post(reverse("logging:start", args=[session.pk]))
        assert client.get(reverse("logging:train"))["Location"] == at(WorkoutLog.objects.get())

    def test_starting_is_not_done_by_a_link(self, client, session):
        assert client.get(reverse("logging:start", args=[session.pk])).status_code == 405
        assert client.get(reverse("logging:start-empty")).status_code == 405


class TestThePage:
    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_it_opens_with_the_first_lift_its_target_and_the_warm_up(self, client, workout, headers):
        text = client.get(at(workout), headers=headers).content.decode()
        assert "Set 1 of 4" in text
        assert '<h1 class="size-2xl" id="now-title">Barbell Back Squat</h1>' in text
        assert "97.5 kg × 4 to 6" in text
        assert "first time" in text
        assert "no need to log" in text
        assert ("<html" in text) == (not headers)

    def test_last_times_numbers_stand_beside_the_target(self, client, alice, workout):
        log(alice, lifted(92.5, 6, rpe=7.5), at=NOON - dt.timedelta(days=7))
        text = client.get(at(workout)).content.decode()
        assert "16 Nov" in text
        assert "92.5 kg × 6" in text

    def test_a_timed_movement_asks_for_seconds_and_shows_last_times(self, client, alice, workout):
        Movement.objects.filter(slug="dumbbell-row").update(metric_type=MetricType.TIME)
        log(alice, lifted(None, None, "dumbbell-row", seconds=75), at=NOON - dt.timedelta(days=7))  # type: ignore[arg-type]
        page = client.get(f"{at(workout)}?x={exercise_of('dumbbell-row').pk}")
        assert [field.name for field in page.context["fields"]] == ["seconds"]
        assert "1:15" in page.content.decode()

    def test_a_run_is_told_in_minutes_and_metres_without_a_weight(self, client, alice, workout):
        Movement.objects.filter(slug="dumbbell-row").update(metric_type=MetricType.TIME, pattern="cardio")
        row = exercise_of("dumbbell-row")
        SessionExercise.objects.filter(pk=row.pk).update(seconds=1800, reps_min=None, reps_max=None)
        page = client.get(f"{at(workout)}?x={row.pk}")
        assert [field.name for field in page.context["fields"]] == ["clock", "metres"]
        assert page.context["form"]["clock"].value() == "30"
        assert not page.context["weighted"]
        told = {"weight": "", "reps": "", "metres": "5000"}
        for number, (clock, seconds) in enumerate({"22:30": 1350, "22,5": 1350, "1:05:00": 3900}.items(), start=1):
            answer = client.post(at(workout, "add-set"), a_set(row, **told, clock=clock, number=number))
            assert answer.status_code == 302
            assert SetLog.objects.order_by("order").last().seconds == seconds
        refused = client.post(at(workout, "add-set"), a_set(row, **told, clock="soon", number=4))
        assert (refused.status_code, "Write minutes" in refused.content.decode()) == (422, True)
        assert "5,000 m, 22:30" in client.get(f"{at(workout)}?x={row.pk}").content.decode().replace("5000", "5,000")

    def test_any_exercise_can_be_opened_and_nonsense_opens_the_next(self, client, workout):
        row = exercise_of("dumbbell-row")
        assert client.get(f"{at(workout)}?x={row.pk}").context["now"].exercise == row
        assert client.get(f"{at(workout)}?x=nonsense").context["now"].exercise == exercise_of()
        assert client.get(f"{at(workout)}?m=no-such-movement").status_code == 404

    def test_clock_times_are_the_athletes(self, client, alice, workout):
        Profile.objects.filter(user=alice).update(time_zone="Asia/Tokyo")
        assert "since 21:00" in client.get(at(workout)).content.decode()

    def test_the_plates_of_one_side_are_drawn(self, client, workout):
        assert 'aria-label="25, 10, 2.5, 1.25"' in client.get(at(workout)).content.decode()

    def test_pound_plates_are_drawn_in_pounds(self, client, alice, workout):
        gyms.ensure_default_gym(user=alice)
        update_settings(user=alice, units="imperial")
        SessionExercise.objects.filter(pk=exercise_of().pk).update(target_load_kg=102.06)
        page = client.get(at(workout)).content.decode()
        assert 'aria-label="45, 45"' in page
        assert "45 lb bar" in page
        assert "plates in" not in page

    def test_kilogram_plates_stay_so_for_who_counts_in_pounds(self, client, alice, workout):
        gyms.update_gym(user=alice, changes={"plates_kg": [5, 10, 20]})
        update_settings(user=alice, units="imperial")
        page = client.get(at(workout)).content.decode()
        assert "20 kg bar" in page
        assert "plates in kg" in page

    def test_the_number_of_queries_does_not_grow(self, client, alice, workout, django_assert_max_num_queries):
        with django_assert_max_num_queries(QUERIES):
            client.get(at(workout))
        for week in range(1, 5):
            log(alice, *[lifted(80, 5) for _ in range(8)], at=NOON - dt.timedelta(weeks=week))
        for _ in range(3):
            client.post(at(workout, "add-set"), a_set(exercise_of()))
        with django_assert_max_num_queries(QUERIES):
            client.get(at(workout))


class TestSets:
    def test_a_set_is_kept_and_the_next_one_is_filled_in(self, client, workout):
        page = client.post(at(workout, "add-set"), a_set(exercise_of(), weight="100", reps="4", rpe="8.5"), follow=True)
        row = SetLog.objects.get()
        assert (row.weight_kg, row.reps, row.rpe, row.asked_load_kg) == (100, 4, 8.5, 97.5)
        assert row.e1rm is not None
        assert page.context["number"] == 2
        assert "100 kg × 4" in page.content.decode()
        assert page.context["form"].initial["weight"] == 97.5  # it was harder than asked
        assert "Set 1 was RPE 8.5, harder than planned." in page.content.decode()
        assert "Keep 100" in page.content.decode()

    def test_the_same_set_posted_twice_is_one_set(self, client, workout):
        posted = a_set(exercise_of())
        first, second = (client.post(at(workout, "add-set"), posted) for _ in range(2))
        assert first.status_code == second.status_code == 302
        assert SetLog.objects.count() == 1

    def test_an_old_page_with_other_numbers_asks_and_can_go_on(self, client, workout):
        posted = a_set(exercise_of())
        client.post(at(workout, "add-set"), posted)
        page = client.post(at(workout, "add-set"), {**posted, "reps": "6"})
        assert page.status_code == 422
        assert "logged already" in page.content.decode()
        assert SetLog.objects.count() == 1
        renewed = page.context["form"].data["set_id"]
        assert client.post(at(workout, "add-set"), {**posted, "reps": "6", "set_id": renewed}).status_code == 302
        assert SetLog.objects.count() == 2

    @pytest.mark.parametrize("weight", ["102,5", "102.5", " 102.5 "])
    def test_a_decimal_comma_is_a_decimal_point(self, client, workout, weight):
        client.post(at(workout, "add-set"), a_set(exercise_of(), weight=weight))
        assert SetLog.objects.get().weight_kg == 102.5

    def test_pounds_go_in_and_out(self, client, alice, workout):
        Settings.objects.filter(user=alice).update(units="imperial")
        assert client.get(at(workout)).context["form"].initial["weight"] == 215
        page = client.post(at(workout, "add-set"), a_set(exercise_of(), weight="225"), follow=True)
        assert SetLog.objects.get().weight_kg == pytest.approx(102.06)
        assert "225 lb × 5" in page.content.decode()

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("rpe", {"rpe": "11"}),
            ("rpe", {"rpe": "hard"}),
            ("weight", {"weight": "-5"}),
            ("weight", {"weight": "1001"}),
            ("weight", {"weight": "heavy"}),
            ("weight", {"weight": "nan"}),
            ("weight", {"weight": "1e999"}),
            ("reps", {"reps": "500"}),
            ("reps", {"reps": "-1"}),
            ("reps", {"reps": "4.5"}),
            ("reps", {"reps": ""}),
            ("kind", {"kind": "heroic"}),
            ("set_id", {"set_id": "7"}),
            ("exercise", {"exercise": "7"}),
        ],
    )
    def test_what_cannot_be_is_told_at_the_field_and_not_kept(self, client, workout, field, wrong):
        page = client.post(at(workout, "add-set"), a_set(exercise_of(), **wrong))
        assert page.status_code == 422
        assert field in page.context["form"].errors
        if field in ("rpe", "weight", "reps"):
            assert f'id="id_{field}_error"' in page.content.decode()
        assert not SetLog.objects.exists()

    def test_a_refused_set_keeps_what_was_typed(self, client, workout):
        page = client.post(at(workout, "add-set"), a_set(exercise_of(), weight="102.5", reps="500"))
        text = page.content.decode()
        assert 'value="102.5"' in text
        assert 'value="500"' in text
        assert 'aria-invalid="true"' in text

    def test_pounds_are_limited_in_pounds(self, client, alice, workout):
        Settings.objects.filter(user=alice).update(units="imperial")
        page = client.post(at(workout, "add-set"), a_set(exercise_of(), weight="2205"))
        assert page.context["form"].errors["weight"] == ["Must be at most 2204."]
        assert client.post(at(workout, "add-set"), a_set(exercise_of(), weight="2204")).status_code == 302

    def test_anothers_exercise_or_movement_is_nobodys(self, client, alice, workout):
        make_program(UserFactory())
        theirs = SessionExercise.objects.exclude(session__microcycle__program__user=alice)[0]
        assert client.post(at(workout, "add-set"), a_set(theirs)).status_code == 404
        own = Movement.objects.create(
            owner=UserFactory(), slug="secret-lift", name="Secret", pattern="squat", region="full_body",
            discipline="general", cns_load="low", skill_level="beginner",
        )  # fmt: skip
        assert client.post(at(workout, "add-set"), a_set(None, movement=own.slug)).status_code in {404, 422}
        assert not SetLog.objects.exists()

    def test_an_exercise_of_another_day_is_refused(self, client, workout):
        other = SessionExercise.objects.filter(movement__slug=SQUAT).exclude(session=workout.session)[0]
        assert client.post(at(workout, "add-set"), a_set(other)).status_code == 422
        assert not SetLog.objects.exists()

    def test_a_movement_beside_the_plan_stays_open(self, client, workout):
        page = client.post(at(workout, "add-set"), a_set(None, movement="bench-press"), follow=True)
        assert page.context["now"].movement.slug == "bench-press"
        assert page.context["number"] == 2

    def test_an_exercise_begun_out_of_turn_is_finished_before_the_plan_goes_on(self, client, workout):
        row = exercise_of("dumbbell-row")
        for _ in range(2):
            page = client.post(at(workout, "add-set"), a_set(row), follow=True)
            assert page.context["now"].exercise == row
        page = client.post(at(workout, "add-set"), a_set(row), follow=True)
        assert page.context["now"].exercise == exercise_of()
        assert f"?x={row.pk}" in page.content.decode()  # and one may come back to it

    def test_supersets_take_turns(self, client, workout):
        squat, row = exercise_of(), exercise_of("dumbbell-row")
        SessionExercise.objects.filter(pk=squat.pk).update(superset_group="A1")
        SessionExercise.objects.filter(pk=row.pk).update(superset_group="A2")
        turns = []
        for _ in range(4):
            now = client.get(at(workout)).context["now"].exercise
            turns.append(now.superset_group)
            client.post(at(workout, "add-set"), a_set(now))
        assert turns == ["A1", "A2", "A1", "A2"]

    def test_when_all_is_logged_finishing_is_the_way_on(self, client, workout):
        for exercise in (exercise_of(), exercise_of("dumbbell-row")):
            for _ in range(exercise.sets):
                client.post(at(workout, "add-set"), a_set(exercise))
        text = client.get(at(workout)).content.decode()
        assert "All sets are logged" in text
        assert at(workout, "finish") in text
        assert "Cool-down" in text

    def test_a_rest_clock_runs_after_a_set_and_not_before(self, client, workout):
        assert re.search(r'data-rest data-since=""[^>]* hidden[ >]', client.get(at(workout)).content.decode())
        page = client.post(at(workout, "add-set"), a_set(exercise_of()), follow=True)
        assert f'data-since="{NOON.isoformat()}" data-seconds="180"' in page.content.decode()


class TestUndo:
    def test_the_last_set_is_taken_back(self, client, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of(), reps="5"))
        client.post(at(workout, "add-set"), a_set(exercise_of(), reps="4"))
        page = client.post(at(workout, "undo"), follow=True)
        assert "taken back" in page.content.decode()
        assert SetLog.objects.get().reps == 5

    def test_a_double_tap_takes_back_one_set(self, client, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of(), reps="5"))
        client.post(at(workout, "add-set"), a_set(exercise_of(), reps="4"))
        seen = {"version": client.get(at(workout)).context["version"]}
        client.post(at(workout, "undo"), seen)
        page = client.post(at(workout, "undo"), seen, follow=True)
        assert "Nothing more was taken back" in page.content.decode()
        assert SetLog.objects.get().reps == 5

    def test_there_may_be_nothing_to_undo(self, client, workout):
        assert "nothing to undo" in client.post(at(workout, "undo"), follow=True).content.decode()

    def test_a_finished_workout_is_not_undone_by_an_old_page(self, client, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        client.post(at(workout, "finish"), {})
        client.post(at(workout, "undo"))
        assert SetLog.objects.count() == 1


class TestFinish:
    def test_the_answers_are_kept_and_the_session_is_done(self, client, session, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        answers = {"perceived_difficulty": "8", "enjoyment": "4", "feedback_tags": ["strong"], "notes": "Good day"}
        assert client.post(at(workout, "finish"), answers)["Location"] == at(workout, "entry")
        workout.refresh_from_db()
        session.refresh_from_db()
        assert (workout.completed, workout.perceived_difficulty, workout.enjoyment) == (True, 8, 4)
        assert (workout.feedback_tags, workout.notes) == (["strong"], "Good day")
        assert session.status == SessionStatus.DONE

    def test_finishing_twice_is_finishing_once(self, client, workout):
        for _ in range(2):
            assert client.post(at(workout, "finish"), {"enjoyment": "4"})["Location"] == at(workout, "entry")
        assert WorkoutLog.objects.get().finished_at == NOON
        assert client.get(at(workout, "finish"))["Location"] == at(workout, "entry")
        assert client.get(at(workout))["Location"] == at(workout, "entry")

    def test_what_is_left_and_what_is_missing_is_told_first(self, client, workout):
        assert "No set is logged yet" in client.get(at(workout, "finish")).content.decode()
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        assert "6 sets are left" in client.get(at(workout, "finish")).content.decode()

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [("perceived_difficulty", "11"), ("enjoyment", "6"), ("feedback_tags", "bored"), ("notes", "x" * 4001)],
    )
    def test_a_wrong_answer_is_told_at_its_field(self, client, workout, field, wrong):
        page = client.post(at(workout, "finish"), {field: wrong})
        assert page.status_code == 422
        assert f'id="id_{field}_error"' in page.content.decode()
        assert not WorkoutLog.objects.get().completed

    def test_a_running_workout_can_be_discarded(self, client, session, workout):
        client.post(at(workout, "add-set"), a_set(exercise_of()))
        page = client.post(at(workout, "delete"), follow=True)
        assert page.redirect_chain[-1][0] == reverse("logging:today")
        assert not WorkoutLog.objects.exists()
        session.refresh_from_db()
        assert session.status == SessionStatus.PLANNED


class TestAProgramDeletedMeanwhile:
    def test_the_workout_stays_and_goes_on(self, client, workout):
        squat = exercise_of()
        client.post(at(workout, "add-set"), a_set(squat))
        delete_program(program=Program.objects.get())
        page = client.get(at(workout))
        assert page.status_code == 200
        assert page.context["now"].movement.slug == SQUAT
        assert client.post(at(workout, "add-set"), a_set(None)).status_code == 302
        assert SetLog.objects.count() == 2

    def test_an_old_page_loses_no_set(self, client, workout):
        squat = exercise_of()
        delete_program(program=Program.objects.get())
        assert client.post(at(workout, "add-set"), a_set(squat)).status_code == 302
        row = SetLog.objects.get()
        assert (row.movement.slug, row.session_exercise) == (SQUAT, None)


class TestChoosingAMovement:
    def test_a_search_leads_to_its_sets(self, client, workout):
        load_sample()
        page = client.get(at(workout, "choose-movement"), {"q": "goblet"}, headers={"HX-Request": "true"})
        assert 'value="goblet-squat"' in page.content.decode()
        posted = {"op": "add", "movement": "goblet-squat", "change_id": page.context["change_id"]}
        added = client.post(at(workout, "change"), posted, follow=True)
        assert added.context["now"].movement.slug == "goblet-squat"

    def test_nothing_found_says_so(self, client, workout):
        assert "Nothing found" in client.get(at(workout, "choose-movement"), {"q": "zzzz"}).content.decode()


def test_the_library_may_be_empty(client, alice):
    client.post(reverse("logging:start-empty"))
    workout = WorkoutLog.objects.get()
    assert "Nothing found" in client.get(at(workout, "choose-movement"), {"q": "squat"}).content.decode()
    assert client.get(f"{at(workout)}?m={SQUAT}").status_code == 404
