"""Re-planning and swapping over the API, on the small library of the factories."""

import datetime as dt
import uuid

import pytest
import time_machine

from movements.models import Movement, MovementRule
from programs.models import Choice, Program, Replanning, Session, SessionExercise
from programs.selectors import session_for
from programs.services import replanning
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import SQUAT
from tests.factories.programs import make_program
from tests.integration.programs.services.test_replanning import add_movement, train

from .test_programs import client_of

pytestmark = pytest.mark.django_db
PROGRAMS, SESSIONS = "/api/v1/programs", "/api/v1/sessions"


@pytest.fixture(autouse=True)
def on_monday():
    with time_machine.travel(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC), tick=True) as traveller:
        yield traveller


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def api(alice):
    return client_of(alice)


@pytest.fixture
def program(alice):
    return make_program(alice)


def first(program):
    return Session.objects.filter(microcycle__program=program).order_by("date").first()


def squat_of(session):
    return session.exercises.get(movement__slug=SQUAT)


class TestRegenerate:
    def test_without_news_nothing_changes(self, api, program):
        answer = api.post(f"{PROGRAMS}/{program.pk}/regenerate-sessions", {"scope": {"ahead": True}})
        assert answer.status_code == 200
        assert answer.json()["changes"] == []
        assert answer.json()["id"] == str(program.pk)
        assert not Replanning.objects.exists()

    def test_a_preview_writes_nothing(self, api, alice, program, on_monday):
        MovementRule.objects.create(user=alice, movement=squat_of(first(program)).movement, type="hard_no")
        add_movement("goblet-squat", like=SQUAT)
        url = f"{PROGRAMS}/{program.pk}/regenerate-sessions"
        preview = api.post(f"{url}?preview=true", {"scope": {"ahead": True}}).json()
        assert {one["kind"] for one in preview["changes"]} == {"swap"}
        assert preview["consequences"]["quality"]["after"] >= 0
        assert SessionExercise.objects.filter(movement__slug="goblet-squat").count() == 0
        applied = api.post(url, {"scope": {"ahead": True}}).json()
        assert len(applied["changes"]) == len(preview["changes"]) == 16
        assert SessionExercise.objects.filter(movement__slug=SQUAT).count() == 0
        assert api.post(url, {"scope": {"ahead": True}}).json()["changes"] == []

    def test_a_scope_narrows_it(self, api, alice, program):
        MovementRule.objects.create(user=alice, movement=squat_of(first(program)).movement, type="hard_no")
        add_movement("goblet-squat", like=SQUAT)
        session, week = first(program), program.microcycles.get(sequence=3)
        url = f"{PROGRAMS}/{program.pk}/regenerate-sessions"
        one = api.post(url, {"scope": {"session_ids": [str(session.pk)]}}).json()
        assert [change["session"] for change in one["changes"]] == [str(session.pk)]
        two = api.post(url, {"scope": {"microcycle_id": str(week.pk)}}).json()
        assert {change["session"] for change in two["changes"]} == {
            str(pk) for pk in week.sessions.values_list("pk", flat=True)
        }

    @pytest.mark.parametrize(
        "scope",
        [{}, {"ahead": False}, {"ahead": True, "microcycle_id": str(uuid.uuid4())}, {"session_ids": []}, {"x": 1}],
    )
    def test_an_unclear_scope_is_refused(self, api, program, scope):
        assert api.post(f"{PROGRAMS}/{program.pk}/regenerate-sessions", {"scope": scope}).status_code == 400

    def test_sessions_of_another_program_are_not_there(self, api, program):
        theirs = first(make_program(UserFactory()))
        body = {"scope": {"session_ids": [str(theirs.pk)]}}
        assert api.post(f"{PROGRAMS}/{program.pk}/regenerate-sessions", body).status_code == 404

    def test_a_stale_version_is_refused(self, api, program):
        url = f"{PROGRAMS}/{program.pk}/regenerate-sessions"
        assert api.post(url, {"scope": {"ahead": True}}, HTTP_IF_MATCH='"old"').status_code == 412


class TestGenerateNext:
    def test_writes_the_next_week_and_only_once(self, api, alice, program, on_monday):
        train(alice, first(program), load=100, reps=(6, 6, 6, 6))
        url = f"{PROGRAMS}/{program.pk}/microcycles/generate-next"
        one, two = api.post(url).json(), api.post(url).json()
        assert one["sequence"] == two["sequence"] == 2
        assert two["changes"] == []

    def test_the_last_week_has_no_next(self, api, program, on_monday):
        on_monday.move_to(dt.datetime(2027, 1, 12, 8, tzinfo=dt.UTC))
        answer = api.post(f"{PROGRAMS}/{program.pk}/microcycles/generate-next")
        assert (answer.status_code, answer.json()["code"]) == (409, "nothing_ahead")


class TestSwap:
    def body(self, session, **more):
        return {"exercise_id": str(squat_of(session).pk), **more}

    def test_names_candidates_with_a_load_and_a_reason(self, api, program):
        add_movement("goblet-squat", like=SQUAT)
        results = api.post(f"{SESSIONS}/{first(program).pk}/swap", self.body(first(program))).json()["results"]
        assert results[0]["movement"]["slug"] == "goblet-squat"
        assert results[0]["reason"]
        assert 0 < results[0]["score"] <= 1

    def test_puts_it_there_for_this_session(self, api, alice, program):
        add_movement("goblet-squat", like=SQUAT)
        session = first(program)
        answer = api.post(f"{SESSIONS}/{session.pk}/swap", self.body(session, movement="goblet-squat")).json()
        assert answer["sections"]["main"][0]["movement"]["slug"] == "goblet-squat"
        assert (answer["source"], answer["sessions_changed"]) == ("athlete", 1)
        assert SessionExercise.objects.filter(movement__slug="goblet-squat").count() == 1
        assert session_for(alice, session.pk).source == "athlete"

    def test_or_for_the_rest_of_the_block_but_not_where_it_is_locked(self, api, program):
        add_movement("goblet-squat", like=SQUAT)
        session = first(program)
        Session.objects.filter(microcycle__sequence=2, day_number=1).update(locked=True)
        answer = api.post(
            f"{SESSIONS}/{session.pk}/swap", self.body(session, movement="goblet-squat", scope="block")
        ).json()
        assert answer["sessions_changed"] == 15
        assert SessionExercise.objects.filter(movement__slug=SQUAT).count() == 1

    @pytest.mark.parametrize("slug", ["world-stretch", "dumbbell-row"])
    def test_what_does_not_fit_is_refused_in_words(self, api, program, slug):
        session = first(program)
        answer = api.post(f"{SESSIONS}/{session.pk}/swap", self.body(session, movement=slug))
        assert (answer.status_code, answer.json()["code"]) == (422, "unfit_movement")

    def test_a_stale_tab_is_refused(self, api, program):
        session = first(program)
        version = api.get(f"{SESSIONS}/{session.pk}")["ETag"]
        api.post(f"{SESSIONS}/{session.pk}/lock")
        answer = api.post(f"{SESSIONS}/{session.pk}/swap", self.body(session), HTTP_IF_MATCH=version)
        assert answer.status_code == 412

    def test_anothers_exercise_is_not_there(self, api, program):
        theirs = first(make_program(UserFactory()))
        body = {"exercise_id": str(squat_of(theirs).pk)}
        assert api.post(f"{SESSIONS}/{first(program).pk}/swap", body).status_code == 404
        assert api.post(f"{SESSIONS}/{theirs.pk}/swap", body).status_code == 404


class TestEdits:
    def test_doses_loads_and_locks(self, api, program):
        session = first(program)
        edit = {
            "id": str(squat_of(session).pk),
            "sets": 3,
            "reps_min": 5,
            "reps_max": 8,
            "target_load_kg": 80,
            "locked": True,
        }
        answer = api.patch(f"{SESSIONS}/{session.pk}", {"exercises": [edit]}).json()
        squat = answer["sections"]["main"][0]
        assert {key: squat[key] for key in edit} == edit
        assert answer["source"] == "athlete"

    def test_order_within_a_section(self, api, program):
        session = first(program)
        squat = squat_of(session)
        add_movement("goblet-squat", like=SQUAT)
        twin = SessionExercise.objects.get(pk=squat.pk)
        twin.pk, twin._state.adding = uuid.uuid4(), True
        twin.order, twin.position = 2, 9
        twin.save()
        answer = api.patch(f"{SESSIONS}/{session.pk}", {"exercises": [{"id": str(twin.pk), "order": 1}]}).json()
        assert [one["id"] for one in answer["sections"]["main"]] == [str(twin.pk), str(squat.pk)]

    @pytest.mark.parametrize(
        "edit", [{"sets": 0}, {"reps_min": 9}, {"target_load_kg": "x"}, {"locked": 1}, {"order": 0}, {"movement": "x"}]
    )
    def test_nonsense_is_refused_and_changes_nothing(self, api, program, edit):
        session = first(program)
        squat = squat_of(session)
        answer = api.patch(f"{SESSIONS}/{session.pk}", {"exercises": [{"id": str(squat.pk), **edit}]})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["exercises.0"])
        assert squat_of(session).sets == squat.sets


class TestReasonsOfWhatTookAnothersPlace:
    """Recomputing from the explanation gives the same choice, also after the plan was written."""

    def told(self, api, session, slug):
        exercises = api.get(f"{SESSIONS}/{session.pk}/explanation").json()["exercises"]
        return next(one for one in exercises if one["movement"] == slug)

    def recomputed(self, told):
        return sum(told["weights"][name] * value for name, value in told["scores"].items())

    def test_a_swap_says_that_it_was_the_athletes_own_word(self, api, program):
        add_movement("goblet-squat", like=SQUAT)
        session = first(program)
        api.post(
            f"{SESSIONS}/{session.pk}/swap",
            {"exercise_id": str(squat_of(session).pk), "movement": "goblet-squat", "scope": "block"},
        )
        told = self.told(api, session, "goblet-squat")
        assert (told["chosen_by"], told["rules"], told["runners_up"]) == ("athlete", [], [])
        assert told["reason"] == "You put it in place of Barbell Back Squat."
        assert told["total"] == pytest.approx(self.recomputed(told))
        assert Choice.objects.filter(chosen_by="athlete").count() == 1  # a choice is shared by its sessions

    def test_swapped_twice_names_what_stood_there_before(self, api, program):
        for slug in ("goblet-squat", "dumbbell-front-squat"):
            add_movement(slug, like=SQUAT)
        session = first(program)
        key = str(squat_of(session).pk)
        for slug in ("goblet-squat", "dumbbell-front-squat", "goblet-squat"):
            api.post(f"{SESSIONS}/{session.pk}/swap", {"exercise_id": key, "movement": slug})
        assert self.told(api, session, "goblet-squat")["reason"] == "You put it in place of Dumbbell Front Squat."
        answer = api.post(f"{SESSIONS}/{session.pk}/swap", {"exercise_id": key, "movement": "goblet-squat"})
        assert answer.json()["code"] == "unfit_movement"  # by itself

    def test_a_re_planning_stores_its_score_and_taking_it_back_the_old_reason(self, api, alice, program):
        add_movement("goblet-squat", like=SQUAT)
        add_movement("dumbbell-front-squat", like=SQUAT)
        session = first(program)
        before = squat_of(session).choice_id
        MovementRule.objects.create(user=alice, movement=Movement.objects.get(slug=SQUAT), type="hard_no")
        answer = api.post(f"{PROGRAMS}/{program.pk}/regenerate-sessions", {"scope": {"ahead": True}}).json()
        slug = answer["changes"][0]["after"]["movement"]
        told = self.told(api, session, slug)
        assert told["chosen_by"] == "stand_in"
        assert told["reason"] == answer["changes"][0]["reason"]
        assert told["total"] == pytest.approx(self.recomputed(told), abs=1e-3)
        assert all(one["total"] <= told["total"] for one in told["runners_up"])
        assert told["evidence"][0]["grade"] == "C"
        replanning.undo_replanning(replanning=Replanning.objects.get(), today=session.date)
        assert squat_of(session).choice_id == before
        assert self.told(api, session, SQUAT)["chosen_by"] == "plan"

    def test_a_copy_of_the_program_keeps_them(self, api, program):
        add_movement("goblet-squat", like=SQUAT)
        session = first(program)
        body = {"exercise_id": str(squat_of(session).pk), "movement": "goblet-squat"}
        api.post(f"{SESSIONS}/{session.pk}/swap", body)
        copied = Program.objects.get(pk=api.post(f"{PROGRAMS}/{program.pk}/duplicate").json()["id"])
        assert self.told(api, first(copied), "goblet-squat")["chosen_by"] == "athlete"
