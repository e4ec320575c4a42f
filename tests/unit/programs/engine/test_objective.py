"""The choice of a block's assistance: the best of the week, explained truly, and never worse for having more."""

import random
from dataclasses import replace

import numpy as np
import pytest

from gainsly.lib.vocabulary import MovementRuleType, Section
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.objective import objective, rank
from programs.engine.types import Catalogue, History, QualityReport, RuleFact
from tests.bench.grid import athlete_with, load_catalogue, request_for
from tests.bench.optimum import models_of

CATALOGUE = load_catalogue()
CONFIG = default_heuristics()
REQUESTS = [
    ("full_gym", {"hypertrophy": 10}, "ppl", 6),
    ("dumbbells", {"strength": 6, "fat_loss": 4}, "upper_lower", 4),
    ("bodyweight", {"hypertrophy": 5, "strength": 5}, "full_body", 3),
]


def plan(kit="full_gym", goals=None, split="upper_lower", days=4, *, catalogue=CATALOGUE, athlete=None, **changes):
    return generate_plan(
        athlete or athlete_with(kit),
        request_for(goals or {"hypertrophy": 10}, split, days, **changes),
        catalogue,
        History(),
        CONFIG,
    )


@pytest.fixture(scope="module")
def models():
    return [
        one
        for kit, goals, split, days in REQUESTS
        for one in models_of(athlete_with(kit), request_for(goals, split, days), CATALOGUE).models
    ]


def test_no_single_swap_makes_a_week_better(models):
    for model, chosen in models:
        here = objective(model, chosen)
        for index in range(len(chosen)):
            ranking = rank(model, chosen, index)
            standing = ranking.value[ranking.rows == chosen[index]][0]
            assert ranking.value.max() <= standing
            other = int(ranking.rows[np.argsort(ranking.value)[len(ranking.rows) // 2]])
            swapped = [*chosen[:index], other, *chosen[index + 1 :]]
            gain = ranking.value[ranking.rows == other][0] - standing
            if np.isfinite(gain):
                assert objective(model, swapped) - here == pytest.approx(gain, abs=1e-4)


def test_no_movement_stands_twice_in_a_session(models):
    for model, chosen in models:
        places = [(place.day, row) for place, row in zip(model.places, chosen, strict=True)]
        assert len(places) == len(set(places))
        assert all(row not in taken for row, taken in zip(chosen, model.taken, strict=True))


def test_recomputing_an_explanation_gives_its_total_and_its_choice():
    for kit, goals, split, days in REQUESTS:
        for choice in plan(kit, goals, split, days).choices:
            total = sum(choice.scores[name] * choice.weights[name] for name in choice.scores)
            assert total == pytest.approx(choice.total, abs=2e-3), choice.key
            assert all(0 <= score <= 1 for score in choice.scores.values())
            assert all(_lost(one, choice) for one in choice.runners_up), choice.key
            assert 0 <= choice.relaxation_step <= 6


def _lost(runner, choice):
    """Whether the explanation's own figures say that it lost: to the scores, or for assistance to the week."""
    if not runner.week:
        return runner.total <= choice.total and runner.lost_because
    parts = [runner.week[name] for name in ("scores", "volume", "repeats", "kinds", "cns")]
    assert sum(parts) == pytest.approx(runner.week["value"], abs=2e-3)
    assert runner.total <= choice.total or "scores higher alone" in runner.lost_because
    return runner.week["value"] <= runner.week["chosen"]


def test_some_runners_up_score_higher_alone_and_lose_to_the_week():
    lost = [one for goals in REQUESTS for choice in plan(*goals).choices for one in choice.runners_up]
    higher = [one for one in lost if "scores higher alone" in one.lost_because]
    assert higher
    assert {"repeats", "kinds", "volume", "cns"} <= set(higher[0].week)


def test_every_lift_but_a_wish_names_who_came_next():
    choices = plan().choices
    alone = [
        one.key
        for one in choices
        if not one.runners_up and "wished" not in one.rules and one.key.split("/")[0] in ("main", "accessory")
    ]
    assert not alone


def test_slots_are_seldom_relaxed_far():
    choices = [choice for kit, goals, split, days in REQUESTS for choice in plan(kit, goals, split, days).choices]
    far = [one for one in choices if one.relaxation_step > 2]
    assert len(far) <= 0.1 * len(choices), [(one.key, one.movement) for one in far]


def test_more_equipment_or_time_does_not_lower_the_objective():
    for goals in ({"hypertrophy": 10}, {"strength": 10}):
        assert plan("full_gym", goals).objective >= plan("dumbbells", goals).objective
        assert plan(goals=goals, session_minutes=75).objective >= plan(goals=goals, session_minutes=45).objective


def test_ruling_out_what_was_chosen_does_not_raise_the_objective():
    free = plan()
    chosen = next(one.movement for one in free.choices if one.key.startswith("accessory/"))
    athlete = replace(athlete_with(), rules=(RuleFact(chosen, MovementRuleType.HARD_NO),))
    assert plan(athlete=athlete).objective <= free.objective


def test_the_order_of_the_catalogue_changes_nothing():
    shuffled = list(CATALOGUE.movements.items())
    random.Random(7).shuffle(shuffled)
    assert plan(catalogue=Catalogue(dict(shuffled), "fixtures")) == plan()


def test_more_weight_on_strength_is_not_lighter_and_more_on_size_is_not_less():
    heavy = [_main_percent(plan(goals={"strength": points, "hypertrophy": 10 - points})) for points in (2, 5, 8)]
    assert heavy == sorted(heavy)
    sets = [_hard_sets(plan(goals={"hypertrophy": points, "strength": 10 - points})) for points in (2, 5, 8)]
    assert sets == sorted(sets)


def _main_percent(draft):
    shares = [
        (one.target_percent_1rm, one.sets)
        for week in draft.microcycles
        for session in week.sessions
        for one in session.exercises
        if one.section is Section.MAIN and one.target_percent_1rm
    ]
    return round(sum(share * sets for share, sets in shares) / sum(sets for _, sets in shares), 6)


def _hard_sets(draft):
    return sum(
        one.sets * sum(CATALOGUE.movements[one.movement].muscle_shares().values())
        for week in draft.microcycles
        if not week.is_deload
        for session in week.sessions
        for one in session.exercises
        if one.section in (Section.MAIN, Section.ACCESSORY)
    )


def test_the_report_shows_the_objective_beside_its_other_figures():
    draft = plan()
    report = QualityReport(success=True, score=1.0, checks=(), figures={"coverage": 1.0})
    assert draft.with_quality(report).quality.figures == {"coverage": 1.0, "objective": draft.objective}
    assert draft.objective > 0
