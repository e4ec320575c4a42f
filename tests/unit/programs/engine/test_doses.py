"""Efficient, balanced and full doses, and in which order they yield when minutes shrink."""

import datetime as dt
import itertools
import statistics

import pytest

from gainsly.lib.vocabulary import Dose, InjuryArea, JointStress, Muscle, Section
from programs.engine.generate import generate_plan
from programs.engine.goals import mix_of
from programs.engine.heuristics import default_heuristics
from programs.engine.prescription import Facts
from programs.engine.scoring import COLUMN
from programs.engine.slots import normal_rest
from programs.engine.types import History, InjuryFact
from programs.engine.volume import bands_for, floor_of
from tests.bench.grid import athlete_with, load_catalogue, request_for

CONFIG, CATALOGUE = default_heuristics(), load_catalogue()
GOALS = {"hypertrophy": 6, "strength": 4}
MINUTES = (90, 75, 60, 50, 40, 30, 20)
LIFTED = (Section.MAIN, Section.ACCESSORY)
DOSES = list(Dose)


def week_of(minutes, dose, days=3, split="full_body", goals=None):
    request = request_for(goals or GOALS, split, days, session_minutes=minutes, dose=dose)
    return generate_plan(athlete_with(), request, CATALOGUE, History(), CONFIG).microcycles[0]


def lifts_of(week, section):
    return [[one for one in session.exercises if one.section is section and one.reps_min] for session in week.sessions]


def sets_of(week):
    return sum(one.sets for section in LIFTED for session in lifts_of(week, section) for one in session)


def facts_with(dose, **asked):
    request, athlete = request_for(GOALS, dose=dose, **asked), athlete_with()
    return Facts(athlete, request, mix_of(request, athlete, CONFIG), History(), CONFIG, novice=False)


class TestThePreferredDose:
    @pytest.mark.parametrize(("dose", "share"), [(Dose.EFFICIENT, 0.0), (Dose.BALANCED, 0.35), (Dose.FULL, 0.8)])
    def test_it_is_a_share_of_the_way_through_each_muscles_band(self, dose, share):
        bands = bands_for(facts_with(dose))
        for muscle in (Muscle.CHEST, Muscle.QUADRICEPS, Muscle.LATS):
            column = COLUMN[muscle]
            expected = bands.low[column] + share * (bands.high[column] - bands.low[column])
            assert bands.target[column] == pytest.approx(expected)

    def test_the_floor_is_four_sets_a_week_or_the_bands_own_lower_end(self):
        bands = bands_for(facts_with(Dose.BALANCED))
        floor = floor_of(bands, CONFIG)
        assert floor[COLUMN[Muscle.CHEST]] == 4
        assert floor[COLUMN[Muscle.CALVES]] == 0  # a small muscle has no floor of its own
        assert (floor <= bands.low + 1e-9).all()

    def test_a_muscle_of_ones_priority_asks_for_ten(self):
        bands = bands_for(facts_with(Dose.EFFICIENT, priority_muscles=(Muscle.SIDE_DELTS,)))
        assert bands.target[COLUMN[Muscle.SIDE_DELTS]] == 10

    def test_an_efficient_dose_ends_where_the_others_go_on(self):
        means = {
            dose: statistics.mean(sets_of(week_of(75, dose, days, split)) for days, split in SPLITS) for dose in DOSES
        }
        assert means[Dose.EFFICIENT] < 0.95 * min(means[Dose.BALANCED], means[Dose.FULL])


SPLITS = ((3, "full_body"), (4, "upper_lower"), (5, "hybrid"), (6, "ppl"))


def test_an_hour_sets_nothing_up_for_a_single_set():
    week = week_of(60, Dose.BALANCED, 4, "upper_lower", {"hypertrophy": 10})
    assert min(one.sets for section in LIFTED for session in lifts_of(week, section) for one in session) == 2


class TestYielding:
    @pytest.mark.parametrize("dose", DOSES)
    def test_rests_yield_before_any_main_has_fewer_than_two_sets(self, dose):
        floor = CONFIG.time.rest_floor["main"]
        for minutes in MINUTES:
            for session in lifts_of(week_of(minutes, dose), Section.MAIN):
                if any(one.sets < 2 for one in session):
                    assert all(one.rest_seconds == floor for one in session), minutes

    @pytest.mark.parametrize("dose", DOSES)
    def test_assistance_falls_to_one_set_before_mains_do(self, dose):
        for minutes in MINUTES:
            week = week_of(minutes, dose)
            for mains, others in zip(lifts_of(week, Section.MAIN), lifts_of(week, Section.ACCESSORY), strict=True):
                if any(one.sets < 2 for one in mains):
                    assert all(one.sets == 1 for one in others), minutes

    @pytest.mark.parametrize("dose", DOSES)
    def test_mains_keep_a_greater_share_of_their_sets_than_assistance(self, dose):
        """From an hour to half an hour assistance gives more of its sets than the mains do."""
        kept = {}
        for section in LIFTED:
            long, short = (
                sum(one.sets for session in lifts_of(week_of(minutes, dose), section) for one in session)
                for minutes in (60, 30)
            )
            kept[section] = short / long
        assert kept[Section.MAIN] > kept[Section.ACCESSORY]

    @pytest.mark.parametrize("dose", DOSES)
    def test_shorter_sessions_never_rest_their_mains_longer(self, dose):
        rests = [
            statistics.mean(
                one.rest_seconds for session in lifts_of(week_of(minutes, dose), Section.MAIN) for one in session
            )
            for minutes in (90, 60, 30, 20)
        ]
        assert rests == sorted(rests, reverse=True)

    @pytest.mark.parametrize("dose", DOSES)
    def test_fewer_minutes_are_fewer_sets_where_sets_fill_the_session(self, dose):
        counts = [sets_of(week_of(minutes, dose)) for minutes in (60, 50, 40, 30, 20)]
        assert all(after < before for before, after in itertools.pairwise(counts))

    @pytest.mark.parametrize("minutes", MINUTES)
    def test_rests_stand_inside_their_range_until_the_session_is_too_long_for_it(self, minutes):
        mix = mix_of(request_for(GOALS), athlete_with(), CONFIG)
        for session in lifts_of(week_of(minutes, Dose.BALANCED), Section.MAIN):
            for one in session:
                assert CONFIG.time.rest_floor["main"] <= one.rest_seconds <= mix.main_rest[1]
        if minutes >= 75:
            low = normal_rest(mix.main_rest)
            assert all(
                one.rest_seconds >= low
                for session in lifts_of(week_of(minutes, Dose.EFFICIENT), Section.MAIN)
                for one in session
            )


class TestASlightInjury:
    """Severity 1 changes how a lift is done, not whether."""

    def lifts(self, **changes):
        request = request_for({"strength": 6, "hypertrophy": 4}, weeks=8, days=3, split="full_body")
        draft = generate_plan(athlete_with(**changes), request, CATALOGUE, History(), CONFIG)
        return [
            [(one.movement, one.target_rir, one.notes) for one in session.exercises if one.section in LIFTED]
            for week in draft.microcycles
            for session in week.sessions
        ]

    def test_what_loads_the_area_heavily_stays_with_a_repetition_more_in_hand(self):
        usual, spared = self.lifts(), self.lifts(injuries=(InjuryFact(InjuryArea.KNEE, 1),))
        eased = 0
        for before, after in zip(usual, spared, strict=True):
            assert [one[0] for one in before] == [one[0] for one in after]
            for (slug, rir, _), (_, now, notes) in zip(before, after, strict=True):
                heavy = CATALOGUE.movements[slug].joints.get(InjuryArea.KNEE) is JointStress.HEAVY
                if rir is not None:
                    assert now == (max(rir, min(rir + 1, 4)) if heavy else rir), slug
                    assert ("Spare your knee" in notes) == heavy
                    eased += heavy
        assert eased

    def test_once_it_has_healed_the_lift_is_trained_as_usual(self):
        healed = InjuryFact(InjuryArea.KNEE, 1, until=request_for(GOALS).start_date - dt.timedelta(days=1))
        assert self.lifts(injuries=(healed,)) == self.lifts()
