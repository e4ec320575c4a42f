"""What is asked of a coach beside one's own numbers: short, honest answers, or where in Gainsly it is done.

Every text begins with the sentence that answers; the minimalist says that sentence alone.
"""

# ruff: noqa: E501 - tables of words are read by the line

from __future__ import annotations

import re

from gainsly.lib.strength import one_rep_max
from gainsly.lib.units import kg_to_lb, lb_to_kg

WHAT_IS = r"\b(?:what(?:'s| is| does|s| are)|explain|meaning of|define|was (?:ist|heißt|bedeutet))\b.*?\b"
# (words, answer); the first that fits is told
TOPICS: tuple[tuple[str, str], ...] = (
    (r"^(?:hi|hello|hey|hallo|moin|servus|good (?:morning|evening|afternoon))(?: \w+){0,2}$",
     "Hello! Ask me what is on today, which weight to use, how a lift is going or what is sore; or tell me your minutes "
     "and I propose a fitting session."),
    (r"^(?:thanks|thank you|thx|ty|cheers|danke|ok(?:ay)?|great|nice|perfect|cool|got it)(?: \w+){0,3}$",
     "You are welcome. Ask again whenever something is unclear."),
    (r"\b(?:who are you|what are you|are you (?:an? |really )?(?:chat ?gpt|gpt|ai|bot|robot|human|real|person|llm))\b",
     "I am the coach that is built into Gainsly: fixed rules that read your own plan and log. No language model "
     "answers here; where one is set up, the page says so."),
    (r"\b(?:to|til|until|till) failure\b",
     "No: the plan stops a few repetitions before failure on purpose, because the last ones cost more recovery than they "
     "bring. The number after @ says how close to go."),
    (r"\b(?:train|lift|work ?out|gym)\b.*\b(?:with|while|when) (?:i have |i am |i'm |having )?(?:a )?(?:cold|flu|fever|sick|ill|hungover|hangover)\b",
     "With a fever, a cough deep in the chest or aching limbs: rest, and ask a doctor if it lasts. With a light cold, an "
     "easier session is your choice: tell me how tired you are and I propose one, or note that you are ill under Coach, "
     "What your coach sees."),
    (r"\bhow many (?:days|times)\b.*\b(?:train|week|lift)\b|\bhow often should i\b|\bi want to train (?:\d|two|three|four|five|six)\b",
     "As many as you can keep: two to four days a week carry most people far, and each muscle does well with two. The "
     "number of days belongs to the programme; make one under Program, and the preview shows what your days can hold."),
    (r"\b(?:more|fewer|less) reps?\b",
     "Within the planned range, yes: a set at its top is what raises the next load. Beyond it, log what you did; the next "
     "session is worked out from that."),
    (r"\bis (?:one|two|three|four|five|\d+) sets? (?:enough|too (?:much|many|few))\b",
     "What counts is the sum per muscle and week, not the single exercise. Ask me, for instance, how many sets your chest "
     "got this week."),
    (r"\b(?:is|check|judge|rate) my (?:form|technique)\b",
     "I cannot see you lift, so I cannot judge that. Ask me how an exercise is done and I give you its cues; a film from "
     "the side, held against them, shows most."),
    (r"\b(?:bad|dangerous|safe|harmful|unsafe) (?:for|on) (?:your|my|the) \w+\b|\bwill \w+ (?:ruin|wreck|destroy) my\b",
     "No exercise is good or bad for everybody; load, form and what you are used to decide. If an area of yours is "
     "sensitive, enter it under Settings, Injuries, and the plan spares it. Pain is a reason to stop."),
    (r"\b(?:what|how much) should i weigh\b|\bideal weight\b",
     "I name no weight to aim for: it says little about health or strength. Ask me how your body weight is going, or how "
     "a lift is."),
    (r"\beat (?:something )?(?:before|after)\b|\bon an empty stomach\b",
     "Whatever sits well with you: most people lift best two to three hours after a meal, or with something small an hour "
     "before. Afterwards the day's food counts more than the hour."),
    (r"\b(?:bored|boring|sick of|tired of) (?:of |with )?(?:this|my|the) (?:program\w*|plan|workouts?|training)\b",
     "Then change something: name an exercise and I propose a swap, or make a new programme under Program; your log goes "
     "along."),
    (r"\b(?:fuck|screw|damn) (?:this|it|that|training)\b|\bi (?:quit|give up)\b|\bthis sucks\b",
     "Some days are like that, and one of them decides nothing. Skip it, move it, or tell me how tired you are and I "
     "propose an easier one."),
    (r"\b(?:see|get) (?:my |some )?abs\b|\bsix ?pack\b",
     "I promise no date. Abs show by what you eat more than by what you train; the plan trains them, the kitchen shows them."),
    (r"\b(?:other|another|someone else|somebody else|other people)(?:'?s)?\b.*\b(?:workouts?|data|logs?|plans?|users?|numbers)\b",
     "I can only see your own rows. No question reaches another athlete's data."),
    (r"\b(?:delete|erase|close|remove) (?:my |the )?(?:account|profile|data)\b",
     "I cannot do that, and I would not without your tap. It is under Settings, where you can also take all your data "
     "with you first."),
    (r"\b(?:export|download) (?:my |all )?(?:\w+ )?(?:data|log|history|workouts?)\b",
     "Settings has the export of everything, as files. A single conversation is exported from its own page."),
    (r"\b(?:log|record|enter|save) (?:a|my|this|the|these) (?:sets?|workout|session)\b",
     "I cannot log for you. Start the session under Train; every set is one tap there, without signal too."),
    (r"\b(?:calories|kcal|diet|meal|eat|macros?|carbs?|keto|fasting|lose (?:fat|weight)|fat loss|cut(?:ting)?|bulk(?:ing)?|get lean)\b",
     "I do not plan meals, so I will not name a number of calories. Whether weight goes up or down is decided by how "
     "much you eat; the training keeps the muscle meanwhile. Log your body weight under Progress, Body, and ask me "
     "how it is going."),
    (r"\b(?:creatine|supplements?|pre-?workout|bcaas?|whey|caffeine)\b",
     "Of all supplements creatine has the best evidence for strength, 3 to 5 g a day (position stand of the ISSN, 2017), "
     "and caffeine helps a little on the day. None replaces sleep, food and the next session. With an illness or "
     "a prescription, ask a doctor first."),
    (WHAT_IS + r"(?:an? )?(?:rpe|rate of perceived exertion)\b",
     "RPE is how hard a set was, out of ten. At 8 you could still do two more repetitions, at 9 one, at 10 none."),
    (WHAT_IS + r"(?:rir|reps? in reserve)\b",
     "RIR are the repetitions that you could still have done at the end of a set. RIR 2 is the same as RPE 8."),
    (WHAT_IS + r"(?:an? )?(?:e1rm|1rm|one rep max|estimated max)(?: mean)?$",
     "It is the weight that you could about lift once, worked out from weight, repetitions and effort of your sets. It "
     "is good to a few per cent, and you never have to try it."),
    (WHAT_IS + r"(?:an? |the )?deload(?: week)?(?: mean| for)?$",
     "A deload is a planned lighter week: fewer sets and less effort, so that the tiredness of the weeks before goes. "
     "Ask me when yours comes."),
    (WHAT_IS + r"(?:an? )?supersets?\b",
     "A superset is two exercises done in turn, with little rest between them, to save time. Gainsly pairs only those "
     "that tire different muscles."),
    (WHAT_IS + r"(?:an? )?amrap\b",
     "AMRAP means as many rounds, or repetitions, as you can in the time given, with clean form."),
    (WHAT_IS + r"(?:an? )?(?:hard sets?|volume)(?: mean)?$",
     "A hard set is one that ends a few repetitions before you could do no more. Volume here counts those per muscle and "
     "week; a muscle that only helps counts half."),
    (r"\b(?:should|do|can) i stretch\b|\bstretch(?:ing)? (?:before|after)\b",
     "The planned warm-up is enough before lifting: movement first, then lighter sets. Long holds right before heavy "
     "sets can take a little strength; they fit better afterwards or on another day."),
    (r"\b(?:can|should|could|may|want to|wanna|gonna|will) (?:i )?(?:just )?skip\b",
     "You decide: open the session and choose Skip, or Move, which keeps the work. Nothing breaks by one skipped day; "
     "the plan goes on with what you do log. Short of time or sore? Tell me how much, and I propose a lighter session "
     "instead."),
    (r"\bi(?:'m| am| will be|'ll be| have| got)\b.*\b(?:ill|sick|a cold|flu|fever|travell?ing|away|on (?:a )?(?:holiday|vacation|trip))\b",
     "Write it as a note under Coach, What your coach sees, with its last day. There you confirm what should follow, such "
     "as fewer minutes or other kit, and each adapted session counts it. With a fever, do not train."),
    (r"\b(?:shoulder|elbow|wrist|hip|knee|ankle|neck|lower back)s?\b.*\b(?:touchy|tight|stiff|cranky|niggl\w+|funny|tweak\w*|irritated|clicks?|clicking)\b",
     "I cannot judge that from here, but the plan can spare it. Enter the area under Settings, Injuries, or for some days "
     "as a note under Coach, What your coach sees. Or tell me to swap an exercise for something friendlier to it. If "
     "it turns into pain, stop and have it looked at."),
    (r"\b(?:change|edit|new|another|different) (?:my |the |a )?(?:goals?|programme?|plan|split|training days|schedule)\b",
     "Goals, days and split belong to the programme: make a new one under Program, and the log goes along. Single "
     "exercises are swapped, moved and edited on the session's page."),
    (r"\b(?:no motivation|not motivated|unmotivated|don'?t (?:feel like|want to) train\w*|can'?t be bothered|lazy)\b",
     "Do the warm-up and the first main, then decide again: most days the rest follows. If time or sleep is the reason, "
     "tell me how many minutes you have or how long you slept, and I propose a shorter session."),
    (r"\b(?:can|should|could|may) i\b.*\b(?:cardio|run|running|jog|swim|cycle|bike|hiit|row(?:ing)? machine)\b",
     "Yes: easy cardio fits after the lifting or on another day, and hard legs work wants a day between. Log it under "
     "Activities, a planned one too, and the sessions around it are eased where it tires the same muscles."),
    (r"\b(?:no gym|gym is closed|at home|hotel room|without (?:a |the )?gym)\b",
     "Tell me what you have, for instance: I only have dumbbells today. Then I propose the session with that kit. For "
     "several days, note it under Coach, What your coach sees."),
    (r"\b(?:how long|when)\b.*\b(?:see results|build muscle|get (?:big|stronger|strong|abs))\b",
     "I promise no date. Strength usually shows in the log within weeks, muscle within months; ask me whether you are on "
     "track, and I compare your log with the plan."),
)  # fmt: skip
COMPILED = tuple((re.compile(words), answer) for words, answer in TOPICS)
DONE = re.compile(r"\b(\d{2,3}(?:[.,]\d)?) ?(kg|kilos?|lbs?|pounds?)?\b\s*(?:for|x|×|by)\s*(\d{1,2})\b(?:\s*reps?)?")
MAXIMUM = re.compile(r"\b(?:max|1rm|e1rm|one rep)\b")
NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
TO_POUNDS = re.compile(NUMBER + r" ?(?:kg|kgs|kilos?)\b.*\b(?:lbs?|pounds?)\b")
TO_KILOS = re.compile(NUMBER + r" ?(?:lbs?|pounds?)\b.*\b(?:kg|kgs|kilos?)\b")
GERMAN_HELP = (
    "Das habe ich nicht verstanden; Deutsch verstehe ich nur in einfachen Sätzen, und ich antworte auf Englisch. Frag "
    "zum Beispiel: Was trainiere ich heute? Wie geht es meiner Kniebeuge? Wann ist der Deload? Ich habe nur 30 Minuten."
)


def topic_of(text: str) -> str | None:
    """The answer to a lower-case question that needs no look into the athlete's rows; None where there is none."""
    return _converted(text) or next((answer for words, answer in COMPILED if words.search(text)), None)


def _converted(text: str) -> str | None:
    if found := TO_POUNDS.search(text):
        kilos = float(found.group(1).replace(",", "."))
        return f"{kilos:g} kg are {kg_to_lb(kilos):.1f} lb."
    if MAXIMUM.search(text) and (found := DONE.search(text)):
        return _maximum(float(found.group(1).replace(",", ".")), found.group(2) or "", int(found.group(3)))
    if found := TO_KILOS.search(text):
        pounds = float(found.group(1).replace(",", "."))
        return f"{pounds:g} lb are {lb_to_kg(pounds):.1f} kg."
    return None


def _maximum(weight: float, unit: str, reps: int) -> str:
    most = one_rep_max(weight, reps)
    if most is None:
        return f"A set of {reps} says too little about a maximum: take one of ten repetitions at most."
    told = f"{most:.0f} {unit}".rstrip()
    return (
        f"About {told}, by the formula that your log uses as well, if that set left nothing in reserve. One set can be off "
        "by a few per cent. Log it with its effort, and your own line takes it up."
    )
