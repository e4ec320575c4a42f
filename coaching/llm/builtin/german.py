"""Simple German questions as the English ones that the rules know; the answer stays English and says so."""

# ruff: noqa: E501 - tables of words are read by the line

from __future__ import annotations

import re

SIGNS = frozenset(
    [
        "ich",
        "mir",
        "mich",
        "mein",
        "meine",
        "meiner",
        "meinem",
        "meinen",
        "wie",
        "wieviel",
        "warum",
        "wieso",
        "wann",
        "welches",
        "welche",
        "heute",
        "morgen",
        "nicht",
        "und",
        "habe",
        "hab",
        "bin",
        "kann",
        "soll",
        "der",
        "das",
        "den",
        "dem",
        "beim",
        "nur",
        "wieder",
        "trainiere",
        "mache",
        "steht",
        "woche",
    ]
)
ENOUGH = 2
PHRASES = tuple(
    (re.compile(rf"\b(?:{words})\b"), english)
    for words, english in (
        (r"was (?:trainiere|mache|mach|trainier|soll|muss) ich(?: (?:machen|trainieren|tun))?|was steht", "what do i do"),
        (r"letzte[rn]? woche", "last week"),
        (r"nächste[rn]? woche|naechste[rn]? woche|kommende[rn]? woche", "next week"),
        (r"diese[rn]? woche", "this week"),
        (r"wann (?:ist|kommt|habe ich) (?:der|die|das|mein|meine)?\s?(?:nächste[rn]? )?(?:deload|entlastungswoche)",
         "when is the deload"),
        (r"wie (?:geht es|gehts|geht's|steht es um|läuft|laeuft) (?:mein|meine|meiner|meinem|der|die|das|dem)",
         "how is my"),
        (r"wie stark bin ich (?:beim|im|in der|in)", "how strong am i on"),
        (r"(?:wie ?viel|welches) gewicht (?:habe ich |nehme ich )?(?:beim|bei der|bei|für|im)", "which weight on"),
        (r"wie ?viel (?:eiweiß|eiweiss|protein)\w*.*", "how much protein"),
        (r"ich habe? (?:heute )?(?:nur|bloß) (\d+) (?:minuten|min)(?: zeit)?", r"i only have \1 minutes"),
        (r"(?:ich habe? )?(?:heute |nur |bloß )*(\d+) stunden geschlafen", r"slept \1 hours"),
        (r"ich habe? (?:heute )?(starken |etwas |leichten )?muskelkater (?:in (?:den|der|meinen|meiner)|im) (\w+)",
         r"my \2 are very sore"),
        (r"ich habe? (?:heute )?nur kurzhanteln.*", "i only have dumbbells today"),
        (r"(?:ersetze|tausche|tausch) (?:die |den |das )?(\w+) (?:durch|gegen) (.+)", r"swap the \1 for \2"),
        (r"warum|wieso|weshalb", "why"),
        (r"(?:bin ich|sind meine muskeln) (?:erholt|ausgeruht).*", "am i recovered"),
        (r"was kann ich (?:statt|anstatt|anstelle von) (?:der|dem|den|das)?", "instead of"),
        (r"rekorde?|bestleistungen?", "records"),
        (r"aufwärmen (?:für|vor) (?:die |den |das )?", "warm-up for "),
        (r"(?:mache|muss|soll|habe) ich", " "),
        (r"heute", "today"), (r"morgen", "tomorrow"),
        (r"kniebeugen?", "squat"), (r"bankdrücken|bankdruecken", "bench press"), (r"kreuzheben", "deadlift"),
        (r"schulterdrücken|überkopfdrücken", "overhead press"), (r"klimmzüge|klimmzug", "pull-up"),
        (r"rudern", "row"), (r"beine[n]?", "legs"), (r"brust", "chest"), (r"rücken", "back"),
        (r"schultern?", "shoulders"), (r"arme[n]?", "arms"), (r"an|der|die|das|den|dem|schon|wieder", " "),
    )
)  # fmt: skip


def is_german(text: str) -> bool:
    """Whether a lower-case text holds at least two words that only German has."""
    return len(SIGNS & set(re.findall(r"[a-zäöüß]+", text))) >= ENOUGH


def english_of(text: str) -> str:
    """The text with what is known put into English, the rest as it was."""
    for words, english in PHRASES:
        text = words.sub(english, text)
    return " ".join(text.split())
