"""Words that stop the coach, and words that the coach may not say (coaching.md; quality C39)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .tongues import TONGUES

URGENT = re.compile(
    r"\bchest (?:pain|pains|hurts?|tight\w*|pressure|ache)|\b(?:pain|pressure|tight\w*) (?:in|on|across"
    r"|around) (?:my |the )?chest"
    r"|\btight chest\b|\bdizz(?:y|iness)\b|\blight-?headed|\bfaint(?:ed|ing)?\b|\bpass(?:ed|ing) out\b"
    r"|\bblack(?:ed|ing)? out\b"
    r"|\bshort(?:ness)? of breath\b|\bcan(?:'?t| ?not) breathe\b|\bpalpitations?\b"
    r"|\bheart (?:is )?(?:racing|flutter\w*|hurts?)"
    r"|\bnumb(?:ness)?\b|\bslurred\b",
    re.IGNORECASE,
)
PAIN = re.compile(
    r"\bpain(?:s|ful|fully)?\b|\bhurt(?:s|ing)?\b|\binjur(?:ed|y)\b(?=.*\b(?:today|now|just|new)\b)"
    r"|\btore\b|\btorn\b|\bpopped\b(?! (?:in|by)(?: to| for| and| quickly|$))"
    r"|\btwinges?\b|\btingl(?:es?|ing)\b|\bswollen\b|\bswelling\b",
    re.IGNORECASE,
)
# said of what is not there
ABSENT = re.compile(
    r"\b(?:no|not any|without|zero|free of)\s+(?:\w+\s+)?(?:chest )?(?:pain|dizziness|numbness"
    r"|swelling)\b|\bpain-?(?:free|less(?:ly)?)\b"
    r"|\b(?:does ?n'?o?t|did ?n'?o?t|is ?n'?o?t|not) (?:hurt(?:ing)?|painful|dizzy)\b|\bhurts? (?:so )?good\b",
    re.IGNORECASE,
)
STOP_URGENT = (
    "Please stop training now. What you describe needs a person, not an app: sit or lie down, do not train on, and if "
    "it does not pass at once, or comes with chest pain, trouble breathing, numbness or fainting, call your emergency "
    "number. Have a doctor look at it before you train again."
)
STOP_PAIN = (
    "Please stop that exercise. Pain is a reason to stop, and I cannot judge it from here. Leave out what hurts, and "
    "have a doctor or physiotherapist look at it if it is sharp, swells, or is still there in a few days. If you "
    "note the area under Settings, Injuries, the plan will spare it."
)

CLAIM = re.compile(
    r"\bI(?:'ve| have|'ll| will| just| already| have just| have already|'ve just|'ve already)*\s+"
    r"(?:changed|swapped|moved|replaced|added|removed|deleted|updated|adjusted|reduced|lowered|raised"
    r"|increased|dropped|"
    r"cancell?ed|rescheduled|scheduled|saved|logged|set up|shortened|lightened|modified|switched|cut|adapted|booked|"
    r"change|swap|move|replace|add|remove|delete|update|adjust|reduce|lower|reschedule|shorten|cut)\b(?! nothing\b)"
    r"|\b(?:your|the) (?:plan|programme?|session|workout|week|schedule|squat|bench|deadlift|sets?"
    r"|weights?|log)\b[^.!?]{0,40}"
    r"\b(?:has|have|is|are|was|were) (?:now |just |already |been )+(?:\w+ )?"
    r"(?:changed|swapped|moved|replaced|added|removed|deleted|updated|adjusted|reduced|lowered|raised"
    r"|increased|dropped|"
    r"cancell?ed|rescheduled|saved|logged|shortened|lightened|modified|switched|cut|adapted)\b"
    r"|^(?:done|all set)[.!:,]",
    re.IGNORECASE,
)
MEDICAL = re.compile(
    r"\b(?:you (?:probably |likely |may |might |could |clearly )?have|it(?:'s| is)(?: probably| likely)?"
    r"|sounds like|signs? of)"
    r" (?:an? |the )?(?:\w+ )?(?:tendin\w+|tendon\w+|hernia\w*|sciatica|arthritis|bursitis|impingement"
    r"|sprain|strain|tear|fracture|"
    r"concussion|infection|syndrome|disc|disease|angina)"
    r"|\bdiagnos\w+|\b(?:take|try|use) (?:an? |some )?(?:ibuprofen|aspirin|paracetamol|acetaminophen"
    r"|naproxen|painkillers?|"
    r"nsaids?|steroids?|medication)|\b\d+ ?mg\b",
    re.IGNORECASE,
)
PUSH_ON = re.compile(
    r"\b(?:through|past|despite|ignore|ignoring|beat) (?:the |your |that |any )?(?:pain|dizziness)\b"
    r"|\bno pain,? no gain\b"
    r"|\bpain is (?:just )?(?:weakness|normal|good)",
    re.IGNORECASE,
)
CLAIMED = "claimed a change"
CLAIMS = tuple((CLAIMED, tongue.claim) for tongue in TONGUES)
FORBIDDEN = ((CLAIMED, CLAIM), *CLAIMS, ("medical claim", MEDICAL), ("train through pain", PUSH_ON))
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
LONGEST = 1800  # characters of an answer: the 120 words asked for, and room for other languages
LONGEST_SENTENCE = 400


def stop_message(text: str) -> str | None:
    """What is answered to pain, dizziness or chest pain, whatever a model would say, in the language in which it was
    told; None where none is told of."""
    plain = " ".join(text.replace("’", "'").split())
    told = ABSENT.sub(" ", plain)
    if URGENT.search(told):
        return STOP_URGENT
    abroad = [(tongue, tongue.absent.sub(" ", plain)) for tongue in TONGUES]
    urgent = next((tongue.stop_urgent for tongue, words in abroad if tongue.urgent.search(words)), None)
    if urgent or PAIN.search(told):
        return urgent or STOP_PAIN
    return next((tongue.stop_pain for tongue, words in abroad if tongue.pain.search(words)), None)


@dataclass(frozen=True, slots=True)
class Refused:
    """Words of the model that the athlete does not see."""

    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """A change that really happened in this conversation: its words as stored, and what it is about."""

    words: str
    about: str

    def bears_out(self, sentence: str) -> bool:
        """Whether a sentence that claims a change tells of this one, with no number but those stored."""
        told = sentence.casefold()
        return self.about.casefold() in told and set(NUMBER.findall(told)) <= set(NUMBER.findall(self.words))


@dataclass(slots=True)
class Sieve:
    """Lets a model's text through sentence by sentence, as it streams; keeps what it held back."""

    refused: list[Refused] = field(default_factory=list)
    passed: str = ""
    deeds: Sequence[Deed] = ()  # claims that one of them bears out pass
    also: Callable[[str], str | None] = lambda _sentence: None  # why else a sentence is held back
    _held: str = ""

    def feed(self, text: str) -> str:
        """What may be shown after these further words: whole sentences only."""
        self._held += text
        shown = ""
        while (end := SENTENCE_END.search(self._held)) or len(self._held) > LONGEST_SENTENCE:
            cut = end.end() if end else LONGEST_SENTENCE
            sentence, self._held = self._held[:cut], self._held[cut:]
            shown += self._judge(sentence)
        return shown

    def end(self) -> str:
        """The rest, once the model is done."""
        rest, self._held = self._held, ""
        return self._judge(rest)

    def _judge(self, sentence: str) -> str:
        why = self._forbidden(sentence.strip()) or self.also(sentence)
        if why is None and len(self.passed) + len(sentence) > LONGEST:
            why = "past the limit"
        if why is not None:
            self.refused.append(Refused(why, sentence.strip()[:LONGEST_SENTENCE]))
            return ""
        self.passed += sentence
        return sentence

    def _forbidden(self, sentence: str) -> str | None:
        faults = (name for name, pattern in FORBIDDEN if pattern.search(sentence))
        true = any(deed.bears_out(sentence) for deed in self.deeds)
        return next((name for name in faults if not (true and name == CLAIMED)), None)
