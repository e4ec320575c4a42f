"""Queries are read in the library's own spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movements.catalogue.names import sequence_of
from movements.catalogue.spelling import Lexicon, distance

LEXICON = Lexicon(
    [sequence_of(name) for name in (
        "Barbell Deadlift", "Barbell Bench Press", "Dumbbell Bulgarian Split Squat", "Cable Lat Pulldown", "Pull-Up",
        "Push-Up", "Kettlebell Swing", "Cable Face Pull", "Dumbbell Row",
    )],
    spoken={"bingo", "wing"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("deadlfit", "deadlift"),
        ("bulgarain", "bulgarian"),
        ("dumbell row", "dumbbell row"),
        ("benchpress", "bench press"),
        ("pullups", "pull up"),
        ("lat pull down", "lat pulldown"),
        ("pull up", "pull up"),
        ("facepull", "face pull"),
        ("kb swing", "kettlebell swing"),
        ("press ups", "push up"),
        ("bingo wings", "bingo wing"),
        ("kettle", "kettle"),
        ("row", "row"),
        ("xqzv", "xqzv"),
    ],
)
def test_a_query_is_read_as_the_library_writes(text, read):
    assert " ".join(LEXICON.read(sequence_of(text))) == read


def test_rare_words_tell_more():
    assert LEXICON.weight("bulgarian") > LEXICON.weight("barbell") > 0


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xbc", 1), ("ab", "cd", 2)],
)
def test_edits_are_counted(one, other, edits):
    assert distance(one, other, most=3) == edits


WORDS = st.text(alphabet="abcd", max_size=8)


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_zero_only_for_the_same_word(one, other):
    assert distance(one, other, most=9) == distance(other, one, most=9)
    assert (distance(one, other, most=9) == 0) == (one == other)


@given(WORDS, WORDS, st.integers(0, 4))
def test_a_limit_changes_nothing_below_it(one, other, most):
    assert distance(one, other, most=most) == min(distance(one, other, most=9), most + 1)
