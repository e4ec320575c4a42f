"""The closed value sets that every app speaks (docs/domain.md): one name per thing, lower-case values.

Plain ``StrEnum``s, so that pure packages can use them without Django; models turn them into choices and
check constraints through :func:`choices_of` and :func:`values_of`.
"""

from enum import IntEnum, StrEnum

from .labels import label_of as label_of  # noqa: PLC0414 - asked for here together with the values


def values_of(enum: type[StrEnum]) -> list[str]:
    """The stored values, in order of declaration."""
    return [member.value for member in enum]


def choices_of(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """``(value, label)`` pairs for a Django field; migrations hold these labels, people read ``label_of``."""
    return [(member.value, member.value.replace("_", " ").capitalize()) for member in enum]


class Goal(StrEnum):
    STRENGTH = "strength"
    HYPERTROPHY = "hypertrophy"
    ENDURANCE = "endurance"
    FAT_LOSS = "fat_loss"
    MOBILITY = "mobility"
    EXPLOSIVENESS = "explosiveness"
    SPEED = "speed"


class SplitTemplate(StrEnum):
    UPPER_LOWER = "upper_lower"
    PPL = "ppl"
    FULL_BODY = "full_body"
    HYBRID = "hybrid"


class ProgressionStyle(StrEnum):
    SINGLE = "single_progression"
    DOUBLE = "double_progression"
    PAUSED = "paused_variations"
    BUILD_TO_DROP = "build_to_drop"
    WAVE = "wave_loading"


class SessionType(StrEnum):
    UPPER = "upper"
    LOWER = "lower"
    PUSH = "push"
    PULL = "pull"
    LEGS = "legs"
    FULL_BODY = "full_body"
    CARDIO = "cardio"
    CONDITIONING = "conditioning"
    MOBILITY = "mobility"
    RECOVERY = "recovery"
    SKILL = "skill"
    CUSTOM = "custom"


class Section(StrEnum):
    """Sections of a session, in the order in which they are trained."""

    WARMUP = "warmup"
    SKILL = "skill"
    MAIN = "main"
    ACCESSORY = "accessory"
    FINISHER = "finisher"
    COOLDOWN = "cooldown"


class Phase(StrEnum):
    ACCUMULATION = "accumulation"
    INTENSIFICATION = "intensification"
    REALIZATION = "realization"
    DELOAD = "deload"


class Dose(StrEnum):
    EFFICIENT = "efficient"
    BALANCED = "balanced"
    FULL = "full"


class MicrocycleStatus(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


class GenerationStatus(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class RefinementStatus(StrEnum):
    NONE = "none"
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class SessionStatus(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"


class SessionSource(StrEnum):
    ENGINE = "engine"
    LLM = "llm"
    ATHLETE = "athlete"


class ChosenBy(StrEnum):
    """Who put a movement where it stands: the plan, a stand-in for what no longer fitted, the athlete, or a model."""

    PLAN = "plan"
    STAND_IN = "stand_in"
    ATHLETE = "athlete"
    MODEL = "model"


class MovementPattern(StrEnum):
    SQUAT = "squat"
    HINGE = "hinge"
    LUNGE = "lunge"
    HORIZONTAL_PUSH = "horizontal_push"
    VERTICAL_PUSH = "vertical_push"
    HORIZONTAL_PULL = "horizontal_pull"
    VERTICAL_PULL = "vertical_pull"
    CARRY = "carry"
    CORE = "core"
    ROTATION = "rotation"
    PLYOMETRIC = "plyometric"
    OLYMPIC = "olympic"
    ISOLATION = "isolation"
    MOBILITY = "mobility"
    ISOMETRIC = "isometric"
    CONDITIONING = "conditioning"
    CARDIO = "cardio"


class Region(StrEnum):
    ANTERIOR_LOWER = "anterior_lower"
    POSTERIOR_LOWER = "posterior_lower"
    SHOULDER = "shoulder"
    ANTERIOR_UPPER = "anterior_upper"
    POSTERIOR_UPPER = "posterior_upper"
    FULL_BODY = "full_body"
    LOWER_BODY = "lower_body"
    UPPER_BODY = "upper_body"


class Muscle(StrEnum):
    QUADRICEPS = "quadriceps"
    HAMSTRINGS = "hamstrings"
    GLUTES = "glutes"
    CALVES = "calves"
    CHEST = "chest"
    LATS = "lats"
    UPPER_BACK = "upper_back"
    REAR_DELTS = "rear_delts"
    FRONT_DELTS = "front_delts"
    SIDE_DELTS = "side_delts"
    BICEPS = "biceps"
    TRICEPS = "triceps"
    FOREARMS = "forearms"
    CORE = "core"
    OBLIQUES = "obliques"
    LOWER_BACK = "lower_back"
    HIP_FLEXORS = "hip_flexors"
    ADDUCTORS = "adductors"
    FULL_BODY = "full_body"


class MuscleRole(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    STABILIZER = "stabilizer"


class MetricType(StrEnum):
    """How a set is measured."""

    REPS = "reps"
    TIME = "time"
    TIME_UNDER_TENSION = "time_under_tension"
    DISTANCE = "distance"


class SkillLevel(StrEnum):
    """What a movement demands; ordered, see :data:`SKILL_RANK`."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    EXPERT = "expert"
    ELITE = "elite"


SKILL_RANK: dict[str, int] = {level.value: rank for rank, level in enumerate(SkillLevel, start=1)}


class ExperienceLevel(StrEnum):
    """What an athlete brings; the same words as the first four skill levels."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    EXPERT = "expert"


class CnsLoad(StrEnum):
    VERY_LOW = "very_low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Discipline(StrEnum):
    POWERLIFTING = "powerlifting"
    BODYBUILDING = "bodybuilding"
    OLYMPIC_LIFTING = "olympic_lifting"
    CROSSFIT = "crossfit"
    CALISTHENICS = "calisthenics"
    STRONGMAN = "strongman"
    ATHLETICISM = "athleticism"
    MOBILITY = "mobility"
    CARDIO = "cardio"
    GENERAL = "general"


class JointStress(StrEnum):
    """How much a movement loads a joint area."""

    LIGHT = "light"
    HEAVY = "heavy"


class InjuryArea(StrEnum):
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    WRIST = "wrist"
    LOWER_BACK = "lower_back"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    NECK = "neck"


class RelationshipType(StrEnum):
    PROGRESSION = "progression"
    REGRESSION = "regression"
    VARIATION = "variation"
    ANTAGONIST = "antagonist"
    PREP = "prep"
    EQUIVALENT = "equivalent"


class CircuitType(StrEnum):
    ROUNDS_FOR_TIME = "rounds_for_time"
    AMRAP = "amrap"
    EMOM = "emom"
    LADDER = "ladder"
    TABATA = "tabata"
    CHIPPER = "chipper"
    STATION = "station"


class StressBucket(StrEnum):
    STRENGTH = "strength"
    CONDITIONING = "conditioning"
    IMPACT_UPPER = "impact_upper"
    IMPACT_LOWER = "impact_lower"
    CNS = "cns"


class MovementRuleType(StrEnum):
    HARD_NO = "hard_no"
    HARD_YES = "hard_yes"
    PREFERRED = "preferred"


class RuleCadence(StrEnum):
    PER_MICROCYCLE = "per_microcycle"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"


class E1rmFormula(StrEnum):
    BLEND = "blend"
    EPLEY = "epley"
    BRZYCKI = "brzycki"
    LOMBARDI = "lombardi"
    OCONNER = "oconner"


class SetKind(StrEnum):
    WARMUP = "warmup"
    WORKING = "working"
    DROP = "drop"
    FAILURE = "failure"


class PersonaTone(StrEnum):
    DRILL_SERGEANT = "drill_sergeant"
    SUPPORTIVE = "supportive"
    ANALYTICAL = "analytical"
    MOTIVATIONAL = "motivational"
    MINIMALIST = "minimalist"


class PersonaAggression(IntEnum):
    CONSERVATIVE = 1
    MODERATE_CONSERVATIVE = 2
    BALANCED = 3
    MODERATE_AGGRESSIVE = 4
    AGGRESSIVE = 5


class ConversationKind(StrEnum):
    DAILY_ADAPTATION = "daily_adaptation"
    PROGRAM_SETUP = "program_setup"
    COACH_CHAT = "coach_chat"


class ConversationStatus(StrEnum):
    IN_PROGRESS = "in_progress"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class AdaptationStatus(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDONE = "undone"


class TurnRole(StrEnum):
    ATHLETE = "athlete"
    COACH = "coach"


class TurnStatus(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class TurnSource(StrEnum):
    """Who worded a coach's turn."""

    MODEL = "model"
    BUILTIN = "builtin"
    STOP = "stop"  # the fixed message on pain, dizziness or chest pain


class RecoverySource(StrEnum):
    MANUAL = "manual"
    GARMIN = "garmin"
    APPLE = "apple"
    OURA = "oura"
    WHOOP = "whoop"
    STRAVA = "strava"
    ENGINE = "engine"


class EnjoyableActivity(StrEnum):
    TENNIS = "tennis"
    BOULDERING = "bouldering"
    CYCLING = "cycling"
    SWIMMING = "swimming"
    HIKING = "hiking"
    BASKETBALL = "basketball"
    FOOTBALL = "football"
    YOGA = "yoga"
    MARTIAL_ARTS = "martial_arts"
    DANCE = "dance"
    RUNNING = "running"
    OTHER = "other"


class ActivitySource(StrEnum):
    PLANNED = "planned"
    MANUAL = "manual"
    PROVIDER = "provider"


class Visibility(StrEnum):
    PRIVATE = "private"
    FRIENDS = "friends"
    PUBLIC = "public"


class EffortScale(StrEnum):
    """How an athlete says how hard a set was."""

    RPE = "rpe"
    RIR = "rir"
    OFF = "off"


class NextSet(StrEnum):
    """What stays for the next set when one was harder or easier than asked."""

    REPS = "reps"
    LOAD = "load"
    OFF = "off"


class Units(StrEnum):
    METRIC = "metric"
    IMPERIAL = "imperial"


class Theme(StrEnum):
    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Role(StrEnum):
    USER = "user"
    ADMIN = "admin"
    SUPER_ADMIN = "super_admin"


EQUIPMENT: tuple[str, ...] = (
    "barbell",
    "rack",
    "bench",
    "dumbbell",
    "kettlebell",
    "ez_bar",
    "trap_bar",
    "cable",
    "machine",
    "leg_press",
    "leg_extension",
    "leg_curl",
    "hack_squat",
    "smith_machine",
    "pull_up_bar",
    "dip_bars",
    "rings",
    "band",
    "suspension",
    "medicine_ball",
    "slam_ball",
    "sandbag",
    "box",
    "sled",
    "battle_ropes",
    "jump_rope",
    "ab_wheel",
    "stability_ball",
    "foam_roller",
    "landmine",
    "safety_bar",
    "log",
    "tire",
    "rower",
    "bike",
    "air_bike",
    "treadmill",
    "ski_erg",
    "elliptical",
    "pool",
    "mat",
    "chains",
    "massage_ball",
    "balance_board",
    "heavy_bag",
    "neck_harness",
    "keg",
    "atlas_stone",
    "strongman_frame",
)
"""Equipment slugs that Gainsly ships with; admins may add rows, bodyweight needs none."""

MAJOR_MUSCLES: tuple[str, ...] = ("quadriceps", "hamstrings", "glutes", "chest", "lats", "upper_back", "shoulders")
"""The seven majors of the quality report; ``shoulders`` is the largest of the three delt heads."""

DELT_HEADS: tuple[Muscle, ...] = (Muscle.FRONT_DELTS, Muscle.SIDE_DELTS, Muscle.REAR_DELTS)
