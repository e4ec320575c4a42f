"""Questions whose answer is read out of a tool in another way than usual: (words, tool, argument, reader).

They stand before the general rules of intents.py; a reader is a name in ``facts.READERS``.
"""

# ruff: noqa: E501 - tables of words are read by the line

from __future__ import annotations

import re

LIFTED = r"bench(?:ed|ing)?|squat(?:ted|ting)?|deadlift(?:ed|ing)?|press(?:ed|ing)?|row(?:ed|ing)?|curl(?:ed|ing)?"
READINGS: tuple[tuple[str, str, str | None, str], ...] = (
    (r"\b(?:move|shift|reschedule|postpone|push|delay)\b.*\b(?:to|until|till|on) (?:the )?(?:tomorrow|monday|tuesday|wednesday|"
     r"thursday|friday|saturday|sunday|another day|next day)",
     "days_ahead", None, "move"),
    (r"\b(?:train|go|lift|work ?out|do it|do this)\b.*\b(?:instead|another day|rather)\b|\btomorrow instead\b"
     r"|\bcan(?:'t| not|not) (?:train|make it|go) (?:today|tonight)\b|\b(?:move|reschedule|postpone) (?:it|today|my|the)\b",
     "days_ahead", None, "move"),
    (r"\b(?:rest day|day off|off day|free day)", "days_ahead", None, "rest_day"),
    (r"\b(?:two|three|2|3) days (?:in a row|running)\b|\bback[- ]to[- ]back\b|\bevery ?day\b", "days_ahead", None, "in_a_row"),
    (r"\b(?:show|see|what'?s?|how does) "
     r"(?:me )?(?:is )?(?:my |the |this )+(?:week|schedule|calendar)(?: look(?: like)?)?$"
     r"|\bwhat(?:'s| is) (?:left|still) (?:\w+ )?(?:this )?week\b|\bwhen (?:do|is) (?:i|my) (?:next )?(?:train|session|workout)",
     "days_ahead", None, "days"),
    (r"\bmissed (?:yesterday|today|a |my |the |monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d|two|three)",
     "days_ahead", None, "missed"),
    (r"\b(?:protein|eiweiß)\b", "body_weight", None, "protein"),
    (r"\b(?:over-?train\w*|over-?reach\w*|burn(?:ed|t|ing)? out|too much (?:training|volume)|training too (?:much|hard|often)|"
     r"need (?:a |an )?(?:break|deload|rest week|easy week)|should i (?:\w+ )?(?:deload|take (?:a |an )?(?:break|week off|deload)))",
     "strain_signs", None, "strain_signs"),
    (r"\bwhy is (?:my |the )?(.+?) (?:so |still )?(?:weak|stuck|stall\w*|not \w+|going down|dropp\w+|stagnat\w+|low)\b",
     "lift_strength", "movement", "stuck"),
    (r"\bwhy am i (?:so |still |getting )*(?:weak\w*|stuck|bad) (?:on|in|at|with) (?:the |my )?(.+)",
     "lift_strength", "movement", "stuck"),
    (r"\b(?:my )?([\w -]+?) (?:is |has |'s )?(?:stuck|stalled|plateau(?:ed|ing)?|stagnat\w+)\b",
     "lift_strength", "movement", "stuck"),
    (r"\b(?:how long|when|how many weeks)\b.*\b(?:until|till|before|to|can|will)\b.*?\b(" + LIFTED + r")\b.*\d",
     "lift_strength", "movement", "target"),
    (r"\bhow (?:do|can|to|could|should) ?(?:i )?.*?\b(?:bigger|better|stronger|increase|improve|raise|grow)\b.*?\b(?:my )?("
     + LIFTED + r")\b", "lift_strength", "movement", "grow"),
    (r"\bis (?:my |a )?(.+?) (?:any )?(?:good|strong|weak|bad|ok|decent|normal|enough)\b.*\b(?:for|at|weight|age|size|level)\b",
     "lift_strength", "movement", "ranking"),
    (r"\b(?:more|extra|add(?:itional)?) (?:work |sets |exercises |volume )?(?:for |on )?(?:my |the )?([a-z ]+?)(?: work| sets| "
     r"exercises| volume)?$", "weekly_volume", "muscle", "more_volume"),
    (r"\bhow (?:do|should|to|can) (?:i |you |one )?(?:do|perform|execute) (?:an? |the |my )?(.+)",
     "movement_guide", "movement", "movement_guide"),
    (r"\b(?:what|which) muscles? (?:does|do|is|are) (?:an? |the )?(.+?) (?:work|train|hit|use|target|for)",
     "movement_guide", "movement", "muscles"),
    (r"\b(?:form|technique|cues?|tips?) (?:check )?(?:for|on|of|in) (?:an? |the |my )?(.+)",
     "movement_guide", "movement", "movement_guide"),
    (r"\bwhat did i (" + LIFTED + r")\b", "last_time", "movement", "last_time"),
    (r"\bwhat did i (?:do|train|lift)\b.*\b(?:yesterday|on monday|on tuesday|on wednesday|on thursday|on friday|on saturday|"
     r"on sunday|last (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b",
     "recent_workouts", None, "recent_workouts"),
    (r"\b(?:sets|exercises) (?:do i have |are )?(?:left|to go|remaining)\b", "current_workout", None, "current_workout"),
)  # fmt: skip
COMPILED = tuple((re.compile(words), tool, argument, reader) for words, tool, argument, reader in READINGS)
STEM = re.compile(r"^(bench|squat|deadlift|press|row|curl)(?:p?ed|t?ed|ing|ting)$")
