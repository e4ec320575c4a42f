import datetime as dt

import pytest
import time_machine
from django.http import Http404

from accounts import selectors
from accounts.services import profile
from gainsly.lib.vocabulary import Discipline, InjuryArea, MovementPattern
from tests.factories.accounts import EnjoyableActivityFactory, InjuryFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 10)


@pytest.mark.parametrize(
    ("since", "until", "active"),
    [
        ("2026-03-10", None, True),
        ("2026-03-10", "2026-03-10", True),
        ("2026-03-01", "2026-03-09", False),
        ("2026-03-11", None, False),
    ],
)
def test_an_injury_counts_from_its_first_to_its_last_day(since, until, active):
    row = InjuryFactory(since=since, until=until)
    assert selectors.injuries_on(row.user, DAY).exists() is active


def test_the_facts_hold_what_the_engine_needs_in_three_queries_beside_the_person(django_assert_num_queries):
    user = UserFactory()
    profile.update_profile(
        user=user,
        experience_level="advanced",
        available_weekdays=[0, 2, 4],
        disciplines=[{"discipline": "powerlifting", "preference": 5}, {"discipline": "cardio", "preference": 1}],
    )
    InjuryFactory(user=user, patterns_to_avoid=["squat", "lunge"])
    EnjoyableActivityFactory(user=user, type="tennis", weekdays=[5])
    EnjoyableActivityFactory(user=user, type="other", custom_name="Rowing", enabled=False)
    InjuryFactory(area="neck")
    known = selectors.person(user.pk)
    with django_assert_num_queries(3):
        facts = selectors.athlete_facts(known, DAY)
    assert facts.available_weekdays == (0, 2, 4)
    assert facts.disciplines == {Discipline.CARDIO: 1, Discipline.POWERLIFTING: 5}
    assert [row.area for row in facts.injuries] == [InjuryArea.KNEE]
    assert facts.injuries[0].patterns_to_avoid == (MovementPattern.LUNGE, MovementPattern.SQUAT)
    assert [(row.name, row.weekdays) for row in facts.recreation] == [("Tennis", (5,))]


def test_a_user_without_profile_has_the_defaults():
    facts = selectors.athlete_facts(UserFactory(profile=None, settings=None), DAY)
    assert (facts.session_minutes, facts.aggression, facts.time_zone) == (60, 3, "UTC")


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Kiritimati", dt.date(2026, 3, 11)),
        ("UTC", dt.date(2026, 3, 10)),
        ("Pacific/Pago_Pago", dt.date(2026, 3, 10)),
    ],
)
def test_today_is_the_date_where_the_athlete_is(zone, day):
    user = UserFactory()
    profile.update_profile(user=user, time_zone=zone)
    with time_machine.travel("2026-03-10T11:00:00Z", tick=False):
        assert selectors.local_today(user) == day


@pytest.mark.parametrize("pk", ["nonsense", "", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_id_of_mine_is_not_found(pk):
    with pytest.raises(Http404):
        selectors.injury_for(UserFactory(), pk)


def test_anothers_row_is_not_found():
    row = InjuryFactory()
    assert selectors.injury_for(row.user, row.pk) == row
    assert selectors.injury_for(row.user, str(row.pk)) == row
    with pytest.raises(Http404):
        selectors.injury_for(UserFactory(), row.pk)
