"""Kit, injuries, movements liked or not, sport beside training. See docs/algorithms/sentence.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from gainsly.lib.injury_words import Guess, read_injury
from gainsly.lib.vocabulary import EQUIPMENT, EnjoyableActivity, InjuryArea, MovementRuleType
from movements.catalogue.kits import KIT_PRESETS

from .numbers import NUMBER
from .reading import Field, Heard, Scanner
from .week import A_WEEK, DAY_LIST, weekdays_in

Lookup = Callable[[str], str | None]  # words -> the slug of the movement that is called just so
LONGEST_NAME = 4  # words of a movement
MOST_LOOKUPS = 24
SLIGHT = 1
A = EnjoyableActivity

ROOMS: tuple[tuple[str, str], ...] = (
    ("full_gym", r"(?:full|commercial|big|well[- ]equipped|proper|normal|public) gym|fitnessstudio|studio"
     r"|fitness cent(?:er|re)|gym membership"),
    ("home_barbell", r"(?:garage|home) gym|(?:power|squat) rack (?:at home|in (?:my|the) garage)|heimstudio|homegym"),
    ("bodyweight", r"body ?weight(?: only| exercises)?|no equipment|without equipment|no kit|own body ?weight"
     r"|körpergewicht|eigengewicht|ohne geräte"),
    ("hotel", r"hotels?(?: gyms?| rooms?)?"),
    ("full_gym", r"(?:at |in )?(?:a |the |my )?gyms?\b"),
)  # fmt: skip
PIECES: tuple[tuple[str, str], ...] = (
    ("dumbbell", r"dumb-?bells?|db'?s?|kurzhanteln?|hanteln"),
    ("kettlebell", r"kettle-?bells?|kb'?s|kugelhanteln?"),
    ("ez_bar", r"(?:ez|curl)[- ]?bar|sz-?stange"),
    ("trap_bar", r"(?:trap|hex)[- ]?bar"),
    ("pull_up_bar", r"(?:pull|chin)[- ]?up bar|klimmzugstange"),
    ("dip_bars", r"dip (?:bars?|station)|parallel bars|dipstation"),
    ("barbell", r"barbells?|langhanteln?|olympic bar"),
    ("rack", r"(?:squat|power|half)[- ]?rack|rack|kniebeugenständer"),
    ("bench", r"(?:weight |flat |adjustable |incline )?bench(?! ?press)|hantelbank|(?<=\s)bank\b"),
    ("smith_machine", r"smith(?: machine)?|multipresse"),
    ("leg_press", r"leg press(?: machine)?|beinpresse"),
    ("cable", r"cables?(?: machine| station| tower)?|kabelzug|kabelturm"),
    ("machine", r"machines?|maschinen?"),
    ("rings", r"(?:gymnastic )?rings|ringe"),
    ("suspension", r"trx|suspension trainer|schlingentrainer"),
    ("band", r"(?:resistance )?bands?|(?:widerstands|fitness|gummi)?b[äa]nd(?:er|ern)?"),
    ("medicine_ball", r"med(?:icine)?[- ]?balls?|medizinb[aä]ll\w*"),
    ("sandbag", r"sandbags?"),
    ("sled", r"sled|prowler"),
    ("box", r"plyo box|jump box"),
    ("jump_rope", r"(?:jump|skipping) rope|springseil"),
    ("rower", r"row(?:er|ing machine)|rudergerät"),
    ("treadmill", r"treadmill|laufband"),
    ("bike", r"(?:exercise|stationary|spin|air|assault) bike|ergometer|heimtrainer"),
    ("elliptical", r"elliptical|cross ?trainer"),
    ("mat", r"(?:yoga |exercise )?mat|matte"),
    ("foam_roller", r"foam roller|faszienrolle"),
)
HAVE = rf"(?:(?:only|just|nur)\s+)?(?:{NUMBER}\s+)?"
ROOM_SAID = tuple((room, re.compile(rf"\b{HAVE}(?:{words})")) for room, words in ROOMS)
PIECE_SAID = tuple((slug, re.compile(rf"\b{HAVE}(?:{words})\b")) for slug, words in PIECES if slug in EQUIPMENT)

COMPLAINT = re.compile(
    r"\b(?:touchy|sore|hurts?|hurting|pain(?:ful|s)?|bad|injur(?:y|ed|ies)|ach(?:e|es|y|ing)|dodgy|niggl\w*"
    r"|tweak\w*|stiff|tight"
    r"|torn|tore|surgery|operat\w+|problems?|issues?|trouble\w*|wonky|sensitive|cranky|grumpy|tender|weak"
    r"|recovering|rehab\w*"
    r"|gives? me grief|broken|sprain\w*|strain\w*|dislocat\w*|herniated|slipped|impinge\w*|irritat\w*"
    r"|schmerz\w*|weh|verletz\w*|empfindlich|zwickt|zickt|kaputt|probleme?n?|beschwerden|operiert|gereizt|steif)\b"
)  # fmt: skip
DIAGNOSIS = re.compile(
    r"\b(?:rotator cuff|tennis elbow|golfer'?s elbow|sciatica|lumbago|meniscus|acl|mcl|slipped disc"
    r"|herniated disc|bulging disc"
    r"|plantar fasciitis|shin splints|carpal tunnel|jumper'?s knee|runner'?s knee|frozen shoulder|whiplash"
    r"|bandscheib\w*"
    r"|hexenschuss|tennisarm)\b"
)
SOFT = re.compile(r"\b(?:touchy|sensitive|cranky|grumpy|tender|empfindlich|zwickt|a bit|etwas|leicht\w*)\b")
OWN_PART = re.compile(r"\b(?:and|und)\s+(?=(?:i|my|had|have|ich|mein\w*)\b)")
SIDES = ("left", "right", "lower", "low", "upper", "both")
GERMAN_AREAS: tuple[tuple[str, InjuryArea], ...] = (
    (r"schultern?", InjuryArea.SHOULDER), (r"ellbogen|ellenbogen|tennisarm", InjuryArea.ELBOW),
    (r"handgelenke?n?", InjuryArea.WRIST),
    (r"(?:unterer |unteren )?rücken|kreuz|bandscheib\w*|hexenschuss", InjuryArea.LOWER_BACK),
    (r"hüften?|leiste", InjuryArea.HIP), (r"knien?", InjuryArea.KNEE),
    (r"knöchel|sprunggelenke?|fuß|ferse", InjuryArea.ANKLE),
    (r"nacken|hals", InjuryArea.NECK),
)  # fmt: skip
AREAS_SAID = tuple((re.compile(rf"\b(?:{words})\b"), area) for words, area in GERMAN_AREAS)

DISLIKE = re.compile(
    r"\b(?:(?:really |absolutely )?hate|can'?t stand|dislike|(?:don'?t|do not) (?:really )?(?:like"
    r"|want(?: to do)?|enjoy|do)|not a fan of"
    r"|no more|avoid|without|skip|never|no|hasse|keine?n?|ohne|mag keine?n?)\s+(?:doing\s+|any\s+)?"
)
LIKE = re.compile(
    r"\b(?:(?:really )?(?:love|like|enjoy)|fan of|must have|include|keep|lots of|plenty of|mag|liebe"
    r"|gerne?)\s+(?:doing\s+|to do\s+|the\s+|my\s+)?"
)
DISLIKE_BEFORE = re.compile(DISLIKE.pattern + r"\Z")
LIST_GAP = re.compile(r"\s*(?:,|and|or|und|oder|&)\s+")
WORD = re.compile(r"[\w'-]+")

SPORTS: tuple[tuple[EnjoyableActivity, str], ...] = (
    (A.TENNIS, r"tennis(?! elbow)"),
    (A.BOULDERING, r"boulder(?:ing)?|(?:rock )?climb(?:ing)?|klettern|bouldern"),
    (A.CYCLING, r"cycling|cycle|bike rides?|biking|ride my bike|radfahren|rad(?:sport)?|fahrrad"),
    (A.SWIMMING, r"swim(?:ming)?|schwimmen?"),
    (A.HIKING, r"hik(?:e|ing|es)|wandern?"),
    (A.BASKETBALL, r"basketball"),
    (A.FOOTBALL, r"football|soccer|fu(?:ß|ss)ball"),
    (A.YOGA, r"yoga(?! mat)"),
    (A.MARTIAL_ARTS, r"martial arts|judo|bjj|jiu[- ]jitsu|boxing|karate|mma|kick-?boxing|muay thai|wrestling"
     r"|kampfsport|boxen"),
    (A.DANCE, r"danc(?:e|ing)|tanzen"),
    (A.RUNNING, r"run(?:ning|s)?|jog(?:ging)?|laufen|joggen"),
    (A.OTHER, r"volleyball|hockey|rugby|golf|skiing|badminton|squash|handball|cricket|surfing|netball|padel"),
)  # fmt: skip
OFTEN = rf"(?:\s+(?:once|twice|thrice|{NUMBER}\s*(?:x|times|mal)){A_WEEK})?"
BEFORE = r"(?:(?:i\s+)?(?:also\s+)?(?:play|do|go|practi[sc]e|train|spiele|gehe|love|like)\s+)?"
SPORT_SAID = tuple((kind, re.compile(rf"\b{BEFORE}({words})\b{OFTEN}")) for kind, words in SPORTS)
ON_DAYS = re.compile(rf"\s+(?:on\s+|am\s+|every\s+|each\s+|jeden\s+)?({DAY_LIST.pattern})")
WEEKEND = re.compile(r"\s+(?:(?:on|at) )?(?:the |am )?(?:weekends?|wochenende)\b")


def read_recreation(scan: Scanner) -> None:
    """Sport beside training with its days, before those days could pass for training days."""
    for kind, pattern in SPORT_SAID:
        for match in list(scan.find(pattern)):
            begin, _stop = scan.clause(match.start())
            if scan.negated(match.start()) or DISLIKE_BEFORE.search(scan.low, begin, match.start(1)):
                continue
            end, days = _sport_days(scan, match.end())
            name = scan.text[match.start(1) : match.end(1)] if kind is A.OTHER else ""
            scan.hear(Field.RECREATION, (kind, name.lower(), days), (match.start(), end))


def _sport_days(scan: Scanner, end: int) -> tuple[int, tuple[int, ...]]:
    named = ON_DAYS.match(scan.low, end)
    if named is not None:
        return named.end(), weekdays_in(named[1])
    weekend = WEEKEND.match(scan.low, end)
    return (weekend.end(), (5, 6)) if weekend is not None else (end, ())


def read_movements(scan: Scanner, lookup: Lookup) -> None:
    tries = 0
    for type_, pattern in ((MovementRuleType.HARD_NO, DISLIKE), (MovementRuleType.PREFERRED, LIKE)):
        for match in list(scan.find(pattern)):
            place = match.end()
            if type_ is MovementRuleType.PREFERRED and scan.negated(match.start()):
                continue
            while tries < MOST_LOOKUPS:
                tries += 1
                named = _named(scan, place, lookup)
                if named is None:
                    break
                slug, end = named
                scan.hear(Field.MOVEMENTS, (type_, slug), (match.start() if place == match.end() else place, end))
                gap = LIST_GAP.match(scan.low, end)
                if gap is None:
                    break
                place = gap.end()


def _named(scan: Scanner, place: int, lookup: Lookup) -> tuple[str, int] | None:
    """The longest run of words from here that names a movement, and where it ends."""
    _begin, stop = scan.clause(place)
    words = list(WORD.finditer(scan.low, place, max(stop, place)))[:LONGEST_NAME]
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        phrase = scan.low[place:end]
        if not any(scan.taken[place:end]) and not _is_kit(phrase):
            slug = lookup(phrase)
            if slug:
                return slug, end
    return None


def _is_kit(phrase: str) -> bool:
    return any(pattern.fullmatch(phrase) for _slug, pattern in (*PIECE_SAID, *ROOM_SAID))


def read_injuries(scan: Scanner) -> None:
    for begin, stop in list(scan.clauses()):
        for start, end in _complaints(scan, begin, stop):
            _injury(scan, start, end)


def _complaints(scan: Scanner, begin: int, stop: int) -> list[tuple[int, int]]:
    """A clause, or its parts ("... and I had ...") where each part complains of an area of its own."""
    edges = [begin, *(begin + match.start() for match in OWN_PART.finditer(scan.low[begin:stop])), stop]
    parts = list(pairwise(edges))
    lefts = [scan.left(*part) for part in parts]
    own = all(_signs(left) and _areas(left)[0].understood for left in lefts)
    return parts if own else [(begin, stop)]


def _signs(left: str) -> list[re.Match[str]]:
    return [*COMPLAINT.finditer(left), *DIAGNOSIS.finditer(left)]


def _injury(scan: Scanner, begin: int, stop: int) -> None:
    left = scan.left(begin, stop)
    signs = _signs(left)
    guess, places = _areas(left)
    if not signs or not guess.understood:
        return
    edges = [place for one in signs for place in one.span()] + [place for span in places for place in span]
    span = (begin + min(edges), begin + max(edges))
    severity = SLIGHT if SOFT.search(left) else guess.severity
    found = tuple((area, severity) for area in guess.areas)
    if found:
        scan.hear(Field.INJURIES, found, span)
    else:
        scan.take(*span)  # said to be fine: nothing to spare


def _areas(clause: str) -> tuple[Guess, list[tuple[int, int]]]:
    """The areas of a clause in either language, and where they stand."""
    guess = read_injury(clause)
    words = list(WORD.finditer(clause))
    runs = [(one.start(), two.end()) for one, two in pairwise(words)]
    places = [span for span in (*(one.span() for one in words), *runs) if _names_area(clause[slice(*span)])]
    german = [(match, area) for pattern, area in AREAS_SAID for match in pattern.finditer(clause)]
    if german:
        more = tuple(area for _match, area in german if area not in guess.areas)
        fine = re.search(r"\bkeine?n?\b", clause) is not None
        guess = Guess(guess.areas, guess.severity, more) if fine else Guess((*guess.areas, *more), guess.severity)
        places += [match.span() for match, _area in german]
    return guess, places


def _names_area(words: str) -> bool:
    """Whether these words name an area, and each of them belongs to its name."""
    parts = words.split()
    return bool(read_injury(words).areas) and (len(parts) == 1 or parts[0] in SIDES)


def read_kit(scan: Scanner) -> None:
    """A room, pieces beside it, and pieces that are missing from it."""
    rooms: dict[str, None] = {}
    pieces: dict[str, None] = {}
    missing: dict[str, None] = {}
    words: list[tuple[int, str]] = []
    for room, pattern in ROOM_SAID:
        for match in list(scan.find(pattern)):
            bare = room == "bodyweight" or not scan.negated(match.start())
            if bare:
                rooms[room] = None
            words.append((match.start(), scan.take(*match.span())))
    for slug, pattern in PIECE_SAID:
        for match in list(scan.find(pattern)):
            (missing if scan.negated(match.start()) else pieces)[slug] = None
            words.append((match.start(), scan.take(*match.span())))
    if not rooms and not pieces:
        return
    named = [slug for room in rooms for slug in KIT_PRESETS[room]] if not _only_pieces(rooms, pieces) else []
    kit = tuple(slug for slug in EQUIPMENT if slug in {*named, *pieces} and slug not in missing)
    scan.heard.append(Heard(Field.EQUIPMENT, kit, ", ".join(one for _at, one in sorted(words))))


def _only_pieces(rooms: dict[str, None], pieces: dict[str, None]) -> bool:
    """``hotel with two dumbbells``: the pieces are what there is; a gym has them beside the rest."""
    return bool(pieces) and set(rooms) <= {"hotel", "bodyweight"}
