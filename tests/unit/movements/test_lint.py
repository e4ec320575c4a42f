from pathlib import Path

import pytest

from gainsly.lib.vocabulary import MovementPattern
from movements.catalogue.lint import lint_library
from movements.catalogue.names import words_of
from movements.services.library import read_fixtures
from tests.factories.movements import library_of, movement_entry

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


def messages_of(*movements, relations=()):
    return [str(finding) for finding in lint_library(library_of(*movements, relations=relations))]


def test_a_complete_movement_is_clean():
    assert messages_of(movement_entry()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"muscles": {}}, "has no primary muscle"),
        ({"sections": []}, "in which sections"),
        ({"description": ""}, "no description"),
        ({"cues": ["Only one"]}, "has 1 cues"),
        ({"muscles": {"primary": {"quadriceps": 0}}}, "trains no muscle directly"),
        ({"muscles": {"primary": {"quadriceps": 1}, "secondary": {"hamstrings": 0.5}}}, "hamstrings is unusual"),
        ({"pattern": "plyometric"}, "credits no sets"),
        ({"pattern": "olympic"}, "shares are 0.5 at most"),
        (
            {
                "pattern": "isolation",
                "muscles": {"primary": {"quadriceps": 1, "glutes": 1, "calves": 1, "chest": 1, "lats": 1}},
            },
            "more than 4.5",
        ),
    ],
)
def test_finds_what_is_missing_or_wrong(changes, words):
    findings = messages_of(movement_entry(**changes))
    assert any(words in finding for finding in findings), findings


def test_a_written_reason_allows_an_unusual_muscle():
    muscles = {"primary": {"quadriceps": 1}, "secondary": {"hamstrings": 0.5}}
    assert messages_of(movement_entry(muscles=muscles, muscle_reason="a pause at the hip")) == []


def test_a_usual_helper_is_allowed_as_indirect_work_only():
    def press(share):
        return movement_entry(
            pattern="vertical_push", muscles={"primary": {"front_delts": 1}, "secondary": {"chest": share}}
        )

    assert messages_of(press(0.5)) == []
    assert any("chest is unusual" in finding for finding in messages_of(press(0.75)))


def test_finds_two_movements_of_one_name_whatever_the_order_of_words():
    findings = messages_of(
        movement_entry("Cable Face Pull", aliases=[]), movement_entry("Other", aliases=["Face Pulls with the Cable"])
    )
    assert len(findings) == 1
    assert "is called like" in findings[0]


def test_a_direction_tells_two_movements_apart():
    names = ("Cable Low-to-High Fly", "Cable High to Low Fly")
    assert messages_of(*(movement_entry(name, aliases=[]) for name in names)) == []


def test_finds_a_cycle_and_a_step_down_in_the_graph():
    movements = [movement_entry(name, aliases=[], skill="beginner") for name in ("Alpha", "Beta", "Gamma", "Delta")]
    relations = (
        ("alpha", "progression", "beta"),
        ("beta", "progression", "gamma"),
        ("alpha", "regression", "gamma"),  # alpha is harder than gamma: the ring closes
        ("delta", "progression", "alpha"),
    )
    findings = messages_of(*movements, relations=relations)
    assert [finding.split(":")[0] for finding in findings] == ["alpha", "beta", "gamma"]


def test_finds_a_progression_that_asks_less_skill():
    movements = (movement_entry("Hard", aliases=[], skill="expert"), movement_entry("Soft", aliases=[]))
    assert any(
        "asks less skill" in one for one in messages_of(*movements, relations=(("hard", "progression", "soft"),))
    )


def test_words_of_a_name():
    assert words_of("Dumbbell Rows") == words_of("row, dumbbell")
    assert words_of("Press") != words_of("Pres")


def test_the_published_library_is_clean():
    library, _digest = read_fixtures(FIXTURES)
    assert [str(finding) for finding in lint_library(library)] == []
    assert len(library.movements) >= 200
    assert {record.pattern for record in library.movements.values()} == set(MovementPattern)


def test_a_variation_of_another_pattern_shares_a_leading_muscle():
    curl = movement_entry("Strange Curl", aliases=[], pattern="isolation", muscles={"primary": {"biceps": 1}})
    pair = [movement_entry(), curl]
    assert any("is no variation" in one for one in messages_of(
        *pair, relations=(("strange-curl", "variation", "barbell-back-squat"),)
    ))  # fmt: skip
    thigh = {**curl, "muscles": {"primary": {"quadriceps": 1}}}
    assert messages_of(pair[0], thigh, relations=(("strange-curl", "variation", "barbell-back-squat"),)) == []


def test_a_circuit_that_no_clock_can_run_is_found():
    endless = {"name": "Endless", "type": "amrap", "estimated_minutes": 9,
               "exercises": [{"movement": "barbell-back-squat", "reps": 5}]}  # fmt: skip
    found = [str(one) for one in lint_library(library_of(movement_entry(), circuits=(endless,)))]
    assert any("endless: circuit: as many rounds as possible needs its length" in one for one in found)
