"""What the built-in coach says about an adapted session: five tones, and only what the change list holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

OPENINGS = {
    "drill_sergeant": "Listen up. {count} for today:",
    "supportive": "Thank you for telling me how you are. Here is what I would ease today ({count}):",
    "analytical": "{count} follow from your signals:",
    "motivational": "Today we train smart so that tomorrow we train hard. {count}:",
    "minimalist": "{count}:",
}
CLOSINGS = {
    "drill_sergeant": "Accept or keep the plan. Then move.",
    "supportive": "Take what feels right; the plan stays as it is until you accept.",
    "analytical": "Nothing is applied until you accept; the first work set decides the rest.",
    "motivational": "Say yes to what fits, and make the sets that stay count!",
    "minimalist": "Your choice.",
}
NOTHING = {
    "drill_sergeant": "No changes. The plan stands.",
    "supportive": "Nothing you told me asks for a change. Enjoy the session as planned.",
    "analytical": "No signal crosses a threshold: zero changes.",
    "motivational": "You are ready for the whole plan. Go and take it!",
    "minimalist": "No changes.",
}


# five levels, from careful to hard: what to do with the changes, and with a day that needs none
EASED = (
    "Take all of it, and stop early if it still feels like too much.",
    "If you are unsure, take them all.",
    "Take what fits how you feel.",
    "What stays of the plan can be worked at its full effort.",
    "What stays of the plan is to be done in full, every set of it.",
)
UNCHANGED = (
    "Less than planned is fine too if it feels heavy.",
    "Keep a repetition more in reserve where it feels heavy.",
    "Hold to the planned effort.",
    "Aim for the top of the repetition ranges.",
    "Take every set to its planned effort in full.",
)
UNPUSHED = "minimalist"  # who chose few words gets the changes alone


def told(tone: str, level: int, changes: Sequence[Mapping[str, Any]], notes: Sequence[str]) -> str:
    """The changes in words, a line for each reason, between the tone's opening and closing; ``level`` is 1-5."""
    tone = tone if tone in OPENINGS else "supportive"
    place = min(max(level, 1), len(EASED)) - 1
    if not changes:
        return " ".join([NOTHING[tone], *notes, *([] if tone == UNPUSHED else [UNCHANGED[place]])])
    count = "1 change" if len(changes) == 1 else f"{len(changes)} changes"
    names: dict[str, list[str]] = {}
    for change in changes:
        names.setdefault(change["reason"], []).append(change["movement"])
    lines = [f"{', '.join(dict.fromkeys(moved))}: {reason}" for reason, moved in names.items()]
    pushed = [] if tone == UNPUSHED else [EASED[place]]
    return "\n".join([OPENINGS[tone].format(count=count), *lines, *notes, " ".join([*pushed, CLOSINGS[tone]])])
