"""The shape of the week: days, weekdays, minutes, weeks, first day. See docs/algorithms/sentence.md."""

from __future__ import annotations

import datetime as dt
import re

from .numbers import NUMBER, RANGE, number
from .reading import Field, Heard, Scanner

DAYS, MINUTES, WEEKS, DELOAD = (2, 7), (20, 150), (8, 10, 12), (3, 8)
WEEK, MONTH_WEEKS, HOUR = 7, 4, 60
A_WEEK = r"(?:\s*(?:a|per|each|every|/|pro|die|in der|in the|the)\s*(?:week|woche|wk)\b)"
WEEKDAYS = tuple(
    re.compile(rf"\b(?:{names})\b")
    for names in (
        "mon|mondays?|montags?|mo",
        "tues?|tuesdays?|dienstags?",
        "weds?|wednesdays?|mittwochs?",
        "thu(?:rs?)?|thursdays?|donnerstags?",
        "fri|fridays?|freitags?",
        "sat|saturdays?|samstags?|sonnabends?",
        "sun|sundays?|sonntags?",
    )
)
DAY = "(?:" + "|".join(one.pattern for one in WEEKDAYS) + ")"
DAY_LIST = re.compile(
    rf"(?:\b(?:on|every|am)\s+)?{DAY}(?:\s*(?:,|/|\+|&|-|to|bis|through|and|und|,\s*and)\s*{DAY})*", re.IGNORECASE
)
DAY_SPAN = re.compile(rf"({DAY})\s*(?:-|to|bis|through)\s*({DAY})")
GROUPS = (
    (re.compile(r"\b(?:on (?:the )?)?(?:weekends?|wochenenden?|am wochenende)\b"), (5, 6)),
    (re.compile(r"\b(?:on )?(?:weekdays|werktags|unter der woche)\b"), (0, 1, 2, 3, 4)),
)
OFTEN = (
    (re.compile(r"\b(?:every other|every second|jeden zweiten) (?:day|tag)\b"), 3),
    (re.compile(r"\b(?:every ?day|daily|each day|jeden tag|täglich|seven days)\b"), 7),
    (re.compile(rf"\b(?:once|einmal){A_WEEK}"), 1),
    (re.compile(rf"\b(?:twice|zweimal){A_WEEK}"), 2),
    (re.compile(rf"\b(?:thrice|dreimal){A_WEEK}"), 3),
    (re.compile(rf"\b(?:viermal){A_WEEK}"), 4),
    (re.compile(rf"\b(?:fünfmal){A_WEEK}"), 5),
)
COUNTED_DAYS = re.compile(
    rf"\b{RANGE}\s*-?\s*(?:(?:(?:training|gym|short|long|hard|easy|quick)\s+)*(?:days?|sessions?|workouts?|trainings?|tagen?|einheiten)\b"
    rf"(?!\s*(?:ago|off|old|rest))(?:\s+(?:of\s+)?(?:training|lifting|split))?{A_WEEK}?"
    rf"|(?:x|×|times|mal|d){A_WEEK}|(?=(?:strength|gym|lifting|weights?)\s+(?:sessions?|days?|workouts?)\b))"
)
PER = r"(?:\s+(?:a|per|each|every|pro)\s+(?:day|session|workout|time|einheit|training|tag)\b)?"
MINUTES_SAID = re.compile(rf"\b{RANGE}\s*-?\s*(?:minutes?|mins?|min|minuten)\b{PER}")
HOURS_WORDS = (
    (re.compile(rf"\b(?:three[- ]quarters of an hour|(?:eine )?dreiviertelstunde)\b{PER}"), 45),
    (re.compile(rf"\b(?:an hour and a half|(?:one|1) and a half hours?|anderthalb stunden"
     rf"|eineinhalb stunden)\b{PER}"), 90),
    (re.compile(rf"\b(?:half an hour|half hour|half-hour|(?:eine )?halbe stunde)\b{PER}"), 30),
    (re.compile(rf"\b(?:an hour|eine stunde)\b{PER}"), 60),
)  # fmt: skip
HOURS_SAID = re.compile(rf"\b{RANGE}\s*-?\s*(?:hours?|hrs?|h|stunden?)\b(?!\s+of\s+sleep){PER}")
DELOAD_SAID = re.compile(
    rf"\b(?:deload|light week|easy week|entlastung\w*)\w*\s+(?:week\s+)?"
    rf"(?:every|alle)\s+({NUMBER})(?:st|nd|rd|th)?\s+(?:weeks?|wochen)\b"
)
WEEKS_SAID = re.compile(
    rf"\b(?:for\s+|in\s+|über\s+)?{RANGE}\s*-?\s*(weeks?|wks?|wochen|months?|monate?n?)\b"
    r"(?!\s*(?:ago|off|old|break|holiday|pause|of (?:lifting|training|experience)))"
)
START_SAID = re.compile(
    rf"\b(?:start(?:ing)?|begin(?:ning)?|ab|beginne?|from)\s+(?:on\s+|am\s+)?"
    rf"(?:(today|heute)|(tomorrow|morgen)|(?:next\s+|nächsten\s+)?({DAY}))"
)


def read_week(scan: Scanner, today: dt.date) -> None:
    """Take what the text says of the calendar."""
    _start(scan, today)
    _deload(scan)
    _minutes(scan)
    _days(scan)
    _weeks(scan)
    _weekdays(scan)


def weekdays_in(text: str) -> tuple[int, ...]:
    """The weekdays that a stretch names, 0 Monday; ``mon-fri`` is all five."""
    found: set[int] = set()
    for first, last in ((_weekday(m[1]), _weekday(m[2])) for m in DAY_SPAN.finditer(text)):
        found |= {day % WEEK for day in range(first, last + 1 if last >= first else last + WEEK + 1)}
    found |= {index for index, pattern in enumerate(WEEKDAYS) if pattern.search(text)}
    return tuple(sorted(found))


def _weekday(name: str) -> int:
    return next(index for index, pattern in enumerate(WEEKDAYS) if pattern.fullmatch(name))


def _start(scan: Scanner, today: dt.date) -> None:
    match = scan.first(START_SAID)
    if match is None:
        return
    ahead = int(match[2] is not None)
    if match[3]:
        ahead = (_weekday(match[3]) - today.weekday()) % WEEK or WEEK
    scan.hear(Field.START, today + dt.timedelta(days=ahead), match.span())


def _deload(scan: Scanner) -> None:
    match = scan.first(DELOAD_SAID)
    if match is not None:
        said = number(match[1])
        value = int(min(max(said, DELOAD[0]), DELOAD[1]))
        scan.hear(Field.DELOAD, value, match.span(), "" if value == said else f"{said:g}")


def _minutes(scan: Scanner) -> None:
    """The first length named; of a range the lower end, so that every session fits."""
    found = [(m.start(), number(m[1]), bool(m[2]), m.span()) for m in scan.find(MINUTES_SAID)]
    found += [(m.start(), minutes, False, m.span()) for pattern, minutes in HOURS_WORDS for m in scan.find(pattern)]
    if not found:
        found = [(m.start(), number(m[1]) * HOUR, bool(m[2]), m.span()) for m in scan.find(HOURS_SAID)]
    if not found:
        return
    _place, said, ranged, span = min(found, key=lambda one: (one[0], -one[3][1]))
    value = round(min(max(said, MINUTES[0]), MINUTES[1]))
    asked = scan.text[slice(*span)].strip() if ranged or value != said else ""
    scan.hear(Field.MINUTES, value, span, asked)


def _days(scan: Scanner) -> None:
    match = scan.first(COUNTED_DAYS)
    if match is not None and number(match[1]) <= WEEK:
        said, ranged, span = number(match[1]), bool(match[2]), match.span()
    else:
        often = next(((m, n) for pattern, n in OFTEN for m in scan.find(pattern)), None)
        if often is None:
            return
        said, ranged, span = often[1], False, often[0].span()
    value = int(min(max(said, DAYS[0]), DAYS[1]))
    asked = scan.text[slice(*span)].strip() if ranged or value != said else ""
    scan.hear(Field.DAYS, value, span, asked)


def _weeks(scan: Scanner) -> None:
    match = scan.first(WEEKS_SAID)
    if match is None:
        return
    said = number(match[1]) * (MONTH_WEEKS if match[3].startswith("mon") else 1)
    value = min(WEEKS, key=lambda weeks: (abs(weeks - said), weeks))
    asked = match[0].strip() if match[2] or value != said else ""
    scan.hear(Field.WEEKS, value, match.span(), asked)


def _weekdays(scan: Scanner) -> None:
    """Days named, without the days refused; days refused alone leave the rest of the week."""
    wanted: set[int] = set()
    refused: set[int] = set()
    words: list[str] = []
    spans = [(m, weekdays_in(m[0])) for m in scan.find(DAY_LIST)]
    spans += [(m, days) for pattern, days in GROUPS for m in scan.find(pattern)]
    for match, days in sorted(spans, key=lambda one: one[0].start()):
        (refused if scan.negated(match.start()) else wanted).update(days)
        words.append(scan.take(*match.span()))
    left = tuple(sorted((wanted or (set(range(WEEK)) if refused else set())) - refused))
    if not left:
        return
    said = ", ".join(words)
    scan.heard.append(Heard(Field.WEEKDAYS, left, said))
    if wanted and not any(one.field is Field.DAYS for one in scan.heard) and len(left) >= DAYS[0]:
        scan.heard.append(Heard(Field.DAYS, len(left), said))
