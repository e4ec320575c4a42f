"""From sign-up to the wizard: short steps, and one that cannot be skipped."""

import pytest
from django.urls import reverse

from accounts import selectors
from gainsly.lib.vocabulary import Discipline, PersonaAggression
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ALL_NO = dict.fromkeys(("heart", "chest_pain", "dizziness", "advised_against", "age"), "no")
YOU = {
    "experience_level": "intermediate",
    "units": "imperial",
    "date_of_birth": "1990-05-04",
    "sex": "female",
    "height_cm": "170",
    "time_zone": "Europe/Berlin",
}
WEEK = {"available_weekdays": ["0", "2", "4"], "session_minutes": "45", "first_weekday": "0", "mix_disciplines": "on"}
LIKES = {
    **{f"likes_{one.value}": "3" for one in Discipline},
    "likes_powerlifting": "5",
    "persona_tone": "analytical",
    "persona_aggression": "4",
    "activities": ["yoga", "running"],
}
STEPS = ["onboarding-safety", "onboarding-you", "onboarding-week", "onboarding-preferences", "onboarding-done"]


@pytest.fixture
def alice(client):
    user = UserFactory()
    client.force_login(user)
    return user


def at(name):
    return reverse(f"accounts:{name}")


def stored(user):
    return selectors.person(user.pk)


@pytest.mark.parametrize("name", [*STEPS, "onboarding", "onboarding-advice"])
def test_onboarding_is_for_the_signed_in(client, name):
    answer = client.get(at(name))
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", STEPS[1:4])
def test_every_step_but_the_screening_can_be_skipped(client, alice, name):
    assert "Skip this step" in client.get(at(name)).content.decode()
    assert "Skip this step" not in client.get(at("onboarding-safety")).content.decode()


def test_the_flow_starts_with_the_screening_until_it_is_answered(client, alice):
    assert client.get(at("onboarding"))["Location"] == at("onboarding-safety")
    client.post(at("onboarding-safety"), ALL_NO)
    assert client.get(at("onboarding"))["Location"] == at("onboarding-you")


def test_an_open_question_is_shown_at_its_place_and_nothing_is_kept(client, alice):
    page = client.post(at("onboarding-safety"), {**ALL_NO, "chest_pain": ""})
    assert page.status_code == 422
    assert 'id="id_chest_pain_error"' in page.content.decode()
    assert stored(alice).profile.screened_at is None


@pytest.mark.parametrize("question", ALL_NO)
def test_one_yes_leads_to_advice_and_the_gentlest_pace_but_bars_nobody(client, alice, question):
    answer = client.post(at("onboarding-safety"), {**ALL_NO, question: "yes"})
    assert answer["Location"] == at("onboarding-advice")
    assert stored(alice).profile.needs_medical_advice
    assert stored(alice).settings.persona_aggression == PersonaAggression.CONSERVATIVE
    assert at("onboarding-you") in client.get(at("onboarding-advice")).content.decode()


def test_five_noes_go_straight_on(client, alice):
    assert client.post(at("onboarding-safety"), ALL_NO)["Location"] == at("onboarding-you")
    profile = stored(alice).profile
    assert profile.screened_at is not None
    assert not profile.needs_medical_advice


def test_you_is_saved_with_the_units(client, alice):
    assert client.post(at("onboarding-you"), YOU)["Location"] == reverse("movements:onboarding-kit")
    profile = stored(alice).profile
    assert (profile.experience_level, profile.height_cm, profile.time_zone) == ("intermediate", 170, "Europe/Berlin")
    assert stored(alice).settings.units == "imperial"


def test_a_rule_of_the_service_is_shown_at_its_field(client, alice):
    page = client.post(at("onboarding-you"), {**YOU, "height_cm": "20"})
    assert page.status_code == 422
    assert 'id="id_height_cm_error"' in page.content.decode()
    assert stored(alice).settings.units == "metric"


def test_a_week_without_a_day_is_refused(client, alice):
    page = client.post(at("onboarding-week"), {**WEEK, "available_weekdays": []})
    assert page.status_code == 422
    assert "Choose at least one day" in page.content.decode()


def test_the_week_is_saved(client, alice):
    assert client.post(at("onboarding-week"), WEEK)["Location"] == at("onboarding-preferences")
    profile = stored(alice).profile
    assert (profile.available_weekdays, profile.session_minutes) == ([0, 2, 4], 45)


def test_preferences_are_saved_and_show_again(client, alice):
    assert client.post(at("onboarding-preferences"), LIKES)["Location"] == at("onboarding-done")
    facts = selectors.athlete_facts(alice, selectors.local_today(alice))
    assert facts.disciplines[Discipline.POWERLIFTING] == 5
    assert {row.type for row in facts.recreation} == {"yoga", "running"}
    html = client.get(at("onboarding-preferences")).content.decode()
    assert 'name="activities" value="yoga"' in html
    assert html.count('name="activities"') == 11


def test_an_activity_dropped_is_switched_off_and_comes_back_as_the_same_row(client, alice):
    client.post(at("onboarding-preferences"), LIKES)
    known = {row.type: row.pk for row in selectors.activities_of(alice)}
    client.post(at("onboarding-preferences"), {**LIKES, "activities": ["yoga"]})
    assert {row.type for row in selectors.activities_of(alice).filter(enabled=True)} == {"yoga"}
    client.post(at("onboarding-preferences"), LIKES)
    assert {row.type: row.pk for row in selectors.activities_of(alice).filter(enabled=True)} == known


def test_the_end_is_marked_once_and_leads_to_the_wizard(client, alice):
    client.get(at("onboarding-done"))
    assert stored(alice).profile.onboarding_completed_at is None
    assert client.post(at("onboarding-done"))["Location"] == reverse("programs:wizard")
    first = stored(alice).profile.onboarding_completed_at
    client.post(at("onboarding-done"))
    assert stored(alice).profile.onboarding_completed_at == first is not None


def test_htmx_gets_the_inside_of_the_app_only(client, alice):
    html = client.get(at("onboarding-you"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert 'id="app"' in html
