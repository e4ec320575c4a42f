"""The pages of re-planning and of one exercise: shown first, applied, taken back; a stale tab is told."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from movements.models import Movement, MovementRule
from programs.models import Session, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.logging_app import SQUAT
from tests.factories.programs import MONDAY, make_program
from tests.integration.programs.services.test_replanning import add_movement, at, train

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(MONDAY), tick=True) as traveller:
        yield traveller


@pytest.fixture
def alice():
    return UserFactory()


@pytest.fixture
def page(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def program(alice):
    return make_program(alice)


def first():
    return Session.objects.order_by("date").first()


def squat():
    return first().exercises.get(movement__slug=SQUAT)


def never_squat(user):
    MovementRule.objects.create(user=user, movement=Movement.objects.get(slug=SQUAT), type="hard_no")
    add_movement("goblet-squat", like=SQUAT)


class TestReplan:
    def test_says_when_nothing_has_to_change(self, page, program):
        assert "Nothing has to change" in page.get(reverse("programs:replan", args=[program.pk])).content.decode()

    def test_shows_the_difference_before_it_applies_it_and_takes_it_back(self, page, alice, program):
        never_squat(alice)
        url = reverse("programs:replan", args=[program.pk])
        shown = page.get(url).content.decode()
        assert "16 changes" in shown
        assert "Goblet Squat" in shown
        assert "<b>Barbell Back Squat</b>" in shown
        assert SessionExercise.objects.filter(movement__slug=SQUAT).count() == 16
        assert page.post(url).status_code == 302
        assert SessionExercise.objects.filter(movement__slug=SQUAT).count() == 0
        page.post(reverse("programs:replan_undo", args=[program.pk]))
        assert SessionExercise.objects.filter(movement__slug=SQUAT).count() == 16

    def test_what_nothing_replaces_is_named_with_the_rules_that_collide(self, page, alice, program):
        MovementRule.objects.create(user=alice, movement=Movement.objects.get(slug=SQUAT), type="hard_no")
        shown = page.get(reverse("programs:replan", args=[program.pk])).content.decode()
        assert "your rule against barbell back squat" in shown

    def test_a_stale_tab_changes_nothing_and_shows_how_it_stands(self, page, alice, program):
        never_squat(alice)
        version = program.updated_at.isoformat()
        program.save()
        answer = page.post(reverse("programs:replan", args=[program.pk]), {"version": version})
        assert answer.status_code == 412
        assert SessionExercise.objects.filter(movement__slug=SQUAT).count() == 16

    def test_an_easy_week_is_shown_and_applied(self, page, program, clock):
        clock.move_to(at(MONDAY + dt.timedelta(days=1)))
        url = reverse("programs:replan", args=[program.pk])
        assert "easy week" in page.get(url, {"deload": "1"}).content.decode()
        page.post(url, {"deload": "1"})
        assert program.microcycles.get(sequence=2).is_deload

    def test_undoing_nothing_says_so(self, page, program):
        answer = page.post(reverse("programs:replan_undo", args=[program.pk]), follow=True)
        assert answer.redirect_chain[0][0] == reverse("programs:program", args=[program.pk])
        assert "There is no re-planning to take back." in answer.content.decode()


class TestSwap:
    def test_lists_stand_ins_and_puts_one_there(self, page, program):
        add_movement("goblet-squat", like=SQUAT)
        url = reverse("programs:swap", args=[first().pk])
        assert "Goblet Squat" in page.get(url, {"exercise": str(squat().pk)}).content.decode()
        answer = page.post(url, {"exercise_id": str(squat().pk), "movement": "goblet-squat", "scope": "block"})
        assert answer.status_code == 302
        assert SessionExercise.objects.filter(movement__slug="goblet-squat").count() == 16

    def test_a_refusal_stands_on_the_page(self, page, program):
        sent = {"exercise_id": str(squat().pk), "movement": "dumbbell-row"}
        answer = page.post(reverse("programs:swap", args=[first().pk]), sent)
        assert answer.status_code == 422
        assert "is in this session already" in answer.content.decode()

    @pytest.mark.parametrize("key", ["x", "01a2076b-4400-715a-81dc-4908bdbb32bc"])
    def test_an_exercise_that_is_not_there_is_404(self, page, program, key):
        url = reverse("programs:swap", args=[first().pk])
        assert page.get(url, {"exercise": key}).status_code == 404
        assert page.post(url, {"exercise_id": key, "movement": SQUAT}).status_code == 404


class TestEdit:
    def form(self, **changes):
        rows = first().exercises.filter(section__in=["main", "accessory"])
        sent = {"version": first().updated_at.isoformat()}
        for row in rows:
            told = {"sets": row.sets, "reps_min": row.reps_min, "reps_max": row.reps_max, "order": row.order}
            told["load"] = row.target_load_kg if row.target_load_kg is not None else ""
            sent |= {f"{row.pk}-{name}": value for name, value in told.items()}
        return sent | {f"{squat().pk}-{name}": value for name, value in changes.items()}

    def test_changes_a_dose_and_a_load(self, page, program):
        url = reverse("programs:edit", args=[first().pk])
        assert "Barbell Back Squat" in page.get(url).content.decode()
        assert page.post(url, self.form(sets=3, load=90)).status_code == 302
        assert (squat().sets, squat().target_load_kg, first().source) == (3, 90, "athlete")

    def test_a_load_in_pounds_is_stored_in_kilograms(self, page, alice, program):
        alice.settings.units = "imperial"
        alice.settings.save()
        form = self.form()
        form[f"{squat().pk}-load"] = 220
        page.post(reverse("programs:edit", args=[first().pk]), form)
        assert squat().target_load_kg == pytest.approx(99.79)

    @pytest.mark.parametrize("change", [{"sets": 0}, {"reps_min": 9, "reps_max": 3}])
    def test_nonsense_stays_on_the_page(self, page, program, change):
        answer = page.post(reverse("programs:edit", args=[first().pk]), self.form(**change))
        assert answer.status_code == 422
        assert squat().sets == 4

    def test_a_stale_tab_is_told(self, page, program):
        sent = self.form(sets=2)
        page.post(reverse("programs:lock", args=[first().pk]))
        assert page.post(reverse("programs:edit", args=[first().pk]), sent).status_code == 412

    def test_an_exercise_is_locked_and_unlocked(self, page, program):
        url = reverse("programs:lock_exercise", args=[first().pk])
        page.post(url, {"exercise_id": str(squat().pk)})
        assert squat().locked
        page.post(url, {"exercise_id": str(squat().pk)})
        assert not squat().locked


def test_the_session_says_why_the_load_is_what_it_is(page, alice, program):
    train(alice, first(), load=100, reps=(4, 4, 4, 4))
    second = Session.objects.order_by("date")[1]
    assert "Last time" in page.get(reverse("programs:session", args=[second.pk])).content.decode()


def test_skipping_says_what_it_costs(page, program):
    answer = page.post(reverse("programs:skip", args=[first().pk]), follow=True).content.decode()
    assert "7 working sets leave this week" in answer
