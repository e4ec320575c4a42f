"""A running workout's agenda: changes over a plan, and dropping the newest takes it back."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from logging_app.metrics.agenda import Item, circuits_of, lay, results_of

PLAN = [Item("a", "squat", sets=3), Item("b", "bench", sets=3, load_kg=80), Item("c", "row", sets=2)]


def keys(*changes: dict[str, Any]) -> str:
    return "".join(one.key for one in lay(PLAN, [{"id": "x", **change} for change in changes]))


def test_without_changes_it_is_the_plan():
    assert lay(PLAN, []) == tuple(PLAN)


def test_add_remove_and_move():
    assert keys({"op": "add", "movement": "curl"}) == "abcx"
    assert keys({"op": "remove", "key": "b"}) == "ac"
    assert keys({"op": "move", "key": "c", "by": -1}) == "acb"
    assert keys({"op": "move", "key": "c", "by": -9}) == "cab"
    assert keys({"op": "move", "key": "c", "by": 5}) == "abc"


def test_a_swap_keeps_the_place_and_takes_its_own_load():
    swapped = lay(PLAN, [{"id": "x", "op": "swap", "key": "b", "movement": "dips", "load_kg": 10.0, "sets": 2}])[1]
    assert (swapped.key, swapped.movement, swapped.load_kg, swapped.sets) == ("b", "dips", 10.0, 2)
    assert swapped.swapped_from == "bench"


def test_a_pair_gets_a_free_letter_and_can_be_parted():
    pair = {"id": "x", "op": "pair", "key": "a"}
    assert [one.group for one in lay(PLAN, [pair])] == ["A1", "A2", None]
    assert [one.group for one in lay(PLAN, [pair, {"id": "y", "op": "unpair", "key": "b"}])] == [None, None, None]
    assert [one.group for one in lay(PLAN, [{**pair, "key": "c"}])] == [None, None, None]


def test_notes_rest_and_sets():
    changes = [
        {"id": "1", "op": "note", "key": "a", "note": "belt"},
        {"id": "2", "op": "rest", "key": "a", "rest_seconds": 45},
        {"id": "3", "op": "sets", "key": "a", "sets": 5},
    ]
    first = lay(PLAN, changes)[0]
    assert (first.note, first.rest_seconds, first.sets) == ("belt", 45, 5)


def test_what_is_gone_or_unknown_does_nothing():
    assert keys({"op": "remove", "key": "z"}, {"op": "move", "key": "z", "by": 1}, {"op": "dance"}) == "abc"


def test_circuits_and_their_newest_results():
    changes = [
        {"id": "1", "op": "circuit", "circuit": "cindy"},
        {"id": "2", "op": "result", "circuit": "cindy", "rounds": 5},
        {"id": "3", "op": "result", "circuit": "cindy", "rounds": 6},
    ]
    assert circuits_of(changes) == ["cindy"]
    assert results_of(changes)["cindy"]["rounds"] == 6


CHANGES = st.lists(
    st.one_of(
        st.builds(lambda key: {"op": "remove", "key": key}, st.sampled_from("abc")),
        st.builds(lambda key, by: {"op": "move", "key": key, "by": by}, st.sampled_from("abc"), st.integers(-3, 3)),
        st.builds(lambda key: {"op": "pair", "key": key}, st.sampled_from("abc")),
        st.builds(lambda key: {"op": "swap", "key": key, "movement": "dips"}, st.sampled_from("abc")),
    ),
    max_size=8,
)


@given(CHANGES)
def test_no_exercise_is_doubled_and_each_state_is_a_function_of_the_list(changes):
    told = [{"id": str(at), **change} for at, change in enumerate(changes)]
    agenda = lay(PLAN, told)
    assert len({one.key for one in agenda}) == len(agenda)
    assert agenda == lay(PLAN, list(told))
    removed = {change["key"] for change in told if change["op"] == "remove"}
    assert {one.key for one in agenda} == set("abc") - removed
