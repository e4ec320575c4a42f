from .heuristics import HeuristicConfig
from .microcycle import Microcycle
from .program import FavoriteProgram, MacroCycle, Program, ProgramEquipment
from .refinement import Refinement
from .replanning import Replanning
from .session import Choice, Session, SessionExercise

__all__ = [
    "Choice",
    "FavoriteProgram",
    "HeuristicConfig",
    "MacroCycle",
    "Microcycle",
    "Program",
    "ProgramEquipment",
    "Refinement",
    "Replanning",
    "Session",
    "SessionExercise",
]
