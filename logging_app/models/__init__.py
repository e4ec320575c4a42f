from .readiness import BiometricEntry, RecoverySignal, SorenessLog
from .records import PersonalRecord, RecordKind
from .workout import SetLog, WorkoutLog

__all__ = [
    "BiometricEntry",
    "PersonalRecord",
    "RecordKind",
    "RecoverySignal",
    "SetLog",
    "SorenessLog",
    "WorkoutLog",
]
