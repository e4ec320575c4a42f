"""Typed sets: what lifters write, and what cannot be read."""

from __future__ import annotations

import pytest

from gainsly.lib.vocabulary import SetKind
from logging_app.metrics.set_text import Fault, SetTextError, TypedSet, parse

READ = [
    ("100x8", TypedSet(100, True, 8)),
    ("100 X 8 @ 9", TypedSet(100, True, 8, rpe=9)),
    ("100×8@8,5", TypedSet(100, True, 8, rpe=8.5)),
    ("102,5x5", TypedSet(102.5, True, 5)),
    ("102.5*5", TypedSet(102.5, True, 5)),
    ("bw+10x8", TypedSet(10, True, 8)),
    ("bw-20x8", TypedSet(-20, True, 8)),
    ("BW x 12", TypedSet(None, True, 12)),
    ("8", TypedSet(reps=8)),
    ("225lbx5", TypedSet(102.06, True, 5)),
    ("bw+45 lb x 5", TypedSet(20.41, True, 5)),
    ("100x8 2rir", TypedSet(100, True, 8, rir=2)),
    ("100x8@0rir", TypedSet(100, True, 8, rir=0)),
    ("60s", TypedSet(seconds=60)),
    ("1:30", TypedSet(seconds=90)),
    ("2min", TypedSet(seconds=120)),
    ("bw+10x45s", TypedSet(10, True, seconds=45)),
    ("40m", TypedSet(metres=40)),
    ("24kgx1,5km", TypedSet(24, True, metres=1500)),
    ("w 60x5", TypedSet(60, True, 5, kind=SetKind.WARMUP)),
    ("d 80x10", TypedSet(80, True, 10, kind=SetKind.DROP)),
    ("f 100x6", TypedSet(100, True, 6, kind=SetKind.FAILURE)),
]


@pytest.mark.parametrize(("text", "wanted"), READ)
def test_one_set(text, wanted):
    assert parse(text) == (wanted,)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3x8x100", [(100, 8)] * 3),
        ("100x8x3", [(100, 8)] * 3),
        ("3x8xbw+10", [(10, 8)] * 3),
        ("100x8, 95x8; 90x7\n80x6", [(100, 8), (95, 8), (90, 7), (80, 6)]),
        ("100x8 95x8", [(100, 8), (95, 8)]),
        ("102,5x5, 100x5", [(102.5, 5), (100, 5)]),
    ],
)
def test_several_sets(text, wanted):
    assert [(one.weight_kg, one.reps) for one in parse(text)] == wanted


def test_bare_numbers_are_pounds_for_who_thinks_in_pounds():
    assert parse("225x5", pounds=True)[0].weight_kg == 102.06
    assert parse("100kgx5", pounds=True)[0].weight_kg == 100


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY),
        (" ; ", Fault.EMPTY),
        ("100x", Fault.REPS),
        ("squat", Fault.REPS),
        ("abcx5", Fault.UNREADABLE),
        ("bw10x5", Fault.UNREADABLE),
        ("1x2x3x4", Fault.UNREADABLE),
        ("100x8@11", Fault.EFFORT),
        ("100x8@8.3", Fault.EFFORT),
        ("100x8@hard", Fault.EFFORT),
        ("99x9x99", Fault.TOO_MANY),
        ("15x5x100; 15x5x100", Fault.TOO_MANY),
    ],
)
def test_what_cannot_be_read_names_the_fault(text, fault):
    with pytest.raises(SetTextError) as refused:
        parse(text)
    assert refused.value.fault is fault
