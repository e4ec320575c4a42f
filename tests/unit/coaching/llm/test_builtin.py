"""The built-in coach: the right tool for a question, and five tones that truly differ."""

from __future__ import annotations

import re
import string
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from coaching.llm.builtin.intents import understand
from coaching.llm.builtin.phrases import PHRASES, TONES, phrase

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
        ("How many sets did my chest get?", "weekly_volume", {}),
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


@pytest.mark.parametrize("question", ["", "Hello", "xyzzy", "Tell me a joke", "." * 5000, "日本語で話して"])
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
