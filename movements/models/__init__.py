from .circuit import Circuit, CircuitExercise, CircuitStress
from .embedding import MovementEmbedding
from .gym import Gym, GymEquipment
from .library import LibraryVersion
from .movement import (
    CoachingCue,
    Equipment,
    Movement,
    MovementDiscipline,
    MovementEquipment,
    MovementJoint,
    MovementMuscle,
    MovementTag,
    Tag,
)
from .relations import MovementRelationship
from .rules import FavoriteMovement, HiddenMovement, MovementRule

__all__ = [
    "Circuit",
    "CircuitExercise",
    "CircuitStress",
    "CoachingCue",
    "Equipment",
    "FavoriteMovement",
    "Gym",
    "GymEquipment",
    "HiddenMovement",
    "LibraryVersion",
    "Movement",
    "MovementDiscipline",
    "MovementEmbedding",
    "MovementEquipment",
    "MovementJoint",
    "MovementMuscle",
    "MovementRelationship",
    "MovementRule",
    "MovementTag",
    "Tag",
]
