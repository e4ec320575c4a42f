"""How alike movements are, and who may stand in first."""

from __future__ import annotations

from itertools import product

import pytest

from movements.catalogue.substitution import WEIGHTS, Origin, alternatives, equipment_class, similarity
from tests.factories.movements import library_of, movement_entry


def movement(name, **changes):
    return next(iter(library_of(movement_entry(name, **changes)).movements.values()))


BASE = movement("Base")


def test_the_weights_make_one():
    assert sum(getattr(WEIGHTS, name) for name in WEIGHTS.__slots__) == pytest.approx(1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 1.0),
        ({"pattern": "lunge"}, 1 - 0.35 / 2),
        ({"pattern": "vertical_pull"}, 1 - 0.35),
        ({"muscles": {"primary": {"quadriceps": 1.0}, "secondary": {"lower_back": 0.5, "adductors": 0.35}}}, 1 - 0.125),
        ({"muscles": {"primary": {"quadriceps": 1.0, "glutes": 1.0}}}, 1 - 0.15),
        ({"equipment": ["dumbbell"]}, 1 - 0.05),
        ({"equipment": ["machine"]}, 1 - 0.10),
        ({"skill": "elite"}, 1 - 0.075),
        ({"unilateral": True}, 1 - 0.05),
    ],
)
def test_each_part_counts_as_written(changes, expected):
    other = movement("Other", **changes)
    assert similarity(BASE, other) == pytest.approx(expected)
    assert similarity(other, BASE) == similarity(BASE, other)


def test_isolation_of_other_muscles_is_another_pattern():
    curl = movement("Curl", pattern="isolation", muscles={"primary": {"biceps": 1.0}})
    raise_ = movement("Raise", pattern="isolation", muscles={"primary": {"calves": 1.0}})
    assert similarity(curl, raise_) < 0.5


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [([], "body"), (["bench", "dumbbell"], "hand"), (["rack", "barbell"], "bar"), (["pool"], "other")],
)
def test_furniture_is_no_class(pieces, kind):
    assert equipment_class(movement("One", equipment=pieces)) == kind


def test_similarity_stays_between_nothing_and_alike():
    patterns = ("squat", "isolation", "mobility")
    some = [movement(f"{pattern} {pieces}", pattern=pattern, equipment=pieces, aliases=[])
            for pattern, pieces in product(patterns, ([], ["barbell"], ["band"]))]  # fmt: skip
    assert all(0 <= similarity(one, other) <= 1 for one, other in product(some, some))
    assert all(similarity(one, one) == 1 for one in some)


def test_graph_first_then_vectors_then_attributes():
    edge = movement("Edge", equipment=["machine"])
    near = movement("Near", unilateral=True)
    alike = movement("Alike")
    far = movement("Far", pattern="vertical_pull", muscles={"primary": {"lats": 1.0}}, equipment=["cable"])
    opposite = movement("Opposite", pattern="vertical_pull", muscles={"primary": {"lats": 1.0}}, equipment=["cable"])
    found = alternatives(
        BASE, [alike, near, far, opposite, edge, BASE], {"edge": "easier", "opposite": "antagonist"}, {"near", "far"}
    )
    assert [(one.slug, one.origin, one.relation) for one in found] == [
        ("edge", Origin.GRAPH, "easier"),
        ("near", Origin.VECTOR, ""),
        ("alike", Origin.ATTRIBUTES, ""),
    ]
