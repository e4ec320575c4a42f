"""What each training day is, by tables: templates, dedicated days, weeks of one's own, microcycles of 7 to 14 days."""

from pathlib import Path

import pytest

from gainsly.lib.vocabulary import MovementPattern, SessionType
from programs.engine.calendars import lay_out
from programs.engine.constraints import Infeasible
from programs.engine.goals import mix_of
from programs.engine.heuristics import default_heuristics
from programs.engine.splits import week_of
from programs.engine.types import HybridDay, HybridDefinition
from tests.bench.grid import athlete_with, request_for

CONFIG = default_heuristics()
P = MovementPattern
PAGE = Path(__file__).parents[4] / "docs/algorithms/splits.md"
WORDS = {"upper": "U", "lower": "L", "full_body": "F", "push": "push", "pull": "pull", "legs": "legs"}
TEMPLATES = {
    ("upper_lower", 2): "U L", ("upper_lower", 3): "U L F", ("upper_lower", 4): "U L U L",
    ("upper_lower", 5): "U L F U L", ("upper_lower", 6): "U L U L U L", ("upper_lower", 7): "U L U L U L recovery",
    ("ppl", 2): "push pull", ("ppl", 3): "push pull legs", ("ppl", 4): "push pull legs F",
    ("ppl", 5): "push pull legs U L", ("ppl", 6): "push pull legs push pull legs",
    ("ppl", 7): "push pull legs push pull legs recovery",
    ("full_body", 2): "F F", ("full_body", 3): "F F F", ("full_body", 4): "F F F F", ("full_body", 5): "F F F F F",
    ("full_body", 6): "F F F F F F", ("full_body", 7): "F F F F F F recovery",
    ("hybrid", 2): "U L", ("hybrid", 3): "U L F", ("hybrid", 4): "U L U L", ("hybrid", 5): "U L U L F",
    ("hybrid", 6): "U L U L U L", ("hybrid", 7): "U L U L U L recovery",
}  # fmt: skip


def days_of(goals, split="full_body", days=4, *, in_all=None, experience="intermediate", own_cardio=False, **asked):
    request = request_for(goals, split, days, **asked)
    athlete = athlete_with(experience=experience, cardio_own_day=own_cardio)
    return week_of(request, athlete, mix_of(request, athlete, CONFIG), in_all or days, CONFIG)


def types_of(*args, **more):
    return [str(day.session_type) for day in days_of(*args, **more)]


@pytest.mark.parametrize(("split", "days"), list(TEMPLATES))
def test_every_template_adapts_to_two_to_seven_days(split, days):
    found = [WORDS.get(one, one) for one in types_of({"strength": 10}, split, days)]
    assert found == TEMPLATES[split, days].split()


def test_the_page_shows_the_same_templates():
    rows = {row[0]: row[1:] for row in (line.strip("| ").split(" | ") for line in PAGE.read_text().splitlines()[4:8])}
    spelled = {"five F": "F F F F F", "six F": "F F F F F F", "twice push pull legs": "push pull legs push pull legs"}
    for (split, days), expected in TEMPLATES.items():
        if days < 7:
            shown = rows[split][days - 2]
            assert spelled.get(shown, shown) == expected, (split, days)


def test_two_days_of_pushing_and_pulling_still_train_the_legs():
    push, pull = days_of({"strength": 10}, "ppl", 2)
    assert P.SQUAT in push.patterns
    assert P.HINGE in pull.patterns


@pytest.mark.parametrize(
    ("goals", "days", "expected"),
    [
        ({"strength": 7, "endurance": 3}, 6, "F F F F F F"),  # three points of endurance ask for no day of its own
        ({"strength": 6, "endurance": 4}, 3, "F F cardio"),  # four do
        ({"strength": 6, "endurance": 4}, 4, "F F cardio F"),
        ({"strength": 6, "endurance": 4}, 5, "F F cardio conditioning F"),
        ({"strength": 1, "endurance": 9}, 4, "F cardio conditioning cardio"),
        ({"endurance": 10}, 3, "F cardio conditioning"),  # a day of lifting stays
        ({"fat_loss": 10}, 4, "F F F F"),  # its conditioning ends the lifting days
        ({"strength": 7, "mobility": 3}, 4, "F F mobility F"),
        ({"mobility": 10}, 4, "mobility mobility mobility mobility"),
        ({"hypertrophy": 4, "endurance": 4, "mobility": 2}, 5, "F cardio conditioning F mobility"),
    ],
)
def test_days_of_their_own_come_only_when_they_are_asked_for(goals, days, expected):
    assert [WORDS.get(one, one) for one in types_of(goals, days=days)] == expected.split()


def test_who_wants_cardio_on_its_own_day_gets_one_and_only_with_a_goal_for_it():
    assert types_of({"strength": 7, "endurance": 3}, own_cardio=True).count("cardio") == 1
    assert "cardio" not in types_of({"strength": 10}, own_cardio=True)


@pytest.mark.parametrize(
    ("experience", "days", "apart"),
    [("beginner", 5, 0), ("beginner", 6, 1), ("beginner", 7, 1), ("intermediate", 6, 0), ("intermediate", 7, 0)],
)
def test_newcomers_lift_on_five_days_at_most_and_the_others_are_easy(experience, days, apart):
    found = types_of({"strength": 10}, days=days, experience=experience)
    assert sum(one in ("cardio", "conditioning") for one in found) == apart


@pytest.mark.parametrize("goals", [{"strength": 5, "endurance": 5}, {"hypertrophy": 3, "endurance": 7}])
@pytest.mark.parametrize("days", [3, 4, 5, 6])
def test_lifting_goals_keep_two_lifting_days(goals, days):
    assert sum(day.lifted for day in days_of(goals, days=days)) >= 2


class TestAWeekOfOnesOwn:
    def test_days_stand_by_their_number_with_their_own_focus(self):
        own = HybridDefinition(
            days=(HybridDay(4, SessionType.CONDITIONING), HybridDay(1, SessionType.UPPER, (P.VERTICAL_PULL,)))
        )
        first, second = days_of({"strength": 10}, "hybrid", 2, hybrid=own)
        assert (first.session_type, first.patterns) == ("upper", (P.VERTICAL_PULL,))
        assert (second.session_type, second.lifted) == ("conditioning", False)

    @pytest.mark.parametrize(
        ("blocks", "expected"),
        [
            (("ppl", "rest", "cardio"), "push pull legs cardio"),
            (("upper_lower", "mobility", "full_body"), "U L mobility F"),
            (("upper_lower", "rest", "upper_lower", "rest"), "U L U L"),
        ],
    )
    def test_blocks_are_laid_out_in_order_and_rest_is_no_day(self, blocks, expected):
        found = types_of({"strength": 10}, "hybrid", 4, hybrid=HybridDefinition(blocks=blocks))
        assert [WORDS.get(one, one) for one in found] == expected.split()

    @pytest.mark.parametrize("days", [2, 3, 5])
    def test_another_number_of_days_than_the_program_has_is_refused_in_words(self, days):
        own = HybridDefinition(blocks=("ppl", "cardio"))
        with pytest.raises(Infeasible, match="4 training days") as refused:
            days_of({"strength": 10}, "hybrid", days, hybrid=own)
        assert refused.value.extra["collisions"][0]["rules"] == ["hybrid_definition", "days_per_week"]

    def test_a_longer_microcycle_repeats_it(self):
        own = HybridDefinition(blocks=("upper_lower",))
        assert types_of({"strength": 10}, "hybrid", 2, in_all=4, hybrid=own) == ["upper", "lower"] * 2

    def test_or_takes_as_many_days_as_the_microcycle_has(self):
        own = HybridDefinition(blocks=("ppl", "full_body"))
        found = types_of({"strength": 10}, "hybrid", 2, in_all=4, hybrid=own)
        assert found == ["push", "pull", "legs", "full_body"]


@pytest.mark.parametrize(
    ("length", "a_week", "expected"),
    [
        (7, 3, [3] * 8),
        (8, 3, [3] * 7),
        (8, 4, [5] * 7),
        (10, 3, [4, 4, 4, 4, 4, 3]),  # the last is six days long
        (10, 4, [6, 6, 6, 6, 6, 3]),
        (12, 5, [9, 9, 9, 9, 6]),
        (14, 3, [6] * 4),
        (14, 6, [12] * 4),
    ],
)
def test_days_a_week_are_a_rate_in_longer_microcycles(length, a_week, expected):
    laid = lay_out(request_for({"strength": 10}, days=a_week, microcycle_days=length), athlete_with())
    assert [len(window.dates) for window in laid] == expected
    assert abs(sum(expected) / 8 - a_week) <= 0.5


def test_the_days_of_a_longer_microcycle_are_those_of_two_weeks():
    assert types_of({"strength": 10}, "upper_lower", 4, in_all=8) == ["upper", "lower"] * 4
    assert types_of({"strength": 10}, "ppl", 3, in_all=6) == ["push", "pull", "legs"] * 2
    assert types_of({"strength": 10}, "full_body", 7, in_all=14).count("recovery") == 2
