"""How near the local search comes to the exact optimum: `python -m tests.bench.optimum [--cases N]`.

Google's CP-SAT maximises the same formula over the same places, candidates and hard constraints, with every figure
as a whole number of hundred-thousandths. It needs the extra `bench` (`pip install -e '.[bench]'`); without it the
bench says so.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gainsly.lib.vocabulary import Goal, SplitTemplate
from programs.engine import programme
from programs.engine.constraints import Infeasible
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.objective import AGAIN, ALIKE, TIRED, Model, objective, search
from programs.engine.types import Athlete, History, Request
from tests.bench.grid import athlete_with, load_catalogue, request_for

SCALE, SHARES = 100_000, 1_000
PATIENCE_SECONDS = 5.0
KITS = ("full_gym", "home_barbell", "dumbbells", "bodyweight")
GOALS = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.FAT_LOSS, Goal.EXPLOSIVENESS)  # whose sessions hold assistance
LEVELS = ("beginner", "intermediate", "advanced")


def cases(count: int) -> list[tuple[Athlete, Request]]:
    """Spread evenly over goals x split x days x kit x experience."""
    axes = list(itertools.product(GOALS, SplitTemplate, range(2, 8), KITS, LEVELS))
    stride = next(one for one in range(len(axes) // count, 1, -1) if np.gcd(one, len(axes)) == 1)
    picked = [axes[number * stride % len(axes)] for number in range(count)]
    return [
        (athlete_with(kit, level), request_for({goal: 10}, split, days)) for goal, split, days, kit, level in picked
    ]


def models_of(athlete: Athlete, request: Request, catalogue: Any) -> tuple[list[tuple[Model, tuple[int, ...]]], float]:
    """The models that a plan's blocks chose from, with what was chosen, and the CPU seconds of the whole plan."""
    kept: list[tuple[Model, tuple[int, ...]]] = []
    real = programme.add_accessories

    def noted(*args: Any) -> Any:
        made = real(*args)
        kept.append((made.model, made.chosen))
        return made

    programme.add_accessories = noted
    try:
        begun = time.process_time()
        generate_plan(athlete, request, catalogue, History(), default_heuristics())
        return [one for one in kept if one[1]], time.process_time() - begun
    finally:
        programme.add_accessories = real


def exact(model: Model, hint: Sequence[int]) -> tuple[list[int], bool]:
    """The rows that CP-SAT finds best, and whether it proved that none is better."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - an extra of the bench alone

    cp = cp_model.CpModel()
    picks: list[dict[int, Any]] = []
    terms: list[Any] = []
    for index, place in enumerate(model.places):
        rows = [row for row in place.rows.tolist() if row not in model.taken[index]]
        own = {row: cp.new_bool_var(f"x{index}.{row}") for row in rows}
        cp.add_exactly_one(own.values())
        worth = dict(zip(place.rows.tolist(), place.worth.tolist(), strict=True))
        terms += [round(SCALE * worth[row]) * one for row, one in own.items()]
        for row, one in own.items():
            cp.add_hint(one, row == hint[index])
        picks.append(own)
    terms += [*_volume(cp, model, picks), *_repeats(cp, model, picks), *_kinds(cp, model, picks)]
    terms += _load(cp, model, picks)
    cp.maximize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = PATIENCE_SECONDS
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return list(hint), False  # nothing found in its time
    chosen = [next(row for row, one in own.items() if solver.value(one)) for own in picks]
    return chosen, status == cp_model.OPTIMAL


def _volume(cp: Any, model: Model, picks: Sequence[dict[int, Any]]) -> Iterator[Any]:
    """One value per muscle, under every straight piece of its (concave) curve that can be reached."""
    for column in range(len(model.base)):
        gives = np.round(SHARES * model.sets * model.shelf.shares[:, column]).astype(int)
        parts = [int(gives[row]) * one for own in picks for row, one in own.items() if gives[row]]
        if not parts:
            continue
        base = round(SHARES * float(model.base[column]))
        most = base + sum(max((int(gives[row]) for row in own), default=0) for own in picks)
        values = np.round(SCALE * model.valued[:, column]).astype(int)
        value = cp.new_int_var(-SCALE * 100 * SHARES, SCALE * 100 * SHARES, f"v{column}")
        for whole in range(base // SHARES, min(len(values) - 1, most // SHARES + 1)):
            slope = int(values[whole + 1] - values[whole])
            cp.add(value <= int(values[whole]) * SHARES + slope * (base + sum(parts) - whole * SHARES))
        result = cp.new_int_var(-SCALE * 100, SCALE * 100, f"w{column}")
        cp.add(result * SHARES <= value)
        yield result


def _repeats(cp: Any, model: Model, picks: Sequence[dict[int, Any]]) -> Iterator[Any]:
    """Never twice in a session; twice in a week has its price."""
    of_row: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for index, own in enumerate(picks):
        for row, one in own.items():
            of_row[row].append((model.places[index].day, one))
    for row, ones in of_row.items():
        for day in {day for day, _ in ones}:
            cp.add_at_most_one(one for own, one in ones if own == day)
        standing = int(model.week[row] > 0)
        if len(ones) + standing > 1:
            again = cp.new_int_var(0, len(ones), f"a{row}")
            cp.add(again >= sum(one for _, one in ones) + standing - 1)
            yield -round(SCALE * AGAIN) * again


def _kinds(cp: Any, model: Model, picks: Sequence[dict[int, Any]]) -> Iterator[Any]:
    """Assistance of one kind within two sessions of a type has its price, for each pair."""
    kinds: list[dict[int, Any]] = []
    for index, own in enumerate(picks):
        by_kind: dict[int, list[Any]] = defaultdict(list)
        for row, one in own.items():
            by_kind[int(model.key_of[row])].append(one)
        kinds.append({kind: sum(ones) for kind, ones in by_kind.items()})
        yield from (-round(SCALE * ALIKE) * total for kind, total in kinds[index].items() if model.before[index, kind])
    for one, two in itertools.combinations(range(len(picks)), 2):
        for kind in sorted(kinds[one].keys() & kinds[two].keys()) if model.alike[one, two] else ():
            both = cp.new_bool_var(f"k{one}.{two}.{kind}")
            cp.add(both >= kinds[one][kind] + kinds[two][kind] - 1)
            yield -round(SCALE * ALIKE) * both


def _load(cp: Any, model: Model, picks: Sequence[dict[int, Any]]) -> Iterator[Any]:
    """What a day asks of the nervous system above its budget has its price."""
    for day in sorted({place.day for place in model.places}):
        mine = [index for index, place in enumerate(model.places) if place.day == day]
        budget = max(0.0, float(model.budget[mine[0]]))
        parts = [round(SHARES * float(model.cns[row])) * one for index in mine for row, one in picks[index].items()]
        over = cp.new_int_var(0, SHARES * 1000, f"o{day}")
        cp.add(over >= sum(parts) - round(SHARES * budget))
        yield -round(SCALE * TIRED / SHARES) * over


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    count = parser.parse_args().cases
    try:
        import ortools  # noqa: F401, PLC0415
    except ImportError:
        sys.stdout.write("optimum: OR-Tools (the extra `bench`) is not installed: nothing to compare with\n")
        return
    catalogue = load_catalogue()
    gaps, ours, theirs, searches, proved = [], [], [], [], []
    for athlete, request in cases(count):
        try:
            models, seconds = models_of(athlete, request, catalogue)
        except Infeasible:
            continue
        found = peer = solver = own = 0.0
        for model, chosen in models:
            begun = time.process_time()
            rows, sure = exact(model, chosen)
            solver += time.process_time() - begun
            begun = time.process_time()
            search(model, chosen)
            own += time.process_time() - begun
            proved.append(sure)
            found += objective(model, chosen)
            peer += max(objective(model, rows), objective(model, chosen) if not sure else -np.inf)
        if models:
            gaps.append((peer - found) / abs(peer))
            ours.append(seconds)
            theirs.append(solver)
            searches.append(own)
    sys.stdout.write(
        f"optimum: {len(gaps)} programs, gap mean {statistics.mean(gaps):.3%}, worst {max(gaps):.3%}, "
        f"below {min(gaps):.3%}; {sum(proved)} of {len(proved)} blocks proved\n"
        f"         CPU s per program: the whole engine {statistics.mean(ours):.3f}, a search "
        f"{statistics.mean(searches):.3f}, CP-SAT {statistics.mean(theirs):.3f}: "
        f"{statistics.mean(theirs) / statistics.mean(ours):.0f}x the engine, "
        f"{statistics.mean(theirs) / statistics.mean(searches):.0f}x the search\n"
    )


if __name__ == "__main__":
    main()
