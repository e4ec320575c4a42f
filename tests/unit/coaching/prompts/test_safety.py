"""What stops the coach, and what the coach may not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.prompts.conversation import CLOSE, OPEN, fenced
from coaching.prompts.persona import LEVEL_WORDS, TONE_WORDS, voice
from coaching.prompts.safety import STOP_PAIN, STOP_URGENT, Sieve, stop_message
from coaching.prompts.tongues import FRENCH, GERMAN, SPANISH


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
    ("text", "tongue", "urgent"),
    [
        ("Ich habe Brustschmerzen", GERMAN, True),
        ("Druck auf der Brust beim Bankdrücken", GERMAN, True),
        ("mir ist schwindlig", GERMAN, True),
        ("nach dem Satz wurde mir schwindelig", GERMAN, True),
        ("ich bekomme keine Luft", GERMAN, True),
        ("mein Arm ist taub", GERMAN, True),
        ("Herzrasen seit gestern", GERMAN, True),
        ("Mein Knie tut weh", GERMAN, False),
        ("meine Schulter tut beim Drücken richtig weh", GERMAN, False),
        ("stechende Schmerzen im Rücken", GERMAN, False),
        ("hab mich am Handgelenk verletzt", GERMAN, False),
        ("das Knie ist geschwollen", GERMAN, False),
        ("keine Schmerzen im Knie, aber die Schulter schmerzt", GERMAN, False),
        ("me duele el pecho", SPANISH, True),
        ("siento presión en el pecho", SPANISH, True),
        ("estoy mareado después de las sentadillas", SPANISH, True),
        ("casi me desmayo", SPANISH, True),
        ("no puedo respirar bien", SPANISH, True),
        ("me duele la rodilla", SPANISH, False),
        ("dolor de espalda", SPANISH, False),
        ("creo que tengo una lesión", SPANISH, False),
        ("sin dolor en la rodilla, pero me duele el codo", SPANISH, False),
        ("douleur à la poitrine", FRENCH, True),
        ("j'ai des vertiges", FRENCH, True),
        ("j’ai du mal à respirer", FRENCH, True),
        ("mon bras est engourdi", FRENCH, True),
        ("j'ai mal au genou", FRENCH, False),
        ("ça fait mal quand je pousse", FRENCH, False),
        ("une douleur vive au dos", FRENCH, False),
        ("je me suis blessé", FRENCH, False),
    ],
)
def test_alarms_are_understood_and_answered_in_other_languages(text, tongue, urgent):
    assert stop_message(text) == (tongue.stop_urgent if urgent else tongue.stop_pain)


@pytest.mark.parametrize(
    "text",
    [
        "Was steht heute an?",
        "Heute Brust und Rücken",
        "Brusttag! Bankdrücken schwer",
        "Ich habe Muskelkater in der Brust",
        "keine Schmerzen mehr",
        "Knie ist schmerzfrei",
        "die Schulter tut nicht mehr weh",
        "Ich habe nur 30 Minuten",
        "¿Qué toca hoy?",
        "Hoy toca pecho",
        "tengo agujetas en las piernas",
        "ya no me duele",
        "sin dolor",
        "Qu'est-ce que je fais aujourd'hui ?",
        "J'ai des courbatures",
        "pas mal du tout",
        "je n'ai plus mal",
        "sans douleur",
        "séance poitrine demain ?",
        "my shoulder is a bit sore",
        "chest day",
        "numbers are up",
        "the bench press feels easy",
        "How painless is a deload",
        "I popped in to ask about tomorrow",
    ],
)
def test_talk_about_training_is_no_alarm(text):
    assert stop_message(text) is None


@pytest.mark.parametrize(
    "claim",
    [
        "Ich habe deine Einheit auf Freitag verschoben.",
        "Ich hab die Kniebeuge ersetzt.",
        "Dein Plan wurde angepasst.",
        "Erledigt!",
        "He cambiado tu sesión.",
        "Tu plan ha sido actualizado.",
        "J'ai déplacé ta séance à vendredi.",
        "Votre programme a été modifié.",
        "C'est fait !",
    ],
)
def test_a_change_is_not_claimed_in_other_languages_either(claim):
    sieve = Sieve()
    assert sieve.feed(claim) + sieve.end() == ""
    assert sieve.refused[0].why == "claimed a change"


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
