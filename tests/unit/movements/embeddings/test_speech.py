"""What everyday words ask for."""

from __future__ import annotations

import pytest

from gainsly.lib.vocabulary import EQUIPMENT, Discipline, InjuryArea, MovementPattern, Muscle, SkillLevel
from movements.catalogue.names import sequence_of
from movements.embeddings.speech import PHRASES, Wishes, wishes_of

KNOWN = {
    "muscle": set(Muscle), "pattern": set(MovementPattern), "equipment": {*EQUIPMENT, "none"},
    "discipline": set(Discipline), "skill": set(SkillLevel), "joint": set(InjuryArea),
    "impact": {"low"}, "side": {"single"},
}  # fmt: skip


def asked(text: str) -> Wishes:
    return wishes_of(sequence_of(text))


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("back of the thigh", "muscle", ("hamstrings",)),
        ("bum", "muscle", ("glutes",)),
        ("six pack", "muscle", ("core",)),
        ("no equipment", "equipment", ("none",)),
        ("at home", "equipment", ("none",)),
        ("like bench but dumbbells", "equipment", ("dumbbell",)),
        ("like bench but dumbbells", "pattern", ("horizontal_push",)),
        ("knee friendly", "spared", ("knee",)),
        ("easy on the knees", "spared", ("knee",)),
        ("sore shoulder", "spared", ("shoulder",)),
        ("without the lower back", "spared", ("lower_back",)),
        ("without the lower back", "refused", (("muscle", "lower_back"),)),
        ("cardio without running", "pattern", ("cardio",)),
        ("legs no barbell", "refused", (("equipment", "barbell"),)),
        ("easier pull up", "skill", ("beginner",)),
        ("low impact", "impact", ("low",)),
        ("single arm row", "side", ("single",)),
    ],
)
def test_everyday_words_become_wishes(text, kind, values):
    assert getattr(asked(text), kind) == values


def test_a_joint_is_a_muscle_group_until_it_is_to_be_spared():
    assert asked("shoulder").muscle == ("front_delts", "side_delts", "rear_delts")
    assert asked("bad shoulder").muscle == ()


def test_names_keep_their_words_and_refused_ones_are_not_looked_up():
    assert asked("hamstrings without the lower back").words == ("hamstring",)
    assert asked("Barbell Back Squat").words == ("barbell", "back", "squat")


def test_articles_inside_a_phrase_do_not_matter():
    assert asked("back of my arms").muscle == asked("back of arm").muscle == ("triceps",)
    assert asked("bad for my knee").spared == ("knee",)


def test_words_of_no_meaning_wish_for_nothing():
    assert asked("xyzzy").is_empty()
    assert asked("").is_empty()


def test_every_phrase_means_something_of_the_vocabulary():
    unknown = {facet for facets in PHRASES.values() for facet in facets if facet[1] not in KNOWN[facet[0]]}
    assert unknown == set()
    assert () not in PHRASES
