"""Bodies stored by older versions still make a configuration."""

import copy

import pytest

from programs.engine.configuration import ENGINE, configured, packaged_body, release
from programs.engine.heuristics import default_heuristics

LEAF = {"value": 0.68, "grade": "C", "source": "product rule", "because": "As it was once."}


def test_a_body_that_lacks_newer_values_takes_the_shipped_ones():
    body = copy.deepcopy(packaged_body(ENGINE))
    del body["time"]["finisher_minutes"], body["block"]
    body["time"]["transition"]["value"] = 60
    config = configured({ENGINE: body}, "stored-1")
    assert config.block == default_heuristics().block
    assert config.time.finisher_minutes == default_heuristics().time.finisher_minutes
    assert config.time.transition == 60


def test_a_value_that_no_rule_reads_any_more_is_left_out():
    body = {"time": {**packaged_body(ENGINE)["time"], "shortest": LEAF}}
    assert configured({ENGINE: body}, "stored-1").time == default_heuristics().time


def test_an_unknown_value_is_still_refused():
    body = {"time": {**packaged_body(ENGINE)["time"], "fastest": LEAF}}
    with pytest.raises(ValueError, match="fastest"):
        configured({ENGINE: body}, "stored-1")


def test_the_shipped_file_names_its_version():
    assert release() == "2026.11-2"
