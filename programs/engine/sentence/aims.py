"""What for: goals with their points, muscles, split, disciplines, experience. See docs/algorithms/sentence.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from gainsly.lib.vocabulary import Discipline, Dose, ExperienceLevel, Goal, Muscle, ProgressionStyle, SplitTemplate

from .numbers import RANGE, number
from .reading import Field, Heard, Scanner

POINTS, MOST_GOALS = 10, 3
MAIN, PLAIN, SIDE = 2.0, 1.0, 0.5
M = Muscle
LIFTS = (
    r"(?:bench(?: ?press)?|bankdrücken|squats?|kniebeugen?|deadlifts?|kreuzheben|overhead press|press|ohp|total"
    r"|lifts|big three|numbers)"
)
MORE = (
    r"(?:bigger|strong(?:er)?|heavier|better|higher|improve|increase|raise|grow|build(?: up)?|add to|boost"
    r"|größere[rsn]?|mehr"
    r"|stärkere[rsn]?|bring up|focus on|emphasi[sz]e|prioriti[sz]e|more|extra|fokus auf|schwerpunkt)"
)
MUSCLES: tuple[tuple[str, tuple[Muscle, ...]], ...] = (
    (r"arms|guns|arme", (M.BICEPS, M.TRICEPS)),
    (r"biceps|bizeps", (M.BICEPS,)),
    (r"triceps|trizeps", (M.TRICEPS,)),
    (r"chest|pecs|brust", (M.CHEST,)),
    (r"lats|v-?taper|breiter rücken", (M.LATS,)),
    (r"upper back|traps|nacken", (M.UPPER_BACK,)),
    (r"back|rücken", (M.LATS, M.UPPER_BACK)),
    (r"shoulders|delts|schultern", (M.FRONT_DELTS, M.SIDE_DELTS, M.REAR_DELTS)),
    (r"rear delts", (M.REAR_DELTS,)),
    (r"quads|quadriceps|oberschenkel", (M.QUADRICEPS,)),
    (r"hamstrings|hammies|beinbeuger", (M.HAMSTRINGS,)),
    (r"glutes|butt|booty|bum|po|hintern", (M.GLUTES,)),
    (r"legs|beine", (M.QUADRICEPS, M.HAMSTRINGS)),
    (r"calves|waden", (M.CALVES,)),
    (r"abs|six-?pack|core|bauch|rumpf", (M.CORE,)),
)
MUSCLE_SAID = tuple(
    (re.compile(rf"\b(({MORE})\s+(?:my\s+|the\s+|a\s+|meine\s+|die\s+)?(?:{names}))\b"), muscles)
    for names, muscles in MUSCLES
)  # fmt: skip
MORE_MUSCLES = tuple(
    (re.compile(rf"(?:\s*(?:,|and|und|&|plus)\s*(?:my\s+)?)(?:{names})\b"), muscles) for names, muscles in MUSCLES
)
OF_MUSCLES = (
    (Goal.HYPERTROPHY, re.compile(r"bigger|grow|build|größer|mehr|bring up")),
    (Goal.STRENGTH, re.compile(r"strong|stärker")),
)

GOALS: tuple[tuple[Goal, str], ...] = (
    (Goal.STRENGTH, rf"{MORE}\s+(?:\w+\s+)?(?:my\s+|the\s+|a\s+|meine?\s+|in\s+)?{LIFTS}"),
    (Goal.STRENGTH, rf"{LIFTS}\s+(?:of\s+)?\d{{2,3}}(?:\s*(?:kg|kilos?|lbs?|pounds))?(?!\s*(?:min|day|week))"),
    (Goal.STRENGTH, rf"\d{{2,3}}\s*(?:kg|kilos?|lbs?|pounds)\s+{LIFTS}"),
    (Goal.FAT_LOSS, r"los(?:e|ing)(?: \d+ ?(?:kg|kilos?|lbs?|pounds))?(?: some| a bit of)?(?: (?:weight|fat|belly))*"
     r"|drop(?: some)? (?:weight|fat)|fat[- ]loss|weight[- ]loss|burn(?:ing)? fat|get lean(?:er)?"
     r"|lean(?:er)? out|slim(?:mer)?"
     r"|slim down|cutting|shred(?:ded)?|abnehmen|fett (?:verlieren|verbrennen|abbauen)|fettabbau"
     r"|gewicht verlieren|schlanker"),
    (Goal.EXPLOSIVENESS, r"explosive(?:ness)?|jump(?:ing)? (?:higher|further)|vertical jump|dunk|power output"
     r"|plyometrics?"
     r"|more power|powerful|explosiv(?:er|ität)?|schnellkraft|sprungkraft|höher springen"),
    (Goal.SPEED, r"speed|sprint(?:ing)?(?: faster| speed)?|be faster|get faster|quicker|agility|schneller"
     r"|schnelligkeit"),
    (Goal.ENDURANCE, r"endurance|stamina|cardio(?:vascular)?(?: fitness)?|conditioning|half[- ]marathon"
     r"|marathon|triathlon|\d+ ?k(?:m)?(?: run)?\b"
     r"|aerobic|fitter lungs|run (?:longer|further)|less out of breath|ausdauer|kondition|halbmarathon"),
    (Goal.MOBILITY, r"mobility|mobile|flexib(?:le|ility)|more supple|stretch(?:ing)?|range of motion"
     r"|beweglich(?:er|keit)?|mobilität|dehn(?:en|ung)"),
    (Goal.HYPERTROPHY, r"hypertrophy|muscle(?:s| mass| size| growth)?|muscular|size|mass|bulk(?:ing)?(?: up)?"
     r"|get big(?:ger)?|bigger|jacked|swole"
     r"|ton(?:ed|e up|ing)|physique|muskel(?:n|masse|aufbau|wachstum)?|masse|breiter|hypertrophie"),
    (Goal.STRENGTH, r"(?:max(?:imal)? )?strength|stronger|strong|one[- ]rep max|1rm|powerlifting meet|kraft"
     r"|stärker|maximalkraft|stark"),
)  # fmt: skip
GOAL_SAID = tuple((goal, re.compile(rf"\b(?:{words})(?!\w)")) for goal, words in GOALS)
MAIN_BEFORE = re.compile(
    r"\b(?:main(?:ly)?|mostly|primar(?:y|ily)|above all|especially|first|focus(?: on)?|priority|most of all|vor allem"
    r"|hauptsächlich|haupt\w*|in erster linie)\b[^,;]{0,24}\Z"
)
SIDE_BEFORE = re.compile(
    r"\b(?:a bit(?: of)?|a little|some|slightly|secondary|on the side|as a bonus|second|then|auch etwas|etwas"
    r"|ein bisschen"
    r"|nebenbei)\b[^,;]{0,16}\Z"
)
SIDE_AFTER = re.compile(r"^\s*(?:on the side|second|as a bonus|nebenbei|a bit)\b")
PERCENT_BEFORE = re.compile(r"(\d{1,3})\s*%\s*(?:of\s+)?\Z")
NUMBER_AFTER = re.compile(
    r"^\s*[:=(]?\s*(\d{1,3})\b\s*(?:%|points?\b|punkte\b)?\)?(?!\s*(?:kg|lbs?|reps?|x"
    r"|sets?)\b)"
)

CLOSED: tuple[tuple[Field, StrEnum, str], ...] = (
    (Field.SPLIT, SplitTemplate.PPL, r"push[ ,/-]+pull(?:[ ,/-]+(?:and )?legs?)?|ppl"),
    (Field.SPLIT, SplitTemplate.UPPER_LOWER, r"upper(?: body)?[ /,-]*(?:and )?lower(?: body)?(?: split)?"
     r"|oberkörper[ /,-]*(?:und )?unterkörper"),
    (Field.SPLIT, SplitTemplate.FULL_BODY, r"full[- ]?body|whole[- ]body|ganzkörper\w*"),
    (Field.SPLIT, SplitTemplate.HYBRID, r"hybrid(?: split| program(?:me)?| plan)?"),
    (Field.PROGRESSION, ProgressionStyle.WAVE, r"wave loading|waves|wellen\w*"),
    (Field.PROGRESSION, ProgressionStyle.DOUBLE, r"double progression|doppelte progression"),
    (Field.PROGRESSION, ProgressionStyle.SINGLE, r"(?:linear|single) progression|lineare? progression"),
    (Field.DOSE, Dose.EFFICIENT, r"as little as possible|minimal(?:ist)?(?: effective dose)?|bare minimum"
     r"|time[- ]efficient|efficient|so wenig wie möglich"),
    (Field.DOSE, Dose.FULL, r"high volume|lots of volume|as much as (?:possible|i can)|viel volumen"),
    (Field.EXPERIENCE, ExperienceLevel.EXPERT, r"elite(?: lifter)?|expert|profi"),
    (Field.EXPERIENCE, ExperienceLevel.ADVANCED, r"advanced|very experienced|experienced"
     r"|competitive(?: lifter)?|weit fortgeschritten"),
    (Field.EXPERIENCE, ExperienceLevel.INTERMEDIATE, r"intermediate|fortgeschritten\w*"),
    (Field.EXPERIENCE, ExperienceLevel.BEGINNER,
     r"(?:complete |total |absolute )?(?:beginner|newbie|novice)|(?:i'm |am )?new to (?:lifting|the gym|this"
     r"|training|weights)"
     r"|never (?:lifted|trained)(?: before)?|just start(?:ed|ing)(?: out)?|absoluter? anfänger(?:in)?"
     r"|anfänger(?:in)?|neuling"),
    (Field.DISCIPLINES, Discipline.POWERLIFTING, r"powerlift(?:ing|er)|kraftdreikampf"),
    (Field.DISCIPLINES, Discipline.BODYBUILDING, r"bodybuild(?:ing|er)"),
    (Field.DISCIPLINES, Discipline.OLYMPIC_LIFTING, r"olympic (?:weight)?lift(?:ing|s)|weightlifting|gewichtheben"),
    (Field.DISCIPLINES, Discipline.CROSSFIT, r"cross-?fit"),
    (Field.DISCIPLINES, Discipline.CALISTHENICS, r"calisthenics"),
    (Field.DISCIPLINES, Discipline.STRONGMAN, r"strong(?:man|woman)"),
)  # fmt: skip
CLOSED_SAID = tuple((name, value, re.compile(rf"\b(?:{words})\b")) for name, value, words in CLOSED)
YEARS = re.compile(
    rf"\b(?:(?:lift|train|been lifting|been training|trainiere|training)\w*\s+(?:weights\s+)?(?:for"
    rf"|seit)\s+)?(?:about\s+|over\s+)?"
    rf"{RANGE}\s*\+?\s*(years?|yrs?|jahre?n?|months?|monate?n?)(?:\s+(?:of\s+)?(?:lifting|training|experience"
    rf"|erfahrung|in the gym|under the bar))?"
)
TRAINED = re.compile(r"lift|train|experience|erfahrung|gym|under the bar")
SEASONED_YEARS, TRAINED_YEARS = 4, 1


def read_aims(scan: Scanner) -> None:
    """Take what the text wants."""
    _years(scan)
    _closed(scan)
    muscles = _muscles(scan)
    _goals(scan, muscles)


def _years(scan: Scanner) -> None:
    for match in scan.find(YEARS):
        if TRAINED.search(match[0]):
            years = number(match[1]) / (12 if match[3].startswith("mon") else 1)
            level = (
                ExperienceLevel.ADVANCED
                if years >= SEASONED_YEARS
                else ExperienceLevel.INTERMEDIATE
                if years >= TRAINED_YEARS
                else ExperienceLevel.BEGINNER
            )
            scan.hear(Field.EXPERIENCE, level, match.span())
            return


def _closed(scan: Scanner) -> None:
    """Words of closed sets; the first of a field counts, disciplines add up."""
    disciplines: dict[Discipline, str] = {}
    for name, value, pattern in CLOSED_SAID:
        for match in scan.find(pattern):
            if scan.negated(match.start()):
                continue
            if isinstance(value, Discipline):
                disciplines[value] = scan.take(*match.span())
            elif not any(one.field is name for one in scan.heard):
                scan.hear(name, value, match.span())
    if disciplines:
        scan.heard.append(Heard(Field.DISCIPLINES, tuple(disciplines), ", ".join(disciplines.values())))


def _muscles(scan: Scanner) -> Heard | None:
    """Muscles to put first, which may be a goal as well."""
    found: dict[Muscle, None] = {}
    words: list[str] = []
    for pattern, muscles in MUSCLE_SAID:
        for match in list(scan.find(pattern)):
            if scan.negated(match.start()):
                continue
            found |= dict.fromkeys(muscles)
            end = _further(scan, match.end(), found)
            words.append(scan.take(match.start(), end))
    if not found:
        return None
    heard = Heard(Field.MUSCLES, tuple(found), ", ".join(words))
    scan.heard.append(heard)
    return heard


def _further(scan: Scanner, end: int, found: dict[Muscle, None]) -> int:
    """``bigger arms and chest``: the muscles that follow belong to the same wish."""
    while True:
        following = next(
            ((p.match(scan.low, end), muscles) for p, muscles in MORE_MUSCLES if p.match(scan.low, end)), None
        )
        if following is None or following[0] is None:
            return end
        end = following[0].end()
        found |= dict.fromkeys(following[1])


def _goals(scan: Scanner, muscles: Heard | None) -> None:
    weights: dict[Goal, float] = {}
    told: dict[Goal, bool] = {}
    words: list[tuple[int, str]] = []
    for goal, pattern in GOAL_SAID:
        for match in list(scan.find(pattern)):
            refused = scan.negation(match.start())
            if refused is not None:
                scan.take(refused.start(), match.end())
                continue
            weight, exact, start, end = _weight(scan, *match.span())
            weights[goal] = max(weights.get(goal, 0), weight)
            told[goal] = told.get(goal, False) or exact
            words.append((start, scan.take(start, end)))
    for goal, pattern in OF_MUSCLES:
        if muscles is not None and pattern.search(muscles.words.lower()):
            weights.setdefault(goal, PLAIN)
            words.append((len(scan.low), muscles.words))
    if any(told.values()):
        weights = {goal: weight for goal, weight in weights.items() if told.get(goal)}
    if weights:
        scan.heard.append(Heard(Field.GOALS, share(weights), ", ".join(one for _at, one in sorted(words))))


def _weight(scan: Scanner, start: int, end: int) -> tuple[float, bool, int, int]:
    """How much a goal counts, whether that is an exact figure, and the stretch that says so."""
    begin, stop = scan.clause(start)
    percent = PERCENT_BEFORE.search(scan.low, begin, start)
    if percent:
        return float(percent[1]), True, percent.start(), end
    figure = NUMBER_AFTER.match(scan.left(end, max(stop, end)))
    if figure:
        return float(figure[1]), True, start, end + len(figure[0].rstrip())
    side = SIDE_BEFORE.search(scan.low, begin, start)
    if side:
        return SIDE, False, _from(scan, side.start(), start), end
    after = SIDE_AFTER.match(scan.low[end:stop])
    if after:
        return SIDE, False, start, end + after.end()
    main = MAIN_BEFORE.search(scan.low, begin, start)
    return (MAIN, False, _from(scan, main.start(), start), end) if main else (PLAIN, False, start, end)


def _from(scan: Scanner, place: int, start: int) -> int:
    """From where the words of a goal are quoted: its "mainly" as well, unless something between them is taken."""
    return start if any(scan.taken[place:start]) else place


def share(weights: Mapping[Goal, float]) -> tuple[tuple[Goal, int], ...]:
    """Ten points over at most three goals by largest remainder, each at least one; the heaviest first.

    ``share({STRENGTH: 2, FAT_LOSS: 1})`` -> strength 7, fat loss 3.
    """
    order = list(Goal)
    chosen = sorted((goal for goal in weights if weights[goal] > 0), key=lambda one: (-weights[one], order.index(one)))
    chosen = chosen[:MOST_GOALS]
    total = sum(weights[goal] for goal in chosen)
    exact = {goal: weights[goal] * POINTS / total for goal in chosen}
    points = {goal: max(1, int(exact[goal])) for goal in chosen}
    by_remainder = sorted(chosen, key=lambda one: (points[one] - exact[one], order.index(one)))
    while sum(points.values()) != POINTS:
        short = sum(points.values()) < POINTS
        goal = by_remainder.pop(0) if short and by_remainder else max(points, key=lambda one: points[one])
        points[goal] += 1 if short else -1
    return tuple(sorted(points.items(), key=lambda one: (-one[1], order.index(one[0]))))
