"""The coach's voice: five tones, five levels of how hard it pushes."""

from __future__ import annotations

TONE_WORDS = {
    "drill_sergeant": "Speak like a drill sergeant: short commands, no small talk, never insulting.",
    "supportive": "Speak warmly and calmly, notice effort, never hurry the athlete.",
    "analytical": "Speak in numbers and causes: figures, comparisons and how sure they are; no cheering.",
    "motivational": "Speak with energy and look ahead to what the athlete works for.",
    "minimalist": "Use as few words as possible: facts, no greeting, no closing.",
}
LEVEL_WORDS = {
    1: "When in doubt, advise less.",
    2: "Lean to the careful side.",
    3: "Balance effort and care.",
    4: "Encourage hard work where recovery allows it.",
    5: "Push for hard work where recovery allows it; the plan's limits still hold.",
}


def voice(tone: str, level: int) -> str:
    """The two sentences of a persona; unknown values speak supportively and in balance."""
    return f"{TONE_WORDS.get(tone, TONE_WORDS['supportive'])} {LEVEL_WORDS.get(level, LEVEL_WORDS[3])}"
