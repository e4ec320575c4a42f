"""What a circuit must say before a clock can run it: docs/algorithms/circuits.md."""

from __future__ import annotations

from typing import Protocol

from gainsly.lib.vocabulary import CircuitType
from movements.catalogue.records import CircuitExerciseRecord, CircuitRecord

NEEDS: dict[CircuitType, tuple[tuple[str, ...], str]] = {
    CircuitType.AMRAP: (("time_cap_seconds",), "as many rounds as possible needs its length"),
    CircuitType.EMOM: (("rounds",), "every minute on the minute needs the number of minutes"),
    CircuitType.ROUNDS_FOR_TIME: (("rounds",), "rounds for time needs the number of rounds"),
    CircuitType.LADDER: (("rounds", "time_cap_seconds"), "a ladder needs rounds or a time cap"),
}
"""By type: the fields of which one must be there, and the sentence when none is."""


def faults_of(circuit: CircuitRecord) -> dict[str, str]:
    """What is missing, by field; empty for a circuit that can be run."""
    faults = missing_lengths(circuit)
    if not circuit.exercises:
        faults["exercises"] = "a circuit needs at least one exercise"
    elif not all(map(says_how_much, circuit.exercises)):
        faults["exercises"] = "every exercise needs reps, seconds, metres or calories"
    return faults


class Timed(Protocol):
    """What a clock reads of a circuit, as a record or as a row."""

    @property
    def type(self) -> str: ...


def missing_lengths(circuit: Timed) -> dict[str, str]:
    """The field without which the clock of this type of circuit could not run, with the reason; empty if none."""
    fields, sentence = NEEDS.get(CircuitType(circuit.type), ((), ""))
    return {fields[0]: sentence} if fields and not any(getattr(circuit, field) for field in fields) else {}


class Amounts(Protocol):
    """What a station may say about how much."""

    reps: int | None
    seconds: int | None
    metres: int | None
    calories: int | None


def says_how_much(exercise: CircuitExerciseRecord | Amounts) -> bool:
    """Whether a station names any amount of work."""
    return bool(exercise.reps or exercise.seconds or exercise.metres or exercise.calories)
