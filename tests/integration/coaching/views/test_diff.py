"""Changes of a session in an athlete's words."""

from __future__ import annotations

import pytest

from coaching.views.diff import diff_rows, words_of
from tests.factories.accounts import UserFactory
from tests.factories.movements import MovementFactory


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sets": 1}, "1 set"),
        ({"sets": 3, "reps_min": 6, "reps_max": 8, "target_rir": 2.0}, "3 sets, 6–8 reps, 2 left in reserve"),
        ({"reps_min": 5, "reps_max": 5, "target_rpe": 7.5}, "5 reps, RPE 7.5"),
        ({"seconds": 40, "rest_seconds": 90}, "40 s, 90 s rest"),
        ({"target_load_kg": 62.5}, "62.5 kg"),
        ({"target_rir": None, "target_rpe": None}, ""),
    ],
)  # fmt: skip
def test_only_what_changes_is_said(values, words):
    assert words_of(values, "metric", {}) == words


@pytest.mark.django_db
def test_a_stand_in_is_named_and_each_rule_is_told_in_words(django_assert_num_queries):
    user, row = UserFactory(), MovementFactory(name="Goblet Squat", slug="goblet-squat")
    changes = [
        {"id": "1", "kind": "swap", "rule": "equipment", "reason": "", "before": {"movement": "barbell-back-squat"},
         "after": {"movement": row.slug}},
        {"id": "2", "kind": "defer", "rule": "soreness:9-10", "reason": "", "before": {"sets": 3}, "after": None},
    ]  # fmt: skip
    first, second = diff_rows(changes, user=user, units="metric")
    assert (first["becomes"], str(first["rule_words"])) == ("Goblet Squat", "The kit at hand")
    assert (second["was"], second["becomes"]) == ("3 sets", "")
    assert "Sore muscles" in str(second["rule_words"])
