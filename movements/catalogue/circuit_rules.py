"""What a circuit must say before a clock can run it: docs/algorithms/circuits.md."""

from __future__ import annotations

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
    faults: dict[str, str] = {}
    fields, sentence = NEEDS.get(circuit.type, ((), ""))
    if fields and not any(getattr(circuit, field) for field in fields):
        faults[fields[0]] = sentence
    if not circuit.exercises:
        faults["exercises"] = "a circuit needs at least one exercise"
    elif not all(map(_says_how_much, circuit.exercises)):
        faults["exercises"] = "every exercise needs reps, seconds, metres or calories"
    return faults


def _says_how_much(exercise: CircuitExerciseRecord) -> bool:
    return bool(exercise.reps or exercise.seconds or exercise.metres or exercise.calories)
