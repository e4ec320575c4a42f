"""The pinned table of docs/algorithms/periodization.md: a block, i intensification, a accumulation, D deload."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest

from programs.engine.calendars import lay_out
from programs.engine.heuristics import default_heuristics
from programs.engine.periodization import weeks_of
from tests.bench.grid import athlete_with, request_for

LETTER = {"accumulation": "a", "intensification": "i", "deload": "D"}
TABLE = {
    (8, 3): "aaiDaaDi", (8, 4): "aaiDaaiD", (8, 5): "aaaaDaii",
    (8, 6): "aaaaaDii", (8, 7): "aaaaaiDi", (8, 8): "aaaaaiiD",
    (10, 3): "aaiDaaDaiD", (10, 4): "aaiDaaaDii", (10, 5): "aaaiDaaaiD",
    (10, 6): "aaaiiDaaai", (10, 7): "aaaaaaDiii", (10, 8): "aaaaaaiDii",
    (12, 3): "aaiDaaDaaDii", (12, 4): "aaiDaaiDaaiD", (12, 5): "aaaiDaaaaDii",
    (12, 6): "aaaiiDaaaiiD", (12, 7): "aaaaiiDaaaii", (12, 8): "aaaaaiiDaaai",
}  # fmt: skip
PAGE = Path(__file__).parents[4] / "docs/algorithms/periodization.md"


def phases(weeks, every):
    request = request_for({"strength": 10}, weeks=weeks, deload_every=every)
    return weeks_of(lay_out(request, athlete_with()), every, default_heuristics())


@pytest.mark.parametrize(("weeks", "every"), [(weeks, every) for weeks in (8, 10, 12) for every in range(3, 9)])
def test_no_deload_in_the_first_three_weeks_and_each_comes_at_its_number(weeks, every):
    for week in phases(weeks, every):
        first = max(every, 4)
        assert week.is_deload == (week.window.sequence >= first and (week.window.sequence - first) % every == 0)


def test_a_deload_too_early_waits_and_the_count_goes_on_from_it():
    eased = [week.window.sequence for week in phases(12, 3) if week.is_deload]
    assert eased == [4, 7, 10]


@pytest.mark.parametrize(("weeks", "every"), list(TABLE))
def test_phases_follow_the_pinned_table(weeks, every):
    assert "".join(LETTER[week.phase] for week in phases(weeks, every)) == TABLE[weeks, every]


def test_the_page_shows_the_pinned_table():
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", PAGE.read_text(), re.MULTILINE)
    shown = {(int(weeks), every): one for weeks, row in rows for every, one in enumerate(row.split(" | "), start=3)}
    assert shown == TABLE


@pytest.mark.parametrize(("weeks", "every"), list(TABLE))
def test_a_block_lasts_four_weeks_or_more_and_ends_heavier(weeks, every):
    blocks = {}
    for week in phases(weeks, every):
        blocks.setdefault(week.block, []).append(week)
    for block in blocks.values():
        assert len(block) >= 4
        loading = [week.phase for week in block if not week.is_deload]
        heavy = loading.count("intensification")
        assert loading[-heavy:] == ["intensification"] * heavy  # the last of them, and a third
        assert heavy == max(1, round(len(loading) / 3))


@pytest.mark.parametrize(("weeks", "every"), list(TABLE))
def test_no_more_than_the_cadence_and_a_week_lies_between_deloads(weeks, every):
    eased = [week.window.sequence for week in phases(weeks, every) if week.is_deload]
    assert all(after - before <= every + 1 for before, after in pairwise([0, *eased, weeks + 1]))


def test_a_tail_shorter_than_four_weeks_joins_the_block_before_it():
    assert [week.block for week in phases(10, 4)] == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert {week.block for week in phases(8, 6)} == {0}


def test_growth_counts_loading_weeks_only():
    assert [week.trained_weeks for week in phases(8, 4)] == [0, 1, 2, 3, 3, 4, 5, 6]


@pytest.mark.parametrize(("days", "windows", "last"), [(7, 8, 7), (8, 7, 8), (10, 6, 6), (12, 5, 8), (14, 4, 14)])
def test_longer_microcycles_cover_the_same_days(days, windows, last):
    laid = lay_out(request_for({"strength": 10}, microcycle_days=days), athlete_with())
    assert len(laid) == windows
    assert laid[-1].length_days == last
    assert sum(one.length_days for one in laid) == 56
    dates = [date for one in laid for date in one.dates]
    assert dates == sorted(set(dates))
    assert dates[-1] < dt.date(2026, 11, 23) + dt.timedelta(days=56)
