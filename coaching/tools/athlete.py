"""The athlete that tools are bound to: not an argument, so that no words of a model can name another one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.selectors import AthleteFacts, athlete_facts, profile_of
from coaching.models import StandingNote
from coaching.models.standing import OTHER
from coaching.prompts.conversation import Athlete, Standing
from coaching.selectors import effects_of, notes_on, title_of
from gainsly.lib.units import kg_to_lb, round_half_up
from gainsly.lib.vocabulary import Units, label_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Bound:
    """The athlete and their own now: dates are of their zone, weights in their unit."""

    user: User
    facts: AthleteFacts
    now: dt.datetime
    today: dt.date
    notes: tuple[StandingNote, ...] = ()  # those that stand today

    def weight(self, kilograms: float | None) -> str:
        """ "142.5 kg", "315 lb"; empty without a load."""
        if kilograms is None:
            return ""
        imperial = self.facts.units == Units.IMPERIAL
        value = kg_to_lb(kilograms) if imperial else kilograms
        return f"{round_half_up(value * 2) / 2:g} {'lb' if imperial else 'kg'}"

    def moved(self, kilograms: float) -> str:
        """All the weight of a week, "23,022 kg": to the whole unit, because nobody needs half a kilogram of it."""
        imperial = self.facts.units == Units.IMPERIAL
        value = kg_to_lb(kilograms) if imperial else kilograms
        return f"{round_half_up(value):,.0f} {'lb' if imperial else 'kg'}"

    def day_of(self, word: str) -> dt.date | None:
        """ "today", "tomorrow", "friday" (the next one, today included) or an ISO date; None where it is none."""
        near = {"": 0, "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
        name = word.strip().lower()
        if name in near:
            return self.today + dt.timedelta(days=near[name])
        if name in WEEKDAYS:
            return self.today + dt.timedelta(days=(WEEKDAYS.index(name) - self.today.weekday()) % WEEK_DAYS)
        try:
            return dt.date.fromisoformat(name)
        except ValueError:
            return None

    def words_of(self, day: dt.date) -> str:
        """ "today", "tomorrow", "on Friday", "on Monday 30 November"."""
        days = (day - self.today).days
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}
        if days in near:
            return near[days]
        return f"on {day:%A}" if 0 < days < WEEK_DAYS else f"on {day:%A} {day.day} {day:%B}"

    def standing(self) -> tuple[Standing, ...]:
        """Notes in our words, with the athlete's own beside them."""
        return tuple(Standing(self._standing_fact(note), note.text) for note in self.notes)

    def noted(self, note: StandingNote) -> str:
        """A note in a sentence to the athlete."""
        counts = "it counts when you adapt a session" if note.confirmed_at else "nothing follows until you confirm it"
        told = f", and {counts}" if note.has_effects else ""
        return f"You noted: {title_of(note).lower()}, until {short_day(note.ends_on)}{told}."

    def _standing_fact(self, note: StandingNote) -> str:
        kind = title_of(note) if note.kind != OTHER else "A note"
        effects = "; ".join(effects_of(note))
        follows = f" Follows: {effects}." if effects and note.confirmed_at else ""
        open_ = f" Not confirmed by the athlete: {effects}." if effects and not note.confirmed_at else ""
        return f"{kind}, until {short_day(note.ends_on)}, that day included.{follows}{open_}"

    def prompt(self) -> Athlete:
        return Athlete(
            today=f"{self.today:%A} {self.today.isoformat()}",
            experience=label_of(self.facts.experience).lower(),
            units="pounds" if self.facts.units == Units.IMPERIAL else "kilograms",
            tone=self.facts.tone.value,
            level=self.facts.aggression,
            injuries=tuple(
                f"{label_of(one.area).lower()}, severity {one.severity} of 3" for one in self.facts.injuries
            ),
            standing=self.standing(),
        )


def bound(user: User, now: dt.datetime) -> Bound:
    today = now.astimezone(ZoneInfo(profile_of(user).time_zone)).date()
    notes = tuple(notes_on(user, today))
    return Bound(user=user, facts=athlete_facts(user, today), now=now, today=today, notes=notes)


def short_day(day: dt.date | str) -> str:
    """ "3 November"."""
    date = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return f"{date.day} {date:%B}"


Json = dict[str, Any]
