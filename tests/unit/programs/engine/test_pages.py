"""The pages in docs/algorithms tell the numbers that the code works with."""

from pathlib import Path

import pytest

from gainsly.lib.strength import MAX_EFFECTIVE_REPS
from gainsly.lib.vocabulary import Dose, ExperienceLevel
from movements.catalogue import substitution
from programs.engine import (
    blocks,
    explain,
    focus,
    level,
    loads,
    objective,
    prescription,
    recreation,
    replan,
    scoring,
    selection,
    slots,
    splits,
    stepping,
    supersets,
    volume,
)
from programs.engine.goals import HEAVY_FROM, SIZE_FROM, SIZE_REPS
from programs.engine.heuristics import default_heuristics

PAGES = Path(__file__).parents[4] / "docs/algorithms"
C = default_heuristics()
WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def word(number):
    return WORDS[round(number)]


def percent(share):
    return f"{100 * share:g} %"


def short(value):
    """.35 for 0.35, 1 for 1.0."""
    return f"{value:g}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:g}"


def steps(pairs):
    return ", ".join(f"{percent(share)} x{reps}" for share, reps in pairs)


TOLD = {
    "progression": [
        ", ".join(short(100 * C.growth.weekly[one]) for one in list(ExperienceLevel)[:3]),
        f"{100 * C.growth.weekly[ExperienceLevel.EXPERT]:.1g}".replace("0.", "."),
        "steps back a tenth" if stepping.STEP_BACK == 0.90 else "?",
        "No raise is above a tenth" if stepping.MOST_UP == 0.10 else "?",
        f"after {word(stepping.LONGEST_PAUSE)} seconds no pause",
        f"up to {word(stepping.BUILD_WEEKS)} above the bottom, then {word(stepping.BUILD_STEPS)} steps",
        f"{word(stepping.WAVE_REPS_STEP)} repetitions fewer",
        f"with {word(stepping.WAVE_RESERVE)} left; then again from {percent(stepping.WAVE_GAIN)}",
    ],
    "loads": [
        f"times {short(loads.RATIO_CAUTION)}",
        f"{100 * loads.TAIL_SLOPE:g}".replace("0.", ".") + " % a repetition",
        f"to {percent(loads.TAIL_FLOOR)}",
        f"kettlebells ({loads.BELL_STEP_KG:g} kg",
        f"Beyond {word(MAX_EFFECTIVE_REPS)} repetitions",
    ],
    "scoring": [
        "(1 exact, " + ", ".join(
            f"{short(at)} {name}" for at, name in zip(
                (selection.STEP_ALIGNMENT[one] for one in (1, 2, 4, 5, 6)),
                ("compatible", "synergist", "isolation", "generic", "emergency"), strict=True,
            )
        ) + ")",
        f"over {short(scoring.ENOUGH_COVERAGE)} of the best",
        f"is {scoring.FAVOURITE:g} for a favourite and {short(scoring.WANTED)} for",
        f"{short(scoring.KNOWN)}, reference lift {short(scoring.REFERENCE)}, rated against one {short(scoring.RATED)}",
        f"closes {short(scoring.STAPLE_SHARE)} of the gap",
        f"`{short(scoring.FAIR_STEP)} / step` of that, {short(scoring.LEAST_STEP_FIT)} at least",
        f"{word(scoring.USUAL_REPS)}-repetition load",
        " ".join(f"{C.scoring.weights[name]:.2f}"[1:] for name in scoring.DIMENSIONS),
        f"x{C.scoring.power_bonus:g} for Olympic lifts",
    ],
    "selection": [f"discipline weight x{C.scoring.relaxed_discipline:g}"],
    "explain": ["weighs two thirds" if explain.NAMED_WEIGHT == 2 / 3 else "?"],
    "splits": [
        f"endurance has {word(C.distribution.cardio_day_weight)} points",
        f"beyond {word(C.caps.novice_lifting_days)} lifting days",
        f"rounds up from {short(1 - splits.ROUND_UP)}",
        f"goals of {word(splits.MATTERS_FROM)} points",
    ],
    "goals": [
        f"mobility is capped at {percent(C.distribution.mobility_max)}",
        f"conditioning at {percent(C.distribution.cardio_max)}",
        f"From {word(SIZE_FROM)} points of hypertrophy mains stay at {word(SIZE_REPS)} repetitions",
        f"from {word(HEAVY_FROM)} points of strength",
        f"at most {C.caps.power_reps} repetitions a lift",
    ],
    "timing": [
        ", ".join(str(seconds) for _, seconds in C.time.set_seconds[:-1]) + f" or {C.time.set_seconds[-1][1]} s",
        ", ".join(str(most) for most, _ in C.time.set_seconds[:-1]) + ", more",
        f"(sets - 1) x rest + {C.time.transition} s",
        f"within {percent(C.time.tolerance / 2)} of its target",
        f"steps of {C.time.rest_step} s",
        f"({C.time.rest_floor['main']} s mains, {C.time.rest_floor['accessory']} s others)",
        "five minutes and one per movement" if (C.time.section_base, C.time.per_movement) == (300, 60) else "?",
        "at most an hour" if supersets.EFFICIENT_MINUTES == 60 else "?",
    ],
    "set-shares": [
        f"{volume.BELOW:g} below the band, {volume.INSIDE:g} up to the target, {short(volume.ABOVE_TARGET)} up to",
        f"{volume.OVER:g} beyond",
        f"{short(volume.MINOR_WORTH)} for others, {volume.PRIORITY_WORTH:g} for priorities",
        f"pull (by {volume.LEAD[0]:g}) or knee and hip (by {volume.LEAD[1]:g})",
        f"first main counts {volume.FIRST_LIFT:g}, a lunge {short(volume.LUNGE)}",
        f"{word(C.caps.main_sets[1])} sets a main, {word(C.caps.accessory_sets[1])} an accessory",
        f"{word(C.caps.sets_per_muscle_session)} fractional sets a muscle and session",
        f"twelve a muscle and week and {C.caps.novice_sets_per_session} a session",
        f"balanced {percent(C.dose[Dose.BALANCED])}, full {percent(C.dose[Dose.FULL])} of the way",
        f"the *floor* is {word(C.caps.floor_per_major)} sets",
        f"Below {percent(C.start.kept_from)} of sessions",
    ],
    "blocks": [
        f"{percent(C.block.rotation)} of the assistance changes",
        f"leaves {percent(blocks.SEEN_NEED)} of its muscles' need",
        f"steady (RPE {prescription.PACE_RPE[prescription.Pace.STEADY]:g})",
        f"tempo (RPE {prescription.PACE_RPE[prescription.Pace.TEMPO]:g})",
        "intervals of four minutes" if prescription.BOUT_SECONDS == 240 else "?",
        f"up to {word(blocks.FEW_MAINS)} mains",
        f"of {slots.LONG_MINUTES} minutes and more",
        f"up to {word(slots.ACCESSORIES[1])} exercises",
    ],
    "deload": [
        "Half of the sets" if C.deload.volume == 0.5 else "?",
        f"with {word(C.deload.rir_add)} more in reserve",
        f"below {percent(C.deload.minimum_minutes)} of its minutes",
        f"Cardio is cut to {percent(C.deload.cardio)}",
        "a minute at a time" if C.deload.longer_rest == 60 else "?",
    ],
    "periodization": [
        "in the first three weeks" if C.deload.first_day == 21 else "?",
        "lasted four weeks" if C.block.shortest_days == 28 else "?",
        "The last third" if round(C.block.intensification_share, 2) == 0.33 else "?",
    ],
    "prescription": [
        f"{word(prescription.MAIN_WIDTH)} repetitions wide",
        f"`width >= step / {percent(prescription.WIDTH_PER_STEP)}`, {word(prescription.MOST_WIDTH)} repetitions",
        f"{percent(C.power.percent)}",
        f"carries {prescription.CARRY_METRES} m",
        f"intervals {prescription.INTERVAL_SECONDS} s or {word(prescription.INTERVAL_REPS[0])} repetitions",
        steps(prescription.RAMP),
        f"none below {prescription.LEAST_RAMP_KG:g} kg",
        "one repetition easier" if prescription.GUESS_RIR == 1 else "?",
    ],
    "focus": [
        f"({focus.BEAM} partial weeks)",
        f"adds {focus.FIRST:g} for a pattern's first use",
        f"{focus.SECOND:g} for its second, {focus.THIRD:g} for",
        f"it costs {focus.OVER_COST:g} for a use above the limit",
        f"{focus.TOUCH_COST:g} for meeting its neighbour",
        f"{focus.BORROWED_COST:g} for a borrowed pattern",
    ],
    "recreation": [
        f"`{recreation.CONFLICT_COST:g} x share of a day's patterns that clash + {recreation.ALIKE_COST:g} x days",
        f"{recreation.UNEVEN_COST:g} x unevenness`",
        f"A clashing pattern costs {focus.AVOIDED_COST:g}",
        f"its least sets ({word(recreation.LIGHT_SETS)})",
    ],
    "objective": [
        f"- {objective.SHORT:g} x sets below the floor dose",
        f"- {objective.OVER:g} x worth x sets above H",
        f"- {objective.AGAIN:g} for each repeat",
        f"- {objective.ALIKE:g} for each pair of one kind",
        f"- {objective.TIRED:g} for each point of CNS load",
        f"T/{1 / objective.START_SHARE:g}",
    ],
    "replanning": [
        f"{percent(1 - level.Lifter.__dataclass_fields__['ease'].default)} less load",
        f"test ({percent(level.NOISE)}, Grgic 2020)",
        "a quarter fewer sets" if replan.BREAK_SETS == 0.75 else "?",
        f"or {word(replan.BREAK_DAYS)} days since",
        f"last {word(level.LATELY)} comparable exposures",
    ],
    "substitution": [
        f"| {name} | {substitution.WEIGHTS.of(part):.2f} |"
        for part, name in (("pattern", "pattern"), ("primary", "primary muscles"), ("secondary", "secondary muscles"))
    ]
    + [f"from {substitution.LEAST_ALIKE[substitution.Origin.GRAPH]:g} on"],
    "interference": ["by half their severity"],
}  # fmt: skip


@pytest.mark.parametrize(("page", "told"), [(page, one) for page, list_ in TOLD.items() for one in list_])
def test_a_page_tells_the_number_of_the_code(page, told):
    assert told in (PAGES / f"{page}.md").read_text().replace("\n", " ")
