"""How a request narrows the library, and what a form of the pages holds: shared by pages and API."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gainsly.lib.labels import labelled
from gainsly.lib.units import kg_to_lb, lb_to_kg
from gainsly.lib.vocabulary import (
    EQUIPMENT,
    CircuitType,
    CnsLoad,
    Discipline,
    InjuryArea,
    JointStress,
    MetricType,
    MovementPattern,
    MovementRuleType,
    Muscle,
    MuscleRole,
    RuleCadence,
    SkillLevel,
    Units,
    choices_of,
)
from movements import selectors
from movements.catalogue.kits import EQUIPMENT_NAMES, KIT_PRESETS, KitFacts
from movements.catalogue.records import MovementRecord
from movements.models import Circuit, Movement

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
        choices=labelled(Discipline),
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


class CircuitFilter(django_filters.FilterSet):
    """``?q=&type=&minutes=&difficulty=&tag=&fits=``; minutes and difficulty are upper limits."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"), max_length=120)
    type = django_filters.ChoiceFilter(choices=labelled(CircuitType), label=_("Type"), empty_label=_("Any"))
    minutes = django_filters.ChoiceFilter(
        field_name="estimated_minutes",
        lookup_expr="lte",
        choices=[(10, _("Up to 10 minutes")), (20, _("Up to 20 minutes")), (30, _("Up to 30 minutes"))],
        label=_("Time"),
        empty_label=_("Any"),
    )
    difficulty = django_filters.ChoiceFilter(
        lookup_expr="lte",
        choices=[(1, _("Easy")), (2, _("Up to moderate")), (3, _("Up to hard")), (4, _("Up to very hard"))],
        label=_("Difficulty"),
        empty_label=_("Any"),
    )
    tag = django_filters.CharFilter(field_name="tags", label=_("Tag"), max_length=40, widget=forms.HiddenInput)
    fits = django_filters.BooleanFilter(
        method="within_my_kit", label=_("Only what my kit allows"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Circuit
        fields: list[str] = []

    def within_my_kit(self, rows: QuerySet[Circuit], _name: str, wanted: Any) -> QuerySet[Circuit]:
        return selectors.doable_circuits(self.request.user, rows) if wanted else rows


RULE_WORDS = [
    (MovementRuleType.PREFERRED.value, _("Prefer it")),
    (MovementRuleType.HARD_YES.value, _("Always include it")),
    (MovementRuleType.HARD_NO.value, _("Never give me this")),
]
CADENCE_WORDS = [
    (RuleCadence.PER_MICROCYCLE.value, _("Once in each training cycle")),
    (RuleCadence.WEEKLY.value, _("Once a week")),
    (RuleCadence.BIWEEKLY.value, _("Once every two weeks")),
]


class RuleForm(forms.Form):
    """The athlete's rule about one movement."""

    type = forms.ChoiceField(label=_("My rule"), choices=RULE_WORDS, widget=forms.RadioSelect)
    cadence = forms.ChoiceField(
        label=_("How often, where that applies"),
        choices=CADENCE_WORDS,
        initial=RuleCadence.PER_MICROCYCLE,
        required=False,
    )

    def clean_cadence(self) -> str:
        return self.cleaned_data["cadence"] or RuleCadence.PER_MICROCYCLE


class LinesField(forms.CharField):
    """Texts, one a line; cleaned to a list without empty ones."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, longest: int, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.longest, self.most = longest, most

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > self.most or any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(
                _("Write at most %(most)s lines of up to %(longest)s characters.")
                % {"most": self.most, "longest": self.longest}
            )
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class OwnMovementForm(forms.Form):
    """A movement of the athlete's own: three answers, and the rest in groups that may stay closed."""

    name = forms.CharField(label=_("Name"), min_length=2, max_length=120)
    pattern = forms.ChoiceField(label=_("Kind of movement"), choices=choices_of(MovementPattern))
    primary_muscles = forms.MultipleChoiceField(
        label=_("Muscles trained most"), choices=choices_of(Muscle), widget=forms.CheckboxSelectMultiple
    )
    secondary_muscles = forms.MultipleChoiceField(
        label=_("Muscles trained as well"),
        choices=choices_of(Muscle),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stabilizers = forms.MultipleChoiceField(
        label=_("Muscles that hold you steady"),
        choices=choices_of(Muscle),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    equipment = forms.MultipleChoiceField(
        label=_("Equipment needed, all at once"),
        choices=EQUIPMENT_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    discipline = forms.ChoiceField(
        label=_("Discipline"), choices=labelled(Discipline), initial=Discipline.GENERAL, required=False
    )
    skill_level = forms.ChoiceField(
        label=_("Skill needed"), choices=choices_of(SkillLevel), initial=SkillLevel.BEGINNER, required=False
    )
    cns_load = forms.ChoiceField(
        label=_("How taxing"), choices=choices_of(CnsLoad), initial=CnsLoad.MODERATE, required=False
    )
    metric_type = forms.ChoiceField(
        label=_("Measured in"), choices=choices_of(MetricType), initial=MetricType.REPS, required=False
    )
    compound = forms.BooleanField(label=_("More than one joint moves"), required=False)
    unilateral = forms.BooleanField(label=_("One side at a time"), required=False)
    two_implements = forms.BooleanField(label=_("One weight in each hand"), required=False)
    bodyweight_percent = forms.IntegerField(
        label=_("Share of your body weight that you lift, in percent"), min_value=0, max_value=100, required=False
    )
    joints_heavy = forms.MultipleChoiceField(
        label=_("Joints it loads heavily"),
        choices=choices_of(InjuryArea),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    joints_light = forms.MultipleChoiceField(
        label=_("Joints it loads lightly"),
        choices=choices_of(InjuryArea),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cues = LinesField(label=_("Cues, one a line"), longest=120, most=8)
    aliases = LinesField(label=_("Other names, one a line"), longest=80, most=8)

    def groups(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """Title, fields and whether it stands open: where something is wrong."""
        return [
            (title, [self[name] for name in names], any(name in self.errors for name in names))
            for title, names in OWN_GROUPS
        ]

    def clean_joints_light(self) -> list[str]:
        light: list[str] = self.cleaned_data["joints_light"]
        if set(light) & set(self.cleaned_data.get("joints_heavy", [])):
            raise forms.ValidationError(_("A joint is loaded heavily or lightly, not both."))
        return light

    def attributes(self) -> dict[str, Any]:
        """A valid form as services/own.py takes it."""
        data = dict(self.cleaned_data)
        heavy, light = data.pop("joints_heavy"), data.pop("joints_light")
        data["joints"] = {**dict.fromkeys(light, JointStress.LIGHT), **dict.fromkeys(heavy, JointStress.HEAVY)}
        data["implements"] = 2 if data.pop("two_implements") else 1
        data["bodyweight_share"] = (data.pop("bodyweight_percent") or 0) / 100
        for name in ("discipline", "skill_level", "cns_load", "metric_type"):
            data[name] = data[name] or self.fields[name].initial
        return data

    @staticmethod
    def initial_of(record: MovementRecord) -> dict[str, Any]:
        """What the form shows of a movement that is there already."""
        return {
            "name": record.name,
            "pattern": record.pattern,
            "primary_muscles": list(record.primary),
            "secondary_muscles": list(record.secondary),
            "stabilizers": list(record.stabilizers),
            "equipment": list(record.equipment),
            "discipline": record.discipline,
            "skill_level": record.skill,
            "cns_load": record.cns,
            "metric_type": record.metric,
            "compound": record.compound,
            "unilateral": record.unilateral,
            "two_implements": record.implements > 1,
            "bodyweight_percent": round(record.bodyweight_share * 100),
            "joints_heavy": [area for area, stress in record.joints.items() if stress is JointStress.HEAVY],
            "joints_light": [area for area, stress in record.joints.items() if stress is JointStress.LIGHT],
            "description": record.description,
            "cues": list(record.cues),
            "aliases": list(record.aliases),
        }


OWN_GROUPS: list[tuple[Any, tuple[str, ...]]] = [
    (_("Equipment"), ("equipment",)),
    (_("More muscles"), ("secondary_muscles", "stabilizers")),
    (
        _("How it is trained"),
        ("metric_type", "skill_level", "cns_load", "discipline", "compound", "unilateral", "two_implements",
         "bodyweight_percent"),
    ),
    (_("Joints, for when one of yours hurts"), ("joints_heavy", "joints_light")),
    (_("How to do it"), ("cues", "description", "aliases")),
]  # fmt: skip


PRESET_NAMES = {
    "full_gym": _("Full gym"),
    "home_barbell": _("Home, with a barbell"),
    "dumbbells": _("Dumbbells"),
    "kettlebell": _("Kettlebell"),
    "bands": _("Bands"),
    "bodyweight": _("Bodyweight only"),
    "machines": _("Machines"),
    "hotel": _("Hotel gym"),
}
OWN_LIST = "own"


class KitForm(forms.Form):
    """What is there to train with: a usual room, or a list of one's own."""

    preset = forms.ChoiceField(
        label=_("Where you train"),
        choices=[*PRESET_NAMES.items(), (OWN_LIST, _("My own list"))],
        widget=forms.RadioSelect,
    )
    equipment = forms.MultipleChoiceField(
        label=_("My own list"), required=False, choices=EQUIPMENT_CHOICES, widget=forms.CheckboxSelectMultiple
    )

    def chosen_equipment(self) -> list[str]:
        """Slugs of a valid form: the room's, or the ticked ones."""
        preset = self.cleaned_data["preset"]
        return list(self.cleaned_data["equipment"] if preset == OWN_LIST else KIT_PRESETS[preset])

    @staticmethod
    def initial_of(kit: KitFacts) -> dict[str, Any]:
        held = frozenset(kit.equipment)
        same = [name for name in PRESET_NAMES if frozenset(KIT_PRESETS[name]) == held]
        return {"preset": same[0] if same else OWN_LIST, "equipment": list(kit.equipment)}


class WeightsField(forms.CharField):
    """Weights in a row, "1.25 2.5 5", in the athlete's units; cleaned to kilograms."""

    units: str = Units.METRIC

    def clean(self, value: Any) -> list[float]:
        text = str(super().clean(value)).replace(";", " ").replace(", ", " ")
        parts = [part.strip(",") for part in text.split()]
        try:
            weights = [float(part.replace(",", ".")) for part in parts if part]
        except ValueError as error:
            raise forms.ValidationError(_("Write numbers with spaces between them, like 1.25 2.5 5.")) from error
        return [in_kilograms(weight, self.units) for weight in weights]


class WeightsForm(forms.Form):
    """The iron: bar, plates (one size each, in pairs), dumbbells, the smallest step of a machine."""

    bar_kg = forms.FloatField(label=_("Bar"), min_value=0)
    plates_kg = WeightsField(label=_("Plates"), required=False, help_text=_("Each size once; we count on pairs."))
    dumbbells_kg = WeightsField(label=_("Dumbbells"), required=False, help_text=_("The weight of one."))
    load_step_kg = forms.FloatField(label=_("Smallest step on machines"), min_value=0)

    def __init__(self, *args: Any, units: str = Units.METRIC, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        for name in ("plates_kg", "dumbbells_kg"):
            self.fields[name].units = units  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """A valid form as ``update_gym`` takes it, in kilograms."""
        data = dict(self.cleaned_data)
        return {**data, **{name: in_kilograms(data[name], self.units) for name in ("bar_kg", "load_step_kg")}}

    @staticmethod
    def initial_of(kit: KitFacts, units: str) -> dict[str, str]:
        row = {name: " ".join(in_words(weight, units) for weight in getattr(kit, name)) for name in WEIGHT_LISTS}
        return {**row, "bar_kg": in_words(kit.bar_kg, units), "load_step_kg": in_words(kit.load_step_kg, units)}


WEIGHT_LISTS = ("plates_kg", "dumbbells_kg")


def in_kilograms(weight: float, units: str) -> float:
    return round(lb_to_kg(weight), 2) if units == Units.IMPERIAL else weight


def in_words(kilograms: float, units: str) -> str:
    """The number in the athlete's units, with no more decimals than it has."""
    return f"{round(kg_to_lb(kilograms), 1) if units == Units.IMPERIAL else round(kilograms, 2):g}"
