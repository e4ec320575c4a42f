"""Standing notes: what they change, when they begin and end by the athlete's own calendar, and what they never do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404

from accounts.models import Injury, Profile
from accounts.selectors import athlete_facts
from coaching.models import StandingNote
from coaching.selectors import effects_of, notes_on, title_of
from coaching.services import adaptation, standing
from coaching.services.check_in import Told
from coaching.tools.athlete import bound
from programs.models import Session, SessionExercise
from tests.factories.accounts import UserFactory
from tests.factories.programs import MONDAY, make_program

pytestmark = pytest.mark.django_db
NOON = dt.datetime.combine(MONDAY, dt.time(12), tzinfo=dt.UTC)
FRIDAY = MONDAY + dt.timedelta(days=4)


@pytest.fixture(autouse=True)
def _monday(time_machine, settings):
    settings.LLM_PROVIDER = "builtin"
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def alice():
    user = UserFactory(email="alice@example.com")
    make_program(user, start_date=MONDAY)
    return user


def write(user, kind="travelling", ends_on=FRIDAY, **details):
    return standing.write_note(user=user, kind=kind, ends_on=ends_on, **details)


def plan_of(user):
    return list(SessionExercise.objects.of(user).order_by("pk").values())


def test_a_note_alone_changes_nothing_but_is_told_to_the_coach(alice):
    before = plan_of(alice)
    write(alice, minutes=30, equipment=["band"], text="in Lisbon")
    write(alice, kind="sore", area="shoulder")
    assert plan_of(alice) == before
    assert not Injury.objects.exists()
    session = Session.objects.of(alice).filter(date=MONDAY).get()
    assert adaptation.preview(user=alice, date=MONDAY, signals=Told()).changes == []
    assert session.source == Session.objects.get(pk=session.pk).source
    told = bound(alice, NOON).prompt().standing
    assert [one.fact for one in told] == [
        "Travelling, until 27 November, that day included. Not confirmed by the athlete: at most 30 minutes a session; "
        "only with: Resistance bands.",
        "Sore: shoulder, until 27 November, that day included. Not confirmed by the athlete: Shoulder eased.",
    ]
    assert [one.words for one in told] == ["in Lisbon", ""]


def test_confirmed_minutes_and_kit_count_where_a_day_is_adapted_and_only_once_accepted(alice):
    note = write(alice, minutes=20, equipment=[])
    standing.confirm_note(user=alice, note_id=note.pk)
    before = plan_of(alice)
    row = adaptation.preview(user=alice, date=MONDAY, signals=Told())
    assert row.changes
    assert any("Travelling" in words for words in row.notes)
    assert row.inputs["minutes"] is None  # the diary keeps what was said of the day, not what a note adds
    assert plan_of(alice) == before
    adaptation.accept(user=alice, date=MONDAY, adaptation_id=row.pk)
    assert plan_of(alice) != before


def test_what_is_said_of_the_day_wins_over_a_note(alice):
    note = write(alice, minutes=40, equipment=[])
    standing.confirm_note(user=alice, note_id=note.pk)
    said = Told(minutes=25, equipment=["dumbbell"])
    assert standing.with_notes(user=alice, date=MONDAY, signals=said) == (said, [])
    more, words = standing.with_notes(user=alice, date=MONDAY, signals=Told(minutes=90))
    assert (more.minutes, list(more.equipment)) == (40, [])
    assert words == ["Your note “Travelling” counts today: at most 40 minutes a session, without any kit."]


def test_being_ill_counts_as_a_poor_day_unless_the_athlete_says_how_they_are(alice):
    note = write(alice, kind="ill")
    standing.confirm_note(user=alice, note_id=note.pk)
    more, _words = standing.with_notes(user=alice, date=MONDAY, signals=Told())
    assert dict(more.readiness) == {"readiness": standing.POOR_DAY}
    told = Told(readiness={"sleep_hours": 8})
    assert standing.with_notes(user=alice, date=MONDAY, signals=told)[0] == told
    row = adaptation.preview(user=alice, date=MONDAY, signals=Told())
    assert row.recovery_score == standing.POOR_DAY


@pytest.mark.parametrize(("day", "stands"), [(-1, False), (0, True), (3, True), (4, True), (5, False)], ids=str)
def test_the_first_and_the_last_day_count_and_the_day_after_does_not(alice, day, stands):
    note = write(alice, minutes=30)
    standing.confirm_note(user=alice, note_id=note.pk)
    on = MONDAY + dt.timedelta(days=day)
    assert bool(notes_on(alice, on)) is stands
    assert (standing.with_notes(user=alice, date=on, signals=Told())[0].minutes == 30) is stands


def test_a_sore_spot_is_spared_on_its_last_day_and_not_on_the_day_after(alice):
    note = write(alice, kind="sore", area="knee", severity=2)
    confirmed = standing.confirm_note(user=alice, note_id=note.pk)
    assert confirmed.injury == Injury.objects.get(user=alice, area="knee", severity=2, until=FRIDAY)
    assert [one.area for one in athlete_facts(alice, FRIDAY).injuries] == ["knee"]
    assert athlete_facts(alice, FRIDAY + dt.timedelta(days=1)).injuries == ()


@pytest.mark.parametrize(
    ("zone", "hour", "stands"),
    [
        ("Pacific/Auckland", 10, True),  # Friday 23:00 there
        ("Pacific/Auckland", 12, False),  # Saturday 01:00 there, Friday noon in UTC
        ("America/Los_Angeles", 7, True),
        ("UTC", 23, True),
    ],
)
def test_the_last_day_ends_at_midnight_where_the_athlete_is(alice, time_machine, zone, hour, stands):
    write(alice)
    Profile.objects.filter(user=alice).update(time_zone=zone)
    alice.refresh_from_db()
    now = dt.datetime.combine(FRIDAY, dt.time(hour), tzinfo=dt.UTC)
    time_machine.move_to(now, tick=False)
    assert bool(bound(type(alice).objects.get(pk=alice.pk), now).notes) is stands


def test_an_ended_note_counts_no_more_from_that_day_on(alice, time_machine):
    note = write(alice, kind="sore", area="knee", minutes=30)
    standing.confirm_note(user=alice, note_id=note.pk)
    time_machine.move_to(NOON + dt.timedelta(days=2), tick=False)
    standing.end_note(user=alice, note_id=note.pk)
    today = MONDAY + dt.timedelta(days=2)
    assert notes_on(alice, today) == []
    assert notes_on(alice, today - dt.timedelta(days=1)) != []
    assert athlete_facts(alice, today).injuries == ()


def test_a_note_ended_on_its_first_day_counts_for_no_day(alice):
    note = write(alice, kind="sore", area="knee")
    standing.confirm_note(user=alice, note_id=note.pk)
    standing.end_note(user=alice, note_id=note.pk)
    assert not StandingNote.objects.exists()
    assert not Injury.objects.exists()


def test_deleting_a_note_takes_its_injury_along_and_no_other(alice):
    other = Injury.objects.create(user=alice, area="elbow", severity=1, since=MONDAY)
    note = write(alice, kind="sore", area="knee")
    standing.confirm_note(user=alice, note_id=note.pk)
    standing.delete_note(user=alice, note_id=note.pk)
    assert list(Injury.objects.all()) == [other]


def test_confirming_twice_notes_one_injury(alice):
    note = write(alice, kind="sore", area="knee")
    standing.confirm_note(user=alice, note_id=note.pk)
    standing.confirm_note(user=alice, note_id=note.pk)
    assert Injury.objects.count() == 1


def test_what_has_no_effects_or_is_over_cannot_be_confirmed(alice, time_machine):
    plain, over = write(alice), write(alice, minutes=30, ends_on=MONDAY)
    with pytest.raises(standing.NothingToConfirmError):
        standing.confirm_note(user=alice, note_id=plain.pk)
    time_machine.move_to(NOON + dt.timedelta(days=1), tick=False)
    with pytest.raises(standing.NothingToConfirmError):
        standing.confirm_note(user=alice, note_id=over.pk)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"kind": "moonstruck"}, "kind"),
        ({"ends_on": MONDAY - dt.timedelta(days=1)}, "ends_on"),
        ({"ends_on": MONDAY + dt.timedelta(days=400)}, "ends_on"),
        ({"starts_on": MONDAY + dt.timedelta(days=6)}, "ends_on"),
        ({"minutes": 5}, "minutes"),
        ({"equipment": ["flamethrower"]}, "equipment"),
        ({"kind": "sore"}, "area"),
        ({"area": "aura"}, "area"),
        ({"area": "knee", "severity": 4}, "severity"),
        ({"text": "x" * 201}, "text"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(alice, details, field):
    with pytest.raises(standing.StandingNoteInvalidError) as refused:
        write(alice, **details)
    assert list(refused.value.errors) == [field]
    assert not StandingNote.objects.exists()


def test_nobody_reaches_anothers_note(alice):
    note, bob = write(alice, minutes=30), UserFactory(email="bob@example.com")
    for service in (standing.confirm_note, standing.end_note, standing.delete_note):
        with pytest.raises(Http404):
            service(user=bob, note_id=note.pk)
    assert standing.with_notes(user=bob, date=MONDAY, signals=Told())[1] == []


def test_titles_and_effects_read_as_said():
    note = StandingNote(kind="sore", area="lower_back", severity=3, minutes=45)
    assert title_of(note) == "Sore: lower back"
    assert effects_of(note) == ["at most 45 minutes a session", "Lower back left out"]
    assert title_of(StandingNote(kind="other", text="Exams")) == "Exams"
