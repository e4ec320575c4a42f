"""What somebody else would change of an adapted day: let through where it only eases, else refused by its rule."""

from dataclasses import replace

import pytest

from gainsly.lib.vocabulary import MovementPattern, Section
from programs.engine.adapt import adapt
from programs.engine.constraints import can_do
from programs.engine.recreation import Beside
from programs.engine.suggestions import Refusal, Suggestion, Wanted, consider
from programs.engine.today import LEAST_LEFT, Kind, Signals, working_sets
from tests.bench.adaptation import HAND, days

DAY = days()[0]
MAIN = DAY.main
SMALL = [slot for slot in DAY.plan if slot.planned.section is Section.ACCESSORY]
WARM = next(slot for slot in DAY.plan if slot.planned.section is Section.WARMUP)
NONE = Signals()


def judged(*suggestions, signals=NONE, plan=DAY.plan, ground=DAY.ground):
    return consider(plan, adapt(plan, signals, ground), suggestions, signals, ground)


def rule_of(*args, **more):
    [one] = judged(Suggestion(*args), **more)
    return one.rule if isinstance(one, Refusal) else None


def stand_in(**wanted):
    record = DAY.ground.movements[MAIN.planned.movement]
    inside = {slot.planned.movement for slot in DAY.plan}
    fitting = (
        one for one in DAY.ground.stand_ins(record.slug) if one.slug not in inside and Section.MAIN in one.sections
    )
    return next(one for one in fitting if all(test(one) for test in wanted.values())).slug


def test_less_is_let_through():
    steps = judged(
        Suggestion(MAIN.id, Wanted.FEWER_SETS, "Enough.", sets=MAIN.planned.sets - 1),
        Suggestion(MAIN.id, Wanted.EASIER, "Smooth.", rpe=6.0),
        Suggestion(SMALL[-1].id, Wanted.LEAVE_OUT, "Rest."),
        Suggestion(MAIN.id, Wanted.SWAP, "Kinder.", movement=stand_in()),
    )
    assert [one.kind for one in steps] == [Kind.SETS, Kind.EFFORT, Kind.DROP, Kind.SWAP]
    assert steps[1].after.target_load_kg == MAIN.planned.target_load_kg
    assert steps[1].before.sets == MAIN.planned.sets - 1  # each stands on those before


@pytest.mark.parametrize(
    ("rule", "suggestion"),
    [("only_easier", (MAIN.id, Wanted.FEWER_SETS, "", 12)), ("only_easier", (MAIN.id, Wanted.FEWER_SETS, "", None)),
     ("only_easier", (MAIN.id, Wanted.EASIER, "", None, 10.0)), ("only_easier", (MAIN.id, Wanted.EASIER, "")),
     ("main_sets", (MAIN.id, Wanted.FEWER_SETS, "", 1)), ("main_stays", (MAIN.id, Wanted.LEAVE_OUT, "")),
     ("unknown", ("ghost", Wanted.LEAVE_OUT, "")), ("warmup", (WARM.id, Wanted.LEAVE_OUT, "")),
     ("unknown", (MAIN.id, Wanted.SWAP, "", None, None, "moon-press")), ("unknown", (MAIN.id, Wanted.SWAP, "")),
     ("twice", (MAIN.id, Wanted.SWAP, "", None, None, SMALL[0].planned.movement)),
     ("stand_in", (MAIN.id, Wanted.SWAP, "", None, None, "plank"))],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused_by_it(rule, suggestion):
    assert rule_of(*suggestion) == rule


def test_a_swap_keeps_kit_soreness_and_recreation():
    far = stand_in(kit=lambda one: not can_do(one, HAND))
    assert rule_of(MAIN.id, Wanted.SWAP, "", None, None, far, signals=Signals(equipment=HAND)) in {
        "equipment",
        "unknown",
    }
    worked = next(iter(DAY.ground.movements[stand_in()].primary))
    assert (
        rule_of(MAIN.id, Wanted.SWAP, "", None, None, stand_in(), signals=Signals(soreness={worked: 5})) == "soreness"
    )
    clash = {MovementPattern(DAY.ground.movements[stand_in()].pattern): Beside("Running yesterday.", expected=True)}
    light = tuple(replace(one, planned=replace(one.planned, sets=2)) for one in DAY.plan)
    found = judged(Suggestion(MAIN.id, Wanted.SWAP, "", movement=stand_in()), signals=Signals(clash=clash), plan=light)
    assert found[0].rule == "recreation"


def test_a_lock_holds_and_the_cap_holds_over_all_of_them_together():
    locked = tuple(replace(slot, locked=True) for slot in DAY.plan)
    assert rule_of(MAIN.id, Wanted.FEWER_SETS, "", 2, plan=locked) == "locked"
    greedy = [Suggestion(one.id, Wanted.LEAVE_OUT, "") for one in SMALL]
    greedy += [
        Suggestion(one.id, Wanted.FEWER_SETS, "", sets=2) for one in DAY.plan if one.planned.section is Section.MAIN
    ]
    found = judged(*greedy)
    gone = sum(one.before.sets - (one.after.sets if one.after else 0) for one in found if not isinstance(one, Refusal))
    assert working_sets(DAY.plan) - gone >= LEAST_LEFT * working_sets(DAY.plan)
    assert "cap" in {one.rule for one in judged(*greedy, signals=Signals(minutes=30)) if isinstance(one, Refusal)}
