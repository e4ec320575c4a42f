from .activity import ActivityDefinition, ActivityFatigue, ActivityInstance, ActivityLink
from .readiness import BiometricEntry, RecoverySignal, SorenessLog
from .records import PersonalRecord, RecordKind
from .workout import SetLog, WorkoutLog

__all__ = [
    "ActivityDefinition",
    "ActivityFatigue",
    "ActivityInstance",
    "ActivityLink",
    "BiometricEntry",
    "PersonalRecord",
    "RecordKind",
    "RecoverySignal",
    "SetLog",
    "SorenessLog",
    "WorkoutLog",
]
