"""Five tones and five levels, each truly different, in prompts and in every text that is built in."""

from __future__ import annotations

import datetime as dt
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from coaching.prompts import adaptation
from coaching.prompts.conversation import Athlete, system_message
from coaching.prompts.explanation import Day, words_messages
from coaching.prompts.refinement import Subject, messages_of
from coaching.services.notices import CHECK_IN_WORDS
from gainsly.lib.vocabulary import PersonaTone
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.notes import LEVELS, MOST_CHARACTERS, NOTES
from programs.engine.types import History
from tests.bench.grid import athlete_with, load_catalogue, request_for

CATALOGUE = load_catalogue()
TONES = [one.value for one in PersonaTone]
LIKE = 0.9  # texts that share more than this are one text
CHANGES = [{"movement": "Squat", "reason": "Thighs are sore: fewer sets."}]


def differ(texts: list[str]) -> bool:
    """By their words: short texts in capitals or with an exclamation mark are not another voice."""
    plain = [" ".join(text.lower().replace("!", "").replace(".", "").split()) for text in texts]
    return all(SequenceMatcher(None, one, other).ratio() < LIKE for one, other in combinations(plain, 2))


def test_each_tone_has_its_own_session_notes():
    for kind in NOTES[PersonaTone.SUPPORTIVE]:
        assert differ([NOTES[tone][kind] for tone in PersonaTone]), kind
    longest = max(len(LEVELS[level]) for level in LEVELS)
    for notes in NOTES.values():
        assert max(map(len, notes.values())) + len("0.5") + 1 + longest <= MOST_CHARACTERS


@cache
def _notes(tone: PersonaTone, level: int) -> list[str]:
    """The first session's note of each week of a strength plan; the fourth week is an easy one."""
    athlete = athlete_with(tone=tone, aggression=level)
    request = request_for({"strength": 10}, weeks=4)
    plan = generate_plan(athlete, request, CATALOGUE, History(), default_heuristics())
    return [week.sessions[0].coach_notes for week in plan.microcycles]


def test_a_plan_is_noted_in_the_tone_of_who_trains_it():
    for week in range(4):
        assert differ([_notes(tone, 3)[week] for tone in PersonaTone])


def test_the_level_pushes_in_the_notes_but_not_in_an_easy_week():
    said = [_notes(PersonaTone.ANALYTICAL, level) for level in LEVELS]
    assert len({notes[1] for notes in said}) == len(LEVELS)
    assert len({notes[3] for notes in said}) == 2
    assert max(len(note) for notes in said for note in notes) <= MOST_CHARACTERS
    assert all(note.endswith("last week.") for note in (_notes(PersonaTone.MINIMALIST, level)[1] for level in (1, 5)))


def test_an_adapted_day_differs_by_tone_and_level():
    for changes in (CHANGES, []):
        assert differ([adaptation.told(tone, 3, changes, []) for tone in TONES])
        for tone in set(TONES) - {"minimalist"}:
            assert len({adaptation.told(tone, level, changes, []) for level in range(1, 6)}) == 5
        assert len({adaptation.told("minimalist", level, changes, []) for level in range(1, 6)}) == 1


def test_reminders_differ_by_tone():
    assert set(CHECK_IN_WORDS) == set(TONES)
    assert differ(list(CHECK_IN_WORDS.values()))


def test_every_prompt_tells_tone_and_level():
    def prompts(tone: str, level: int) -> list[str]:
        day = Day(tone, level, CHANGES, [], {}, None)
        chat = system_message(Athlete(dt.date(2026, 11, 2).isoformat(), "beginner", "kilograms", tone, level))
        session, _trimmed = messages_of(Subject(tone, level, {}, {}, ()), room=10_000)
        day_told = {**CHANGES[0], "kind": "sets", "before": {}, "after": {}}
        words = words_messages(Day(tone, level, [day_told], [], day.inputs, None))
        return [chat.content, session[0].content, words[0].content]

    for place in range(3):
        said = {prompts(tone, level)[place] for tone in TONES for level in range(1, 6)}
        assert len(said) == len(TONES) * 5
