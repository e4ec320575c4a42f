"""Standing notes: written, confirmed, ended; and what confirmed ones add to how a day is adapted.

Nothing changes by a note alone. Confirmed, its injury stands in the settings until its last day, and its minutes, kit
and "as on a poor day" count where a session is adapted, which the athlete looks at and accepts as always.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import local_today
from accounts.services.injuries import add_injury, change_injury, remove_injury
from coaching.models import StandingNote
from coaching.models.standing import ILL, KINDS, MINUTES, SEVERITY, SORE, TEXT_LENGTH
from coaching.selectors import effects_of, note_for, notes_on, title_of
from gainsly.lib.errors import DomainError
from gainsly.lib.vocabulary import EQUIPMENT, InjuryArea, values_of

from .check_in import Told

LONGEST = dt.timedelta(days=365)
LONGEST_AGO = dt.timedelta(days=30)
POOR_DAY = 35.0  # a recovery score under 40 lightens a session by the rules of adaptation
FIELDS = ("kind", "text", "starts_on", "ends_on", "minutes", "equipment", "area", "severity")


class StandingNoteInvalidError(DomainError):
    """One or more fields of a standing note are not acceptable; ``errors`` says which."""


class NothingToConfirmError(DomainError):
    """The note has no effects, or is over."""

    code = "nothing_to_confirm"
    status = 409


@transaction.atomic
def write_note(*, user: User, kind: str, ends_on: dt.date, **details: Any) -> StandingNote:
    """Keep a note from today (or ``starts_on``) to ``ends_on``. Raises ``StandingNoteInvalidError``."""
    today = local_today(user)
    note = StandingNote(user=user, kind=kind, ends_on=ends_on, **{"starts_on": today, **details})
    note.text = " ".join(note.text.split())
    if note.area and note.severity is None:
        note.severity = SEVERITY[0]
    errors = errors_of(note, today)
    if errors:
        raise StandingNoteInvalidError(next(iter(errors.values()))[0], errors=errors)
    note.save()
    return note


def errors_of(note: StandingNote, today: dt.date) -> dict[str, list[str]]:
    """What is wrong with a note, by field; empty when all is well."""
    kit = note.equipment or []
    checks = {
        "kind": (note.kind in KINDS, _("“%(value)s” is not one of the kinds.") % {"value": note.kind}),
        "text": (len(note.text) <= TEXT_LENGTH, _("Keep it to %(limit)s characters.") % {"limit": TEXT_LENGTH}),
        "starts_on": (
            today - LONGEST_AGO <= note.starts_on <= today + LONGEST,
            _("Begin within a month back and a year ahead."),
        ),
        "ends_on": (
            max(note.starts_on, today) <= note.ends_on <= today + LONGEST,
            _("The last day is today or later, within a year, and not before the first."),
        ),
        "minutes": (
            note.minutes is None or MINUTES[0] <= note.minutes <= MINUTES[1],
            _("Choose from %(low)s to %(high)s minutes.") % {"low": MINUTES[0], "high": MINUTES[1]},
        ),
        "equipment": (set(kit) <= set(EQUIPMENT), _("There is no such equipment.")),
        "area": (
            note.area in ("", *values_of(InjuryArea)) and (note.kind != SORE or bool(note.area)),
            _("Say where it is sore."),
        ),
        "severity": (
            note.severity is None or (bool(note.area) and SEVERITY[0] <= note.severity <= SEVERITY[1]),
            _("Severity is 1 (ease), 2 (swap) or 3 (avoid), of an area."),
        ),
    }
    return {field: [message] for field, (good, message) in checks.items() if not good}


@transaction.atomic
def confirm_note(*, user: User, note_id: UUID) -> StandingNote:
    """Let the effects follow; a second time changes nothing. Raises ``Http404``, ``NothingToConfirmError``."""
    note = _held(user, note_id)
    if note.confirmed_at is not None:
        return note
    if not note.has_effects or note.ends_on < local_today(user):
        raise NothingToConfirmError(_("There is nothing that follows from this note."))
    if note.area:
        note.injury = add_injury(
            user=user,
            area=note.area,
            severity=note.severity or SEVERITY[0],
            since=min(note.starts_on, local_today(user)),
            until=note.ends_on,
            notes=note.text,
        )
    note.confirmed_at = timezone.now()
    note.save()
    return note


@transaction.atomic
def end_note(*, user: User, note_id: UUID) -> StandingNote:
    """It is over: yesterday was the last day, of its injury too. One that began today counts for no day and goes."""
    note, yesterday = _held(user, note_id), local_today(user) - dt.timedelta(days=1)
    if note.ends_on <= yesterday:
        return note
    if note.starts_on > yesterday:
        _forget(note)
        return note
    if note.injury is not None:
        change_injury(injury=note.injury, until=max(yesterday, note.injury.since))
    note.ends_on = yesterday
    note.save()
    return note


@transaction.atomic
def delete_note(*, user: User, note_id: UUID) -> None:
    """Forget the note, and the injury that came of it. Raises ``Http404``."""
    _forget(_held(user, note_id))


def _forget(note: StandingNote) -> None:
    if note.injury is not None:
        remove_injury(injury=note.injury)
    note.delete()


def _held(user: User, pk: UUID) -> StandingNote:
    found = note_for(user, pk)
    row: StandingNote = StandingNote.objects.select_for_update(of=("self",)).select_related("injury").get(pk=found.pk)
    return row


def with_notes(*, user: User, date: dt.date, signals: Told) -> tuple[Told, list[str]]:
    """What was told of a day, with what confirmed notes add to it, and a sentence for each note that counts.

    What the athlete says of the day itself wins: a note only fills what they left open.
    """
    notes = [note for note in notes_on(user, date) if note.confirmed_at is not None]
    counted: list[str] = []
    for note in notes:
        more = _added(note, signals)
        if more:
            signals = replace(signals, **more)
            counted.append(
                _("Your note “%(note)s” counts today: %(effects)s.")
                % {"note": title_of(note), "effects": ", ".join(effects_of(note, names=list(more)))}
            )
    return signals, counted


def _added(note: StandingNote, told: Told) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if note.minutes is not None and (told.minutes is None or told.minutes > note.minutes):
        more["minutes"] = note.minutes
    if note.equipment is not None and told.equipment is None:
        more["equipment"] = list(note.equipment)
    if note.kind == ILL and not told.readiness:
        more["readiness"] = {"readiness": POOR_DAY}
    return more
