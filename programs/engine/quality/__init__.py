"""The rubric: what a good program is, computed on any plan (docs/algorithms/quality.md).

Written apart from the optimiser and sharing no code with it (an import contract keeps it so), so that it can catch
the optimiser out. `assess` grades a `GradedProgram`, whoever wrote it.
"""

from .assess import assess
from .model import GradedExercise, GradedProgram, GradedSession, GradedWeek, Subject, graded

__all__ = ["GradedExercise", "GradedProgram", "GradedSession", "GradedWeek", "Subject", "assess", "graded"]
