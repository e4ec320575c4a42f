"""The built-in coach: the right tool for a question, and five tones that truly differ."""

from __future__ import annotations

import re
import string
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from coaching.llm.builtin.facts import facts_of
from coaching.llm.builtin.intents import understand
from coaching.llm.builtin.levels import GLOSSES, closing
from coaching.llm.builtin.lists import spoken_rest
from coaching.llm.builtin.phrases import PHRASES, TONES, phrase
from gainsly.lib.vocabulary import ExperienceLevel

FACTS = dict.fromkeys(
    {name for texts in PHRASES.values() for text in texts for _, name, _, _ in string.Formatter().parse(text) if name},
    "",
)


@pytest.mark.parametrize(
    ("question", "tool", "arguments"),
    [
        ("What should I do today?", "session_on", {"day": "today"}),
        ("what's on tomorrow", "session_on", {"day": "tomorrow"}),
        ("What do I train on Friday?", "session_on", {"day": "friday"}),
        ("How is my squat?", "lift_strength", {"movement": "squat"}),
        ("How's my bench press going?", "lift_strength", {"movement": "bench press"}),
        ("show my progress on the deadlift", "lift_strength", {"movement": "deadlift"}),
        ("How strong am I on the overhead press?", "lift_strength", {"movement": "overhead press"}),
        ("What is sore?", "recovery", {}),
        ("Am I recovered enough?", "recovery", {}),
        ("When is the deload?", "programme_outline", {}),
        ("how did last week go", "week_review", {"weeks_ago": 1}),
        ("How is this week going?", "week_review", {"weeks_ago": 0}),
        ("Why do I do the front squat today?", "explain_exercise", {"movement": "front squat"}),
        ("Why this exercise?", "explain_exercise", {"movement": ""}),
        ("What are my records?", "records", {}),
        ("How many sets did my chest get?", "weekly_volume", {"muscle": "chest"}),
        ("How many sets for chest this week?", "weekly_volume", {"muscle": "chest"}),
        ("How many sets this far?", "weekly_volume", {}),
        ("What is next week like?", "coming_week", {}),
        ("Am I on track?", "on_track", {}),
        ("Am I getting stronger on squat?", "lift_strength", {"movement": "squat"}),
        ("Am I getting stronger?", "on_track", {}),
        ("What did I do last time on bench press?", "last_time", {"movement": "bench press"}),
        ("What did I lift on the squat last time?", "last_time", {"movement": "squat"}),
        ("When did I last do deadlifts?", "last_time", {"movement": "deadlifts"}),
        ("Warm-up for squat?", "exercise_plan", {"movement": "squat"}),
        ("Which weight on bench?", "exercise_plan", {"movement": "bench"}),
        ("Which weight today?", "session_on", {}),
        ("How long do I rest after squats?", "exercise_plan", {"movement": "squats"}),
        ("How does sleep affect my training?", "sleep_effect", {}),
        ("Did I miss any sessions?", "adherence", {}),
        ("Substitute for lat pulldown", "substitutes", {"movement": "lat pulldown"}),
        ("What did I do in my last workouts?", "recent_workouts", {}),
        ("What did I do last week?", "week_review", {"weeks_ago": 1}),
        ("I only have 30 minutes today", "adapt_today", {"minutes": 30}),
        ("I have half an hour and slept 5 hours", "adapt_today", {"minutes": 30, "sleep_hours": 5.0}),
        ("My quads are very sore", "adapt_today", {"soreness": {"quadriceps": 7}}),
        ("Is my chest sore?", "recovery", {}),
        (
            "Swap the squat for something knee friendly",
            "swap_exercise",
            {"exercise": "squat", "instead": "knee friendly"},
        ),
        ("I can't do the bench press today", "swap_exercise", {"exercise": "bench press", "instead": ""}),
        ("What's my streak?", "adherence", {}),
        ("Which exercises for hamstrings are there", "find_movements", {"query": "hamstrings are there"}),
        ("How is my workout going so far?", "current_workout", {}),
        ("What's my plan?", "programme_outline", {}),
    ],
)
def test_common_questions_find_their_tool(question, tool, arguments):
    found = understand(question)
    assert found is not None
    assert (found.tool, found.arguments) == (tool, arguments)


@pytest.mark.parametrize("question", ["", "xyzzy", "Tell me a joke", "." * 5000, "日本語で話して"])
def test_other_questions_find_none(question):
    assert understand(question) is None


@pytest.mark.parametrize("case", PHRASES)
def test_every_case_has_five_texts_that_differ(case):
    said = [phrase(case, tone, FACTS) for tone in TONES]
    for one, other in combinations([re.sub(r"\W+", " ", text).strip().lower() for text in said], 2):
        assert SequenceMatcher(None, one, other).ratio() < 0.9, f"{one} / {other}"


@pytest.mark.parametrize("case", PHRASES)
def test_the_minimalist_is_the_shortest(case):
    lengths = {tone: len(phrase(case, tone, FACTS)) for tone in TONES}
    assert lengths["minimalist"] == min(lengths.values())


def test_no_text_claims_a_deed():
    claims = re.compile(r"\bI(?:'ve| have)? (?:changed|swapped|moved|added|removed|updated|deleted)\b", re.IGNORECASE)
    assert [text for texts in PHRASES.values() for text in texts if claims.search(text)] == []


def test_the_five_levels_push_from_careful_to_hard_in_their_own_words():
    for case in ("session", "planned", "sore", "on track"):
        topic = {"on track": "track"}.get(case, case)
        said = [closing(topic, tone="supportive", level=level, experience="expert") for level in range(1, 6)]
        assert len(set(said)) == 5, said


@pytest.mark.parametrize("case", GLOSSES)
def test_each_experience_has_its_own_explanation_down_to_none(case):
    said = [GLOSSES[case][one.value] for one in ExperienceLevel]
    assert len(set(said)) == len(said)
    assert said[-1] == ""
    assert len(said[0]) > len(said[2])


def test_the_minimalist_explains_and_pushes_nothing():
    assert {closing(case, tone="minimalist", level=5, experience="beginner") for case in PHRASES} == {""}


def test_an_answer_differs_by_tone_level_and_experience():
    told = {
        phrase("planned", tone, FACTS) + closing("planned", tone=tone, level=level, experience=one.value)
        for tone in TONES
        for level in range(1, 6)
        for one in ExperienceLevel
    }
    assert len(told) == 4 * 5 * 4 + 1  # the minimalist says one thing to all


def test_an_adapted_day_is_told_by_its_two_first_reasons_and_the_count_of_the_rest():
    why = {"Bench": "Chest is sore.", "Fly": "Chest is sore.", "Row": "Back is sore.", "Curl": "Only 30 minutes."}
    data = {
        "session": {"title": "Monday"},
        "minutes": 29.6,
        "changes": [{"movement": name, "why": reason} for name, reason in why.items()],
    }
    case, facts = facts_of("adapt_today", data)
    assert (case, facts["count"], facts["minutes"]) == ("adapt", "4 changes", "30")
    assert facts["changes"] == "Bench and Fly: chest is sore; Row: back is sore; and 1 change more on the card"
    case, facts = facts_of("adapt_today", {**data, "changes": data["changes"][:3]})
    assert facts["changes"] == "Bench and Fly: chest is sore; Row: back is sore"


@pytest.mark.parametrize(("seconds", "said"), [(90, "90 s"), (120, "2 min"), (255, "4:15 min")])
def test_a_rest_is_told_as_a_clock_shows_it(seconds, said):
    assert spoken_rest(seconds) == said
