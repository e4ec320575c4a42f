"""What a question asks for, by its words: the first rule that fits names a tool and its arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gainsly.lib.vocabulary import Muscle
from movements.catalogue.names import sequence_of
from movements.embeddings.speech import wishes_of

from . import readings
from .german import english_of, is_german
from .spelling import corrected
from .topics import GERMAN_HELP, topic_of

MUSCLES = frozenset(one.value for one in Muscle)
QUESTION_LENGTH = 1000  # of a longer text the beginning decides
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Intent:
    """A tool to look into and how its answer is read; or, without a tool, what to say."""

    tool: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    reader: str = ""  # the tool's usual one where it is empty
    says: str = ""
    german: bool = False


# (words, tool, the argument that takes the pattern's group); specific questions stand before general ones
RULES: tuple[tuple[str, str, str | None], ...] = (
    (r"\b(?:why|reason for|what for)\b(.*)", "explain_exercise", "movement"),
    (r"\b(?:warm[- ]?ups?|warm up|ramp)\b.*?\b(?:for|on|before|to)\s+(?:the |my )?(.+)", "exercise_plan", "movement"),
    (r"\b(?:warm[- ]?ups?|warming up)\b", "exercise_plan", "movement"),
    (r"\b(?:which|what|how much) (?:weight|load|kilos|kg|pounds|lbs?)\b.*?\b(?:on|for|in|with|do i(?: use)?)\s+"
     r"(?:for |on )?(?:the |my )?(.+)",
     "exercise_plan", "movement"),
    (r"\b(?:which|what|how much) (?:weight|load)s?\b", "session_on", "day"),
    (r"\bhow (?:long|much)\b.*\brest(?:ing)?\b(?:.*?\b(?:on|for|after|in|with)\s+(?:the |my )?(.+))?", "exercise_plan",
     "movement"),
    (r"\bhow many reps?\b.*?\b(?:on|for|of|in)\s+(?:the |my )?(.+)", "exercise_plan", "movement"),
    (r"\b(?:alternatives? (?:to|for)|substitutes? (?:for|to|of)|stand-?ins? for|instead of) (.+)", "substitutes",
     "movement"),
    (r"\b(?:pattern strength|psi|strength by pattern|weak(?:est|ness(?:es)?)?|balanced?|imbalances?)\b",
     "pattern_strength", None),
    (r"\b(?:body ?weight|my weight|weigh|scales?|los(?:e|ing) weight|gain(?:ing)? weight)\b", "body_weight", None),
    (r"\b(?:my notes?|i noted|standing notes?|know about me|what do you (?:know|see))\b", "standing_notes", None),
    (r"\bsleep\w*\b.*\b(?:affects?|matters?|influences?|changes?|does?|means?)\b"
     r"|\b(?:affects?|does|influences?)\b.*\bsleep\w*\b",
     "sleep_effect", None),
    (r"\b(?:last time|most recently|previously)\b.*?\b(?:on|with|for|in|at|did)\s+(?:the |my )?(.+)", "last_time",
     "movement"),
    (r"\bwhat did i (?:do|lift|use|manage)\b.*?\b(?:on|with|for|in|at)\s+"
     r"(?!(?:the |my )?(?:last|recent|past|latest|previous)\b)(?:the |my )?(.+?)(?: last time)?$",
     "last_time", "movement"),
    (r"\bwhen did i last (?:do|train|lift) (?:the |my )?(.+)", "last_time", "movement"),
    (r"\b(?:getting |gotten |got |become )?stronger (?:on|in|at|with) (?:the |my )?(.+)", "lift_strength", "movement"),
    (r"\b(?:on track|on course|on schedule|(?:getting|got|get|gotten) (?:any )?(?:stronger|anywhere|weaker)"
     r"|how am i doing)\b",
     "on_track", None),
    (r"\b(?:deload|lighter week|light week|easy week|easier week)", "programme_outline", None),
    (r"\b(?:records?|prs?|personal bests?|pbs?)\b", "records", None),
    (r"\b(?:volume|sets)\b.*?\b(?:for|on|of|did|does)\s+(?:the |my )?((?!today|last|all)[a-z -]+)",
     "weekly_volume", "muscle"),
    (r"\b(?:last|past|previous|this) week\b", "week_review", None),
    (r"\b(?:how (?:did|was) (?:my|the) week)\b", "week_review", None),
    (r"\b(?:streak|adherence|consistent|consistency|miss(?:ed)?|skipp?(?:ed)?|showing up)\b", "adherence", None),
    (r"\b(?:volume|how many sets|sets per|weekly sets)\b", "weekly_volume", None),
    (
        r"\b(?:sore|soreness|recover(?:ed|y|ing)?|tired|fatigued?|fresh|readiness|slept|sleep|rested)\b",
        "recovery",
        None,
    ),
    (r"\b(?:next|coming|following) week\b", "coming_week", None),
    (r"\b(?:right now|so far|this workout|current workout|am i doing)\b", "current_workout", None),
    (r"\b(?:last workouts?|recent workouts?|last sessions?|last time|what did i do)\b", "recent_workouts", None),
    (r"\b(?:give|recommend|suggest|show)(?: me)? (?:an? |some )?(.*exercises?\b.*)", "find_movements", "query"),
    (r"\bexercises? (?:for|with) (.+)", "find_movements", "query"),
    (r"\b(?:find|search(?: for)?|look up|show me) (.+)", "find_movements", "query"),
    (
        r"\b(?:programme?|plan|block|phase|goals?|next week|which week|how many weeks|schedule"
        r"|how much longer|how long (?:is|does) (?:this|my|the))\b",
        "programme_outline",
        None,
    ),
    (r"\b(today|tomorrow|tonight|" + "|".join(WEEKDAYS) + r")\b", "session_on", "day"),
    (r"\bhow(?:'?s| is| are| was| has) (?:my |the )?(.+?)(?: (?:going|doing|coming along|progressing|been).*)?$",
     "lift_strength", "movement"),
    (r"\bhow (?:strong|much|heavy)\b.*?\b(?:on|in|at|can i|do i|my|for)\s+(?:the |my )?(.+)",
     "lift_strength", "movement"),
    (r"\b(?:progress|e1rm|1rm|max|strength)\b(?: (?:on|in|of|with|for))?(?: the| my)?\s+(.+)",
     "lift_strength", "movement"),
    (r"(?:my )?([\w' -]+?) (?:progress|e1rm|1rm|max|strength|trend)\b", "lift_strength", "movement"),
    (r"\b(?:tell me about|what about|about|show) (?:my|the) (.+)", "lift_strength", "movement"),
    (r"\b(?:what (?:should|do|shall) i (?:do|train|lift)|what'?s? (?:is )?next|how heavy|(?:my|the|next|today'?s) "
     r"(?:workout|session|training))\b|^(?:workout|session|training|plan|today)$",
     "session_on", None),
)  # fmt: skip
COMPILED = tuple((re.compile(words), tool, argument) for words, tool, argument in RULES)
FILLER = re.compile(
    r"\b(?:why|is|are|do|does|did|am|i|we|you|the|a|an|my|this|that|have|has|to|doing|in|on|for|there|today|tomorrow|"
    r"exercise|movement|session|plan|programme?|please|now|here|so|get|got|these|those|next|week|workout|training|again|"
    r"always|still|properly|correctly|right|dumb|stupid)\b"
)

PLACE = re.compile(r"\b(?:first|second|third|last|next|heavy|main|out)\b")  # of an exercise in its session


# what the athlete tells of today, for which a change is proposed
MINUTES = re.compile(r"\b(?:only|just|got|have|about|for|in)\b[^.?!]{0,20}?\b(\d{2,3}) ?(?:min\b|mins\b|minutes?\b)")
HOUR = re.compile(r"\b(?:only|just|got|have)\b[^.?!]{0,20}?\b(half an hour|an hour|one hour)\b")
SLEPT = re.compile(r"\bslept (?:only |just |about |for |maybe )*(\d{1,2}(?:[.,]5)?) ?(?:h\b|hours?\b)")
SORE = re.compile(
    r"\b(?:my|the) ([\w' ]{2,40}?) (?:is|are|feels?|'s) (?:still |so |really |very |a bit |a little |quite |"
    r"pretty |super |extremely |too )*(?:sore|tired|stiff|fried|wrecked|dead)\b"
)
SORE_FIRST = re.compile(r"\b(?:i have|i've got|got) (?:very |really |slightly |a bit )?sore ([\w' ]{2,40})")
HOW_SORE = ((r"\b(?:a bit|a little|slightly)\b", 4), (r"\b(?:very|really|so|super|fried|wrecked)\b", 7),
            (r"\b(?:extremely|too|dead)\b", 9))  # fmt: skip
USUALLY_SORE = 5
SPENT = re.compile(
    r"\b(?:i(?:'m| am| feel| felt| slept)|slept|feeling|feel)\b.{0,30}?\b(?:crap|shit|awful|terrible|horrible|exhausted"
    r"|knackered|drained|wiped|dead tired|(?:very|so|really|super) tired|worn out|run down|wrecked)\b"
    r"|\b(?:no|low|zero) energy\b"
)
SPENT_FATIGUE = 8  # of 10
ONLY_KIT = re.compile(
    r"\b(?:(?:only|just) (?:have|got|own|with|use)|(?:have|got|own|with) (?:only|just|nothing but))\b "
    r"(?:got |my |some )*([\w ,&-]+)"
    r"|\b(?:have|got|with)\b.{0,20}?((?:a |some )?[\w ,&-]{3,40}?) only\b"
)
ASKED = re.compile(r"^(?:what|which|why|how|when|is|are|am|do|does|did)\b")
SWAPS = (
    re.compile(r"\b(?:swap|replace|switch|exchange)(?: out)? (?:the |my )?(.+?)(?: (?:for|with|to|by) (.+))?$"),
    re.compile(r"\bsomething (?:else|different) (?:for|instead of|than) (?:the |my )?(.+?)(?:[,;] ?(.+))?$"),
    re.compile(
        r"\b(?:can't|cannot|can not|don't want to|hate) (?!make it|train|go\b|come|be )(?:do |doing )?"
        r"(?:the |my )?(.+?)(?: (?:today|because|so).*)?$"
    ),
)


def _told_today(text: str) -> Intent | None:
    """Minutes, sleep, kit, tiredness and sore muscles that are told, not asked about."""
    if ASKED.search(text):
        return None
    told = {
        "minutes": _minutes(text),
        "sleep_hours": float(slept.group(1).replace(",", ".")) if (slept := SLEPT.search(text)) else None,
        "fatigue": SPENT_FATIGUE if SPENT.search(text) else None,
        "equipment": _kit(text),
        "soreness": _soreness(text),
    }
    given = {name: value for name, value in told.items() if value}
    return Intent("adapt_today", given) if given else None


def _minutes(text: str) -> int | None:
    if found := MINUTES.search(text):
        return int(found.group(1))
    found = HOUR.search(text)
    return (30 if "half" in found.group(1) else 60) if found else None


def _soreness(text: str) -> dict[str, int]:
    sore: dict[str, int] = {}
    for found in (*SORE.finditer(text), *SORE_FIRST.finditer(text)):
        level = next((level for words, level in HOW_SORE[::-1] if re.search(words, found.group(0))), USUALLY_SORE)
        sore |= dict.fromkeys(_muscles(found.group(1)), level)
    return sore


def _kit(text: str) -> list[str]:
    """The only kit at hand, where that is told."""
    found = ONLY_KIT.search(text)
    return sorted(wishes_of(sequence_of(found.group(1) or found.group(2))).equipment) if found else []


def _muscles(words: str) -> list[str]:
    return [one for one in wishes_of(sequence_of(words)).muscle if one in MUSCLES]


def _swap(text: str) -> Intent | None:
    found = next(filter(None, (pattern.search(text) for pattern in SWAPS)), None)
    if found is None:
        return None
    exercise = " ".join(PLACE.sub(" ", FILLER.sub(" ", found.group(1))).split())[:80]
    wanted = found.group(2) if found.lastindex and found.lastindex > 1 else ""
    wanted = re.sub(
        r"^(?:something|anything|another|a|an|the|some)\b ?(?:else|different|one|exercise)? ?(?:that is |that's )?",
        "",
        wanted or "",
    )[:80]
    return Intent("swap_exercise", {"exercise": exercise, "instead": wanted}) if exercise else None


def understand(question: str) -> Intent | None:
    """What answers a question in English, or in simple German; None where no rule fits."""
    text = " ".join(question[:QUESTION_LENGTH].lower().replace("’", "'").split()).rstrip("?!. ")
    if not is_german(text):
        return _read(corrected(text))
    found = _read(english_of(text))
    return replace(found, german=True) if found else Intent(says=GERMAN_HELP)


def _read(text: str) -> Intent | None:
    told = _swap(text) or _told_today(text) or _another_reading(text)
    if told:
        return told
    if answer := topic_of(text):
        return Intent(says=answer)
    for words, tool, argument in COMPILED:
        found = words.search(text)
        if found:
            return Intent(tool, _arguments(text, tool, argument, found))
    return None


def _another_reading(text: str) -> Intent | None:
    for words, tool, argument, reader in readings.COMPILED:
        found = words.search(text)
        if found is None:
            continue
        arguments = _arguments(text, tool, argument, found)
        if argument == "muscle" and not arguments:
            continue
        if argument == "movement":
            arguments["movement"] = readings.STEM.sub(r"\1", arguments["movement"])
        return Intent(tool, arguments, reader="" if reader == tool else reader)
    return None


def _arguments(text: str, tool: str, argument: str | None, found: re.Match[str]) -> dict[str, Any]:
    if tool == "week_review":
        return {"weeks_ago": 0 if "this week" in text else 1}
    if argument is None:
        return {}
    value = " ".join((found.group(1) or "").split()) if found.lastindex else ""
    if argument == "muscle":
        return {"muscle": " ".join(sorted(_muscles(value))).replace("_", " ")} if _muscles(value) else {}
    if argument == "day":
        return {"day": value} if value else {}
    if argument == "query":
        value = re.sub(r"^(?:an?|the|my|some|any) ", "", value)
    if argument == "movement":
        value = re.sub(r" in (?:lbs?|pounds?|kg|kilos?)$", "", value)
        value = re.split(r"[,;.]| and (?:how|what|which|why|when)\b", value)[0]
        value = " ".join(FILLER.sub(" ", re.sub(r"[^\w' -]", " ", value)).split())
    return {argument: value[:80]}
