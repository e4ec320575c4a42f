"""What stops the coach, and what the coach may not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.prompts.conversation import CLOSE, OPEN, fenced
from coaching.prompts.persona import LEVEL_WORDS, TONE_WORDS, voice
from coaching.prompts.safety import STOP_PAIN, STOP_URGENT, Sieve, stop_message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I have chest pain", STOP_URGENT),
        ("pressure in my chest while benching", STOP_URGENT),
        ("I feel DIZZY after squats", STOP_URGENT),
        ("nearly fainted, then black out", STOP_URGENT),
        ("can’t breathe well", STOP_URGENT),
        ("My left arm is numb", STOP_URGENT),
        ("sharp pain in the knee", STOP_PAIN),
        ("my shoulder hurts", STOP_PAIN),
        ("something popped in my back", STOP_PAIN),
        ("no pain in the knee but my back hurts", STOP_PAIN),
        ("What should I do today?", None),
        ("chest day tomorrow?", None),
        ("How is my chest press?", None),
        ("squats felt pain-free", None),
        ("No chest pain, no dizziness. What today?", None),
        ("it doesn't hurt", None),
        ("Is a painless deadlift possible", None),
        ("what is sore", None),
    ],
)
def test_pain_dizziness_and_chest_pain_stop(text, said):
    assert stop_message(text) == said


@pytest.mark.parametrize(
    "claim",
    [
        "I've moved your session to Friday.",
        "I have already reduced the sets.",
        "I just swapped the squat for a leg press.",
        "I'll change it for you.",
        "Your plan has been updated.",
        "The session is now shortened.",
        "Done! See you tomorrow.",
        "You clearly have a torn tendon, it's tendinitis.",
        "Take ibuprofen before training.",
        "400 mg before bed.",
        "Push through the pain.",
        "No pain, no gain!",
    ],
)
def test_forbidden_sentences_are_held_back(claim):
    sieve = Sieve()
    shown = sieve.feed(f"Before. {claim} After.") + sieve.end()
    assert "Before." in shown
    assert claim not in shown
    assert sieve.refused


@pytest.mark.parametrize(
    "fine",
    [
        "Your squat went up by 5 kg since March.",
        "You can swap the exercise on the session's page.",
        "Your plan has a deload in week 4.",
        "You moved 5500 kg last week.",
        "Sets are lower this week because it is a deload.",
        "You have an easy week ahead.",
    ],
)
def test_plain_facts_pass(fine):
    sieve = Sieve()
    assert sieve.feed(fine) + sieve.end() == fine
    assert sieve.refused == []


@given(st.text(max_size=600), st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_the_sieve_does_not_mind_how_the_text_is_cut(text, cuts):
    whole, pieces = Sieve(), Sieve()
    all_at_once = whole.feed(text) + whole.end()
    shown, at = "", 0
    for cut in cuts:
        shown += pieces.feed(text[at : at + cut])
        at += cut
    shown += pieces.feed(text[at:]) + pieces.end()
    assert shown.split() == all_at_once.split()


@given(st.text())
def test_nobody_closes_the_fence_from_inside(text):
    inner = fenced(text).removeprefix(OPEN).removesuffix(CLOSE)
    assert "<<<" not in inner
    assert ">>>" not in inner


def test_each_tone_and_level_has_its_own_words():
    said = {voice(tone, level) for tone in TONE_WORDS for level in LEVEL_WORDS}
    assert len(said) == 25
