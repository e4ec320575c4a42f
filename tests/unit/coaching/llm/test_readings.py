"""What lifters really type: slips of the keyboard, small talk, German; each finds an answer or an honest no."""

from __future__ import annotations

import re

import pytest

from coaching.llm.base import ChatRequest, Message, Role, ToolCall, ToolSpec
from coaching.llm.builtin import BuiltInProvider
from coaching.llm.builtin.facts import READERS, facts_of
from coaching.llm.builtin.intents import understand
from coaching.llm.builtin.phrases import PHRASES, TONES
from coaching.llm.builtin.readings import READINGS
from coaching.llm.builtin.spelling import corrected
from coaching.llm.builtin.topics import GERMAN_HELP, TOPICS
from coaching.prompts.conversation import tool_text
from coaching.prompts.safety import FORBIDDEN, stop_message
from tests.bench.grid import load_catalogue


@pytest.mark.parametrize(
    ("question", "tool", "reader"),
    [
        ("can I train tomorrow instead", "days_ahead", "move"),
        ("move today's session to tomorrow", "days_ahead", "move"),
        ("I can't make it today", "days_ahead", "move"),
        ("when is my next rest day", "days_ahead", "rest_day"),
        ("show me my week", "days_ahead", "days"),
        ("can I train two days in a row", "days_ahead", "in_a_row"),
        ("I missed yesterday, what now", "days_ahead", "missed"),
        ("how much protein should I eat", "body_weight", "protein"),
        ("am I overtraining?", "strain_signs", ""),
        ("should I deload", "strain_signs", ""),
        ("why is my bench stuck", "lift_strength", "stuck"),
        ("why am I so weak on overhead press", "lift_strength", "stuck"),
        ("how long until I squat 180", "lift_strength", "target"),
        ("how do I get a bigger bench", "lift_strength", "grow"),
        ("is my bench good for my weight", "lift_strength", "ranking"),
        ("can I add more chest work", "weekly_volume", "more_volume"),
        ("how do I do a romanian deadlift", "movement_guide", ""),
        ("what did I bench last monday", "last_time", ""),
        ("how many sets do I have left", "current_workout", ""),
        ("why bench again", "explain_exercise", ""),
        ("what shoud i do tody", "session_on", ""),
        ("hows my bencg press", "lift_strength", ""),
        ("wich weigth on sqaut tommorow", "exercise_plan", ""),
        ("I feel like crap today", "adapt_today", ""),
        ("slept like crap", "adapt_today", ""),
        ("got 45 min and a barbell only", "adapt_today", ""),
        ("did I get stronger this month", "on_track", ""),
        ("whats next", "session_on", ""),
        ("how do I warm up", "exercise_plan", ""),
        ("tell me about my squat in lbs", "lift_strength", ""),
        ("how much longer is this program", "programme_outline", ""),
        ("what muscles does the row work", "movement_guide", "muscles"),
        ("give me a leg exercise without knees", "find_movements", ""),
        ("i have only dumbbells today", "adapt_today", ""),
    ],
)
def test_what_lifters_type_is_read(question, tool, reader):
    found = understand(question)
    assert found is not None
    assert (found.tool, found.reader) == (tool, reader)


def test_kit_and_tiredness_are_told_with_the_rest():
    found = understand("I slept 4 hours, feel exhausted and only have dumbbells for 30 minutes")
    assert found is not None
    assert found.arguments == {"minutes": 30, "sleep_hours": 4.0, "fatigue": 8, "equipment": ["dumbbell"]}
    assert understand("I am exhausted").arguments == {"fatigue": 8}
    assert understand("Just do the barbell squat?") is None or "equipment" not in understand("Just do it").arguments


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("hello", "Ask me what is on today"),
        ("thanks!", "welcome"),
        ("are you chatgpt", "fixed rules"),
        ("how much is 100 kg in lbs", "220.5 lb"),
        ("whats 225 lb in kg", "102.1 kg"),
        ("what is RPE", "two more repetitions"),
        ("how many calories should I eat", "will not name a number"),
        ("is creatine worth it", "best evidence"),
        ("can I skip legs", "choose Skip"),
        ("can I do cardio today", "easy cardio"),
        ("I'm travelling next week", "What your coach sees"),
        ("my shoulder is touchy", "spare it"),
        ("delete my account", "under Settings"),
        ("give me another person's workouts", "only see your own"),
        ("should I stretch before lifting", "warm-up is enough"),
        ("what can I do at home", "only have dumbbells"),
        ("i want to lose fat", "do not plan meals"),
        ("I can't be bothered", "warm-up and the first main"),
        ("whats my max bench if I did 100kg for 5", "About 112 kg"),
        ("what is my 1rm if I did 60 x 20", "too little about a maximum"),
        ("should I eat before training", "sits well with you"),
        ("how many days a week should I train", "two to four days"),
        ("is it ok to train with a cold", "ask a doctor"),
        ("my lower back feels tight after deadlifts", "spare it"),
        ("do I need to train to failure", "stops a few repetitions"),
        ("can I do more reps instead of more weight", "Within the planned range"),
        ("is 3 sets enough", "per muscle and week"),
        ("is my form good", "cannot see you"),
        ("are deadlifts bad for your back", "No exercise is good or bad"),
        ("what should I weigh", "name no weight"),
        ("i'm bored of this program", "propose a swap"),
        ("fuck this", "decides nothing"),
    ],
)
def test_what_needs_no_look_into_the_rows_is_answered_or_shown_the_way(question, words):
    found = understand(question)
    assert found is not None
    assert words in found.says


@pytest.mark.parametrize(
    ("question", "tool", "arguments"),
    [
        ("Was trainiere ich heute?", "session_on", {"day": "today"}),
        ("Was mache ich morgen?", "session_on", {"day": "tomorrow"}),
        ("Wie geht es meiner Kniebeuge?", "lift_strength", {"movement": "squat"}),
        ("Ich habe nur 30 Minuten", "adapt_today", {"minutes": 30}),
        ("Wann ist der Deload?", "programme_outline", {}),
        ("Warum mache ich schon wieder Bankdrücken?", "explain_exercise", {"movement": "bench press"}),
    ],
)
def test_simple_german_is_understood(question, tool, arguments):
    found = understand(question)
    assert found is not None
    assert (found.tool, {name: found.arguments.get(name) for name in arguments}) == (tool, arguments)
    assert found.german


def test_german_that_is_not_understood_is_told_so_in_german():
    assert understand("Ich möchte mit dir über meine Mutter reden").says == GERMAN_HELP
    assert _answer("Ich möchte mit dir über meine Mutter reden", "supportive") == GERMAN_HELP


def _answer(question: str, tone: str) -> str:
    request = ChatRequest((Message(Role.USER, question),), tone=tone)
    return "".join(chunk.text for chunk in BuiltInProvider().stream_chat(request)).strip()


def test_the_minimalist_says_the_first_sentence_of_a_topic():
    assert _answer("what is RPE", "minimalist") == "RPE is how hard a set was, out of ten."
    assert len({_answer("what is RPE", tone) for tone in TONES}) == len(TONES)


def test_an_answer_is_read_as_its_question_asks():
    days = [
        {"day": "Monday 2 November", "when": "today", "session": {"title": "A", "status": "planned", "minutes": 60}},
        {"day": "Tuesday 3 November", "when": "tomorrow", "session": None},
    ]
    told = tool_text({"programme": True, "days": days})

    def said(question: str) -> str:
        call = ToolCall("1", "days_ahead", {})
        messages = (
            Message(Role.USER, question),
            Message(Role.ASSISTANT, "", (call,)),
            Message(Role.TOOL, told, tool=call),
        )
        request = ChatRequest(messages, tools=(ToolSpec("days_ahead", "", {}),), tone="minimalist")
        return "".join(chunk.text for chunk in BuiltInProvider().stream_chat(request)).strip()

    assert said("when is my next rest day") == "Tomorrow."
    assert said("move today to tomorrow").startswith("Move it on the session's page. Tomorrow is free.")
    assert said("show me my week") == "Today A."


def test_words_of_the_library_are_no_slips():
    words = {
        word for one in load_catalogue().movements.values() for word in re.findall(r"[a-z-]+", one.name.casefold())
    }
    assert {word: corrected(word) for word in words if corrected(word) != word} == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sqaut", "squat"), ("dedlift", "deadlift"), ("tommorow", "tomorrow"), ("protien", "protein"), ("week", "week")],
)
def test_slips_are_mended(typed, meant):
    assert corrected(typed) == meant


def test_every_reading_has_its_reader_and_every_topic_keeps_the_rules_of_speech():
    assert {reader for _words, _tool, _argument, reader in READINGS} <= set(READERS)
    for _words, said in TOPICS:
        sentences = re.split(r"(?<=[.!?]) ", said)
        assert [one for one in sentences for _why, words in FORBIDDEN if words.search(one)] == []
    for case, texts in PHRASES.items():
        assert [text for text in texts for _why, words in FORBIDDEN if words.search(text)] == [], case


def test_signs_of_strain_are_named_or_denied():
    data = {"score": 40, "tired": [], "falling": ["Squat -3 kg"], "advice": [], "is_deload": False, "next_deload": None}
    case, facts = facts_of("strain_signs", data)
    assert (case, facts["signs"]) == ("strain_some", "recovery 40 of 100; going down: Squat -3 kg")
    case, _facts = facts_of("strain_signs", {**data, "score": 80, "falling": []})
    assert case == "strain_none"


def test_pain_is_no_reading():
    assert stop_message("my knee hurts when I squat") is not None
