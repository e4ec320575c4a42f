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
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gainsly.lib.vocabulary import Goal, SplitTemplate
from programs.engine import assistance, programme
from programs.engine.constraints import Infeasible
from programs.engine.generate import generate_plan
from programs.engine.heuristics import default_heuristics
from programs.engine.objective import AGAIN, ALIKE, TIRED, Model, objective
from programs.engine.types import Athlete, History, Request
from tests.bench.grid import athlete_with, load_catalogue, request_for

SCALE, SHARES = 100_000, 1_000
PATIENCE_SECONDS = 5.0
ROUNDING = 1e-3  # the solver counts in whole hundred-thousandths
KITS = ("full_gym", "home_barbell", "dumbbells", "bodyweight")
GOALS = (Goal.STRENGTH, Goal.HYPERTROPHY, Goal.FAT_LOSS, Goal.EXPLOSIVENESS)  # whose sessions hold assistance
LEVELS = ("beginner", "intermediate", "advanced")


def cases(count: int) -> list[tuple[Athlete, Request]]:
    """Spread evenly over goals x split x days x kit x experience."""
    axes = list(itertools.product(GOALS, SplitTemplate, range(2, 8), KITS, LEVELS))
    stride = next(one for one in itertools.count(max(2, len(axes) // count)) if np.gcd(one, len(axes)) == 1)
    picked = [axes[number * stride % len(axes)] for number in range(count)]
    return [
        (athlete_with(kit, level), request_for({goal: 10}, split, days)) for goal, split, days, kit, level in picked
    ]


@dataclass
class Written:
    """A plan's models with what was chosen, and CPU seconds: of the whole engine, and of choosing from nothing."""

    models: list[tuple[Model, tuple[int, ...]]] = field(default_factory=list)
    engine: float = 0.0
    choosing: float = 0.0


def models_of(athlete: Athlete, request: Request, catalogue: Any) -> Written:
    """The models that a plan's blocks chose from; choosing is building the model, the first fill and the search."""
    written = Written()
    real, parts = programme.add_accessories, (assistance.assembled, assistance.search)

    def noted(*args: Any) -> Any:
        made = real(*args)
        written.models += [(made.model, made.chosen)] * bool(made.chosen)
        return made

    def timed(part: Any) -> Any:
        def call(*args: Any) -> Any:
            begun = time.process_time()
            made = part(*args)
            written.choosing += time.process_time() - begun
            return made

        return call

    programme.add_accessories = noted
    assistance.assembled, assistance.search = map(timed, parts)
    try:
        begun = time.process_time()
        generate_plan(athlete, request, catalogue, History(), default_heuristics())
        written.engine = time.process_time() - begun
        return written
    finally:
        programme.add_accessories = real
        assistance.assembled, assistance.search = parts


def exact(model: Model, hint: Sequence[int], seconds: float = PATIENCE_SECONDS) -> tuple[list[int], bool]:
    """The rows that CP-SAT finds best, and whether it proved that none is better."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - an extra of the bench alone

    cp = cp_model.CpModel()
    picks: list[dict[int, Any]] = []
    terms: list[Any] = []
    for index, place in enumerate(model.places):
        rows = worthwhile(model, index)
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
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return list(hint), False  # nothing found in its time
    chosen = [next(row for row, one in own.items() if solver.value(one)) for own in picks]
    return chosen, status == cp_model.OPTIMAL


def worthwhile(model: Model, index: int) -> list[int]:
    """A place's candidates without those that cannot be needed for an optimum.

    Of candidates alike in effect, kind, CNS load and standing, as many of the best are kept as there are places: one of
    them is always unused elsewhere, and no worse.
    """
    place = model.places[index]
    alike: Counter[tuple[int, int, float, bool]] = Counter()
    kept = []
    for at in np.argsort(-place.worth, kind="stable").tolist():
        row = int(place.rows[at])
        kind = (int(model.effects.of[row]), int(model.key_of[row]), float(model.cns[row]), bool(model.week[row]))
        if row not in model.taken[index] and alike[kind] < len(model.places):
            alike[kind] += 1
            kept.append(row)
    return sorted(kept)


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
            yield -round(SCALE * ALIKE * float(model.alike[one, two])) * both


def _load(cp: Any, model: Model, picks: Sequence[dict[int, Any]]) -> Iterator[Any]:
    """What a day asks of the nervous system above its budget has its price."""
    for day in sorted({place.day for place in model.places}):
        mine = [index for index, place in enumerate(model.places) if place.day == day]
        budget = max(0.0, float(model.budget[mine[0]]))
        parts = [round(SHARES * float(model.cns[row])) * one for index in mine for row, one in picks[index].items()]
        over = cp.new_int_var(0, SHARES * 1000, f"o{day}")
        cp.add(over >= sum(parts) - round(SHARES * budget))
        yield -round(SCALE * TIRED / SHARES) * over


@dataclass
class Tally:
    """What the comparison found, program by program."""

    gaps: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    choosing: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    proved: list[bool] = field(default_factory=list)  # by block
    beaten: int = 0  # blocks where the solver's best within its time is below ours

    def add(self, written: Written, seconds: float) -> None:
        """Compare a plan's blocks with the exact optimum, or with the better of both where none was proved."""
        found = peer = spent = 0.0
        for model, chosen in written.models:
            begun = time.process_time()
            rows, sure = exact(model, chosen, seconds)
            spent += time.process_time() - begun
            ours, theirs = objective(model, chosen), objective(model, rows)
            self.proved.append(sure)
            self.beaten += theirs < ours - ROUNDING
            found += ours
            peer += max(ours, theirs)
        self.gaps.append((peer - found) / abs(peer))
        self.engine.append(written.engine)
        self.choosing.append(written.choosing)
        self.exact.append(spent)

    def __str__(self) -> str:
        engine, choosing, solver = map(statistics.mean, (self.engine, self.choosing, self.exact))
        none = sum(gap < ROUNDING for gap in self.gaps)
        return (
            f"optimum: {len(self.gaps)} programs, gap mean {statistics.mean(self.gaps):.3%}, "
            f"worst {max(self.gaps):.3%}, none in {none}; {sum(self.proved)} of {len(self.proved)} blocks proved, "
            f"ours above the solver's in {self.beaten}\n"
            f"         CPU s per program: CP-SAT {solver:.3f}, our choosing from nothing {choosing:.4f} "
            f"({solver / choosing:.0f}x faster), the whole engine {engine:.3f} ({solver / engine:.0f}x faster)\n"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=PATIENCE_SECONDS, help="the solver's time for a block")
    options = parser.parse_args()
    try:
        import ortools  # noqa: F401, PLC0415
    except ImportError:
        sys.stdout.write("optimum: OR-Tools (the extra `bench`) is not installed: nothing to compare with\n")
        return
    catalogue, tally = load_catalogue(), Tally()
    for athlete, request in cases(options.cases):
        try:
            written = models_of(athlete, request, catalogue)
        except Infeasible:
            continue
        if written.models:
            tally.add(written, options.seconds)
    sys.stdout.write(str(tally))


if __name__ == "__main__":
    main()
