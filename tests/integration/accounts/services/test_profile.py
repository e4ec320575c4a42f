import datetime as dt

import pytest

from accounts.models import Profile, Settings
from accounts.services import profile
from tests.factories.accounts import UserFactory

TODAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"time_zone": "Europe/Berlin"},
        {"available_weekdays": [6]},
        {"session_minutes": 20},
        {"session_minutes": 150},
        {"height_cm": None},
        {"date_of_birth": None},
        {"date_of_birth": dt.date(2013, 3, 1)},
        {"sex": ""},
        {"disciplines": []},
        {"disciplines": [{"discipline": "powerlifting", "preference": 5, "level": "advanced"}]},
    ],
)
def test_good_fields_have_no_errors(fields):
    assert profile.errors_of(fields, today=TODAY) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("time_zone", ""),
        ("available_weekdays", []),
        ("available_weekdays", [7]),
        ("available_weekdays", [1, 1]),
        ("session_minutes", 19),
        ("session_minutes", 151),
        ("session_minutes", None),
        ("height_cm", 99),
        ("height_cm", 251),
        ("date_of_birth", dt.date(2026, 3, 2)),
        ("date_of_birth", dt.date(2013, 3, 2)),
        ("date_of_birth", dt.date(1900, 1, 1)),
        ("experience_level", "elite"),
        ("sex", "unknown"),
        ("first_weekday", 7),
        ("long_term_goals", "x" * 2001),
        ("units", "stones"),
        ("persona_aggression", 6),
        ("disciplines", [{"discipline": "chess"}]),
        ("disciplines", [{"discipline": "cardio"}, {"discipline": "cardio"}]),
        ("disciplines", [{"discipline": "cardio", "preference": 6}]),
        ("disciplines", [{"discipline": "cardio", "level": "elite"}]),
    ],
)
def test_bad_fields_are_told_by_name(field, value):
    assert list(profile.errors_of({field: value}, today=TODAY)) == [field]


@pytest.mark.django_db
class TestUpdating:
    def test_sets_what_is_named_and_leaves_the_rest(self):
        user = UserFactory()
        profile.update_profile(user=user, height_cm=180, available_weekdays=[4, 0])
        profile.update_profile(user=user, session_minutes=45)
        row = Profile.objects.get(user=user)
        assert (row.height_cm, row.available_weekdays, row.session_minutes) == (180, [0, 4], 45)

    def test_replaces_the_disciplines_as_a_whole(self):
        user = UserFactory()
        profile.update_profile(user=user, disciplines=[{"discipline": "cardio"}, {"discipline": "strongman"}])
        profile.update_profile(user=user, disciplines=[{"discipline": "mobility", "preference": 5}])
        rows = Profile.objects.get(user=user).disciplines.values_list("discipline", "preference")
        assert list(rows) == [("mobility", 5)]

    def test_saves_nothing_where_one_field_is_bad(self):
        user = UserFactory()
        with pytest.raises(profile.ProfileInvalidError) as refusal:
            profile.update_profile(user=user, height_cm=180, time_zone="Nowhere")
        assert list(refusal.value.errors) == ["time_zone"]
        assert Profile.objects.get(user=user).height_cm is None

    def test_makes_the_rows_for_a_user_who_has_none(self):
        user = UserFactory(profile=None, settings=None)
        assert not Profile.objects.exists()
        profile.update_profile(user=user, height_cm=170)
        profile.update_settings(user=user, theme="light")
        assert Profile.objects.get().height_cm == 170
        assert Settings.objects.get().theme == "light"

    def test_finishing_the_onboarding_twice_keeps_the_first_date(self):
        user = UserFactory()
        first = profile.complete_onboarding(user=user).onboarding_completed_at
        assert profile.complete_onboarding(user=user).onboarding_completed_at == first
