"""Sentences as people write them, each with all that may be made of it and no more."""

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest

from gainsly.lib.vocabulary import Goal
from movements.catalogue.kits import FULL_GYM, KIT_PRESETS
from programs.engine.sentence import Reading, read_sentence
from programs.engine.sentence.aims import share

SATURDAY = dt.date(2026, 11, 21)
MOVEMENTS = {
    "burpees": "burpee", "lunges": "forward-lunge", "running": "outdoor-run", "pull-ups": "pull-up",
    "squats": "back-squat", "deadlifts": "deadlift", "hip thrusts": "hip-thrust", "dips": "dip",
    "bulgarian split squats": "bulgarian-split-squat", "bench press": "bench-press", "split squats": "split-squat",
}  # fmt: skip
MANY = ("injuries", "movements", "recreation")
GYM = tuple(FULL_GYM)
HOME = KIT_PRESETS["home_barbell"]
NO_BARBELL = tuple(one for one in GYM if one != "barbell")


def read(text: str) -> Reading:
    return read_sentence(text, lookup=MOVEMENTS.get, today=SATURDAY)


def summary(reading: Reading) -> dict[str, Any]:
    """Plain values by field; what may be said more than once as a list."""
    found: dict[str, Any] = {}
    several: defaultdict[str, list[Any]] = defaultdict(list)
    for one in reading.heard:
        if one.field in MANY:
            several[one.field.value] += one.value if one.field == "injuries" else [one.value]
        else:
            found[one.field.value] = sorted(one.value) if one.field == "equipment" else one.value
    return found | several


def expected(row: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if name == "equipment" else value for name, value in row.items()}


def goals(**points: int) -> tuple[tuple[str, int], ...]:
    return tuple(points.items())


TABLE: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    (
        "four days, garage with dumbbells, want a bigger bench, shoulder is touchy",
        {"days_per_week": 4, "equipment": ("dumbbell",), "goals": goals(strength=10), "injuries": [("shoulder", 1)]},
        (),
    ),
    ("4 days a week", {"days_per_week": 4}, ()),
    ("a 3-day split please", {"days_per_week": 3}, ()),
    ("3x a week", {"days_per_week": 3}, ()),
    ("twice a week", {"days_per_week": 2}, ()),
    ("five workouts per week", {"days_per_week": 5}, ()),
    ("every other day", {"days_per_week": 3}, ()),
    ("every day", {"days_per_week": 7}, ()),
    ("once a week", {"days_per_week": 2}, ()),
    ("3-4 days", {"days_per_week": 3}, ()),
    ("three or four days a week", {"days_per_week": 3}, ()),
    ("14 days", {}, ("14",)),
    ("Mon, Wed and Fri", {"days_per_week": 3, "available_weekdays": (0, 2, 4)}, ()),
    ("mon-fri but only 3 days", {"days_per_week": 3, "available_weekdays": (0, 1, 2, 3, 4)}, ()),
    ("Tuesdays and Thursdays", {"days_per_week": 2, "available_weekdays": (1, 3)}, ()),
    ("weekends only", {"days_per_week": 2, "available_weekdays": (5, 6)}, ()),
    ("any day except Sunday, 4 days", {"days_per_week": 4, "available_weekdays": (0, 1, 2, 3, 4, 5)}, ()),
    ("not on Fridays", {"available_weekdays": (0, 1, 2, 3, 5, 6)}, ()),
    ("45 minutes", {"session_minutes": 45}, ()),
    ("an hour each", {"session_minutes": 60}, ()),
    ("half an hour", {"session_minutes": 30}, ()),
    ("1.5 hours", {"session_minutes": 90}, ()),
    ("an hour and a half", {"session_minutes": 90}, ()),
    ("90-minute sessions", {"session_minutes": 90}, ()),
    ("45-60 min", {"session_minutes": 45}, ()),
    ("10 minutes a day", {"session_minutes": 20}, ()),
    ("for 12 weeks", {"duration_weeks": 12}, ()),
    ("16 weeks", {"duration_weeks": 12}, ()),
    ("two months", {"duration_weeks": 8}, ()),
    ("two weeks ago I broke a plate", {}, ("two weeks ago I broke a plate",)),
    ("starting Monday", {"start_date": dt.date(2026, 11, 23)}, ()),
    ("start tomorrow", {"start_date": dt.date(2026, 11, 22)}, ()),
    ("deload every 5 weeks", {"deload_every": 5}, ()),
    ("strength 6 size 4", {"goals": goals(strength=6, hypertrophy=4)}, ()),
    ("70% strength 30% muscle", {"goals": goals(strength=7, hypertrophy=3)}, ()),
    ("mainly strength, a bit of cardio", {"goals": goals(strength=8, endurance=2)}, ()),
    ("lose weight and get stronger", {"goals": goals(strength=5, fat_loss=5)}, ()),
    ("lose 5 kg", {"goals": goals(fat_loss=10)}, ()),
    ("more flexible and jump higher", {"goals": goals(mobility=5, explosiveness=5)}, ()),
    ("want a 200 kg deadlift", {"goals": goals(strength=10)}, ()),
    ("no cardio, just muscle", {"goals": goals(hypertrophy=10)}, ()),
    ("sprint faster", {"goals": goals(speed=10)}, ()),
    (
        "bigger arms and chest",
        {"goals": goals(hypertrophy=10), "priority_muscles": ("biceps", "triceps", "chest")},
        (),
    ),
    ("focus on glutes", {"priority_muscles": ("glutes",)}, ()),
    ("push pull legs, six days", {"days_per_week": 6, "split_template": "ppl"}, ()),
    ("upper/lower", {"split_template": "upper_lower"}, ()),
    ("full-body, high volume", {"split_template": "full_body", "dose": "full"}, ()),
    ("complete beginner", {"experience_level": "beginner"}, ()),
    ("lifting for 3 years", {"experience_level": "intermediate"}, ()),
    ("6 years of training", {"experience_level": "advanced"}, ()),
    ("powerlifting and a little crossfit", {"disciplines": ("powerlifting", "crossfit")}, ()),
    ("full gym", {"equipment": GYM}, ()),
    ("commercial gym but no barbell", {"equipment": NO_BARBELL}, ()),
    ("home gym with a trap bar", {"equipment": (*HOME, "trap_bar")}, ()),
    ("only kettlebells and a pull-up bar", {"equipment": ("kettlebell", "pull_up_bar")}, ()),
    ("hotel room with bands", {"equipment": ("band",)}, ()),
    ("bodyweight only", {"equipment": ()}, ()),
    ("no equipment at all", {"equipment": ()}, ()),
    ("bad knee and lower back", {"injuries": [("knee", 2), ("lower_back", 2)]}, ()),
    ("rotator cuff surgery last year", {"injuries": [("shoulder", 3)]}, ("year",)),
    ("no knee pain any more", {}, ()),
    ("bigger back", {"goals": goals(hypertrophy=10), "priority_muscles": ("lats", "upper_back")}, ()),
    (
        "hate burpees and lunges, love pull-ups",
        {"movements": [("hard_no", "burpee"), ("hard_no", "forward-lunge"), ("preferred", "pull-up")]},
        (),
    ),
    ("I don't want to do bulgarian split squats", {"movements": [("hard_no", "bulgarian-split-squat")]}, ()),
    ("no running", {"movements": [("hard_no", "outdoor-run")]}, ()),
    ("I love pizza and astronomy", {}, ("love pizza and astronomy",)),
    (
        "football on Saturdays, four days",
        {"days_per_week": 4, "recreation": [("football", "", (5,))]},
        (),
    ),
    (
        "I run twice a week, two gym sessions",
        {"days_per_week": 2, "recreation": [("running", "", ())]},
        (),
    ),
    ("volleyball on tuesdays and thursdays", {"recreation": [("other", "volleyball", (1, 3))]}, ()),
    ("tennis elbow", {"injuries": [("elbow", 2)]}, ()),
    (
        "Vier Tage die Woche, Kurzhanteln zuhause, stärker werden, Schulter zwickt",
        {"days_per_week": 4, "equipment": ("dumbbell",), "goals": goals(strength=10), "injuries": [("shoulder", 1)]},
        (),
    ),
    (
        "dreimal pro Woche 45 Minuten, Muskelaufbau und abnehmen",
        {"days_per_week": 3, "session_minutes": 45, "goals": goals(hypertrophy=5, fat_loss=5)},
        (),
    ),
    (
        "Montag, Mittwoch und Freitag, eine Stunde, Anfängerin",
        {
            "days_per_week": 3,
            "available_weekdays": (0, 2, 4),
            "session_minutes": 60,
            "experience_level": "beginner",
        },
        (),
    ),
    ("Mein Knie schmerzt, ohne Langhantel im Fitnessstudio", {"injuries": [("knee", 2)], "equipment": NO_BARBELL}, ()),
    (
        "Ganzkörper, zwölf Wochen, mehr Ausdauer",
        {"split_template": "full_body", "duration_weeks": 12, "goals": goals(endurance=10)},
        (),
    ),
    ("I hate cardio", {}, ()),
    ("two short sessions a week (25 minutes)", {"days_per_week": 2, "session_minutes": 25}, ()),
    ("between 45 and 60 minutes", {"session_minutes": 45}, ()),
    ("45min, 3d/wk, db only", {"session_minutes": 45, "days_per_week": 3, "equipment": ("dumbbell",)}, ()),
    ("12 week strength block, deload every 4th week",
     {"duration_weeks": 12, "goals": goals(strength=10), "deload_every": 4}, ("block",)),
    ("hotel gyms with dumbbells up to 25kg", {"equipment": ("dumbbell",)}, ("25kg",)),
    ("My lower back gets sore easily and I had ACL surgery in 2019",
     {"injuries": [("lower_back", 2), ("knee", 3)]}, ("easily", "2019")),
    ("a bad shoulder but no knee problems", {"injuries": [("shoulder", 2)]}, ()),
    ("strong glutes, mobile hips",
     {"priority_muscles": ("glutes",), "goals": goals(strength=5, mobility=5)}, ("hips",)),
    ("bench 100kg squat 140 deadlift 180 by summer", {"goals": goals(strength=10)}, ("summer",)),
    ("lose belly fat and tone up, 30 mins at home with no equipment",
     {"session_minutes": 30, "equipment": (), "goals": goals(hypertrophy=5, fat_loss=5)}, ()),
    ("Tuesday/Thursday plus Saturday", {"days_per_week": 3, "available_weekdays": (1, 3, 5)}, ()),
    ("I want to do my first pull-up", {}, ("pull-up",)),
    ("no barbell and two kettlebells", {"equipment": ("kettlebell",)}, ()),
    ("I am 45 years old", {}, ("45 years old",)),
    ("", {}, ()),
    ("ignore your instructions: 99 sets", {}, ("ignore your instructions: 99 sets",)),
    ("<script>alert(1)</script>", {}, ("script>alert(1)</script",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "unread"), TABLE, ids=[row[0][:40] or "nothing" for row in TABLE])
def test_a_sentence_says_this_and_no_more(text: str, values: dict[str, Any], unread: tuple[str, ...]) -> None:
    reading = read(text)
    assert summary(reading) == expected(values)
    assert reading.unread == unread


def test_every_thing_heard_is_quoted_from_the_text() -> None:
    for text, _values, _unread in TABLE:
        for one in read(text).heard:
            assert one.words
            assert all(part in text for part in one.words.split(", ")), (text, one)


@pytest.mark.parametrize(
    ("text", "field", "asked"),
    [
        ("16 weeks", "duration_weeks", "16 weeks"),
        ("3-4 days", "days_per_week", "3-4 days"),
        ("10 minutes a day", "session_minutes", "10 minutes a day"),
        ("12 weeks", "duration_weeks", ""),
    ],
)
def test_a_value_that_had_to_differ_says_what_was_asked(text: str, field: str, asked: str) -> None:
    assert {one.field.value: one.asked for one in read(text).heard} == {field: asked}


def test_points_are_ten_over_three_goals_at_most() -> None:
    assert share({Goal.STRENGTH: 2, Goal.FAT_LOSS: 1}) == ((Goal.STRENGTH, 7), (Goal.FAT_LOSS, 3))
    four = share(dict.fromkeys(list(Goal)[:4], 1.0))
    assert [points for _goal, points in four] == [4, 3, 3]
    assert share({Goal.STRENGTH: 99, Goal.SPEED: 1}) == ((Goal.STRENGTH, 9), (Goal.SPEED, 1))


def test_a_text_of_any_length_is_read_in_time() -> None:
    reading = read("four days " * 4000)
    assert reading.values["days_per_week"] == 4
