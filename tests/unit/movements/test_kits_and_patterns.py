"""No kit loses a pattern silently: what each can train of the published library, and what it honestly cannot."""

from functools import lru_cache

import pytest

from gainsly.lib.vocabulary import MovementPattern
from movements.catalogue.kits import KIT_PRESETS
from tests.bench.library import ENOUGH, kits_by_patterns, library

P = MovementPattern
CANNOT = {
    "bands": {P.CARRY, P.OLYMPIC},  # one march in place; nothing to receive
    "bodyweight": {P.CARRY, P.OLYMPIC, P.VERTICAL_PULL},  # nothing to carry, to receive, or to hang from
    "machines": {P.CARRY, P.OLYMPIC},  # one cable march; one guided clean
}
"""Patterns for which a kit has fewer than ENOUGH movements, and why."""


@lru_cache(maxsize=1)
def table():
    return kits_by_patterns(library().movements.values())


@pytest.mark.parametrize("kit", sorted(KIT_PRESETS))
def test_a_kit_fills_every_pattern_but_those_it_honestly_cannot(kit):
    thin = {pattern for pattern, (every, _easy) in table()[kit].items() if every < ENOUGH}
    assert thin == CANNOT.get(kit, set())


@pytest.mark.parametrize("kit", sorted(KIT_PRESETS))
def test_beginners_find_their_way_in(kit):
    without = {pattern for pattern, (every, easy) in table()[kit].items() if every >= ENOUGH and not easy}
    assert without == set()
