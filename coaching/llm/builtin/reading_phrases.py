"""The built-in coach's words for the further readings of readings.py; the order of tones is that of phrases.py."""

# ruff: noqa: E501 - tables of words are read by the line

from __future__ import annotations

READING_PHRASES: dict[str, tuple[str, str, str, str, str]] = {
    "topic": (
        "{what} That is all there is to it. Now train.",
        "{what} Just ask if anything else is on your mind.",
        "In short: {what}",
        "{what} Now you know, so make it count!",
        "{short}",
    ),
    "german": (
        "Deutsch nur in einfachen Sätzen. Antwort auf Englisch.",
        "Deutsch verstehe ich leider nur in einfachen Sätzen; meine Antwort ist englisch.",
        "Hinweis: einfache deutsche Sätze werden erkannt, geantwortet wird auf Englisch.",
        "Einfaches Deutsch bekomme ich hin, und weiter geht es auf Englisch!",
        "Antwort englisch.",
    ),
    "move": (
        "{title} {when} can move: open the session, Move, pick the day. {tomorrow} Free: {free}. I move nothing.",
        "Yes, you can: open {title} ({when}) and choose Move. {tomorrow} Days without a session are {free}. I cannot move "
        "it for you.",
        "{title} ({when}) is moved on its own page, by Move; the check for its neighbours runs there. {tomorrow} Days "
        "without a session: {free}.",
        "Of course you can! Open {title} ({when}), tap Move and choose the day. {tomorrow} Still open: {free}!",
        "Move it on the session's page. {tomorrow} Free: {free}.",
    ),
    "move_none": (
        "Nothing planned to move. Train when you like.",
        "There is no planned session in the coming days, so nothing stands in your way.",
        "No planned session within 14 days; nothing to move.",
        "Nothing to move: the days ahead are all yours!",
        "Nothing to move.",
    ),
    "rest_day": (
        "Next day off: {day}. Until then: {before}.",
        "Your next day without a session is {day}. Before it: {before}. Enjoy it when it comes.",
        "First day without a planned session: {day}. Sessions before it: {before}.",
        "{day} is yours to recharge! Before it comes {before}.",
        "{day}.",
    ),
    "days": (
        "Your days: {days}. Be there.",
        "Here is what is ahead: {days}. The days between are for resting.",
        "Planned for the next seven days: {days}. The plan spreads hard work on the same muscles over them.",
        "Look what is coming: {days}! Every one of them counts!",
        "{days}.",
    ),
    "in_a_row": (
        "Yes, if the days differ. Yours: {days}. One day a week off. That is an order.",
        "Yes, as long as the days load different muscles and a rest day follows within the week. Yours are {days}, and "
        "they are spread with that in mind.",
        "Consecutive days work where they load different muscles. Planned within seven days: {days}. The plan keeps hours "
        "between hard work on the same pattern.",
        "You can, when the days work different muscles! Yours: {days}, with rest where it counts!",
        "Yes, with different muscles. {days}.",
    ),
    "days_none": (
        "Nothing planned for seven days. Make a programme.",
        "There is nothing planned for the next seven days.",
        "Planned sessions in the next seven days: 0.",
        "Seven open days: time to make a programme and fill them!",
        "Seven days, nothing planned.",
    ),
    "missed": (
        "Gone is gone. No double session. Next: {next}.",
        "That happens, and one missed session costs nothing. Do not make up for it by doing two at once: go on with "
        "{next}. What you missed stays visible and the coming week is written from what you really did.",
        "Do not add it on top of another session. Continue with {next}; the next week is generated from the log, the "
        "missed work included.",
        "One missed day decides nothing! Go on with {next} and you are back on it!",
        "Go on with {next}. No doubling.",
    ),
    "protein": (
        "{low} to {high} g of protein a day at {weight}. Every day. Meals are your job, not mine.",
        "At {weight} I would aim for about {low} g of protein a day, up to {high} g if you like. In studies of lifters "
        "more than 1.6 g per kg brought little (Morton and others, 2018). I plan no meals, so this is a guide only.",
        "1.6 to 2.2 g per kg and day; at {weight}: {low} to {high} g. Source: Morton et al. 2018, a meta-analysis, "
        "where gains levelled off near 1.6 g/kg. I keep no count of your meals.",
        "At {weight} some {low} to {high} g a day give your training what it builds with! (1.6 to 2.2 g per kg, Morton and "
        "others 2018.) The meals are yours to choose!",
        "{low} to {high} g a day at {weight}.",
    ),
    "protein_none": (
        "1.6 to 2.2 g per kg of body weight a day. Log your weight and I give you grams.",
        "About 1.6 g of protein per kg of body weight a day, up to 2.2 g if you like; in studies of lifters more brought "
        "little (Morton and others, 2018). Log your weight under Progress, Body, and I can say it in grams.",
        "1.6 to 2.2 g per kg and day (Morton et al. 2018). No body weight is logged, so no grams can be given.",
        "1.6 to 2.2 g per kg a day is what muscle is built with! Log your weight and I turn it into grams!",
        "1.6 to 2.2 g per kg a day.",
    ),
    "stuck": (
        "{lift}: {latest}, {trend}, {change} since {since}. Why, no log can prove. Sleep, food, missed sets: check them.",
        "Your {lift} is at an estimated {latest} and is {trend} ({change} since {since}). The log shows what, not why. "
        "Most often it is sleep, food or missed sessions; ask me whether you are on track, and I show you those.",
        "{lift}: e1RM {latest}, {change} since {since}, trend: {trend}, n = {points}. A cause cannot be read from it. "
        "Check next: sessions kept, recovery, effort of the sets (ask: am I on track).",
        "{lift} stands at {latest}, {trend}, {change} since {since}: every lift has such times! Keep the sessions and "
        "the sleep, and ask me whether you are on track!",
        "{lift}: {latest}, {trend}. The cause is not in the log.",
    ),
    "target": (
        "{lift}: {latest} now, {change} since {since}. No date from me. Train.",
        "I cannot promise a date. Your {lift} is at an estimated {latest} and {trend}, {change} since {since}. Progress "
        "slows as one gets stronger, so a line drawn ahead would please you more than it would be true.",
        "No reliable date exists. {lift}: e1RM {latest} ({trend}, {change} since {since}, n = {points}). Gains shrink with "
        "training age; extending the line would overstate them.",
        "You are at {latest} on {lift}, {change} since {since}! When you get there nobody can say, but each session "
        "brings it closer!",
        "No date. {lift}: {latest}, {change} since {since}.",
    ),
    "grow": (
        "{lift} is at {latest}, {trend}. Make every planned set, hit the effort, sleep, eat. No tricks.",
        "Your {lift} is at an estimated {latest} and {trend}. What raises it: keep the planned sets and their effort, "
        "sleep, and eat enough. To give it more room, make it a priority when you make your next programme.",
        "{lift}: e1RM {latest}, {trend}, {change} since {since}. Levers in order: planned sets done, effort as planned, "
        "sleep and food, then more weekly sets by a priority in the next programme.",
        "{lift} is at {latest} and there is more in you! Make every planned set, sleep and eat, and give it priority in "
        "your next programme!",
        "{lift}: {latest}. Planned sets, effort, sleep, food.",
    ),
    "ranking": (
        "{lift}: {latest}. I rank you against nobody but you: {change} since {since}.",
        "I do not compare you with others: bodies, ages and years of training differ too much. Against yourself: your "
        "{lift} is at {latest}, {change} since {since}, best {best}.",
        "No comparison with other people is made here. Own line: {lift} e1RM {latest}, {change} since {since}, best "
        "{best}.",
        "The one to beat is you: {lift} at {latest}, {change} since {since}, best {best}!",
        "{lift}: {latest}, best {best}. I do not rank people.",
    ),
    "more_volume": (
        "{muscle}: {sets} hard sets in the week of {week}. Finish those first. More: priority muscle, next programme.",
        "Your {muscle} had {sets} hard sets in the week of {week}. If you want more, make it a priority muscle when you "
        "make a programme, or add a set on a session's page. More helps only as long as you recover from it.",
        "{muscle}, week of {week}: {sets} hard sets so far. More is set as a priority muscle of a programme or per session "
        "by Edit; returns shrink with every further set.",
        "{sets} hard sets for {muscle} in the week of {week} already! Hungry for more? Make it a priority muscle in your "
        "next programme!",
        "{muscle}: {sets} sets, week of {week}. More: priority muscle.",
    ),
    "strain_some": (
        "Signs: {signs}. {deload} Ease today if you must: say so.",
        "I cannot tell from here whether you train too much, but these signs are in your log: {signs}. {deload} Tell me "
        "how you slept or how tired you are and I propose an easier session. If it lasts for weeks, see a doctor.",
        "Overtraining is no verdict that a log allows. Signs present: {signs}. {deload} An easier session is proposed when "
        "you tell sleep, soreness or tiredness.",
        "Your body is asking for a little room: {signs}. {deload} Tell me how tired you are, and we make today fit!",
        "Signs: {signs}. {deload}",
    ),
    "strain_none": (
        "No sign of it: recovery {score}, no main lift falling. {deload} Carry on.",
        "Nothing in your log points to it: recovery is {score} and none of your most trained lifts is going down. "
        "{deload} How you feel counts too: if you are worn out, tell me, and I propose an easier session.",
        "No sign present: recovery {score}; most trained lifts falling: none. {deload} The log does not know all.",
        "No sign of too much: recovery {score}, and no lift is falling! {deload}",
        "No sign. Recovery {score}. {deload}",
    ),
    "movement_guide": (
        "{name}: {cues}. Watch it once, then lift light until it sits.",
        "{name}: {cues}. Start light and add weight only while it looks like that. More is under Movements.",
        "{name}, cues in order: {cues}. Kit: {kit}.",
        "{name} in a nutshell: {cues}. Start light, and it will soon feel like yours!",
        "{name}: {cues}.",
    ),
    "muscles": (
        "{name} works {muscles}. The first does the most. Make it work.",
        "{name} trains {muscles}, the first of them the most. You should feel it there.",
        "{name}: {muscles}, in the order of their share.",
        "{name} is for your {muscles}: feel them grow!",
        "{muscles}.",
    ),
    "guide_none": (
        "No {asked} in the library. Another name?",
        "I do not find {asked} in the library, so I will not guess how it is done. Does it go by another name?",
        "No movement of the library matches {asked}; no cues can be given.",
        "{asked} is new to me: try another name!",
        "{asked}: not in the library.",
    ),
}
