"""The built-in coach's words: one row per case, one text per tone, facts in the gaps.

Every text says only what was read. None claims to have done something: the chat changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from .reading_phrases import READING_PHRASES

TONES = ("drill_sergeant", "supportive", "analytical", "motivational", "minimalist")

PHRASES: dict[str, tuple[str, str, str, str, str]] = {
    "session": (
        "{title}, {when}. {minutes} minutes, no drifting. Mains: {mains}.{advice}{done} Be under the bar on time.",
        "For {when} you have {title}, about {minutes} minutes. The heart of it is {mains}.{advice}{done} "
        "Take the warm-up calmly and see how you feel.",
        "{when}: {title}, {count} exercises, estimated {minutes} min. Main work: {mains}.{advice}{done}",
        "{title} is waiting for you {when}! {minutes} minutes around {mains}.{advice}{done} Another step "
        "towards your goal!",
        "{when}: {title}, {minutes} min. {mains}.{advice}{done}",
    ),
    "rest": (
        "Nothing {when}. Rest is an order. Next up: {next}.",
        "You have nothing planned {when}, so enjoy the rest: it is when your body builds. Coming up: {next}.",
        "No session {when}. Next in the plan: {next}. Rest days are part of the programmed dose.",
        "No session {when}: this is where the work turns into strength! Next: {next}.",
        "{when}: rest. Next: {next}.",
    ),
    "no_programme": (
        "No active programme. Fix that first: make one under Program, then report back.",
        "You have no active programme yet. When you are ready, Program walks you through making one.",
        "There is no active programme, so there is no plan to read. One can be made under Program.",
        "No programme yet, which means the best part is still ahead! Make one under Program.",
        "No active programme. See Program.",
    ),
    "lift": (
        "{lift}: {latest} estimated max, {trend}. {change} since {since} over {points}. Best is {best}. "
        "Go and beat it.",
        "Your {lift} stands at an estimated {latest} and is {trend} ({change} since {since}, over {points}). "
        "Your best so far is {best}. Every set you logged is in there.",
        "{lift}: e1RM {latest}; change {change} since {since}; n = {points}; best {best}; trend: {trend}. "
        "One estimate can be off by about 4 %.",
        "{lift} at {latest}, {trend}! That is {change} since {since}, across {points}. Your best is {best}: chase it!",
        "{lift}: {latest} ({change} since {since}). Best {best}.",
    ),
    "lift_none": (
        "No numbers for {lift}. Log a hard set of 10 reps or fewer, then ask again.",
        "I have no estimate for {lift} yet. Once you log a set or two with reps and effort, I can show you the trend.",
        "No e1RM points for {lift} in the last 12 weeks. An estimate needs a set at RPE 5 or above, 12 "
        "effective reps at most.",
        "{lift} is still a blank page! Log your first good set and watch the line begin.",
        "{lift}: no estimate yet.",
    ),
    "sore": (
        "Recovery: {score}. Not ready: {tired}. {worst} needs about {hours} h. Train around it, not through it.",
        "Your recovery today: {score}. Still recovering: {tired}. {worst} wants about {hours} more "
        "hours, so be kind to it.",
        "Recovery score: {score}. Muscles below 90 % recovered: {tired}. Estimated time for {worst}: {hours} h.",
        "Recovery: {score}. {tired} still rebuilding, {worst} ready in about {hours} h. That is what "
        "progress feels like!",
        "{score}. {tired}. {worst}: {hours} h.",
    ),
    "fresh": (
        "Recovery: {score}. Every muscle ready. No excuses.",
        "Good news: all your muscles have recovered. Check-in: {score}.",
        "Recovery score: {score}. No muscle is below 90 % recovered, by logged sets and reported soreness.",
        "Everything is recovered and ready to go! Check-in: {score}.",
        "All recovered. {score}.",
    ),
    "deload_now": (
        "This IS the deload: week {week} of {weeks}, {name}. Lift less. That is the job.",
        "You are in a lighter week right now (week {week} of {weeks} of {name}). Let it do its work.",
        "{name}, week {week} of {weeks}: deload. Fewer sets and less effort by design.",
        "Your lighter week is now, week {week} of {weeks} of {name}: you come back stronger from it!",
        "Deload now. Week {week}/{weeks}.",
    ),
    "deload_next": (
        "{name}, week {week} of {weeks}, {phase}. Deload starts {deload}. Until then: work.",
        "You are in week {week} of {weeks} of {name} ({phase}), working on {goals}. Your lighter week begins {deload}.",
        "{name}: week {week} of {weeks}, phase {phase}, goals {goals}. Next deload: {deload}.",
        "Week {week} of {weeks} of {name}, all for {goals}! The lighter week comes {deload}: push well until then.",
        "Week {week}/{weeks}, {phase}. Deload {deload}.",
    ),
    "deload_none": (
        "{name}, week {week} of {weeks}, {phase}. No deload left. Finish it.",
        "You are in week {week} of {weeks} of {name} ({phase}). No lighter week is left in this programme.",
        "{name}: week {week} of {weeks}, phase {phase}, goals {goals}. No further deload is planned.",
        "Week {week} of {weeks} of {name}: the home stretch, with no lighter week left in it!",
        "Week {week}/{weeks}, {phase}. No deload left.",
    ),
    "week": (
        "Week of {week}: {done} of {planned} sessions, {sets}, {tonnage} moved.{records} Do the next one.",
        "In the week of {week} you did {done} of {planned} planned sessions: {sets}, {tonnage} in all.{records} "
        "It all counts.",
        "Week of {week}: adherence {done}/{planned}; {sets}; tonnage {tonnage}.{records}",
        "Week of {week}: {done} of {planned} sessions and {tonnage} moved in {sets}!{records} Keep building!",
        "{week}: {done}/{planned}, {sets}, {tonnage}.{records}",
    ),
    "week_none": (
        "Week of {week}: nothing planned, nothing logged. Start now.",
        "The week of {week} has nothing planned or logged. A fresh start is always open to you.",
        "Week of {week}: no planned sessions and no logged sets.",
        "The week of {week} is empty: the next one is yours to fill!",
        "{week}: nothing.",
    ),
    "why": (
        "{exercise}, {dose}, {when}. Chosen for {reasons}.{against}{proof} Now lift it.",
        "{exercise} ({dose}) is there {when} because of {reasons}.{against}{proof} If it does not suit "
        "you, you can swap it "
        "on the session's page.",
        "{exercise}, {dose}, {when}. Highest scores: {reasons}.{against}{proof}",
        "{exercise} is in your plan {when} for good reasons: {reasons}!{against}{proof}",
        "{exercise}: {reasons}.{against}",
    ),
    "why_none": (
        "I find no {asked} in your coming sessions. Name an exercise that is in them.",
        "I could not find {asked} in your coming sessions. Which exercise do you mean?",
        "No planned exercise of the next 14 days matches {asked}.",
        "I cannot spot {asked} in your coming sessions: tell me another exercise and I will show you its reasons!",
        "{asked}: not in your coming sessions.",
    ),
    "records": (
        "Your marks: {records}. They are there to be broken.",
        "Your latest records: {records}. Well earned.",
        "Latest records: {records}.",
        "Look at these: {records}! More to come!",
        "{records}.",
    ),
    "records_none": (
        "No records yet. Go and set one.",
        "No records yet, and that is fine: they come with logged workouts.",
        "No records stored. A record needs an earlier mark of the same lift to beat.",
        "Your first record is still ahead of you!",
        "No records yet.",
    ),
    "volume": (
        "Week of {week}: {sets}. Per muscle: {muscles}. Numbers do not lie.",
        "In the week of {week} you did {sets}. Counted per muscle: {muscles}.",
        "Week of {week}: {sets}; fractional hard sets per muscle: {muscles}. Direct work counts 1, indirect 0.5.",
        "{sets} in the week of {week}! Most of it went to {muscles}.",
        "{week}: {sets}. {muscles}.",
    ),
    "volume_none": (
        "No sets this week. Get moving.",
        "There are no logged sets this week yet.",
        "Logged working sets this week: 0.",
        "The week's first set is still yours to do!",
        "No sets this week.",
    ),
    "adherence": (
        "{done} of {planned} sessions, {percent} %. Streak: {streak}. Keep it alive.",
        "You did {done} of {planned} planned sessions ({percent} %), and your streak is {streak}. "
        "Showing up is the hard part.",
        "Adherence over 12 weeks: {done}/{planned} ({percent} %). Current streak: {streak}.",
        "{percent} % of your sessions done, {done} of {planned}, and {streak} in a row!",
        "{done}/{planned} ({percent} %). Streak {streak}.",
    ),
    "adherence_none": (
        "Nothing was due yet. Nothing missed either. Begin.",
        "No sessions have been due yet, so there is nothing to have missed.",
        "No planned sessions in the last 12 weeks, so no adherence can be given.",
        "Nothing due yet: your streak starts with the next session!",
        "Nothing due yet.",
    ),
    "workouts": (
        "Last workouts: {workouts}. What counts is the next one.",
        "Your latest workouts: {workouts}.",
        "Most recent workouts: {workouts}.",
        "You have been busy: {workouts}!",
        "{workouts}.",
    ),
    "workouts_none": (
        "No workouts logged. Change that today.",
        "No workouts are logged yet. The first one is the start.",
        "Logged workouts: 0.",
        "Your first workout is waiting to be logged!",
        "No workouts yet.",
    ),
    "current": (
        "{title}: {sets} in. So far: {so_far}.{left} Eyes on the next set.",
        "You are in {title}, with {sets} logged: {so_far}.{left} You are doing the work.",
        "Running workout: {title}; {sets} logged: {so_far}.{left}",
        "{title} is on, {sets} in the bank: {so_far}!{left} Keep going!",
        "{title}: {so_far}.{left}",
    ),
    "current_none": (
        "No workout is running. Start one under Train.",
        "No workout is running at the moment. You can start one under Train.",
        "There is no open workout.",
        "Nothing is running yet: start one under Train!",
        "No open workout.",
    ),
    "found": (
        "For {asked}: {names}. Pick one.",
        "For {asked} the library has {names}. Have a look under Movements.",
        "Matches for {asked}, best first: {names}.",
        "For {asked}, try {names}!",
        "{names}.",
    ),
    "found_none": (
        "Nothing in the library for {asked}. Say it another way.",
        "I found nothing for {asked}. Perhaps another word for it?",
        "No movement of the library matches {asked}.",
        "Nothing for {asked} yet: try another word!",
        "{asked}: nothing found.",
    ),
    "standing": (
        "On record: {notes}. Confirmed effects count when you adapt. All of it is under Coach, What I see.",
        "You told me: {notes}. What you confirmed counts when you adapt a session; you can end it any time under "
        "Coach, What I see.",
        "Standing notes: {notes}. Confirmed effects enter the adaptation of a session. All of it: Coach, What I see.",
        "I have it in mind: {notes}. Adapt a session and it counts, so that you keep moving! See Coach, What I see.",
        "Noted: {notes}. See Coach, What I see.",
    ),
    "standing_none": (
        "No notes on record. Ill or away? Write it under Coach, What I see.",
        "You have not noted anything for these days. If you are ill or travelling, tell me under Coach, What I see.",
        "Standing notes: none. They are written under Coach, What I see, with an end date.",
        "Nothing noted, so nothing in your way! If that changes, note it under Coach, What I see.",
        "No notes. See Coach, What I see.",
    ),
    "planned": (
        "{exercise}, {when}: {dose}{load}.{why}{rest}{warm_up} Every set counts.",
        "{when} you have {exercise}: {dose}{load}.{why}{rest}{warm_up} If it feels off on the day, go lighter.",
        "Planned for {when}: {exercise}, {dose}{load}.{why}{rest}{warm_up} The log of the day corrects the next load.",
        "{exercise} {when}, {dose}{load}!{why}{rest}{warm_up} You are ready for it!",
        "{exercise}, {when}: {dose}{load}.{rest}{warm_up}",
    ),
    "substitutes": (
        "In place of {asked}: {names}. No excuse left.",
        "In place of {asked} you could do {names}: they fit your kit and your limits. Tell me to swap it and I will "
        "propose that.",
        "Substitutes for {asked}, closest first, under your kit and rules: {names}.",
        "Plenty can stand in for {asked}: {names}! Say the word and I propose the swap!",
        "{names}.",
    ),
    "patterns": (
        "Strength by pattern: {patterns}.{beyond} Raise the lowest.",
        "Your strength by pattern: {patterns}.{beyond}",
        "Pattern strength index, now against the block before: {patterns}.{beyond}",
        "Look at your patterns: {patterns}!{beyond}",
        "{patterns}.{beyond}",
    ),
    "patterns_none": (
        "Not enough logged yet for strength by pattern. Train, log, ask again.",
        "There is not enough in the log for strength by pattern yet; a few weeks of sets will show it.",
        "Pattern strength needs logged sets in both blocks; there are too few so far.",
        "Your pattern strength is still in the making: keep logging!",
        "Not enough data yet.",
    ),
    "body": (
        "{latest} on {latest_on}. {change} since {since}: {trend}. Weigh in again this week.",
        "You weighed {latest} on {latest_on}, {change} since {since} ({trend}, {entries}). One day says little; the "
        "course counts.",
        "Body weight: {latest} ({latest_on}); {change} since {since}; {entries}; trend: {trend}.",
        "{latest} on {latest_on}, {change} since {since}! The line is {trend}: keep going!",
        "{latest}, {change} since {since}.",
    ),
    "body_none": (
        "No body weight logged. Step on the scale.",
        "No body weight is logged yet. You can note it under Progress, Body.",
        "Body weight entries in the last eight weeks: 0.",
        "Your first weigh-in is still ahead: note it under Progress, Body!",
        "No body weight yet.",
    ),
    "volume_muscle_none": (
        "{muscle}: no hard sets in the week of {week}. Fix it.",
        "I found no hard sets for {muscle} in the week of {week} yet; there may be some still ahead in your plan.",
        "Hard sets for {muscle}, week of {week}: 0.",
        "{muscle} is still fresh and waiting in the week of {week}: no hard sets so far!",
        "{muscle}, {week}: none.",
    ),
    "coming": (
        "From {from}: {count}, {kind}. {sessions}. Miss none.",
        "Your next week begins {from} and is {kind}, with {count}: {sessions}. No need to prepare anything today.",
        "Week from {from}: {count}, phase: {kind}. {sessions}.",
        "From {from} it goes on with {count}: {sessions}! The theme is {kind}!",
        "{from}: {sessions}.",
    ),
    "coming_none": (
        "Nothing written for the week from {from} yet. The plan writes it two days ahead. Train what is there.",
        "The week from {from} is not written yet: the plan makes it shortly before, from what you will have logged.",
        "Week from {from}: 0 sessions stored. Weeks are generated ahead from the log, or the programme ends before it.",
        "The week from {from} is still open, and what you log now shapes it!",
        "Week from {from}: not written yet.",
    ),
    "track": (
        "On track, {week}. Kept: {kept}. {lifts}. Do not get soft now.",
        "Yes, it goes well: {week}, {kept} kept in twelve weeks, and your lifts hold or grow: {lifts}.",
        "On track by two measures, {week}. Adherence: {kept}. Estimates: {lifts}.",
        "You are right on course in {week}! {kept} done, and look at {lifts}!",
        "Yes. {kept}. {lifts}.",
    ),
    "track_mixed": (
        "Not all of it, {week}. Kept: {kept}. {lifts}.{falling} Tighten up.",
        "Partly, and that is mendable: {week}, {kept} kept in twelve weeks. Your lifts: {lifts}.{falling} One steady "
        "week helps most.",
        "Mixed, {week}. Adherence: {kept}. Estimates: {lifts}.{falling} Short falls may be noise.",
        "There is ground to win back in {week}! {kept} done so far; {lifts}.{falling} The next session turns it!",
        "Partly. {kept}. {lifts}.{falling}",
    ),
    "track_none": (
        "Nothing logged, nothing to judge. Train first.",
        "I cannot tell yet: once a few workouts are logged, ask me again and I will compare them with the plan.",
        "No sessions due and no estimates in twelve weeks: on track is undefined so far.",
        "Your track begins with the first logged workout! Ask again after it!",
        "Too early to tell.",
    ),
    "last": (
        "{exercise}, {when}: {done}. Now do more.",
        "The last time you did {exercise} was {when}: {done}. Take it as your starting point.",
        "{exercise}, most recent: {when}. Working sets: {done}.",
        "{when} you did {done} on {exercise}: that is the mark to meet!",
        "{when}: {done}.",
    ),
    "last_none": (
        "{asked}: never logged. Log it.",
        "I find no finished workout with {asked} in your log, so I cannot tell what you did.",
        "Finished workouts containing {asked}: 0.",
        "{asked} is still ahead of you: no sets logged yet!",
        "{asked}: nothing logged.",
    ),
    "sleep": (
        "Sleep is {part} of 100 today, recovery {score}. Lowest: {worst}. A low score cuts sets. Go to bed.",
        "Your sleep counts {part} of 100 today, within a recovery score of {score} ({worst} is lowest). When the score "
        "is low the plan takes sets away and leaves more in reserve, so one bad night does no harm.",
        "Sleep component {part}/100 (8 h = 100); recovery score {score} is the plain mean of what you reported; "
        "minimum: {worst}. Below 60 the adaptation takes off sets, below 40 more of them.",
        "Sleep stands at {part} of 100 and recovery at {score}! Lowest is {worst}: a good night lifts it all!",
        "Sleep {part}/100, score {score}. Low score: fewer sets.",
    ),
    "sleep_none": (
        "No sleep reported. Check in first. Short sleep costs sets.",
        "You have not told your sleep today. When you do, it becomes part of your recovery score: short nights take "
        "some sets away, and a single one is nothing to worry about.",
        "No sleep entry today. Eight hours count 100; less scales down, and the recovery score averages it with the "
        "other signals. Below 60 sets go down.",
        "Tell me your sleep in the check-in, and the day is fitted to it: even a short night can hold a good session!",
        "No sleep told today. Short sleep: fewer sets.",
    ),
    "adapt": (
        "Proposal for {title}, {count}: {changes}. {minutes} minutes. Confirm on the card, then get to it.",
        "Here is how {title} could be kinder to you today ({count}, about {minutes} minutes): {changes}. Nothing "
        "changes until you confirm it on the card.",
        "Proposed for {title}: {count}; estimated {minutes} min. {changes}. Pending your confirmation.",
        "{title} can still be a win today: {count}, {minutes} minutes! {changes}. Tap the card if you are in!",
        "Proposal, {minutes} min: {changes}. Confirm on the card.",
    ),
    "adapt_none": (
        "{title} stands as planned. What you told me changes nothing. Go.",
        "{title} already suits what you told me, so I would leave it as it is.",
        "By the rules, these signals call for no change to {title}.",
        "{title} is fine just as it is. You have got this!",
        "{title}: no change needed.",
    ),
    "adapt_rest": (
        "No session today. Nothing to adapt. Rest.",
        "There is no session today, so there is nothing to adapt. Enjoy the rest.",
        "No session is planned today; there is nothing to adapt.",
        "No session today: recovery is doing its work!",
        "No session today.",
    ),
    "adapt_refused": (
        "Not possible: {why}",
        "I am sorry, that does not work right now. {why}",
        "Cannot be adapted. {why}",
        "Not this time: {why}",
        "{why}",
    ),
    "swap": (
        "Proposal {when}: {instead} for {exercise}, {reason}.{others} Confirm on the card.",
        "For {when} I would put {instead} in the place of {exercise}: {reason}.{others} Nothing changes until you "
        "confirm it on the card.",
        "Proposed {when}: {exercise} to {instead}. Reason: {reason}.{others} Pending your confirmation.",
        "How about {instead} instead of {exercise} {when}? Reason enough: {reason}!{others} Tap the card to take it!",
        "{exercise} to {instead}, {when}.{others} Confirm on the card.",
    ),
    "swap_none": (
        "Nothing for {asked} can replace {exercise} in your kit and limits.{others}",
        "I found no stand-in for {exercise} that fits {asked}, your kit and your limits.{others}",
        "No movement satisfies {asked} as a substitute for {exercise} under your rules.{others}",
        "Nothing matches {asked} for {exercise} yet.{others} Try other words!",
        "No stand-in for {exercise}.{others}",
    ),
    "help": (
        "That I do not know. Ask: what today, which weight on squat, how is my bench, what is sore, when the deload, "
        "why this exercise, swap it, I have 30 minutes.",
        "I am sorry, that I do not know: no language model is set up, and I go by fixed rules. What I can do: say what "
        "is on today, which weight to use, how a lift is going, what is sore, when the deload comes, why an exercise "
        "is in your plan. Tell me your minutes, sore muscles or a swap, and I propose it.",
        "No rule covers that. Answerable without a language model: a day's session, an exercise's load, rest and "
        "warm-up, e1RM of a lift, strength by pattern, recovery, deload date, week review, records, volume, adherence, "
        "body weight, reasons, substitutes, movement search. Proposals: minutes, soreness, sleep, kit, swaps.",
        "That one I cannot answer, but plenty else! Ask me what is on today, which weight to lift, how your squat is "
        "growing, what is sore or when the deload comes! Tell me your minutes or a swap and I propose it!",
        "I do not know that. Ask: today, a weight, a lift, soreness, deload, last week, why, swap, minutes.",
    ),
    **READING_PHRASES,
}


def phrase(case: str, tone: str, facts: Mapping[str, str]) -> str:
    """A case in a tone, facts filled in, its first letter a capital."""
    place = TONES.index(tone) if tone in TONES else TONES.index("supportive")
    text = PHRASES[case][place].format_map(facts)
    return text[:1].upper() + text[1:]
