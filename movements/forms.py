"""How a request narrows the library, and what a form of the pages holds: shared by pages and API."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gainsly.lib.vocabulary import (
    EQUIPMENT,
    CnsLoad,
    Discipline,
    MetricType,
    MovementPattern,
    MovementRuleType,
    Muscle,
    MuscleRole,
    RuleCadence,
    SkillLevel,
    choices_of,
)
from movements import selectors
from movements.catalogue.kits import EQUIPMENT_NAMES
from movements.models import Movement

EQUIPMENT_CHOICES = [(slug, EQUIPMENT_NAMES[slug]) for slug in EQUIPMENT]


class MovementFilter(django_filters.FilterSet):
    """``?pattern=&muscle=&equipment=&discipline=&skill=&q=&fits=``; all given conditions hold together."""

    q = django_filters.CharFilter(method="with_words", label=_("Search"), max_length=120)
    pattern = django_filters.ChoiceFilter(choices=choices_of(MovementPattern), label=_("Pattern"), empty_label=_("Any"))
    muscle = django_filters.ChoiceFilter(
        choices=choices_of(Muscle), method="training", label=_("Muscle"), empty_label=_("Any")
    )
    equipment = django_filters.CharFilter(
        field_name="equipment_rows__equipment",
        label=_("Equipment"),
        widget=forms.Select(choices=[("", _("Any")), *EQUIPMENT_CHOICES]),
    )
    discipline = django_filters.ChoiceFilter(
        choices=choices_of(Discipline),
        field_name="discipline_rows__discipline",
        label=_("Discipline"),
        empty_label=_("Any"),
    )
    skill = django_filters.ChoiceFilter(
        choices=choices_of(SkillLevel), field_name="skill_level", label=_("Skill"), empty_label=_("Any")
    )
    fits = django_filters.BooleanFilter(
        method="within_my_kit", label=_("Only what my kit allows"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Movement
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Movement], _name: str, text: str) -> QuerySet[Movement]:
        return selectors.matching(rows, text)

    def training(self, rows: QuerySet[Movement], _name: str, muscle: str) -> QuerySet[Movement]:
        return rows.filter(muscles__muscle=muscle, muscles__role__in=[MuscleRole.PRIMARY, MuscleRole.SECONDARY])

    def within_my_kit(self, rows: QuerySet[Movement], _name: str, wanted: Any) -> QuerySet[Movement]:
        return rows.filter(pk__in=selectors.doable_ids(self.request.user)) if wanted else rows


class RuleForm(forms.Form):
    """The athlete's rule about one movement."""

    type = forms.ChoiceField(label=_("My rule"), choices=choices_of(MovementRuleType))
    cadence = forms.ChoiceField(
        label=_("How often"), choices=choices_of(RuleCadence), initial=RuleCadence.PER_MICROCYCLE, required=False
    )

    def clean_cadence(self) -> str:
        return self.cleaned_data["cadence"] or RuleCadence.PER_MICROCYCLE


class OwnMovementForm(forms.Form):
    """A movement of the athlete's own; what is not asked has a sensible default in the service."""

    name = forms.CharField(label=_("Name"), min_length=2, max_length=120)
    pattern = forms.ChoiceField(label=_("Pattern"), choices=choices_of(MovementPattern))
    primary_muscles = forms.MultipleChoiceField(label=_("Muscles trained most"), choices=choices_of(Muscle))
    secondary_muscles = forms.MultipleChoiceField(
        label=_("Muscles trained as well"), choices=choices_of(Muscle), required=False
    )
    equipment = forms.MultipleChoiceField(label=_("Equipment needed"), choices=EQUIPMENT_CHOICES, required=False)
    skill_level = forms.ChoiceField(label=_("Skill needed"), choices=choices_of(SkillLevel))
    cns_load = forms.ChoiceField(label=_("How taxing"), choices=choices_of(CnsLoad), initial=CnsLoad.MODERATE)
    metric_type = forms.ChoiceField(label=_("Measured in"), choices=choices_of(MetricType))
    compound = forms.BooleanField(label=_("More than one joint moves"), required=False)
    unilateral = forms.BooleanField(label=_("One side at a time"), required=False)
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
